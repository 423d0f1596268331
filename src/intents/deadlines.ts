// 期限, 延期: what falls due when, and until when somebody asks for more time (`domain.md` C6).

import { daysBetween } from '../clock.ts'
import { namesTheSame } from '../extending.ts'
import { readExtension } from '../language/extension.ts'
import { readDecision } from '../language/extension-decision.ts'
import { findPeriod } from '../language/periods.ts'
import { numberOf, numeral } from '../language/when-numbers.ts'
import { type Heard, type Intent, intent } from './intent.ts'
import { indicatorSlot, unitSlot } from './places.ts'

/** 最近 and 快到期 look a week ahead. */
const soon = 7
const within = new RegExp(
  `(${numeral}|半)个?(天|日|周|星期|礼拜|月)(?:之内|以内|内)|(?:未来|今后|接下来|往后|后面|最近|近|这)的?(${numeral}|半)个?(天|日|周|星期|礼拜|月)`,
)
const daysIn: Record<string, number> = { 天: 1, 日: 1, 周: 7, 星期: 7, 礼拜: 7, 月: 30 }

export function deadlineIntent(heard: Heard): Intent {
  const { meaning, today } = heard
  const { text } = meaning
  const days = daysWithin(text)
  const period = findPeriod(text, today, 'ahead')?.period
  const isSoon = /最近|近期|近来|这几天|近几天|这两天|快|马上|临近|将要|将/.test(text)
  const isOver = /(?<!快|要|将|马上|临近|没)(?:逾期|超期|过期|超时)/.test(text)
  const isListed = meaning.indicators.length === 0
  return intent('deadline.query', {
    ...unitSlot(heard, 'mine'),
    ...indicatorSlot(heard),
    ...(days !== undefined
      ? { days }
      : period && !(isSoon && isWeekAhead(period, today))
        ? { period }
        : isListed && !isOver && { days: soon }),
    ...(isOver && { status: 'overdue' }),
  })
}

const isWeekAhead = ({ start, end }: { start: string; end: string }, today: string) =>
  start === today && daysBetween(start, end) === soon

/** 10天之内, 未来三天: so many days from today. */
function daysWithin(text: string): number | undefined {
  const found = within.exec(text)
  if (!found) return undefined
  const [, behind, behindUnit, ahead, aheadUnit] = found
  const each = daysIn[behindUnit ?? aheadUnit ?? '天'] ?? 1
  const count = behind ?? ahead ?? ''
  const days = count === '半' ? Math.floor(each / 2) : numberOf(count) * each
  return days >= 1 && days <= 366 ? days : undefined
}

/** 延期: asked for, or decided on with a date. Other sentences of it are asked about before anything is written. */
export function extendIntent(heard: Heard): Intent {
  const { meaning, now, calendar, today } = heard
  const { text } = meaning
  const { wish } = readExtension(text, now, calendar)
  const decided = readDecision(text)
  const shift = wish && 'shift' in wish ? wish.shift : undefined
  const to = wish && 'to' in wish ? wish.to : undefined
  const isOther = wish === undefined && (decided !== undefined || otherWords.test(text))
  const isNamed = meaning.indicators.length > 0 || meaning.number !== undefined
  const lacks = isOther ? [] : [...(isNamed ? [] : ['indicator']), ...(wish ? [] : ['deadline'])]
  return intent(
    'deadline.extend',
    {
      ...unitSlot(heard, 'mine'),
      ...indicatorSlot(heard),
      to,
      ...(shift && shiftSlots(shift)),
      ...(decided && { result: decided.isYes ? 'approved' : 'rejected' }),
      ...{ number: meaning.number },
      ...(((to !== undefined && to <= today) || isSeveral(meaning)) && { needs_confirm: true }),
      ...(lacks.length > 0 && { missing: lacks }),
    },
    isOther,
  )
}

/** Two units or two indicators: one request is for one of each. */
const isSeveral = ({ units, indicators }: Heard['meaning']): boolean =>
  [units, indicators].some(([first, ...more]) => more.some((one) => !namesTheSame(one, first)))

/** Taken back, looked at, or given up. */
const otherWords = /撤|收回|取消|待批|等.{0,4}批|哪些|谁|有没有|批了|列表|不.{0,4}延/

function shiftSlots(shift: { days: number } | { workdays: number } | { months: number }) {
  if ('days' in shift) return { shift_days: shift.days }
  return 'months' in shift
    ? { shift_days: shift.months * 30, shift_months: shift.months }
    : { shift_workdays: shift.workdays, shift_days: shift.workdays }
}
