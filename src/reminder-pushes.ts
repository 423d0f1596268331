// Firings of reminders as pushes: to the group or to the owner, and what the owner is told of those that failed.
import type { Misfire } from './campaign/misfire.ts'
import type { Firing } from './campaign/recurrence.ts'
import { dateOf } from './clock.ts'
import type { Executor } from './database/connection.ts'
import { enqueue } from './database/outbox.ts'
import { type Due, keyOf, mayCallAll } from './database/reminders-due.ts'
import { everyone, line, type PlatformName } from './message.ts'
import type { Push } from './push.ts'
import { groupGone, notSent, spoken } from './reminder-words.ts'

export type Plan = Misfire & { reminder: Due }

/**
 * What is said now. A reminder @-s its owner when it is for him; everybody where the owner may, once a day in each
 * group; and nobody in private.
 */
export async function saying(tx: Executor, plans: Plan[]): Promise<Push[]> {
  const said = plans.flatMap(({ reminder, say }) => (say ? { reminder, say } : []))
  const calls = said.flatMap(({ reminder: { id, chat, owner_id, audience }, say }) =>
    audience === 'all' && chat !== null ? { reminder: id, chat, owner: owner_id, day: dateOf(say.at) } : [],
  )
  const calling = await mayCallAll(tx, calls)
  return said.map(({ reminder, say }) => {
    const { reply, ...push } = pushOf(reminder, say)
    const mention = calling.has(reminder.id) ? [everyone] : [reminder.owner_account]
    // Taken over by somebody who has no account yet: it speaks all the same.
    const isOwners = reminder.audience === 'me' && reminder.owner_account !== ''
    const isCalling = reminder.chat !== null && (isOwners || calling.has(reminder.id))
    return { ...push, reply: { ...reply, ...(isCalling && { mention }) } }
  })
}

/** What is too late. It is queued like the others, and listed as not sent. */
export const tooLate = (plans: Plan[]): Push[] =>
  plans.flatMap(({ reminder, tooLate }) => tooLate.map((firing) => pushOf(reminder, firing)))

/** Puts what a newer firing has made needless on the list of what was not sent: nothing vanishes (`domain.md` R3). */
export function listNeedless(
  tx: Executor,
  plans: Plan[],
  { now, privately }: { now: Date; privately: PlatformName[] },
): Promise<void> {
  const messages = plans
    .flatMap(({ reminder, needless }) => needless.map((firing) => pushOf(reminder, firing)))
    .map(({ to, ...one }) => ({
      ...{ ...one, notBefore: now },
      chat: 'chat' in to ? to.chat : null,
      person: 'person' in to ? to.person : null,
      platform: ('person' in to && to.platform) || null,
      refused: { code: 'needless', reason: '停机补发，同一个提醒只发最新一次' },
    }))
  return enqueue(tx, messages, { queuedAt: now, privately })
}

function pushOf(reminder: Due, firing: Firing): Push {
  const { id, campaign, chat, text, schedule } = reminder
  const reply = line(spoken(text, schedule, firing))
  const to = chat === null ? privateTo(reminder) : { chat }
  return { ...{ campaign, to, reply, kind: 'reminder' }, key: keyOf(id, firing.fire), due: firing.fire }
}

/**
 * To each owner one line about all that was too late. It is named after the first firing in it, which is missed only
 * once: whatever runs again after a crash has a list of its own.
 */
export function missedNotices(plans: Plan[], now: Date): Push[] {
  const late = plans.filter(({ tooLate }) => tooLate.length > 0)
  return [...new Set(late.map(({ reminder }) => reminder.owner_id))].flatMap((owner) => {
    const own = late.filter(({ reminder }) => reminder.owner_id === owner)
    const missed = own.flatMap(({ reminder, tooLate }) =>
      tooLate.map(({ fire }) => ({ reminder, text: reminder.text, fire })),
    )
    return missed.slice(0, 1).map(({ reminder, fire }) => {
      const key = `missed:${owner}:${reminder.id}:${fire.toISOString()}`
      return notice(reminder, notSent(missed, now), key, now)
    })
  })
}

/** To the owner of a reminder whose group is not bound any more. */
export const goneNotice = (reminder: Due, now: Date): Push =>
  notice(reminder, groupGone(reminder.text), `gone:${reminder.id}`, now)

const notice = (reminder: Due, text: string, key: string, due: Date): Push => ({
  ...{ campaign: reminder.campaign, to: privateTo(reminder), kind: 'notice', reply: line(text), key, due },
})

const privateTo = ({ owner_id: person, platform }: Due) => ({ person, platform: platform as PlatformName })
