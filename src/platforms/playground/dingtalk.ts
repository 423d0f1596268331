// The playground's DingTalk: signed callbacks to a DingTalk adapter of its own, answers by session (§4, §6 of the protocol).
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { call } from '../../http.ts'
import type { PlatformTools } from '../../platform.ts'
import { dingtalk } from '../dingtalk/dingtalk.ts'
import { readJson } from '../dingtalk/inbound.ts'
import { sign } from '../dingtalk/signature.ts'
import { readBody, single } from '../webhook.ts'
import { plainAddress, type SentFiles, servePlain } from './sent-files.ts'
import { type Arrived, mustBeTaken, returnWays, type Said, type Side, taken } from './side.ts'
import { dingtalkPath, playgroundWays } from './ways.ts'

const callbackPath = '/playground/webhooks/dingtalk'
const sessionPath = '/playground/robot/sendBySession'
const filesPath = `${dingtalkPath}/v1.0/robot/messageFiles/download`
const sessionMs = 90 * 60_000
const maxBodyBytes = 20_000

const body = z.union([
  z.looseObject({ msgtype: z.literal('text'), text: z.looseObject({ content: z.string().min(1) }) }),
  z.looseObject({
    msgtype: z.literal('markdown'),
    markdown: z.looseObject({ title: z.string().min(1), text: z.string().min(1) }),
  }),
])

const wanted = z.looseObject({ downloadCode: z.string().min(1) })

/** @param origin where the playground itself is reached */
export function dingtalkSide(
  { origin, botName, files }: { origin: string; botName: string; files: SentFiles },
  tools: PlatformTools,
  arrived: Arrived,
): Side {
  const { dingtalk: app } = playgroundWays(origin)
  const sessions = returnWays(tools.clock, sessionMs)
  const adapter = dingtalk({ ...app, path: callbackPath }, tools)

  return {
    listen(router, hear) {
      router.post(sessionPath, async (ctx) => {
        const bytes = await readBody(ctx)
        if (!bytes) return
        const said = sessions.find(single(ctx, 'session'))
        const payload = body.safeParse(readJson(bytes)).data
        if (!said) ctx.body = { errcode: 300001, errmsg: 'session 不存在' }
        else if (bytes.length > maxBodyBytes) ctx.body = { errcode: 460101, errmsg: 'body 大小不合法' }
        else if (!payload) ctx.body = { errcode: 40035, errmsg: 'missing parameter json' }
        else {
          arrived(said, payload)
          ctx.body = taken
        }
      })
      servePlain(router, files)
      router.post(filesPath, async (ctx) => {
        const bytes = await readBody(ctx)
        const code = bytes && wanted.safeParse(readJson(bytes)).data?.downloadCode
        if (code && files.get(code)) ctx.body = { downloadUrl: plainAddress(origin, code) }
        else {
          ctx.status = 400
          ctx.body = { code: 'invalidParameter.robotCode.downloadCode', message: 'downloadCode 无效' }
        }
      })
      return adapter.listen(router, hear)
    },
    async deliver(said) {
      const now = tools.clock.now().getTime()
      const payload = {
        ...callback(said, botName, app.robotCode),
        createAt: now,
        sessionWebhook: `${origin}${sessionPath}?session=${sessions.add(said)}`,
        sessionWebhookExpiredTime: now + sessionMs,
      }
      const headers = { timestamp: String(now), sign: sign(now, app.clientSecret) }
      mustBeTaken(await call(`${origin}${callbackPath}`, payload, { headers }))
    },
  }
}

function callback({ group, person, text, file }: Said, botName: string, robotCode: string) {
  const bot = '$:LWCP_v1:$playground'
  // DingTalk takes the mention out and leaves the space behind it.
  const spoken = group ? ` ${text.replace(`@${botName}`, '').trim()}` : text
  return {
    ...(file
      ? { msgtype: 'file', content: { fileName: file.name, downloadCode: file.id } }
      : { msgtype: 'text', text: { content: spoken } }),
    msgId: randomUUID(),
    conversationType: group ? '2' : '1',
    conversationId: group?.id ?? `cid-playground-${person.id}`,
    ...(group && { conversationTitle: group.title, isInAtList: true, atUsers: [{ dingtalkId: bot }] }),
    senderId: `$:LWCP_v1:$${person.id}`,
    senderStaffId: person.id,
    senderNick: person.name,
    senderCorpId: 'dingplayground',
    chatbotCorpId: 'dingplayground',
    chatbotUserId: bot,
    robotCode,
    isAdmin: false,
  }
}
