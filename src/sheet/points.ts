// Two small notations in a cell: plan points 「2026-06-30:40%；2026-09-30:70%」 and steps 「申报:20%；验收:100%」.
import { date, type Parsed, type Parser, share } from './values.ts'

type Point = [name: string, share: string]

/** Plan points inside a span, in order, never falling. */
export function planPoints({ starts, due }: { starts: string; due: string }): Parser<[string, number][]> {
  return (cell) => {
    const points = parse(String(cell))
    if ('wrong' in points) return points
    const dated: [string, number][] = []
    for (const [day, value] of points.value) {
      const parsed = date(day)
      if ('wrong' in parsed) return parsed
      const [lastDay, lastShare] = dated.at(-1) ?? [starts, 0]
      if (parsed.value <= lastDay || parsed.value >= due)
        return { wrong: `${parsed.value} 不在开始与截止之间，或没有按先后排列` }
      if (Number(value) < lastShare) return { wrong: `${day} 的比例比前一个小` }
      dated.push([parsed.value, Number(value)])
    }
    return { value: dated }
  }
}

/** Milestones in order; every one is worth more than the one before, the last is the whole. */
export const steps: Parser<Point[]> = (cell) => {
  const points = parse(String(cell))
  if ('wrong' in points) return points
  const rising = points.value.every(
    ([, value], index) => Number(value) > Number(points.value[index - 1]?.[1] ?? 0),
  )
  if (!rising) return { wrong: '比例应当一个比一个大' }
  return points.value.at(-1)?.[1] === '1' ? points : { wrong: '最后一个节点应当是 100%' }
}

function parse(said: string): Parsed<Point[]> {
  const points: Point[] = []
  for (const part of said.split(/[;；、\n]/).filter((piece) => piece.trim())) {
    const [, name = '', amount = ''] = /^\s*(.+?)\s*[:：]\s*([^:：]+?)\s*$/.exec(part) ?? []
    const value = amount === '' ? { wrong: '' } : share(amount)
    if ('wrong' in value) return { wrong: `「${part.trim()}」看不懂，请写成「名称:40%；名称:70%」` }
    points.push([name, value.value])
  }
  return { value: points }
}
