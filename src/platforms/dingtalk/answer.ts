// Brings a reply to where the question came from.
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import { PlatformError } from '../../errors.ts'
import { isOurs } from '../../http.ts'
import type { Reply } from '../../message.ts'
import type { Api } from './api.ts'
import type { ReturnPath } from './inbound.ts'
import { apiMessage, type Part, parts, type WebhookBody, webhookBody } from './render.ts'
import { openSession, sendBySession, sessionGone } from './session.ts'

export interface Answering {
  api: Api
  /** Origins that may be called. */
  bases: string[]
  clock: Clock
  log: Logger
}

/**
 * Sends a reply through the message's session while that is open, else through the OpenAPI
 * (`protocols/dingtalk.md` §6.7): to the group, or to the person by staff id.
 * @throws PlatformError when a message was not taken (those before it have arrived); StoreDown
 */
export async function answer(
  reply: Reply,
  way: ReturnPath,
  { api, bases, clock, log }: Answering,
): Promise<void> {
  if (way.sessionWebhook !== undefined && !isOurs(way.sessionWebhook, ...bases))
    log.warn('a session address is not under DINGTALK_OAPI_BASE and was not called')
  // A way that is found closed stays closed for the rest of the answer.
  let session = openSession(way, bases, clock)
  // Between two people nobody needs to be called.
  let mention = way.chat.kind === 'group' ? reply.mention : []
  for (const part of parts(reply)) {
    const body = webhookBody(part, mention)
    if (session !== undefined && !(await tookIt(session, body, bases))) session = undefined
    if (session === undefined) await sendByApi(part, way, api)
    mention = []
  }
}

/** @returns false when the session is gone; every other refusal is thrown */
async function tookIt(session: string, body: WebhookBody, bases: string[]): Promise<boolean> {
  try {
    await sendBySession(session, body, bases)
    return true
  } catch (error) {
    if (error instanceof PlatformError && error.code === sessionGone) return false
    throw error
  }
}

async function sendByApi(part: Part, { chat, staffId }: ReturnPath, api: Api): Promise<void> {
  if (chat.kind === 'group') return api.sendToGroup(chat.id, apiMessage(part))
  if (staffId !== undefined) return api.sendToPerson(staffId, apiMessage(part))
  throw new PlatformError('the session is closed and the person has no staff id', 'no-way-back')
}
