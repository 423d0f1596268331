// docs/规则.md is recomputed from its own inputs, with the product's functions: page and code cannot differ.
import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import weekly from '../jobs/weekly-ranking.ts'
import { effectNames, limits, netOf } from '../src/campaign/adjustments.ts'
import { best } from '../src/campaign/awards.ts'
import { calendarOf } from '../src/campaign/calendar.ts'
import { completion, type Kind } from '../src/campaign/completion.ts'
import { twoPlaces } from '../src/campaign/decimal.ts'
import { movement, rank, totalOf } from '../src/campaign/ranking.ts'
import { type Lamp, lampOf, type Span, scheduleLine } from '../src/campaign/schedule.ts'
import { isCarried, scoreOf } from '../src/campaign/score.ts'
import { overall, type Part, together } from '../src/campaign/standing.ts'
import { addDays, daysBetween } from '../src/clock.ts'
import { read } from './support/documents.ts'

const page = read('docs/规则.md')
const [, starts = '', due = '', today = ''] =
  page.match(/(\d{4}-\d\d-\d\d) 开始，(\d{4}-\d\d-\d\d) 到期，今天是 (\d{4}-\d\d-\d\d)/) ?? []
const span: Span = { starts, due, plan: [] }
const usual = { yellow: 10, red: 30 }

const kinds: Record<string, Kind> = {
  ...{ 数量: 'count', 金额: 'amount', 比率: 'ratio', 是否: 'yes_no', 节点: 'milestone', 得分: 'score' },
}
const lamps: Record<string, Lamp> = { 灰: 'grey', 完成: 'done', 红: 'red', 黄: 'yellow', 绿: 'green' }
const steps = new Map(
  rowsUnder('节点 | 份额').map(([step, share]) => [step, new Fraction(share ?? 0).div(100)]),
)

/** The rows under a header that is exactly this. */
function rowsUnder(header: string): string[][] {
  const lines = page.split('\n')
  const at = lines.indexOf(`| ${header} |`)
  expect(at, header).toBeGreaterThan(-1)
  const end = lines.findIndex((line, n) => n > at && !line.startsWith('|'))
  const rows = lines.slice(at + 2, end).map((line) => line.split('|').slice(1, -1))
  return rows.map((row) => row.map((text) => text.trim()))
}

/** A cell as the page writes it: 3, 38/40, 是, 初验, 未报, 不涉及. */
function partOf(kind: Kind, now: string, more: { target?: string; baseline?: string; way?: string }): Part {
  const [num = null, den = null] = kind === 'ratio' && now.includes('/') ? now.split('/') : []
  const known = steps.get(now)?.toFraction() ?? { 是: '1', 否: '0' }[now] ?? now
  const reported = now !== '未报'
  const value = reported && now !== '不涉及' && num === null ? known : null
  return {
    ...{
      kind,
      direction: more.way === '越少越好' ? 'down' : 'up',
      zeroTarget: 'na',
      baseline: more.baseline || '0',
    },
    ...{ target: more.target || null, value, num, den, reported, applies: now !== '不涉及' },
  }
}

const shareOf = (part: Part) => (part.applies ? completion(part, part) : 'na')
const shown = (share: Fraction | 'na') => (share === 'na' ? '不涉及' : twoPlaces(share.mul(100)))
const minus = (text = '') => text.replaceAll('−', '-')

it('gives the days and the schedule of its example', () => {
  const [, from = '', to = '', all, then = '', gone, percent] =
    page.match(/(\S{10}) 到 (\S{10}) 共 (\d+) 天，到 (\S{10}) 过了 (\d+) 天，应完成 ([\d.]+)%/) ?? []
  expect([from, to, then]).toEqual([starts, due, today])
  expect([all, gone]).toEqual([daysBetween(starts, due) + 1, daysBetween(starts, today) + 1].map(String))
  expect(percent).toBe(twoPlaces(scheduleLine(span, today).mul(100)))
})

describe('completions and lamps', () => {
  it.each(rowsUnder('类型 | 方向 | 基数 | 目标 | 现在 | 完成率 | 灯'))(
    '%s %s %s %s %s',
    (name = '', way = '', baseline = '', target = '', now = '', share = '', lamp = '') => {
      const own = shareOf(partOf(kinds[name] ?? 'count', now, { target, baseline, way }))
      expect([shown(own), lampOf(own, span, today, usual)]).toEqual([share, lamps[lamp]])
    },
  )

  it('tell all kinds', () => {
    const named = rowsUnder('类型 | 方向 | 基数 | 目标 | 现在 | 完成率 | 灯').map(([name]) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(kinds)))
  })

  it.each(rowsUnder('黄线 | 红线 | 偏差 | 灯'))(
    'lines %s and %s, %s: %s',
    (yellow, red, points, lamp = '') => {
      const half = '2026-07-31'
      const share = scheduleLine(span, half).add(new Fraction(minus(points)).div(100))
      expect(lampOf(share, span, half, { yellow: Number(yellow), red: Number(red) })).toBe(lamps[lamp])
    },
  )

  it('follow the order of the table', () => {
    const almost = new Fraction('0.9999')
    const cases: [Fraction | 'na', string][] = [
      ...([
        ['na', addDays(due, 1)],
        [new Fraction(1), addDays(due, 1)],
        [almost, addDays(due, 1)],
      ] as never[]),
      ...([
        [scheduleLine(span, today).sub('0.3001'), today],
        [scheduleLine(span, today).sub('0.2'), today],
      ] as never[]),
      ...([
        [almost, addDays(due, -3)],
        [almost, addDays(due, -4)],
      ] as never[]),
    ]
    const expected = rowsUnder('情况 | 灯').map(([, lamp = '']) => lamps[lamp.split(' ')[0] ?? ''])
    expect(cases.map(([share, date]) => lampOf(share, span, date, usual))).toEqual(expected)
  })
})

it.each(rowsUnder('数是哪天的 | 到哪天还算新 | 哪天起标沿用'))(
  'a number of %s is new until %s and carried from %s',
  (asOf = '', last = '', from = '') => {
    const calendar = calendarOf()
    expect([isCarried(asOf, last, calendar), isCarried(asOf, from, calendar)]).toEqual([false, true])
    expect(addDays(last, 1)).toBe(from)
  },
)

describe('the worked example', () => {
  const rows = rowsUnder('编码 | 指标 | 类型 | 权重 | 目标 | 现在 | 完成率 | 得分')
  const parts = rows.map(([code, , name = '', weight = '', target = '', now = '', share, score]) => {
    const own = shareOf(partOf(kinds[name] ?? 'count', now, { target }))
    return { code, weight, cap: '1', share: own, said: { share, score } }
  })
  const sumOf = (all: Fraction[]) => all.reduce((sum, one) => sum.add(one), new Fraction(0))
  const applying = parts.filter(({ share }) => share !== 'na')

  it.each(parts)('$code', ({ share, weight, cap, said }) => {
    const score = scoreOf(share, weight, cap)
    expect([shown(share), score ? twoPlaces(score) : '不涉及']).toEqual([said.share, said.score])
  })

  it('has the sums and the total that are said', () => {
    const [, scores, weights, total] =
      page.match(/得分合计 ([\d.]+)，涉及的权重 (\d+)，总分 \*\*([\d.]+)\*\*/) ?? []
    const points = applying.map(({ share, weight, cap }) => scoreOf(share, weight, cap) ?? new Fraction(0))
    expect(scores).toBe(twoPlaces(sumOf(points)))
    expect(weights).toBe(sumOf(applying.map(({ weight }) => new Fraction(weight))).toString())
    expect([total, total]).toEqual([totalOf(overall(parts)), '84.03'])
  })

  it('says what it would be if what was not reported were left out', () => {
    const [, code, weights, total] =
      page.match(/把没报的 (\S+) 当成不涉及，权重只剩 (\d+)，总分会变成 ([\d.]+)/) ?? []
    const wrong = parts.map((one) => (one.code === code ? { ...one, share: 'na' as const } : one))
    const left = wrong.filter(({ share }) => share !== 'na').map(({ weight }) => new Fraction(weight))
    expect(weights).toBe(sumOf(left).toString())
    expect([total, total]).toEqual([totalOf(overall(wrong)), '88.86'])
  })
})

it.each(rowsUnder('原来 | 加减 | 结果'))('%s with %s is %s', (before = '', items = '', after) => {
  const points = items.split('、').map((one) => ({ points: minus(one).replace('+', '') }))
  expect(totalOf(new Fraction(before).div(100), netOf(points).net)).toBe(after)
})

it('says the limits of what is given and taken', () => {
  expect(page).toContain(`加分合计最多算 ${limits.plus} 分，减分合计最多算 ${limits.minus} 分`)
})

it.each(rowsUnder('类型 | 怎么汇总 | 例子 | 完成率'))(
  'a street: %s',
  (name = '', _how, items = '', share) => {
    const kind = kinds[name] ?? 'count'
    const parts = items.split('、').map((item) => {
      const [now = '', target = '100'] = kind === 'count' ? item.split('/') : [item]
      return partOf(kind, now, { target })
    })
    expect(shown(together(parts).share)).toBe(share)
  },
)

it('gives the places of its totals', () => {
  const rows = rowsUnder('总分 | 名次 | 倒数')
  const contenders = rows.map(([total = ''], at) => ({ unit: at, roster: at, peer: '', total }))
  const places = rank(contenders).flatMap((group) => group.places)
  expect(places.map((place) => [place.total, place.rank, place.bottomRank].map(String))).toEqual(rows)
})

it.each(rowsUnder('上次 | 这次 | 升降'))('from %s to %s is %s', (before = '', now, words) => {
  const last = before === '没有' ? undefined : { rank: Number(before), peer: '' }
  const moved = movement({ rank: Number(now), peer: '' }, last, true)
  const up = typeof moved === 'number' ? (moved > 0 ? `↑${moved}` : moved < 0 ? `↓${-moved}` : '→') : '新'
  expect(up).toBe(words)
})

it('says who is in at the cut', () => {
  const rows = rowsUnder('单位 | 总分 | 红灯 | 市定得分 | 逾期问题 | 哪天达到 | 结果')
  const units = rows.map(([name = '', total = '', red, municipal = '', findings, reachedOn = '', said]) => ({
    ...{ name, total, redLamps: Number(red), municipal, overdueFindings: Number(findings), reachedOn },
    ...{ barred: false, said },
  }))
  const { chosen, equal } = best(units, Number(page.match(/取前 (\d+) 名/)?.[1]))
  const result = units.map((one) => (equal.includes(one) ? '请研究' : chosen.includes(one) ? '进' : '不进'))
  expect(result).toEqual(units.map(({ said }) => said))
})

it('names the effects of a veto', () => {
  expect(rowsUnder('效果 | 说明').map(([name]) => name)).toEqual(Object.values(effectNames))
})

it('says when places are fixed', () => {
  expect(weekly.cron).toBe('0 18 * * 5')
  expect(page).toContain('每周五 18:00 定格一次')
})
