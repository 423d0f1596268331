// The numbers by which people speak of reminders: those they were shown stay the same for ten minutes (`domain.md` C7).
import { activeReminders, type Reminder } from './database/reminders.ts'
import type { Turn } from './turn.ts'

const keptSeconds = 600

export interface Numbered {
  number: number
  reminder: Reminder
}

/**
 * What somebody can speak of here, with its numbers: in a group what it has, in private all of one's own. What was
 * shown in this chat lately keeps its number, what came since is counted on; else they are counted anew.
 */
export async function numberedReminders({ db, roster, message, person, state }: Turn): Promise<Numbered[]> {
  const { platform, chat } = message
  const of = chat.kind === 'group' ? { platform, chat_id: chat.id } : { owner: person?.id ?? 0 }
  const found = await activeReminders(db, roster.campaign.id, of)
  const key = `reminders:${platform}:${chat.id}`
  const kept = JSON.parse((await state.get(key)) ?? '[]') as number[]
  // A number that nobody is behind any more is left out, but the last ones are given anew.
  const there = new Set(found.map(({ id }) => id))
  const shown = kept.slice(0, kept.findLastIndex((id) => there.has(id)) + 1)
  const ids = [...shown, ...found.map(({ id }) => id).filter((id) => !shown.includes(id))]
  await state.put(key, JSON.stringify(ids), keptSeconds)
  return found
    .map((reminder) => ({ number: ids.indexOf(reminder.id) + 1, reminder }))
    .sort((a, b) => a.number - b.number)
}

/** Who does it, for the book. */
export const actorOf = ({ person, roster, now }: Turn) => ({
  ...{ id: person?.id ?? 0, actor: person?.name ?? '', campaign: roster.campaign.id, at: now },
})
