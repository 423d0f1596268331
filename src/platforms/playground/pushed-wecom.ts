// What the bot pushes to the playground's WeCom, answered as WeCom would (protocols/wecom.md §4, §5.1, §5.2, §5.6).
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'
import { readJson } from '../dingtalk/inbound.ts'
import { readBody, single } from '../webhook.ts'
import { cut } from '../wecom/bytes.ts'
import { privateChat } from './conversations.ts'
import { type Media, mostUploaded, uploaded } from './media.ts'
import { type PushTools, taken } from './side.ts'
import { wecomPath } from './ways.ts'

/** The longest a group's robot may send, in bytes; an app may send half as much markdown. */
const most = { text: 2_048, markdown: 4_096, appMarkdown: 2_048, image: 2 << 20 }

const filled = z.string().min(1)
const content = z.looseObject({ content: filled })
const words = [
  z.looseObject({ msgtype: z.literal('text'), text: content }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: content }),
  z.looseObject({
    msgtype: z.literal('template_card'),
    template_card: z.looseObject({
      card_type: z.literal('text_notice'),
      main_title: z.looseObject({ title: z.string().optional() }),
      card_action: z.looseObject({ type: z.number() }),
    }),
  }),
] as const
const file = z.looseObject({ msgtype: z.literal('file'), file: z.looseObject({ media_id: filled }) })
const robotMessage = z.union([
  ...words,
  file,
  z.looseObject({ msgtype: z.literal('markdown_v2'), markdown_v2: content }),
  z.looseObject({ msgtype: z.literal('image'), image: z.looseObject({ base64: filled, md5: z.string() }) }),
])
const appMessage = z.union([
  ...words,
  file,
  z.looseObject({ msgtype: z.literal('image'), image: z.looseObject({ media_id: filled }) }),
])
const envelope = z.looseObject({ touser: filled, agentid: z.coerce.string() })

/** Adds the routes of the robots in groups and of the app. */
export function hearWecomPushes(
  router: Router,
  guard: Middleware,
  { ways: { wecom: app }, book, media, clock, show }: PushTools,
): void {
  const accessToken = randomBytes(16).toString('hex')
  /** What was uploaded for a group's robot is good for that one only. */
  const uploadedFor = new Map<string, string>()
  const hasToken = (ctx: Context) => single(ctx, 'access_token') === accessToken

  router.post(
    `${wecomPath}/cgi-bin/webhook/send`,
    guard,
    answering(async (ctx, bytes) => {
      const key = single(ctx, 'key')
      const found = await book.robotOf('wecom', (robot) => 'key' in robot && robot.key === key)
      if (!found) return refused(93000, 'invalid webhook url')
      const message = robotMessage.safeParse(readJson(bytes)).data
      if (!message) return refused(40008, 'invalid message type')
      if (message.msgtype === 'image') {
        const picture = Buffer.from(message.image.base64, 'base64')
        if (picture.length > most.image) return refused(40009, 'invalid image size')
        const md5 = createHash('md5').update(picture).digest('hex')
        const id = md5 === message.image.md5 ? media.add(picture) : undefined
        if (!id) return refused(40035, 'invalid parameter')
        show(`wecom/${found.group}`, { msgtype: 'image', image: { media_id: id } })
        return taken
      }
      if (message.msgtype === 'file' && uploadedFor.get(message.file.media_id) !== key)
        return refused(40007, 'invalid media_id')
      const long = tooLong(message, most.markdown)
      if (long) return long
      show(`wecom/${found.group}`, asShown(message, media))
      return taken
    }),
  )

  router.post(
    `${wecomPath}/cgi-bin/webhook/upload_media`,
    guard,
    answering(async (ctx, bytes) => {
      const key = single(ctx, 'key')
      const found = await book.robotOf('wecom', (robot) => 'key' in robot && robot.key === key)
      if (!found || key === undefined) return refused(93000, 'invalid webhook url')
      const sent = single(ctx, 'type') === 'file' ? await uploaded(ctx, bytes) : undefined
      if (!sent) return refused(40004, 'invalid media type')
      const id = media.addFile(sent)
      uploadedFor.set(id, key)
      return { ...taken, type: 'file', media_id: id, created_at: String(clock.now().getTime()) }
    }, mostUploaded),
  )

  router.get(`${wecomPath}/cgi-bin/gettoken`, guard, (ctx) => {
    if (single(ctx, 'corpid') !== app.corpId) ctx.body = { errcode: 40013, errmsg: 'invalid corpid' }
    else if (single(ctx, 'corpsecret') !== app.secret)
      ctx.body = { errcode: 40001, errmsg: 'invalid credential' }
    else ctx.body = { ...taken, access_token: accessToken, expires_in: 7_200 }
  })

  router.post(
    `${wecomPath}/cgi-bin/message/send`,
    guard,
    answering(async (ctx, bytes) => {
      if (!hasToken(ctx)) return refused(40014, 'invalid access_token')
      const json = readJson(bytes)
      const to = envelope.safeParse(json).data
      if (to?.agentid !== app.agentId) return refused(40056, 'invalid agentid')
      const message = appMessage.safeParse(json).data
      if (!message) return refused(40008, 'invalid message type')
      const medium = message.msgtype === 'image' ? message.image : message.msgtype === 'file' && message.file
      if (medium && !media.has(medium.media_id)) return refused(40007, 'invalid media_id')
      const long = tooLong(message, most.appMarkdown)
      if (long) return long
      const people = to.touser.split('|')
      const known = await book.accounts('wecom', people)
      if (known.length === 0) return refused(81013, 'user & party & tag all invalid')
      for (const person of known) show(`wecom/${privateChat(person)}`, asShown(message, media))
      const invalid = people.filter((person) => !known.includes(person))
      return { ...taken, invaliduser: invalid.join('|').toLowerCase(), msgid: randomUUID() }
    }),
  )

  router.post(
    `${wecomPath}/cgi-bin/media/upload`,
    guard,
    answering(async (ctx, bytes) => {
      if (!hasToken(ctx)) return refused(40014, 'invalid access_token')
      const type = single(ctx, 'type')
      const sent = await uploaded(ctx, bytes)
      const id = sent && (type === 'file' ? media.addFile(sent) : type === 'image' && media.add(sent.bytes))
      if (!id) return refused(40004, 'invalid media type')
      return { ...taken, type, media_id: id, created_at: String(clock.now().getTime()) }
    }, mostUploaded),
  )
}

const refused = (errcode: number, errmsg: string) => ({ errcode, errmsg })

type Message = z.infer<typeof robotMessage> | z.infer<typeof appMessage>

/** @returns the answer to markdown that is too long */
function tooLong(message: Message, bytes: number): object | undefined {
  const text =
    'markdown' in message ? message.markdown : 'markdown_v2' in message ? message.markdown_v2 : undefined
  if (!text || Buffer.byteLength((text as { content: string }).content) <= bytes) return undefined
  return refused(40058, `${message.msgtype}.content exceed max length ${bytes}`)
}

/** Of a file its name and size; what is too long of a text is not shown, and nobody is told. */
function asShown(message: Message, media: Media): object {
  if (message.msgtype === 'file') {
    const { name, bytes } = media.file(message.file.media_id) ?? {}
    return { ...message, file: { ...message.file, name, size: bytes?.length } }
  }
  if (message.msgtype !== 'text') return message
  return { ...message, text: { ...message.text, content: cut(message.text.content, most.text) } }
}

/** Answers 200 in any case, as WeCom does: what it means is in `errcode`. */
function answering(act: (ctx: Context, bytes: Buffer) => Promise<object>, limit?: number): Middleware {
  return async (ctx) => {
    const bytes = await readBody(ctx, limit)
    if (bytes) ctx.body = await act(ctx, bytes)
  }
}
