// A markdown table, which may be wider than the bubble: it scrolls by itself.
import { make } from './dom.ts'
import { type Dialect, inline } from './inline.ts'

const delimiter = /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/

export function startsTable([head = '', below = '']: string[]): boolean {
  return head.includes('|') && delimiter.test(below)
}

export function readTable(lines: string[], dialect: Dialect): { node: Node; lines: number } {
  const end = lines.findIndex((line) => !line.includes('|'))
  const all = end < 0 ? lines : lines.slice(0, end)
  const [head = '', , ...body] = all
  const row = (kind: 'th' | 'td', line: string) =>
    make('tr', {}, ...cells(line).map((cell) => make(kind, {}, ...inline(cell, dialect))))
  const table = make(
    'table',
    {},
    make('thead', {}, row('th', head)),
    make('tbody', {}, ...body.map((line) => row('td', line))),
  )
  return { node: make('div', { class: 'wide' }, table), lines: all.length }
}

function cells(line: string): string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
}
