// What a self-built app's callback says, as a Message (protocols/wecom.md §2.2, §2.3). Pure.
import type { Message } from '../../message.ts'

/** The elements that are read; each must be a single text. */
export const appFields = [
  'ToUserName',
  'FromUserName',
  'CreateTime',
  'MsgType',
  'MsgId',
  'AgentID',
  'Content',
  'Event',
  'EventKey',
  'TaskId',
  'MediaId',
  'FileName',
] as const
export type AppFields = Partial<Record<(typeof appFields)[number], string>>

/** No text to understand, but a person who waits for an answer. */
const media = new Set(['image', 'voice', 'video', 'file', 'location', 'link'])
/** The person opened the chat with the app, or was just given it. */
const entering = new Set(['enter_agent', 'subscribe'])

/** An app hears only one-to-one chats. @returns why there is nothing to answer, as a string */
export function readAppMessage(fields: AppFields, robot: string): Message | string {
  const { FromUserName: sender, MsgType: type, Content: content, Event: event = '' } = fields
  if (!sender || sender === 'sys') return 'no sender'
  const from = (kind: Message['kind'], text: string): Message => {
    const id = idOf(fields, sender)
    return {
      platform: 'wecom',
      robot,
      ...(id && { id }),
      chat: { id: sender, kind: 'single' },
      // WeCom tells no names: the account id is all there is.
      sender: { id: sender, name: sender },
      kind,
      text,
    }
  }
  if (type === 'text') return content === undefined ? 'text without Content' : from('text', content)
  if (type === 'event')
    // inactive_alert and its like land here: WeCom suspends apps that nobody uses, so the log should show them.
    return entering.has(event) ? from('enter', '') : `event ${event.slice(0, 40)}`
  return type && media.has(type) ? from('media', '') : `MsgType ${type?.slice(0, 40)}`
}

/** Events have no id, and two of one person in one second differ only in what happened (§2.3). */
function idOf(
  { MsgId, CreateTime, Event, EventKey, TaskId, MsgType }: AppFields,
  sender: string,
): string | undefined {
  if (MsgType !== 'event') return MsgId || undefined
  return CreateTime && [sender, CreateTime, Event, EventKey, TaskId].map((part) => part ?? '').join('|')
}
