// Deadline alerts on the example campaign: runs the job for a moment and keeps what it would have said, to whom.
import { expect, inject, onTestFinished } from 'vitest'
import deadlineAlerts from '../../jobs/deadline-alerts.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Db } from '../../src/database/connection.ts'
import type { JobContext } from '../../src/job.ts'
import type { Reply } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import type { Push } from '../../src/push.ts'
import { openTestPostgres } from '../support/databases.ts'
import { silent } from '../support/example.ts'

export interface Said {
  /** A chat's id on its platform, or a person's name. */
  to: string
  text: string
  reply: Reply
  push: Push
}

export async function alertsWorld() {
  const { db, close } = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  onTestFinished(close)
  const people = await db.selectFrom('person').select(['id', 'name']).execute()
  const chats = await db.selectFrom('chat').select(['id', 'chat_id']).execute()
  // The example was loaded on 22 November: who is in office has been so all year.
  await db.updateTable('assignment').set({ valid_from: '2026-03-01' }).execute()

  const nameOf = ({ to }: Push) =>
    ('chat' in to
      ? chats.find(({ id }) => id === to.chat)?.chat_id
      : people.find(({ id }) => id === to.person)?.name) ?? '?'

  /** Runs the job for `2026-11-23 09:00`. */
  async function run(moment: string | Date, more: Partial<JobContext> = {}): Promise<Said[]> {
    const said: Said[] = []
    await deadlineAlerts.run({
      ...{
        db,
        log: silent,
        calendar: calendarOf([]),
        privately: ['dingtalk', 'wecom'],
        quotas: { webhook: 10_000, api: 10_000 },
      },
      due: typeof moment === 'string' ? at(moment) : moment,
      push: async (_tx, pushes) => {
        for (const push of pushes)
          said.push({
            to: nameOf(push),
            text: plainText({ ...push.reply, mention: [] }),
            reply: push.reply,
            push,
          })
      },
      ...more,
    })
    return said
  }

  const idOf = (name: string) => {
    const found = people.find((person) => person.name === name)
    expect(found, name).toBeDefined()
    return found?.id ?? 0
  }
  /** Sets the value of a cell by the codes or names of its unit and indicator. */
  async function setCell(unit: string, indicator: string, value: string): Promise<void> {
    await db
      .updateTable('cell')
      .set({ value })
      .where('unit_id', '=', unitNamed(db, unit))
      .where('indicator_id', '=', indicatorNamed(db, indicator))
      .execute()
  }
  async function setTarget(
    unit: string,
    indicator: string,
    values: {
      due?: string
      responsible_id?: null
      applies?: false
      na_reason?: string
      approved_by?: string
    },
  ): Promise<void> {
    await db
      .updateTable('target')
      .set(values)
      .where('unit_id', '=', unitNamed(db, unit))
      .where('indicator_id', '=', indicatorNamed(db, indicator))
      .execute()
  }
  return { db, run, idOf, setCell, setTarget }
}

export const at = (moment: string) => new Date(`${moment.replace(' ', 'T')}:00+08:00`)

const unitNamed = (db: Db, name: string) =>
  db.selectFrom('unit_version').where('name', '=', name).select('unit_id').limit(1)
const indicatorNamed = (db: Db, name: string) =>
  db.selectFrom('indicator').where('name', '=', name).select('id').limit(1)

/** What somebody was told; '' when nothing. */
export const toldTo = (said: Said[], to: string) => said.find((one) => one.to === to)?.text ?? ''
