// Short forms of names: 汝小 for 汝河小区, 红物 for 红色物业, 监督圆 for what sounds like 物业项目监督员. Pure.
import type { Named } from './lexicon.ts'
import { heard } from './sounds.ts'

/** What everything of this field is called. */
const anything = '攻坚|单位|项目|小区|工作|指标|任务|情况'
const justAnything = new RegExp(`^(?:${anything})+$`)
/** These too tell nothing by themselves, but how many there are, or whose, may matter. */
const general = new RegExp(
  `^(?:${anything}|社区|街道|村|楼院|建设|企业|人员|人|数据|数|率|的|各|全|所有|每)+$`,
)

/** 单位进度: the words say no more than 进度. */
export const saysNothing = (text: string): boolean => justAnything.test(text)

/** More than these nobody chooses from: then it says nothing. */
const mostMeant = 9

/** Shorter ones sound like too much. */
const shortestBySound = 3

export interface ShortForms {
  byCharacters(text: string, counts: (named: Named) => boolean): Named[]
  /** The only name that a short form of three characters or more sounds like. */
  bySound(text: string, counts: (named: Named) => boolean): Named | undefined
}

/** Cost follows the number of names that have the text's rarest character. Only units and indicators have short forms. */
export function shortForms(names: Named[]): ShortForms {
  const [characters, sounds] = [new Map<string, Named[]>(), new Map<string, Named[]>()]
  let longest = 0
  for (const named of names) {
    if (named.kind !== 'unit' && named.kind !== 'indicator') continue
    longest = Math.max(longest, named.name.length - 1)
    for (const character of new Set(named.name)) put(characters, character, named)
    for (const sound of new Set(heard(named.name).same)) put(sounds, sound, named)
  }
  return {
    byCharacters(text, counts) {
      if (text.length < 2 || text.length > longest || general.test(text)) return []
      const found = rarest(characters, text).filter((named) => isShortOf(text, named) && counts(named))
      return found.length > mostMeant ? [] : found
    },
    bySound(text, counts) {
      if (text.length < shortestBySound || text.length > longest || general.test(text)) return undefined
      const sound = heard(text).same
      const [only, ...more] = rarest(sounds, sound).filter(
        (named) => isPartOf(sound, heard(named.name).same) && counts(named),
      )
      return more.length === 0 ? only : undefined
    },
  }
}

function put(lists: Map<string, Named[]>, key: string, named: Named): void {
  const list = lists.get(key)
  if (list) list.push(named)
  else lists.set(key, [named])
}

/** The names that have the character which the fewest have. */
function rarest(lists: Map<string, Named[]>, text: string): Named[] {
  const found = [...text].map((character) => lists.get(character) ?? [])
  return found.reduce((fewest, list) => (list.length < fewest.length ? list : fewest), found[0] ?? [])
}

/**
 * In-order abbreviation, as `domain.md` C3.1 counts it: the characters of the name, some left out, none moved. 哪些单位没报
 * names no 驻区单位参与: words that are in every sentence of this field are no name.
 */
export const isShortOf = (text: string, { name }: Named): boolean =>
  text.length >= 2 && !general.test(text) && isPartOf(text, name)

/** 局民自治组织 for 居民自治组织组建. */
export const soundsShortOf = (text: string, { name }: Named): boolean =>
  isPartOf(heard(text).same, heard(name).same)

function isPartOf(text: string, name: string): boolean {
  if (text.length >= name.length) return false
  let at = -1
  for (const character of text) {
    at = name.indexOf(character, at + 1)
    if (at < 0) return false
  }
  return true
}
