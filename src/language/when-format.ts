// A schedule in words that the grammar reads back as the same schedule (`domain.md` C7 Echo).
import type { Calendar } from '../campaign/calendar.ts'
import { dayOf, monthOf, weekdayOf } from '../campaign/dates.ts'
import { firesOf, type Lead, nextMoment, type Schedule } from '../campaign/recurrence.ts'
import { firstOnOrAfter } from '../campaign/recurrence-dates.ts'
import { addDays, dateOf, momentOf, timeOf } from '../clock.ts'
import { repeatText, tellsItsPhase } from './when-repeat-text.ts'

const weekdays = '一二三四五六日'
/** 17:00, 8:30; 06:30 keeps its zero, for 6:30 is said of the evening. */
const clock = (time: string) => time.replace(/^0(?=[7-90])/, '')

/** 11月27日(周五); a day of another year than `now` with its year. */
export function dayText(date: string, now: Date): string {
  const [year = '', month, day] = date.split('-')
  const ofYear = year === dateOf(now).slice(0, 4) ? '' : `${year}年`
  return `${ofYear}${Number(month)}月${Number(day)}日(周${weekdays.charAt(weekdayOf(date) - 1)})`
}

/**
 * The moment or the repetition: 11月27日(周五)17:00前, 每周六8:00, 每2周的周三9:00，11月25日(周三)起，共5次.
 * When it fires, if not then, is told by `describeFirings`; both joined by ； are read back as the same schedule.
 */
export function describe(schedule: Schedule, now: Date, calendar: Calendar): string {
  const { on, deadline } = schedule
  const day = 'date' in on ? dayText(on.date, now) : repeatText(on.repeat, on.from)
  const tail = 'date' in on ? '' : limits(schedule, on, now, calendar)
  return `${day}${times(schedule)}${deadline ? '前' : ''}${tail}`
}

/** 26日9:00、27日15:00提醒; of a repetition 前一天9:00、提前2小时提醒. Empty when it fires at the moment itself. */
export function describeFirings(schedule: Schedule, now: Date): string {
  const { on, leads } = schedule
  if (leads.length === 0 || severalTimes(schedule)) return ''
  if ('repeat' in on) return `${leads.map(leadText).join('、')}提醒`
  const ahead = firesOf(schedule, on.date).filter((fire) => fire > now)
  const texts = ahead.map((fire) => `${shortDay(dateOf(fire), on.date, now)}${clock(timeOf(fire))}`)
  return texts.length > 0 ? `${[...new Set(texts)].join('、')}提醒` : ''
}

/** Both: 每周五17:00前；前一天9:00、提前2小时提醒. */
export function describeFully(schedule: Schedule, now: Date, calendar: Calendar): string {
  return [describe(schedule, now, calendar), describeFirings(schedule, now)]
    .filter((part) => part !== '')
    .join('；')
}

/** In the month of what it reminds of, the day alone. */
function shortDay(date: string, moment: string, now: Date): string {
  if (monthOf(date) === monthOf(moment)) return `${Number(date.slice(8))}日`
  return dayText(date, now).replace(/\(.*/, '')
}

/** 每天10:00和16:00: fires at each of its times. */
function severalTimes({ leads, deadline, time }: Schedule): boolean {
  const onTheDay = leads.flatMap((lead) => ('days' in lead && lead.days === 0 ? lead.time : []))
  return !deadline && leads.length > 1 && onTheDay.length === leads.length && onTheDay.includes(time)
}

function times(schedule: Schedule): string {
  const { leads, dateOnly, deadline, time } = schedule
  if (severalTimes(schedule)) {
    const all = leads.flatMap((lead) => ('days' in lead ? clock(lead.time) : []))
    return [all.slice(0, -1).join('、'), all.at(-1)].join('和')
  }
  // A mere date fires at nine; as a deadline or an event it has no time.
  return dateOnly && (deadline || leads.length > 0) ? '' : clock(time)
}

function leadText(lead: Lead): string {
  if ('minutes' in lead)
    return lead.minutes % 60 === 0 ? `提前${lead.minutes / 60}小时` : `提前${lead.minutes}分钟`
  const day = lead.days === 0 ? '当天' : lead.days === 1 ? '前一天' : `提前${lead.days}天`
  return `${day}${clock(lead.time)}`
}

type Repeating = Extract<Schedule['on'], { repeat: unknown }>

/** ，11月25日(周三)起，到12月31日(周四)为止，共5次 */
function limits(schedule: Schedule, { repeat, from }: Repeating, now: Date, calendar: Calendar): string {
  const { until, count } = repeat
  const today = dateOf(now)
  const soonest = momentOf(today, schedule.time) > now ? today : addDays(today, 1)
  const next = nextMoment(schedule, now, calendar)
  // What is counted begins where it began; of a mere interval, any of its days tells it all.
  const begin = count === undefined && next ? dateOf(next) : from
  const phased = tellsItsPhase(repeat, from)
  const soonestDate = firstOnOrAfter(repeat, longBefore(from), soonest, calendar)
  const isSaid = !phased || (from > soonest && from !== soonestDate)
  return [
    isSaid ? `，${dayText(begin, now)}起` : '',
    until ? `，到${dayText(until, now)}为止` : '',
    count ? `，共${count}次` : '',
  ].join('')
}

/** A hundred years are whole quarters and years: a date from which every day can be asked for. */
function longBefore(from: string): string {
  return dayOf(monthOf(from) - 12 * 100, 1)
}
