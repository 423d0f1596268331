// An errata: what a published bulletin said, and what it should have said (`domain.md` C8, N10). Pure.

import { fitting, named } from './bulletin-words.ts'
import { show } from './campaign/entry.ts'
import type { Corrected } from './database/bulletin-corrections.ts'
import type { Bulletin } from './database/bulletins.ts'
import type { Roster, Unit } from './database/roster.ts'
import type { UnitStanding } from './database/standings.ts'
import type { Reply } from './message.ts'
import { boardOf, type Totals } from './ranking-board.ts'
import { momentText } from './ranking-words.ts'

export interface Recomputed {
  changed: Corrected['changed']
  /** The snapshot as it was published. */
  published: Totals & { takenAt: Date }
  /** How far each unit was in it, without points by document. */
  completion: (unit: UnitStanding) => string | null
  /** From the same reports with and without the corrections: what differs is theirs. */
  without: UnitStanding[]
  corrected: UnitStanding[]
}

/**
 * Lists the numbers that were corrected, and the totals and places that follow from them.
 * @returns undefined when nothing that the bulletin told is different
 */
export function errata(
  roster: Roster,
  unit: Unit,
  bulletin: Pick<Bulletin, 'number' | 'kind' | 'reply'>,
  { changed, ...recomputed }: Recomputed,
): Reply | undefined {
  const { published } = recomputed
  const mine = changed.filter(({ was, now }) => {
    const indicator = roster.indicators.get(was.indicator)
    const isSame = indicator && show(indicator, was) === show(indicator, now)
    return roster.isWithin(was.unit, unit.id) && !isSame
  })
  const sameRules = published.ruleVersion === roster.campaign.ruleVersion
  const results = sameRules ? resultsOf(roster, unit, recomputed) : undefined
  const speaksOfNumbers = bulletin.kind === 'indicator' || !sameRules
  if (results?.length === 0 && !(speaksOfNumbers && mine.length > 0)) return undefined
  if (mine.length === 0) return undefined
  const numbers = mine.flatMap(({ was, now }) => {
    const indicator = roster.indicators.get(was.indicator)
    // People's own test scores are not told in groups (`domain.md` N25).
    if (!indicator || indicator.kind === 'score') return []
    const name = roster.units.get(was.unit)?.short
    return [`${name}·${indicator.name} ${show(indicator, was)}→${show(indicator, now)}`]
  })
  return fitting(`对第${bulletin.number}号通报的勘误：${bulletin.reply.title ?? ''}`, (most) => [
    ...(numbers.length > 0 ? [`更正的数：${named(numbers, most)}。`] : []),
    ...(results ?? []).map(({ label, names }) => `${label}：${named(names, most)}。`),
    ...(sameRules ? [] : ['规则已调整，得分和名次不再重算。']),
    `其余不变。数据截至${momentText(published.takenAt)}。`,
  ])
}

function resultsOf(
  roster: Roster,
  unit: Unit,
  { published, completion, without, corrected }: Omit<Recomputed, 'changed'>,
): { label: string; names: string[] }[] {
  const before = new Map(without.map((one) => [one.unit.id, one.total]))
  const after = new Map(corrected.map((one) => [one.unit.id, one.total]))
  const differs = (id: number) => before.get(id) !== after.get(id)
  const told = (id: number) => published.units.get(id)?.total ?? '未参评'
  const children = roster.children(unit.id)
  // Only what the corrections changed is changed: what targets have become since is no mistake of the bulletin.
  const now: Totals = {
    ruleVersion: published.ruleVersion,
    units: new Map(
      children.flatMap(({ id }) => {
        const one = published.units.get(id)
        return one ? [[id, differs(id) ? { ...one, total: after.get(id) ?? null } : one] as const] : []
      }),
    ),
  }
  const moved = boardOf(children, now, published).groups.flatMap(({ lines }) =>
    lines.flatMap(({ of, rank, movement }) =>
      typeof movement === 'number' && movement !== 0
        ? [{ id: of.id, text: `第${rank + movement}名→第${rank}名` }]
        : [],
    ),
  )
  const movedText = (id: number) => moved.find((one) => one.id === id)?.text
  const [was, is] = [without, corrected].map((all) => all.find((one) => one.unit.id === unit.id))
  const own = was && is && was.completion !== is.completion ? [`${completion(was)}%→${is.completion}%`] : []
  const totals = children
    .filter(({ id }) => differs(id))
    .map(({ id, short }) => {
      const place = movedText(id)
      return `${short} ${told(id)}→${after.get(id) ?? '未参评'}${place ? `（${place}）` : ''}`
    })
  const others = children
    .filter(({ id }) => !differs(id) && movedText(id) !== undefined)
    .map(({ id, short }) => `${short} ${movedText(id)}`)
  return [
    { label: '总体完成', names: own },
    { label: '得分', names: totals },
    { label: '名次随之变动', names: others },
  ].filter(({ names }) => names.length > 0)
}
