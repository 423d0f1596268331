// How long before: 提前半小时, 前一天, 三天前, 截止前3天, 当天早上 (`domain.md` C7).
import { hourPattern, periodPattern } from './when-clock.ts'
import { duration, durationOf } from './when-numbers.ts'
import type { Length, Rule, Word } from './when-words.ts'

/** Deadlines that the campaign knows and the sentence does not tell. */
const due =
  '(?:快要?|马上|即将)?(?:最后期限|截止(?:日期|时间|日)?|到期(?:日期|时间|日)?|期限|时限)(?:快?到了?)?的?'
const earlier = '(?:提前|提早|早)'
/** Words that ask to be reminded, for what stands right before them. */
export const cueAhead = '(?=[,，\\s]*(?:再|就|请|麻烦|记得|帮忙?|给)*(?:提醒|叫|喊|通知|告诉|催))'
const d = duration

/** @returns undefined for workdays and months: a lead counts in days or minutes */
function lengthOf(text: string): Length | undefined {
  const length = durationOf(text)
  return length && ('days' in length || 'minutes' in length) ? length : undefined
}

function lead(text: string, ofDue = false): Word | undefined {
  const length = lengthOf(text)
  return length && { kind: 'lead', length, due: ofDue }
}

const joined = '(?:[、,和及跟与]|以及|还有)'

export const leadRules: Rule[] = [
  [`${due}(?:之前|以前|前|${earlier})的?(${d})`, ([text = '']) => lead(text, true)],
  [`(?:距离?|离)${due}还?[有剩](${d})(?:的?时候?)?`, ([text = '']) => lead(text, true)],
  [`(?<=^|[,\\s;])会前(${d})`, ([text = '']) => lead(text)],
  [`${due}(?:之前|以前|前)${cueAhead}`, () => ({ kind: 'lead', due: true })],
  [`${due}(?:当天|那天|当日|的?时候?)`, () => ({ kind: 'lead', length: { days: 0 }, due: true })],
  [`${earlier}(${d})`, ([text = '']) => lead(text)],
  [
    `(?<=(?:前|提早)${d}(?:${joined}${d})*)${joined}${earlier}?(${d})(?!后|以后|之后)`,
    ([text = '']) => lead(text),
  ],
  [`(?:提前|提早)${cueAhead}`, () => ({ kind: 'lead', due: false })],
  [`(?<=[^目当先眼空史提,，\\s])(?:之|以)?前的?(${d})(?![的说没开之以])`, ([text = '']) => lead(text)],
  [
    `(?<=^|[,，\\s、;])前的?([一二两三]天|一周)(?=${periodPattern}|${hourPattern}|[上下]午|提醒|叫|喊)`,
    ([text = '']) => lead(text),
  ],
  [`(?:头一?天|前一(?=晚))`, () => ({ kind: 'lead', length: { days: 1 }, due: false })],
  [
    `(?:当天|当日|那天)(?=\\s?(?:${periodPattern}|${hourPattern}))`,
    () => ({ kind: 'lead', length: { days: 0 }, due: false }),
  ],
  [`(${d})(?:之|以)?前${cueAhead}`, ([text = '']) => lead(text)],
]
