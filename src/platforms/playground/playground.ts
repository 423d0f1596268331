// The demo's page: a small DingTalk and WeCom of its own, in front of the real adapters. Nothing goes around them.
import type { Router } from '@koa/router'
import type { Clock } from '../../clock.ts'
import type { Keyring } from '../../crypt.ts'
import type { Db } from '../../database/connection.ts'
import type { Hear } from '../../message.ts'
import type { PlatformTools } from '../../platform.ts'
import { compiledScripts, sendFile } from '../../web/assets.ts'
import { conversations, privateChat } from './conversations.ts'
import { dingtalkSide } from './dingtalk.ts'
import { directory } from './directory.ts'
import { events } from './events.ts'
import { media } from './media.ts'
import { ownPagesOnly } from './own-pages-only.ts'
import { hearDingtalkPushes } from './pushed-dingtalk.ts'
import { hearWecomPushes } from './pushed-wecom.ts'
import { saying, sendingFile } from './say.ts'
import { sentFiles } from './sent-files.ts'
import type { Arrived } from './side.ts'
import { playgroundWays } from './ways.ts'
import { wecomSide } from './wecom.ts'
import { readWorld } from './world.ts'

export { playgroundWays }

export interface PlaygroundSettings {
  /** Where this process reaches itself: `http://host:port`. */
  origin: string
  /** Where people reach it, if elsewhere. */
  publicUrl?: string
  db: Db
  /** Opens the groups' robots, by which it is seen to which group a push goes. */
  keyring: Keyring
  botName: string
  /** The bot's clock; absent = real time. */
  clock?: Clock
  /** Folder of the pages' compiled scripts; absent = where the build puts them. */
  scripts?: URL
}

export interface Playground {
  /** Adds `GET /` and the routes under `/playground/`. */
  listen(router: Router, hear: Hear): Promise<() => Promise<void>>
  /** Shows every open page where the bot's clock stands now. */
  clockMoved(): void
}

export function playground(settings: PlaygroundSettings, tools: PlatformTools): Playground {
  const { origin, publicUrl, db, botName, clock = tools.clock } = settings
  const scripts = new URL('playground/', settings.scripts ?? compiledScripts)
  const logs = conversations(clock)
  const stream = events(logs, clock)
  const pictures = media()
  const arrived: Arrived = ({ chat, person }, payload, quote) =>
    logs.add(chat, { kind: 'bot', to: person.id, payload, ...(quote && { quote }) })
  const files = sentFiles()
  const sides = {
    dingtalk: dingtalkSide({ ...settings, files }, tools, arrived),
    wecom: wecomSide({ ...settings, files }, tools, arrived),
  }
  const pushes = {
    ...{ ways: playgroundWays(origin), book: directory(db, settings.keyring), media: pictures },
    clock: tools.clock,
    show: (chat: string, payload: unknown) => logs.add(chat, { kind: 'bot', payload }),
  }
  const world = () => readWorld(db, botName, clock)

  return {
    clockMoved: stream.clockMoved,
    async listen(router, hear) {
      const watched: Hear = (message) => {
        const { platform, chat } = message
        const name = chat.kind === 'group' ? chat.id : privateChat(chat.id)
        return logs.whileThinking(`${platform}/${name}`, () => hear(message))
      }
      const guard = ownPagesOnly(publicUrl ? [origin, publicUrl] : [origin])
      router.get('/', guard, (ctx) => sendFile(ctx, 'playground.html', scripts))
      router.get('/playground/files/:name', guard, (ctx) => sendFile(ctx, ctx.params['name'] ?? '', scripts))
      router.get('/playground/media/:id', guard, (ctx) => pictures.send(ctx, ctx.params['id'] ?? ''))
      router.get('/playground/world', guard, async (ctx) => {
        ctx.body = await world()
      })
      const talk = { world, sides, logs, log: tools.log }
      router.post('/playground/say', guard, saying(talk))
      router.post('/playground/file', guard, sendingFile(talk, files))
      router.get('/playground/events', guard, stream.route)
      hearDingtalkPushes(router, guard, pushes)
      hearWecomPushes(router, guard, pushes)
      const stops = await Promise.all(Object.values(sides).map((side) => side.listen(router, watched)))
      return async () => {
        stream.stop()
        await Promise.all(stops.map((stop) => stop()))
      }
    },
  }
}
