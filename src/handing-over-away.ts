// What is no handover, though it is said like one, and what to do instead (`domain.md` C6 Silence, N19).
import type { Calendar } from './campaign/calendar.ts'
import { postsOf } from './database/handover-posts.ts'
import { unitOf } from './handing-over-done.ts'
import { officeOf } from './handing-over-words.ts'
import { readSilence } from './language/silence.ts'
import { may, type Turn } from './turn.ts'
import { day } from './wording.ts'

/** 张建国请假到12月5日,由李强代: leave, since a handover would unbind the account for good. */
export function awayText({ meaning, now, today, roster }: Turn, calendar: Calendar): string {
  const { text, people, units } = meaning
  const { until } = readSilence(text, { now, today, calendar })
  const name = people[0]?.candidates[0]?.name ?? '某某'
  const [place] = units[0]?.candidates ?? []
  const unit = (place && roster.units.get(place.id)?.name) ?? '某某社区'
  return [
    '请假、临时代班不办交接：交接是长期的，原来的人账号会解绑',
    `这期间先不提醒他，就说“${name}请假到${until && until > today ? day(until) : 'X月X日'}，先别提醒他”`,
    `数由街道代报，如“${unit}红色物业完成3个”`,
    `一定要换人，现在说“${name}换成李强”，回来再换回去`,
    '',
  ].join('。')
}

/** What cannot be done in one go: two who change places, somebody's reminders alone, a handover taken back. */
export async function insteadOf(turn: Turn): Promise<string | undefined> {
  const { text, people } = turn.meaning
  const [one = '某某', other = '某某'] = people.map(({ candidates }) => candidates[0]?.name ?? '')
  if (/对调|互换|调换|换岗/.test(text)) return swapText(turn, one, other)
  if (/的?提醒(?:都|全部?)?(?:转|移|交|给)/.test(text))
    return `提醒不能单独转给别人。${one}换人了，就说“${one}换成${other}”，职务、责任人、提醒一起交；只是这几天不在，就说“${one}请假到X月X日，先别提醒他”。`
  if (!/交接[办弄搞]?错|换回/.test(text)) return undefined
  const name = /换回(?:来|去|成)?\s*(\p{Script=Han}{2,4}?)(?:吧|了|[,。\s]|$)/u.exec(text)?.[1] ?? '某某'
  return `办过的交接不能撤回，要再交接一次：说“某某社区书记换成${name}”，${name}的账号要重新绑定。还没到日子的，说“取消交接 编号N”。`
}

/** Each of the two is a handover; offices only as far as the clerk's own reach. */
async function swapText(turn: Turn, one: string, other: string): Promise<string> {
  const ids = turn.meaning.people.map(({ candidates }) => candidates.map(({ id }) => id))
  const offices = await Promise.all(
    [ids[0] ?? [], ids[1] ?? []].map(async (people) => {
      const posts = await postsOf(turn.db, turn.roster.campaign.id, { people })
      const mine = posts.filter((post) => may(turn, 'handover', unitOf(turn.roster, post)))
      return mine[0] ? officeOf(turn.roster, mine[0]) : undefined
    }),
  )
  const [first = one, second = other] = offices
  return `对调要分两次交接：先说“${first}换成${other}”，办好再说“${second}换成${one}”。先交出去的${one}账号会解绑，第二次办好请他重新绑定。`
}
