// A phone number that somebody types in a group is not repeated there, whatever becomes of the sentence (`domain.md` N25).
import type { Block, Message, Reply } from './message.ts'

/** What is said to whoever types one. */
export const phoneInGroup = '手机号请私聊发给我，不要发在群里。'

/** 13900000000, the example of the help, is nobody's. */
const mobile = '(?<!\\d)(?!1390{8})(?:\\+?86[\\s-]?)?1[3-9]\\d(?:[\\s-]?\\d){8}(?!\\d)'
/** Landlines too, and longer numbers: no number that is reported is so long. */
const phone = new RegExp(`${mobile}|(?<!\\d)(?:0\\d{2,3}[\\s-]?\\d{3,4}[\\s-]?\\d{4}|\\d{10,})(?!\\d)`, 'g')

/** Whether there is a number in the text that may be a phone's. */
export const hasPhone = (text: string): boolean => text.search(phone) >= 0

/** @returns in a group, the reply with □ for each mobile number and for each number that is in the message */
export function unrepeated({ chat, text }: Message, reply: Reply | undefined): Reply | undefined {
  if (chat.kind !== 'group' || !reply) return reply
  const said = [...text.normalize('NFKC').matchAll(phone)].map(([number]) =>
    [...number.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')].join('[\\s-]?'),
  )
  // What was said before and asked back now is in no message of this moment: no mobile number is shown at all.
  const shown = new RegExp([mobile, ...said].join('|'), 'g')
  let isHidden = false
  const hide = (words: string) =>
    words.replace(shown, () => {
      isHidden = true
      return '□'
    })
  const title = reply.title === undefined ? {} : { title: hide(reply.title) }
  const blocks = reply.blocks.map((block) => hidden(block, hide))
  if (!isHidden) return reply
  return { ...reply, ...title, blocks: [...blocks, { kind: 'text', text: phoneInGroup }] }
}

function hidden(block: Block, hide: (words: string) => string): Block {
  if (block.kind === 'text') return { ...block, text: hide(block.text) }
  if (block.kind === 'image') return { ...block, alt: hide(block.alt) }
  if (block.kind === 'file') return block
  if (block.kind === 'fields')
    return { ...block, fields: block.fields.map(([name, value]) => [hide(name), hide(value)]) }
  return { ...block, head: block.head.map(hide), rows: block.rows.map((row) => row.map(hide)) }
}
