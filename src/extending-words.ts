// How requests for an extension are spoken of, at whose desk they lie, and who is told of them (`domain.md` C6).
import type { Clerk, Request } from './database/extensions.ts'
import type { Roster } from './database/roster.ts'
import { dayText } from './language/when-format.ts'
import { line } from './message.ts'
import type { Push } from './push.ts'
import type { Turn } from './turn.ts'
import { day } from './wording.ts'

/** Who has to decide next. */
export interface Desk {
  at: 'street' | 'district'
  clerks: Clerk[]
}

/** First the sub-district's clerks, then the district's; at once these where there is no clerk in between. */
export function deskOf(
  roster: Roster,
  clerks: Clerk[],
  { unit, state }: Pick<Request, 'unit' | 'state'>,
): Desk {
  const isOver = ({ role, unit: own }: Clerk) =>
    role === 'street_admin' && own !== null && own !== roster.root.id && roster.isWithin(unit, own)
  const street = state === 'passed' ? [] : clerks.filter(isOver)
  if (street.length > 0) return { at: 'street', clerks: street }
  return { at: 'district', clerks: clerks.filter(({ role }) => role === 'district_admin') }
}

/** 汝河路街道周敏, 区专班何晓雯. */
export function deskText(roster: Roster, { at, clerks }: Desk): string {
  const names = [...new Set(clerks.map(({ name }) => name))].join('、')
  const unit = roster.units.get(clerks[0]?.unit ?? 0)
  return `${at === 'street' ? (unit?.name ?? '街道') : '区专班'}${names}`
}

/** 金苑·共建项目 11月23日→11月28日(周六) */
export function moveText(
  { roster, now }: Pick<Turn, 'roster' | 'now'>,
  { unit, indicator, due_before, due }: Pick<Request, 'unit' | 'indicator' | 'due_before' | 'due'>,
): string {
  const [where, what] = [roster.units.get(unit), roster.indicators.get(indicator)]
  return `${where?.short ?? ''}·${what?.name ?? ''} ${day(due_before)}→${dayText(due, now)}`
}

/** With all that somebody needs who is to decide. */
export const requestText = (turn: Pick<Turn, 'roster' | 'now'>, request: Request): string =>
  `编号${request.id} ${moveText(turn, request)}，原因：${request.reason}（${request.asker}）`

/** 等汝河路街道周敏看, 等区专班何晓雯批. */
export const waitText = (roster: Roster, desk: Desk): string =>
  `等${deskText(roster, desk)}${desk.at === 'street' ? '看' : '批'}`

/** （原11月27日，延期1次）: the first deadline stays visible; empty when the present one is no extension. */
export function firstDueText(granted: Pick<Request, 'due_before' | 'due'>[], due: string): string {
  const [first] = granted
  if (!first || granted.at(-1)?.due !== due) return ''
  return `（原${day(first.due_before)}，延期${granted.length}次）`
}

/** One private message to each of these people, but not to whoever speaks. */
export function notices(turn: Turn, request: number, step: string, people: number[], text: string): Push[] {
  const others = [...new Set(people)].filter((person) => person !== turn.person?.id)
  return others.map((person) => ({
    ...{ campaign: turn.roster.campaign.id, to: { person }, kind: 'notice' as const, due: turn.now },
    ...{ reply: line(text), key: `extension:${request}:${step}:${person}` },
  }))
}

/** What those hear at whose desk a request now lies. @param before the one that it replaces */
export function toDecide(turn: Turn, request: Request, desk: Desk, before?: Pick<Request, 'id'>): Push[] {
  const { id } = request
  const unit = turn.roster.units.get(request.unit)?.name ?? ''
  const passed = request.passed_by === null ? '' : `，${request.passed_by}已同意`
  const what = desk.at === 'street' ? '同意就转给区专班' : '同意期限就改'
  const instead = before ? `，代替编号${before.id}，那个不用再批` : ''
  const text = `${unit}申请延期（${requestText(turn, request)}${passed}${instead}）。${what}：回“同意延期 编号${id}”；不同意回“不同意延期 编号${id} 原因…”。`
  const people = desk.clerks.map((clerk) => clerk.id)
  return notices(turn, id, desk.at, people, text)
}
