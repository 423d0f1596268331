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
  /** The answer is told in anybody's own words, and these may be a command's: a reason. */
  readonly free: boolean
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
      free?: boolean
      done?: boolean
      yes?: boolean
      zero?: Question['options'][number]
    } = {},
  ) {
    this.text = text
    this.options = options
    this.said = more.said
    this.free = more.free ?? false
    this.zero = more.zero
    this.done = more.done ?? more.zero !== undefined
    this.yes = more.yes ?? false
  }
}

/** What waits in the state store for the answer. */
const waiting = z.object({
  options: z.array(z.string()),
  said: z.string().optional(),
  free: z.boolean().optional(),
  done: z.boolean(),
  yes: z.boolean(),
  zero: z.string().optional(),
})
export type Waiting = z.infer<typeof waiting>

export function store({ options, said, free, done, yes: isYes, zero }: Question): string {
  const words = options.map((option) => option.words)
  return JSON.stringify({ options: words, said, free, done, yes: isYes, zero: zero?.words })
}

/** @returns undefined for what an older version left behind in another form */
export function restore(text: string | undefined): Waiting | undefined {
  return text === undefined ? undefined : waiting.safeParse(JSON.parse(text)).data
}

const yes = /^(?:对|对的|是|是的|没错|确认|确定|嗯|行|可以|中)$/
const no = /^(?:不对|不是|不|否|取消|算了|不用了|不要了|错了|0)$/
/** 撤回, right after something was done or asked, means that, not the report before it. */
const back = /^(?:撤回|撤销|收回)(?:吧|了)?$/

/** What an answer means: the words to run, `cancel`, or undefined when it is no answer. */
export function answerOf(
  { options, done, yes: isYes, zero, said, free }: Waiting,
  text: string,
): string | 'cancel' | undefined {
  if (/^[1-9]\d?$/.test(text)) return options[Number(text) - 1]
  // 完成多少？ 0 is how many.
  if (text === '0' && options.length === 0 && said !== undefined && !free) return undefined
  if (zero !== undefined && (no.test(text) || back.test(text))) return zero
  // After a receipt 「对」 means that all is well, not that the first offer is taken up.
  if (done) return undefined
  if (isYes && yes.test(text)) return options[0]
  // 这样记吗？ 撤回 means the number that is asked about, not one that was said before.
  if (no.test(text) || (isYes && back.test(text))) return 'cancel'
  return undefined
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
