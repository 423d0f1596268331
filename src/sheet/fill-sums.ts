// Numbers of a clerk's table that follow from the others: sums of several units, and what she worked out beside them.
import { type Place, type Spot, type What, whatOf } from './fill-what.ts'
import type { Indicator, Role } from './number-columns.ts'
import type { Reader } from './number-rows.ts'
import { saysNothing } from './number-values.ts'
import { type saidIn, total, type Wide } from './number-wide.ts'
import type { Known } from './numbers.ts'
import type { Cell, SheetRow } from './read.ts'
import { plainTitle } from './titles.ts'
import { key } from './values.ts'

/** A number that is typed, or that a formula works out. */
export interface Sum extends Spot {
  cell: Cell
  title: string
  /** Of which units; undefined = it is not clear. */
  of?: { unit: number } | { units: number[] }
  /** `share` = how much of the target is reached; undefined = something that is not known here, such as a place. */
  what?: What | 'share'
  indicator?: number
  /** The number in its row that a share was worked out from. */
  from?: number
}

/** A row of 合计, or of a unit with others below it. */
export type TotalRow = { row: SheetRow } & ({ unit: number } | { word: string })

/** The cell that makes a row one of sums. */
export function totalIn(
  { roles }: Wide,
  { cells }: SheetRow,
  said: ReturnType<typeof saidIn>,
): { at: number; text: string } | undefined {
  const valued = roles.findIndex((role) => 'indicator' in role)
  for (const [at, cell] of cells.entries()) {
    const isTold = at < valued || cell === said.name || cell === said.street
    if (isTold && typeof cell === 'string' && total.test(cell.replace(/\s+/g, ''))) return { at, text: cell }
  }
  return undefined
}

/** What stands in rows of sums, in the columns of the indicators. */
export function sumsIn(wide: Wide, totals: TotalRow[], places: Place[], known: Known): Sum[] {
  const ends = totals.map(({ row }) => row.row)
  const kinds = new Map(known.indicators.map(({ id, kind }) => [id, kind]))
  return totals.flatMap((one) => {
    const sums = sumCells(wide, one.row)
    if ('unit' in one) return sums.map((sum) => ({ ...sum, of: { unit: one.unit } }))
    const units = unitsOf(one.row.row, one.word, sums, { places, ends, kinds })
    return sums.map((sum) => ({
      ...sum,
      title: `${one.word}·${sum.title}`,
      ...(units && { of: { units } }),
    }))
  })
}

function sumCells({ sheet, roles, title }: Wide, { row, cells }: SheetRow): Sum[] {
  return roles.flatMap((role, at): Sum[] => {
    const cell = cells[at] ?? null
    const what = whatOf(role)
    if (!what || !('indicator' in role) || !isFigure(cell)) return []
    return [{ sheet: sheet.name, row, at, cell, title: title(at), what, indicator: role.indicator.id }]
  })
}

interface Among {
  places: Place[]
  ends: number[]
  kinds: Map<number, Indicator['kind']>
}

/**
 * Whose numbers a row of 合计 adds up: all of the table, those since the last such row, or up to the next. Which of them,
 * its own sums say; where they fit none, it is not clear.
 */
function unitsOf(
  row: number,
  word: string,
  sums: Sum[],
  { places, ends, kinds }: Among,
): number[] | undefined {
  if (/平均|均值/.test(word)) return undefined
  const [above, below] = [ends.findLast((end) => end < row) ?? 0, ends.find((end) => end > row) ?? Infinity]
  const all = () => true
  const since = (at: number) => at > above && at < row
  const until = (at: number) => at > row && at < below
  const ways = /小计/.test(word) ? [since, until, all] : [all, since, until]
  const scored = ways.map((isOfIt) => {
    const of = places.filter((place) => isOfIt(place.row))
    const fits = sums.filter((sum) => adds(sum, of, kinds))
    return { units: [...new Set(of.map(({ unit }) => unit))], fits: fits.length }
  })
  const best = Math.max(...scored.map(({ fits }) => fits))
  return best > 0 ? scored.find(({ fits }) => fits === best)?.units : undefined
}

/** Nothing and nothing may fit by chance. */
function adds({ at, cell, what }: Sum, places: Place[], kinds: Among['kinds']): boolean {
  const parts = places.filter((place) => place.at === at).map((place) => partOf(place, kinds))
  const sum = parts.reduce<number | undefined>(
    (a, b) => (a === undefined || b === undefined ? undefined : a + b),
    0,
  )
  const said = figure(cell)
  return what !== 'share' && sum !== undefined && sum !== 0 && Math.abs(sum - said) < 1e-6
}

/** What a number adds to its column; undefined = there is no adding them up. */
function partOf({ says, what, indicator }: Place, kinds: Among['kinds']): number | undefined {
  if (what === 'num' || what === 'den') return Number(says?.[what] ?? 0)
  const kind = kinds.get(indicator)
  const isSum = typeof what === 'object' || kind === 'count' || kind === 'amount' || kind === 'yes_no'
  return isSum ? Number(says?.value ?? 0) : undefined
}

/** Of an indicator these are of the day of its number; 目标, 备注, 去年同期 stay what they are. */
const derived =
  /未完成|未达|完成率|达成率|达标率|完成比例|进度|得分|分值|扣分|加分|名次|排名|排序|位次|环比|同比|增长|增幅|新增|增加|本[月周期]|上[月周期]|差额|差距|剩余|尚|欠|等次|评价|亮灯|合计|小计|总计/
/** These are so also where they name no indicator. */
const general =
  /^(?:(?:综合|总|平均|总体|序时)*(?:得分|总分|分值|完成率|进度|完成进度)|名次|排名|排序|位次|等次|评价|亮灯|合计|小计|总计)$/
const groups = /新增|增加|本[月周期]|上[月周期]/
const shares = /^(?:任务|目标|计划)?(?:完成率|达成率|达标率|完成比例|完成进度)$/

/** Figures in columns beside the numbers. */
export function derivedIn(
  wide: Wide,
  body: SheetRow[],
  places: Place[],
  totals: TotalRow[],
  reader: Reader,
): Sum[] {
  const { sheet, roles, header, title } = wide
  const units = new Map(places.map(({ row, unit }) => [row, unit]))
  const words = new Map<number, string>()
  for (const one of totals)
    if ('unit' in one) units.set(one.row.row, one.unit)
    else words.set(one.row.row, `${one.word}·`)
  const numbers = new Map<string, number>(
    places.flatMap(({ row, indicator, what, says }) =>
      what === 'value' && says ? [[`${row}/${indicator}`, Number(says.value)] as const] : [],
    ),
  )
  const columns = roles.flatMap((role, at) => derivedColumn(role, header.paths[at] ?? [], at, wide, reader))
  return body.flatMap(({ row, cells }) =>
    columns.flatMap(({ at, ...how }): Sum[] => {
      const [cell, unit, word] = [cells[at] ?? null, units.get(row), words.get(row)]
      if (!isFigure(cell) || (unit === undefined && word === undefined)) return []
      const from = numbers.get(`${row}/${how.indicator}`)
      const sum = { sheet: sheet.name, row, at, cell, title: `${word ?? ''}${title(at)}`, ...how }
      return [{ ...sum, ...(unit && { of: { unit } }), ...(from !== undefined && { from }) }]
    }),
  )
}

function derivedColumn(role: Role, path: string[], at: number, { sheet }: Wide, reader: Reader) {
  if (role.kind !== 'skip' && role.kind !== 'unknown') return []
  const { indicators, fileName } = reader
  const named = path.map((title) => indicators.within(title))
  const rests = path.map((title, index) => plainTitle(named[index]?.rest ?? title))
  const own = named.findLast(Boolean)?.indicator
  const [leaf = ''] = rests.slice(-1)
  const isOfTime = rests.some((rest) => groups.test(rest)) && !/目标|任务|计划/.test(leaf)
  const isDerived = own ? derived.test(leaf) || isOfTime : general.test(leaf)
  if (!isDerived) return []
  const indicator = own ?? indicators.within(sheet.name)?.indicator ?? indicators.within(fileName)?.indicator
  return [
    { at, ...(indicator && shares.test(leaf) ? { indicator: indicator.id, what: 'share' as const } : {}) },
  ]
}

/** 12, 87.5%, 第3名, 12个 */
export const isFigure = (cell: Cell): boolean =>
  !saysNothing(cell) && (typeof cell === 'number' || /^第?[-+]?[\d.,]+[^\d.,]{0,2}$/.test(key(String(cell))))

/** The number that such a cell shows. */
export const figure = (cell: Cell): number =>
  typeof cell === 'number' ? cell : Number.parseFloat(key(String(cell)).replace(/^第|,/g, ''))
