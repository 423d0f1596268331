// A small campaign as its roster knows it, for reading a clerk's tables against.
import { type Known, readNumbers } from '../../src/sheet/numbers.ts'
import { describeProblems } from '../../src/sheet/problems.ts'
import type { Cell, Merge, Sheet } from '../../src/sheet/read.ts'

type Unit = Known['units'][number]
type Indicator = Known['indicators'][number]

const unit = (id: number, code: string, name: string, level: Unit['level'], parent: number | null): Unit => ({
  ...{ id, code, name, level, parent },
  aliases: name === '金苑社区' && parent === 2 ? ['金苑小区'] : [],
})

const indicator = (
  id: number,
  name: string,
  kind: Indicator['kind'],
  uom: string,
  aliases: string[] = [],
) => ({
  ...{ id, code: `M${String(id).padStart(2, '0')}`, name, kind, uom, aliases },
  steps: (kind === 'milestone' ? { 申报: 0.2, 创建: 0.5, 验收: 1 } : {}) as Record<string, number>,
})

export const known: Known = {
  units: [
    unit(1, 'Q', '中原区', 'district', null),
    unit(2, 'J1', '汝河路街道', 'street', 1),
    unit(3, 'J2', '须水街道', 'street', 1),
    unit(11, 'S1', '金苑社区', 'community', 2),
    unit(12, 'S2', '锦苑社区', 'community', 2),
    unit(13, 'S3', '帝湖社区', 'community', 2),
    unit(14, 'S4', '金苑社区', 'community', 3),
    unit(15, 'C1', '须水村', 'village', 3),
  ],
  indicators: [
    indicator(1, '红色物业', 'count', '个'),
    indicator(2, '物业项目监督员', 'count', '人', ['监督员', '物业监督员']),
    indicator(3, '非公企业党组织覆盖率', 'ratio', '%', ['非公覆盖率', '非公企业']),
    indicator(4, '村集体经营性收入', 'amount', '万元', ['集体收入']),
    indicator(5, '交叉任职落实', 'yes_no', '', ['交叉任职']),
    indicator(6, '示范楼院建设', 'milestone', '', ['示范楼院']),
    indicator(7, '政策掌握', 'score', '分', ['政策得分']),
  ],
  starts: '2026-03-01',
  ends: '2026-12-31',
}

export const today = '2026-11-27'

/** @param merges as `top-bottom/left-right`, rows from 1 and columns from 0 */
export function sheetOf(rows: Cell[][], { name = 'Sheet1', merges = [] as string[] } = {}): Sheet {
  return {
    name,
    rows: rows.flatMap((cells, at) => (cells.some((cell) => cell !== null) ? { row: at + 1, cells } : [])),
    merges: merges.map((said): Merge => {
      const [top = 0, bottom = 0, left = 0, right = 0] = said.split(/[-/]/).map(Number)
      return { top, bottom, left, right }
    }),
  }
}

/** What a table says, a line a number: 「11 红色物业 2026-11-20 3」; or what is wrong with it; notes behind. */
export async function said(sheets: Sheet | Sheet[], fileName = '进度.xlsx'): Promise<string[]> {
  const read = await readNumbers([sheets].flat(), known, { today, fileName })
  if (read.problems) return describeProblems(read.problems)
  const nameOf = new Map(known.indicators.map(({ id, name }) => [id, name]))
  return read.numbers.map(({ unit, indicator, asOf, value, num, den, step }) => {
    const number = step ?? (num === null ? value : `${num}/${den}`)
    return `${unit} ${nameOf.get(indicator)} ${asOf.slice(5)} ${number}`
  })
}

export async function notes(sheets: Sheet | Sheet[], fileName = '进度.xlsx'): Promise<string[]> {
  const read = await readNumbers([sheets].flat(), known, { today, fileName })
  return read.problems ? describeProblems(read.problems) : read.notes
}
