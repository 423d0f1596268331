// A sentence that asks for a reminder: for whom, of what, and when (`domain.md` C7).
import type { Calendar } from '../campaign/calendar.ts'
import { nextFire } from '../campaign/recurrence.ts'
import { dateOf } from '../clock.ts'
import { isOdd } from './reminder-oddities.ts'
import { type Audience, gap, reminderText } from './reminder-text.ts'
import { readTimes, type Times, type WhenFound } from './when.ts'
import { dayText } from './when-format.ts'

export type { Audience } from './reminder-text.ts'

export interface ReminderSaid extends Times {
  /** 提醒我 = me, 提醒大家 = all, otherwise the group. */
  audience: Audience
  /** Without times, asking and politeness; empty = it was not said. */
  text: string
}

/** 提醒 is what somebody wants gone, or what was done already. */
const dropped =
  /(?:的|[条个])(?:提醒|闹钟)(?:都|也|就|先|全|给我)*(?:取消|不要|不用|不需要|用不着|删|停|关掉|作废|撤|去掉)|^(?:请|麻烦|帮我|给我|把|小图|[\s,])*(?:取消|删[除掉了]?|撤销|撤掉|去掉|停掉|关掉|不要|不用)(?:(?!提醒|闹钟).)*(?:提醒|闹钟)(?!一下|我|俺|咱|大家|各|所有|全)/
const past = /提醒过(?!期|后|[一两]?会)|提醒了(?:我|俺|大家)?(?:了|吧|吗)?[。!,\s]*$/
const isNoRequest = (text: string) => dropped.test(text) || past.test(text)

/**
 * @param text normalised, without the mention of the bot
 * @returns without `when` and `beforeDue` when no time was said
 */
export function readReminder(text: string, now: Date, calendar: Calendar): ReminderSaid {
  if (isNoRequest(text)) return { audience: 'group', text: '' }
  const times = readTimes(text, now, calendar)
  const spans = times.when?.spans ?? times.beforeDue?.spans ?? []
  const taken = spans.map((span) => ({ ...span, by: gap }))
  const masked = replaced(text, [...taken, ...told(text, times.when, now, calendar)])
  const said = reminderText(masked)
  const when =
    times.when && !times.when.doubt && isOdd(said.text)
      ? { when: { ...times.when, doubt: 'unclear' as const } }
      : {}
  return { ...said, ...times, ...when }
}

/** 后天, said today and read tomorrow, would be another day: it is told by its date. */
/** What is quoted (提醒大家：今天是…) is said as it is. */
const quoted = /提醒[^:]{0,8}:/

function told(text: string, when: WhenFound | undefined, now: Date, calendar: Calendar) {
  const fire = when && nextFire(when.schedule, now, calendar)?.fire
  if (!fire || dateOf(fire) === dateOf(now) || quoted.test(text)) return []
  return (when.mentions ?? []).map(({ date, ...span }) => ({ ...span, by: dayText(date, now) }))
}

function replaced(text: string, stretches: { start: number; end: number; by: string }[]): string {
  let result = text
  for (const { start, end, by } of stretches.toSorted((a, b) => b.start - a.start))
    result = result.slice(0, start) + by + result.slice(end)
  return result
}
