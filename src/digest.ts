// The digests of deadline alerts: one for a chat, one for a person, each short enough for a phone (`domain.md` C6).
import {
  countLine,
  exampleOf,
  grouped,
  heading,
  type Listing,
  lampLines,
  namedLines,
  type OpenCell,
  titleOf,
} from './alert-words.ts'
import { audienceOf, isOverdue, type Slot } from './campaign/alerts.ts'
import type { Told } from './database/alerts.ts'
import type { Roster } from './database/roster.ts'
import { lines, type Reply } from './message.ts'

/** That somebody hears of a cell. `at` = the unit for which they do: their post's, or the cell's own. */
export interface Hearing {
  person: Told
  at: number
  isResponsible: boolean
  open: OpenCell
}

export interface Moment {
  /** When the digest is for. */
  due: Date
  today: string
  slot: Slot
}

/** Well within what a WeCom robot takes, 4,096 bytes: others may go out in the same message. */
const mostBytes = 1_800
/** How many names to a list: the most that fit. */
const lengths = [20, 14, 10, 8, 6, 5, 4, 3, 2, 1, 0]

/**
 * What a chat is told: before the deadline how many are still red or yellow, or who is not done; after it a count
 * without names. What somebody could not be told privately is added, so that it is passed on.
 * @param unreached what people without a private channel should hear, of the chat's units
 * @returns undefined when there is nothing to say
 */
export function chatDigest(
  roster: Roster,
  unit: number,
  open: OpenCell[],
  unreached: Hearing[],
  moment: Moment,
): Reply | undefined {
  const passedOn = new Set(unreached.map((hearing) => hearing.open))
  const shown = open.filter((one) => passedOn.has(one) || isPublic(one))
  if (shown.length === 0) return undefined
  const depth = depthOf(roster, [unit])
  return digest(moment, (most) => [
    ...sections(shown, moment, (group) => publicLines(roster, group, { depth, isPublic: true, most })),
    ...passOnInChat(roster, unreached, depth, most),
    `完成了请 @我 报数，如“${exampleOf(shown)}”。`,
  ])
}

/**
 * What a person is told privately, with names, about everything that is theirs to know.
 * @param unreached what people without a private channel should hear
 */
export function personDigest(roster: Roster, mine: Hearing[], unreached: Hearing[], moment: Moment): Reply {
  const open = mine.map((hearing) => hearing.open)
  const posts = [...new Set(mine.map(({ at }) => at))]
  const depth = depthOf(roster, posts)
  const [first] = mine
  const whose = depth === 'own' ? `${first?.open.unit.name}，` : ''
  const known = new Set(open)
  const isBelow = ({ at, open: one }: Hearing) =>
    known.has(one) && posts.some((post) => roster.isWithin(at, post))
  const below = unreached.filter(isBelow)
  return digest(moment, (most) => [
    ...sections(open, moment, (group) => namedLines(roster, group, { depth, isPublic: false, most }), whose),
    ...(depth === 'own' ? [] : passOn(roster, below, depth, most)),
    depth === 'own'
      ? `完成了直接回我报数，如“${exampleOf(open, true)}”。没有新进展不用回。`
      : `${first ? onBehalf(first) : ''}看明细请回“${first?.open.indicator.name}进度”。`,
  ])
}

/** T-3 only if still red or yellow. */
function isPublic({ stage, lamp }: OpenCell): boolean {
  const { chat } = audienceOf(stage)
  return chat === 'names' || chat === 'count' || (chat === 'behind' && (lamp === 'red' || lamp === 'yellow'))
}

function publicLines(roster: Roster, group: OpenCell[], listing: Listing): string[] {
  const { chat } = audienceOf(group[0]?.stage ?? 'T-7')
  if (listing.depth === 'own' || chat === 'names') return namedLines(roster, group, listing)
  return chat === 'behind' ? lampLines(roster, group, listing) : [countLine(group)]
}

/** Says for whom, before the deadline. After it no unit is named. */
function passOnInChat(roster: Roster, unreached: Hearing[], depth: Listing['depth'], most: number): string[] {
  const people = grouped(unreached, ({ person }) => person.id)
  if (people.length === 0) return []
  const units = [...new Set(unreached.map(({ at }) => roster.units.get(at)?.short))]
  const nameable =
    depth === 'units' && units.length <= most && !unreached.some(({ open }) => isOverdue(open.stage))
  return [`另有${people.length}人没有私聊通道，请转告${nameable ? `（${units.join('、')}）` : ''}。`]
}

/** Whom a clerk should pass it on to, by name. */
function passOn(roster: Roster, unreached: Hearing[], depth: Listing['depth'], most: number): string[] {
  const people = grouped(unreached, ({ person }) => person.id).flatMap(([one]) => one ?? [])
  if (people.length === 0) return []
  if (depth === 'streets' || most === 0) return [`有${people.length}人没有私聊通道，已在群里请人转告。`]
  const names = people
    .slice(0, most)
    .map(({ person, at }) => `${person.name}（${roster.units.get(at)?.short}）`)
  return [`没有私聊通道，请转告：${names.join('、')}${people.length > most ? ` 等${people.length}人` : ''}`]
}

/** A street's clerk may report for its units (`domain.md` C2). */
function onBehalf({ person, open }: Hearing): string {
  if (!person.duties.some(({ role }) => role === 'street_admin')) return ''
  return `代报请写单位，如“${open.unit.short}${exampleOf([open], true)}”；`
}

/** What is due on the same day stands under one heading; what has passed comes last. */
function sections(
  open: OpenCell[],
  { today }: Moment,
  linesFor: (group: OpenCell[]) => string[],
  whose = '',
): string[] {
  const order = ({ stage, cell }: OpenCell) => `${isOverdue(stage) ? 1 : 0} ${cell.due}`
  const inOrder = open.toSorted((a, b) => Number(order(a) > order(b)) - Number(order(a) < order(b)))
  return grouped(inOrder, order).flatMap((group) => {
    const [first] = group
    return first ? [`${whose}${heading(first.stage, first.cell.due, today)}：`, ...linesFor(group)] : []
  })
}

/** A street's people see its units by name; those of the district see the streets. */
function depthOf(roster: Roster, units: number[]): Listing['depth'] {
  if (units.includes(roster.root.id)) return 'streets'
  const [only, another] = units
  return only !== undefined && another === undefined && roster.children(only).length === 0 ? 'own' : 'units'
}

function digest({ today, slot }: Moment, textsWith: (most: number) => string[]): Reply {
  const title = titleOf(today, slot)
  const fits = (most: number) => Buffer.byteLength([title, ...textsWith(most)].join('\n')) <= mostBytes
  return lines(textsWith(lengths.find(fits) ?? 0), title)
}
