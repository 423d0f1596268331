// 更正: what is right, and what has to be asked before it replaces the other (`domain.md` C3.3, C3.9).
import Fraction from 'fraction.js'
import { type CellState, stateOn } from './campaign/cell.ts'
import { type Entry, entryOf, impossible, show } from './campaign/entry.ts'
import type { Subject } from './correcting-subject.ts'
import { historyOf, type ReportRow, withId } from './database/reports-read.ts'
import { UserError } from './errors.ts'
import { type Correction, isUnheard, readCorrection } from './language/correction.ts'
import { Question } from './question.ts'
import { dayOf } from './reporting.ts'
import { yuanOrMore } from './ten-thousands.ts'
import type { Turn } from './turn.ts'
import { day } from './wording.ts'

export interface Right {
  entry: Entry
  asOf: string
  /** The event that is replaced. */
  wrong: ReportRow
}

/** The number as a report, when there is none to correct. */
export interface Reported {
  report: Entry
  /** A reason to ask even though the number itself is believable. */
  doubt?: string
}

/** @returns what is to be written, or what must be asked first */
export async function rightOf(turn: Turn, subject: Subject): Promise<Right | Question | Reported> {
  const { unit, indicator, cell, said } = subject
  const read = readCorrection(turn.meaning, Object.keys(indicator.steps))
  const asOf = dayOf(turn)
  const { events, baseline } = await historyOf(turn.db, { unit_id: unit.id, indicator_id: indicator.id })
  const state = stateOn(events, asOf, baseline)
  const waits = said !== undefined && said.id === cell.pending_id && said.as_of >= asOf
  if (turn.meaning.number !== undefined && !waits && said?.id !== state.report_id)
    throw new UserError(
      `编号${said?.id}后来又报过了，现在是${show(indicator, state)}。要改现在的，请说“更正：${unit.short}${indicator.name}是…”。`,
    )
  const present = waits ? { ...cell, ...said, report_id: said.id } : state
  const entry = entryFrom(turn, subject, read, present)
  if (entry instanceof Question) return entry
  // What waits for an answer is not in the book: the number said now is reported in its place.
  if (waits)
    return { report: said.op === 'add' && read.change !== undefined ? { ...entry, op: 'add' } : entry }
  const old = oldSaid(subject, read, state)
  const isOld = old === undefined ? undefined : old === show(indicator, state)
  const now = show(indicator, { ...state, ...entry, report_id: 0 })
  const when = turn.meaning.day === undefined ? '' : `${day(asOf)}`
  if (read.how === 'moved' && isOld === false) {
    const words = sentence(turn, subject, `${when}报数 `, now)
    const asking = `${unit.short}·${indicator.name} 现在记的是${show(indicator, state)}，不是${old}。按${now}报吗？`
    return new Question(asking, [{ label: `按${now}报`, words }, none], { yes: true })
  }
  if (read.how === 'moved' || (read.how === 'misspoken' && !isOld))
    return { report: entry, ...(isUnheard(read) && { doubt: unheard(read) }) }
  const wrong = state.report_id === null ? undefined : await withId(turn.db, state.report_id)
  if (!wrong) {
    const words = sentence(turn, subject, `${when}报数 `, now)
    const options = [{ label: `按${now}报`, words }, none]
    return new Question(`${unit.short}·${indicator.name}${when || '还'}没报过，就按${now}报吗？`, options)
  }
  const both = wrong.op === 'add' && !isOld && addedOrAll(turn, subject, { state, wrong, entry, when })
  if (both) return both
  const doubt = doubtOf(turn, subject, read, { state, entry, ...(isOld === false && { old }) })
  if (doubt) {
    const words = sentence(turn, subject, `${when}更正 确定 `, `改成${now}`)
    return new Question(doubt, [{ label: `改成${now}`, words }, none], { yes: true })
  }
  return { entry, asOf, wrong }
}

/** 「刚才那个不对，是1个」 after 新增2个: one more, or one in all? */
function addedOrAll(
  turn: Turn,
  subject: Subject,
  { state, wrong, entry, when }: { state: CellState; wrong: ReportRow; entry: Entry; when: string },
): Question | undefined {
  const { text } = turn.meaning
  if (isSure(text) || /累计|一共|总共|合计|总数|多报|少报|漏报|报多|报少/.test(text)) return undefined
  const { unit, indicator } = subject
  const without = new Fraction(state.value ?? 0).sub(wrong.value ?? 0)
  const all = without.add(entry.value ?? 0).toString()
  const shown = (value: string | null) => show(indicator, { ...state, ...entry, value, report_id: 0 })
  const words = (value: string | null) => sentence(turn, subject, `${when}更正 确定 `, `改成${shown(value)}`)
  return new Question(
    `${unit.short}·${indicator.name} 上次报的是新增${shown(wrong.value)}，累计${shown(state.value)}。${shown(entry.value)}是？`,
    [
      { label: `累计${shown(entry.value)}`, words: words(entry.value) },
      { label: `新增${shown(entry.value)}，累计${shown(all)}`, words: words(all) },
      none,
    ],
  )
}

/** The bot's own choice: it was asked already. */
const isSure = (text: string) => /^(?:\d+月\d+日)?更正 确定 /.test(text)

/** The bot takes this choice as a refusal. */
const none = { label: '不改', words: 'cancel' }

/** The whole sentence again, with full names: nothing in it has to be guessed any more. */
function sentence({ meaning }: Turn, { unit, indicator }: Subject, head: string, amount: string): string {
  const why = meaning.reason ? `，原因:${meaning.reason.reason}` : ''
  return `${head}${unit.name}${indicator.name}${amount}${why}`
}

function entryFrom(
  turn: Turn,
  { unit, indicator, cell }: Subject,
  read: Correction,
  present: Omit<CellState, 'pending_id'>,
): Entry | Question {
  const { text } = turn.meaning
  const what = `${unit.short}·${indicator.name}`
  if (read.change !== undefined) {
    if (indicator.kind !== 'count' && indicator.kind !== 'amount')
      throw new UserError(`${what}请直接说正确的，例如“更正：${indicator.name}是…”。`)
    if (present.report_id === null) throw new UserError(`${what}还没报过，请直接报现在的累计数。`)
    const { target } = cell
    const asked =
      read.off && !isSure(text)
        ? yuanOrMore(what, indicator, { said: text, amount: read.off, target })
        : undefined
    if (asked) return asked
    // 少报了两万 where 万元 are counted.
    const off = read.off && entryOf({ ...indicator, target: null }, read.off, true)
    if (typeof off === 'string') throw new UserError(off)
    const value = new Fraction(present.value ?? 0).add(off?.value ?? read.change).toString()
    return { op: 'set', value, num: null, den: null, step: null }
  }
  if (!read.value || read.unclear) {
    if (read.unclear)
      throw new UserError('句子里有几个数，没听出哪个是对的。请这样说：“更正：红色物业是3个”。')
    const now = present.report_id === null ? '' : `现在记的是${show(indicator, present)}，`
    return new Question(`${what} ${now}应该是多少？`, [], { said: text, number: true })
  }
  const { target } = cell
  const asked = isSure(text)
    ? undefined
    : yuanOrMore(what, indicator, { said: text, amount: read.value, target })
  if (asked) return asked
  const entry = entryOf({ ...indicator, target }, read.value, false)
  if (typeof entry === 'string') throw new UserError(entry.replace('请这样报', '请这样更正'))
  return entry
}

/** A correction is believed (`domain.md` C3.9), but for what cannot be, what is far too much, and what was overheard. */
function doubtOf(
  { meaning: { text } }: Turn,
  { unit, indicator, cell }: Subject,
  read: Correction,
  { state, entry, old }: { state: CellState; entry: Entry; old?: string | undefined },
): string | undefined {
  if (isSure(text)) return undefined
  const measure = { ...indicator, target: cell.target, baseline: cell.baseline }
  const now = show(indicator, { ...state, ...entry, report_id: 0 })
  const what = `${unit.short}·${indicator.name}`
  if (isUnheard(read)) return `${what} 改成${now}（${unheard(read)}）。这样改吗？`
  if (old !== undefined) return `${what} 现在记的是${show(indicator, state)}，不是${old}。改成${now}吗？`
  const why = impossible(measure, entry)
  return why && `${what} ${now}（${why}）。这样改吗？`
}

const unheard = ({ rest }: Correction) => `“${rest.slice(0, 20)}”没听懂`

/** What the sentence says the number was, as the book would show it; 0 is what nobody has reported yet. */
function oldSaid({ indicator, cell }: Subject, read: Correction, state: CellState): string | undefined {
  const old = read.old && entryOf({ ...indicator, target: cell.target }, read.old, false)
  if (!old || typeof old === 'string') return undefined
  if (state.report_id === null && old.value !== null && new Fraction(old.value).equals(0)) return undefined
  return show(indicator, { ...state, ...old, report_id: 0 })
}
