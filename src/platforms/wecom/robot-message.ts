// What a smart robot's callback says, as a Message (protocols/wecom.md §3.3, §3.4, §3.6). Pure.
import type { Message } from '../../message.ts'
import { wellFormed } from './escape.ts'

export type RobotCallback =
  /** `fileUrl`: where the file of the message lies, sealed. */
  | { kind: 'message'; message: Message; responseUrl: string | undefined; fileUrl?: string }
  /** WeCom asks how a stream goes on (§3.6). */
  | { kind: 'refresh'; streamId: string }
  | { kind: 'ignored'; why: string }

/** The robot the callback is addressed to; `undefined` when it does not say. */
export function addressedTo(payload: unknown): string | undefined {
  return text(at(payload, 'aibotid'))
}

/**
 * Reads a decrypted callback leniently: a field that is missing or of another type counts as absent.
 * @param robot used as the robot's id
 */
export function readRobotCallback(payload: unknown, robot: string): RobotCallback {
  const msgtype = text(at(payload, 'msgtype'))
  if (msgtype === 'stream') {
    const streamId = text(at(payload, 'stream', 'id'))
    return streamId ? { kind: 'refresh', streamId } : { kind: 'ignored', why: 'stream without id' }
  }
  const said = saying(payload, msgtype)
  if (typeof said === 'string') return { kind: 'ignored', why: said }
  const sender = text(at(payload, 'from', 'userid'))
  if (!sender || sender === 'sys') return { kind: 'ignored', why: 'no sender' }
  const chatId = text(at(payload, 'chatid'))
  const chatType = text(at(payload, 'chattype'))
  if (chatType === 'group' && !chatId) return { kind: 'ignored', why: 'group message without chatid' }
  const group = chatId && chatType !== 'single' && said.kind !== 'enter'
  const id = text(at(payload, 'msgid'))
  const fileUrl = msgtype === 'file' ? text(at(payload, 'file', 'url')) : undefined
  return {
    kind: 'message',
    ...(fileUrl && { fileUrl }),
    responseUrl: text(at(payload, 'response_url')),
    message: {
      platform: 'wecom',
      robot,
      ...(id && { id }),
      chat: group ? { id: chatId, kind: 'group' } : { id: sender, kind: 'single' },
      // WeCom tells no names: the account id is all there is.
      sender: { id: sender, name: sender },
      ...said,
    },
  }
}

/** What was said, without what is quoted with it. @returns why there is nothing to answer, as a string */
function saying(payload: unknown, msgtype: string | undefined): Pick<Message, 'kind' | 'text'> | string {
  switch (msgtype) {
    case 'text': {
      const content = text(at(payload, 'text', 'content'), true)
      return content === undefined ? 'text without content' : { kind: 'text', text: content }
    }
    case 'mixed': {
      const items = at(payload, 'mixed', 'msg_item')
      const texts = Array.isArray(items) ? items.map((item) => text(at(item, 'text', 'content'))) : []
      return heard(texts.filter((item) => item !== undefined).join('\n'))
    }
    case 'voice':
      return heard(text(at(payload, 'voice', 'content')) ?? '')
    case 'image':
    case 'file':
    case 'video':
      return { kind: 'media', text: '' }
    case 'event': {
      const type = text(at(payload, 'event', 'eventtype'))
      return type === 'enter_chat' ? { kind: 'enter', text: '' } : `event ${type?.slice(0, 40)}`
    }
    default:
      return `msgtype ${msgtype?.slice(0, 40)}`
  }
}

function heard(words: string): Pick<Message, 'kind' | 'text'> {
  return words.trim() ? { kind: 'text', text: words } : { kind: 'media', text: '' }
}

function at(value: unknown, ...keys: string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string, unknown>)[key]
        : undefined,
    value,
  )
}

/** @param empty whether an empty string counts as one */
function text(value: unknown, empty = false): string | undefined {
  return typeof value === 'string' && (value !== '' || empty) ? wellFormed(value) : undefined
}
