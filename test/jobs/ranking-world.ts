// The Friday ranking on the example campaign: runs the job for a moment and keeps what it would have said, to whom.
import { sql } from 'kysely'
import { inject, onTestFinished } from 'vitest'
import weeklyRanking from '../../jobs/weekly-ranking.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Db } from '../../src/database/connection.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import type { Push, Pushing } from '../../src/push.ts'
import { openTestPostgres } from '../support/databases.ts'
import { silent } from '../support/example.ts'
import { reported } from '../support/reported.ts'

export const friday = '2026-11-27T18:00:00+08:00'

export async function rankingWorld() {
  const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(close)
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const chats = await db.selectFrom('chat').select(['id', 'chat_id']).execute()
  /** Runs the job and keeps what each chat would hear. */
  async function cast(due = friday): Promise<Map<string, { text: string; push: Push }>> {
    const heard = new Map<string, { text: string; push: Push }>()
    await run(db, due, async (_tx, pushes) => {
      for (const push of pushes) {
        const chat = chats.find((one) => 'chat' in push.to && one.id === push.to.chat)
        heard.set(chat?.chat_id ?? '?', { text: plainText(push.reply), push })
      }
    })
    return heard
  }
  const set = (settings: object) =>
    sql`update campaign set settings = settings || ${JSON.stringify(settings)}::jsonb`.execute(db)
  return { db, roster: await readRoster(db, id), cast, set }
}

export async function run(
  db: Db,
  due: string,
  push: Pushing,
  { job = weeklyRanking, log = silent } = {},
): Promise<void> {
  await job.run({
    ...{ db, push, due: new Date(due), log, calendar: calendarOf(), privately: ['dingtalk'] },
    quotas: { webhook: 0, api: 0 },
  })
}

/** 汝河路街道 and the district in a week in which something happened. */
export async function busyWeek(db: Db, roster: Roster): Promise<void> {
  const tasks: [string, number][] = [
    ...([
      ['红色物业', 4],
      ['共建项目', 4],
      ['物业项目监督员', 4],
    ] as [string, number][]),
    ...([
      ['非公党建指导员', 9],
      ['驻区单位参与', 12],
    ] as [string, number][]),
  ]
  for (const [indicator, value] of tasks)
    await reported(db, roster, ['金苑社区', indicator], value, '2026-11-25T10:00:00+08:00')
}
