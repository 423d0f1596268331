// A snapshot as columns of whole numbers: made from the lines of all units, packed for the database, and hashed.
import { createHash } from 'node:crypto'
import { lampOrder, lampsOn } from '../campaign/lamp-column.ts'
import { rankColumn } from '../campaign/rank-column.ts'
import type { Line } from './lines.ts'
import { bytesOf } from './packing.ts'
import type { Indicator, Roster } from './roster.ts'

export interface SnapshotColumns {
  /** Ids, ascending: the order of all other columns. */
  units: Float64Array
  peerNames: string[]
  peers: Uint16Array
  /** Hundredths; -1 = 未参评. */
  totals: Int32Array
  /** Among the units of the peer group; -1 = no place. */
  ranks: Int32Array
  bottoms: Int32Array
  indicators: { id: number; shares: Int32Array; ranks: Int32Array; lamps: Uint8Array }[]
  hash: string
}

/**
 * Ranks all units by their totals and by every indicator, and hashes what they stand on (`domain.md` C1 Snapshot, C5).
 * @param dueOf a unit's own due date, where it is not the indicator's
 */
export function columnsOf(
  roster: Roster,
  lines: Line[],
  date: string,
  dueOf: (unit: number, indicator: number) => string | undefined,
): SnapshotColumns {
  const ordered = lines.toSorted((a, b) => a.unit_id - b.unit_id)
  const peerNames = [...new Set(ordered.map(({ peer_group }) => peer_group))].sort()
  const peerNumber = new Map(peerNames.map((name, at) => [name, at]))
  const size = ordered.length
  const columns = {
    ...{ units: Float64Array.from(ordered, ({ unit_id }) => unit_id), peerNames },
    peers: Uint16Array.from(ordered, ({ peer_group }) => peerNumber.get(peer_group) ?? 0),
    totals: Int32Array.from(ordered, ({ total }) => total ?? none),
  }
  // A veto may put a unit below nothing at all.
  const rankedOn = Int32Array.from(ordered, ({ ranked_on }) => (ranked_on === null ? none : ranked_on + 1))
  const { ranks, bottoms } = placed(rankedOn, columns.peers)
  const indicators = [...roster.indicators.values()].map((indicator) => ({
    ...{ indicator, lampOn: lampReader(roster, indicator, date) },
    ...{ shares: new Int32Array(size), lamps: new Uint8Array(size) },
  }))
  for (const [at, { unit_id, shares }] of ordered.entries())
    eachShare(shares, (column, num, den) => {
      const one = indicators[column]
      if (!one) return
      one.shares[at] = den === 0 ? none : hundredthsOf(num, den, one.indicator.cap)
      one.lamps[at] = den === 0 ? 0 : one.lampOn(dueOf(unit_id, one.indicator.id))(num, den)
    })
  const ranked = indicators.map(({ indicator: { id }, shares, lamps }) => ({
    ...{ id, shares, lamps, ranks: placed(shares, columns.peers).ranks },
  }))
  const whole = { ...columns, ranks, bottoms, indicators: ranked }
  return { ...whole, hash: hashOf(whole, ordered) }
}

const none = -1

/** Ranks with -1 where there is no place. */
function placed(values: Int32Array, peers: Uint16Array) {
  const { ranks, bottoms } = rankColumn(values, peers)
  for (const column of [ranks, bottoms])
    for (let at = 0; at < column.length; at++) if (column[at] === 0) column[at] = none
  return { ranks, bottoms }
}

/** The number of a lamp, by due date: most units have the indicator's. */
function lampReader(roster: Roster, indicator: Indicator, date: string) {
  const known = new Map<string, (num: number, den: number) => number>()
  return (due = indicator.due) => {
    const reader = known.get(due)
    if (reader) return reader
    const decide = lampsOn({ ...indicator, due }, date, roster.campaign.settings)
    const made = (num: number, den: number) => lampOrder.indexOf(decide(num, den))
    known.set(due, made)
    return made
  }
}

/** Reads `3/4,1,-,` without making a thing of every number; 不涉及 and none have the denominator 0. */
function eachShare(text: string, told: (column: number, num: number, den: number) => void): void {
  let [column, num, den, isDen, digits, sign] = [0, 0, 0, false, 0, 1]
  let begin = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : comma
    if (code === comma) {
      if (digits > safeDigits) [num, den] = shortened(text.slice(begin, at))
      told(column, sign * num, digits === 0 ? 0 : isDen || den > 1 ? den : 1)
      column++
      begin = at + 1
      ;[num, den, isDen, digits, sign] = [0, 0, false, 0, 1]
    } else if (code === slash) isDen = true
    else if (code === dash) sign = -1
    else if (code >= zero && code <= zero + 9) {
      digits++
      if (isDen) den = den * 10 + code - zero
      else num = num * 10 + code - zero
    }
  }
}

const [comma, dash, slash, zero] = [44, 45, 47, 48]
/** So many digits on both sides of the stroke together are safe numbers. */
const safeDigits = 15

/** A completion of very long numbers to twelve places: nobody is that close to a limit, and nobody is that far above it. */
function shortened(share: string): [num: number, den: number] {
  const [num = '0', den = '1'] = share.replace('-', '').split('/')
  const places = 10n ** 12n
  const [scaled, most] = [(BigInt(num) * places) / BigInt(den), 100n * places]
  return [Number(scaled < most ? scaled : most), Number(places)]
}

/** Hundredths of a per cent, half-up, as far as the completion counts. */
function hundredthsOf(num: number, den: number, cap: string): number {
  const most = Math.round(Number(cap) * 10_000)
  const doubled = num * 20_000 + den
  const rounded = Number.isSafeInteger(doubled)
    ? Math.floor(doubled / (2 * den))
    : Number((BigInt(num) * 20_000n + BigInt(den)) / (2n * BigInt(den)))
  return Math.max(0, Math.min(most, rounded))
}

/** Over what the units stand on and where that puts them; ids are those of the database. */
function hashOf(columns: Omit<SnapshotColumns, 'hash'>, ordered: Line[]): string {
  const { units, peerNames, peers, totals, ranks, bottoms, indicators } = columns
  const hash = createHash('sha256').update(peerNames.join('\n'))
  for (const column of [units, peers, totals, ranks, bottoms]) hash.update(bytesOf(column))
  for (const { id, shares, ranks: places, lamps } of indicators) {
    hash.update(String(id))
    for (const column of [shares, places, lamps]) hash.update(bytesOf(column))
  }
  for (const { cells } of ordered) hash.update(cells)
  return hash.digest('hex')
}
