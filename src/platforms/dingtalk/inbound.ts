// What DingTalk posts, read as leniently as it is documented: unknown, missing and oddly typed fields are normal.
import type { Chat, Message } from '../../message.ts'
import { first, wellFormed } from './text.ts'

/** Longer ones are not ids of DingTalk's, and database indexes refuse them. */
const maxIdLength = 256
const maxTextLength = 2_000
const maxNameLength = 100
/** `errorCode` of a callback that stands for a message the organisation's monthly quota did not cover (§4). */
const quotaUsedUp = 20001

type Fields = Record<string, unknown>

/** How the answer can reach the one who asked. The address is a credential: never log it. */
export interface ReturnPath {
  chat: Chat
  /** Absent for people outside the organisation and before the robot is published: no 1:1 by OpenAPI then. */
  staffId?: string
  sessionWebhook?: string
  /** Milliseconds since 1970; absent = unknown. */
  sessionExpires?: number
}

export type Inbound =
  /** `file`: the code by which the file of the message can be had, and its name. */
  | { message: Message; way: ReturnPath; file?: { code: string; name?: string } }
  /** Why nobody needs to hear it; `alarm` = the operator should know. */
  | { unheard: string; alarm: boolean }

/** @returns undefined when the bytes are not one JSON object */
export function readJson(body: Buffer): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    return isFields(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

/**
 * Makes a message of a callback's body (`protocols/dingtalk.md` §4), which is the same in both receive modes.
 * Never throws.
 * @param robot our name for the robot: the scope in which `msgId` is unique (§3.4)
 */
export function readMessage(payload: Fields, robot: string): Inbound {
  const msgtype = asText(payload['msgtype'])
  if (payload['encrypt'] !== undefined && msgtype === undefined)
    return alarm('body is encrypted: turn message encryption off in the developer console')
  const text = textOf(payload)
  const said = payload['errorCode'] ?? payload['errCode'] ?? 0
  // An object may have no form as text at all.
  const code = Number(asText(said) ?? Number.NaN)
  if (code !== 0 && text === undefined)
    return alarm(
      code === quotaUsedUp
        ? 'DingTalk delivered no text (20001): the monthly Webhook & Stream quota is used up'
        : `DingTalk delivered no text (errorCode ${code})`,
    )

  const staffId = asId(payload['senderStaffId'])
  const sender = staffId ?? asId(payload['senderId'])
  if (sender === undefined) return { unheard: 'no sender', alarm: false }
  const conversation = asId(payload['conversationId'])
  if (conversation === undefined) return { unheard: 'no conversationId', alarm: false }

  const msgId = asId(payload['msgId'])
  const chat = chatOf(payload, conversation, sender)
  const file = msgtype === 'file' ? fileOf(payload) : undefined
  return {
    message: {
      platform: 'dingtalk',
      robot,
      ...(msgId !== undefined && { id: msgId }),
      chat,
      sender: { id: sender, name: first(asText(payload['senderNick']) ?? '', maxNameLength) },
      kind: text === undefined && msgtype !== 'text' ? 'media' : 'text',
      text: first(text ?? '', maxTextLength),
    },
    ...(file && { file }),
    way: { chat, ...(staffId !== undefined && { staffId }), ...sessionOf(payload) },
  }
}

/** Kept apart from the message, which has no use for a code. */
function fileOf({ content }: Fields): { code: string; name?: string } | undefined {
  if (!isFields(content)) return undefined
  const [code, name] = [asText(content['downloadCode']), asText(content['fileName'])]
  return code ? { code, ...(name && { name: first(name, maxNameLength) }) } : undefined
}

/** What is not said to be one-to-one is taken for a group, where less is told. */
function chatOf(payload: Fields, conversation: string, sender: string): Chat {
  if (asText(payload['conversationType']) === '1') return { id: sender, kind: 'single' }
  const title = asText(payload['conversationTitle'])
  return { id: conversation, kind: 'group', ...(title && { title: first(title, maxNameLength) }) }
}

function sessionOf(payload: Fields): Pick<ReturnPath, 'sessionWebhook' | 'sessionExpires'> {
  const sessionWebhook = payload['sessionWebhook']
  const sessionExpires = Number(asText(payload['sessionWebhookExpiredTime']) || Number.NaN)
  return {
    ...(typeof sessionWebhook === 'string' && { sessionWebhook }),
    ...(Number.isFinite(sessionExpires) && { sessionExpires }),
  }
}

/** What was typed or dictated, trimmed: in groups a space stays where the mention was. */
function textOf(payload: Fields): string | undefined {
  const { text, content } = payload
  const typed = isFields(text) ? asText(text['content']) : undefined
  if (typed !== undefined) return typed.trim()
  if (!isFields(content)) return undefined
  const parts = Array.isArray(content['richText']) ? content['richText'] : []
  const rich = parts.map((part: unknown) => (isFields(part) && asText(part['text'])) || '').join('')
  // Nothing but a picture, or a voice note that was not understood, is not an empty text.
  return rich.trim() || asText(content['recognition'])?.trim() || undefined
}

function asId(value: unknown): string | undefined {
  const text = asText(value)
  return text && text.length <= maxIdLength ? text : undefined
}

/** Numbers count as their digits. NUL is dropped: PostgreSQL cannot store it. */
function asText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? wellFormed(value).replaceAll('\0', '') : undefined
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const alarm = (unheard: string): Inbound => ({ unheard, alarm: true })
