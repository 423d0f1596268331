// A reply as plain text: for the terminal, and for conversations that are tests.
import type { Block, Reply } from '../../message.ts'

export function plainText({ title, blocks, mention = [] }: Reply): string {
  const at = mention.map((id) => `@${id}`).join(' ')
  return [at, title, ...blocks.map(block)].filter(Boolean).join('\n')
}

function block(one: Block): string {
  if (one.kind === 'text') return one.text
  if (one.kind === 'fields') return one.fields.map(([label, value]) => `${label}：${value}`).join('\n')
  return [one.head, ...one.rows].map((row) => row.join('  ').trimEnd()).join('\n')
}
