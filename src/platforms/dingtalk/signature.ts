// Proof that a callback comes from DingTalk, and the sign in a custom robot's address.
import { createHmac, timingSafeEqual } from 'node:crypto'

/** A timestamp may be this many milliseconds away from now, in either direction. */
export const windowMs = 3_600_000

/**
 * The sign of a timestamp (`protocols/dingtalk.md` §2): plain base64, 44 characters. Whoever puts it into an address
 * encodes it once.
 * @param timestamp milliseconds since 1970
 */
export function sign(timestamp: number | string, secret: string): string {
  return mac(String(timestamp), secret).toString('base64')
}

/** `missing` also covers headers that cannot be what DingTalk sends; `stale` may mean that our clock is wrong. */
export type Verdict = 'genuine' | 'missing' | 'stale' | 'wrong'

/**
 * Judges the headers `timestamp` and `sign` of a callback (`protocols/dingtalk.md` §2). They say nothing about the
 * body: whoever caught one pair can send any body for an hour. Never throws.
 */
export function verify(timestamp: unknown, given: unknown, secret: string, now: Date): Verdict {
  if (typeof timestamp !== 'string' || !/^\d{1,16}$/.test(timestamp)) return 'missing'
  // Buffer.from() accepts base64url and skips what it does not know, so the form is checked first.
  if (typeof given !== 'string' || !/^[A-Za-z0-9+/]{43}=$/.test(given)) return 'missing'
  if (Math.abs(now.getTime() - Number(timestamp)) > windowMs) return 'stale'
  // Anybody can sign with an empty secret.
  if (secret === '') return 'wrong'
  return timingSafeEqual(Buffer.from(given, 'base64'), mac(timestamp, secret)) ? 'genuine' : 'wrong'
}

const mac = (timestamp: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest()
