// 每周五十八点：定格一次排名，发到每个群；停机错过的补上，只算到那个时候的数。
import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { weekOf } from '../src/bulletin-week.ts'
import { mondayOf } from '../src/campaign/dates.ts'
import { dateOf } from '../src/clock.ts'
import { chatsOf } from '../src/database/alerts.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { type Roster, readRoster, type Unit } from '../src/database/roster.ts'
import { takeSnapshot } from '../src/database/snapshots.ts'
import { writing } from '../src/database/writing.ts'
import { type JobContext, job } from '../src/job.ts'
import type { Block } from '../src/message.ts'
import { drawWallChart } from '../src/picture/wall-chart.ts'
import { leftOut } from '../src/score-sight.ts'
import { weekChart } from '../src/week-chart.ts'
import { type Week, weeklyReply } from '../src/weekly-words.ts'
import { day } from '../src/wording.ts'

export interface Drawing {
  draw: typeof drawWallChart
  /** A picture that takes longer does without. */
  mostMs: number
}

/** @param drawing how the pictures are made that go with the words */
export const weeklyRanking = (drawing: Drawing) =>
  job({
    name: 'weekly-ranking',
    cron: '0 18 * * 5',
    catchUp: 'every',
    async run(context) {
      const date = dateOf(context.due)
      await eachCampaign(await activeCampaigns(context.db), async ({ id, starts, ends }) => {
        if (date >= starts && mondayOf(date) <= ends) await broadcast(context, drawing, id)
      })
    },
  })

export default weeklyRanking({ draw: drawWallChart, mostMs: 10_000 })

/**
 * `domain.md` C8. The snapshot is taken at its slot on a day off too; when the chats hear of it is for the outbox to
 * decide. Nothing is held while pictures are drawn: should that be the end of the process, the slot runs again, finds
 * its snapshot, and queues what is not queued.
 */
async function broadcast(context: JobContext, drawing: Drawing, campaign: number): Promise<void> {
  const { db, due, push } = context
  const { roster, week, chats } = await writing(db, campaign, async (tx) => {
    // Read inside: a load that ends at this moment is in it, or waits.
    const roster = await readRoster(tx, campaign)
    const week = await weekOf(tx, roster, await takeSnapshot(tx, roster, due))
    return { roster, week, chats: await chatsOf(tx, campaign) }
  })
  const units = new Set(chats.flatMap(({ unit }) => roster.units.get(unit) ?? []))
  const replies = new Map<number, ReturnType<typeof weeklyReply>>()
  for (const unit of units) {
    const reply = weeklyReply(roster, unit, week)
    const picture = await pictureOf(context, drawing, { roster, unit, week })
    replies.set(unit.id, { ...reply, blocks: [...reply.blocks, ...picture] })
  }
  await db.transaction().execute((tx) =>
    push(
      tx,
      chats.flatMap((chat) => {
        const reply = replies.get(chat.unit)
        const key = `ranking:${campaign}:${chat.id}:${due.toISOString()}`
        return reply ? [{ campaign, to: { chat: chat.id }, kind: 'ranking' as const, reply, key, due }] : []
      }),
    ),
  )
}

/** The wall chart of a street, or of the district (`domain.md` N7): some 60 ms. Without it the words go out alone. */
async function pictureOf(
  { log }: JobContext,
  { draw, mostMs }: Drawing,
  { roster, unit, week }: { roster: Roster; unit: Unit; week: Week },
): Promise<Block[]> {
  if (roster.children(unit.id).length === 0) return []
  const isWhole = roster.campaign.settings.ranking_visibility === 'full'
  const late = new AbortController()
  try {
    const png = await Promise.race([
      // The words above it tell the chat how far its own unit is.
      draw(weekChart(roster, unit, week, { isWhole, isTold: true, noScores: leftOut('group') })),
      setTimeout(mostMs, undefined, { signal: late.signal }).then(() => {
        throw new Error(`not drawn within ${mostMs} ms`)
      }),
    ])
    const alt = `${unit.name}作战挂图（${day(week.date)}）`
    return [{ kind: 'image', png: png.toString('base64'), alt }]
  } catch (error) {
    const id = randomBytes(2).toString('hex')
    log.error(
      { id, campaign: roster.campaign.id, unit: unit.id, err: error },
      'a week goes out without its picture',
    )
    return []
  } finally {
    late.abort()
  }
}
