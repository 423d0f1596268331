// Numbers for somebody else: whom it is told, why the district does it, and what is noted of it (`domain.md` C2, C3.6).
import { type Action, reach } from './campaign/permissions.ts'
import { zeroing } from './chart.ts'
import { audit } from './database/audit.ts'
import { secretariesOf } from './database/clerks.ts'
import type { Executor } from './database/connection.ts'
import { chartCells } from './database/progress.ts'
import type { Author, Then, Written } from './database/reports.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { findReason } from './language/reason.ts'
import { reasonOrElse } from './language/second-thought.ts'
import { lines } from './message.ts'
import type { Push } from './push.ts'
import { Question } from './question.ts'
import { ownUnit, type Turn } from './turn.ts'
import { receipt } from './wording.ts'

/** Who writes, with the sentence as it was meant: an answer to a question is kept with what it completes. */
export function authorOf({ person, message, meaning, roster, now }: Turn): Author {
  if (!person) throw new UserError('我还不认识您。')
  return { roster, person, message: { ...message, text: meaning.text }, now }
}

/**
 * The district's clerks say why they change a unit's numbers (`domain.md` C2): the answer completes the sentence.
 * @throws UserError when the answer gives it up instead: nothing is written then
 */
export function reasonAsked(turn: Turn, action: Action, units: Unit[]): Question | undefined {
  const { meaning } = turn
  if (!units.some((unit) => isDistrictOnly(turn, action, unit))) return undefined
  const said = meaning.reason && !turn.chosen ? reasonOrElse(meaning.reason.reason) : meaning.reason
  if (said === 'drop') throw new UserError('好，没有改，数还是原来的。')
  if (said && said !== 'ask') return undefined
  const text = meaning.reason ? meaning.text.slice(0, meaning.reason.start).trim() : meaning.text
  const why = ['按区台账补报', '下面报错了', '重复统计']
  const options = why.map((label) => ({ label, words: `${text}，原因:${label}` }))
  const [first, ...others] = [...new Set(units)]
  const whose = others.length > 0 ? '这些数' : `${first?.short}的数`
  const head = said === 'ask' ? '还没有改。' : ''
  return new Question(`${head}${whose}为什么由区里改？`, options, { said: `${text}，原因:`, free: true })
}

/** Whether only working for the whole district lets the person do it. */
function isDistrictOnly({ person, roster }: Turn, action: Action, unit: Unit): boolean {
  const duties = person?.duties.filter(({ role, unit: own }) => {
    const how = reach(role, action)
    if (how === 'tree') return own !== null && roster.isWithin(unit.id, own)
    return how === 'all' || (how === 'own' && unit.id === own)
  })
  return duties?.length ? duties.every(({ role }) => role === 'district_admin') : false
}

/**
 * What follows from numbers that count: the unit's secretaries hear of what somebody else did to them, and what the
 * district did is noted with its reason.
 * @param also people who are to hear of it besides; `reason` when it stands in an earlier sentence
 */
export function afterwards(turn: Turn, more: { also?: number[]; reason?: string } = {}): Then {
  return async (tx, written) => {
    const counting = written.filter(({ pending }) => !pending)
    const own = ownUnit(turn)?.id
    for (const id of new Set(counting.map(({ unit }) => unit))) {
      const unit = turn.roster.units.get(id)
      const numbers = counting.filter((one) => one.unit === id)
      if (unit && id !== own) await tell(tx, turn, unit, numbers, more.also ?? [])
    }
    const reason = turn.meaning.reason?.reason ?? more.reason ?? ''
    const asClerk = counting.filter(({ unit: id, entry: { op } }) => {
      const unit = turn.roster.units.get(id)
      return (
        unit && isDistrictOnly(turn, op === 'void' ? 'undo' : op === 'correct' ? 'correct' : 'report', unit)
      )
    })
    for (const one of asClerk) await note(tx, turn, one, reason)
  }
}

async function tell(tx: Executor, turn: Turn, unit: Unit, written: Written[], also: number[]): Promise<void> {
  const { roster, person, now, today } = turn
  const [first] = written
  const people = [...new Set([...(await secretariesOf(tx, unit.id)), ...also])].filter(
    (id) => id !== person?.id,
  )
  if (!first || people.length === 0) return
  const indicators = written.flatMap(({ indicator }) => roster.indicators.get(indicator) ?? [])
  const cells = await chartCells(tx, roster, [unit.id], indicators)
  const did = { void: '撤回了', correct: '代更正', set: '代报', add: '代报', zero: '代报' }[first.entry.op]
  const vetoes = await zeroing({ db: tx, roster, today })
  const changes = written.slice(0, 10).map((one) => {
    const cell = cells.find(({ indicator }) => indicator === one.indicator)
    return `${person?.name}${did} ${receipt(turn, one, cell, vetoes)}`
  })
  if (written.length > changes.length) changes.push(`等${written.length}项`)
  const pushes = people.map(
    (to): Push => ({
      ...{ campaign: roster.campaign.id, to: { person: to }, kind: 'notice', reply: lines(changes) },
      ...{ key: `behalf:${first.id}:${to}`, due: now },
    }),
  )
  await turn.push(tx, pushes)
}

async function note(
  tx: Executor,
  { roster, person, now }: Turn,
  one: Written,
  reason: string,
): Promise<void> {
  const names = [roster.units.get(one.unit)?.name, roster.indicators.get(one.indicator)?.name].join(' ')
  const deed = { campaign: roster.campaign.id, at: now, actor: person?.name ?? '', reason }
  await audit(tx, {
    ...{ ...deed, action: `report_${one.entry.op}`, subject: `${names} 编号${one.id}` },
    ...{ before: one.before, after: one.after },
  })
}

/** The reason that an earlier sentence gave. */
export const reasonIn = (texts: string[]) => texts.map((text) => findReason(text)?.reason).find(Boolean)
