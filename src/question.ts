// The bot's own question to a person: answerable with one digit, alive for five minutes (`domain.md` C3.9, N18).
import { z } from 'zod'
import { findDays } from './language/days.ts'
import type { Chat, Reply } from './message.ts'

const instead = z.object({ before: z.string(), amount: z.string(), after: z.string() })
type Instead = z.infer<typeof instead>

/** How long a digit answers a question, in seconds. */
export const questionSeconds = 300

export class Question {
  readonly text: string
  /** What may be chosen, and the words the person could have said instead: they are what runs. */
  readonly options: { label: string; words: string }[]
  /** The unfinished sentence: any answer that is no digit completes it. */
  readonly said: string | undefined
  /**
   * The answer is told in anybody's own words, and these may be a command's: a reason. `all`: any words at all, because
   * they are shown again before anything comes of them.
   */
  readonly free: boolean | 'all'
  /** How many is asked: 0 is an answer. */
  readonly number: boolean
  /** Something was done already and the digits only offer more, as in a receipt. */
  readonly done: boolean
  /** 「对」 means the first choice: a yes-or-no question, not a list. */
  readonly yes: boolean
  /** What 0 does where something was done already: 回0取消. */
  readonly zero: Question['options'][number] | undefined
  /** 不是，3个: another amount between these words is reported instead; `amount` is the one that is asked about. */
  readonly instead: Instead | undefined
  /** 您是不是想说…: the words are put into somebody's mouth, so the names in them are as doubtful as any others. */
  readonly guess: boolean

  constructor(
    text: string,
    options: Question['options'],
    more: {
      said?: string
      free?: boolean | 'all'
      number?: boolean
      done?: boolean
      yes?: boolean
      zero?: Question['options'][number]
      instead?: Instead
      guess?: boolean
    } = {},
  ) {
    this.text = text
    this.options = options
    this.said = more.said
    this.free = more.free ?? false
    this.number = more.number ?? false
    this.zero = more.zero
    this.instead = more.instead
    this.guess = more.guess ?? false
    this.done = more.done ?? (this.guess || more.zero !== undefined)
    this.yes = more.yes ?? false
  }
}

/** What waits in the state store for the answer. */
const waiting = z.object({
  options: z.array(z.string()),
  labels: z.array(z.string()).default([]),
  said: z.string().optional(),
  free: z.union([z.boolean(), z.literal('all')]).optional(),
  number: z.boolean().default(false),
  done: z.boolean(),
  yes: z.boolean(),
  zero: z.string().optional(),
  instead: instead.optional(),
  guess: z.boolean().default(false),
  /** In milliseconds: when the answer comes too late. */
  until: z.number().optional(),
  /** 好的 was answered with the choices already. */
  nudged: z.boolean().optional(),
})
export type Waiting = z.infer<typeof waiting>

/** @param now when it is asked */
export function store(question: Question, now: Date): string {
  const { options, said, free, number, done, yes: isYes, zero, instead, guess } = question
  const [words, labels] = [options.map((option) => option.words), options.map((option) => option.label)]
  const until = now.getTime() + questionSeconds * 1000
  const kept = {
    options: words,
    labels,
    said,
    free,
    number,
    done,
    yes: isYes,
    zero: zero?.words,
    instead,
    guess,
    until,
  }
  return JSON.stringify(kept)
}

/** @returns undefined for what an older version left behind in another form */
export function restore(text: string | undefined): Waiting | undefined {
  return text === undefined ? undefined : waiting.safeParse(JSON.parse(text)).data
}

/** How long it can still be answered. */
export const secondsLeft = ({ until }: Waiting, now: Date): number =>
  until === undefined ? questionSeconds : Math.max(1, Math.ceil((until - now.getTime()) / 1000))

const yes = /^(?:对|对的|是|是的|没错|确认|确定|嗯|行|可以|中)$/
const no = /^(?:不对|不是|不|否|取消|算了|不用了|不要了|错了|0)$/
/** Said instead of an answer: never what was asked for. */
const never =
  /^(?:那?就?算了.{0,4}|(?:先|还是|那)?[不别](?:延|申请|改|加|写|说|办|弄|换|交|催|报|记|登记)了?(?:吧)?|再?等一下.{0,6}|(?:再|先)(?:看看|等等|想想|问问)|(?:点|打|说|搞|弄)错了|没事了?)$/
/** 撤回, right after something was done or asked, means that, not the report before it. */
const back = /^(?:撤回|撤销|收回)(?:吧|了)?$/

const digits = '一二三四五六七八九'
/** 回1, 选1, 第二个, 一, 1。 are 1 and 2; a bare 1个 is an amount. */
const numbered = new RegExp(
  `^(?:(?:我)?(?:回复?|选择?|按|第|选第|回复?第)([1-9]\\d?|[${digits}])(?:个|条|项|号|种)?|([1-9]\\d?|[${digits}])号?)(?:吧|的|那个)?[\\p{P}\\s]*$`,
  'u',
)

/** Whether it can only be the number of a choice. */
export const isDigit = (text: string): boolean => /^\d{1,2}$/.test(digitIn(text))

function digitIn(text: string): string {
  if (/^(?:回复?|选择?|按)0[\p{P}\s]*$/u.test(text)) return '0'
  const found = numbered.exec(text)
  const digit = found?.[1] ?? found?.[2]
  if (digit === undefined) return text
  return digits.includes(digit) ? String(digits.indexOf(digit) + 1) : digit
}

/** What an answer means: the words to run, `cancel`, or undefined when it is no answer. */
export function answerOf(waiting: Waiting, answer: string): string | 'cancel' | undefined {
  // 一 may be how many.
  const text = waiting.number ? answer : digitIn(answer)
  const { options, number, done, yes: isYes, zero, said, free, guess } = waiting
  if (/^[1-9]\d?$/.test(text)) return options[Number(text) - 1]
  if (number && text === '0') return undefined
  if (zero !== undefined && (no.test(text) || back.test(text))) return zero
  if (guess && (yes.test(text) || no.test(text))) return yes.test(text) ? options[0] : 'cancel'
  // After a receipt 「对」 means that all is well, not that the first offer is taken up.
  if (done) return undefined
  const named = namedIn(waiting, text)
  if (named !== undefined) return named
  if ((isYes || (options.length === 1 && said === undefined)) && yes.test(text)) return options[0]
  // 这样记吗？ 撤回 means the number that is asked about, not one that was said before.
  if (no.test(text) || (isYes && back.test(text))) return 'cancel'
  // Who asks for a reason looks for second thoughts in it.
  if (free !== true && never.test(text)) return 'cancel'
  return undefined
}

/** Whether this answers another kind of question: the one that waits has no yes. */
export const isMisplacedYes = ({ options, done }: Waiting, text: string): boolean =>
  !done && options.length > 0 && yes.test(text)

const sameWords = [
  /^(?:变少的)?是?(?:新增|新加|增加|累加|加)(?:的|了)?$|^加(?:上去?|进去)(?:吧|的)?$|^加到原来的?(?:数上?)?$/,
  /^(?:同意|批准|批了|准了)(?:了|吧)?$/,
  /^(?:不同意|不批准|不批|驳回)(?:了|吧)?$/,
]

/** 不是，3个 and 不是3个 say opposite things: what 不是 and 错了 stand right before is denied. */
const lead =
  /^(?:不(?=[,，。、])|(?:不是|错了?)(?=[,，。、]|是|应|实际|其实|改|就是|只有|一共|共)|不对|是的|是|对的|对|嗯+|没错|而是|就是|应该|应为|实际|其实|改成|改为|那|写|报|记|只有|一共|共|[,，。、\s])+/
const deniedFirst = /^(?:不是|不对)?[,，、\s]*不是([^,，。、\s是]+)(?:[,，。、\s]+|(?=是|而是|应))/

/** 不是3个, 不到3个, 3个不止: there is a number, but it is not said that it is this one. */
export const deniesNumber = (text: string): boolean => /[不没未非]/.test(text.replace(lead, ''))

/**
 * 3个, 不是，3个, 是的，就是1个, 不是昨天，今天3个, said to 「金苑·红色物业 1个…这样记吗？」.
 * @param amountOf the amount that is all there is in these words, in a comparable form
 */
export function otherAmount(
  { options, instead }: Waiting,
  text: string,
  today: string,
  amountOf: (words: string) => string | undefined,
): string | undefined {
  // A bare digit is a choice, even one that is not there.
  if (!instead || /^\d+$/.test(text)) return undefined
  const [whole, denied = ''] = deniedFirst.exec(text) ?? ['']
  const isDayDenied = isOnlyDay(denied, today)
  const isDenial = isDayDenied || amountOf(denied) !== undefined
  const rest = (isDenial ? text.slice(whole.length) : text).replace(lead, '')
  const amount = amountOf(rest)
  if (amount === undefined || deniesNumber(rest)) return undefined
  const [day, ...more] = findDays(rest, today)
  if (more.length > 0 || (isDayDenied && !day)) return undefined
  const [asked] = findDays(instead.before, today).filter(({ start }) => start === 0)
  const isOtherDay = day !== undefined && day.date !== (asked?.date ?? today)
  if (isOtherDay || amount !== amountOf(instead.amount)) {
    const before = day && asked ? instead.before.slice(asked.end) : instead.before
    return `${before}${rest}${instead.after}`
  }
  return /不|错/.test(text) ? undefined : options[0]
}

/** 昨天, 昨天的数. */
const isOnlyDay = (words: string, today: string): boolean => {
  const [day, ...more] = findDays(words, today)
  return more.length === 0 && day?.start === 0 && /^(?:的|的数|报的)?$/.test(words.slice(day.end))
}

/** 0 gives up everywhere, but it may also be the number that was asked for. */
export const zeroOrNever = (said: string): Question =>
  new Question('是0，还是不办了？', [
    { label: '数就是0', words: `${said} 0` },
    { label: '不办了', words: 'cancel' },
  ])

/** 1 同意，转区专班 2 不同意: the choice whose first words are said instead of its number. */
function namedIn({ options, labels }: Waiting, text: string): string | undefined {
  const kind = sameWords.find((words) => words.test(text))
  const chosen = labels.flatMap((label, at) => {
    const [head = ''] = label.split(/[，,（(：: ]/)
    return head === text || kind?.test(head) || isMeasureOf(head, text) ? at : []
  })
  const [only, ...more] = chosen.length > 0 ? chosen : fittingIn(labels, text)
  return only !== undefined && more.length === 0 ? options[only] : undefined
}

/** 街道的, said to 1 桐柏路街道 2 桐柏路社区: the word with which only one of the names begins or ends. */
function fittingIn(labels: string[], text: string): number[] {
  const word = text.replace(/^(?:是|就是|要|报的是|我说的是|那个)|(?:的|那个|吧)?[\p{P}\s]*$/gu, '')
  if (!/^\p{Script=Han}{2,8}$/u.test(word)) return []
  const heads = labels.map((label) => label.split(/[，,（(：: ]/)[0] ?? '')
  const isNames = heads.every((head) => /^\p{Script=Han}{3,}$/u.test(head))
  return isNames ? heads.flatMap((head, at) => (head.startsWith(word) || head.endsWith(word) ? at : [])) : []
}

/** 元, 是万元的, said to 1 155000元 2 155000万元. */
function isMeasureOf(head: string, text: string): boolean {
  const measure = /^\d[\d.]*(\D+)$/.exec(head)?.[1]
  const said = text.replace(/^(?:单位)?(?:就?是)?|(?:的|吧)?[\p{P}\s]*$/gu, '').replace(/块钱?$/, '元')
  return measure !== undefined && (said === measure || (said === '万' && measure === '万元'))
}

/** The question as a message: numbered lines, and how to answer where only @-messages are heard. */
export function render({ text, options, said, done, zero, guess }: Question, chat: Chat): Reply {
  const at = chat.kind === 'group' ? '@我 ' : ''
  if (guess) return { blocks: [{ kind: 'text', text: `${text}${at}回1` }] }
  if (zero) return { blocks: [{ kind: 'text', text: `${text}${at}${zero.label}` }] }
  if (done)
    return { blocks: [{ kind: 'text', text: `${text} ${at}${options.map(({ label }) => label).join(' ')}` }] }
  const numbered = options.map(({ label }, index) => `${index + 1} ${label}`)
  const how =
    options.length === 0 ? `${at}直接回复就行` : `${at}回复编号${said === undefined ? '' : '，或直接说'}`
  const blocks = [text, numbered.join('\n'), how].filter(Boolean)
  return { blocks: blocks.map((each) => ({ kind: 'text', text: each })) }
}
