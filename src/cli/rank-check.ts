// What a `rank` fixture says must fit together: codes, doubles, dates, and numbers of their kind.
import type { Fixture } from './rank-fixture.ts'

type Indicator = Fixture['indicators'][number]
type Cell = Fixture['cells'][number]

/** Everything that does not fit, in Chinese, one line each; empty when all does. */
export function conflicts(fixture: Fixture): string[] {
  const { campaign, indicators, units, cells, adjustments } = fixture
  const unitBy = new Map(units.map((unit) => [unit.code, unit]))
  const indicatorBy = new Map(indicators.map((indicator) => [indicator.code, indicator]))
  const parents = new Set(units.flatMap(({ parent }) => parent ?? []))
  return [
    ...(campaign.start > campaign.end ? ['活动的开始日期晚于结束日期'] : []),
    ...doubles(units.map((unit) => unit.code)).map((code) => `单位 ${code} 写了两次`),
    ...doubles(indicators.map((indicator) => indicator.code)).map((code) => `指标 ${code} 写了两次`),
    ...doubles(cells.map((cell) => `${cell.unit} 的 ${cell.indicator}`)).map((cell) => `${cell} 写了两次`),
    ...units.flatMap(({ code, level, parent }) => {
      const above = parent === undefined ? undefined : unitBy.get(parent)
      return above && heights[above.level] <= heights[level]
        ? [`单位 ${code} 的上级 ${above.code} 级别不比它高`]
        : []
    }),
    ...indicators.flatMap((indicator) => ofIndicator(indicator, campaign)),
    ...cells.flatMap((cell) => {
      const indicator = indicatorBy.get(cell.indicator)
      if (!unitBy.has(cell.unit)) return [`数据里的单位 ${cell.unit} 不在单位表里`]
      if (!indicator) return [`数据里的指标 ${cell.indicator} 不在指标表里`]
      if (parents.has(cell.unit)) return [`单位 ${cell.unit} 有下级，它的数由下级汇总，不能单独写`]
      const start = cell.due === undefined ? undefined : (indicator.start ?? campaign.start)
      const isEarly = start !== undefined && (cell.due ?? '') < start
      return [...(isEarly ? ['截止日期早于开始日期'] : []), ...ofCell(cell, indicator)].map(
        (what) => `${cell.unit} 的 ${cell.indicator}：${what}`,
      )
    }),
    ...adjustments.flatMap(({ unit, doc }) => [
      ...(unitBy.has(unit) ? [] : [`加减分里的单位 ${unit} 不在单位表里`]),
      ...(doc.trim() === '' ? [`单位 ${unit} 的加减分没有文号`] : []),
    ]),
  ]
}

const heights = { district: 3, street: 2, community: 1, village: 1 }

function ofIndicator(
  { code, kind, target, ...indicator }: Indicator,
  campaign: Fixture['campaign'],
): string[] {
  const isEarly = (indicator.due ?? campaign.end) < (indicator.start ?? campaign.start)
  return [
    ...(isEarly ? ['截止日期早于开始日期'] : []),
    ...(isShareOf(kind) && isNegative(target) ? ['目标不能小于 0'] : []),
  ].map((what) => `指标 ${code}：${what}`)
}

function ofCell({ value, num, den, step, target }: Cell, { kind, steps }: Indicator): string[] {
  if (kind === 'milestone')
    return [
      ...(step !== undefined && !steps.has(step) ? [`没有“${step}”这个节点`] : []),
      ...(value !== undefined && !(Number(value) >= 0 && Number(value) <= 1)
        ? ['节点的份额要在 0 到 1 之间']
        : []),
    ]
  if (kind === 'yes_no')
    return value !== undefined && ![0, 1].includes(Number(value)) ? ['是否类只能是 0 或 1'] : []
  if (!isShareOf(kind)) return []
  return [
    ...(kind === 'ratio' && (num === undefined) !== (den === undefined) ? ['分子和分母要一起写'] : []),
    ...([value, num, den, target].some(isNegative) ? ['不能小于 0'] : []),
  ]
}

const isShareOf = (kind: Indicator['kind']) => kind === 'ratio' || kind === 'score'
const isNegative = (number: string | undefined) => number !== undefined && Number(number) < 0

function doubles(keys: string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(keys.filter((key) => seen.size === seen.add(key).size))]
}
