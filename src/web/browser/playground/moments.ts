// Moments worth going to, as people in China read them, wherever the visitor is. Pure.

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** China has one time zone and no daylight saving time. */
const offsetMs = 8 * hourMs
const weekdays = '日一二三四五六'

export interface Jump {
  at: number
  /** → 11月23日周一 9:00 */
  label: string
  /** What is to be seen then. */
  what: string
}

/** Weekday (0 = Sunday) and hour of what the bot does by itself. */
const worthSeeing = [
  { weekday: 1, hour: 9, what: '期限提醒' },
  { weekday: 5, hour: 15, what: '当天到期再提醒' },
  { weekday: 5, hour: 18, what: '周排名' },
]

/** The next of them, and tomorrow morning; in order, none twice. */
export function jumpsFrom(now: number): Jump[] {
  const days = Array.from({ length: 8 }, (_, n) => startOfDay(now) + n * dayMs)
  const next = worthSeeing.flatMap(({ weekday, hour, what }) => {
    const at = days.filter((day) => weekdayOf(day) === weekday).map((day) => day + hour * hourMs)
    return at
      .filter((one) => one > now)
      .slice(0, 1)
      .map((one) => ({ at: one, what }))
  })
  const tomorrow = startOfDay(now) + dayMs + 9 * hourMs
  const isWeekday = weekdayOf(tomorrow) % 6 !== 0
  const others = next.some(({ at }) => at === tomorrow)
    ? []
    : [{ at: tomorrow, what: isWeekday ? '期限提醒' : '休息日，不打扰' }]
  return [...next, ...others]
    .sort((a, b) => a.at - b.at)
    .map((jump) => ({ ...jump, label: `→ ${dayAndHour(jump.at)}` }))
}

/** The value of a `datetime-local` field, and back; `undefined` for none. */
export const fieldOf = (moment: number): string => shifted(moment).toISOString().slice(0, 16)
export function momentOf(value: string): number | undefined {
  const moment = Date.parse(`${value}:00+08:00`)
  return Number.isNaN(moment) ? undefined : moment
}

/** The next full hour. */
export const nextHour = (now: number): number => (Math.floor(now / hourMs) + 1) * hourMs

const names: Record<string, string> = {
  'weekly-ranking': '周排名',
  'deadline-alerts': '期限提醒',
  reminders: '到点提醒',
  'delivery-note': '送达单',
  tidy: '整理',
}

/** 「跑了：周排名、期限提醒（5次）、整理。」 */
export function ranWords(ran: { job: string }[]): string {
  if (ran.length === 0) return '这段时间没有要跑的。'
  const counts = new Map<string, number>()
  for (const { job } of ran) counts.set(job, (counts.get(job) ?? 0) + 1)
  const place = (job: string) => (Object.keys(names).indexOf(job) + 100) % 100
  const told = [...counts]
    .sort(([a], [b]) => place(a) - place(b))
    .map(([job, times]) => `${names[job] ?? job}${times > 1 ? `（${times}次）` : ''}`)
  return `跑了：${told.join('、')}。`
}

const shifted = (moment: number): Date => new Date(moment + offsetMs)
const startOfDay = (moment: number): number => Math.floor((moment + offsetMs) / dayMs) * dayMs - offsetMs
const weekdayOf = (moment: number): number => shifted(moment).getUTCDay()

function dayAndHour(moment: number): string {
  const there = shifted(moment)
  const minutes = String(there.getUTCMinutes()).padStart(2, '0')
  const day = `${there.getUTCMonth() + 1}月${there.getUTCDate()}日周${weekdays[there.getUTCDay()]}`
  return `${day} ${there.getUTCHours()}:${minutes}`
}
