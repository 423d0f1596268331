// 核实 and 退回: a checker's word about the number that counts now (`domain.md` C2 verify, C3.7).

import { pickIndicator, pickUnit } from './args.ts'
import { show } from './campaign/entry.ts'
import { zeroing } from './chart.ts'
import { dateOf, timeOf } from './clock.ts'
import type { ChartCell } from './database/progress.ts'
import { toldOf } from './database/provenance.ts'
import { supersede, type Then } from './database/reports.ts'
import { type ReportRow, withId } from './database/reports-read.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { addVerification, verificationsOf } from './database/verifications.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { afterwards, authorOf } from './on-behalf.ts'
import { Question } from './question.ts'
import { cellOf, whichIndicator } from './reporting.ts'
import { demand, type Turn } from './turn.ts'
import { demandOther, lastReturned } from './verifying-doubts.ts'
import { receipt } from './wording.ts'

export interface Checked {
  unit: Unit
  indicator: Indicator
  cell: ChartCell
  /** The event that made the present value. */
  report: ReportRow
}

const changed = '这个数刚才变了，请看一下现在的数再说。'

/** The number that is checked: it must be there, count, be somebody else's and, where one is named, have that 编号. */
export async function checkedOf(turn: Turn, doing: '核实' | '退回'): Promise<Checked | Question> {
  const { meaning, person, db } = turn
  const place = await placeOf(turn, doing)
  if (place instanceof Question) return place
  const { unit, indicator } = place
  const cell = await cellOf(turn, unit, indicator)
  const name = `${unit.short}·${indicator.name}`
  if (indicator.kind === 'score' && turn.message.chat.kind === 'group')
    throw new UserError(`“${indicator.name}”的成绩不在群里说，请私聊我${doing}。`)
  if (!cell?.applies) throw new UserError(`${unit.name}不涉及“${indicator.name}”。`)
  if (cell.pending_id !== null)
    throw new UserError(`${name}有一条待核的数（编号${cell.pending_id}），等报的人确认或取消以后再${doing}。`)
  const report = cell.report_id === null ? undefined : await withId(db, cell.report_id)
  if (!report) {
    const before = doing === '退回' ? await lastReturned(turn, unit, indicator, null) : undefined
    throw new UserError(
      before ? `${before.text}现在未报，等重新报。` : `${name}还没有报过数，没有什么可${doing}的。`,
    )
  }
  if (meaning.number !== undefined && meaning.number !== report.id)
    throw new UserError(
      `${name}现在的数不是编号${meaning.number}了，是${show(indicator, cell)}。要${doing}它，请说“${doing}${unit.name}${indicator.name}”。`,
    )
  if (report.reporter_id === person?.id) {
    if (doing === '退回') throw new UserError(`${name}是您自己报的，不用退回：说“撤回”或“更正”。`)
    await demandOther(turn, unit, name)
  }
  return { unit, indicator, cell, report }
}

/** Which cell: as named, or the one that the 编号 belongs to. */
async function placeOf(
  turn: Turn,
  doing: '核实' | '退回',
): Promise<{ unit: Unit; indicator: Indicator } | Question> {
  const { meaning, roster, db } = turn
  const places = meaning.units.filter(({ candidates }) =>
    candidates.some(({ id }) => roster.children(id).length === 0),
  )
  if (places.length > 1 || meaning.indicators.length > 1)
    throw new UserError(`一次${doing}一个数，请分开说，例如“${doing}金苑社区红色物业”。`)
  const row = meaning.number === undefined ? undefined : await withId(db, meaning.number)
  const spot = places[0] ?? meaning.units[0]
  const unit = spot ? pickUnit(turn, spot) : roster.units.get(row?.unit_id ?? 0)
  if (!unit) return new Question(`${doing}哪个村（社区）的？请说全称。`, [], { said: meaning.text })
  if (unit instanceof Question) return unit
  demand(turn, 'verify', unit, doing)
  if (roster.children(unit.id).length > 0)
    throw new UserError(`${unit.name}的数是下面加起来的，请说${doing}哪个村（社区）的。`)
  const [what] = meaning.indicators
  const numbered = unit.id === row?.unit_id ? roster.indicators.get(row.indicator_id) : undefined
  const indicator = what ? pickIndicator(turn, what) : (numbered ?? whichIndicator(turn, unit, doing))
  return indicator instanceof Question ? indicator : { unit, indicator }
}

/** @throws UserError when this person has said so already, or the number has changed meanwhile */
export async function verify(turn: Turn, checked: Checked): Promise<Reply> {
  const { roster, person, now, today, db } = turn
  const { unit, indicator, cell, report } = checked
  if (!person) throw new UserError('我还不认识您。')
  const campaign = roster.campaign.id
  await writing(db, campaign, async (tx) => {
    const counting = await cellOf({ ...turn, db: tx as typeof db }, unit, indicator)
    if (counting?.report_id !== report.id || counting.pending_id !== null) throw new UserError(changed)
    const before = await verificationsOf(tx, [report.id])
    if (before.some((one) => one.person === person.id)) throw new UserError('这个数您已经核实过了。')
    await addVerification(tx, { campaign, report: report.id, person, at: now, result: 'verified', note: '' })
  })
  const same = { id: report.id, unit: unit.id, indicator: indicator.id, asOf: today, pending: false }
  const entry = { op: 'set' as const, value: null, num: null, den: null, step: null }
  const words = receipt(turn, { ...same, entry, before: cell, after: cell }, cell, await zeroing(turn))
  return line(`已核实 ${words.replace('仍是', '')}${await justReported(turn, report)}`)
}

/** A number of today may be another than the one that the checker looked at: whose it is is said with it. */
async function justReported({ db, today }: Turn, { id, unit_id, indicator_id }: ReportRow): Promise<string> {
  const told = await toldOf(db, [unit_id], { indicator: indicator_id, limit: 20 })
  const one = told.find((each) => each.id === id)
  if (!one?.reporter || one.platform === 'import' || dateOf(one.reported_at) !== today) return ''
  return `，${one.reporter}今天${timeOf(one.reported_at)}报的`
}

/** Takes the report out of the book, keeps why, and tells whoever reported it. */
export async function reject(turn: Turn, checked: Checked, reason: string): Promise<Reply> {
  const { roster, person, now, db } = turn
  const { unit, indicator, report } = checked
  if (!person) throw new UserError('我还不认识您。')
  const campaign = roster.campaign.id
  const name = `${unit.short}·${indicator.name}`
  const tell = afterwards(turn)
  const then: Then = async (tx, written) => {
    const [one] = written
    if (one?.before.report_id !== report.id) throw new UserError(changed)
    await addVerification(tx, {
      campaign,
      report: report.id,
      person,
      at: now,
      result: 'rejected',
      note: reason,
    })
    const [old, left] = [show(indicator, one.before), show(indicator, one.after)]
    if (report.reporter_id === null) return tell(tx, written)
    const text = `您报的 ${name} ${old} 被退回：${reason}（${person.name}）。现在按${left}算，请核对后重新报。`
    const push = { campaign, to: { person: report.reporter_id }, kind: 'notice' as const, reply: line(text) }
    await turn.push(tx, [{ ...push, key: `rejected:${report.id}`, due: now }])
  }
  const [one] = await supersede(db, authorOf(turn), [report], 'void', then)
  if (!one) throw new UserError(changed)
  const [old, left] = [show(indicator, one.before), show(indicator, one.after)]
  const told = report.reporter_id === null ? '' : '已私下告诉报数的人。'
  return line(`已退回 ${name} ${old}→${left}，原因：${reason}。${told}`)
}
