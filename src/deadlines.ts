// What is still to be done and by when: of one unit, or counted over all below it; and what reminders name as due.
import { completion } from './campaign/completion.ts'
import { nextMoment } from './campaign/recurrence.ts'
import { cellsOf, chartOf } from './chart.ts'
import { dateOf, daysBetween } from './clock.ts'
import { readCalendar } from './database/calendar.ts'
import { activeReminders } from './database/reminders.ts'
import { type Indicator, isActive, type Unit } from './database/roster.ts'
import { dayText } from './language/when-format.ts'
import { momentText } from './reminder-words.ts'
import { shownTo } from './score-sight.ts'
import type { Turn, Viewing } from './turn.ts'
import { lamps } from './wording.ts'

/** An indicator that applies and is not done, with its due date. */
export interface Open {
  indicator: Indicator
  due: string
  /** 1/3个 of one unit, where it may be told; 6个单位 of several. */
  shown: string
  /** The lamp of one unit, with a space; empty for several. */
  mark: string
}

/** The earliest first, then in the scheme's order. Units may have due dates of their own (`domain.md` C1 Target). */
export async function openOf(turn: Viewing, unit: Unit): Promise<Open[]> {
  const isOne = turn.roster.children(unit.id).length === 0
  const open = isOne ? await openOfOne(turn, unit) : await openBelow(turn, unit)
  return open.toSorted((a, b) => Number(a.due > b.due) - Number(a.due < b.due))
}

async function openOfOne(turn: Viewing, unit: Unit): Promise<Open[]> {
  const lines = await chartOf(turn, unit)
  return lines
    .filter(({ reached }) => reached !== 'na' && reached.lt(1))
    .map((line) => ({
      ...{ indicator: line.indicator, due: line.due, shown: shownTo(turn, line) },
      mark: `${lamps[line.standing.lamp].mark} `,
    }))
}

function openBelow(turn: Viewing, unit: Unit): Promise<Open[]> {
  const { roster } = turn
  return turn.cached(`open:${unit.id}`, async () => {
    const cells = await cellsOf(turn, unit)
    const counts = new Map<string, { indicator: Indicator; due: string; units: number }>()
    for (const cell of cells) {
      const indicator = roster.indicators.get(cell.indicator)
      const share = cell.applies ? completion(cell, cell) : 'na'
      if (!indicator || !isActive(indicator) || share === 'na' || share.gte(1)) continue
      const key = `${cell.indicator}/${cell.due}`
      counts.set(key, { indicator, due: cell.due, units: (counts.get(key)?.units ?? 0) + 1 })
    }
    return [...counts.values()].map(({ units, ...one }) => ({ ...one, shown: `${units}个单位`, mark: '' }))
  })
}

/** What reminders of this group, or one's own in private, name as due: 报周报，11月27日(周五)17:00前 (`domain.md` N5). */
export async function promised(turn: Turn): Promise<{ date: string; text: string }[]> {
  const { db, roster, message, person, now } = turn
  const { platform, chat } = message
  const isGroup = chat.kind === 'group'
  if (!isGroup && !person) return []
  const of = isGroup ? { platform, chat_id: chat.id } : { owner: person?.id ?? 0 }
  const reminders = await activeReminders(db, roster.campaign.id, of)
  const calendar = await readCalendar(db)
  const found = reminders.flatMap(({ text, schedule }) => {
    const moment = schedule.deadline && nextMoment(schedule, now, calendar)
    return moment ? [{ moment, text, isDay: schedule.dateOnly === true }] : []
  })
  return found
    .toSorted((a, b) => a.moment.getTime() - b.moment.getTime())
    .map(({ moment, text, isDay }) => {
      const when = momentText(moment, now)
      const date = dateOf(moment)
      return { date, text: `${text}，${isDay ? dayText(date, now) : when}前` }
    })
}

/** 还有5天, 明天到期, 今天到期, 已逾期2天. */
export function daysLeft(today: string, due: string): string {
  const days = daysBetween(today, due)
  if (days < 0) return `已逾期${-days}天`
  return ['今天到期', '明天到期'][days] ?? `还有${days}天`
}
