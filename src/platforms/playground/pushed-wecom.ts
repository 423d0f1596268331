// What the bot pushes to the playground's WeCom, answered as WeCom would (protocols/wecom.md §4, §5.1, §5.2, §5.6).
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'
import { readJson } from '../dingtalk/inbound.ts'
import { readBody, single } from '../webhook.ts'
import { cut } from '../wecom/bytes.ts'
import { privateChat } from './conversations.ts'
import { uploaded } from './media.ts'
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
const robotMessage = z.union([
  ...words,
  z.looseObject({ msgtype: z.literal('markdown_v2'), markdown_v2: content }),
  z.looseObject({ msgtype: z.literal('image'), image: z.looseObject({ base64: filled, md5: z.string() }) }),
])
const appMessage = z.union([
  ...words,
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
      const long = tooLong(message, most.markdown)
      if (long) return long
      show(`wecom/${found.group}`, cutText(message))
      return taken
    }),
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
      if (message.msgtype === 'image' && !media.has(message.image.media_id))
        return refused(40007, 'invalid media_id')
      const long = tooLong(message, most.appMarkdown)
      if (long) return long
      const people = to.touser.split('|')
      const known = await book.accounts('wecom', people)
      if (known.length === 0) return refused(81013, 'user & party & tag all invalid')
      for (const person of known) show(`wecom/${privateChat(person)}`, cutText(message))
      const invalid = people.filter((person) => !known.includes(person))
      return { ...taken, invaliduser: invalid.join('|').toLowerCase(), msgid: randomUUID() }
    }),
  )

  router.post(
    `${wecomPath}/cgi-bin/media/upload`,
    guard,
    answering(async (ctx, bytes) => {
      if (!hasToken(ctx)) return refused(40014, 'invalid access_token')
      const file = await uploaded(ctx, bytes)
      const id = file && single(ctx, 'type') === 'image' ? media.add(file) : undefined
      if (!id) return refused(40004, 'invalid media type')
      return { ...taken, type: 'image', media_id: id, created_at: String(clock.now().getTime()) }
    }),
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

/** What is too long of a text is not shown, and nobody is told. */
function cutText(message: Message): object {
  if (message.msgtype !== 'text') return message
  return { ...message, text: { ...message.text, content: cut(message.text.content, most.text) } }
}

/** Answers 200 in any case, as WeCom does: what it means is in `errcode`. */
function answering(act: (ctx: Context, bytes: Buffer) => Promise<object>): Middleware {
  return async (ctx) => {
    const bytes = await readBody(ctx)
    if (bytes) ctx.body = await act(ctx, bytes)
  }
}
