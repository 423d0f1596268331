// Reading WeCom's answers: HTTP 200 is not success, `errcode` is (protocols/wecom.md §5.6).
import { PlatformError } from '../../errors.ts'
import type { Answer } from '../../http.ts'

/** Token invalid or expired: fetch another one, once. */
export const tokenRefused = ['40014', '42001']

/** Seconds to wait, by errcode. What is not listed is permanent: trying again does not help. */
const waits: Record<string, number> = {
  '-1': 5, // busy
  '45009': 65, // frequency limit: blocked for a minute
  '45033': 5, // too many calls at the same moment
}

/**
 * Checks that a call was accepted.
 * @param what names the call in the error, without address or credentials
 * @param secrets replaced in what WeCom wrote, should it ever quote them
 * @returns the JSON of the answer
 * @throws PlatformError with the errcode, or the HTTP status when there is none
 */
export function accepted(
  { status, json }: Answer,
  what: string,
  secrets: string[] = [],
): Record<string, unknown> {
  const answer = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const { errcode, errmsg } = answer
  if (typeof errcode !== 'number')
    throw new PlatformError(
      `${what}: HTTP ${status} without errcode`,
      status,
      status >= 500 || status === 429 ? 5 : undefined,
    )
  if (errcode === 0) return answer
  // errmsg is for people only (it names the refused IP address, or the bad field).
  const words = secrets.reduce(
    (text, secret) => (secret ? text.replaceAll(secret, '***') : text),
    String(errmsg),
  )
  throw new PlatformError(`${what}: ${errcode} ${words.slice(0, 200)}`, errcode, waits[errcode])
}
