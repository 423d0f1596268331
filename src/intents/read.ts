// From the words of one message to its intent: what the bot does with a sentence, told without doing it.
import type { Calendar } from '../campaign/calendar.ts'
import { dateOf } from '../clock.ts'
import type { Command } from '../command.ts'
import { normalize } from '../language/normalize.ts'
import { quotedIn } from '../language/spoken.ts'
import { acknowledges, isAcknowledgement, talkElse, talkFirst } from '../language/talk.ts'
import type { Meaning } from '../language/understand.ts'
import { isOffTopic, phrasingsOf, reading } from '../reading.ts'
import { type Place, scopeOf } from '../turn.ts'
import { assentIntent, denialIntent } from './answers.ts'
import { type Heard, type Intent, intent, type OpenFinding } from './intent.ts'

export interface Hearing {
  commands: Command[]
  place: Place
  now: Date
  calendar: Calendar
  standing: Heard['standing']
  findings?: OpenFinding[]
  botName: string
}

/** @returns a function from a sentence, as it was typed, to its intent; it never throws */
export function intents({
  commands,
  place,
  now,
  calendar,
  standing,
  findings = [],
  botName,
}: Hearing): (said: string) => Intent {
  const today = dateOf(now)
  const match = phrasingsOf(commands)
  const read = (words: string): Meaning => reading(place.roster, match, scopeOf(place), today, words)
  return (said) => {
    const text = normalize(said, botName)
    if (!/[\p{L}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}]/u.test(text) && !/\+1/.test(text))
      return intent('unknown', { kind: 'garbage' })
    const unquoted = text.slice(quotedIn(text)).trim()
    if (isAcknowledgement(unquoted)) return intent('ack', {})
    const meaning = read(text)
    if (acknowledges(meaning)) return intent('ack', {})
    const isOurs = meaning.units.length + meaning.indicators.length + meaning.items.length > 0
    const first = talkFirst(unquoted, isOurs)
    if (first) return intent(first.intent, { kind: first.kind })
    const command = commands[meaning.command ?? -1]
    const asked = { meaning, chosen: false, looksUp: command?.reads ?? false, read }
    const heard: Heard = { ...place, ...asked, commands, now, today, calendar, standing, findings }
    const isMeant = command !== undefined && !isOffTopic(meaning, command.whole)
    const denied = meaning.indicators.length === 0 && meaning.items.length < 2 && denialIntent(heard)
    const answer = denied || assentIntent(heard)
    if (answer) return answer
    if (isMeant && command.intent) return command.intent(heard)
    const talk = talkElse(unquoted)
    return intent(talk.intent, { kind: talk.kind })
  }
}
