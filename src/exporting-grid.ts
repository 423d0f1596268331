// The sheets of an export that show how units stand: 得分排名, 进度 and 明细.
import type Fraction from 'fraction.js'
import { scoreOf } from './campaign/score.ts'
import type { Line } from './chart.ts'
import type { Unit } from './database/roster.ts'
import type { ExportView } from './exporting-view.ts'
import type { BoardLine } from './ranking-board.ts'
import { mark } from './ranking-words.ts'
import type { ExportCell, ExportSheet } from './sheet/export.ts'
import { type LampMark, lampCells } from './sheet/lamps.ts'
import { inSlices } from './slices.ts'
import { lamps } from './wording.ts'

/** A plain decimal as a number of Excel, which has 15 digits. */
export const numberOf = (decimal: string | null): number | null => (decimal === null ? null : Number(decimal))

/** A calendar date as Excel's own. */
export const dayCell = (date: string | null): Date | null => (date === null ? null : new Date(date))

/** A moment as the clock in Asia/Shanghai showed it. */
export const momentCell = (at: Date | null): Date | null => at && new Date(at.getTime() + 8 * 3_600_000)

export const placeOf = ({ roster, unit }: ExportView, { parent }: Unit): string =>
  unit.parent === null || parent !== null ? (roster.units.get(parent ?? 0)?.name ?? '') : ''

/** 得分排名: every unit among its likes, with what each indicator brings. */
export function rankingSheet(view: ExportView): ExportSheet {
  const { unit, indicators, boards } = view
  const isLeaf = view.roster.children(unit.id).length === 0
  const of = linesByPlace(view)
  const row = (scope: Unit, group: string, line: BoardLine, isAlone: boolean): ExportCell[] => [
    scope.name,
    group,
    isAlone ? null : line.rank,
    mark(line.movement),
    `${line.of.name}${line.vetoed ? '※' : ''}`,
    numberOf(line.total),
    ...indicators.map(({ id }) => pointsOf(of.get(`${line.of.id}/${id}`))),
  ]
  const rows = boards.flatMap(({ scope, board }) =>
    board.groups.flatMap(({ label, lines, apart }) => [
      ...lines
        .filter((line) => !isLeaf || line.of.id === unit.id)
        .map((line) => row(scope, label, line, lines.length < 2)),
      ...apart
        .filter(({ id }) => !isLeaf || id === unit.id)
        .map(({ name }): ExportCell[] => [scope.name, label, null, '未参评', name]),
    ]),
  )
  const fixed: ExportSheet['columns'] = [
    { title: '范围', width: 14 },
    { title: '类别', width: 8 },
    { title: '名次', width: 6 },
    { title: '变化', width: 8 },
    { title: '单位', width: 16 },
    { title: '总分', width: 9, format: 'two' },
  ]
  return {
    ...{ name: '得分排名', rows, frozen: 5 },
    columns: [
      ...fixed,
      ...indicators.map(({ name, weight }) => ({
        ...{ title: `${name}（权重${weight}）`, width: 12, format: 'two' as const },
      })),
    ],
  }
}

/** w·min(C, κ), rounded half-up to two decimals as everything that is shown. */
function pointsOf(line: Line | undefined): number | null {
  if (!line) return null
  const { standing, indicator } = line
  const points = scoreOf(standing.share, indicator.weight, indicator.cap)
  return points === undefined ? null : points.round(2).valueOf()
}

/** 进度: units by indicators, each with number, lamp and mark. */
export async function progressSheet(view: ExportView): Promise<ExportSheet> {
  const { units, indicators, marks } = view
  const of = linesByPlace(view)
  const cell = (line: Line | undefined): ExportCell => {
    if (!line || line.reached === 'na') return { value: '— 不涉及', lamp: 'grey' }
    const lamp = lampOf(line)
    const mean = lamp === 'missing' ? '' : meanOf(line)
    return { value: `${marks.lamp(line)} ${marks.dated(line)}${mean}`, lamp }
  }
  return {
    ...{ name: '进度', frozen: 2 },
    columns: [
      { title: '上级', width: 14 },
      { title: '单位', width: 16 },
      ...indicators.map(({ name }) => ({
        title: name,
        width: Math.max(14, Math.min(26, name.length * 2 + 4)),
      })),
    ],
    rows: await inSlices(units, (unit) => [
      placeOf(view, unit),
      unit.name,
      ...indicators.map(({ id }) => cell(of.get(`${unit.id}/${id}`))),
    ]),
  }
}

/** A sum without a number of its own is told by how far it is: 平均75%. */
const meanOf = ({ shown, standing }: Line): string =>
  shown.startsWith('平均') && standing.share !== 'na' ? `${percentOf(standing.share)}%` : ''

const percentOf = (share: Fraction): number => share.mul(100).round(2).valueOf()

/** 明细: one row a community or village and indicator. */
export async function detailSheet(view: ExportView): Promise<ExportSheet> {
  const { lines, sayers, marks } = view
  const rows = await inSlices(lines, (line): ExportCell[][] => {
    const { unit, indicator, cell, standing, reached, due } = line
    if (!cell) return []
    const said = cell.report_id === null ? undefined : sayers.get(cell.report_id)
    const lamp = lampOf(line)
    const word =
      lamp === 'missing' ? `${lampCells.missing.mark} 未报（${lamps[standing.lamp].word}）` : undefined
    const parts = indicator.kind === 'ratio' && cell.num !== null
    return [
      [
        ...[placeOf(view, unit), unit.name, indicator.name, indicator.uom],
        reached === 'na' || parts || indicator.kind === 'milestone' ? null : numberOf(cell.value),
        ...[numberOf(cell.num), numberOf(cell.den), cell.step],
        numberOf(cell.target),
        standing.share === 'na' ? null : standing.share.valueOf(),
        standing.share === 'na' ? null : standing.schedule.valueOf(),
        { value: word ?? `${lampCells[standing.lamp].mark} ${lamps[standing.lamp].word}`, lamp },
        stateOf(line, marks.isOld(line)),
        ...[dayCell(due), cell.responsible, dayCell(cell.as_of)],
        said ? (said.reporter ?? (said.platform === 'import' ? '导入' : '')) : null,
        momentCell(said?.reported_at ?? null),
      ],
    ]
  })
  return {
    ...{ name: '明细', rows: rows.flat(), frozen: 3 },
    columns: [
      ...[
        { title: '上级', width: 14 },
        { title: '单位名称', width: 16 },
        { title: '指标名称', width: 18 },
      ],
      ...[
        { title: '计量单位', width: 8 },
        { title: '完成数', width: 9 },
        { title: '分子', width: 8 },
      ],
      ...[
        { title: '分母', width: 8 },
        { title: '节点', width: 8 },
        { title: '目标', width: 8 },
      ],
      { title: '完成率', width: 10, format: 'percent' },
      { title: '序时进度', width: 10, format: 'percent' },
      ...[
        { title: '灯', width: 14 },
        { title: '状态', width: 22 },
      ],
      { title: '截止', width: 12, format: 'date' },
      { title: '责任人', width: 10 },
      { title: '数据日期', width: 12, format: 'date' },
      { title: '报送人', width: 10 },
      { title: '报送时间', width: 17, format: 'moment' },
    ],
  }
}

function stateOf({ reached, reported, cell, vetoed, indicator }: Line, isOld: boolean): string {
  if (reached === 'na') return '不涉及'
  const states = [
    ...(reported === 0 ? ['未报'] : isOld ? ['沿用旧数'] : ['正常']),
    ...(cell?.pending_id != null ? ['有数待核'] : []),
    ...(vetoed === undefined ? [] : [`一票否决（${vetoed}），计0分`]),
    ...(indicator.source === 'chat' ? [] : ['不在群里报']),
  ]
  return states.join('；')
}

/** Nothing reported has a look of its own. */
export const lampOf = ({ standing, applicable, reported }: Line): LampMark =>
  applicable > 0 && reported === 0 ? 'missing' : standing.lamp

export const linesByPlace = ({ lines }: Pick<ExportView, 'lines'>): Map<string, Line> =>
  new Map(lines.map((line) => [`${line.unit.id}/${line.indicator.id}`, line]))
