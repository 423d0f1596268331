// What is wrong in a workbook, in words that lead the clerk to the cell.

export interface Problem {
  sheet: string
  /** The row's number as the sheet shows it; 0 = the sheet as a whole. */
  row: number
  column?: string
  /** The column's index from 0, where it is known. */
  at?: number
  message: string
}

const shown = 50

/** One line a problem, e.g. 「单位 第17行「上级」：没有叫「汝河街道」的单位」; at most fifty, then how many more. */
export function describeProblems(problems: Problem[]): string[] {
  const lines = problems.slice(0, shown).map(({ sheet, row, column, message }) => {
    const place = `${row > 0 ? ` 第${row}行` : ''}${column ? `「${column}」` : ''}`
    return `${sheet}${place}：${message}`
  })
  return problems.length > shown ? [...lines, `另有 ${problems.length - shown} 处`] : lines
}
