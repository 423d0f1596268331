// Answers that can be given with one tap: the numbers the bot's last message offers to this person.
import type { Entry } from '../../../platforms/playground/entry.ts'
import { shownOf } from './payload.ts'

export interface Offer {
  label: string
  text: string
}

/** @returns none when the person has said something since, or was not the one asked */
export function offersTo(person: string, entries: Entry[]): Offer[] {
  const last = entries.findLast((entry) =>
    entry.kind === 'bot' ? entry.to === person : entry.person === person && entry.toBot,
  )
  if (last?.kind !== 'bot') return []
  const { text } = shownOf(last.payload)
  const lines = text.split('\n').map((line) => line.replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '').trim())
  return numbered(lines) ?? mentioned(lines.at(-1) ?? '')
}

/** 「1 金苑社区」 on a line of its own, from 1 upwards, where an answer by number is asked for. */
function numbered(lines: string[]): Offer[] | undefined {
  if (!lines.some((line) => line.includes('回复编号'))) return undefined
  const offers: Offer[] = []
  for (const line of lines) {
    const [, number, label] = line.match(/^(\d{1,2}) (.+)$/) ?? []
    if (number === String(offers.length + 1) && label)
      offers.push({ label: `${number} ${label}`, text: number })
  }
  return offers
}

/** 「回1撤回」 at the end of a receipt. */
function mentioned(line: string): Offer[] {
  return [...line.matchAll(/(?<=\s)回(\d)([^\s，。；]+)/g)].map(([, number = '', label = '']) => ({
    label: `${number} ${label}`,
    text: number,
  }))
}
