// The WeCom smart robot in URL mode: hears JSON callbacks, answers in the response or through response_url (§3).
import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'
import { PlatformError } from '../../errors.ts'
import { call, isOurs } from '../../http.ts'
import type { Hear, Reply } from '../../message.ts'
import { outstanding } from '../../outstanding.ts'
import type { Platform, PlatformTools } from '../../platform.ts'
import { oncePerReply } from '../once-per-reply.ts'
import { answer } from './answer.ts'
import { callbackRoutes, Unreadable, WrongReceiver } from './callback.ts'
import { seal } from './crypto.ts'
import { accepted } from './errcode.ts'
import { renderMarkdown, renderText } from './render.ts'
import { robotFile } from './robot-file.ts'
import { addressedTo, readRobotCallback } from './robot-message.ts'

const drawn = oncePerReply((reply) => renderMarkdown(reply))

export interface RobotSettings {
  token: string
  aesKey: string
  /** Callbacks for another robot are refused; empty = not checked. */
  botId: string
  /** A response_url is called only if its origin is this one's. */
  apiBase: string
  /** Origins of the storage where files may lie besides the API's own; absent = none. */
  fileBases?: string[]
  path?: string
  /** How long the response may wait for the reply; absent = as for every webhook. */
  answerWithinMs?: number
  /** Largest difference between a callback's timestamp and real time; absent = an hour. */
  maxSkewSeconds?: number
}

/** The rest of a stream is asked for only when we left one open, which we never do. */
const streamOver = '这条回复已经结束，请重新发一次。'

/** @returns the platform; its `listen` adds GET and POST of `path` (default `/webhooks/wecom/bot`) */
export function wecomRobot(settings: RobotSettings, tools: PlatformTools): Platform {
  const { log, clock } = tools
  const path = settings.path ?? '/webhooks/wecom/bot'
  // A company's own smart robot is sealed for the empty receiver (§1.1).
  const credentials = { token: settings.token, aesKey: settings.aesKey, receiver: '' }
  const going = outstanding()
  const files = {
    ...{ aesKey: settings.aesKey, apiBase: settings.apiBase, fileBases: settings.fileBases ?? [] },
    onForeign: (origin: string) =>
      log.warn(
        { origin },
        'a file lies under neither WECOM_API_BASE nor WECOM_FILE_BASE and was not fetched',
      ),
  }

  /** §3.2; the nonce must be the callback's. */
  const sealed = (content: object, nonce: string) => {
    const timestamp = Math.floor(clock.now().getTime() / 1000)
    const box = seal(credentials, JSON.stringify(content), { timestamp: String(timestamp), nonce })
    const body = JSON.stringify({ encrypt: box.encrypt, msgsignature: box.signature, timestamp, nonce })
    return { type: 'text/plain; charset=utf-8', body }
  }

  const receive = async (ctx: Context, text: string, nonce: string, hear: Hear) => {
    const payload = parsed(text)
    const robot = addressedTo(payload)
    if (settings.botId && robot && robot !== settings.botId) throw new WrongReceiver('another aibotid')
    const callback = readRobotCallback(payload, settings.botId || robot || '')
    if (callback.kind === 'refresh') {
      const { type, body } = sealed(streamReply(callback.streamId, streamOver), nonce)
      ctx.type = type
      ctx.body = body
      return
    }
    if (callback.kind === 'ignored') {
      log.info({ path, why: callback.why }, 'callback ignored')
      ctx.body = ''
      return
    }
    const { responseUrl, fileUrl } = callback
    const file = fileUrl === undefined ? undefined : robotFile(fileUrl, files)
    const message = file ? { ...callback.message, file } : callback.message
    const ways = {
      inResponse(reply: Reply) {
        // The welcome is answered by a text, which knows no markdown, and a text answers nothing else (§3.5).
        const isWelcome = message.kind === 'enter'
        const content = isWelcome ? (renderText(reply)[0] ?? '') : drawn(reply)
        if (content === '') return undefined
        const welcome = isWelcome && { msgtype: 'text', text: { content } }
        return sealed(welcome || streamReply(randomUUID(), content), nonce)
      },
      later: (reply: Reply) => respond(responseUrl, reply, settings.apiBase),
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
          sealedPart: (body) => (parsed(body) as { encrypt?: unknown } | null)?.encrypt,
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

/** One frame that begins and ends a stream (§3.5). */
function streamReply(id: string, content: string) {
  return { msgtype: 'stream', stream: { id, finish: true, content } }
}

/** The one call a response_url allows (§3.7). It is a secret: errors do not show it. */
async function respond(responseUrl: string | undefined, reply: Reply, apiBase: string): Promise<void> {
  const content = drawn(reply)
  if (content === '') return
  if (!isOurs(responseUrl, apiBase))
    throw new PlatformError(
      `response_url is ${responseUrl ? 'of a foreign origin' : 'missing'}`,
      'response-url',
    )
  const code = new URL(responseUrl).searchParams.get('response_code') ?? ''
  const answer = await call(responseUrl, { msgtype: 'markdown', markdown: { content } })
  accepted(answer, 'response_url', [responseUrl, code])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Unreadable('not JSON')
  }
}
