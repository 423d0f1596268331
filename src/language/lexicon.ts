// The names of one campaign, found in a sentence by their characters and by their sound.
import { pinyin } from 'pinyin-pro'

export type NameKind = 'unit' | 'indicator' | 'person' | 'step'

export interface Named {
  kind: NameKind
  /** Database id; for a step: the id of its indicator. */
  id: number
  name: string
  /** Everything else it is called. */
  others: string[]
  /** How an indicator is counted. */
  measure?: 'count' | 'amount' | 'ratio' | 'yes_no' | 'milestone' | 'score'
}

export interface Spot {
  kind: NameKind
  start: number
  end: number
  /** Everything of this kind that is called so. */
  candidates: Named[]
  /** `exact` = these characters; `sound` = the same toneless pinyin; `short` = some of its characters, in order. */
  how: 'exact' | 'sound' | 'short'
}

export interface Lexicon {
  /** Names in the text from left to right, not overlapping: longest first, characters before sound. */
  spot(text: string, soundCounts: (named: Named) => boolean): Spot[]
  /** Everything of that kind which sounds like this. */
  soundsLike(text: string, kind: NameKind): Named[]
  /** Names of which this is a short form: 汝小 for 汝河小区, 红物 for 红色物业. */
  shortFor(text: string, counts: (named: Named) => boolean): Named[]
}

type Index = Map<string, Named[]>
const shortestBySound = 2

/** Cost of a search follows the length of the text, not the number of names. */
export function lexicon(names: Named[]): Lexicon {
  const byCharacters: Index = new Map()
  const bySound: Index = new Map()
  let longest = 0
  for (const named of names)
    for (const form of new Set([named.name, ...named.others])) {
      add(byCharacters, form, named)
      longest = Math.max(longest, form.length)
      if (named.kind !== 'step' && form.length >= shortestBySound && /^\p{Script=Han}+$/u.test(form))
        for (const sound of sounds(form)) add(bySound, sound.join(' '), named)
    }

  return {
    spot(text, soundCounts) {
      const readings = sounds(text)
      const found: Spot[] = []
      for (let start = 0; start < text.length; start++)
        for (let end = Math.min(text.length, start + longest); end > start; end--) {
          found.push(...spots(byCharacters.get(text.slice(start, end)), start, end, 'exact'))
          if (end - start < shortestBySound) continue
          const heard = new Set(
            readings.flatMap((reading) => bySound.get(reading.slice(start, end).join(' ')) ?? []),
          )
          found.push(...spots([...heard].filter(soundCounts), start, end, 'sound'))
        }
      return withoutOverlap(found).map((spot, at, all) =>
        widen(text, spot, all[at - 1]?.end ?? 0, all[at + 1]?.start),
      )
    },
    soundsLike: (text, kind) =>
      [...new Set(sounds(text).flatMap((sound) => bySound.get(sound.join(' ')) ?? []))].filter(
        (one) => one.kind === kind,
      ),
    shortFor: (text, counts) =>
      names.filter(
        (named) =>
          (named.kind === 'unit' || named.kind === 'indicator') && counts(named) && isShortOf(text, named),
      ),
  }
}

/** What everything of this field is called. */
const anything = '单位|项目|小区|工作|指标|任务|情况'
const justAnything = new RegExp(`^(?:${anything})+$`)
/** These too tell nothing by themselves, but how many there are, or whose, may matter. */
const general = new RegExp(
  `^(?:${anything}|社区|街道|村|楼院|建设|企业|人员|人|数据|数|率|的|各|全|所有|每)+$`,
)

/** 单位进度: the words say no more than 进度. */
export const saysNothing = (text: string): boolean => justAnything.test(text)

/**
 * In-order abbreviation, as `domain.md` C3.1 counts it: the characters of the name, some left out, none moved. 哪些单位没报
 * names no 驻区单位参与: words that are in every sentence of this field are no name.
 */
function isShortOf(text: string, { name }: Named): boolean {
  if (text.length < 2 || text.length >= name.length || general.test(text)) return false
  let at = -1
  for (const character of text) {
    at = name.indexOf(character, at + 1)
    if (at < 0) return false
  }
  return true
}

/** 居民自治组织 is more of 居民自治组织组建 than its alias 自治组织: neighbours that go on with the name belong to it. */
function widen(text: string, spot: Spot, from: number, to = text.length): Spot {
  if (spot.kind === 'person' || spot.kind === 'step' || spot.how !== 'exact') return spot
  let { start, end, candidates } = spot
  const fitting = (a: number, b: number) => candidates.filter((one) => isShortOf(text.slice(a, b), one))
  for (let next = fitting(start - 1, end); start > from && next.length > 0; next = fitting(start - 1, end)) {
    start--
    candidates = next
  }
  for (let next = fitting(start, end + 1); end < to && next.length > 0; next = fitting(start, end + 1)) {
    end++
    candidates = next
  }
  return { ...spot, start, end, candidates }
}

function add(index: Index, key: string, named: Named): void {
  const there = index.get(key)
  if (!there) index.set(key, [named])
  else if (!there.includes(named)) there.push(named)
}

/** Toneless syllables by character, read alone and read in context (行长, 重庆), when the two differ. */
function sounds(text: string): string[][] {
  const characters = [...Array(text.length).keys()].map((at) => text.charAt(at))
  const alone = characters.map((character) => syllables(character)[0] ?? character)
  const inContext = syllables(text)
  const differs = inContext.length === text.length && inContext.some((syllable, at) => syllable !== alone[at])
  return differs ? [alone, inContext] : [alone]
}

const syllables = (text: string) => pinyin(text, { toneType: 'none', type: 'array', v: true })

/** One spot for each kind of thing that has the name. */
function spots(named: Named[] | undefined, start: number, end: number, how: Spot['how']): Spot[] {
  if (!named) return []
  const kinds = [...new Set(named.map(({ kind }) => kind))]
  return kinds.map((kind) => ({
    kind,
    start,
    end,
    how,
    candidates: named.filter((one) => one.kind === kind),
  }))
}

function withoutOverlap(found: Spot[]): Spot[] {
  const exactFirst = (spot: Spot) => (spot.how === 'exact' ? 0 : 1)
  const best = found.sort(
    (a, b) => b.end - b.start - (a.end - a.start) || exactFirst(a) - exactFirst(b) || a.start - b.start,
  )
  const taken: Spot[] = []
  for (const spot of best)
    if (taken.every((other) => spot.end <= other.start || spot.start >= other.end)) taken.push(spot)
  return taken.sort((a, b) => a.start - b.start)
}
