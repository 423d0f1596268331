// The ranking as it stands now or stood in a snapshot, and one unit's place for a receipt.
import { chartCells, leavesOf } from './database/progress.ts'
import type { Unit } from './database/roster.ts'
import { lastTotals, type Snapshot } from './database/snapshots.ts'
import { standingsNow, tallyOf, type UnitStanding } from './database/standings.ts'
import { boardOf, levels, lineOf, type Totals } from './ranking-board.ts'
import { movedText } from './ranking-words.ts'
import type { Turn } from './turn.ts'

export const totalsOf = (standings: UnitStanding[], ruleVersion: number): Totals => ({
  ruleVersion,
  units: new Map(standings.map(({ unit, peer, total }) => [unit.id, { peer, total }])),
})

export const totalsIn = ({ ruleVersion, units, takenAt }: Snapshot): Totals => ({
  ruleVersion,
  units,
  takenAt,
})

/** How some units stand now, the parts of one unit or of all; remembered until a number changes. */
export function liveStandings(
  turn: Pick<Turn, 'cached' | 'db' | 'roster' | 'today'>,
  units: Unit[],
): Promise<UnitStanding[]> {
  const key = `standings:${units.length}:${units[0]?.id}`
  return turn.cached(key, () => standingsNow(turn.db, turn.roster, turn.today, units))
}

/**
 * A community's or village's place in its street for a receipt (`domain.md` N1): `街道第4名(↑1)`; '' as long as there is
 * no snapshot, and where there is nobody to be compared with. It reads the cells of the street only.
 */
export async function placeOf(
  { db, roster, today, now }: Pick<Turn, 'db' | 'roster' | 'today' | 'now'>,
  unit: Unit,
): Promise<string> {
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  const siblings = parent ? roster.children(parent.id) : []
  const ids = siblings.map(({ id }) => id)
  const before = siblings.length > 1 && (await lastTotals(db, roster.campaign.id, ids, now))
  if (!parent || !before) return ''
  const peers = siblings.filter(({ id }) => before.peers.get(id) === before.peers.get(unit.id))
  if (peers.length < 2) return ''
  const leaves = peers.flatMap(({ id }) => leavesOf(roster, id))
  const cells = await chartCells(db, roster, leaves)
  const units = peers.map((peer) => {
    const mine = cells.filter((cell) => roster.isWithin(cell.unit, peer.id))
    const { total } = tallyOf(roster, peer, mine, today)
    return [peer.id, { peer: before.peers.get(peer.id) ?? peer.level, total }] as const
  })
  const live: Totals = { ruleVersion: roster.campaign.ruleVersion, units: new Map(units) }
  const found = lineOf(boardOf(siblings, live, before), unit.id)
  if (!found) return ''
  const moved = movedText(found.line.movement)
  return `${levels[parent.level]}第${found.line.rank}名${moved && `(${moved})`}`
}
