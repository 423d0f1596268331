// What is asked before a checker's word is written: another number than was said, or one that nobody meant.

import { entryOf, show } from './campaign/entry.ts'
import { type Role, reach } from './campaign/permissions.ts'
import { toldOf } from './database/provenance.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { checkersIn, verificationsOf } from './database/verifications.ts'
import { UserError } from './errors.ts'
import type { Item } from './language/understand.ts'
import { Question } from './question.ts'
import type { Turn } from './turn.ts'
import type { Checked } from './verifying.ts'
import { day, moment } from './wording.ts'

/** The bot's own choices name the number: they mean this one, and none that comes in meanwhile. */
export const choice = (doing: '核实' | '退回', { unit, indicator, report }: Checked, reason = '') =>
  `${doing}${unit.name}${indicator.name} 编号${report.id}${reason && `，原因:${reason}`}`

/** 「核实金苑红色物业3个」 when the book says 2: a number that nobody looked at is neither confirmed nor returned. */
export function otherNumber(
  checked: Checked,
  doing: '核实' | '退回',
  amount: Item['amount'],
  reason: string,
): Question | undefined {
  const { unit, indicator, cell } = checked
  const meant = shown(checked, amount)
  const now = show(indicator, cell)
  if (meant === undefined || now === meant) return undefined
  const asking = `${unit.short}·${indicator.name} 现在记的是${now}，不是${meant}。怎么办？`
  const none = { label: '先不办', words: 'cancel' }
  if (doing === '退回')
    return new Question(asking, [{ label: `退回${now}`, words: choice('退回', checked, reason) }, none])
  return new Question(asking, [
    { label: `核实${now}`, words: choice('核实', checked) },
    { label: '退回，数不对', words: choice('退回', checked, `数不对，实际${meant}`) },
    none,
  ])
}

/** 退回 said again when the newest number went back already: the one below it was meant by nobody. */
export async function returnedBefore(
  turn: Turn,
  checked: Checked,
  amount: Item['amount'],
  reason: string,
): Promise<Question | undefined> {
  const { unit, indicator, cell, report } = checked
  const now = show(indicator, cell)
  if (turn.meaning.number !== undefined) return undefined
  const before = await lastReturned(turn, unit, indicator, cell.report_id)
  // 退回…1个, when 2 went back and 1 is left, means the 1; when another 1 went back, it may be said twice.
  if (!before || (shown(checked, amount) === now && before.old !== now)) return undefined
  return new Question(`${before.text}现在按${day(report.as_of)}的${now}算。这个${now}也要退回吗？`, [
    { label: `退回${now}`, words: choice('退回', checked, reason) },
    { label: '不用，等重新报', words: 'cancel' },
  ])
}

/** The number that a checker returned last, in words, when nothing has counted since. */
export async function lastReturned(
  { db }: Turn,
  unit: Unit,
  indicator: Indicator,
  counting: number | null,
): Promise<{ old: string; text: string } | undefined> {
  const all = await toldOf(db, [unit.id], { indicator: indicator.id, limit: 20 })
  const gone = all.filter(({ id, replaced }) => id > (counting ?? 0) && replaced === 'void')
  const found = await verificationsOf(
    db,
    gone.map(({ id }) => id),
  )
  const rejected = found.findLast(({ result }) => result === 'rejected')
  const last = gone.find(({ id }) => id === rejected?.report)
  if (!rejected || !last) return undefined
  const old = `${last.op === 'add' ? '新增' : ''}${show(indicator, { ...last, report_id: last.id })}`
  const by = `${rejected.name} ${moment(rejected.at)}`
  return { old, text: `${unit.short}·${indicator.name} ${old} 已由${by}退回（${rejected.note}），` }
}

/** @throws UserError when somebody else may confirm this number: nobody vouches for what is their own */
export async function demandOther(turn: Turn, unit: Unit, name: string): Promise<void> {
  const { db, roster, person } = turn
  const reaches = (role: Role, own: number | null) => {
    const how = reach(role, 'verify')
    return how === 'all' || (how === 'tree' && own !== null && roster.isWithin(unit.id, own))
  }
  const checkers = await checkersIn(db, roster.campaign.id)
  const others = checkers.filter((one) => one.id !== person?.id && reaches(one.role, one.unit))
  const names = [...new Set(others.map((one) => one.name))]
  if (names.length === 0) return
  const some = `${names.slice(0, 3).join('、')}${names.length > 3 ? `等${names.length}人` : ''}`
  throw new UserError(`${name}是您自己报的，要由别人来核实（${some}）。`)
}

/** The number as it was said, in the form the book shows; undefined when it fits no such number. */
function shown({ indicator, cell }: Checked, amount: Item['amount']): string | undefined {
  if (!amount || ['yes', 'no', 'whole'].includes(amount.kind)) return undefined
  const said = entryOf({ ...indicator, target: cell.target }, amount, false)
  return typeof said === 'string' ? undefined : show(indicator, { ...cell, ...said })
}
