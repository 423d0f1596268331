// 更正 which number: the one that is named, else the last that this person reported (`domain.md` C3.9, C3.10).
import { pickIndicator, pickUnit } from './args.ts'
import type { ChartCell } from './database/progress.ts'
import { lastSaid, type ReportRow } from './database/reports-read.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { Question } from './question.ts'
import { cellOf, whichIndicator } from './reporting.ts'
import { demand, ownUnit, type Turn } from './turn.ts'

/** How long 刚才那个 reaches back. */
const recentMs = 24 * 3600_000

export interface Subject {
  unit: Unit
  indicator: Indicator
  cell: ChartCell
  /** The last thing that this person said of it; still waiting for an answer when it does not count. */
  said: ReportRow | undefined
}

/** What is to be corrected: as named, else the last that this person reported. */
export async function subjectOf(turn: Turn): Promise<Subject | Question> {
  const { meaning, roster, person, now, db } = turn
  const leaves = meaning.units.filter(({ candidates }) =>
    candidates.some(({ id }) => roster.children(id).length === 0),
  )
  if (meaning.indicators.length > 1 || leaves.length > 1)
    throw new UserError('一次更正一个数，请分开说，例如“更正：红色物业是3个”。')
  const spot = leaves[0] ?? meaning.units[0]
  const named = spot && pickUnit(turn, spot)
  if (named instanceof Question) return named
  const [what] = meaning.indicators
  const indicator = what && pickIndicator(turn, what)
  if (indicator instanceof Question) return indicator
  const since = new Date(now.getTime() - recentMs)
  const who = { campaign: roster.campaign.id, reporter: person?.id ?? 0, since }
  const said = await lastSaid(db, who, {
    ...{ units: named ? [named.id] : [], indicators: indicator ? [indicator.id] : [], id: meaning.number },
  })
  const [last] = said
  if (meaning.number !== undefined && !last)
    throw new UserError(`没有编号${meaning.number}的数，或者已经改过了。`)
  if (!indicator && said.length > 1) return whichOf(turn, said)
  const unit = named ?? (last && roster.units.get(last.unit_id)) ?? ownUnit(turn)
  if (!unit) throw new UserError('更正哪个单位的？请带上单位，例如“更正：金苑社区红色物业是3个”。')
  demand(turn, 'correct', unit, '更正')
  if (roster.children(unit.id).length > 0)
    throw new UserError(`${unit.name}的数是下面加起来的，请说更正哪个村（社区）的。`)
  const meant = indicator ?? (last && roster.indicators.get(last.indicator_id))
  if (!meant) return whichIndicator(turn, unit, '更正')
  const cell = await cellOf(turn, unit, meant)
  if (!cell?.applies) throw new UserError(`${unit.name}不涉及“${meant.name}”，没有数可以更正。`)
  if (meant.source !== 'chat')
    throw new UserError(`“${meant.name}”由系统从别处取数，不在群里更正；不对请找区专班。`)
  return { unit, indicator: meant, cell, said: last }
}

function whichOf({ meaning: { text }, roster }: Turn, said: ReportRow[]): Question {
  const options = said.flatMap(({ unit_id, indicator_id }) => {
    const [unit, indicator] = [roster.units.get(unit_id), roster.indicators.get(indicator_id)]
    if (!unit || !indicator) return []
    return { label: `${unit.short}·${indicator.name}`, words: `${unit.name}${indicator.name}，${text}` }
  })
  return new Question('更正哪一个？', options.slice(0, 20))
}
