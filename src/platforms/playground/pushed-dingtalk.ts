// What the bot pushes to the playground's DingTalk, answered as DingTalk would (`protocols/dingtalk.md` §6, §8, §10).
import { randomBytes, randomUUID } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import { z } from 'zod'
import { readJson } from '../dingtalk/inbound.ts'
import { verify } from '../dingtalk/signature.ts'
import { readBody, single } from '../webhook.ts'
import { privateChat } from './conversations.ts'
import { type Media, mostUploaded, uploaded } from './media.ts'
import { type PushTools, taken } from './side.ts'
import { dingtalkPath } from './ways.ts'

const maxBodyBytes = 20_000
const maxParamBytes = 15_000
const mostPeople = 20
/** Sent again under the same `msgUuid` it is the same message. */
const mostRemembered = 1_000

const filled = z.string().min(1)
const webhookBody = z.union([
  z.looseObject({ msgtype: z.literal('text'), text: z.looseObject({ content: filled }) }),
  z.looseObject({ msgtype: z.literal('markdown'), markdown: z.looseObject({ title: filled, text: filled }) }),
  z.looseObject({
    msgtype: z.literal('actionCard'),
    actionCard: z.looseObject({ title: filled, text: filled }),
  }),
])
const keys = ['sampleText', 'sampleMarkdown', 'sampleImageMsg', 'sampleFile'] as const
const fileParam = z.looseObject({ mediaId: filled, fileName: filled, fileType: filled })
const apiBody = z.looseObject({ robotCode: z.string(), msgKey: z.enum(keys), msgParam: filled })
const groupBody = z.looseObject({ openConversationId: z.string() })
const peopleBody = z.looseObject({ userIds: z.array(filled).min(1) })

/** Adds the routes of the robots in groups and of the app's robot. */
export function hearDingtalkPushes(
  router: Router,
  guard: Middleware,
  { ways: { dingtalk: app }, book, media, clock, show }: PushTools,
): void {
  const accessToken = randomBytes(16).toString('hex')
  const remembered = new Set<unknown>()

  const isRepeat = (uuid: unknown): boolean => {
    if (typeof uuid !== 'string') return false
    if (remembered.has(uuid)) return true
    remembered.add(uuid)
    if (remembered.size > mostRemembered) remembered.delete(remembered.values().next().value)
    return false
  }

  router.post(`${dingtalkPath}/robot/send`, guard, async (ctx) => {
    const bytes = await readBody(ctx)
    if (!bytes) return
    const token = single(ctx, 'access_token')
    const found = await book.robotOf('dingtalk', (robot) => 'token' in robot && robot.token === token)
    const wrongSign =
      found && signTrouble(ctx, 'secret' in found.robot ? found.robot.secret : undefined, clock)
    const json = readJson(bytes)
    const message = webhookBody.safeParse(json).data
    if (!token) ctx.body = { errcode: 40035, errmsg: 'missing parameter access_token' }
    else if (!found) ctx.body = { errcode: 300001, errmsg: 'token is not exist' }
    else if (wrongSign) ctx.body = { errcode: 310000, errmsg: wrongSign }
    else if (bytes.length > maxBodyBytes) ctx.body = { errcode: 460101, errmsg: 'body 大小不合法' }
    else if (!message) ctx.body = { errcode: 40035, errmsg: 'missing parameter json' }
    else {
      if (!isRepeat(message['msgUuid'])) show(`dingtalk/${found.group}`, message)
      ctx.body = taken
    }
  })

  router.post(`${dingtalkPath}/v1.0/oauth2/accessToken`, guard, async (ctx) => {
    const bytes = await readBody(ctx)
    if (!bytes) return
    const wanted = z.object({ appKey: z.literal(app.clientId), appSecret: z.literal(app.clientSecret) })
    if (wanted.safeParse(readJson(bytes)).success) ctx.body = { accessToken, expireIn: 7_200 }
    else refuse(ctx, 'invalidClientIdOrSecret')
  })

  /** @returns what is sent, if the call is in order as far as all of them must be; else it is answered */
  const read = async (ctx: Context) => {
    const bytes = await readBody(ctx)
    if (!bytes) return undefined
    const json = readJson(bytes)
    const { data: message, error } = apiBody.safeParse(json)
    if (ctx.get('x-acs-dingtalk-access-token') !== accessToken) refuse(ctx, 'InvalidAuthentication')
    else if (!message) refuse(ctx, `invalidParameter.${String(error?.issues[0]?.path[0])}.invalid`)
    else if (message.robotCode !== app.robotCode) refuse(ctx, 'invalidParameter.robotCode.notExsit')
    else if (Buffer.byteLength(message.msgParam) > maxParamBytes)
      refuse(ctx, 'invalidParameter.msgParam.tooLong')
    else {
      const msgParam = paramShown(message, media)
      if (msgParam !== undefined) return { json, payload: { msgKey: message.msgKey, msgParam } }
      refuse(ctx, 'invalidParameter.msgParam.invalid')
    }
    return undefined
  }

  router.post(`${dingtalkPath}/v1.0/robot/groupMessages/send`, guard, async (ctx) => {
    const message = await read(ctx)
    if (!message) return
    const group = groupBody.safeParse(message.json).data?.openConversationId
    if (!group) refuse(ctx, 'miss.openConversationId')
    else if (!(await book.isGroup('dingtalk', group))) refuse(ctx, 'invalid.openConversationId')
    else {
      show(`dingtalk/${group}`, message.payload)
      ctx.body = { processQueryKey: randomUUID() }
    }
  })

  router.post(`${dingtalkPath}/v1.0/robot/oToMessages/batchSend`, guard, async (ctx) => {
    const message = await read(ctx)
    if (!message) return
    const people = peopleBody.safeParse(message.json).data?.userIds
    if (!people) return refuse(ctx, 'invalidParameter.userIds.empty')
    if (people.length > mostPeople) return refuse(ctx, 'invalidParameter.userIds.overMax')
    const known = await book.accounts('dingtalk', people)
    for (const person of known) show(`dingtalk/${privateChat(person)}`, message.payload)
    const invalidStaffIdList = people.filter((person) => !known.includes(person))
    ctx.body = { processQueryKey: randomUUID(), invalidStaffIdList, flowControlledStaffIdList: [] }
  })

  router.post(`${dingtalkPath}/media/upload`, guard, async (ctx) => {
    const bytes = await readBody(ctx, mostUploaded)
    if (!bytes) return
    const type = single(ctx, 'type')
    const file = await uploaded(ctx, bytes)
    const id = file && (type === 'file' ? media.addFile(file, '@lAL') : media.add(file.bytes, '@lAL'))
    if (single(ctx, 'access_token') !== accessToken)
      ctx.body = { errcode: 40014, errmsg: '不合法的access_token' }
    else if (!id || (type !== 'image' && type !== 'file'))
      ctx.body = { errcode: 40004, errmsg: '不合法的媒体文件类型' }
    else ctx.body = { ...taken, type, media_id: id, created_at: clock.now().getTime() }
  })
}

/** What is shown of a message: with the size of a file. @returns undefined for what is not in order */
function paramShown(
  { msgKey, msgParam }: { msgKey: string; msgParam: string },
  media: Media,
): string | undefined {
  const json = readJson(Buffer.from(msgParam))
  if (msgKey !== 'sampleFile') return json === undefined ? undefined : msgParam
  const param = fileParam.safeParse(json).data
  const size = param && media.file(param.mediaId)?.bytes.length
  return size === undefined ? undefined : JSON.stringify({ ...param, size })
}

/** How the new API says no. */
function refuse(ctx: Context, code: string): void {
  ctx.status = 400
  ctx.body = { code, message: code, requestid: randomUUID() }
}

/** @returns what DingTalk says to a sign that does not fit; undefined when it does, or none is asked for */
function signTrouble(
  ctx: Context,
  secret: string | undefined,
  clock: PushTools['clock'],
): string | undefined {
  if (!secret) return undefined
  const verdict = verify(single(ctx, 'timestamp'), single(ctx, 'sign'), secret, clock.now())
  if (verdict === 'genuine') return undefined
  return verdict === 'stale' ? 'invalid timestamp' : 'sign not match'
}
