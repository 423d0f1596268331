// WeCom's API for one self-built app: a token, messages to persons, pictures and files (protocols/wecom.md §5.1, §5.2, §5.5).
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import type { Call, Json } from './fake-server.ts'
import { counting, type Timeline } from './fake-timeline.ts'
import { type Uploaded, uploadedIn } from './fake-upload.ts'
import { type Refused, unreadable } from './fake-wecom-webhook.ts'

export interface Account {
  corpId: string
  secret: string
  agentId: number
}

/** What is answered besides errcode and errmsg, or a refusal. */
export type AppAnswer = Json | Refused

const textBytes = 2_048

/** @param onDelivery is told of every message that a person gets */
export function fakeApp(
  clock: Clock,
  timeline: Timeline,
  account: Account,
  onDelivery: (to: string, msgtype: string, content: string) => void,
) {
  const unreachable = { invalid: new Set<string>(), unlicensed: new Set<string>() }
  const media = new Map<string, Buffer>()
  const files = new Map<string, Uploaded>()
  const seen = new Map<string, number>()
  /** What is more is dropped without a word. */
  const pace = counting(clock, 30, 60_000)
  const now = () => clock.now().getTime()
  let token = ''

  const isGood = (query: URLSearchParams) => token !== '' && query.get('access_token') === token
  const expired: Refused = [42001, 'access_token expired']

  const isRepeat = (body: Json): boolean => {
    if (body['enable_duplicate_check'] !== 1) return false
    const content = JSON.stringify(body)
    const seconds = Number(body['duplicate_check_interval'] ?? 1_800)
    const before = seen.get(content)
    seen.set(content, now())
    return before !== undefined && now() - before <= seconds * 1_000
  }

  return {
    media,
    files,
    unreachable,
    expireToken() {
      token = ''
    },

    giveToken({ query }: Call): AppAnswer {
      if (query.get('corpid') !== account.corpId) return [40013, 'invalid corpid']
      if (query.get('corpsecret') !== account.secret) return [40001, 'invalid credential']
      token ||= `token-${randomUUID()}`
      return { access_token: token, expires_in: 7200 }
    },

    send({ query, raw, json: body }: Call): AppAnswer {
      if (!isGood(query)) return expired
      const refused = unreadable(raw) ?? messageRefusal(body, account, { image: media, file: files })
      if (refused) return refused
      const to = String(body['touser'] ?? '')
      if (unreachable.invalid.has(to)) return { invaliduser: to.toLowerCase() }
      if (unreachable.unlicensed.has(to)) return { invaliduser: '', unlicenseduser: to.toLowerCase() }
      const msgtype = String(body['msgtype'])
      const message = body[msgtype] as Json
      const content = String(message['content'] ?? '')
      const kind = isRepeat(body) ? 'repeated' : pace.isOver(to) ? 'dropped' : 'taken'
      const isMedia = msgtype === 'image' || msgtype === 'file'
      const text = isMedia ? `[${msgtype}]` : beginning(content)
      timeline.arrive({ kind, via: 'message/send', to, text, mentions: [], body })
      if (kind === 'taken') {
        pace.count(to)
        onDelivery(to, msgtype, content)
      }
      return { invaliduser: '', msgid: randomUUID() }
    },

    async upload(call: Call): Promise<AppAnswer> {
      const type = call.query.get('type')
      if (!isGood(call.query)) return expired
      if (type !== 'image' && type !== 'file') return [40004, 'invalid media type']
      const file = await uploadedIn(call)
      if (!file || file.bytes.length <= 5) return [44001, 'empty media data']
      if (file.bytes.length > (type === 'image' ? 10 : 20) * 1024 * 1024)
        return [40009, `invalid ${type} size`]
      const id = `media-${media.size + files.size + 1}`
      if (type === 'image') media.set(id, file.bytes)
      else files.set(id, file)
      return { type, media_id: id, created_at: String(Math.floor(now() / 1_000)) }
    },
  }
}

function messageRefusal(
  body: Json,
  { agentId }: Account,
  media: Record<'image' | 'file', Map<string, unknown>>,
): Refused | undefined {
  if (body['agentid'] !== agentId) return [40056, 'invalid agentid']
  const type = String(body['msgtype'])
  const message = body[type] as Json | undefined
  if (type === 'image' || type === 'file')
    return media[type].has(String(message?.['media_id'])) ? undefined : [40007, 'invalid media_id']
  if (type !== 'text' && type !== 'markdown') return [40008, 'invalid message type']
  return message?.['content'] ? undefined : [44004, 'content is empty']
}

/** What is over 2048 bytes is cut silently. */
const beginning = (content: string): string =>
  Buffer.byteLength(content) <= textBytes
    ? content
    : Buffer.from(content)
        .subarray(0, textBytes)
        .toString()
        .replace(/\uFFFD+$/, '')
