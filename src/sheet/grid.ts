// A sheet with its merged cells: what stands at a place, and the titles that stand above a column.
import type { Cell, Merge, Sheet, SheetRow } from './read.ts'

export interface Grid {
  rows: SheetRow[]
  /** How many columns there are. */
  width: number
  /** What stands there, of a merged cell what all of it says. */
  at(row: SheetRow, column: number): Cell
  /** The merged cell that covers this place. */
  merge(row: number, column: number): Merge | undefined
}

export function gridOf(sheet: Sheet): Grid {
  const rows = withoutAnswers(sheet.rows)
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const byRow = new Map(rows.map((row) => [row.row, row]))
  const byColumn = Array.from({ length: width }, (): Merge[] => [])
  for (const merge of [...(sheet.merges ?? [])].sort((a, b) => a.top - b.top))
    for (let column = merge.left; column <= Math.min(merge.right, width - 1); column++)
      byColumn[column]?.push(merge)

  const merge = (row: number, column: number): Merge | undefined => {
    const list = byColumn[column]
    if (!list || list.length === 0) return undefined
    // The last one that begins here or above: merged cells do not overlap.
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((list[middle]?.top ?? 0) <= row) low = middle + 1
      else high = middle
    }
    const found = list[low - 1]
    return found && found.bottom >= row ? found : undefined
  }
  const at = (row: SheetRow, column: number): Cell => {
    const own = row.cells[column] ?? null
    if (own !== null) return own
    const within = merge(row.row, column)
    return within ? (byRow.get(within.top)?.cells[within.left] ?? null) : null
  }
  return { rows, width, at, merge }
}

/** Titles that take one to three rows, e.g. 「红色物业」 above 「目标 完成 完成率」. */
export interface Header {
  /** Where it begins and ends in `rows`. */
  from: number
  to: number
  /** For each column what stands above it, from the top down. */
  paths: string[][]
}

/** @returns undefined when there are no such rows one below the other */
export function headerAt(grid: Grid, from: number, span: number): Header | undefined {
  const rows = grid.rows.slice(from, from + span)
  if (rows.length < span || rows.some(({ row }, at) => row !== (rows[0]?.row ?? 0) + at)) return undefined
  const lines = rows.map((row, at) => titleLine(grid, row, at === span - 1))
  const paths = Array.from({ length: grid.width }, (_, column) => {
    const path = lines.map((line) => line[column] ?? '').filter(Boolean)
    return path.filter((title, at) => title !== path[at - 1])
  })
  return { from, to: from + span - 1, paths }
}

/** A group's title counts for all columns below it, also where somebody did not merge its cells. */
function titleLine(grid: Grid, row: SheetRow, isLast: boolean): string[] {
  const own = Array.from({ length: grid.width }, (_, column) => {
    const merge = grid.merge(row.row, column)
    // A title over several columns that has nothing below it says of none of them what it is.
    if (isLast && merge && merge.right > merge.left) return ''
    return titleText(grid.at(row, column))
  })
  if (isLast) return own
  return own.map((title, column) => {
    if (title !== '' || grid.merge(row.row, column)) return title
    return own.slice(0, column).findLast(Boolean) ?? ''
  })
}

/** The column that answers come back in (`annotate`) is not part of the clerk's table. */
export const answerTitle = '问题'
/** Before an answer above the rows of data. */
export const answerMark = '问题：'
const titlesWithin = 15

function withoutAnswers(rows: SheetRow[]): SheetRow[] {
  const answers = new Set(
    rows
      .slice(0, titlesWithin)
      .flatMap(({ cells }) => cells.flatMap((cell, at) => (isAnswer(cell) ? at : []))),
  )
  if (answers.size === 0) return rows
  return rows.map(({ row, cells }) => ({
    row,
    cells: cells.map((cell, at) => (answers.has(at) ? null : cell)),
  }))
}

const isAnswer = (cell: Cell): boolean =>
  typeof cell === 'string' && (cell.trim() === answerTitle || cell.startsWith(answerMark))

/** A longer text is a remark. */
const longestTitle = 100

const titleText = (cell: Cell): string =>
  cell === null ? '' : String(cell).slice(0, longestTitle).replace(/\s+/g, ' ').trim()
