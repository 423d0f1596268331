// 每天早上八点半：有没发出去、结果不明或还在等的，才告诉专班和组织委员；钉钉额度用到八成也说一声。
import { dateOf } from '../src/clock.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { clerksOf } from '../src/database/clerks.ts'
import type { Executor } from '../src/database/connection.ts'
import {
  giveUpWaiting,
  type Trouble,
  toldUntil,
  troublesOf,
  usageOf,
} from '../src/database/delivery-troubles.ts'
import { type Roster, readRoster } from '../src/database/roster.ts'
import { noteOf, quotaWarnings } from '../src/delivery-note.ts'
import { type JobContext, job } from '../src/job.ts'
import { line, type Reply } from '../src/message.ts'
import type { Push } from '../src/push.ts'

/** The history of its runs says what has been told. */
const name = 'delivery-note'

export default job({
  name,
  cron: '30 8 * * *',
  catchUp: 'latest',
  async run(context) {
    const { db, due, quotas } = context
    await giveUpWaiting(db, due)
    const warnings = quotaWarnings(await usageOf(db, due), quotas)
    const campaigns = await activeCampaigns(db, ['active', 'closing'])
    await eachCampaign(campaigns, ({ id }) =>
      db.transaction().execute((tx) => tellClerks(tx, context, { id, warnings })),
    )
  },
})

async function tellClerks(
  tx: Executor,
  context: JobContext,
  { id, warnings }: { id: number; warnings: ReturnType<typeof quotaWarnings> },
): Promise<void> {
  const { due, push } = context
  const notices = (key: string, people: number[], reply: Reply): Push[] =>
    people.map((person) => ({
      ...{ campaign: id, to: { person }, kind: 'notice', reply, key: `${key}:${person}`, due },
    }))
  const district = await clerksOf(tx, id)
  for (const { kind, text } of warnings)
    await push(tx, notices(`quota:${kind}:${dateOf(due).slice(0, 7)}`, district, line(text)))
  for (const { people, reply } of await notesOf(tx, context, id, district))
    await push(tx, notices(`${name}:${due.toISOString()}`, people, reply))
}

/** The district's clerks hear of everything, a street's of its own chats (`domain.md` N22). */
async function notesOf(
  tx: Executor,
  { due }: JobContext,
  campaign: number,
  district: number[],
): Promise<{ people: number[]; reply: Reply }[]> {
  const since = await toldUntil(tx, name, due)
  const troubles = await troublesOf(tx, campaign, { since, now: due })
  if (troubles.length === 0) return []
  const roster = await readRoster(tx, campaign)
  const today = dateOf(due)
  const notes = [{ people: district, reply: noteOf(troubles, today) }]
  for (const [street, own] of byStreet(roster, troubles)) {
    const clerks = (await clerksOf(tx, campaign, street)).filter((id) => !district.includes(id))
    notes.push({ people: clerks, reply: noteOf(own, today) })
  }
  return notes
}

function byStreet(roster: Roster, troubles: Trouble[]): Map<number, Trouble[]> {
  const streets = roster.children(roster.root.id)
  return new Map(
    streets.flatMap(({ id }): [number, Trouble[]][] => {
      const own = troubles.filter(({ unit }) => unit !== null && roster.isWithin(unit, id))
      return own.length > 0 ? [[id, own]] : []
    }),
  )
}
