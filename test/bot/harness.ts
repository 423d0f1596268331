// The bot on a copy of the example campaign, and people who talk to it in 汝河路街道's group or in private.
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { inject } from 'vitest'
import type { BotTools } from '../../src/bot.ts'
import type { Db, Store } from '../../src/database/connection.ts'
import type { Chat, Hear, Message, Reply } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { redisState } from '../../src/state/redis.ts'
import { openTestPostgres } from '../support/databases.ts'
import { botOn, stillClock } from '../support/example.ts'

export const group: Chat = { id: 'cid-ruhelu', kind: 'group', title: '汝河路街道攻坚群' }
export const district: Chat = { id: 'cid-zhongyuan', kind: 'group', title: '全区群' }
export const secretary = { id: 'zhangjianguo', name: '张建国' }
export const clerk = { id: 'zhoumin', name: '周敏' }
export const admin = { id: 'hexiaowen', name: '何晓雯' }
export const stranger = { id: 'lurenjia', name: '路人甲' }

let last = 0
/** A message of 张建国 in the group of 汝河路街道, unless told otherwise. */
export function message(text: string, over: Partial<Message> = {}): Message {
  const id = `m-${++last}`
  return {
    platform: 'dingtalk',
    robot: 'robot-1',
    id,
    chat: group,
    sender: secretary,
    kind: 'text',
    text,
    ...over,
  }
}
export const privately = (sender = secretary): Partial<Message> => ({
  ...{ sender, chat: { id: sender.id, kind: 'single' } },
})
export const words = (reply: Reply | undefined) => (reply ? plainText(reply) : '（不回话）')

export interface Talk {
  store: Awaited<ReturnType<typeof openTestPostgres>>
  db: Db
  clock: ReturnType<typeof stillClock>
  hear: Hear
  /** What the bot answers, as text. */
  say(text: string, over?: Partial<Message>): Promise<string>
  close(): Promise<void>
}

export async function talk(tools: Partial<BotTools> = {}): Promise<Talk> {
  const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const clock = stillClock()
  const hear = botOn(store, { clock, ...tools })
  return {
    ...{ store, db: store.db, clock, hear },
    say: async (text, over) => words(await hear(message(text, over))),
    close: () => store.close(),
  }
}

/** Two replicas over one database and one Redis. */
export async function replicas(talking: Talk) {
  const prefix = `test-${randomUUID()}:`
  const stores: Store[] = [await talking.store.twin(), await talking.store.twin()]
  const states = stores.map(() => redisState(inject('redisUrl'), () => undefined, prefix))
  const bots = stores.map((store, at) =>
    botOn(store, { clock: talking.clock, ...(states[at] && { state: states[at] }) }),
  )
  return {
    bots,
    async close() {
      for (const state of states) await state.close()
      for (const store of stores) await store.close()
    },
  }
}

/** The number that counts for a unit and an indicator, as it is kept. */
export async function numberOf(db: Db, unit: string, indicator: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`
    select coalesce(cell.value::text, cell.num || '/' || cell.den) as value from cell
    join unit_version on unit_version.unit_id = cell.unit_id and valid_to is null
    join indicator on indicator.id = cell.indicator_id
    where unit_version.name = ${unit} and indicator.name = ${indicator}`.execute(db)
  return rows[0]?.value
}

/** How many events people have made: what was imported does not count. */
export async function eventsIn(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('report')
    .where('platform', '!=', 'import')
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
