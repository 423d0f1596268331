// Puts time words that stand together into phrases: 下周一 + 上午 + 10点, with what each is for (`domain.md` N5).

import type { SaidClock } from './when-clock.ts'
import type { LeadPhrase, Of, Phrase, Phrases } from './when-phrase.ts'
import { giveRole } from './when-roles.ts'
import type { Token } from './when-words.ts'

const glue = /^(?:[\s,的在于是()]|那天|当天|时间|:)*$/
const list = /^\s?(?:[、和跟及与]|以及|还有)\s?$/
const range = /^\s?(?:到|至|-|~|—)\s?$/

export function phrasesOf(text: string, tokens: Token[]): Phrases {
  const moments: Phrase[] = []
  const leads: LeadPhrase[] = []
  const counts: Of<'count'>[] = []
  let open: Phrase | LeadPhrase | undefined
  for (const token of tokens) {
    const gap = open ? text.slice(open.end, token.start) : ''
    if (token.kind === 'lead') {
      const { length, due, start, end } = token
      open = { ...(length && { length }), due, start, end }
      leads.push(open)
    } else if (token.kind === 'count') {
      counts.push(token)
      open = undefined
    } else if (open && 'due' in open) {
      if (token.kind === 'clock' && glue.test(gap) && !gap.includes(',')) joinLead(open, token)
      else open = begin(token, moments)
    } else if (!open || !join(open, token, gap)) open = begin(token, moments)
  }
  for (const phrase of moments) giveRole(phrase, text, tokens)
  return { moments, leads, counts }
}

function begin(token: Of<'date' | 'clock' | 'repeat' | 'moment'>, moments: Phrase[]): Phrase {
  const { start, end } = token
  const phrase: Phrase = {
    ...{ start, end, whole: { start, end }, clocks: [], dates: [] },
    ...(token.kind === 'date' && { dates: [token] }),
    ...(token.kind === 'repeat' && { repeat: token }),
    ...(token.kind === 'moment' && { at: token.at }),
    ...(token.kind === 'clock' && { clocks: [token] }),
    ...{ role: 'plain', attributive: false, cued: false },
  }
  moments.push(phrase)
  return phrase
}

function joinLead(lead: LeadPhrase, token: Of<'clock'>): void {
  lead.clock = lead.clock ? merged(lead.clock, token) : token
  lead.end = token.end
}

/** @returns whether the word belongs to the phrase; then it is in it */
function join(phrase: Phrase, token: Of<'date' | 'clock' | 'repeat' | 'moment'>, gap: string): boolean {
  const [said] = phrase.clocks
  const dated = phrase.dates.length > 0
  const isGlue = glue.test(gap)
  const isClose = isGlue && !gap.includes(',')
  if (phrase.at || token.kind === 'moment') return false
  if (token.kind === 'clock') {
    if (!said && isGlue) phrase.clocks = [token]
    else if (said && gap === '' && said.period === 'morning' && token.period === 'evening')
      phrase.clocks = [said.hour === undefined ? { ...token, period: 'morning' } : said, token]
    else if (said?.hour !== undefined && gap === '' && token.hour !== undefined) phrase.clocks.push(token)
    else if (said && list.test(gap) && token.hour !== undefined) phrase.clocks.push(inherited(said, token))
    else if (said && isGlue && said.hour === undefined) phrase.clocks = [merged(said, token)]
    else if (!(said && range.test(gap))) return false
  } else if (token.kind === 'repeat') {
    const refines = phrase.repeat?.repeat.every === 'day' && isClose && !said
    if (phrase.repeat ? !refines : dated || !isClose) return false
    phrase.repeat = token
  } else if (dated && range.test(gap) && !said) phrase.last = token
  else if (dated && list.test(gap) && !said) phrase.dates.push(token)
  else if (dated && isClose && token.weekday !== undefined && !said) phrase.confirms = token
  else if (!dated && !phrase.repeat && isClose) phrase.dates = [token]
  else return false
  phrase.end = token.end
  return true
}

/** 早上 + 8点 is one time; 今晚 + 凌晨2点 is in the night after it. */
function merged(period: SaidClock, clock: SaidClock): SaidClock {
  if (period.hour !== undefined || clock.hour === undefined) return clock
  return clock.period && clock.period !== 'dawn' ? clock : { ...clock, period: period.period ?? 'forenoon' }
}

/** 下午3点和5点: the part of the day goes on. */
function inherited(before: SaidClock, clock: SaidClock): SaidClock {
  const goesOn =
    !clock.period && before.period && clock.hour !== undefined && clock.hour >= (before.hour ?? 0)
  return goesOn && before.period ? { ...clock, period: before.period } : clock
}
