// What each community and village has to reach in the example, and where it stands on 2026-11-20.
import { type ExampleIndicator, indicators } from './indicators.ts'
import type { Place } from './places.ts'
import { type Random, random } from './random.ts'

export interface Task {
  unit: Place
  indicator: ExampleIndicator
  baseline: number
  target: number | null
  /** Why it does not apply here. */
  exempt?: string
  /** Where it stands; null = never reported. Count, amount, score: the number; ratio: `of`; step: 0 = none reached. */
  standing: { value: number; of?: number } | null
}

/** The cells that the contract fixes: value and target. */
const fixed: Record<string, [number, number]> = {
  '金苑社区/M02': [2, 4],
  '金苑社区/M08': [2, 4],
  '金苑社区/D12': [1, 3],
  '金苑社区/D11': [6, 8],
}

/** Old compounds of the whole district and of 汝河路街道, and how many are not finished yet. */
const compounds = { district: 488, ruhe: 62, open: 20 }
const withoutCompounds = [
  '锦艺城社区',
  '阳光城社区',
  '普罗旺世社区',
  '常庄新城社区',
  '碧水湾社区',
  '学府里社区',
]

const targetRange: Record<string, [number, number]> = {
  M02: [4, 9],
  M05: [5, 12],
  M07: [4, 8],
  M08: [4, 9],
  D11: [6, 14],
  D12: [3, 7],
}

export function tasks(units: Place[]): Task[] {
  const old = compoundsOf(units)
  return units.flatMap((unit, u) =>
    indicators
      .filter((indicator) => indicator.applies.includes(unit.level))
      .map((indicator, i): Task => {
        const chance = random(1000 + u * 20 + i)
        // Some are strong everywhere, some lag everywhere: without this all totals would look alike.
        const strength = random(u + 7).next()
        return indicator.code === 'M09'
          ? compoundTask(unit, indicator, old)
          : task(unit, indicator, chance, strength)
      }),
  )
}

function task(unit: Place, indicator: ExampleIndicator, chance: Random, strength: number): Task {
  const base = { unit, indicator, baseline: 0, target: null }
  const given = fixed[`${unit.name}/${indicator.code}`]
  if (given) return { ...base, target: given[1], standing: { value: given[0] } }
  if (indicator.code === 'M01' && unit.level === '村')
    return { ...base, exempt: '村内没有无主管楼院', standing: null }
  if (indicator.kind !== '得分' && chance.chance(0.012))
    return { ...base, ...goal(indicator, chance), standing: null }
  const share = shareReached(indicator, chance, strength)
  if (indicator.kind === '得分')
    return { ...base, standing: { value: Math.round(74 + strength * 14 + chance.next() * 10) } }
  if (indicator.kind === '是否') return { ...base, standing: { value: share < 0.6 ? 0 : 1 } }
  if (indicator.kind === '节点') return { ...base, standing: { value: share >= 1 ? 4 : share > 0.6 ? 3 : 2 } }
  if (indicator.kind === '比率') {
    const of = indicator.code === 'M01' ? noYards(chance) : chance.whole(6, 30)
    return {
      ...base,
      standing: { value: Math.min(of, Math.round((share * of * (indicator.target ?? 100)) / 100)), of },
    }
  }
  const { baseline, target } = goal(indicator, chance)
  const exact = baseline + share * (target - baseline)
  if (indicator.kind === '金额') return { ...base, baseline, target, standing: { value: tenth(exact) } }
  const value = share < 1 ? Math.min(Math.round(exact), target - 1) : target
  return { ...base, target, standing: { value } }
}

function goal(indicator: ExampleIndicator, chance: Random): { baseline: number; target: number } {
  if (indicator.kind === '金额') {
    const baseline = tenth(8 + chance.next() * 14)
    return { baseline, target: tenth(baseline + 5 + chance.next() * 9) }
  }
  const [least, most] = targetRange[indicator.code] ?? [0, 0]
  return { baseline: 0, target: chance.whole(least, most) }
}

/** Compounds without management, a few of the district's 392: here and there not a single one. */
const noYards = (chance: Random) => (chance.chance(0.04) ? 0 : chance.whole(1, 6))

/** Most stand near the schedule line, many are done, some lag, a few lag badly. */
function shareReached({ due }: ExampleIndicator, chance: Random, strength: number): number {
  const soon = due < '2026-12-01'
  const line = soon ? 0.99 : 0.87
  const draw = chance.next()
  const done = (soon ? 0.55 : 0.28) + strength * 0.24
  if (draw < done) return 1
  if (draw < done + 0.3) return line - 0.06 + chance.next() * 0.07
  if (draw < 0.93) return line - 0.25 + chance.next() * 0.13
  return line - 0.6 + chance.next() * 0.22
}

function compoundTask(unit: Place, indicator: ExampleIndicator, old: Map<string, [number, number]>): Task {
  const base = { unit, indicator, baseline: 0, target: null, standing: null }
  const [target, value] = old.get(unit.name) ?? [0, 0]
  if (unit.level === '村') return { ...base, exempt: '村内没有老旧小区' }
  if (target === 0) return { ...base, exempt: '辖区都是新建小区，没有老旧小区' }
  return { ...base, target, standing: { value } }
}

/** Shares the known numbers of compounds out: [how many there are, how many are finished] by unit. */
function compoundsOf(units: Place[]): Map<string, [number, number]> {
  const chance = random(488)
  const have = units.filter(({ level, name }) => level === '社区' && !withoutCompounds.includes(name))
  const ruhe = have.filter(({ parent }) => parent === '汝河路街道')
  const others = have.filter(({ parent }) => parent !== '汝河路街道')
  const counts = new Map([
    ...spread(compounds.ruhe, ruhe, chance),
    ...spread(compounds.district - compounds.ruhe, others, chance),
  ])
  const lagging = others.filter(({ name }) => (counts.get(name) ?? 0) >= 4)
  const open = new Map<string, number>()
  for (let left = compounds.open; left > 0; left--) {
    const { name } = chance.pick(lagging.filter((unit) => (open.get(unit.name) ?? 0) < 2))
    open.set(name, (open.get(name) ?? 0) + 1)
  }
  return new Map([...counts].map(([name, all]) => [name, [all, all - (open.get(name) ?? 0)]]))
}

function spread(total: number, units: Place[], chance: Random): Map<string, number> {
  const counts = new Map(units.map(({ name }) => [name, 1]))
  for (let left = total - units.length; left > 0; left--) {
    const { name } = chance.pick(units)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return counts
}

const tenth = (n: number) => Math.round(n * 10) / 10
