// The DingTalk platform in a real HTTP server, with a scripted bot behind it and a fake DingTalk before it.
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router } from '@koa/router'
import Koa from 'koa'
import { type Logger, pino } from 'pino'
import type { Hear, Message, Reply } from '../../../src/message.ts'
import { dingtalk } from '../../../src/platforms/dingtalk/dingtalk.ts'
import { memoryState } from '../../../src/state/memory.ts'
import type { State } from '../../../src/state/state.ts'
import { clientId, clientSecret, type FakeDingtalk } from '../../support/fake-dingtalk.ts'
import { madeAt } from './payloads.ts'

export interface LogLine {
  level: number
  msg: string
  [field: string]: unknown
}
export const levels = { info: 30, warn: 40, error: 50 }

/** A logger that keeps its lines. */
export function keptLog(): { log: Logger; lines: LogLine[]; written: () => string } {
  const written: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void written.push(line) })
  return {
    log,
    get lines() {
      return written.map((line) => JSON.parse(line) as LogLine)
    },
    written: () => written.join(''),
  }
}

/** A clock whose time is set by hand. */
export function handClock(start = madeAt) {
  let at = start
  return {
    now: () => new Date(at),
    set: (to: number) => {
      at = to
    },
  }
}

/** A promise that is settled from outside. */
export function onDemand<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

interface Options {
  hear?: Hear
  answerWithinMs?: number
  state?: State
  robotCode?: string
}

/** @returns the bot's address, what it heard and logged, and ways to post to it */
export async function startBot(fake: FakeDingtalk, options: Options = {}) {
  const clock = handClock()
  const kept = keptLog()
  const heard: Message[] = []
  const hear = options.hear ?? (async (): Promise<Reply | undefined> => undefined)
  const platform = dingtalk(
    {
      clientId,
      clientSecret,
      robotCode: options.robotCode ?? clientId,
      apiBase: fake.base,
      oapiBase: fake.base,
      answerWithinMs: options.answerWithinMs ?? 20_000,
    },
    { botName: '小图', log: kept.log, state: options.state ?? memoryState(clock), clock },
  )
  const router = new Router()
  const stop = await platform.listen(router, (message) => {
    heard.push(message)
    return hear(message)
  })
  const server = createServer(new Koa().use(router.routes()).callback())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/dingtalk`
  return {
    url,
    clock,
    heard,
    stop,
    lines: () => kept.lines,
    written: kept.written,
    /** Posts a callback signed now, by the bot's clock. */
    post: (payload: unknown) => fake.callback(url, payload, { timestamp: clock.now().getTime() }),
    async close() {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    },
  }
}

/** A POST in which everything is set by hand. */
export async function raw(
  url: string,
  headers: Record<string, string | string[]>,
  body: string,
): Promise<IncomingMessage> {
  const post = request(url, { method: 'POST', headers }).end(body)
  const [response] = (await once(post, 'response')) as [IncomingMessage]
  response.resume()
  return response
}

/** A POST that is never finished. @returns the status it gets all the same */
export async function unfinished(
  url: string,
  headers: Record<string, string>,
  start: string,
): Promise<number | undefined> {
  const post = request(url, { method: 'POST', headers })
  post.write(start)
  const [response] = (await once(post, 'response')) as [IncomingMessage]
  post.destroy()
  return response.statusCode
}
