// Handovers that wait for their day: listed, cancelled, and carried out by the job when it has come (`domain.md` N19).
import { dateOf } from './clock.ts'
import { audit } from './database/audit.ts'
import type { Actor } from './database/bindings.ts'
import { clerksOf } from './database/clerks.ts'
import type { Executor } from './database/connection.ts'
import { endPlanned, type Planned, plannedHandovers } from './database/handover.ts'
import { holdingsOf } from './database/handover-holdings.ts'
import { candidates, postsOf } from './database/handover-posts.ts'
import { type Roster, readRoster } from './database/roster.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import { howToSay } from './handing-over.ts'
import { below, handOver, noticeTo, unitOf } from './handing-over-done.ts'
import { doneText, officeOf } from './handing-over-words.ts'
import type { JobContext } from './job.ts'
import { dayText } from './language/when-format.ts'
import { line, lines, type Reply } from './message.ts'
import { demand, may, type Turn } from './turn.ts'

const lineOf = (roster: Roster, plan: Planned, now: Date): string =>
  `${dayText(plan.starts, now)}起${officeOf(roster, plan)}由${plan.fromName}交给${plan.toName}`

/** 交接 alone: how to say it, and what is planned. */
export async function explain(turn: Turn): Promise<Reply> {
  const { roster, db, now } = turn
  const plans = await plannedHandovers(db, roster.campaign.id)
  const mine = plans.filter((plan) => may(turn, 'handover', unitOf(roster, plan)))
  const rows = mine.map((plan) => `编号${plan.id} ${lineOf(roster, plan, now)}`)
  const how = `交接把一个人的职务、责任人、提醒和没办完的事一起交给接手的人，先给您看清单再办。${howToSay}`
  if (rows.length === 0) return line(how)
  return lines([how, `等着办的交接：\n${rows.join('\n')}\n不办了说“取消交接 编号${mine[0]?.id}”。`])
}

/** 取消交接 编号3 */
export async function cancelPlanned(turn: Turn, number: number | undefined): Promise<Reply> {
  const { roster, db, now, person, push } = turn
  const campaign = roster.campaign.id
  const plans = await plannedHandovers(db, campaign)
  const plan = plans.find(({ id }) => id === number)
  if (number === undefined && plans.length > 0) return explain(turn)
  if (!plan) throw new UserError('没有等着办的这个交接。办过的要改回来，再交接一次就行。')
  demand(turn, 'handover', unitOf(roster, plan), '办交接')
  const by: Actor = { campaign, at: now, actor: person?.name ?? '' }
  const text = `不交接了：${lineOf(roster, plan, now)}，取消了。`
  await writing(db, campaign, async (tx) => {
    if (!(await endPlanned(tx, plan.id, 'cancelled')))
      throw new UserError('这个交接刚才已经办了，或者取消了。')
    await audit(tx, { ...by, action: 'cancel_handover', subject: text })
    const people = [
      ...(await candidates(tx, campaign, { id: plan.from })),
      ...(await candidates(tx, campaign, { id: plan.to })),
    ]
    const reached = people.filter(({ accounts }) => accounts.length > 0)
    await push(
      tx,
      reached.map(({ id }) => noticeTo(id, text, `handover-cancelled:${plan.id}:${id}`, by)),
    )
  })
  return line(text)
}

/** Carries out what has come due in a campaign, each in a transaction of its own; what cannot be is told to the clerk. */
export async function handOverDue({ db, due, push }: JobContext, campaign: number): Promise<void> {
  const today = dateOf(due)
  const plans = (await plannedHandovers(db, campaign)).filter(({ starts }) => starts <= today)
  for (const plan of plans)
    await writing(db, campaign, async (tx) => {
      const waiting = await plannedHandovers(tx, campaign)
      if (!waiting.some(({ id }) => id === plan.id)) return
      const by = { campaign, at: due, actor: '交接', person: plan.orderedBy }
      const roster = await readRoster(tx, campaign)
      const text = await carryOutPlan(tx, { roster, plan, waiting, by, push })
      const clerks = plan.orderedBy === null ? await clerksOf(tx, campaign) : [plan.orderedBy]
      await push(
        tx,
        clerks.map((clerk) => noticeTo(clerk, text, `handover-done:${plan.id}:${clerk}`, by)),
      )
    })
}

interface Due {
  roster: Roster
  plan: Planned
  waiting: Planned[]
  by: Actor & { person: number | null }
  push: JobContext['push']
}

/** @returns what the clerk is told */
async function carryOutPlan(tx: Executor, { roster, plan, waiting, by, push }: Due): Promise<string> {
  const { campaign } = by
  const [post] = await postsOf(tx, campaign, { id: plan.assignment })
  const [to] = await candidates(tx, campaign, { id: plan.to })
  const held = await postsOf(tx, campaign, { people: [plan.from] })
  const next = waiting.find((other) => other.to === plan.from && other.id !== plan.id)
  const why = !post
    ? `${plan.fromName}已经不担任这个职务`
    : !to
      ? `名册里没有${plan.toName}了`
      : next && held.length === 1
        ? `${plan.fromName}还等着接${officeOf(roster, next)}（编号${next.id}）`
        : undefined
  if (!post || !to || why) {
    await endPlanned(tx, plan.id, 'failed', why)
    await audit(tx, {
      ...by,
      action: 'fail_handover',
      subject: lineOf(roster, plan, by.at),
      reason: why ?? '',
    })
    return `${lineOf(roster, plan, by.at)}，没有办成：${why}。请核对后再交接一次。`
  }
  const holdings = await holdingsOf(tx, campaign, { post, held, to, below: below(roster, post), now: by.at })
  const { starts } = plan
  await handOver(tx, { roster, holdings, to, starts, by, push, planned: plan.id })
  return doneText(roster, { holdings, to, name: to.name, hasPhone: to.hasPhone, starts, now: by.at })
}
