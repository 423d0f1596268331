// From what was said to what is written, and to the line or the question that goes back (`domain.md` C3).

import { pickIndicator, pickUnit } from './args.ts'
import { entryOf, show } from './campaign/entry.ts'
import { type ChartCell, chartCells } from './database/progress.ts'
import type { NewReport, Written } from './database/reports.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { Item } from './language/understand.ts'
import { Question } from './question.ts'
import { demand, ownUnit, type Turn } from './turn.ts'
import { receipt } from './wording.ts'

/** One number as the person means it; an indicator or amount that is missing is asked for. */
export interface Meant {
  unit: Unit
  indicator: Indicator
  amount: NonNullable<Item['amount']>
  add: boolean
}

/** @returns everything the sentence reports, or the question that has to be answered first */
export function meantBy(turn: Turn, fallback: Unit | undefined): Meant[] | Question {
  const meant: Meant[] = []
  for (const item of turn.meaning.items) {
    const unit = item.unit ? pickUnit(turn, item.unit) : fallback
    if (unit instanceof Question) return unit
    if (!unit) throw new UserError('报哪个单位的？请带上单位，例如“金苑社区红色物业3个”。')
    const indicator = item.indicator ? pickIndicator(turn, item.indicator) : whichIndicator(turn, unit)
    if (indicator instanceof Question) return indicator
    if (!item.amount) return askAmount(turn, unit, indicator)
    meant.push({ unit, indicator, amount: item.amount, add: item.add })
  }
  return meant
}

/** @throws UserError when the person may not, or the number does not fit the indicator */
export async function reportsOf(turn: Turn, meant: Meant[]): Promise<NewReport[]> {
  const own = ownUnit(turn)
  const reports: NewReport[] = []
  for (const { unit, indicator, amount, add } of meant) {
    demand(turn, 'report', unit, '报数')
    const cell = await cellOf(turn, unit, indicator)
    if (!cell?.applies) throw new UserError(`${unit.name}不涉及“${indicator.name}”，不用报。`)
    if (indicator.source !== 'chat')
      throw new UserError(`“${indicator.name}”由系统从别处取数，不用在群里报。`)
    const entry = entryOf({ ...indicator, target: cell.target }, amount, add)
    if (typeof entry === 'string') throw new UserError(entry)
    const rest = turn.meaning.rest
    reports.push({
      ...{ unit, indicator, entry, target: cell.target },
      asOf: turn.meaning.day ?? turn.today,
      onBehalf: unit.id !== own?.id,
      ...(rest.length >= 2 && { doubt: `“${rest.slice(0, 20)}”没听懂` }),
    })
  }
  return reports
}

/** 今天没有新进展: refreshes the date of everything the unit has reported (`domain.md` C3.8). */
export async function nothingNew(turn: Turn, own: Unit | undefined): Promise<NewReport[]> {
  const unit = turn.meaning.units[0] ? pickUnit(turn, turn.meaning.units[0]) : own
  if (!unit || unit instanceof Question) throw new UserError('哪个单位没有新进展？请带上单位全称。')
  demand(turn, 'report', unit, '报数')
  const cells = await chartCells(turn.db, turn.roster, [unit.id])
  const entry = { op: 'zero' as const, value: null, num: null, den: null, step: null }
  const reports = cells.flatMap((cell): NewReport[] => {
    const indicator = turn.roster.indicators.get(cell.indicator)
    if (!indicator || !cell.reported || indicator.source !== 'chat') return []
    const asOf = turn.meaning.day ?? turn.today
    return [{ unit, indicator, entry, asOf, target: cell.target, onBehalf: unit.id !== own?.id }]
  })
  if (reports.length === 0) throw new UserError(`${unit.name}还没有报过数，没有什么可以照旧的。`)
  return reports
}

/** The receipt of what counts, or the question about what is doubted. */
export async function answerFor(turn: Turn, written: Written[]): Promise<Question> {
  const lines: string[] = []
  for (const one of written) {
    const unit = turn.roster.units.get(one.unit)
    const indicator = turn.roster.indicators.get(one.indicator)
    const cell = unit && indicator && (await cellOf(turn, unit, indicator))
    lines.push(receipt(turn.roster, one, cell, turn.today))
  }
  const [first] = written
  const number = `编号${first?.id}`
  if (!written.some(({ pending }) => pending))
    return new Question(`已记 ${lines.join('\n已记 ')}`, [{ label: '回1撤回', words: `撤回 ${number}` }], {
      done: true,
    })
  return doubtful(turn, written, number)
}

/** Nothing counts yet: what was understood, why it is doubted, and what may be answered. */
function doubtful(turn: Turn, written: Written[], number: string): Question {
  const described = written.map((one) => {
    const unit = turn.roster.units.get(one.unit)
    const indicator = turn.roster.indicators.get(one.indicator)
    if (!unit || !indicator) throw new Error(`report ${one.id} is of no known unit or indicator`)
    const amount = `${one.entry.op === 'add' ? '新增' : ''}${show(indicator, { ...one.after, ...one.entry, report_id: one.id })}`
    return {
      what: `${unit.short}·${indicator.name} ${amount}`,
      doubt: one.doubt,
      indicator,
      entry: one.entry,
    }
  })
  const asked = described.map(({ what, doubt }) => (doubt === undefined ? what : `${what}（${doubt}）`))
  const [only] = described
  const mayBeIncrement =
    described.length === 1 &&
    only?.entry.op === 'set' &&
    only.doubt?.startsWith('比') === true &&
    (only.indicator.kind === 'count' || only.indicator.kind === 'amount')
  return new Question(`${asked.join('；')}。这样记吗？`, [
    { label: '对，就这样记', words: `确认 ${number}` },
    ...(mayBeIncrement ? [{ label: '是新增的，加到原来的数上', words: `按新增 ${number}` }] : []),
    { label: '不对，不记', words: `取消 ${number}` },
  ])
}

function whichIndicator(turn: Turn, unit: Unit): Question {
  const { text } = turn.meaning
  const open = [...turn.roster.indicators.values()].filter(
    ({ appliesTo, source }) => appliesTo.includes(unit.level) && source === 'chat',
  )
  const options = open.map(({ name }) => ({ label: name, words: `${text} ${name}` }))
  return new Question(`${unit.name}报哪一项？`, options, { said: text })
}

function askAmount(turn: Turn, unit: Unit, indicator: Indicator): Question {
  const { text } = turn.meaning
  const choices =
    indicator.kind === 'yes_no'
      ? ['已落实', '没落实']
      : indicator.kind === 'milestone'
        ? Object.keys(indicator.steps)
        : []
  const example = indicator.kind === 'ratio' ? '38/40' : `3${indicator.uom}`
  const asking = `${unit.short}·${indicator.name}完成多少？${choices.length > 0 ? '' : `例如“${example}”。`}`
  const options = choices.map((choice) => ({ label: choice, words: `${text} ${choice}` }))
  return new Question(asking, options, { said: text })
}

async function cellOf(turn: Turn, unit: Unit, indicator: Indicator): Promise<ChartCell | undefined> {
  const [cell] = await chartCells(turn.db, turn.roster, [unit.id], [indicator])
  return cell
}
