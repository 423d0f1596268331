// The worst morning: every deadline of 163 units falls on one day, and the platform takes 20 messages a minute from a
// robot. In simulated time: who is told when, against what the limit itself allows.
import { sql } from 'kysely'
import { pino } from 'pino'
import deadlineAlerts from '../jobs/deadline-alerts.ts'
import { calendarOf } from '../src/campaign/calendar.ts'
import type { Keyring } from '../src/crypt.ts'
import type { Db } from '../src/database/connection.ts'
import { openDispatch } from '../src/dispatch.ts'
import { line } from '../src/message.ts'
import { openChannels } from '../src/platforms/channels.ts'
import { memoryState } from '../src/state/memory.ts'
import { type FakeWecom, startFakeWecom } from '../test/support/fake-wecom.ts'

const log = pino({ level: 'silent' })
const calendar = calendarOf([])
const morning = '2026-11-23T09:00:00+08:00'
/** What a robot is allowed, by our own rule (`domain.md` R6): a message every so many seconds. */
const spacing = 60 / 18
const stepMs = 100

export interface Morning {
  /** Groups that were told, and how many there are. */
  told: number
  groups: number
  messages: number
  refused: number
  /** Seconds until the last message, and what the limit allows at best. */
  took: number
  allowed: number
  /** Seconds of real time that working it out took. */
  worked: number
}

/** Every unit has a group with a robot of its own. */
export async function everyUnit(db: Db, keys: Keyring): Promise<Morning> {
  await sql`update indicator set due = '2026-11-23'`.execute(db)
  await sql`update target set due = null`.execute(db)
  const units = await db.selectFrom('unit').select(['id', 'campaign_id']).execute()
  const groups = units.map(({ id }) => `unit-${id}`)
  await db.deleteFrom('chat').execute()
  const rows = units.map(({ id, campaign_id }) => ({
    ...{
      campaign_id,
      unit_id: id,
      platform: 'wecom',
      chat_id: `unit-${id}`,
      title: `群${id}`,
      created_by: 'bench',
    },
    push: keys.seal(JSON.stringify({ key: `unit-${id}` })),
  }))
  await db.insertInto('chat').values(rows).execute()
  return pass(db, keys, groups, async ({ push, clock }) => {
    const context = { db, calendar, push, privately: [], quotas: { webhook: 0, api: 0 }, log }
    await deadlineAlerts.run({ ...context, due: clock.now() })
  })
}

/** As many long messages as there are units, through one robot. */
export async function oneRobot(db: Db, keys: Keyring, messages = 163): Promise<Morning> {
  const chat = await db
    .updateTable('chat')
    .set((e) => ({ push: keys.seal(JSON.stringify({ key: 'one' })), chat_id: e.val('one') }))
    .where('chat_id', '=', 'wr-ruhelu')
    .returningAll()
    .executeTakeFirstOrThrow()
  return pass(db, keys, [chat.chat_id], ({ push, clock }) =>
    push(
      db,
      [...Array(messages).keys()].map((n) => ({
        ...{ campaign: chat.campaign_id, to: { chat: chat.id }, kind: 'reminder' as const, due: clock.now() },
        ...{ key: `one:${n}`, reply: line(`${n} ${'长'.repeat(600)}`) },
      })),
    ),
  )
}

async function pass(
  db: Db,
  keyring: Keyring,
  groups: string[],
  begin: (tools: Pick<ReturnType<typeof openDispatch>, 'push'> & { clock: { now(): Date } }) => Promise<void>,
): Promise<Morning> {
  await db.deleteFrom('outbox').execute()
  await db.deleteFrom('pace').execute()
  let now = new Date(morning)
  const clock = { now: () => now }
  const wecom = await startFakeWecom({ clock })
  for (const group of groups) wecom.addWebhook(group)
  const account = { corpId: '', agentId: '', secret: '', apiBase: wecom.base }
  const none = { oapiBase: wecom.base, apiBase: wecom.base, clientId: '', clientSecret: '', robotCode: '' }
  const { push, outbox } = openDispatch({
    ...{ db, clock, log, keyring, privately: [], real: () => sql<Date>`${now}::timestamptz` },
    channels: openChannels({ dingtalk: none, wecom: account }, { state: memoryState(), clock, log }),
  })
  const begun = performance.now()
  await begin({ push, clock })
  while (await isWaiting(db)) {
    while ((await outbox.sendDue()) > 0);
    now = new Date(now.getTime() + stepMs)
  }
  const worked = (performance.now() - begun) / 1000
  await wecom.stop()
  return { ...result(wecom, groups), worked }
}

function result({ timeline }: FakeWecom, groups: string[]): Omit<Morning, 'worked'> {
  const taken = timeline.filter(({ kind }) => kind === 'taken')
  const last = Math.max(...taken.map(({ at }) => at))
  const most = Math.max(...groups.map((group) => taken.filter(({ to }) => to === group).length))
  return {
    told: new Set(taken.map(({ to }) => to)).size,
    groups: groups.length,
    messages: taken.length,
    refused: timeline.filter(({ kind }) => kind === 'refused').length,
    took: (last - Date.parse(morning)) / 1000,
    allowed: (most - 1) * spacing,
  }
}

async function isWaiting(db: Db): Promise<boolean> {
  const row = await db.selectFrom('outbox').where('retry_at', 'is not', null).select('id').executeTakeFirst()
  return row !== undefined
}
