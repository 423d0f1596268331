// From the words of one message to its intent: what the bot does with a sentence, told without doing it.
import type { Calendar } from '../campaign/calendar.ts'
import { dateOf } from '../clock.ts'
import type { Command } from '../command.ts'
import { normalize } from '../language/normalize.ts'
import { isAcknowledgement, talkIn } from '../language/talk.ts'
import type { Meaning } from '../language/understand.ts'
import { isOffTopic, phrasingsOf, reading } from '../reading.ts'
import { type Place, scopeOf } from '../turn.ts'
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
    if (text === '') return intent('unknown', { kind: 'garbage' })
    if (isAcknowledgement(text)) return intent('ack', {})
    const meaning = read(text)
    const talk = talkIn(text)
    const heard: Heard = {
      ...place,
      meaning,
      chosen: false,
      commands,
      now,
      today,
      read,
      calendar,
      standing,
      findings,
    }
    const command = commands[meaning.command ?? -1]
    const isMeant = command !== undefined && !(command.whole && isOffTopic(meaning))
    if (talk && (talk.isSure || !isMeant)) return intent(talk.intent, { kind: talk.kind })
    return isMeant && command.intent ? command.intent(heard) : intent('unknown', { kind: 'garbage' })
  }
}
