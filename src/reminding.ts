// From a sentence to a reminder: what is missing or doubtful is asked, the rest is made and echoed (`domain.md` C7).
import { pickIndicator, pickUnit } from './args.ts'
import type { Calendar } from './campaign/calendar.ts'
import { firesOf, nextFire, type Schedule } from './campaign/recurrence.ts'
import { readCalendar } from './database/calendar.ts'
import { canBePushedTo, createReminder, mostOwn } from './database/reminders.ts'
import { UserError } from './errors.ts'
import { type Audience, type ReminderSaid, readReminder } from './language/reminder.ts'
import { Question } from './question.ts'
import { askAbout, askText, askTime } from './reminder-doubts.ts'
import { numberedReminders } from './reminder-numbers.ts'
import { isRest, reminderLine } from './reminder-words.ts'
import { cellOf } from './reporting.ts'
import { may, ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

const longest = 200

interface Meant {
  audience: Audience
  text: string
  schedule: Schedule
}

/** @returns the echo, whose 0 cancels, or what has to be asked first */
export async function remind(turn: Turn): Promise<Question> {
  const { message, chatUnit, meaning, now, db } = turn
  if (message.chat.kind === 'group' && !chatUnit)
    throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
  const calendar = await readCalendar(db)
  const meant = await meantBy(turn, readReminder(meaning.text, now, calendar), calendar)
  return meant instanceof Question ? meant : make(turn, meant, calendar)
}

/** Whether a sentence asks for a reminder and says both what and when. */
export function isWholeReminder({ meaning, now }: Turn, calendar: Calendar): boolean {
  const { text, when, beforeDue } = readReminder(meaning.text, now, calendar)
  return text !== '' && (when ?? beforeDue) !== undefined
}

async function meantBy(turn: Turn, read: ReminderSaid, calendar: Calendar): Promise<Meant | Question> {
  const { audience, text, when, beforeDue } = read
  const { now, meaning, chosen } = turn
  const said = meaning.text
  if (text === '') return askText(said)
  if (text.length > longest)
    throw new UserError(`提醒内容有${text.length}个字，太长了。请缩到${longest}字以内再发。`)
  if (beforeDue) return beforeDeadline(turn, read, beforeDue)
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
  { lead, spans }: NonNullable<ReminderSaid['beforeDue']>,
): Promise<Meant | Question> {
  const { meaning, chatUnit, roster } = turn
  const [spot] = meaning.indicators
  if (!spot) return new Question('哪一项的截止时间？例如“红色物业”。', [], { said: meaning.text })
  const indicator = pickIndicator(turn, spot)
  if (indicator instanceof Question) return indicator
  if (!lead) {
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
  if (due < turn.today) throw new UserError(`${unit.name}的${indicator.name}${day(due)}就截止了，已经过了。`)
  return {
    audience,
    text,
    schedule: { on: { date: due }, time: '23:59', deadline: true, dateOnly: true, leads: [lead] },
  }
}

async function make(turn: Turn, { text, schedule, ...meant }: Meant, calendar: Calendar): Promise<Question> {
  const { db, roster, message, person, now } = turn
  if (!person) throw new UserError('我还不认识您，没法给您记提醒。')
  const next = nextFire(schedule, now, calendar)
  if (!next) throw new UserError('那个时间已经过了，不会再提醒。请说以后的时间，例如“明天上午9点”。')
  const isGroup = message.chat.kind === 'group'
  const audience = isGroup ? meant.audience : 'me'
  const made = await createReminder(db, {
    ...{
      campaign: roster.campaign.id,
      platform: message.platform,
      chat_id: message.chat.id,
      is_group: isGroup,
    },
    ...{
      owner: { id: person.id, name: person.name, account: message.sender.id },
      audience,
      text,
      schedule,
      next,
    },
  })
  if (made === 'too-many')
    throw new UserError(
      `您已经有${mostOwn}个提醒了，先取消不用的：说“有哪些提醒”看编号，再说“取消第1个提醒”。`,
    )
  const all = await numberedReminders(turn)
  const number = all.find(({ reminder }) => reminder.id === made.id)?.number ?? all.length
  const echo = [
    `${made.known ? '已经有了，' : ''}第${number}个提醒：${reminderLine({ text, schedule, next: next.fire }, now, calendar)}`,
    ...(await remarks(turn, { ...meant, text, schedule }, calendar)),
  ]
  return new Question(`${echo.join('。')}。`, [], {
    zero: { label: '回0取消', words: `删除提醒#${made.id}` },
  })
}

/** What will be otherwise than one may expect. */
async function remarks(turn: Turn, { audience, schedule }: Meant, calendar: Calendar): Promise<string[]> {
  const { message, chatUnit, now, db } = turn
  const next = nextFire(schedule, now, calendar)
  const fires = 'date' in schedule.on ? firesOf(schedule, schedule.on.date) : next ? [next.fire] : []
  const rest = fires.some((fire) => fire > now && isRest(fire, calendar)) ? ['到时是休息时间，照样提醒'] : []
  if (!chatUnit) return audience === 'all' ? [...rest, '私聊里只提醒您自己，要提醒大家请到群里说'] : rest
  const isCalling = audience !== 'all' || may(turn, 'mention_all', chatUnit)
  const { platform, chat } = message
  return [
    ...rest,
    ...(isCalling ? [] : ['没有@所有人的权限，到时不@人']),
    ...((await canBePushedTo(db, platform, chat.id))
      ? []
      : ['这个群还没有推送机器人，到时发不出去：请组织委员 @我 发“绑定机器人 地址”']),
  ]
}
