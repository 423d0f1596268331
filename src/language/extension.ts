// What a sentence about an extension says: until when, or for how long, and why (`domain.md` C6). Pure.
import type { Calendar } from '../campaign/calendar.ts'
import type { Shift, Wish } from '../campaign/extending.ts'
import { findWhen } from './when.ts'
import { durationOf, numeral } from './when-numbers.ts'
import type { Span } from './when-words.ts'

export interface ExtensionSaid {
  wish?: Wish
  reason?: string
  /** Where the reason stands: names and numbers in it are not what is asked for. */
  reasonAt?: Span
}

const n = numeral
/** 5天, 一周, 半个月; 10日 is a date unless it stands right behind the verb. */
const lengths = [
  new RegExp(`半个月|${n}个半月|${n}个月|${n}个?(?:周|星期|礼拜)(?![一二三四五六日天])|${n}个工作日|${n}天`),
  new RegExp(`(?<=(?:延期|延长|顺延|推迟|延后|宽限|宽限个|延))${n}日`),
]
const named = /(?:原因|理由)(?:是|为)?\s*[:,：，]?\s*([\s\S]+)$/
const because = /(?:因为|由于|鉴于|因)\s*([\s\S]+)$/
/** Behind all that is asked for, a comma, and something that is told: a name alone, or 行不行, is no reason. */
const behindComma = /(?<=(?:延|宽限|推迟|缓)[^,，;。]{2,16})[,，;。\s]\s*([^,，;。？?吗吧]{3,}.*)$/s
const tells = /[没未不还正了在才太难慢缺等停病差换修]/
const asksMore = /^[^,，;。]*(?:延|行不行|可以|能不能|批|谢|麻烦|好吗|好不好)/
/** 金苑的延期申请,不同意,时间还够 */
const decides = /^(?:我们?|都|全部|,|，)*(?:不?同意|批准|不准|驳回|拒绝|否决)/
const verb = /延|宽限|推迟|缓|晚/
const misspoken =
  /^(?:不好意思|对不起|哦|哎呀?|我|刚才|,|，)*(?:(?:说|打|写|搞|弄|发|报)?错了?|不对|改(?:成|为|到)|应该是|不是[^,，]{1,8}[,，]?\s*(?=是|要|改))[,，\s]*(?:应该|改)?(?:是|要|成|为)?/
/** Nothing but a length or a day. */
const bareWish = new RegExp(
  `^(?:那|就|是|要|再|申请|延期?|延?到|延?至)*(?:${n}个?(?:天|周|星期|礼拜|月|工作日)|半个月|(?:${n}月)?${n}[日号]|[下这本]?(?:周|星期|礼拜)[一二三四五六日天]|[本下]?月[底末])(?:吧|了|行不行|可以吗?)?$`,
)

export function readExtension(text: string, now: Date, calendar: Calendar): ExtensionSaid {
  const reasonAt = reasonIn(text)
  const reason = readReason(text)
  const wish = wishIn(withoutReason(text), now, calendar)
  return { ...(wish && { wish }), ...(reasonAt && { reasonAt }), ...(reason && { reason }) }
}

/** The reason alone, of a request or a refusal; undefined when none is said. */
export function readReason(text: string): string | undefined {
  const at = reasonIn(text)
  return (at && said(text.slice(at.start, at.end))) || undefined
}

/**
 * 说错了,是10天; 10天吧: what was said in the place of a reason asks for another date.
 * @param reason what was said
 */
export function readOtherWish(reason: string, now: Date, calendar: Calendar): Wish | undefined {
  const plain = reason.replace(misspoken, '')
  if (plain === reason ? !bareWish.test(plain) : plain.length > 14) return undefined
  return wishIn(plain, now, calendar)
}

const days = new RegExp(lengths.map(({ source }) => source).join('|'))
/** Whether a length or a day is asked for: 延期5天, 延到12月10日. */
export const saysWish = (text: string): boolean =>
  days.test(withoutReason(text)) || /(?:到|至).*[\d一二三四五六日天十底末后]/.test(withoutReason(text))

/**
 * The number that is reported besides: 申请延期到12月10日,还没验收,完成2个. What is told for a reason (只完成2个) is none.
 * @returns the clause that tells it
 */
export function reportBeside(text: string): string | undefined {
  if (named.test(text) || because.test(text)) return undefined
  return text.split(/[,，。;；]/).find((clause) => tellsNumber.test(clause) && !excuses.test(clause))
}
const tellsNumber = new RegExp(
  `(?:完成|新增|达到|上报|报|累计|签|建成|弄好|搞好)(?:了|到)?${n}(?:个|家|人|户|名|栋|万元|%|％)`,
)
const excuses = /[只才仅没未还差剩延推宽缓要再]/

/** What is asked for, without the reason. */
export function withoutReason(text: string): string {
  const at = reasonIn(text)
  return at ? text.slice(0, at.start) + text.slice(at.end) : text
}

/**
 * From 原因 or 因为 on, to the end; 因为下雨,红色物业延期5天 ends where what is asked for begins. Without such a word it is
 * what is told behind a comma when all has been asked for: 延期到12月10日,场地没腾出来.
 */
function reasonIn(text: string): Span | undefined {
  const found = named.exec(text) ?? because.exec(text)
  if (!found) {
    const told = behindComma.exec(text)?.[1] ?? ''
    return tells.test(told) && !asksMore.test(told) && !decides.test(told)
      ? { start: text.length - told.length, end: text.length }
      : undefined
  }
  const { index: start } = found
  const comma = [...text.slice(start).matchAll(/[,，。;；]/g)].find(({ index }) =>
    verb.test(text.slice(start + index)),
  )
  // 延 in a reason that ends the sentence (资金拨付推迟了) asks for nothing.
  const isAhead = comma && !verb.test(text.slice(0, start))
  return { start, end: isAhead ? start + comma.index : text.length }
}

const said = (stretch: string): string =>
  stretch
    .replace(/^(?:(?:原因|理由|因为|由于|鉴于|因)(?:是|为)?[\s:,：，]*)+/, '')
    .replace(/[\s,，。;；]+$/, '')
    .replaceAll(',', '，')

/** 月底弄不完,12月10号交中不: the day that is too early is not the one that is asked for. */
const tooEarly =
  /^(?:(?!延|宽限|推迟|缓|再给|多给)[^,，;。])*(?:不完|不了|不成|不出来|来不及|赶不上|够呛)(?:(?!延|宽限|推迟|缓|再给|多给)[^,，;。])*[,，;。]/

function wishIn(said: string, now: Date, calendar: Calendar): Wish | undefined {
  const text = said.replace(tooEarly, '')
  const until = /(?:到|至)([\s\S]*)$/.exec(text)?.[1]
  const to = until === undefined ? undefined : dateIn(until, now, calendar)
  if (to) return { to }
  for (const pattern of lengths) {
    const shift = shiftOf(pattern.exec(text)?.[0])
    if (shift) return { shift }
  }
  const date = dateIn(text, now, calendar)
  return date === undefined ? undefined : { to: date }
}

/** 到下周, 到下个月 name no day: it is asked for. */
function dateIn(text: string, now: Date, calendar: Calendar): string | undefined {
  const found = findWhen(text, now, calendar)
  const on = found?.doubt === 'unclear' ? undefined : found?.schedule.on
  return on && 'date' in on ? on.date : undefined
}

function shiftOf(words: string | undefined): Shift | undefined {
  const length = words === undefined ? undefined : durationOf(words)
  return length && !('minutes' in length) ? length : undefined
}
