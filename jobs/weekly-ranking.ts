// 每周五十八点：定格一次排名，发到每个群；停机错过的补上，只算到那个时候的数。
import { mondayOf } from '../src/campaign/dates.ts'
import { dateOf } from '../src/clock.ts'
import { chatsOf } from '../src/database/alerts.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { type Roster, readRoster } from '../src/database/roster.ts'
import { allSharesIn, duesOf, snapshotBefore, takeSnapshot } from '../src/database/snapshots.ts'
import { linesAt } from '../src/database/standings.ts'
import { writing } from '../src/database/writing.ts'
import { type JobContext, job } from '../src/job.ts'
import type { Block } from '../src/message.ts'
import { drawWallChart } from '../src/picture/wall-chart.ts'
import { totalsIn } from '../src/ranking.ts'
import { leftOut } from '../src/score-sight.ts'
import { weekChart } from '../src/week-chart.ts'
import { type Week, weeklyReply } from '../src/weekly-words.ts'
import { day } from '../src/wording.ts'

export default job({
  name: 'weekly-ranking',
  cron: '0 18 * * 5',
  catchUp: 'every',
  async run(context) {
    const date = dateOf(context.due)
    await eachCampaign(await activeCampaigns(context.db), async ({ id, starts, ends }) => {
      if (date >= starts && mondayOf(date) <= ends) await broadcast(context, id, date)
    })
  },
})

/**
 * `domain.md` C8. The snapshot and what is said of it are one transaction. It is taken at its slot on a day off too;
 * when the chats hear of it is for the outbox to decide.
 */
async function broadcast({ db, due, push }: JobContext, campaign: number, date: string): Promise<void> {
  await writing(db, campaign, async (tx) => {
    // Read inside: a load that ends at this moment is in it, or waits.
    const roster = await readRoster(tx, campaign)
    const snapshot = await takeSnapshot(tx, roster, due)
    const before = await snapshotBefore(tx, campaign, due)
    const { lines } = await linesAt(tx, roster, due)
    const dueOf = await duesOf(tx, campaign)
    const chats = await chatsOf(tx, campaign)
    const places = { now: totalsIn(snapshot), before: before && totalsIn(before) }
    const shares = {
      now: await allSharesIn(tx, snapshot),
      before: before && (await allSharesIn(tx, before)),
    }
    const kept = new Map(lines.map((one) => [one.unit_id, one]))
    const week: Week = { ...{ due, date, dueOf, shares }, lines: kept, ...places }
    const pictures = await picturesOf(roster, new Set(chats.map(({ unit }) => unit)), week)
    await push(
      tx,
      chats.flatMap((chat) => {
        const unit = roster.units.get(chat.unit)
        if (!unit) return []
        const key = `ranking:${campaign}:${chat.id}:${due.toISOString()}`
        const reply = weeklyReply(roster, unit, week)
        const blocks = [...reply.blocks, ...(pictures.get(unit.id) ?? [])]
        return [
          {
            campaign,
            to: { chat: chat.id },
            kind: 'ranking' as const,
            reply: { ...reply, blocks },
            key,
            due,
          },
        ]
      }),
    )
  })
}

/** The wall chart of each street, and of the district (`domain.md` N7): some 60 ms each. */
async function picturesOf(roster: Roster, units: Set<number>, week: Week): Promise<Map<number, Block[]>> {
  const pictures = new Map<number, Block[]>()
  const isWhole = roster.campaign.settings.ranking_visibility === 'full'
  const noScores = leftOut('group')
  for (const id of units) {
    const unit = roster.units.get(id)
    if (!unit || roster.children(id).length === 0) continue
    const png = await drawWallChart(weekChart(roster, unit, week, { isWhole, noScores }))
    const alt = `${unit.name}作战挂图（${day(week.date)}）`
    pictures.set(id, [{ kind: 'image', png: png.toString('base64'), alt }])
  }
  return pictures
}
