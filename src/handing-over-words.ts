// What is said about a handover: to the clerk before and after, to the leaver and to the successor.
import { titles } from './campaign/permissions.ts'
import type { Holdings } from './database/handover-holdings.ts'
import type { Candidate, Post } from './database/handover-posts.ts'
import type { Roster } from './database/roster.ts'
import { dayText } from './language/when-format.ts'

/** What the words are made of. */
export interface Told {
  holdings: Holdings
  /** The successor's name. */
  name: string
  /** Undefined = somebody new. */
  to?: Candidate | undefined
  hasPhone: boolean
  starts: string
  now: Date
}

/** 金苑社区书记, 第一督导组督导员 */
export const officeOf = (
  { units }: Pick<Roster, 'units'>,
  { unit, team, role }: Pick<Post, 'unit' | 'team' | 'role'>,
): string => `${(unit === null ? team : units.get(unit)?.name) ?? ''}${titles[role]}`

export const officesOf = (roster: Roster, posts: Post[]): string =>
  posts.map((post) => officeOf(roster, post)).join('、')

/** 责任人13项、提醒2个; empty when nothing hangs on the duty. */
function listOf({ targets, reminders, extensions, pending, bulletins, delegates }: Holdings): string {
  const counted: [number, string, string][] = [
    [targets, '责任人', '项'],
    [reminders.length, '提醒', '个'],
    [extensions.length, '待批的延期', '件'],
    [pending, '待确认的数', '条'],
    [bulletins.length, '没发的通报', '份'],
    [delegates.length, '代办人', '位'],
  ]
  return counted.flatMap(([n, what, unit]) => (n > 0 ? [`${what}${n}${unit}`] : [])).join('、')
}

/** What will be done, before anything is written. */
export function previewOf(roster: Roster, told: Told): string {
  const { holdings, name, to, starts, now } = told
  const { post, kept, leaves, lostReminders } = holdings
  const items = listOf(holdings)
  return [
    `${post.name}（${officeOf(roster, post)}）→ ${name}，从${dayText(starts, now)}起`,
    items ? `一起交接：${items}` : '没有别的要一起交接',
    leaves
      ? `${post.name}不再收到提醒，账号解绑`
      : `${post.name}还是${officesOf(roster, kept)}，那些不动，账号不解绑`,
    ...(lostReminders.length > 0 ? [`${post.name}私下的提醒有${lostReminders.length}个带不走，作废`] : []),
    ...(to ? [] : [`${name}是新人，${told.hasPhone ? '连手机号' : ''}写进名册`]),
    ...(to && to.posts.length > 0 ? [`${name}现在的${officesOf(roster, to.posts)}照旧`] : []),
    '',
  ].join('。')
}

/** To the clerk, when it is done. */
export function doneText(roster: Roster, told: Told): string {
  const { holdings, name, starts, now } = told
  const items = listOf(holdings)
  const from = `${officeOf(roster, holdings.post)}：${holdings.post.name}→${name}，从${dayText(starts, now)}起`
  return `已交接 ${from}${items && `，${items}`}。${howToBind(told)}`
}

/** To the clerk, when it is noted for a coming day. */
export const plannedText = (roster: Roster, told: Told, id: number): string =>
  `定好了（编号${id}）：${dayText(told.starts, told.now)}零点起，${officeOf(roster, told.holdings.post)}由${told.holdings.post.name}交给${told.name}，办好告诉您。${howToBind(told, '到那天')}`

/** Whoever has no account hears nothing from the bot, and cannot report. */
function howToBind({ to, name, hasPhone }: Told, when = ''): string {
  if (to && to.accounts.length > 0) return ''
  return hasPhone
    ? `${name}还没有绑定账号：${when}请他私聊我发“绑定 手机号”。`
    : `${name}还没有绑定账号：${when}请他 @我 发“绑定 ${name}”，您再同意。`
}

/** To the leaver. */
export function farewellText(roster: Roster, { holdings, name, starts, now }: Told): string {
  const { post, kept, leaves, lostReminders } = holdings
  const lost = lostReminders.map(({ text }) => text).join('、')
  return [
    `${officeOf(roster, post)}从${dayText(starts, now)}起由${name}接任`,
    leaves ? '您手上的事都交接了，以后不再提醒您，辛苦了' : `您还是${officesOf(roster, kept)}`,
    ...(lost ? [`您私下设的提醒作废了：${lost}`] : []),
    '',
  ].join('。')
}

/** To the successor. */
export function welcomeText(roster: Roster, { holdings, starts, now }: Told): string {
  const { post, pending } = holdings
  const items = listOf(holdings)
  return [
    `您从${dayText(starts, now)}起接任${officeOf(roster, post)}（原来是${post.name}）`,
    ...(items ? [`交给您：${items}`] : []),
    ...(pending > 0 ? ['待确认的数说“确认”或“取消”'] : []),
    '说“进度”看现状，说“有哪些提醒”看提醒。',
  ].join('。')
}
