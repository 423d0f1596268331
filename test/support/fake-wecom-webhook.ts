// WeCom's group webhooks: what they take, and their 20 a minute (protocols/wecom.md §4, §5.6).
import { createHash } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import type { Call, Json } from './fake-server.ts'
import { counting, type Timeline } from './fake-timeline.ts'
import { type Uploaded, uploadedIn } from './fake-upload.ts'

/** An errcode with WeCom's words. */
export type Refused = [errcode: number, errmsg: string]

/** Most bytes of `content`. What a text over its limit gets is not documented; the cautious guess is a refusal. */
const limits: Record<string, number> = { text: 2_048, markdown: 4_096, markdown_v2: 4_096 }
const maxImageBytes = 2 * 1024 * 1024
const badCard: Refused = [40035, 'invalid template_card']

export function fakeWebhooks(clock: Clock, timeline: Timeline) {
  const keys = new Set<string>()
  /** Files that were uploaded, by the webhook they are for and their media_id. */
  const files = new Map<string, Uploaded>()
  const pace = counting(clock, 20, 60_000, 60_000)
  return {
    add: (key: string) => void keys.add(key),
    remove: (key: string) => void keys.delete(key),
    files,
    async upload(call: Call): Promise<Json | Refused> {
      const key = call.query.get('key') ?? ''
      if (!keys.has(key)) return [93000, 'invalid webhook url']
      if (call.query.get('type') !== 'file') return [40004, 'invalid media type']
      const file = await uploadedIn(call)
      if (!file || file.bytes.length <= 5) return [44001, 'empty media data']
      if (file.bytes.length > 20 * 1024 * 1024) return [40009, 'invalid file size']
      const id = `hook-media-${files.size + 1}`
      files.set(`${key}/${id}`, file)
      const created = String(Math.floor(clock.now().getTime() / 1_000))
      return { type: 'file', media_id: id, created_at: created }
    },
    /** @returns undefined when it was taken */
    receive({ query, raw, json: body }: Call): Refused | undefined {
      const key = query.get('key') ?? ''
      if (!keys.has(key)) return [93000, 'invalid webhook url']
      if (pace.isOver(key)) return [45009, 'api freq out of limit']
      const refused = unreadable(raw) ?? refusalOf(body, (id) => files.has(`${key}/${id}`))
      if (refused) return refused
      pace.count(key)
      timeline.arrive({ kind: 'taken', via: 'webhook', to: key, ...shown(body), body })
      return undefined
    },
  }
}

/** For every call that has a JSON body. */
export function unreadable(raw: string): Refused | undefined {
  if (raw === '') return [93017, 'empty body']
  // Backslashes in pairs are a text's own.
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(raw)) return [40033, 'invalid charset: \\uxxxx is not allowed']
  try {
    JSON.parse(raw)
    return undefined
  } catch {
    return [40008, 'invalid message type, Warning: wrong json format.']
  }
}

function refusalOf(body: Json, isUploaded: (id: string) => boolean): Refused | undefined {
  const type = String(body['msgtype'])
  const message = body[type] as Json | undefined
  const limit = limits[type]
  if (limit !== undefined) {
    const content = message?.['content']
    if (typeof content !== 'string' || content === '') return [44004, 'content is empty']
    if (Buffer.byteLength(content) > limit) return [40058, `${type}.content exceed max length ${limit}`]
    return undefined
  }
  if (type === 'image') return imageRefusal(message ?? {})
  if (type === 'file')
    return isUploaded(String(message?.['media_id'])) ? undefined : [40007, 'invalid media_id']
  if (type === 'template_card') return cardRefusal(message ?? {})
  return [40008, 'invalid message type']
}

function imageRefusal({ base64, md5 }: Json): Refused | undefined {
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]+=*$/.test(base64)) return [44001, 'empty media data']
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length > maxImageBytes) return [40009, 'invalid image size']
  const right = createHash('md5').update(bytes).digest('hex')
  return md5 === right ? undefined : [301019, 'media md5 not match']
}

function cardRefusal(card: Json): Refused | undefined {
  if (card['card_type'] !== 'text_notice' && card['card_type'] !== 'news_notice') return badCard
  const { title } = (card['main_title'] ?? {}) as Json
  if (!title && !card['sub_title_text']) return badCard
  const { type, url } = (card['card_action'] ?? {}) as Json
  if (type !== 1 || typeof url !== 'string' || !/^https?:\/\/./.test(url)) return badCard
  const list = (card['horizontal_content_list'] ?? []) as Json[]
  return list.length <= 6 && list.every(({ keyname }) => keyname) ? undefined : badCard
}

/** What is read, and who is notified: the list and `<@userid>` in a text, only the latter in markdown (§4.4). */
export function shown(body: Json): { text: string; mentions: string[] } {
  const type = String(body['msgtype'])
  const message = (body[type] ?? {}) as Record<string, unknown>
  const content = String(message['content'] ?? '')
  const list = type === 'text' ? ((message['mentioned_list'] ?? []) as string[]) : []
  const inText = type === 'text' || type === 'markdown' ? content.matchAll(/<@([\w.@-]+)>/g) : []
  const mentions = [...list, ...[...inText].map(([, id = '']) => id)]
  if (type === 'image' || type === 'file') return { text: `[${type}]`, mentions }
  if (type !== 'template_card') return { text: content, mentions }
  const {
    main_title: main,
    sub_title_text: sub,
    horizontal_content_list: rows = [],
  } = message as {
    main_title?: { title?: string }
    sub_title_text?: string
    horizontal_content_list?: { keyname: string; value?: string }[]
  }
  const lines = [main?.title, sub, ...rows.map(({ keyname, value }) => `${keyname}：${value}`)]
  return { text: lines.filter(Boolean).join('\n'), mentions }
}
