// Leave is no handover, which would unbind the account for good: what to do instead (`domain.md` C6 Silence, N19).
import type { Calendar } from './campaign/calendar.ts'
import { readSilence } from './language/silence.ts'
import type { Turn } from './turn.ts'
import { day } from './wording.ts'

/** 张建国请假到12月5日,由李强代 */
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
