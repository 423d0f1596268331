// The ranking as it stands now or stood in a snapshot, and one unit's place for a receipt.
import { vetoesOf } from './database/adjustments.ts'
import type { Unit } from './database/roster.ts'
import { lastSnapshot, type Snapshot } from './database/snapshots.ts'
import { totalsNow } from './database/totals-read.ts'
import { boardOf, levels, lineOf, type Totals } from './ranking-board.ts'
import { movedText } from './ranking-words.ts'
import type { Turn } from './turn.ts'

export const totalsIn = ({ ruleVersion, units, takenAt, moved }: Snapshot): Totals => ({
  ...{ ruleVersion, units, takenAt, moved },
})

/** How some units stand now, the parts of one unit or of all; remembered until a number changes. */
export function liveTotals(
  turn: Pick<Turn, 'cached' | 'db' | 'roster' | 'today'>,
  units: Unit[],
): Promise<Totals> {
  const { db, roster, today } = turn
  const key = `totals:${units.length}:${units[0]?.id}`
  return turn.cached(key, async () => {
    const totals = await totalsOfNow(turn, units)
    const vetoes = await vetoesOf(db, roster.campaign.id, today)
    const marked = (unit: number) => {
      const one = totals.units.get(unit)
      return one && { ...one, vetoed: vetoes.has(unit) }
    }
    return { ...totals, units: { get: marked } }
  })
}

async function totalsOfNow({ db, roster }: Pick<Turn, 'db' | 'roster'>, units: Unit[]): Promise<Totals> {
  const { ruleVersion } = roster.campaign
  const ids = units.map(({ id }) => id)
  return { ruleVersion, units: await totalsNow(db, ids), moved: new Map() }
}

/**
 * A community's or village's place in its street for a receipt (`domain.md` N1): `街道第4名(↑1)`; '' as long as there is
 * no snapshot, and where there is nobody to be compared with. It reads the totals of the street only.
 */
export async function placeOf(
  turn: Pick<Turn, 'db' | 'roster' | 'today' | 'now'>,
  unit: Unit,
): Promise<string> {
  const { db, roster, now } = turn
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  const siblings = parent ? roster.children(parent.id) : []
  const peers = siblings.filter(({ peer }) => peer === unit.peer)
  if (!parent || peers.length < 2) return ''
  const before = await lastSnapshot(db, roster.campaign.id, now)
  if (!before) return ''
  const board = boardOf(siblings, await totalsOfNow(turn, siblings), totalsIn(before))
  const found = lineOf(board, unit.id)
  if (!found) return ''
  const moved = movedText(found.line.movement)
  return `${levels[parent.level]}第${found.line.rank}名${moved && `(${moved})`}`
}
