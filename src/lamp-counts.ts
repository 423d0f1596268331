// 红灯最多的街道: how many lamps of one colour each unit below has, counted (`domain.md` C4).
import { chartBelow } from './chart.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { Reply } from './message.ts'
import { isTold } from './ranking-sight.ts'
import { seesScores } from './score-sight.ts'
import type { Turn } from './turn.ts'
import { day, lamps } from './wording.ts'

type Lamp = keyof typeof lamps

const words: [RegExp, Lamp][] = [
  [/红灯/, 'red'],
  [/黄灯/, 'yellow'],
  [/绿灯/, 'green'],
  [/灰灯/, 'grey'],
]
const most =
  /(?:灯|数)(?:的)?(?:数|数量|个数)?(?:是)?(?:最多|最少|多)|(?:最多|最少)(?:的)?(?:红灯|黄灯|绿灯|灰灯)/
const shownAtMost = 10

/** @returns the colour whose lamps are to be counted; undefined when no unit is sought by its lamps */
export const lampSought = (text: string): Lamp | undefined =>
  most.test(text) && /谁|哪|最多|最少/.test(text)
    ? words.find(([pattern]) => pattern.test(text))?.[1]
    : undefined

/** Counted over the units directly below; scores of persons are left out where they are not told (`domain.md` N25). */
export async function lampCounts(turn: Turn, unit: Unit, lamp: Lamp): Promise<Reply> {
  const { roster, meaning, today } = turn
  const below = roster.children(unit.id).filter((child) => isTold(turn, child))
  const { mark, long } = lamps[lamp]
  if (below.length === 0)
    throw new UserError(`${unit.name}下面没有您能看的单位可比。要看它自己的灯，请说“${unit.name}进度”。`)
  const counts = new Map(below.map(({ id }) => [id, 0]))
  for (const indicator of roster.indicators.values()) {
    if (indicator.kind === 'score' && !seesScores(turn, unit)) continue
    for (const { unit: child, standing } of await chartBelow(turn, unit, indicator))
      if (standing.lamp === lamp && counts.has(child.id))
        counts.set(child.id, (counts.get(child.id) ?? 0) + 1)
  }
  const fewest = meaning.text.includes('最少')
  const sorted = below
    .map((child) => ({ child, count: counts.get(child.id) ?? 0 }))
    .sort((a, b) => (fewest ? a.count - b.count : b.count - a.count))
  const shown = sorted.filter(({ count }) => fewest || count > 0).slice(0, shownAtMost)
  const title = `${unit.name}各单位${mark}${long}的指标数（${day(today)}）`
  if (shown.length === 0)
    return { title, blocks: [{ kind: 'text', text: `一盏都没有，${below.length}个单位都没有。` }] }
  const isFiner = unit.level === 'district' && /社区|村/.test(meaning.text)
  return {
    title,
    blocks: [
      {
        ...{ kind: 'table', head: ['单位', '项数'] },
        rows: shown.map(({ child, count }) => [child.short, `${count}项`]),
      },
      ...(isFiner
        ? [{ kind: 'text' as const, text: '这是按街道数的。要数社区（村），请说“某某街道红灯最多的社区”。' }]
        : []),
    ],
  }
}
