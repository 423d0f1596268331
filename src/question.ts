// The bot's own question to a person: answerable with one digit, alive for five minutes (`domain.md` C3.9, N18).
import { z } from 'zod'
import type { Chat, Reply } from './message.ts'

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
    } = {},
  ) {
    this.text = text
    this.options = options
    this.said = more.said
    this.free = more.free ?? false
    this.number = more.number ?? false
    this.zero = more.zero
    this.done = more.done ?? more.zero !== undefined
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
})
export type Waiting = z.infer<typeof waiting>

export function store({ options, said, free, number, done, yes: isYes, zero }: Question): string {
  const [words, labels] = [options.map((option) => option.words), options.map((option) => option.label)]
  return JSON.stringify({ options: words, labels, said, free, number, done, yes: isYes, zero: zero?.words })
}

/** @returns undefined for what an older version left behind in another form */
export function restore(text: string | undefined): Waiting | undefined {
  return text === undefined ? undefined : waiting.safeParse(JSON.parse(text)).data
}

const yes = /^(?:对|对的|是|是的|没错|确认|确定|嗯|行|可以|中)$/
const no = /^(?:不对|不是|不|否|取消|算了|不用了|不要了|错了|0)$/
/** Said instead of an answer: never what was asked for. */
const never =
  /^(?:那?就?算了.{0,4}|(?:先|还是|那)?不(?:延|申请|改|加|写|说|办|弄|换|交|催|报)了?(?:吧)?|再?等一下.{0,6}|(?:再|先)(?:看看|等等|想想|问问)|(?:点|打|说|搞|弄)错了|没事了?)$/
/** 撤回, right after something was done or asked, means that, not the report before it. */
const back = /^(?:撤回|撤销|收回)(?:吧|了)?$/

/** What an answer means: the words to run, `cancel`, or undefined when it is no answer. */
export function answerOf(waiting: Waiting, text: string): string | 'cancel' | undefined {
  const { options, number, done, yes: isYes, zero, said, free } = waiting
  if (/^[1-9]\d?$/.test(text)) return options[Number(text) - 1]
  if (number && text === '0') return undefined
  if (zero !== undefined && (no.test(text) || back.test(text))) return zero
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

const sameWords = [/^(?:同意|批准|批了|准了)(?:了|吧)?$/, /^(?:不同意|不批准|不批|驳回)(?:了|吧)?$/]

/** 1 同意，转区专班 2 不同意: the choice whose first words are said instead of its number. */
function namedIn({ options, labels }: Waiting, text: string): string | undefined {
  const kind = sameWords.find((words) => words.test(text))
  const chosen = labels.flatMap((label, at) => {
    const [head = ''] = label.split(/[，,（(：: ]/)
    return head === text || kind?.test(head) ? at : []
  })
  return chosen.length === 1 ? options[chosen[0] ?? -1] : undefined
}

/** The question as a message: numbered lines, and how to answer where only @-messages are heard. */
export function render({ text, options, said, done, zero }: Question, chat: Chat): Reply {
  const at = chat.kind === 'group' ? '@我 ' : ''
  if (zero) return { blocks: [{ kind: 'text', text: `${text}${at}${zero.label}` }] }
  if (done)
    return { blocks: [{ kind: 'text', text: `${text} ${at}${options.map(({ label }) => label).join(' ')}` }] }
  const numbered = options.map(({ label }, index) => `${index + 1} ${label}`)
  const how =
    options.length === 0 ? `${at}直接回复就行` : `${at}回复编号${said === undefined ? '' : '，或直接说'}`
  const blocks = [text, numbered.join('\n'), how].filter(Boolean)
  return { blocks: blocks.map((each) => ({ kind: 'text', text: each })) }
}
