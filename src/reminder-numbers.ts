// The numbers by which people speak of reminders: good for ten minutes after they were shown (`domain.md` C7).
import { activeReminders, type Reminder } from './database/reminders.ts'
import type { Turn } from './turn.ts'

const keptSeconds = 600

export interface Numbered {
  number: number
  reminder: Reminder
  /** This person was shown this number in this chat lately. */
  isShown: boolean
}

/** What somebody was shown: `ids` in the order of their numbers, and when each number was last seen. */
interface Shown {
  ids: number[]
  at: Record<number, number>
}

const keyOf = ({ message: { platform, chat, sender } }: Turn) =>
  `reminders:${platform}:${chat.id}:${sender.id}`

async function shownTo(turn: Turn): Promise<Shown> {
  return JSON.parse((await turn.state.get(keyOf(turn))) ?? '{"ids":[],"at":{}}') as Shown
}

/**
 * What somebody can speak of here, with its numbers: in a group what it has, in private all of one's own. What this
 * person was shown in this chat lately keeps its number, what came since is counted on; else they are counted anew.
 */
export async function numberedReminders(turn: Turn): Promise<Numbered[]> {
  const { db, roster, message, person, now } = turn
  const { platform, chat } = message
  const of = chat.kind === 'group' ? { platform, chat_id: chat.id } : { owner: person?.id ?? 0 }
  const found = await activeReminders(db, roster.campaign.id, of)
  const kept = await shownTo(turn)
  // A number that nobody is behind any more is left out, but the last ones are given anew.
  const there = new Set(found.map(({ id }) => id))
  const shown = kept.ids.slice(0, kept.ids.findLastIndex((id) => there.has(id)) + 1)
  const ids = [...shown, ...found.map(({ id }) => id).filter((id) => !shown.includes(id))]
  const since = now.getTime() - keptSeconds * 1000
  return found
    .map((reminder) => ({
      number: ids.indexOf(reminder.id) + 1,
      reminder,
      isShown: (kept.at[reminder.id] ?? 0) > since,
    }))
    .sort((a, b) => a.number - b.number)
}

/** Notes that this person now sees the numbers of `these`, of all that are there. */
export async function show(turn: Turn, all: Numbered[], these: Pick<Numbered, 'reminder'>[]): Promise<void> {
  const kept = await shownTo(turn)
  const ids: number[] = []
  for (const { number, reminder } of all) ids[number - 1] = reminder.id
  const seen = Object.fromEntries(these.map(({ reminder }) => [reminder.id, turn.now.getTime()]))
  // 0 stands where a number belongs to nobody any more.
  const value: Shown = { ids: Array.from(ids, (id) => id ?? 0), at: { ...kept.at, ...seen } }
  await turn.state.put(keyOf(turn), JSON.stringify(value), keptSeconds)
}

/** Who does it, for the book. */
export const actorOf = ({ person, roster, now }: Turn) => ({
  ...{ id: person?.id ?? 0, actor: person?.name ?? '', campaign: roster.campaign.id, at: now },
})
