// The rules of scores once more, written down plainly and apart from the product, for the test that compares the two.

type Level = 'district' | 'street' | 'community' | 'village'
export interface Given {
  campaign: { start: string; end: string }
  indicators: {
    code: string
    kind: 'count' | 'amount' | 'ratio' | 'yes_no' | 'milestone' | 'score'
    direction: 'up' | 'down'
    weight: number
    cap: number
    baseline: number
    target: number
    due: string
    steps: Record<string, number>
    applies_to: Level[]
  }[]
  units: { code: string; level: Level; parent: string | null }[]
  cells: {
    unit: string
    indicator: string
    value: number | null
    num: number | null
    den: number | null
    step: string | null
    na: boolean
    target?: number
  }[]
  adjustments: { unit: string; points: number; doc: string }[]
  previous: { rule_version: number; ranks: Record<string, number | null> }
  rule_version: number
  options: { zero_target: 'na' | 'done'; yellow: number; red: number }
}
type Indicator = Given['indicators'][number]
type Cell = Given['cells'][number]

/** A fraction of whole numbers, not reduced. */
type Q = [bigint, bigint]
const q = (decimal: number): Q => {
  const [whole = '0', part = ''] = String(decimal).split('.')
  return [BigInt(whole + part), 10n ** BigInt(part.length)]
}
const positive = ([n, d]: Q): Q => (d < 0n ? [-n, -d] : [n, d])
const add = (a: Q, b: Q): Q => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
const sub = (a: Q, b: Q): Q => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]]
const mul = (a: Q, b: Q): Q => [a[0] * b[0], a[1] * b[1]]
const div = (a: Q, b: Q): Q => positive([a[0] * b[1], a[1] * b[0]])
const less = (a: Q, b: Q) => a[0] * b[1] < b[0] * a[1]
const min = (a: Q, b: Q): Q => (less(b, a) ? b : a)
const max = (a: Q, b: Q): Q => (less(a, b) ? b : a)
const sum = (all: Q[]): Q => all.reduce(add, [0n, 1n])
const [zero, one, hundred]: Q[] = [
  [0n, 1n],
  [1n, 1n],
  [100n, 1n],
]
const none = zero as Q
const whole = one as Q
const percent = hundred as Q

/** Half-up, two places; nothing here is negative. */
function two([n, d]: Q): string {
  const cents = String((n * 200n + d) / (2n * d)).padStart(3, '0')
  return `${cents.slice(0, -2)}.${cents.slice(-2)}`
}

const reported = (cell: Cell | undefined, { kind }: Indicator) =>
  cell !== undefined && (cell.value !== null || cell.step !== null || (kind === 'ratio' && cell.num !== null))

function formula(indicator: Indicator, zeroTarget: string, v: Q, b: Q, t: Q, isKnown: boolean): Q | null {
  if (indicator.direction === 'down') {
    if (less(t, b)) return max(none, div(sub(b, v), sub(b, t)))
    return isKnown && !less(t, v) ? whole : none
  }
  if (less(b, t)) return max(none, div(sub(v, b), sub(t, b)))
  if (zeroTarget === 'na') return null
  return isKnown && !less(v, t) ? whole : none
}

/** null = 不涉及 */
function single(given: Given, indicator: Indicator, cell: Cell | undefined): Q | null {
  if (cell?.na) return null
  const isKnown = reported(cell, indicator)
  const target = q(cell?.target ?? indicator.target)
  const value = q(cell?.value ?? 0)
  if (indicator.kind === 'count' || indicator.kind === 'amount') {
    const base = q(indicator.baseline)
    return formula(indicator, given.options.zero_target, isKnown ? value : base, base, target, isKnown)
  }
  if (!isKnown) return none
  if (indicator.kind === 'yes_no') return value
  if (indicator.kind === 'milestone') return q(indicator.steps[cell?.step ?? ''] ?? 0)
  if (indicator.kind === 'score') return div(value, target)
  if (cell?.den === 0) return null
  return div(mul(percent, div(q(cell?.num ?? 0), q(cell?.den ?? 1))), target)
}

function below(given: Given, unit: string): Given['units'] {
  const parts = given.units.filter(({ parent }) => parent === unit)
  return parts.length === 0
    ? given.units.filter(({ code }) => code === unit)
    : parts.flatMap(({ code }) => below(given, code))
}

/** The completion of a unit: its own, or that of all communities and villages below it. */
function completion(given: Given, indicator: Indicator, unit: string): Q | null {
  const all = below(given, unit)
    .filter(({ level }) => indicator.applies_to.includes(level))
    .map(({ code }) => given.cells.find((cell) => cell.unit === code && cell.indicator === indicator.code))
  const parts = all.flatMap((cell) => {
    const share = single(given, indicator, cell)
    return share ? [{ cell, share }] : []
  })
  if (parts.length === 0) return null
  if (!given.units.some(({ parent }) => parent === unit)) return parts[0]?.share ?? null
  const count: Q = [BigInt(parts.length), 1n]
  const target = sum(parts.map(({ cell }) => q(cell?.target ?? indicator.target)))
  if (indicator.kind === 'count' || indicator.kind === 'amount') {
    const base = q(indicator.baseline)
    const value = sum(parts.map(({ cell }) => (reported(cell, indicator) ? q(cell?.value ?? 0) : base)))
    return formula(indicator, given.options.zero_target, value, mul(base, count), target, true)
  }
  if (indicator.kind !== 'ratio') return div(sum(parts.map(({ share }) => share)), count)
  const known = parts.filter(({ cell }) => reported(cell, indicator))
  if (known.length === 0) return none
  const num = sum(known.map(({ cell }) => q(cell?.num ?? 0)))
  const den = sum(known.map(({ cell }) => q(cell?.den ?? 0)))
  const share = mul(div(num, den), div([BigInt(known.length), 1n], count))
  return div(mul(percent, share), div(target, count))
}

const day = (text: string) => Date.parse(text) / 86_400_000

function lamp(given: Given, indicator: Indicator, share: Q | null, date: string): string {
  if (!share) return 'grey'
  if (!less(share, whole)) return 'done'
  if (date > indicator.due) return 'red'
  const ahead = mul(percent, sub(share, line(given, indicator, date)))
  if (less(ahead, q(-given.options.red))) return 'red'
  if (!less(q(-given.options.yellow), ahead)) return 'yellow'
  return day(indicator.due) - day(date) <= 3 ? 'yellow' : 'green'
}

function line({ campaign }: Given, { due }: Indicator, date: string): Q {
  const [gone, all] = [day(date) - day(campaign.start) + 1, day(due) - day(campaign.start) + 1]
  return max(none, min(whole, [BigInt(gone), BigInt(all)]))
}

/** The same rows as the product's, without marks. */
export function reference(given: Given, date: string) {
  const totals = given.units.map(({ code }) => {
    const parts = given.indicators.flatMap((indicator) => {
      const share = completion(given, indicator, code)
      return share ? [{ share: min(share, q(indicator.cap)), weight: q(indicator.weight) }] : []
    })
    const weight = sum(parts.map((part) => part.weight))
    if (weight[0] === 0n) return null
    const share = div(sum(parts.map((part) => mul(part.share, part.weight))), weight)
    const points = given.adjustments.filter(({ unit }) => unit === code).map((item) => q(item.points))
    const plus = min(q(10), sum(points.filter((one) => less(none, one))))
    const minus = max(q(-20), sum(points.filter((one) => less(one, none))))
    return two(max(none, min(q(110), add(add(mul(percent, share), plus), minus))))
  })
  return {
    schedule: Object.fromEntries(
      given.indicators.map((one) => [one.code, two(mul(percent, line(given, one, date)))]),
    ),
    units: given.units.map(({ code, level }, at) => {
      const total = totals[at] ?? null
      const others = totals.filter((other, place) => other !== null && given.units[place]?.level === level)
      const rank = 1 + others.filter((other) => Number(other) > Number(total)).length
      const bottom = 1 + others.filter((other) => Number(other) < Number(total)).length
      const before = given.previous.ranks[code]
      const change =
        given.previous.rule_version !== given.rule_version ? null : before ? before - rank : 'new'
      return {
        ...{ code, total, rank: total === null ? null : rank, bottom_rank: total === null ? null : bottom },
        ...{ change: total === null ? null : change, peer: level },
        cells: Object.fromEntries(
          given.indicators.map((indicator) => {
            const share = completion(given, indicator, code)
            const score = share && two(mul(q(indicator.weight), min(share, q(indicator.cap))))
            const row = { completion: share && two(mul(percent, share)), score }
            return [indicator.code, { ...row, lamp: lamp(given, indicator, share, date) }]
          }),
        ),
      }
    }),
  }
}
