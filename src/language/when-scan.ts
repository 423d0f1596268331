// Finds the time words of a sentence, from left to right, the longest at each place.
import { hourPattern, periodPattern, readHour, readPeriod, type SaidClock } from './when-clock.ts'
import { dayRules } from './when-days.ts'
import { endingRules } from './when-ends.ts'
import { holidayRules } from './when-holidays.ts'
import { leadRules } from './when-leads.ts'
import { monthlyRules } from './when-months.ts'
import { repeatRules } from './when-repeats.ts'
import type { Rule, Setting, Token } from './when-words.ts'

const clockRules: Rule[] = [
  [`(${periodPattern})`, ([text = '']) => ({ kind: 'clock', ...readPeriod(text) })],
  [
    `(${hourPattern})`,
    ([text = '']) => {
      const clock = readHour(text)
      return clock && { kind: 'clock', ...clock }
    },
  ],
]

const rules = [
  ...[...leadRules, ...repeatRules, ...monthlyRules],
  ...[...dayRules, ...endingRules, ...holidayRules, ...clockRules],
].map(([pattern, read]) => ({ pattern: new RegExp(pattern, 'y'), read }))

/** Time words, not overlapping. */
export function scan(text: string, setting: Setting): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const found = longestAt(text, at, setting)
    if (found) tokens.push(found)
    at = found ? found.end : at + 1
  }
  return withWholeClocks(saidOnce(tokens, text), text)
}

/** 一天一回,每天: the same repetition, said twice. */
function saidOnce(tokens: Token[], text: string): Token[] {
  const left: Token[] = []
  for (const token of tokens) {
    const last = left.at(-1)
    const isSame =
      last?.kind === 'repeat' &&
      token.kind === 'repeat' &&
      JSON.stringify(last.repeat) === JSON.stringify(token.repeat) &&
      /^[,、\s一每次回遍都就]*$/.test(text.slice(last.end, token.start))
    if (isSame) left.splice(-1, 1, { ...token, start: last.start })
    else left.push(token)
  }
  return left
}

/** 下午 and 4点 are one clock time. */
function withWholeClocks(tokens: Token[], text: string): Token[] {
  const joined: Token[] = []
  for (const token of tokens) {
    const last = joined.at(-1)
    const isPart = last?.kind === 'clock' && last.period && last.hour === undefined && token.kind === 'clock'
    const isWhole = isPart && !token.period && /^[的\s]*$/.test(text.slice(last.end, token.start))
    if (isWhole) joined.splice(-1, 1, { ...token, ...last, ...hourOf(token), end: token.end })
    else joined.push(token)
  }
  return joined
}

const hourOf = ({ hour, minute, digital }: SaidClock): SaidClock => ({
  ...(hour !== undefined && { hour }),
  ...(minute !== undefined && { minute }),
  ...(digital && { digital }),
})

/** Of equally long ones, the first in the list. */
function longestAt(text: string, at: number, setting: Setting): Token | undefined {
  let best: Token | undefined
  for (const { pattern, read } of rules) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match || at + match[0].length <= (best?.end ?? at)) continue
    const word = read(
      match.slice(1).map((group) => group ?? ''),
      setting,
    )
    if (word) best = { ...word, start: at, end: at + match[0].length }
  }
  return best
}
