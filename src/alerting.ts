// Deadline alerts: which cells are due for a word, who hears it, and the pushes that come of it (`domain.md` C6).
import { grouped, type OpenCell } from './alert-words.ts'
import { audienceOf, isDay, type Recipient, type Stage, stageOn } from './campaign/alerts.ts'
import type { Calendar } from './campaign/calendar.ts'
import { completion } from './campaign/completion.ts'
import { standing } from './campaign/standing.ts'
import { type AlertChat, alertKey, type Told } from './database/alerts.ts'
import type { ChartCell } from './database/progress.ts'
import { isActive, type Roster, type Unit } from './database/roster.ts'
import { chatDigest, type Hearing, type Moment, personDigest } from './digest.ts'
import type { PlatformName } from './message.ts'
import type { Push } from './push.ts'

/** More would be noise, and platforms allow no more than a few dozen. */
const mostMentions = 20

/** Cells with a stage in this slot, by indicator, in roster order, which is no ranking. What is done (C ≥ 1), 不涉及 or switched off is not spoken of (`domain.md` C6 Stop). */
export function openCells(
  roster: Roster,
  cells: ChartCell[],
  { today, slot }: Moment,
  calendar: Calendar,
): OpenCell[] {
  const stages = new Map<string, Stage | undefined>()
  for (const due of new Set(cells.map((cell) => cell.due)))
    stages.set(due, stageOn(due, today, slot, calendar))
  const rank = new Map([...roster.units.keys()].map((unit, place) => [unit, place]))
  // The cells come in the scheme's order, and are kept in it.
  const inOrder = grouped(cells, ({ indicator }) => indicator).flatMap((column) =>
    column.toSorted((a, b) => (rank.get(a.unit) ?? 0) - (rank.get(b.unit) ?? 0)),
  )
  return inOrder.flatMap((cell) => {
    const stage = stages.get(cell.due)
    const [unit, indicator] = [roster.units.get(cell.unit), roster.indicators.get(cell.indicator)]
    if (!stage || !unit || !indicator || !isActive(indicator) || !cell.applies) return []
    const share = completion(cell, cell)
    if (share === 'na' || share.gte(1)) return []
    const span = { starts: indicator.starts, due: cell.due, plan: indicator.plan }
    const { lamp } = standing(share, span, today, roster.campaign.settings)
    return [{ unit, indicator, cell, stage, lamp }]
  })
}

/**
 * Who hears of what, each person of a cell once. Where nobody is named as responsible, or they have left, it is the
 * unit's secretary.
 */
export function hearingsOf(
  roster: Roster,
  open: OpenCell[],
  staff: Map<number, Told>,
  responsibles: Map<string, number>,
): Hearing[] {
  const posts = new Map<string, Told[]>()
  for (const person of staff.values())
    for (const { role, unit } of person.duties) {
      const post = `${role}/${unit ?? roster.root.id}`
      posts.set(post, [...(posts.get(post) ?? []), person])
    }
  const holders = (role: Recipient, unit: Unit) =>
    upwards(roster, unit).flatMap(({ id: at }) =>
      (posts.get(`${role}/${at}`) ?? []).map((person) => ({ person, at })),
    )
  const hearers = (role: Recipient, { unit, indicator }: OpenCell) => {
    if (role !== 'responsible') return holders(role, unit)
    const named = staff.get(responsibles.get(alertKey(unit.id, indicator.id)) ?? 0)
    return named ? [{ person: named, at: unit.id }] : holders('secretary', unit)
  }
  return open.flatMap((one) => {
    const heard = audienceOf(one.stage).told.flatMap((role) =>
      hearers(role, one).map((hearer) => ({ ...hearer, isResponsible: role === 'responsible', open: one })),
    )
    // The responsible come first: who is also secretary, or clerk, hears it as the one who is to act.
    return grouped(heard, ({ person }) => person.id).flatMap(([first]) => first ?? [])
  })
}

/**
 * One digest for each chat and each person who can be written to privately (`domain.md` C6 Grouping). In a chat the
 * responsible of what is due on the day itself are mentioned; not in the district's, which names no units.
 */
export function alertPushes(
  roster: Roster,
  { open, hearings, chats }: { open: OpenCell[]; hearings: Hearing[]; chats: AlertChat[] },
  moment: Moment,
  privately: PlatformName[],
): Push[] {
  const common = { campaign: roster.campaign.id, kind: 'alert', due: moment.due } as const
  const slot = moment.due.toISOString()
  const isReached = ({ person }: Hearing) =>
    person.accounts.some(({ platform }) => privately.includes(platform))
  const unreached = hearings.filter((hearing) => !isReached(hearing))
  const toChats = chats.flatMap((chat): Push[] => {
    const isHere = (unit: number) => roster.isWithin(unit, chat.unit)
    const here = open.filter(({ unit }) => isHere(unit.id))
    const missed = unreached.filter(({ at }) => isHere(at))
    const reply = chatDigest(roster, chat.unit, here, missed, moment)
    if (!reply) return []
    const mention =
      chat.unit === roster.root.id
        ? []
        : mentionsIn(
            chat,
            hearings.filter(({ at }) => isHere(at)),
          )
    const full = { ...reply, ...(mention.length > 0 && { mention }) }
    return [{ ...common, to: { chat: chat.id }, reply: full, key: `deadline:${chat.id}:${slot}` }]
  })
  const byPerson = grouped(hearings.filter(isReached), ({ person }) => person.id)
  const toPeople = byPerson.map((mine): Push => {
    const person = mine[0]?.person.id ?? 0
    const reply = personDigest(roster, mine, unreached, moment)
    return { ...common, to: { person }, reply, key: `deadline:person:${person}:${slot}` }
  })
  return [...toChats, ...toPeople]
}

/** Accounts on the chat's platform; who asked not to be @-ed is left out when it is queued. */
function mentionsIn({ platform }: AlertChat, hearings: Hearing[]): string[] {
  const accounts = hearings
    .filter(({ isResponsible, open }) => isResponsible && isDay(open.stage))
    .flatMap(({ person }) => person.accounts.filter((account) => account.platform === platform))
  return [...new Set(accounts.map(({ userid }) => userid))].slice(0, mostMentions)
}

const upwards = (roster: Roster, unit: Unit): Unit[] => {
  const parent = unit.parent === null ? undefined : roster.units.get(unit.parent)
  return [unit, ...(parent ? upwards(roster, parent) : [])]
}
