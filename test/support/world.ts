// A whole installation in simulated time: one or more replicas of the bot on PostgreSQL and Redis, a fake DingTalk and a
// fake WeCom, and a clock that everybody shares. Weeks pass in seconds.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inject } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { jobs } from '../../jobs/index.ts'
import { createBot } from '../../src/bot.ts'
import { dateOf, timeOf } from '../../src/clock.ts'
import { readCalendar } from '../../src/database/calendar.ts'
import type { Db, Store } from '../../src/database/connection.ts'
import { openDispatch } from '../../src/dispatch.ts'
import type { Hear } from '../../src/message.ts'
import { openChannels } from '../../src/platforms/channels.ts'
import { privateOn } from '../../src/platforms/configured.ts'
import { type Schedule, startSchedule } from '../../src/schedule.ts'
import { redisState } from '../../src/state/redis.ts'
import { openTestPostgres } from './databases.ts'
import { silent, stillClock } from './example.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from './fake-dingtalk.ts'
import { type FakeWecom, startFakeWecom } from './fake-wecom.ts'
import { testKeys } from './keys.ts'

interface Replica {
  hear: Hear
  schedule: Schedule
  sendDue(): Promise<number>
  stop(): Promise<void>
}

export interface World {
  db: Db
  clock: ReturnType<typeof stillClock>
  dingtalk: FakeDingtalk
  wecom: FakeWecom
  replicas: Replica[]
  /** Time passes in half hours, and what comes due is done and sent. While the bot is down nothing is done. */
  passUntil(moment: string, bot?: 'up' | 'down'): Promise<void>
  /** What people saw, in order: 「11-23 09:00 dingtalk demo-dingtalk-ruhelu …」, without numbers of messages. */
  seen(): string[]
  stop(): Promise<void>
}

const account = { corpId: 'ww-corp', secret: 'app-secret', agentId: 1000002 }
const stepMs = 30 * 60_000

export async function startWorld({
  replicas: count = 1,
  at = '2026-11-22T10:00:00+08:00',
} = {}): Promise<World> {
  const clock = stillClock(at)
  const dingtalk = await startFakeDingtalk({ clock })
  const wecom = await startFakeWecom({ clock, account })
  for (const place of ['ruhelu', 'zhongyuan']) {
    dingtalk.addRobot(`demo-dingtalk-${place}`, { secret: 'SEC-demo' })
    wecom.addWebhook(`demo-wecom-${place}`)
  }
  const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const prefix = `world-${randomUUID()}:`
  const replicas: Replica[] = []
  for (let n = 0; n < count; n++)
    replicas.push(await startReplica(await store.twin(), { clock, prefix, dingtalk, wecom }))

  const together = <T>(act: (replica: Replica) => Promise<T>) => Promise.all(replicas.map(act))
  /** Sends until nothing is due any more, while seconds pass. */
  const drain = async () => {
    for (let seconds = 0; seconds < 1_700 && (await isWaiting(store.db, clock.now())); seconds += 0.5) {
      await together(({ sendDue }) => sendDue())
      clock.pass(0.5)
    }
  }
  return {
    ...{ db: store.db, clock, dingtalk, wecom, replicas },
    async passUntil(moment, bot = 'up') {
      const end = new Date(`${moment}:00+08:00`).getTime()
      if (bot === 'down') clock.set(new Date(end).toISOString())
      for (let now = clock.now().getTime(); now <= end; ) {
        if (bot === 'up' || now === end) {
          await together(({ schedule }) => schedule.advance())
          await drain()
        }
        if (now === end) return
        now = Math.min(end, (Math.floor(now / stepMs) + 1) * stepMs)
        if (now > clock.now().getTime()) clock.set(new Date(now).toISOString())
      }
    },
    seen() {
      const entries = [
        ...dingtalk.timeline.map((entry) => ({ platform: 'dingtalk', ...entry })),
        ...wecom.timeline.map((entry) => ({ platform: 'wecom', ...entry })),
      ]
      return entries
        .flatMap((entry) => (entry.kind === 'taken' ? { ...entry } : []))
        .sort((a, b) => a.at - b.at)
        .map(({ at: when, platform, to, text }) => {
          const moment = new Date(when)
          const words = text.replace(/编号\d+/g, '编号N').replace(/\s+/g, ' ')
          return `${dateOf(moment).slice(5)} ${timeOf(moment)} ${platform} ${to} ${words}`
        })
    },
    async stop() {
      await together((replica) => replica.stop())
      await store.close()
      await dingtalk.stop()
      await wecom.stop()
    },
  }
}

async function startReplica(
  store: Store,
  given: Pick<World, 'clock' | 'dingtalk' | 'wecom'> & { prefix: string },
): Promise<Replica> {
  const { clock, prefix, dingtalk, wecom } = given
  const { db } = store
  const state = redisState(inject('redisUrl'), () => undefined, prefix)
  const base = { oapiBase: dingtalk.base, apiBase: dingtalk.base }
  const ways = {
    dingtalk: { ...base, clientId, clientSecret, robotCode: clientId },
    wecom: { ...account, agentId: String(account.agentId), apiBase: wecom.base },
  }
  const privately = privateOn(ways)
  const { push, outbox } = openDispatch({
    ...{ db, clock, keyring: testKeys, log: silent, privately },
    channels: openChannels(ways, { state, clock, log: silent }),
    real: () => sql<Date>`${clock.now()}::timestamptz`,
  })
  const quotas = { webhook: 3_000, api: 5_000 }
  const schedule = await startSchedule(jobs, {
    ...{ db, clock, log: silent },
    context: async () => ({ calendar: await readCalendar(db), push, privately, quotas }),
  })
  const tools = { db, state, clock, keyring: testKeys, log: silent, commands, push, privately }
  return {
    hear: createBot({ ...tools, botName: '小图' }),
    schedule,
    sendDue: outbox.sendDue,
    async stop() {
      await schedule.stop()
      await outbox.stop()
      await state.close()
      await store.close()
    },
  }
}

async function isWaiting(db: Db, now: Date): Promise<boolean> {
  const row = await db
    .selectFrom('outbox')
    .leftJoin('chat', 'chat.id', 'outbox.chat_id')
    .where('retry_at', 'is not', null)
    .where('not_before', '<=', now)
    .where('push_off_at', 'is', null)
    .select('outbox.id')
    .executeTakeFirst()
  return row !== undefined
}
