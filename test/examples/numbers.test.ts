// The numbers of the example campaign: indicators, targets, and a history that ends in a believable chart.
import { describe, expect, it } from 'vitest'
import { completion } from '../../src/campaign/completion.ts'
import { lampOf } from '../../src/campaign/schedule.ts'
import { readExample } from './example.ts'

const { workbook: example, unitBy, nameOf, cells } = await readExample()
const asOf = '2026-11-22'

const indicatorFacts: [code: string, name: string, kind: string, origin: string, weight: string][] = [
  ['M01', '无主管楼院党组织覆盖率', 'ratio', 'municipal', '10'],
  ['M02', '红色物业', 'count', 'municipal', '10'],
  ['M03', '非公企业党组织覆盖率', 'ratio', 'municipal', '8'],
  ['M04', '村集体经营性收入', 'amount', 'municipal', '8'],
  ['M05', '居民自治组织组建', 'count', 'municipal', '8'],
  ['M06', '交叉任职落实', 'yes_no', 'municipal', '6'],
  ['M07', '非公党建指导员', 'count', 'municipal', '6'],
  ['M08', '物业项目监督员', 'count', 'municipal', '6'],
  ['M09', '老旧小区改造', 'count', 'municipal', '14'],
  ['M10', '示范楼院建设', 'milestone', 'municipal', '8'],
  ['D11', '驻区单位参与', 'count', 'district', '5'],
  ['D12', '共建项目', 'count', 'district', '5'],
  ['D13', '政策掌握', 'score', 'district', '6'],
]

describe('indicators', () => {
  it('are the 13 with their weights, 100 together, in four parts', () => {
    const facts = example.indicators.map(({ code, name, kind, origin, weight }) => [
      code,
      name,
      kind,
      origin,
      weight,
    ])
    expect(facts).toEqual(indicatorFacts)
    expect(example.indicators.reduce((sum, { weight }) => sum + Number(weight), 0)).toBe(100)
    expect(new Set(example.indicators.map(({ part }) => part))).toEqual(new Set([1, 2, 3, 4]))
  })

  it('fall due when the contract says', () => {
    const dues = Object.fromEntries(example.indicators.map(({ name, due }) => [name, due]))
    const { 共建项目, 物业项目监督员, ...rest } = dues
    expect([共建项目, 物业项目监督员]).toEqual(['2026-11-23', '2026-11-27'])
    expect(new Set(Object.values(rest))).toEqual(new Set(['2026-12-31']))
    expect(
      example.targets.filter(
        ({ indicator, due }) => due && due !== example.indicators.find(({ code }) => code === indicator)?.due,
      ),
    ).toEqual([])
  })

  it('have other names that mean one of them only', () => {
    const names = example.indicators.flatMap(({ name, aliases }) => [name, ...aliases])
    expect(new Set(names).size).toBe(names.length)
  })

  it('concern villages only where the income of villages is meant', () => {
    expect(
      example.indicators.filter(({ appliesTo }) => appliesTo.length === 1).map(({ code }) => code),
    ).toEqual(['M04'])
  })
})

describe('targets', () => {
  it('exist for every unit and indicator that belong together, with who answers for them', () => {
    const expected = example.units.flatMap(({ code, level }) =>
      example.indicators.filter(({ appliesTo }) => appliesTo.includes(level)).map((i) => `${code}/${i.code}`),
    )
    expect(example.targets.map(({ unit, indicator }) => `${unit}/${indicator}`).toSorted()).toEqual(
      expected.toSorted(),
    )
    expect(example.targets.filter(({ responsible, unit }) => responsible?.unit !== unit)).toEqual([])
  })

  it('do not apply here and there, for a reason that somebody approved', () => {
    const exempt = example.targets.flatMap((target) => target.exempt ?? [])
    expect(exempt.length).toBeGreaterThan(10)
    expect(new Set(exempt.map(({ approvedBy }) => approvedBy))).toEqual(new Set(['何晓雯']))
  })

  it('add up to the known numbers of old compounds: 488 in the district, 62 in 汝河路街道, 20 open', () => {
    const old = cells.filter(({ indicator, target }) => indicator.code === 'M09' && !target.exempt)
    const sum = (of: typeof old, read: (cell: (typeof old)[number]) => string | null | undefined) =>
      of.reduce((total, cell) => total + Number(read(cell) ?? 0), 0)
    const ruhe = old.filter(({ target }) => nameOf(unitBy.get(target.unit)?.parent ?? null) === '汝河路街道')
    expect(sum(old, ({ target }) => target.target)).toBe(488)
    expect(sum(old, ({ report }) => report?.value)).toBe(468)
    expect([sum(ruhe, ({ target }) => target.target), sum(ruhe, ({ report }) => report?.value)]).toEqual([
      62, 62,
    ])
  })
})

describe('the history', () => {
  it('is long enough to show movement and short enough to load quickly', () => {
    expect(example.reports.length).toBeGreaterThan(8_000)
    expect(example.reports.length).toBeLessThan(16_000)
    const dates = example.reports.map(({ asOf: date }) => date).toSorted()
    expect(dates[0]?.slice(0, 7)).toBe('2026-03')
    expect(dates.at(-1)).toBe('2026-11-20')
  })

  it('grows: a cumulative number never falls, and is said once a day', () => {
    const last = new Map<string, { asOf: string; value: number }>()
    for (const { unit, indicator, asOf: date, value, num } of example.reports) {
      const cell = `${unit}/${indicator}`
      const before = last.get(cell)
      const now = Number(num ?? value)
      expect(before === undefined || before.asOf < date, cell).toBe(true)
      if (indicator !== 'D13') expect(now, cell).toBeGreaterThanOrEqual(before?.value ?? 0)
      last.set(cell, { asOf: date, value: now })
    }
  })

  it('ends in the promised cells of 金苑社区', () => {
    const standing = (name: string) => {
      const cell = cells.find(({ unit, indicator }) => unit === '金苑社区' && indicator.name === name)
      return [cell?.report?.value, cell?.target.target]
    }
    expect(standing('红色物业')).toEqual(['2', '4'])
    expect(standing('物业项目监督员')).toEqual(['2', '4'])
    expect(standing('共建项目')).toEqual(['1', '3'])
    expect(standing('驻区单位参与')).toEqual(['6', '8'])
  })

  it('ends with scores between 70 and 98', () => {
    const scores = cells
      .filter(({ indicator }) => indicator.code === 'D13')
      .map(({ report }) => Number(report?.value))
    expect(Math.min(...scores)).toBeGreaterThanOrEqual(70)
    expect(Math.max(...scores)).toBeLessThanOrEqual(98)
  })

  it('makes a believable chart on 2026-11-22: many done, some yellow, a few red, a few never reported', () => {
    const lamps = new Map<string, number>()
    let unreported = 0
    for (const { target, indicator, report } of cells) {
      const { kind, direction, plan } = indicator
      const goal = target.target ?? indicator.target
      const measure = {
        kind,
        direction,
        baseline: target.baseline ?? indicator.baseline,
        target: goal,
        zeroTarget: 'na',
      } as const
      const share = target.exempt
        ? 'na'
        : completion(measure, report ?? { value: null, num: null, den: null })
      const span = { starts: indicator.starts ?? '', due: target.due ?? indicator.due ?? '', plan }
      const lamp = lampOf(share, span, asOf, { yellow: 10, red: 30 })
      lamps.set(lamp, (lamps.get(lamp) ?? 0) + 1)
      if (!report && !target.exempt) unreported++
    }
    const colours = ['done', 'green', 'yellow', 'red'] as const
    const all = colours.reduce((sum, lamp) => sum + (lamps.get(lamp) ?? 0), 0)
    const [done = 0, green = 0, yellow = 0, red = 0] = colours.map(
      (lamp) => (100 * (lamps.get(lamp) ?? 0)) / all,
    )
    expect(done).toBeGreaterThan(35)
    expect(done).toBeLessThan(60)
    expect(green).toBeGreaterThan(20)
    expect(yellow).toBeGreaterThan(10)
    expect(yellow).toBeLessThan(25)
    expect(red).toBeGreaterThan(5)
    expect(red).toBeLessThan(10)
    expect(unreported).toBeGreaterThan(5)
    expect(unreported).toBeLessThan(40)
  })
})
