// A reminder is written, and told back: what, when, next time, and what will be otherwise than expected (`domain.md` C7).
import type { Calendar } from './campaign/calendar.ts'
import { firesOf, nextFire, type Schedule } from './campaign/recurrence.ts'
import { type Audience, canBePushedTo, createReminder, mostOwn } from './database/reminders.ts'
import { UserError } from './errors.ts'
import { Question } from './question.ts'
import { numberedReminders } from './reminder-numbers.ts'
import { isRest, reminderLine } from './reminder-words.ts'
import { may, type Turn } from './turn.ts'

export interface Meant {
  audience: Audience
  text: string
  schedule: Schedule
}

/** @returns the echo, whose 0 cancels. @throws UserError when it would never fire, or the person has too many */
export async function makeReminder(
  turn: Turn,
  { text, schedule, ...meant }: Meant,
  calendar: Calendar,
): Promise<Question> {
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
