// Deadlines as an answer: what is open in a period with the overdue first, or one indicator (`domain.md` C6, N5).
import { dayOf, monthOf } from './campaign/dates.ts'
import { chartOf, vetoNotes } from './chart.ts'
import { addDays } from './clock.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { daysLeft, type Open, openOf, promised } from './deadlines.ts'
import { UserError } from './errors.ts'
import { extensionOf } from './extending-view.ts'
import { type Dates, findPeriod } from './language/periods.ts'
import { dayText } from './language/when-format.ts'
import type { Block, Reply } from './message.ts'
import { isPrivate, scoreGap } from './score-sight.ts'
import type { Turn } from './turn.ts'
import { day, lamps, percentText } from './wording.ts'

/** 最近, 快到期. */
const usualDays = 7
const mostNamed = 5

/**
 * What is open and due in the period that is asked about, else within a week; what is overdue stands first unless the
 * question is about other days. What comes next is always said.
 */
export async function listOf(turn: Turn, unit: Unit): Promise<Reply> {
  const { today, meaning, roster } = turn
  const open = await openOf(turn, unit)
  const { start, end, label } = periodOf(turn)
  const onlyOverdue = /逾期|超期|过期/.test(meaning.text)
  const isOverdue = ({ due }: Open) => due < today
  const isNow = start <= today && today <= end
  const meant = open.filter((one) => {
    if (onlyOverdue) return isOverdue(one)
    return (one.due >= start && one.due <= end) || (isNow && isOverdue(one))
  })
  const late = meant.filter(isOverdue).length
  const isOne = roster.children(unit.id).length === 0
  const reminders = meaning.units.length > 0 || onlyOverdue ? [] : await promised(turn)
  const later = onlyOverdue ? [] : open.filter((one) => one.due > end && !isOverdue(one))
  const inTime = reminders.filter(({ date }) => date >= start && date <= end)
  return {
    title: `${unit.name}期限（${day(today)}）`,
    blocks: [
      text(
        open.length === 0
          ? '涉及的指标都完成了。'
          : summary(meant.length - late, late, onlyOverdue ? '' : label),
      ),
      ...(meant.length > 0 ? [table(meant, turn, isOne)] : []),
      ...inTime.map((one) => text(`提醒里的：${one.text}`)),
      ...nextLines(later, turn, meant.length + inTime.length > 0),
    ],
  }
}

/** One indicator of one unit: due, how far, who answers for it; of several units how many are not done. */
export async function oneOf(turn: Turn, unit: Unit, indicator: Indicator): Promise<Reply> {
  const line = (await chartOf(turn, unit)).find((each) => each.indicator.id === indicator.id)
  if (!line || line.standing.share === 'na')
    throw new UserError(
      `${unit.name}不涉及“${indicator.name}”。涉及的单位，截止是${dayText(indicator.due, turn.now)}。`,
    )
  const { standing, cell } = line
  const at = (due: string, first = ''): [string, string] => [
    '截止',
    `${dayText(due, turn.now)}${first}，${daysLeft(turn.today, due)}`,
  ]
  const { mark, long } = lamps[standing.lamp]
  const { first, open } = cell ? await extensionOf(turn, line) : { first: '', open: undefined }
  const fieldsOfOne = (): [string, string][] => [
    at(line.due, first),
    ...(open ? [['延期', open] satisfies [string, string]] : []),
    ['完成', isPrivate(turn, line) ? scoreGap(turn) : `${line.shown}（${percentText(standing.share)}）`],
    ['状态', `${mark} ${long}`],
    ...vetoNotes([line]).map((note): [string, string] => ['否决', note]),
    ['责任人', cell?.responsible ?? '未指定'],
  ]
  const fieldsOfSeveral = async (): Promise<[string, string][]> => {
    const open = (await openOf(turn, unit)).filter((each) => each.indicator.id === indicator.id)
    if (open.length === 0) return [at(line.due), ['没完成', '没有，都完成了']]
    return open.flatMap(({ due, shown }): [string, string][] => [at(due), ['没完成', shown]])
  }
  return {
    title: `${unit.name} · ${indicator.name}`,
    blocks: [{ kind: 'fields', fields: cell ? fieldsOfOne() : await fieldsOfSeveral() }],
  }
}

function periodOf({ meaning: { text: said, day: named }, today }: Turn): Dates & { label: string } {
  const labelled = (dates: Dates, word = '') => {
    const span = dates.start === dates.end ? day(dates.start) : `${day(dates.start)}到${day(dates.end)}`
    return { ...dates, label: word ? `${word}（${span}）` : span }
  }
  if (/年底/.test(said)) return labelled({ start: today, end: `${today.slice(0, 4)}-12-31` })
  if (/(?<!下个?)月底/.test(said)) return labelled({ start: today, end: dayOf(monthOf(today), -1) })
  const found = findPeriod(said, today, 'ahead')
  const word = found ? said.slice(found.start, found.end) : ''
  if (found && !/^(?:最近|近期|近来|[这近]几天|这些天|快要?到期)$/.test(word))
    return labelled(found.period, word)
  if (named !== undefined && named >= today)
    return labelled({ start: /前/.test(said) ? today : named, end: named })
  return { start: today, end: addDays(today, usualDays), label: `${usualDays}天内` }
}

const table = (open: Open[], { today, now }: Turn, isOne: boolean): Block => ({
  kind: 'table',
  head: ['指标', isOne ? '完成' : '没完成', '截止', ''],
  rows: open.map(({ mark, indicator, shown, due }) => [
    `${mark}${indicator.name}`,
    shown,
    dayText(due, now),
    daysLeft(today, due),
  ]),
})

/** What is due first of all that is due later: in short where there is something nearer. */
function nextLines(later: Open[], { today, now }: Turn, short: boolean): Block[] {
  const [first] = later
  if (!first) return []
  const same = later.filter(({ due }) => due === first.due)
  if (short) return [text(`再往后是${dayText(first.due, now)}，${same.length}项。`)]
  const names = same.slice(0, mostNamed).map(({ indicator: { name }, shown }) => `${name} ${shown}`)
  const more = same.length > mostNamed ? `等${same.length}项` : ''
  const when = `${dayText(first.due, now)}（${daysLeft(today, first.due)}）`
  return [text(`接下来${when}：${names.join('、')}${more}`)]
}

/** @param label the period; empty = only what is overdue was asked for */
function summary(due: number, late: number, label: string): string {
  if (label === '') return late > 0 ? `已逾期${late}项。` : '没有逾期的。'
  return `${label}${due > 0 ? `到期${due}项` : '没有到期的'}${late > 0 ? `，已逾期${late}项` : ''}。`
}

const text = (words: string): Block => ({ kind: 'text', text: words })
