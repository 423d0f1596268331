// Points in hundredths, as they are shown, so that every row and every sum is right to the cent (`domain.md` N20). Pure.
import type Fraction from 'fraction.js'
import { type Explanation, hundredthsOf, type Loss } from './explain.ts'

/** One indicator in hundredths of a point: `earned` + `lost` = `most`. */
export interface Shown<T> {
  loss: Loss<T>
  most: number
  lost: number
  earned: number
  /** What one more piece would bring: no more than what is lost, unless over-fulfilment pays. */
  gain?: number
}

const whole = 100 * 100

/**
 * The rows of a score as they are shown: the full marks come to 100, the losses to what is missing of it, and so what is
 * earned to the total. Nothing but over-fulfilment earns more than the full marks; what is not begun earns nothing, and
 * what is done all. Equal weights show equal full marks, and rows that are alike are shown alike, where that is possible.
 */
export function shownOf<T>({ losses, total, adjustment, cut }: Explanation<T>): Shown<T>[] {
  const missing = whole + hundredthsOf(adjustment.add(cut)) - hundredthsOf(total)
  const alike = groupsOf(losses, ({ most }) => most.toFraction()).map((group) =>
    groupsOf(group, ({ lost }) => lost.toFraction()),
  )
  const apart = losses.map((loss) => [[loss]])
  const shown = choose(alike, missing) ?? choose(apart, missing) ?? forced(losses, missing)
  return losses.map((loss) => {
    const { most, lost } = shown.get(loss) ?? { most: 0, lost: 0 }
    return { loss, most, lost, earned: most - lost, ...gainOf(loss, lost) }
  })
}

/** A gain that closes the loss is shown as the loss is, and none is shown greater than the loss of which it is a part. */
function gainOf({ gain, lost: exact }: Loss<unknown>, lost: number): { gain?: number } {
  if (gain === undefined) return {}
  if (gain.gt(exact)) return { gain: hundredthsOf(gain) }
  return { gain: gain.equals(exact) ? lost : Math.min(hundredthsOf(gain), lost) }
}

type Cents = { most: number; lost: number }

/** Sums so far, how far off the rows are for it, and what was chosen last. */
interface Way extends Cents {
  off: number
  last?: { rows: Loss<unknown>[]; cents: Cents; before: Way }
}

/**
 * Rounds each number up or down, groups of them alike, so that full marks come to 100 and losses to what is missing; of
 * all ways to do so the one that is least off. What is a whole number of hundredths stays as it is.
 * @param weights rows of one weight, and in them those of one loss
 */
function choose(weights: Loss<unknown>[][][], missing: number): Map<Loss<unknown>, Cents> | undefined {
  let ways: Way[] = [{ most: 0, lost: 0, off: 0 }]
  for (const groups of weights) {
    const [of] = groups[0] ?? []
    if (!of) continue
    ways = best(
      near(of.most).flatMap((most) =>
        groups.reduce((sofar, rows) => best(sofar.flatMap((way) => extended(way, rows, most))), ways),
      ),
    )
  }
  const found = ways.find((way) => way.most === whole && way.lost === missing)
  if (!found) return undefined
  const chosen = new Map<Loss<unknown>, Cents>()
  for (let way = found.last; way; way = way.before.last)
    for (const row of way.rows) chosen.set(row, way.cents)
  return chosen
}

function extended(before: Way, rows: Loss<unknown>[], most: number): Way[] {
  const [of] = rows
  if (!of) return []
  const losses = of.earned.equals(0) ? [most] : near(of.lost).filter((lost) => lost <= most)
  return losses.map((lost) => ({
    most: before.most + most * rows.length,
    lost: before.lost + lost * rows.length,
    off:
      before.off +
      rows.length * (offBy(of.most, most) + offBy(of.lost, lost) + offBy(of.earned, most - lost)),
    last: { rows, cents: { most, lost }, before },
  }))
}

/** Of ways with the same sums the one that is least off. */
function best(ways: Way[]): Way[] {
  const known = new Map<string, Way>()
  for (const way of ways) {
    const key = `${way.most} ${way.lost}`
    if (way.off < (known.get(key)?.off ?? Number.POSITIVE_INFINITY)) known.set(key, way)
  }
  return [...known.values()]
}

/** Where there is no such way: half-up, and the greatest take up the differences, in which they are lost. */
function forced(losses: Loss<unknown>[], missing: number): Map<Loss<unknown>, Cents> {
  const most = filled(
    losses.map((loss) => hundredthsOf(loss.most)),
    whole,
  )
  const lost = filled(
    losses.map((loss) => hundredthsOf(loss.lost)),
    missing,
  )
  return new Map(losses.map((loss, at) => [loss, { most: most[at] ?? 0, lost: lost[at] ?? 0 }]))
}

function filled(cents: number[], sum: number): number[] {
  const missing = sum - cents.reduce((all, one) => all + one, 0)
  const greatest = cents.indexOf(Math.max(...cents))
  return cents.map((one, at) => (at === greatest ? one + missing : one))
}

/** The next hundredths below and above; one where it is whole. */
const near = (exact: Fraction): number[] => {
  const cents = exact.mul(100)
  return [...new Set([cents.floor().valueOf(), cents.ceil().valueOf()])]
}

/** Only for choosing between ways: no score is made of it. */
const offBy = (exact: Fraction, cents: number): number => exact.mul(100).sub(cents).valueOf() ** 2

function groupsOf<T>(some: T[], keyOf: (one: T) => string): T[][] {
  const groups = new Map<string, T[]>()
  for (const one of some) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one])
  return [...groups.values()]
}
