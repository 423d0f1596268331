// A phone number that somebody types in a group is not repeated there, whatever becomes of the sentence (`domain.md` N25).
import { type Block, line, type Message, type Reply } from './message.ts'
import { Question } from './question.ts'

/** What is said to whoever types one. */
export const phoneInGroup = '手机号请私聊发给我，不要发在群里。'
const andAgain = '手机号请私聊发给我，不要发在群里；别的话请去掉号码再说一遍。'

/** Mobile and landline numbers, also with blanks and dashes, and longer numbers: no number that is reported is so long. */
const phone =
  /(?<!\d)(?:(?:\+?86[\s-]?)?1[3-9]\d(?:[\s-]?\d){8}|0\d{2,3}[\s-]?\d{3,4}[\s-]?\d{4}|\d{10,})(?!\d)/g

/** @returns the numbers of phones in a text, digits only */
export const phonesIn = (text: string): string[] =>
  [...text.matchAll(phone)].map(([number]) => number.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, ''))

/**
 * @param outcome what answers the message
 * @returns in a group, a reply with □ for each number that is in the message; and in place of a question about such a
 * number the request to tell it privately: a kept question would repeat it later
 */
export function unrepeated<T extends Reply | Question | undefined>(
  { chat, text }: Message,
  outcome: T,
): T | Reply {
  const said = chat.kind === 'group' ? phonesIn(text.normalize('NFKC')) : []
  if (said.length === 0 || outcome === undefined) return outcome
  const repeats = new RegExp(said.map((number) => [...number].join('[\\s-]?')).join('|'), 'g')
  if (outcome instanceof Question) {
    const { text: asked, options, said: half = '' } = outcome
    const all = [asked, half, ...options.flatMap(({ label, words }) => [label, words])]
    return all.some((words) => words.search(repeats) >= 0) ? line(andAgain) : outcome
  }
  const hide = (words: string) => words.replace(repeats, '□')
  const { title, blocks } = outcome
  return {
    ...outcome,
    ...(title !== undefined && { title: hide(title) }),
    blocks: blocks.map((block) => hidden(block, hide)),
  }
}

function hidden(block: Block, hide: (words: string) => string): Block {
  if (block.kind === 'text') return { ...block, text: hide(block.text) }
  if (block.kind === 'image') return { ...block, alt: hide(block.alt) }
  if (block.kind === 'fields')
    return { ...block, fields: block.fields.map(([name, value]) => [hide(name), hide(value)]) }
  return { ...block, head: block.head.map(hide), rows: block.rows.map((row) => row.map(hide)) }
}
