// From a sentence to a reminder: what is missing or doubtful is asked, the rest is made and echoed (`domain.md` C7).
import { pickIndicator, pickUnit } from './args.ts'
import type { Calendar } from './campaign/calendar.ts'
import { nextFire, type Schedule } from './campaign/recurrence.ts'
import { UserError } from './errors.ts'
import { type ReminderSaid, readReminder } from './language/reminder.ts'
import type { Target } from './language/reminder-change.ts'
import { Question } from './question.ts'
import { askAbout, askText, askTime } from './reminder-doubts.ts'
import { type Meant, makeReminder } from './reminder-making.ts'
import { cellOf } from './reporting.ts'
import { ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

const longest = 200
/** A mobile or a landline number, also with spaces and dashes. */
const phone = /(?<!\d)(?:(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d){8}|0\d{2,3}[\s-]?\d{3,4}[\s-]?\d{4})(?!\d)/

/** @returns the echo, whose 0 cancels, or what has to be asked first */
export async function remind(turn: Turn, calendar: Calendar): Promise<Question> {
  const read = readReminder(turn.meaning.text, turn.now, calendar)
  const meant = await meantBy(turn, read, calendar)
  return meant instanceof Question ? meant : makeReminder(turn, meant, calendar)
}

const asks =
  /(?:提醒|叫|喊|通知)(?:一下|一声)?(?:我|俺|咱|大家|大伙|所有人|全体|各)(?!不要了|不用了|[都也]不)/
const drops =
  /^(?:请|麻烦|帮我|把)*(?:取消|删|撤|去掉|停)|(?:的|个|条|提醒)(?:都)?(?:不要了|不用了|取消了?|删了?|删掉|去掉|停了)吧?$/
const denies = /(?:别|不用|不要|不再|不必|甭|下次)(?:再)?(?:提醒|叫|喊)/

/** 提醒大家不要迟到, 明天9点提醒我把会议取消: words that elsewhere change a reminder are what it is about. */
export function isNewReminder(
  { meaning, now }: Pick<Turn, 'meaning' | 'now'>,
  { index }: Target,
  calendar: Calendar,
): boolean {
  const { text } = meaning
  if (index !== undefined || text.includes('#') || drops.test(text) || denies.test(text)) return false
  return asks.test(text) && readReminder(text, now, calendar).text !== ''
}

async function meantBy(turn: Turn, read: ReminderSaid, calendar: Calendar): Promise<Meant | Question> {
  const { audience, text, when, beforeDue } = read
  const { now, meaning, chosen } = turn
  const said = meaning.text
  // Everybody in the group would read it, now and when it fires (`domain.md` R16).
  if (turn.message.chat.kind === 'group' && phone.test(said))
    throw new UserError('群里不能带手机号，请私聊我设这个提醒。')
  if (text === '') return askText(said)
  if (text.length > longest)
    throw new UserError(`提醒内容有${text.length}个字，太长了。请缩到${longest}字以内再发。`)
  if (beforeDue) return beforeDeadline(turn, read, beforeDue, calendar)
  if (!when) return askTime(said)
  const { doubt } = when
  const isSettled = chosen && doubt !== 'past' && doubt !== 'no_such_day'
  if (doubt && !isSettled) return askAbout({ ...when, doubt }, { said, audience, text, now, calendar })
  return { audience, text, schedule: when.schedule }
}

/** 红色物业截止前3天: the deadline is the campaign's. */
async function beforeDeadline(
  turn: Turn,
  { audience, text }: ReminderSaid,
  { leads, spans }: NonNullable<ReminderSaid['beforeDue']>,
  calendar: Calendar,
): Promise<Meant | Question> {
  const { meaning, chatUnit, roster } = turn
  const [spot] = meaning.indicators
  if (!spot) return new Question('哪一项的截止时间？例如“红色物业”。', [], { said: meaning.text })
  const indicator = pickIndicator(turn, spot)
  if (indicator instanceof Question) return indicator
  if (leads.length === 0) {
    const at = spans[0]?.end ?? 0
    const options = [1, 3, 7].map((days) => ({
      label: `提前${days}天`,
      words: `${meaning.text.slice(0, at)}${days}天${meaning.text.slice(at)}`,
    }))
    return new Question(`${indicator.name}截止前多久提醒？`, options)
  }
  const [named] = meaning.units
  const mine = audience === 'me' ? (ownUnit(turn) ?? chatUnit) : (chatUnit ?? ownUnit(turn))
  const unit = named ? pickUnit(turn, named) : (mine ?? roster.root)
  if (unit instanceof Question) return unit
  const due = (await cellOf(turn, unit, indicator))?.due ?? indicator.due
  const schedule: Schedule = { on: { date: due }, time: '23:59', deadline: true, dateOnly: true, leads }
  if (!nextFire(schedule, turn.now, calendar))
    throw new UserError(
      `${unit.name}的${indicator.name}截止是${day(due)}，提前那么久已经过了。可以说“明天上午9点提醒我${text}”。`,
    )
  return { audience, text, schedule }
}
