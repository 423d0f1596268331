// The demo's page: a small DingTalk and WeCom of its own, in front of the real adapters. Nothing goes around them.
import type { Router } from '@koa/router'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../database/connection.ts'
import type { Hear } from '../../message.ts'
import type { PlatformTools } from '../../platform.ts'
import { conversations, privateChat } from './conversations.ts'
import { dingtalkSide } from './dingtalk.ts'
import { events } from './events.ts'
import { ownPagesOnly } from './own-pages-only.ts'
import { compiledScripts, sendFile } from './page.ts'
import { saying } from './say.ts'
import type { Arrived } from './side.ts'
import { wecomSide } from './wecom.ts'
import { readWorld } from './world.ts'

export interface PlaygroundSettings {
  /** Where this process reaches itself: `http://host:port`. */
  origin: string
  /** Where people reach it, if elsewhere. */
  publicUrl?: string
  db: Db
  botName: string
  /** The bot's clock; absent = real time. */
  clock?: Clock
  /** Folder of the compiled scripts; absent = beside this module. */
  scripts?: URL
}

/** Adds `GET /` and the routes under `/playground/`. */
export function playground(
  settings: PlaygroundSettings,
  tools: PlatformTools,
): { listen(router: Router, hear: Hear): Promise<() => Promise<void>> } {
  const { origin, publicUrl, db, botName, clock = tools.clock, scripts = compiledScripts } = settings
  const logs = conversations(clock)
  const arrived: Arrived = ({ chat, person }, payload, quote) =>
    logs.add(chat, { kind: 'bot', to: person.id, payload, ...(quote && { quote }) })
  const sides = {
    dingtalk: dingtalkSide(settings, tools, arrived),
    wecom: wecomSide(settings, tools, arrived),
  }
  const world = () => readWorld(db, botName, clock)

  return {
    async listen(router, hear) {
      const watched: Hear = (message) => {
        const { platform, chat } = message
        const name = chat.kind === 'group' ? chat.id : privateChat(chat.id)
        return logs.whileThinking(`${platform}/${name}`, () => hear(message))
      }
      const guard = ownPagesOnly(publicUrl ? [origin, publicUrl] : [origin])
      const stream = events(logs, clock)
      router.get('/', guard, (ctx) => sendFile(ctx, 'playground.html', scripts))
      router.get('/playground/files/:name', guard, (ctx) => sendFile(ctx, ctx.params['name'] ?? '', scripts))
      router.get('/playground/world', guard, async (ctx) => {
        ctx.body = await world()
      })
      router.post('/playground/say', guard, saying({ world, sides, logs, log: tools.log }))
      router.get('/playground/events', guard, stream.route)
      const stops = await Promise.all(Object.values(sides).map((side) => side.listen(router, watched)))
      return async () => {
        stream.stop()
        await Promise.all(stops.map((stop) => stop()))
      }
    },
  }
}
