// What the bot sent, read as the platform's app reads it.
import type { Look } from '../../../platforms/playground/entry.ts'
import type { Dialect } from './inline.ts'

export interface Shown {
  text: string
  markdown: boolean
}

/** @returns empty text for what the app would not show */
export function shownOf(payload: unknown): Shown {
  const type = field(payload, 'msgtype')
  const body = typeof type === 'string' ? field(payload, type) : undefined
  const text = field(body, 'content') ?? field(body, 'text')
  return { text: typeof text === 'string' ? text : '', markdown: type !== 'text' }
}

/** @param names of everybody, by account id */
export function dialectOf(look: Look, payload: unknown, names: Map<string, string>): Dialect {
  const isWecom = look === 'wecom'
  const called = field(field(payload, 'at'), 'atUserIds')
  const ids = Array.isArray(called) ? called : []
  return {
    ...{ tables: isWecom, code: isWecom, rules: isWecom, nestedLists: isWecom },
    quoteDepth: isWecom ? 3 : 1,
    names: new Map([...names].filter(([id]) => ids.includes(id))),
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
