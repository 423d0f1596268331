// Which unit a row of a clerk's table means: by code, name or alias, with or without the street's name in front.
import { kept } from './kept.ts'
import { quoted, suggest } from './near.ts'
import type { Known } from './numbers.ts'
import { key } from './values.ts'

type Unit = Known['units'][number]
export type Found = { unit: Unit } | { wrong: string }

export interface Units {
  /**
   * @param within the street that the row, or its sheet, names
   * @param title of the column; one of 社区 or 村 has no streets in it
   */
  find(said: string, within?: string, title?: string): Found
  /** The unit that clearly has this name. */
  exactly(said: string): Unit | undefined
}

/** People put the committee or the party branch for the place itself. */
const offices: [ending: RegExp, level?: Unit['level']][] = [
  [/(?:社区居民委员会|社区居委会|居民委员会|居委会)$/, 'community'],
  [/(?:村民委员会|村委会)$/, 'village'],
  [/(?:街道办事处|街道办|办事处|党工委)$/, 'street'],
  [/(?:党委|党总支|党支部|支部)$/],
]
const endings = /(?:街道|社区|村|镇|乡)$/
const separators = /^[-—/\\|·、,:>]+/
/** Looking for a name that comes near is slow: in a file full of strangers the first ones are enough. */
const mostSuggestions = 200

export function unitsOf(known: Known['units']): Units {
  const byId = new Map(known.map((unit) => [unit.id, unit]))
  const ways = [
    (unit: Unit) => [unit.code],
    (unit: Unit) => [unit.name],
    (unit: Unit) => unit.aliases,
    (unit: Unit) => [unit.name, ...unit.aliases].map(bare),
  ].map((namesOf) => indexed(known, namesOf))
  const streets = known
    .filter(({ level }) => level === 'street' || level === 'district')
    .flatMap((unit) => prefixes(unit).map((name) => ({ name, unit })))
    .sort((a, b) => b.name.length - a.name.length)
  const names = [...new Set(known.flatMap(({ name, aliases }) => [name, ...aliases]))]
  let suggested = 0

  const isBelow = (unit: Unit, street: Unit): boolean => {
    if (unit.parent === null) return false
    return unit.parent === street.id || isBelow(byId.get(unit.parent) as Unit, street)
  }
  const called = (said: string): Unit[] => {
    for (const index of ways) {
      const found = index.get(said)
      if (found) return found
    }
    return []
  }
  const candidates = (said: string): Unit[] => {
    const direct = called(said)
    if (direct.length > 0) return direct
    const [ending, level] = offices.find(([one]) => one.test(said)) ?? []
    if (!ending) return []
    const found = called(said.replace(ending, ''))
    return level === undefined ? found : found.filter((unit) => unit.level === level)
  }
  const streetOf = (said: string): Unit | undefined => {
    const found = candidates(said).filter(({ level }) => level === 'street')
    return found.length === 1 ? found[0] : undefined
  }
  /** 「汝河路街道金苑社区」 */
  const behindStreet = (said: string): Unit[] => {
    for (const { name, unit } of streets) {
      if (!said.startsWith(name) || said.length === name.length) continue
      const rest = said.slice(name.length).replace(separators, '')
      const found = [...candidates(rest), ...(unit.level === 'district' ? behindStreet(rest) : [])]
      const below = [...new Set(found)].filter((one) => isBelow(one, unit))
      if (below.length > 0) return below
    }
    return []
  }
  const look = (said: string, within: string, isOfPlaces: boolean): Found => {
    const name = key(said)
    const direct = candidates(name)
    const found = direct.length > 0 ? direct : behindStreet(name)
    const street = within === '' ? undefined : streetOf(key(within))
    const there = street ? found.filter((unit) => unit.id === street.id || isBelow(unit, street)) : found
    // 「须水」 in the row of 须水街道, or in a column of places, is a place, not the street.
    const isPlaces = there.length > 1 && (street !== undefined || isOfPlaces)
    const places = isPlaces
      ? there.filter(({ level }) => level === 'community' || level === 'village')
      : there
    if (places.length === 1 && places[0]) return { unit: places[0] }
    if (found.length === 0) {
      suggested++
      const near = suggested > mostSuggestions ? '' : suggest(name, names)
      return { wrong: `没有叫「${quoted(said)}」的单位${near || '，请照名册上的名称写'}` }
    }
    const above = (unit: Unit | undefined) => byId.get(unit?.parent ?? 0)?.name ?? ''
    if (places.length === 0)
      return { wrong: `「${quoted(said)}」不在「${street?.name}」，在「${above(found[0])}」，请核对街道` }
    const full = (unit: Unit) => `${above(unit)}${unit.name}`
    const which = places.slice(0, 3).map((unit) => `「${full(unit)}」`)
    return {
      wrong: `有 ${places.length} 个单位叫「${quoted(said)}」：${which.join('、')}，请连街道一起写，或写编码`,
    }
  }
  const findIn = kept((said: string) => {
    const [isOfPlaces, within = '', name = ''] = said.split('\n')
    return look(name, within, isOfPlaces === 'true')
  })
  const line = (text: string) => text.replace(/\s+/g, ' ')
  return {
    find: (said, within = '', title = '') =>
      findIn([String(/社区|村/.test(title)), line(within), line(said)].join('\n')),
    exactly(said) {
      const found = candidates(key(said))
      return found.length === 1 ? found[0] : undefined
    },
  }
}

/** 金苑社区 → 金苑; what would leave one character stays. */
function bare(name: string): string {
  const short = name.replace(endings, '')
  return short.length >= 2 ? short : name
}

function prefixes({ name, aliases }: Unit): string[] {
  const names = [name, ...aliases, bare(name)]
  return [
    ...new Set([...names, `${bare(name)}街道办事处`, `${bare(name)}办事处`, `${bare(name)}街道办`].map(key)),
  ]
}

function indexed(units: Unit[], namesOf: (unit: Unit) => string[]): Map<string, Unit[]> {
  const index = new Map<string, Unit[]>()
  for (const unit of units)
    for (const name of new Set(namesOf(unit).map(key))) index.set(name, [...(index.get(name) ?? []), unit])
  return index
}
