// 张建国换成李强: whose duties go to whom, and from when (`domain.md` N19). Pure.
import type { Calendar } from '../campaign/calendar.ts'
import type { Role } from '../campaign/permissions.ts'
import { momentOf } from '../clock.ts'
import { findWhen } from './when.ts'

export interface HandoverSaid {
  /** The stretch of the sentence that names the leaver, by name or by office. */
  leaving: { start: number; end: number }
  /** The successor's name as said; undefined when nobody is named. */
  successor?: string
  /** Eleven digits. */
  phone?: string
}

const phonePattern = /(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d(?:[\s-]?\d){8})(?!\d)/
/** What cannot follow a verb as a name: 换成谁, 交给专班. */
const noName =
  /^(?:谁|哪|别|新|其他|另|专班|街道|社区|村|书记|主任|领导|组织|党|他|她|我|你|您|咱|俺|自己|大家)|[区村办组科委]$/
const goneWords =
  '(?:调走|调离|调动|调任|调岗|调到[^,。]{1,10}|转岗|退休|退了|离任|离职|辞职|离开|走|不干|不做|去世|病退|卸任|免职|提拔|提任|升职|高升|升任[^,。]{1,10}|不(?:再)?(?:当|担任)(?:了?书记|主任)?)了?'
/** What comes behind a name. */
const behind =
  '(?=同志|书记|主任|来|去|负责|接|顶|替|当|担任|干|管|做|[,.。!;:()（]|\\s|$|从|自|即日|今天|明天|后天|下|本|这|\\d|电话|手机|联系|吧|了|的|交接)'
const to = `\\s*(?:新来的|新任的?|新的?书记)?(?<to>\\p{Script=Han}{2,4}?)${behind}`
const takesOver = '(?:同志)?(?:来|去)?(?:负责|接|顶|替|当|担任|管|干|做)'
/** 以后由 */
const fromNow = '(?:以后|今后|往后|现在)?(?:就|改)?(?:由|让|请|是)?'
/** 汝河小区换书记了, 汝河小区书记换人了 */
const changed = '(?:(?:换|换了|要换)书记|(?:换|换了|要换)人)了?'

const forms = [
  `^(?<from>.+?)${changed}$`,
  `^(?<from>.+?)${changed}[,。;\\s]+(?:新(?:任|来)?的?书记)?${fromNow}(?:叫)?${to}`,
  `^(?<from>.+?)(?:换成|换为|换作|改成|改为|更换为|变更为|调整为|换(?!成|为|作|了?书记))了?${to}`,
  `^(?<from>.+?)(?:移交给|转交给|交接给|交给|转给|给|移交|交接)${to}`,
  `^(?<from>.+?)(?:改?由|让|请|换)${to}${takesOver}`,
  `^(?<from>.+?)(?:${goneWords}|的(?:班|活|工作|事|职责|岗位|位置))[,。;\\s]*${fromNow}${to}${takesOver}`,
  `^(?<from>.+?)新(?:任|来)?的?书记(?:是|叫)${to}`,
  // 李强接替张建国, 由李强接张建国的班
  `^(?:请|由|让|换|就让)?${to}(?:同志)?(?:来)?(?:接替|顶替|替换|替下|接任|接手|接管|接|替)(?<from>[^,。]{2,})`,
  `^(?<from>.+?)(?:和|与|跟|向|→|->|[,\\s])\\s*${to}(?:办?交接)?`,
  `^(?<from>.+?)${goneWords}`,
].map((source) => new RegExp(source, 'du'))

const head = /^(?:(?:请|麻烦|帮我|办理|人员|职务|工作|办)*交接\s*[:,]?|请|麻烦|把|将)\s*/

/** @returns undefined when it is no sentence of this kind */
export function readHandover(text: string): HandoverSaid | undefined {
  const phone = phonePattern.exec(text)
  // Kept as long as it is: places in the text stay what they are.
  const blank = (found: string) => ' '.repeat(found.length)
  const plain = text.replace(phonePattern, blank).replace(head, blank)
  const start = plain.search(/\S/)
  if (start < 0) return undefined
  const said = plain.slice(start)
  const digits = phone?.[1]?.replace(/\D/g, '')
  for (const form of forms) {
    const hit = form.exec(said)
    const from = hit?.indices?.groups?.['from']
    if (!hit || !from) continue
    const name = hit.groups?.['to']
    if (name !== undefined && noName.test(name)) continue
    const leaving = { start: start + from[0], end: start + from[1] }
    return { leaving, ...(name !== undefined && { successor: name }), ...(digits && { phone: digits }) }
  }
  return undefined
}

const today_ = /今天|今日|今儿|即日|立即|马上|现在/

/**
 * The successor's first day.
 * @param today calendar date in Asia/Shanghai; it is what counts when no day is said
 * @returns undefined when a day is said but it stays open which, or it is over
 */
export function readFirstDay(said: string, today: string, calendar: Calendar): string | undefined {
  // 从12月1日起 would be a repetition.
  const text = said.replace(phonePattern, ' ').replace(/[从自起]|开始|以后|之后|生效/g, ' ')
  const when = findWhen(text, momentOf(today, '05:00'), calendar)
  if (!when) return today_.test(text) || !/\d[月日号]|昨天|前天/.test(text) ? today : undefined
  const { schedule, doubt } = when
  if (!('date' in schedule.on) || doubt === 'past' || doubt === 'no_such_day' || doubt === 'unclear')
    return today_.test(text) ? today : undefined
  return schedule.on.date < today ? undefined : schedule.on.date
}

/** Leave, or an end: the duty is to come back. */
const temporary = [
  /请假|休假|病假|产假|陪产|婚假|丧假|年假|事假|探亲|住院|生病|养病|出差|外出|期间|(?:去|在|参加|脱产)[^,，]{0,6}培训/,
  /临时(?!党|支部)|暂时|暂(?=由|代|换)|代班|代管|代理|代为|代替|代(?=$|[,，。\s]|一下|几|\d)|(?:替|顶|代)[他她]?(?:几|\d+|[一两三])天|先顶|回来/,
  /(?:到|至)\s*(?:\d{4}年)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d|[一二三四五六七八九十])|\d{1,2}[日号]|[下本这]?个?(?:周|星期|礼拜)[一二三四五六日天末]|[本下这]?个?月[底末]|年底)(?!.{0,6}[起退调离卸])/,
  /(?:\d+|[一二两三四五六七八九十半几])(?:天|个?(?:周|星期|礼拜)(?![一二三四五六日天])|个月)(?!后|之后|以后|起)|为止/,
]

/** 请假两周,由李强负责; 换成李强,到12月10日: no handover, which is for good. */
export const isTemporary = (text: string): boolean => temporary.some((sign) => sign.test(text))

const offices: [RegExp, Exclude<Role, 'guest'>[]][] = [
  [/填报员|联络员|信息员/, ['reporter']],
  [/组织委员/, ['street_admin']],
  [/专班/, ['district_admin']],
  [/督导/, ['supervisor']],
  [/领导/, ['district_leader']],
  [/书记/, ['secretary', 'street_secretary']],
]

/** The roles that an office named in the text may be; undefined = none is named. */
export const officesIn = (text: string): Exclude<Role, 'guest'>[] | undefined =>
  offices.find(([pattern]) => pattern.test(text))?.[1]
