// Sentences that change or cancel a reminder: 第1个提醒改到上午9点, 下次三捡三提不用提醒了 (`domain.md` C7).
import { type Calendar, calendarOf } from '../campaign/calendar.ts'
import { dateOf } from '../clock.ts'
import { type Dates, findPeriod, type Period } from './periods.ts'
import { findWhen, type WhenFound } from './when.ts'
import { clockOf } from './when-clock.ts'
import { duration, durationOf, numberOf, numeral } from './when-numbers.ts'
import { phrasesOf } from './when-phrases.ts'
import { scan } from './when-scan.ts'

/** Which reminder is meant: by its number in the list just shown, or by its words. */
export interface Target {
  /** -1 = the last one. */
  index?: number
  text?: string
}

export type ReminderChange = Target &
  /** Only a clock time `HH:MM`; `otherTime`: 8点 may be 20:00 too, which is for the old time to tell. */
  (
    | { time: string; otherTime?: string }
    | { when: WhenFound }
    /** Later by so many minutes; negative = earlier. A day is 1440. */
    | { shiftMinutes: number }
    /** `period`: the days that were named instead of 下次. */
    | { skipNext: true; period?: Dates }
  )

/** `period`: only what is reminded of on these days. */
export type ReminderCancel = Target & { all?: true; period?: Dates }

const n = numeral
const index = new RegExp(
  `第\\s?(${n})\\s?(?:个|条|项|号)?(?:提醒|闹钟)?|(?:提醒|编号|序号)\\s?(\\d{1,3})(?![\\d点号月:.])|(${n})号(?:的)?(?:提醒|闹钟)(?!我|俺|大家|大伙|各|所有|全|一下)`,
)
const firstOne = /(?:头一?|最前[面头]?(?:那|一)?|最上[面头]?(?:那|一)?)[个条项](?:提醒|闹钟)?/
const lastOne = /(?:最后|最末|末尾|最下[面头]?)(?:的)?(?:那)?一?[个条项](?:提醒|闹钟)?/
const noMore =
  '(?:就|先|都)?(?:不用|不要|不必|不需要?|无需|不再|别|甭|免)(?:再|老|天天|每天|总|给我|给俺)*(?:提醒|叫|喊|发|催)(?:我|俺|大家|一下)?(?:了)?'
const skips = new RegExp(
  `${noMore}|跳过|略过|停一[次回天]|取消一[次回]|空一[次回天]|歇一[次回天]|不提醒(?:了)?`,
)
const nextOnly = /(?:下一?[次回]|[这本]一?[次回])(?:的)?/
/** 下下次, 后两次: nothing can leave out only these. */
const beyondNext = /下下+一?[次回]|[上前后]一?[次回]不|[后下接][两二三四五几\d]+[次回]/
const daysOnly = /今天|今日|今晚|明天|明晚|明早|后天|[这本下]个?(?:周|星期|礼拜|月)/
const drops = new RegExp(
  `取消掉?|删(?:除|掉|了|去)?|撤销|撤掉|撤了|去掉|停掉|停了|停止|关[掉闭了]|作废|清空|清掉|(?:不要|不用|甭要|别要|用不着|不需要)了|${noMore}|不提醒了|(?:不想再?(?:收到|要|听)?|不再需要|不要|不用|不需要|别|甭)(?!忘|要)(?=[^,，]{1,10}(?:提醒|闹钟)了?$)`,
)
const all =
  /(?:所有|全部|全都|一切|统统|通通|一股脑儿?|每一?个|我的所有)(?:的)?|(?<=提醒|闹钟)(?:都|全)|(?:清空|全删)/

const later = '推迟|延后|延迟|往后推迟?|往后[挪延拖放移]|后推|顺延|推后|晚'
const earlier = '提前|提早|往前[提挪移赶]|往前|早'
const shifts = new RegExp(`(?:再|都)?(?:(${later})|(${earlier}))(?:个)?(${duration})`)
const moves = new RegExp(
  `(?:时间)?(?:改|调整?|换|挪|移|变更?|推迟|推|延后|延|提前|定|设置?)(?:到|成|为|至|在|回)|(?:改|换|挪|调)(?:个|一?下)时间[,，]?(?:到|成)?|(?:改|换|调)(?=\\d|${n}点|[上下中早晚明后今每周星礼])`,
)
/** 从5点改到4点: the old time is not the new one. */
const old = /从[^从]{1,12}$/

/** @returns undefined when the sentence changes no reminder in a way that is understood */
export function readReminderChange(text: string, now: Date, calendar: Calendar): ReminderChange | undefined {
  const skip = skips.exec(text)
  if (skip) {
    if (beyondNext.test(text)) return undefined
    const next = nextOnly.exec(text)
    if (next) return { ...targetOf(text, [skip[0], next[0]]), skipNext: true }
    const day = dayNamed(text, now, calendar)
    const { start = 0, end = 0 } = day ?? {}
    return (
      day && {
        ...targetOf(text.slice(0, start) + text.slice(end), [skip[0]]),
        skipNext: true,
        period: day.period,
      }
    )
  }
  const shift = shifts.exec(text)
  if (shift && isLead(text, shift, now, calendar)) return undefined
  if (shift && !/^[后以之]/.test(text.slice(shift.index + shift[0].length))) {
    const length = durationOf(shift[3] ?? '')
    const minutes = !length
      ? 0
      : 'minutes' in length
        ? length.minutes
        : 'days' in length
          ? length.days * 1440
          : 0
    if (minutes === 0) return undefined
    return { ...targetOf(text, [shift[0]]), shiftMinutes: shift[1] ? minutes : -minutes }
  }
  const move = moves.exec(text)
  if (!move) return undefined
  const [ahead, behind] = [text.slice(0, move.index), text.slice(move.index + move[0].length)]
  const target = targetOf(ahead.replace(old, ''), [])
  const when = findWhen(behind, now, calendar)
  return when && { ...target, ...(timeOnly(behind, now, calendar) ?? { when }) }
}

/** 28号上午10点开会，提前两天提醒: before an event that is told here, and so no other time for a reminder that is there. */
function isLead(text: string, shift: RegExpExecArray, now: Date, calendar: Calendar): boolean {
  const ahead = text.slice(0, shift.index)
  if (shift[2] === undefined || /提醒|闹钟/.test(ahead) || new RegExp(index).test(ahead)) return false
  const tokens = scan(ahead, { now, today: dateOf(now), calendar })
  return tokens.some(({ kind }) => kind === 'date' || kind === 'clock' || kind === 'repeat')
}

/** The day or days named: 今天, 本周, 12月5号那次, 28号. A repetition names none. */
function dayNamed(text: string, now: Date, calendar: Calendar): Period | undefined {
  const today = dateOf(now)
  if (daysOnly.test(text) && !/[周期拜][一二三四五六日天]|\d[号日]/.test(text))
    return findPeriod(text, today, 'ahead')
  const tokens = scan(text, { now, today, calendar })
  const [only, ...more] = tokens.filter(({ kind }) => kind === 'date')
  if (only?.kind !== 'date' || more.length > 0) return undefined
  const { date, doubt } = only.resolve((day) => day >= today)
  if (doubt) return undefined
  const behind = /^(?:的?那[一]?[次回天]|当天|那天)/.exec(text.slice(only.end))?.[0].length ?? 0
  return { period: { start: date, end: date }, start: only.start, end: only.end + behind }
}

const namesDay = (text: string, now: Date, calendar: Calendar) =>
  daysOnly.test(text) || scan(text, { now, today: dateOf(now), calendar }).some(({ kind }) => kind === 'date')

/** 明天提醒我取消订单 asks for a reminder. */
const asking = /提醒(?:一下)?(?:我|俺|大家|各|所有人|全体)(?!的)/

/**
 * @param now without it, a sentence that names a day cancels none
 * @returns undefined when the sentence cancels none, several, or only one occurrence of a reminder
 */
export function readReminderCancel(
  text: string,
  now?: Date,
  calendar = calendarOf(),
): ReminderCancel | undefined {
  const drop = drops.exec(text)
  if (!drop || nextOnly.test(text) || beyondNext.test(text)) return undefined
  if (asking.test(text.slice(0, drop.index))) return undefined
  const numbered = text.replace(index, '')
  if (namesDay(numbered, now ?? new Date(0), calendar)) {
    const day = now && !skips.test(text) ? dayNamed(text, now, calendar) : undefined
    return (
      day && { ...targetOf(text.slice(0, day.start) + text.slice(day.end), [drop[0]]), period: day.period }
    )
  }
  const everything = all.exec(text)
  const target = targetOf(text, [drop[0], ...(everything ? [everything[0]] : [])])
  if (everything && target.index === undefined && isBareManner(target.text)) return { all: true }
  const [, ...more] = text.matchAll(new RegExp(index, 'g'))
  return more.length > 0 ? undefined : target
}

/** 上午9点 alone, which changes the time and keeps the day. */
function timeOnly(
  text: string,
  now: Date,
  calendar: Calendar,
): { time: string; otherTime?: string } | undefined {
  const { moments, leads, counts } = phrasesOf(text, scan(text, { now, today: dateOf(now), calendar }))
  const [only, ...more] = moments
  if (!only || more.length + leads.length + counts.length > 0 || only.role === 'deadline') return undefined
  const [said, ...others] = only.clocks
  if (!said || others.length > 0 || only.dates.length > 0 || only.repeat || only.at) return undefined
  const { time, bare, doubtful, nextDay } = clockOf(said)
  if (doubtful || nextDay) return undefined
  const hour = (Number(time.slice(0, 2)) + 12) % 24
  return { time, ...(bare && { otherTime: `${String(hour).padStart(2, '0')}${time.slice(2)}` }) }
}

const around =
  /^(?:[\s,.;:!?、]|请|麻烦|帮我|帮忙|给我|替我|把|将|那个|这个|那条|这条|[我俺]的?(?!们|区|市)|关于|的)+|(?:[\s,.;:!?、]|的|那个|这个|那条|这条|也|都|就|先|给|以后|今后|一下|一[个条]也?[不别]留|了|吧|哈|啊|呗|嘞|喽|啦|哩|呀|时间)+$/g
/** 所有提醒一键清空: in what manner they are dropped. */
const manner =
  /一键|(?:群里|本群|这个?群|[咱我俺]们?群|群)(?:里)?的?|给[我俺]|帮[我俺]|替[我俺]|把|不要|不用|别|一次性|统统|通通|全部?|都|彻底|直接|一股脑儿?|立刻|马上|赶紧|现在|从今往后|[,，\s]/g
const isBareManner = (text = '') =>
  text
    .replaceAll(new RegExp(drops, 'g'), '都')
    .replaceAll(new RegExp(all, 'g'), '都')
    .replaceAll(manner, '') === ''
const nouns = /(?:的)?(?:那个|这个|那条|这条|那个的)?(?:提醒|闹钟)(?:我|大家|一下)?(?:的)?(?:时间)?/

/** 提醒都停了吧，烦 */
const annoyed = /[,，\s]*(?:真|太|都|听着|好|快)*(?:烦|吵)(?:死|人|得很|啊|了)*(?=[,，\s]|$)/
/** 不用催报数了,那个提醒关了吧: the second clause only says it again. */
const again =
  /了[,，]\s*(?:把|将|就|给我)?(?:那个|这个|那条|它)?(?:关|删|停|取消|撤|去)(?:了|掉|除)*(?:吧|呗)?$/
/** What is left of the sentence when the words in `without` are gone. */
function targetOf(text: string, without: string[]): Target {
  const number = index.exec(text)
  if (number) {
    const found = numberOf(number[1] ?? number[2] ?? number[3] ?? '')
    return found >= 1 && found <= 999 ? { index: found } : {}
  }
  if (firstOne.test(text)) return { index: 1 }
  if (lastOne.test(text)) return { index: -1 }
  const rest = without
    .reduce((left, part) => left.replace(part, ''), text.replace(annoyed, ''))
    .replace(nouns, '')
    .replace(again, '')
    .replaceAll(around, '')
    .replaceAll(around, '')
  return rest === '' ? {} : { text: rest }
}
