// What one more piece of work would be, and how far it would bring a unit: one more 个, the next step (`domain.md` N20). Pure.
import Fraction from 'fraction.js'
import { completion, type Kind } from './completion.ts'
import { inOrder } from './entry.ts'
import { wholeOf } from './standing.ts'
import type { Part, Sums } from './sums.ts'

export interface NextStep {
  /** 再完成1个, 到验收. */
  words: string
  /** The completion that it would bring. */
  share: Fraction
}

interface Subject {
  kind: Kind
  uom: string
  /** Milestones, with the share reached. */
  steps: Record<string, number>
}

/** The next piece for one community or village; undefined where nothing is left, or nobody can tell. */
export function nextStep({ kind, uom, steps }: Subject, part: Part): NextStep | undefined {
  const then = (words: string, over: Partial<Part>) => {
    const share = completion(part, { ...part, ...over })
    return share === 'na' ? undefined : { words, share }
  }
  const now = completion(part, part)
  if (!part.applies || now === 'na') return undefined
  const value = new Fraction(part.value ?? part.baseline)
  switch (kind) {
    case 'count':
    case 'amount': {
      const target = new Fraction(part.target ?? 0)
      const isDown = part.direction === 'down'
      const left = isDown ? value.sub(target) : target.sub(value)
      const step = kind === 'amount' && left.gt(0) && left.lt(1) ? left : new Fraction(1)
      const one = then(`${isDown ? '再减' : '再完成'}${text(step)}${uom}`, {
        value: text(isDown ? value.sub(step) : value.add(step)),
      })
      // Where a single piece changes nothing (all or nothing, or still below the start) the target is the step.
      return one?.share.gt(now)
        ? one
        : then(`${isDown ? '降到' : '达到'}${text(target)}${uom}`, { value: text(target) })
    }
    case 'ratio': {
      if (!part.reported) return undefined
      if (part.num === null || part.den === null)
        return then('提高1个百分点', { value: text(new Fraction(part.value ?? 0).add(1)) })
      return then('再完成1个', { num: text(new Fraction(part.num).add(1)) })
    }
    case 'yes_no':
      return then('落实了', { value: '1' })
    case 'milestone': {
      const next = inOrder(steps).find((step) => now.lt(steps[step] ?? 0))
      return next === undefined
        ? undefined
        : then(`到${next}`, { value: text(new Fraction(steps[next] ?? 0)) })
    }
    case 'score':
      return then('多1分', { value: text(new Fraction(part.value ?? 0).add(1)) })
  }
}

/** One more piece anywhere below a street or the district; undefined for means, to which it depends on who adds it. */
export function nextOfSums(
  measure: Subject & Pick<Part, 'direction' | 'zeroTarget'>,
  sums: Sums,
): NextStep | undefined {
  const then = (words: string, over: Partial<Sums>) => {
    const { share } = wholeOf(measure, { ...sums, ...over })
    return share === 'na' ? undefined : { words, share }
  }
  const { kind, uom, direction } = measure
  if (kind === 'count' || kind === 'amount')
    return direction === 'down'
      ? then(`再减1${uom}`, { value: sums.value.sub(1) })
      : then(`再完成1${uom}`, { value: sums.value.add(1) })
  if (kind === 'ratio') return sums.parted.equals(0) ? undefined : then('再完成1个', { num: sums.num.add(1) })
  if (kind === 'yes_no')
    return sums.shares.gte(sums.applicable)
      ? undefined
      : then('再落实1个', { shares: sums.shares.add(1), value: sums.value.add(1) })
  return undefined
}

const text = (number: Fraction) => number.toString()
