// WeCom's API for one self-built app: a token, messages to persons, pictures (protocols/wecom.md §5.1, §5.2, §5.5).
import { randomUUID } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import type { Call, Json } from './fake-server.ts'
import { counting, type Timeline } from './fake-timeline.ts'
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
      const refused = unreadable(raw) ?? messageRefusal(body, account, media)
      if (refused) return refused
      const to = String(body['touser'] ?? '')
      if (unreachable.invalid.has(to)) return { invaliduser: to.toLowerCase() }
      if (unreachable.unlicensed.has(to)) return { invaliduser: '', unlicenseduser: to.toLowerCase() }
      const msgtype = String(body['msgtype'])
      const message = body[msgtype] as Json
      const content = String(message['content'] ?? '')
      const kind = isRepeat(body) ? 'repeated' : pace.isOver(to) ? 'dropped' : 'taken'
      const text = msgtype === 'image' ? '[image]' : beginning(content)
      timeline.arrive({ kind, via: 'message/send', to, text, mentions: [], body })
      if (kind === 'taken') {
        pace.count(to)
        onDelivery(to, msgtype, content)
      }
      return { invaliduser: '', msgid: randomUUID() }
    },

    async upload({ query, headers, bytes }: Call): Promise<AppAnswer> {
      if (!isGood(query)) return expired
      if (query.get('type') !== 'image') return [40004, 'invalid media type']
      const type = String(headers['content-type'])
      const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
      const file = form.get('media')
      if (!(file instanceof File) || !file.name || file.size <= 5) return [44001, 'empty media data']
      if (file.size > 10 * 1024 * 1024) return [40009, 'invalid image size']
      const id = `media-${media.size + 1}`
      media.set(id, Buffer.from(await file.arrayBuffer()))
      return { type: 'image', media_id: id, created_at: String(Math.floor(now() / 1_000)) }
    },
  }
}

function messageRefusal(body: Json, { agentId }: Account, media: Map<string, Buffer>): Refused | undefined {
  if (body['agentid'] !== agentId) return [40056, 'invalid agentid']
  const type = String(body['msgtype'])
  const message = body[type] as Json | undefined
  if (type === 'image')
    return media.has(String(message?.['media_id'])) ? undefined : [40007, 'invalid media_id']
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
