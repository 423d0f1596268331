// 155000 for an indicator that counts in 万元: 元, surely, but nothing is written on a guess (`domain.md` C3.1).
import Fraction from 'fraction.js'
import type { Indicator } from './database/roster.ts'
import type { Item } from './language/understand.ts'
import { Question } from './question.ts'

/** So many times the target are no 万元. */
const tooMany = 10
/** Where there is no target: 一千万元 is more than a village earns. */
const much = 1_000

/**
 * @param said the sentence that the amount stands in
 * @returns the question whether 元 or 万元 are meant, when the number is far too large for 万元 and has no word behind it
 */
export function yuanOrMore(
  what: string,
  { uom }: Indicator,
  { said, amount, target }: { said: string; amount: NonNullable<Item['amount']>; target: string | null },
): Question | undefined {
  if (!uom.startsWith('万') || amount.kind !== 'number' || amount.scaled || amount.uom !== '')
    return undefined
  const value = new Fraction(amount.value)
  if (value.lt(much) || (target !== null && value.lt(new Fraction(target).mul(tooMany)))) return undefined
  const [one, inUnit] = [uom.slice('万'.length), value.div(10_000).toString()]
  const words = (measure: string) => `${said.slice(0, amount.end)}${measure}${said.slice(amount.end)}`
  return new Question(`${what} ${amount.value}，是${one}还是${uom}？`, [
    { label: `${amount.value}${one}（${inUnit}${uom}）`, words: words(one) },
    { label: `${amount.value}${uom}`, words: words(uom) },
  ])
}
