// DingTalk in HTTP mode: a callback comes in, is heard, and is answered (`protocols/dingtalk.md` §3).
import type { Context } from 'koa'
import { PlatformError } from '../../errors.ts'
import type { Hear, Message } from '../../message.ts'
import { outstanding } from '../../outstanding.ts'
import type { Platform, PlatformTools } from '../../platform.ts'
import { answerWithinMs, inTime, readBody, refuseForNow } from '../webhook.ts'
import { answer } from './answer.ts'
import { openApi } from './api.ts'
import { incomingFiles } from './files.ts'
import { type ReturnPath, readJson, readMessage } from './inbound.ts'
import { verify } from './signature.ts'

export interface DingtalkSettings {
  clientId: string
  clientSecret: string
  /** Empty = the client id, which it normally equals. */
  robotCode: string
  /** Origins of the two APIs, without a slash at the end. Nothing else is ever called. */
  apiBase: string
  oapiBase: string
  path?: string
  /** Milliseconds after which a callback is answered although the reply is not ready. */
  answerWithinMs?: number
}

/**
 * Callbacks are answered with 401 when not signed by DingTalk, 413 over 1 MiB, 400 when not a JSON object, 503 when
 * nothing could be done and DingTalk should deliver again, else 200: when the reply is out, or after a second.
 */
export function dingtalk(settings: DingtalkSettings, tools: PlatformTools): Platform {
  const { clientId, clientSecret, apiBase, oapiBase, path = '/webhooks/dingtalk' } = settings
  const robot = settings.robotCode || clientId
  const log = tools.log.child({ platform: 'dingtalk' })
  const api = openApi({ clientId, clientSecret, robotCode: robot, apiBase }, tools.state)
  const answering = { api, bases: [apiBase, oapiBase], clock: tools.clock, log }
  const fetchFile = incomingFiles({ clientId, clientSecret, robotCode: robot, apiBase }, tools.state)
  const going = outstanding()

  const refuse = (ctx: Context, status: number, reason: string) => {
    log.warn({ status, reason }, 'callback refused')
    ctx.status = status
    ctx.body = ''
  }

  /** Never rejects. @returns why nothing was heard, if so: what fails after hearing is only logged */
  const converse = async (hear: Hear, message: Message, way: ReturnPath): Promise<unknown> => {
    try {
      const reply = await hear(message)
      if (reply) await answer(reply, way, answering).catch((error) => logUndelivered(message, error))
      return undefined
    } catch (error) {
      log.error({ id: message.id, err: error }, 'message not heard')
      return error
    }
  }
  // DingTalk's own errors are told by code and masked words; anything else is a bug and needs its stack.
  const logUndelivered = ({ id }: Message, error: unknown) =>
    error instanceof PlatformError
      ? log.error({ id, code: error.code, reason: error.message }, 'answer not delivered')
      : log.error({ id, err: error }, 'answer not delivered')

  const logUnfetched = (error: unknown): never => {
    if (error instanceof PlatformError)
      log.warn({ code: error.code, reason: error.message }, 'file not fetched')
    throw error
  }

  return {
    name: 'dingtalk',
    async listen(router, hear) {
      let stopped = false
      router.post(path, async (ctx) => {
        const body = await readBody(ctx)
        if (!body) return refuse(ctx, ctx.status, 'body too large or broken off')
        const { timestamp, sign } = ctx.headers
        const verdict = verify(timestamp, sign, clientSecret, tools.clock.now())
        if (verdict !== 'genuine') return refuse(ctx, 401, `signature ${verdict}`)
        if (stopped) return refuse(ctx, 503, 'stopping')
        const payload = readJson(body)
        if (!payload) return refuse(ctx, 400, 'body is not a JSON object')

        const inbound = readMessage(payload, robot)
        if ('unheard' in inbound) {
          log[inbound.alarm ? 'warn' : 'info'](inbound.unheard)
          ctx.body = {}
          return
        }
        const { file, way } = inbound
        const message = file
          ? { ...inbound.message, file: { ...file, fetch: () => fetchFile(file.code).catch(logUnfetched) } }
          : inbound.message
        const work = converse(hear, message, way)
        going.add(work)
        const failure = await inTime(work, settings.answerWithinMs ?? answerWithinMs)
        ctx.body = refuseForNow(ctx, failure) ? '' : {}
      })
      return async () => {
        stopped = true
        await going.settled()
      }
    },
  }
}
