// 退回: why, and of which number, as far as the sentence says so (`domain.md` C3.7). Pure.
import type { Item, Meaning } from './understand.ts'

const separator = /[,;。:\n]/
const verbs =
  /(?:核实|核验|核查|核对)(?:过|了)?(?:一下)?|(?:给我)?(?:退|打)回(?:去|来)?(?:重新?报)?|驳回|不属实|属实|不实/g
/** Says that it is returned, not why: 不对, 有问题. */
const noReason =
  /^(?:[请把将让的吧了呢啊\s]|这个|这条|数[据字]?|不(?:太|大)?对劲?|有误|有问题|错的?|重新?报)*$/
/** What the checker found instead of what was reported is the reason. */
const foundAhead = /(?:实际|其实|只有|只|才|仅|应|应该|是|为|有|到)$/

type Said = Pick<Meaning, 'text' | 'units' | 'indicators' | 'items' | 'reason'>

/** The number in the book as the checker sees it: 「红色物业3个不属实」, but not 「退回红色物业，只有2个」. */
export function numberMeant({ text, indicators, items }: Said): Item['amount'] {
  const amount = items.find((item) => item.amount)?.amount
  if (!amount || ['yes', 'no', 'whole'].includes(amount.kind)) return undefined
  const [what] = indicators
  const between = what ? text.slice(Math.min(what.end, amount.end), Math.max(what.start, amount.start)) : ''
  if (!separator.test(between)) return foundAhead.test(text.slice(0, amount.start)) ? undefined : amount
  // 红色物业，3个不属实: nothing but the number and the verb.
  const [ahead = ''] = text.slice(0, amount.start).split(separator).slice(-1)
  const [behind = ''] = text.slice(amount.end).split(separator)
  return noReason.test(`${ahead}${behind}`.replace(verbs, '')) ? amount : undefined
}

/** 退回汝河小区监督员，数不对: what is said besides what, whose and how many it is; a verb is no reason. */
export function reasonOf(said: Said): string {
  const { text, units, indicators, reason } = said
  if (reason) return reason.reason.slice(0, 100)
  const amount = numberMeant(said)
  return [...units, ...indicators, ...(amount ? [amount] : [])]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
    .replace(/编号\s?\d+/, '')
    .split(separator)
    .map((clause) => clause.replace(verbs, '').replace(/^[把将的\s]+|[的\s]+$/g, ''))
    .filter((clause) => /数[据字]?(?:不对|有误|错)/.test(clause) || !noReason.test(clause))
    .join('，')
    .slice(0, 100)
}
