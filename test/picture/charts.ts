// Wall charts to draw in tests: as large, as empty and as hostile as one wants.
import type { Lamp } from '../../src/campaign/schedule.ts'
import type { Mark } from '../../src/picture/marks.ts'
import type { WallChart } from '../../src/picture/wall-chart.ts'

export const streets =
  '汝河路 林山寨 桐柏路 建设路 三官庙 棉纺路 秦岭路 绿东村 航海西路 中原西路 西流湖 莲湖 柳湖 须水'.split(' ')
const columns =
  '党组织覆盖 红色物业 非公覆盖 村集体收入 居民自治 交叉任职 党建指导员 物业监督员 老旧小区 示范楼院 驻区单位 共建项目 政策掌握'.split(
    ' ',
  )
const lamps: Lamp[] = ['done', 'green', 'yellow', 'red', 'grey']
const words = ['已完成', '正常', '滞后或临期', '严重滞后或逾期', '不涉及']

/** @param markAt which mark stands where */
export function chartOf(
  names: string[],
  markAt: (row: number, column: number) => Mark = (row, column) => ({
    lamp: lamps[(row * 7 + column * 3) % 5] ?? 'grey',
    missing: (row + column) % 11 === 0,
    pending: (row * 5 + column) % 17 === 0,
  }),
): WallChart {
  return {
    title: '党建引领攻坚行动 · 作战挂图',
    subtitle: `中原区 · ${names.length}个街道 · 11月22日`,
    ...{ parts: '街道', columns },
    figures: [
      { label: '总体完成', value: '85.60', unit: '%', note: '序时 88.20%', tone: 'plain' },
      { label: '对比序时', value: '-2.60', unit: '点', note: '红灯 23 盏', tone: 'warn' },
      { label: '比上周', value: '+1.80', unit: '点', note: '11月20日 83.80%', tone: 'good' },
    ],
    rows: names.map((name, row) => ({
      ...{ name, rank: row + 1, movement: ([2, 0, -1, 'new'] as const)[row % 4] },
      score: (93 - row * 1.3).toFixed(2),
      marks: columns.map((_, column) => markAt(row, column)),
    })),
    legend: [
      ...lamps.map((lamp, at) => ({ mark: { lamp }, word: words[at] ?? '' })),
      { mark: { lamp: 'yellow' as const, missing: true }, word: '未报' },
      { mark: { lamp: 'green' as const, pending: true }, word: '有数待核' },
    ],
    notes: [
      { label: '进步最大', text: '秦岭路 ↑3、林山寨 ↑2' },
      { label: '7天到期', text: '示范楼院建设（11月27日，6个单位）、共建项目（11月23日，4个单位）等5项' },
    ],
    footer: '数据截至 11月22日 10:00　规则第1版',
  }
}
