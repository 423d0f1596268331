// 提醒: what of, for whom and when; and which reminder is changed how, or dropped (`domain.md` C7).
import type { Lead, Schedule } from '../campaign/recurrence.ts'
import { nextFire, nextMoment } from '../campaign/recurrence.ts'
import { addDays, isoOf, momentOf } from '../clock.ts'
import { readReminder } from '../language/reminder.ts'
import { readReminderCancel, readReminderChange, type Target } from '../language/reminder-change.ts'
import type { WhenFound } from '../language/when.ts'
import { isListing } from '../reminder-cancelling.ts'
import { asMeant, asReadable, numbersIn } from '../reminder-picking.ts'
import { isNewReminder } from '../reminding.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { indicatorSlot } from './places.ts'
import { repeatSlots } from './repeats.ts'

export function reminderIntent(heard: Heard): Intent {
  const text = asReadable(asMeant(heard.meaning.text))
  const { now, calendar } = heard
  if (isListing(text)) return listIntent(text)
  const changing = readReminderChange(text, now, calendar)
  const cancelling = changing ? undefined : readReminderCancel(text, now, calendar)
  const target = changing ?? cancelling
  const sentence = { ...heard, meaning: { ...heard.meaning, text } }
  const numbers = numbersIn(text)
  if (!target && numbers.length > 0) return severalIntent(text, numbers)
  if (!target || isNewReminder(sentence, target, calendar)) return createIntent(sentence)
  if (!changing)
    return intent('reminder.cancel', {
      ...targetSlots(target),
      ...(cancelling?.all ? { all: true } : lacking(target)),
      ...(cancelling?.period && { needs_confirm: true }),
    })
  return intent('reminder.update', {
    ...targetSlots(target),
    ...lacking(target),
    ...changeSlots(heard, changing),
  })
}

const listIntent = (text: string): Intent =>
  intent(
    'reminder.list',
    /(?<![给帮让发跟替])[我俺](?!们|村|社区|街道|[看瞅瞧想问查])|自己|本人/.test(text)
      ? { audience: '@me' }
      : {},
  )

/** 取消第1个和第2个提醒; what else is said of several is asked about. */
const severalIntent = (text: string, numbers: number[]): Intent =>
  /取消|删|不要了|不用了/.test(text)
    ? intent(
        'reminder.cancel',
        numbers.length === 1 ? { index: numbers[0] } : { index: numbers, needs_confirm: true },
      )
    : intent('reminder.update', { index: numbers[0], needs_confirm: true })

/** The last one is told apart only by the list, which is not known here: its number is told back first. */
const targetSlots = ({ index, text }: Target): Slots =>
  index === -1 ? { index, needs_confirm: true } : { index, ...(index === undefined && { text }) }
const lacking = ({ index, text }: Target): Slots =>
  index === undefined && text === undefined ? { missing: ['text'] } : {}

function changeSlots(heard: Heard, change: NonNullable<ReturnType<typeof readReminderChange>>): Slots {
  if ('time' in change) return { time: change.time }
  if ('shiftMinutes' in change) return { shift_minutes: change.shiftMinutes }
  if ('skipNext' in change) return { skip_next: true }
  const { audience: _, ...slots } = whenSlots(heard, change.when)
  return slots
}

function createIntent(heard: Heard): Intent {
  const { meaning, message, now, calendar } = heard
  const said = readReminder(meaning.text, now, calendar)
  const { text, when, beforeDue } = said
  const isPrivate = message.chat.kind === 'single'
  const audience = said.audience === 'group' && isPrivate ? 'me' : said.audience
  const slots = {
    audience: { me: '@me', all: '@all', group: '@group' }[audience],
    ...(text !== '' && { text }),
  }
  const lacks = text === '' ? ['text'] : []
  if (beforeDue)
    return intent('reminder.create', { ...slots, ...beforeDueSlots(heard, beforeDue.leads, lacks) })
  if (!when) return intent('reminder.create', { ...slots, missing: [...lacks, 'at'] })
  const { missing = [], ...found } = whenSlots(heard, when) as Slots & { missing?: string[] }
  const all = [...lacks, ...missing]
  return intent('reminder.create', { ...slots, ...found, ...(all.length > 0 && { missing: all }) })
}

/** 红色物业截止前3天: the deadline is the book's; where only the campaign's end is known, it is asked about. */
function beforeDueSlots(heard: Heard, leads: Lead[], lacks: string[]): Slots {
  const [lead] = leads
  const spot = indicatorSlot(heard)
  const missing = [...lacks, ...(lead ? [] : ['at'])]
  const days = lead && 'days' in lead ? lead : undefined
  const due = heard.roster.campaign.ends
  return {
    ...spot,
    ...(lead && leadSlots(lead)),
    ...(days && { event_at: due, at: isoOf(momentOf(addDays(due, -days.days), days.time)) }),
    ...(missing.length > 0 && { missing }),
    needs_confirm: true,
  }
}

const leadSlots = (lead: Lead): Slots =>
  'days' in lead ? { lead_days: lead.days } : { lead_minutes: lead.minutes }

/** The schedule that was found, and whether it is sure. */
export function whenSlots(heard: Heard, { schedule, doubt }: WhenFound): Slots {
  const { meaning } = heard
  // Which days these are is what is asked.
  if (doubt === 'half_monthly') return { cadence: 'half_monthly', needs_confirm: true }
  const slots =
    'date' in schedule.on ? onceSlots(heard, schedule, schedule.on.date) : repeatingSlots(heard, schedule)
  const days = monthEnd.exec(meaning.text)
  const anchor = days && 'date' in schedule.on ? anchorSlots(schedule.on.date) : {}
  if (!doubt) return { ...slots, ...anchor }
  return doubt === 'when_to_remind'
    ? { ...slots, ...anchor, missing: ['at'] }
    : { ...slots, ...anchor, needs_confirm: true }
}

const monthEnd = /(?:月底|月末|月最后一天)(?:的)?(?:之|以)?前(?:的)?[\d一二两三四五六七八九十]+天/

/** 月底前三天: so many days before the last day of a month. */
function anchorSlots(date: string): Slots {
  const last = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate()
  return { anchor: 'month_end', offset_days: Number(date.slice(8)) - last }
}

function onceSlots({ now, calendar }: Heard, schedule: Schedule, date: string): Slots {
  const { time, leads, deadline, dateOnly } = schedule
  const moment = isoOf(momentOf(date, time))
  if (deadline) return { deadline: dateOnly ? date : moment }
  if (leads.length === 0) return { at: moment }
  const fire = nextFire(schedule, now, calendar)?.fire
  const [lead] = leads
  // 上午10点和下午4点 are moments of their own; what fires on the day itself is no lead.
  const isLead = lead && !('days' in lead && lead.days === 0)
  return {
    ...(isLead && { event_at: dateOnly ? date : moment, ...leadSlots(lead) }),
    ...(!isLead && lead && { event_at: dateOnly ? date : moment }),
    ...(fire && { at: isoOf(fire) }),
  }
}

function repeatingSlots({ now, calendar }: Heard, schedule: Schedule): Slots {
  if (!('repeat' in schedule.on)) return {}
  const { leads, deadline } = schedule
  const moment = nextMoment(schedule, now, calendar)
  const fire = nextFire(schedule, now, calendar)?.fire
  const first = deadline ? moment : fire
  const [lead] = leads
  const times = leads.flatMap((one) => ('days' in one && one.days === 0 ? [one.time] : []))
  const isSeveral = times.length > 1 && times.length === leads.length
  return {
    ...repeatSlots(schedule.on.repeat, schedule.on.from),
    time: deadline && schedule.dateOnly ? undefined : schedule.time,
    ...(isSeveral && { times }),
    ...(first && { first_at: isoOf(first) }),
    ...(!deadline && lead && !isSeveral && leadSlots(lead)),
  }
}
