// A self-built WeCom app: hears XML callbacks from one-to-one chats, answers by passive reply or message/send (§2, §5.2).
import type { Context } from 'koa'
import { PlatformError } from '../../errors.ts'
import type { Hear, IncomingFile, Reply } from '../../message.ts'
import { outstanding } from '../../outstanding.ts'
import type { Platform, PlatformTools } from '../../platform.ts'
import { answer } from './answer.ts'
import { type WecomApi, wecomApi } from './api.ts'
import { type AppFields, appFields, readAppMessage } from './app-message.ts'
import { callbackRoutes, WrongReceiver } from './callback.ts'
import { seal } from './crypto.ts'
import { renderText } from './render.ts'
import { readXml, writeXml } from './xml.ts'

export interface AppSettings {
  corpId: string
  /** Decimal digits; empty = not checked. Without it or `secret` the app can only answer within the response. */
  agentId: string
  secret: string
  token: string
  aesKey: string
  apiBase: string
  path?: string
  /** How long the response may wait for the reply; absent = as for every webhook. */
  answerWithinMs?: number
  /** Largest difference between a callback's timestamp and real time; absent = an hour. */
  maxSkewSeconds?: number
}

/** @returns the platform; its `listen` adds GET and POST of `path` (default `/webhooks/wecom/app`) */
export function wecomApp(settings: AppSettings, tools: PlatformTools): Platform {
  const { log, clock, state } = tools
  const { corpId, agentId } = settings
  const path = settings.path ?? '/webhooks/wecom/app'
  const credentials = { token: settings.token, aesKey: settings.aesKey, receiver: corpId }
  const api = agentId && settings.secret ? wecomApi(settings, state) : undefined
  const going = outstanding()

  /** §2.4: receiver and sender change places; the callback's nonce is as good as one of our own. */
  const sealed = (user: string, content: string, nonce: string) => {
    const timestamp = Math.floor(clock.now().getTime() / 1000)
    const inner = writeXml({
      ToUserName: user,
      FromUserName: corpId,
      CreateTime: timestamp,
      MsgType: 'text',
      Content: content,
    })
    const box = seal(credentials, inner, { timestamp: String(timestamp), nonce })
    const outer = { Encrypt: box.encrypt, MsgSignature: box.signature, TimeStamp: timestamp, Nonce: nonce }
    return { type: 'text/xml; charset=utf-8', body: writeXml(outer) }
  }
  /** One after the other: they are parts of one text. */
  const sendAll = async (user: string, parts: string[]) => {
    if (parts.length > 0 && !api) throw new PlatformError('no agent id or secret to send with', 'no-secret')
    for (const part of parts) await api?.sendText(user, part)
  }

  const receive = async (ctx: Context, text: string, nonce: string, hear: Hear) => {
    const fields = readXml(text, appFields)
    const { ToUserName: receiver, AgentID: agent } = fields
    // The outer ones are not covered by the signature; these are (§2.1).
    if (receiver && receiver !== corpId) throw new WrongReceiver('another ToUserName')
    if (agent && agentId && agent !== agentId) throw new WrongReceiver('another AgentID')
    const read = receiver ? readAppMessage(fields, agentId || agent || '') : 'no ToUserName'
    if (typeof read === 'string') {
      log.info({ path, why: read }, 'callback ignored')
      ctx.body = ''
      return
    }
    const file = api && fileOf(fields, api)
    const message = file ? { ...read, file } : read
    const user = message.sender.id
    // Without a secret the response is all there is: one part, cut with a note.
    const parts = (reply: Reply) => (api ? renderText(reply) : renderText(reply, undefined, 1))
    const ways = {
      inResponse(reply: Reply) {
        const [first] = parts(reply)
        return first === undefined ? undefined : sealed(user, first, nonce)
      },
      afterResponse: (reply: Reply) => sendAll(user, parts(reply).slice(1)),
      later: (reply: Reply) => sendAll(user, parts(reply)),
    }
    await answer(ctx, hear(message), ways, { log, going, withinMs: settings.answerWithinMs })
  }

  return {
    name: 'wecom',
    async listen(router, hear) {
      const stop = callbackRoutes(
        router,
        {
          path,
          credentials,
          maxSkewSeconds: settings.maxSkewSeconds,
          sealedPart: (body) => readXml(body, ['Encrypt']).Encrypt,
          receive: (ctx, text, nonce) => receive(ctx, text, nonce, hear),
        },
        tools,
      )
      return async () => {
        stop()
        await going.settled()
      }
    },
  }
}

/** Its name is often known with the bytes only. */
function fileOf({ MsgType, MediaId, FileName }: AppFields, api: WecomApi): IncomingFile | undefined {
  if (MsgType !== 'file' || !MediaId) return undefined
  const file: IncomingFile = {
    ...(FileName && { name: FileName }),
    async fetch() {
      const { bytes, name } = await api.media(MediaId)
      if (name !== undefined) file.name ??= name
      return bytes
    },
  }
  return file
}
