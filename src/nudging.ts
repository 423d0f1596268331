// Whom a nudge reaches, and how: privately, else in one line in the street's group, and once in a window (`domain.md` N4).
import { grouped } from './alert-words.ts'
import type { Calendar } from './campaign/calendar.ts'
import { collectionStart } from './campaign/collection.ts'
import { nextAllowed } from './campaign/quiet.ts'
import { dateOf } from './clock.ts'
import { staffOf, type Told } from './database/alerts.ts'
import type { Executor } from './database/connection.ts'
import { reportableCells } from './database/missing.ts'
import { claimInChat, nudgedIn, nudgeKey, speakingChats } from './database/nudges.ts'
import type { Unit } from './database/roster.ts'
import { line } from './message.ts'
import { type Lacking, lackingOf } from './missing.ts'
import type { Asked } from './missing-asked.ts'
import { nudgePauses, type Silenced } from './nudge-pauses.ts'
import { inGroup, inPrivate } from './nudge-words.ts'
import type { Push } from './push.ts'
import type { Turn } from './turn.ts'

type Way = 'private' | { chat: number; account: string }

/** One person with all that they have not reported. */
export interface Addressee {
  person: Told
  lacking: Lacking[]
  way: Way
}

export interface Nudge {
  /** Everybody who has something to report. */
  lacking: Lacking[]
  fresh: Addressee[]
  /** Nudged in this window before. */
  already: Addressee[]
  /** Silenced, the unit or whom it would go to, or all of it waits for an extension (`domain.md` C6). */
  silenced: Silenced[]
  /** Nobody to write to: no secretary, or no account that leads anywhere. */
  unreached: { unit: Unit; person: Told | undefined }[]
  /** When it goes out: now, or when quiet hours and days off are over. */
  at: Date
  /** The day that the window began on in which it goes out: what it is once a person for. */
  window: string
}

/** Who nudges, when, and where it was asked for. */
export interface Nudging extends Pick<Turn, 'roster' | 'now' | 'today' | 'privately' | 'push'> {
  by: string
  here: { platform: string; chat: string }
}

export const nudgingOf = (turn: Turn): Nudging => ({
  ...turn,
  by: turn.person?.name ?? '',
  here: { platform: turn.message.platform, chat: turn.message.chat.id },
})

/** What is asked about: which units, and since when they should have reported. */
export type Subject = Pick<Asked, 'units' | 'indicator' | 'isPeriod'> & {
  span: Pick<Asked['span'], 'from' | 'firstDay'>
}

/** Works out a nudge without doing anything. @param db the database, or the transaction that is to do it */
export async function planNudge(
  nudging: Nudging,
  db: Executor,
  { units, span, indicator, isPeriod }: Subject,
  calendar: Calendar,
): Promise<Nudge> {
  const { roster, today, now } = nudging
  const campaign = roster.campaign.id
  // Whoever has reported since is not nudged any more, whichever days were asked about.
  const untilNow = { ...span, until: new Date(now.getTime() + 1), lastDay: today }
  const cells = await reportableCells(db, units, untilNow, indicator?.id)
  const found = lackingOf(roster, cells, { today, calendar, isPeriod, indicator })
  const lacking = isPeriod ? found.filter(({ silent }) => silent) : found
  const at = nextAllowed(now, 'alert', calendar)
  // A silence that is over when it goes out holds nothing back.
  const pauses = await nudgePauses(db, roster, { day: dateOf(at), now })
  const window = dateOf(collectionStart(at, calendar))
  const none = { lacking, fresh: [], already: [], silenced: [], unreached: [], at, window }
  if (lacking.length === 0) return none
  const staff = await staffOf(db, campaign, today)
  const wayTo = waysOf(nudging, await speakingChats(db, campaign))
  const unreached: Nudge['unreached'] = []
  const silenced: Silenced[] = []
  const reached = lacking.flatMap((all): Addressee[] => {
    const one = pauses.without(all)
    const person = answerable(staff, one, indicator !== undefined)
    const why = pauses.whyNot(one, person?.id)
    if (why !== undefined) {
      silenced.push({ unit: one.unit, why })
      return []
    }
    const way = person && wayTo(person, one.unit)
    if (person && way) return [{ person, lacking: [one], way }]
    unreached.push({ unit: one.unit, person })
    return []
  })
  const addressees = grouped(reached, ({ person }) => person.id).flatMap((own): Addressee[] => {
    const [first] = own
    return first ? [{ ...first, lacking: own.flatMap((each) => each.lacking) }] : []
  })
  const ids = addressees.map(({ person }) => person.id)
  const known = await nudgedIn(db, campaign, window, ids)
  const isKnown = ({ person }: Addressee) => known.has(person.id)
  return {
    ...{ lacking, silenced, unreached, at, window },
    fresh: addressees.filter((one) => !isKnown(one)),
    already: addressees.filter(isKnown),
  }
}

/** Privately where the platform can; else in the group of the unit or its street, first in that which is spoken in. */
function waysOf(
  { here, privately, roster }: Nudging,
  chats: Awaited<ReturnType<typeof speakingChats>>,
): (person: Told, unit: Unit) => Way | undefined {
  const isHere = ({ platform, chat }: (typeof chats)[number]) =>
    platform === here.platform && chat === here.chat
  const inOrder = [...chats.filter(isHere), ...chats.filter((chat) => !isHere(chat))]
  return ({ accounts }, unit) => {
    if (accounts.some(({ platform }) => privately.includes(platform))) return 'private'
    for (const chat of inOrder) {
      const isOwn = chat.unit === unit.id || (chat.unit === unit.parent && chat.unit !== roster.root.id)
      const account = isOwn && accounts.find(({ platform }) => platform === chat.platform)
      if (account) return { chat: chat.id, account: account.userid }
    }
    return undefined
  }
}

/** Who is named for the indicator that is asked about; else the unit's secretary, else who reports for it. */
function answerable(
  staff: Map<number, Told>,
  { unit, responsible }: Lacking,
  isOfIndicator: boolean,
): Told | undefined {
  const named = isOfIndicator && responsible !== null ? staff.get(responsible) : undefined
  const holder = (role: 'secretary' | 'reporter') =>
    [...staff.values()].find(({ duties }) =>
      duties.some((duty) => duty.role === role && duty.unit === unit.id),
    )
  return named ?? holder('secretary') ?? holder('reporter')
}

/**
 * Queues the nudge in the transaction that planned it, at an hour when it may go. It is a notice: a person asked for it, so it does not count
 * against what a group hears unprompted; but it is no reminder either, whose hour somebody chose for themselves: it waits
 * for office hours of a workday, for those who get it did not ask (`domain.md` C6 Budget).
 */
export async function sendNudge(
  { roster, now, by, push }: Nudging,
  tx: Executor,
  { fresh, at, window }: Nudge,
): Promise<void> {
  const campaign = roster.campaign.id
  const common = { campaign, kind: 'notice', due: at } as const
  const privately = fresh.filter(({ way }) => way === 'private')
  const pushes = privately.map(
    ({ person, lacking }): Push => ({
      ...{ ...common, to: { person: person.id }, key: nudgeKey(campaign, window, person.id) },
      reply: line(inPrivate(lacking, by)),
    }),
  )
  const publicly = fresh.flatMap(({ way, ...one }) => (way === 'private' ? [] : { ...one, ...way }))
  const people = publicly.map(({ person }) => person.id)
  const claimed = await claimInChat(tx, campaign, { window, now, people })
  for (const group of grouped(
    publicly.filter(({ person }) => claimed.has(person.id)),
    ({ chat }) => chat,
  )) {
    const [first] = group
    if (!first) continue
    pushes.push({
      // A person is in one such line a window: the first of them names it.
      ...{ ...common, to: { chat: first.chat }, key: `${nudgeKey(campaign, window, first.person.id)}:chat` },
      reply: {
        ...line(
          inGroup(
            group.flatMap(({ lacking }) => lacking),
            by,
          ),
        ),
        mention: group.map(({ account }) => account),
      },
    })
  }
  await push(tx, pushes)
}
