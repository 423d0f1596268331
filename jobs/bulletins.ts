// 每五分钟：半小时没人签发的通报压下，不发；发布过的通报后来更正了数，告诉专班。
import { needingErrata } from '../src/bulletin-correcting.ts'
import { titleOf } from '../src/bulletin-view.ts'
import { touchedBulletins } from '../src/database/bulletin-corrections.ts'
import { decide, machine } from '../src/database/bulletin-deeds.ts'
import { unattended } from '../src/database/bulletins.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { clerksOf } from '../src/database/clerks.ts'
import { toldUntil } from '../src/database/delivery-troubles.ts'
import { readRoster } from '../src/database/roster.ts'
import { writing } from '../src/database/writing.ts'
import { type JobContext, job } from '../src/job.ts'
import { line } from '../src/message.ts'
import type { Push } from '../src/push.ts'

const name = 'bulletins'
/** How long a draft waits for somebody's word (`domain.md` C8). */
const windowMs = 30 * 60_000
/** Corrections whose transaction was still open when they were last looked for. */
const overlapMs = 10 * 60_000

export default job({
  name,
  cron: '*/5 * * * *',
  catchUp: 'latest',
  async run(context) {
    await eachCampaign(await activeCampaigns(context.db, ['active', 'closing']), async ({ id }) => {
      await holdUnattended(context, id)
      await tellCorrected(context, id)
    })
  },
})

/** An unattended draft is never sent: it is held, and who drafted it hears so once. */
async function holdUnattended({ db, due, push }: JobContext, campaign: number): Promise<void> {
  const since = new Date(due.getTime() - windowMs)
  // Looked at without the campaign's lock first: mostly there is nothing.
  if ((await unattended(db, campaign, since)).length === 0) return
  await writing(db, campaign, async (tx) => {
    for (const bulletin of await unattended(tx, campaign, since)) {
      if (!(await decide(tx, campaign, bulletin, 'hold', machine(due)))) continue
      const { id, number, drafter } = bulletin
      const which = `通报第${number}号`
      const reply = line(
        `${titleOf(bulletin)}半小时没有人签发，先压着，没有发出去。要发请回“发布${which}”，看内容回“看${which}”，不要了回“作废${which}”。`,
      )
      const people = drafter === null ? await clerksOf(tx, campaign) : [drafter]
      await push(
        tx,
        people.map((person) =>
          privately({ campaign, person, reply, due, key: `bulletin-held:${id}:${person}` }),
        ),
      )
    }
  })
}

/** A correction that touches a published bulletin is told privately, once for a bulletin and day (`domain.md` N10). */
async function tellCorrected({ db, due, push }: JobContext, campaign: number): Promise<void> {
  const last = await toldUntil(db, name, due)
  const time = { after: new Date(last.getTime() - overlapMs), until: due }
  if ((await touchedBulletins(db, campaign, time)).length === 0) return
  const found = await needingErrata(db, await readRoster(db, campaign), time)
  if (found.length === 0) return
  await db.transaction().execute(async (tx) => {
    for (const { bulletin, day } of found) {
      const reply = line(
        `${titleOf(bulletin)}发布以后，里面的数有更正，得分或名次变了。要说明请回“通报第${bulletin.number}号勘误”，我起草，您签发后再发；不说明就不用管。`,
      )
      const people = await clerksOf(tx, campaign, bulletin.unit)
      await push(
        tx,
        people.map((person) =>
          privately({
            campaign,
            person,
            reply,
            due,
            key: `bulletin-touched:${bulletin.id}:${day}:${person}`,
          }),
        ),
      )
    }
  })
}

const privately = ({ person, ...rest }: Omit<Push, 'to' | 'kind'> & { person: number }): Push => ({
  ...{ ...rest, to: { person }, kind: 'notice' },
})
