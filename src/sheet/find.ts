// References between sheets: what a cell calls a unit, an indicator or a person by, and which one is meant.
import type { Row } from './table.ts'
import { key } from './values.ts'

export type Find<T> = (row: Row, column: string, preferred?: (item: T) => boolean) => T | undefined

/**
 * @param what what the items are called in messages
 * @param ways the ways to call an item, the surest first (code, name, other names)
 * @param hint what to write when several items have the same name
 * @returns the one item that a cell means; undefined when it is empty, or not clear (then a problem has been noted)
 */
export function finder<T>(what: string, items: T[], ways: ((item: T) => string[])[], hint: string): Find<T> {
  const indexes = ways.map((namesOf) => {
    const index = new Map<string, T[]>()
    for (const item of items)
      for (const name of new Set(namesOf(item).map(key))) index.set(name, [...(index.get(name) ?? []), item])
    return index
  })
  // Without any item the sheet itself is wrong, which has been said: once more is enough.
  let told = false
  return (row, column, preferred = () => false) => {
    const said = row.text(column)
    if (said === '' || (items.length === 0 && told)) return undefined
    told = true
    for (const index of indexes) {
      const found = index.get(key(said)) ?? []
      const sure = found.length > 1 ? found.filter(preferred) : found
      if (sure.length === 1) return sure[0]
      if (found.length === 0) continue
      row.problem(column, `有 ${found.length} 个${what}叫「${said}」，${hint}`)
      return undefined
    }
    row.problem(column, `没有叫「${said}」的${what}${suggestion(indexes, key(said))}`)
    return undefined
  }
}

/** A longer or shorter name with the same characters in the same order: 汝河街道 for 汝河路街道. */
function suggestion(indexes: Map<string, unknown>[], said: string): string {
  const within = (short: string, long: string) => {
    let at = 0
    for (const character of long) if (character === short[at]) at++
    return short.length > 1 && at === short.length
  }
  const names = indexes.slice(1).flatMap((index) => [...index.keys()])
  const near = [...new Set(names.filter((name) => within(said, name) || within(name, said)))]
  return near.length === 1 ? `，是不是「${near[0]}」？` : ''
}
