// A reminder is written, and told back: what, when, next time, and what will be otherwise than expected (`domain.md` C7).
import type { Calendar } from './campaign/calendar.ts'
import { nextUnskipped } from './campaign/misfire.ts'
import { firesOf, nextFire, type Schedule } from './campaign/recurrence.ts'
import { addDays, dateOf, momentOf } from './clock.ts'
import {
  type Audience,
  activeReminders,
  canBePushedTo,
  createReminder,
  mostOwn,
} from './database/reminders.ts'
import { mayCallAll } from './database/reminders-due.ts'
import { UserError } from './errors.ts'
import { dayText } from './language/when-format.ts'
import { Question } from './question.ts'
import { numberedReminders, show } from './reminder-numbers.ts'
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
  const mine = all.filter(({ reminder }) => reminder.id === made.id)
  const number = mine[0]?.number ?? all.length
  await show(turn, all, mine)
  const echo = [
    `${made.known ? '已经有了，' : ''}第${number}个提醒：${reminderLine({ text, schedule, next: next.fire }, now, calendar)}`,
    ...(await remarks(turn, { ...meant, text, schedule, id: made.id }, calendar)),
  ]
  return new Question(`${echo.join('。')}。`, [], {
    zero: { label: '回0取消', words: `删除提醒#${made.id}` },
  })
}

type Made = Meant & { id: number }

/** What will be otherwise than one may expect. */
async function remarks(turn: Turn, made: Made, calendar: Calendar): Promise<string[]> {
  const { message, chatUnit, now, db } = turn
  const { audience, schedule } = made
  const fires = coming(schedule, now, calendar)
  const rest = fires.some((fire) => isRest(fire, calendar)) ? ['到时是休息时间，照样提醒'] : []
  if (!chatUnit) return audience === 'all' ? [...rest, '私聊里只提醒您自己，要提醒大家请到群里说'] : rest
  const { platform, chat } = message
  return [
    ...rest,
    ...(await calling(turn, made, fires, calendar)),
    ...((await canBePushedTo(db, platform, chat.id))
      ? []
      : ['这个群还没有推送机器人，到时发不出去：请组织委员 @我 发“绑定机器人 地址”']),
  ]
}

/** Of one day all that is to come, of a repetition the next. */
function coming(schedule: Schedule, now: Date, calendar: Calendar): Date[] {
  if ('date' in schedule.on) return firesOf(schedule, schedule.on.date).filter((fire) => fire > now)
  const next = nextFire(schedule, now, calendar)
  return next ? [next.fire] : []
}

/** Why nobody will be @-ed who might be expected to be. */
async function calling(turn: Turn, made: Made, fires: Date[], calendar: Calendar): Promise<string[]> {
  const { chatUnit, now } = turn
  if (made.audience === 'group') return addressed(turn)
  if (made.audience === 'all') {
    if (chatUnit && !may(turn, 'mention_all', chatUnit)) return ['没有@所有人的权限，到时不@人']
    return (await isCalledAlready(turn, made, fires, calendar))
      ? ['这个群那天已经有一条@所有人，这条到时不@人']
      : []
  }
  const until = await mutedUntil(turn)
  const [first] = fires
  return until && first && dateOf(first) <= until ? [`您已设勿扰到${dayText(until, now)}，到时不@您`] : []
}

const mutedUntil = async ({ db, person }: Turn) =>
  (
    await db
      .selectFrom('mute')
      .where('person_id', '=', person?.id ?? 0)
      .select('until')
      .executeTakeFirst()
  )?.until

/** 提醒李秀英, @李秀英: a name that is spoken to. */
function addressed({ meaning: { people, text } }: Turn): string[] {
  const called = people.filter(({ start }) =>
    /(?:提醒|通知|叫|喊|@)(?:一下|一声)?\s?$/.test(text.slice(0, start)),
  )
  const names = [...new Set(called.map(({ start, end }) => text.slice(start, end)))]
  return names.length > 0 ? [`到时发在群里，不单独@${names.join('、')}`] : []
}

/** Everybody is called once a day in each chat (`domain.md` C2): on one of the days another reminder does it before. */
async function isCalledAlready(
  { db, roster, message: { platform, chat }, person, now }: Turn,
  { id, schedule }: Made,
  fires: Date[],
  calendar: Calendar,
): Promise<boolean> {
  const at = await db
    .selectFrom('chat')
    .where('platform', '=', platform)
    .where('chat_id', '=', chat.id)
    .select('id')
    .executeTakeFirst()
  if (!at) return false
  const active = await activeReminders(db, roster.campaign.id, { platform, chat_id: chat.id })
  const others = active.filter((one) => one.audience === 'all' && one.id !== id)
  const all = [...others, { id, schedule, owner_id: person?.id ?? 0, skip_until: null }]
  for (const day of new Set(fires.map(dateOf))) {
    const start = new Date(Math.max(momentOf(day, '00:00').getTime() - 1, now.getTime()))
    const end = momentOf(addDays(day, 1), '00:00')
    const calls = all
      .flatMap((one) => {
        const fire = nextUnskipped(one.schedule, start, one.skip_until, calendar)?.fire
        return fire && fire < end ? { reminder: one.id, chat: at.id, owner: one.owner_id, day, fire } : []
      })
      .sort((a, b) => a.fire.getTime() - b.fire.getTime() || a.reminder - b.reminder)
    const may = await mayCallAll(
      db,
      calls.map(({ fire, ...call }) => call),
    )
    if (!may.has(id)) return true
  }
  return false
}
