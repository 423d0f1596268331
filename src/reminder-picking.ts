// Which reminder is meant, by its number or its words, and whether somebody may touch it (`domain.md` C2, C7).
import { pinyin } from 'pinyin-pro'
import type { Calendar } from './campaign/calendar.ts'
import { whoMay } from './campaign/permissions.ts'
import { UserError } from './errors.ts'
import type { Target } from './language/reminder-change.ts'
import { numberOf, numeral } from './language/when-numbers.ts'
import { Question } from './question.ts'
import type { Numbered } from './reminder-numbers.ts'
import { reminderLine, short } from './reminder-words.ts'
import { may, type Turn } from './turn.ts'

/**
 * Those that are meant; of several that the words fit, which one is asked for, but one's own before others'.
 * @throws UserError when there is none
 */
export function pick(turn: Turn, target: Target, all: Numbered[], calendar: Calendar): Numbered[] | Question {
  const { text } = turn.meaning
  // The bot's own choices name them by what does not change: #12.
  const marked = /#([\d,]+)/.exec(text)?.[1]?.split(',').map(Number)
  const fitting = marked ? all.filter(({ reminder }) => marked.includes(reminder.id)) : meantBy(target, all)
  if (fitting.length === 0) throw new UserError(none(target, all))
  const own = fitting.filter(({ reminder }) => reminder.owner_id === turn.person?.id)
  const meant = own.length > 0 && !marked ? own : fitting
  if (meant.length === 1 || marked) return meant
  const options = meant.map(({ number, reminder }) => {
    const { schedule, next_at: next } = reminder
    const line = reminderLine({ text: short(reminder.text), schedule, next }, turn.now, calendar)
    return { label: `第${number}个：${line}`, words: `${text}#${reminder.id}` }
  })
  return new Question('是哪一个提醒？', options)
}

/** @returns those that the words fit: exactly, else by their sound */
function meantBy({ index, text }: Target, all: Numbered[]): Numbered[] {
  if (index === -1) return all.slice(-1)
  if (index !== undefined) return all.filter(({ number }) => number === index)
  if (text === undefined) return all
  const words = bare(text)
  const fits = (said: string, kept: string) => said !== '' && (kept.includes(said) || said.includes(kept))
  const exact = all.filter(({ reminder }) => fits(words, bare(reminder.text)))
  if (exact.length > 0) return exact
  const sound = (of: string) => pinyin(of, { toneType: 'none' })
  return all.filter(({ reminder }) => fits(sound(words), sound(bare(reminder.text))))
}

const about = new RegExp(
  `第\\s?(${numeral})\\s?(?:个|条)(?=提醒|闹钟|[和跟与、,]|(?:先)?(?:暂停|停|跳过)|$)`,
  'g',
)

/** The numbers of reminders in 取消第一个和第二个提醒; none in 第一个周五提醒我, 第二个提醒我 or 提醒我做第3个. */
export function numbersIn(text: string): number[] {
  if (/(?:提醒|叫|喊|通知|告诉)(?:一下|一声)?(?:我|俺|咱|大家|大伙|所有人|全体|各)(?!的)/.test(text))
    return []
  // 明天9点提醒报第2个 is about something else.
  if (/^[^第]*提醒/.test(text) && !/^(?:请|帮我|把|将)*(?:取消|删|去掉|跳过|暂停)/.test(text)) return []
  return [...text.matchAll(about)].map(([, number = '']) => numberOf(number))
}

/** What dictation makes of 提醒. */
export const misheard = '题型|体型|提行|替醒|提型|提兴'
const heard = new RegExp(`(?:${misheard})(?=我|俺|咱|大家|大伙|各|一下|一声)`, 'g')

/** 题型我 is 提醒我. */
export const asMeant = (text: string): string => text.replace(heard, '提醒')

/** What changes and cancels are read from: 跳过一次 is the next one, 把…提醒去了 cancels. */
export function asReadable(text: string): string {
  const next = /下一?[次回]|[这本]一?[次回]|[今明后]天|[今明]晚|明早|[这本下]个?(?:周|星期|礼拜|月)/
  const skipping = /(?:先)?(?:(?:跳过|略过)(?:一[次回])?|(?:暂停|停|空)一[次回])/
  const ending = text.replaceAll(/[啦喽咧]/g, '了').replace(/(提醒|闹钟)(?:给我)?去了(?:吧)?$/, '$1取消')
  return next.test(ending) ? ending : ending.replace(skipping, '下次跳过')
}

export const howTo =
  '没看明白要怎么改。改时间说“第1个提醒改到明天上午9点”，跳过一次说“第1个提醒跳过一次”，不要了说“取消第1个提醒”。'

const bare = (text: string) => text.replace(/[\s\p{P}]/gu, '').toLowerCase()

function none({ index, text }: Target, all: Numbered[]): string {
  if (all.length === 0) return '这里还没有提醒。可以说“每周六早上8点提醒三捡三提”。'
  if (index !== undefined && index > 0) return `没有第${index}个提醒。说“有哪些提醒”看编号。`
  return text ? `没有“${short(text)}”的提醒。说“有哪些提醒”看看。` : '这个提醒刚才已经没有了。'
}

/** @throws UserError that says who may */
export function demandTouch(turn: Turn, { reminder }: Numbered, doing: string): void {
  if (!mayTouch(turn, { reminder }))
    throw new UserError(
      `“${short(reminder.text)}”是${reminder.owner}设的，要${doing}请找本人或${whoMay('cancel_reminder')}。`,
    )
}

/** One's own; a clerk those in the chats of the own units (`domain.md` C2). */
export function mayTouch(turn: Turn, { reminder }: Pick<Numbered, 'reminder'>): boolean {
  const unit = turn.roster.units.get(reminder.unit ?? 0)
  return reminder.owner_id === turn.person?.id || (unit !== undefined && may(turn, 'cancel_reminder', unit))
}
