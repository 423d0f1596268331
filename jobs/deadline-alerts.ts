// 每天九点和十五点：快到期、今天到期和已逾期的任务，私下告诉责任人，群里合成一条。

import { pausesOn } from '../src/alert-pauses.ts'
import { alertPushes, hearingsOf, openCells } from '../src/alerting.ts'
import type { Slot } from '../src/campaign/alerts.ts'
import { dateOf, timeOf } from '../src/clock.ts'
import { alertKey, chatsOf, noteAlerts, responsiblesOf, staffOf } from '../src/database/alerts.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { clerksOf } from '../src/database/clerks.ts'
import { chartCells, leavesOf } from '../src/database/progress.ts'
import { readRoster } from '../src/database/roster.ts'
import { type JobContext, job } from '../src/job.ts'
import { line } from '../src/message.ts'

export default job({
  name: 'deadline-alerts',
  cron: '0 9,15 * * *',
  catchUp: 'every',
  async run(context) {
    await eachCampaign(await activeCampaigns(context.db), async ({ id }) => {
      await tellDeadlines(context, id)
      await askForCalendar(context, id)
    })
  },
})

/**
 * `domain.md` C6. What is noted as told and what is queued are one transaction: nothing is told twice, or lost. What is
 * paused now is not noted: when the pause is over, the stages that come then are told.
 */
async function tellDeadlines(
  { db, due, calendar, push, privately }: JobContext,
  campaign: number,
): Promise<void> {
  const slot: Slot = timeOf(due) < '12:00' ? '09:00' : '15:00'
  const moment = { due, today: dateOf(due), slot }
  if (!calendar.isWorkday(moment.today)) return
  const roster = await readRoster(db, campaign)
  await db.transaction().execute(async (tx) => {
    const pauses = await pausesOn(tx, roster, moment.today)
    const cells = (await chartCells(tx, roster, leavesOf(roster, roster.root.id))).filter(
      (cell) => !pauses.isCellPaused(cell),
    )
    const due = openCells(roster, cells, moment, calendar)
    if (due.length === 0) return
    const alerts = due.map(({ cell: { unit, indicator, due }, stage }) => ({ unit, indicator, stage, due }))
    const fresh = await noteAlerts(tx, campaign, moment.due, alerts)
    const open = due.filter(({ cell }) => fresh.has(alertKey(cell.unit, cell.indicator)))
    const staff = await staffOf(tx, campaign, moment.today)
    const everybody = hearingsOf(roster, open, staff, await responsiblesOf(tx, campaign))
    const hearings = everybody.filter(({ person }) => !pauses.people.has(person.id))
    const chats = await chatsOf(tx, campaign)
    await push(tx, alertPushes(roster, { open, hearings, chats }, moment, privately))
  })
}

/** Says once that a year's plan of days off is missing (`domain.md` C7 Calendar, N21): from 1 December on, or later. */
async function askForCalendar({ db, due, calendar, push }: JobContext, campaign: number): Promise<void> {
  const today = dateOf(due)
  const year = Number(today.slice(0, 4))
  const years = [year, ...(today >= `${year}-12-01` ? [year + 1] : [])].filter(
    (one) => !calendar.isKnown(one),
  )
  if (years.length === 0) return
  const clerks = await clerksOf(db, campaign)
  const notices = years.flatMap((missing) =>
    clerks.map((person) => ({
      ...{ campaign, to: { person }, kind: 'notice' as const, due },
      reply: line(
        `${missing}年的放假安排还没有录入。请在活动工作簿加一张“日历”表（日期、班/休、名称），照国务院办公厅的通知填好放假和调休上班的日子，再导入一次。没录入以前，我只按周末和法定节假日推算。`,
      ),
      key: `calendar:${missing}:${campaign}:${person}`,
    })),
  )
  await db.transaction().execute((tx) => push(tx, notices))
}
