// The way back that every message brings along: valid for about 90 minutes (`protocols/dingtalk.md` §6.7).
import type { Clock } from '../../clock.ts'
import { PlatformError } from '../../errors.ts'
import { call, isOurs } from '../../http.ts'
import type { ReturnPath } from './inbound.ts'
import { webhookRefusal } from './refusal.ts'
import type { WebhookBody } from './render.ts'

/** Not used in its last minute: the answer may take a while to get there. */
const marginMs = 60_000
/** What DingTalk answers for a session it no longer knows. */
export const sessionGone = '300001'

/**
 * The address to answer to, if there is one that may be called and is still valid. The payload is not signed: an
 * address of another origin is a forgery.
 */
export function openSession(way: ReturnPath, bases: string[], clock: Clock): string | undefined {
  const { sessionWebhook, sessionExpires = Number.POSITIVE_INFINITY } = way
  if (!isOurs(sessionWebhook, ...bases)) return undefined
  return sessionExpires - marginMs > clock.now().getTime() ? sessionWebhook : undefined
}

/**
 * Posts one message to a session's address, which is called only if it belongs to one of `bases`.
 * @throws PlatformError with the code `sessionGone`, `foreign`, or another of DingTalk's
 */
export async function sendBySession(url: string, body: WebhookBody, bases: string[]): Promise<void> {
  if (!isOurs(url, ...bases)) throw new PlatformError('session address of a foreign origin', 'foreign')
  const refusal = webhookRefusal(await call(url, body))
  if (refusal) throw refusal
}
