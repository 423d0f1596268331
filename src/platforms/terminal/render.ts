// A reply as plain text: for the terminal, and for conversations that are tests.
import { type Block, everyone, type Reply } from '../../message.ts'
import { fileLine, pictureLine } from '../page-address.ts'

export function plainText({ title, blocks, mention = [], link }: Reply): string {
  const at = mention.map((id) => (id === everyone ? '@所有人' : `@${id}`)).join(' ')
  return [at, title, ...blocks.map(block), link].filter(Boolean).join('\n')
}

function block(one: Block): string {
  if (one.kind === 'text') return one.text
  if (one.kind === 'image') return pictureLine(one.alt)
  if (one.kind === 'file') return [fileLine(one.name), one.url].filter(Boolean).join(' ')
  if (one.kind === 'fields') return one.fields.map(([label, value]) => `${label}：${value}`).join('\n')
  return [one.head, ...one.rows].map((row) => row.join('  ').trimEnd()).join('\n')
}
