// A bot with one WeCom platform, a scripted mind and a fake WeCom around it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Router } from '@koa/router'
import fc from 'fast-check'
import Koa from 'koa'
import { pino } from 'pino'
import { type Clock, realClock } from '../../../src/clock.ts'
import type { Hear, Message, Reply } from '../../../src/message.ts'
import type { Platform, PlatformTools } from '../../../src/platform.ts'
import { memoryState } from '../../../src/state/memory.ts'

/** Secrets that would be recognised anywhere. */
export const canaries = {
  token: 'CanaryToken01',
  aesKey: 'CanaryAesKey0123456789abcdefghijklmnopqrstu',
  secret: 'canary-app-secret',
}

export interface Bot {
  url: string
  /** Every message heard, in order. */
  heard: Message[]
  /** Every log line, as written. */
  logs: string[]
  /** What the mind does with a message. */
  hear: Hear
  /** Stops hearing and waits for late answers. */
  stopHearing(): Promise<void>
  stop(): Promise<void>
}

export async function startBot(
  make: (tools: PlatformTools) => Platform,
  path: string,
  { clock = realClock, hear = async () => undefined }: { clock?: Clock; hear?: Hear } = {},
): Promise<Bot> {
  const logs: string[] = []
  const log = pino({ level: 'trace' }, { write: (text: string) => logs.push(text) })
  const state = memoryState(clock)
  const router = new Router()
  const bot: Bot = { url: '', heard: [], logs, hear, stopHearing: async () => {}, stop }
  bot.stopHearing = await make({ botName: '小图', log, state, clock }).listen(router, (message) => {
    bot.heard.push(message)
    return bot.hear(message)
  })
  const app = new Koa().use(router.routes())
  // What a route throws is a finding; that a connection broke off is not.
  app.on('error', (error) => /^(HPE_|ECONN)/.test(error.code) || logs.push(`UNCAUGHT ${error}`))
  const server: Server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  bot.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  async function stop() {
    await bot.stopHearing()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await state.close()
  }
  return bot
}

/** A reply that is not ready until `release` is called. */
export function heldReply(): {
  hear: Hear
  release(reply: Reply | undefined): void
  fail(error: Error): void
} {
  const { promise, resolve, reject } = withResolvers<Reply | undefined>()
  return { hear: () => promise, release: resolve, fail: reject }
}

export function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Checks a synchronous property. */
export const holds: <Values>(property: fc.IProperty<Values>, parameters?: fc.Parameters<Values>) => void = (
  property,
  parameters,
) => fc.assert(property, parameters)
