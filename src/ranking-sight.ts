// Who may see which part of a ranking, and where (`domain.md` C2, N13, N25).
import type { Unit } from './database/roster.ts'
import { ownUnit, type Place, scopeOf } from './turn.ts'

export interface Sight {
  /** It is about somebody's own test scores. */
  personal?: boolean
  /** All communities and villages of the district at once. */
  everybody?: boolean
}

/**
 * Whether the whole table of the units below `scope` may be shown. In a group, `full` shows the tables of the group's
 * own scope and of the district's streets, `top3` none. In private `top3` leaves it to the role: who looks after the
 * scope sees all of it. Of somebody's own test scores it is the role, in private, always.
 */
export function seesAll(place: Place, scope: Unit, { personal, everybody }: Sight = {}): boolean {
  const { message, roster, chatUnit } = place
  const isGroup = message.chat.kind === 'group'
  if (personal || roster.campaign.settings.ranking_visibility === 'top3')
    return !isGroup && looksAfter(place, scope)
  if (scope.id === roster.root.id && !everybody) return true
  if (isGroup && chatUnit) return roster.isWithin(scope.id, chatUnit.id)
  return roster.isWithin(scope.id, scopeOf(place).id) || looksAfter(place, scope)
}

/**
 * Whether one unit's place and score may be told: one's own always, others' where their table may be seen. The first
 * three, which everybody sees, `bestReply` tells.
 */
export function seesPlace(place: Place, unit: Unit, sight: Sight = {}): boolean {
  const own = ownUnit(place)
  if (own && (own.id === unit.id || own.parent === unit.id)) return true
  const parent = unit.parent === null ? undefined : place.roster.units.get(unit.parent)
  return parent !== undefined && seesAll(place, parent, sight)
}

/**
 * Whether how far a unit is altogether may be told: under `top3` that is as good as its score (`domain.md` N13). The
 * district's own is nobody's place.
 */
export const isTold = (place: Place, unit: Unit): boolean =>
  place.roster.campaign.settings.ranking_visibility !== 'top3' ||
  unit.parent === null ||
  seesPlace(place, unit)

/** Whether the last ones may be named: privately, to who looks after them (`domain.md` C8). */
export function mayNameLast(place: Place, scope: Unit): boolean {
  return place.message.chat.kind !== 'group' && looksAfter(place, scope)
}

/**
 * What somebody who looks after the scope is told in a group, where less is shown: 请私聊我问“排名”.
 * @returns undefined where it would be no different in private
 */
export function privateHint(place: Place, scope: Unit): string | undefined {
  if (place.message.chat.kind !== 'group' || !looksAfter(place, scope)) return undefined
  return `请私聊我问“${scope.id === ownUnit(place)?.id ? '' : scope.name}排名”。`
}

/** The street's clerk and secretary their street; the district's people and the supervisors everything. */
function looksAfter({ person, roster }: Place, scope: Unit): boolean {
  return (person?.duties ?? []).some(({ role, unit }) => {
    if (role === 'district_admin' || role === 'district_leader' || role === 'supervisor') return true
    if (role !== 'street_admin' && role !== 'street_secretary') return false
    return unit !== null && roster.isWithin(scope.id, unit)
  })
}
