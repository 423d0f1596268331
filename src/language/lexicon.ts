// The names of one campaign, found in a sentence by their characters and by their sound.
import { everydayIn, isWrittenWithParticles } from './everyday.ts'
import { guesses, isGuess } from './guesses.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import { withoutCut, withoutOverlap } from './overlaps.ts'
import { isShortOf, shortForms, soundsShortOf } from './short-forms.ts'
import { type Heard, partOf, readings } from './sounds.ts'

export { isGuess } from './guesses.ts'
export { saysNothing } from './short-forms.ts'

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
  /** What an indicator counts in: 个, 人, 家, 万元. */
  uom?: string
}

export interface Spot {
  kind: NameKind
  start: number
  end: number
  /** Everything of this kind that is called so. */
  candidates: Named[]
  /**
   * `exact` = these characters; `short` = some of its characters, in order; `sound` = the same toneless pinyin. Only
   * guesses (`domain.md` C3.1): `fuzzy` = sounds that are easily mixed up; `initials` = the first letters of its pinyin.
   */
  how: 'exact' | 'short' | 'sound' | 'fuzzy' | 'initials'
}

type Counts = (named: Named) => boolean

export interface Lexicon {
  /**
   * Names in the text from left to right, not overlapping: longest first; of equals characters before sound, and sound
   * before guesses. Sound and guesses mean only what counts.
   */
  spot(text: string, soundCounts: Counts): Spot[]
  /** Everything of that kind which sounds like this. */
  soundsLike(text: string, kind: NameKind): Named[]
  /** Names of which this is a short form: 汝小 for 汝河小区, 红物 for 红色物业. */
  shortFor(text: string, counts: Counts): Named[]
  /** What a stretch of text means that nobody explained: a short form, by its characters or its sound, or a guess. */
  standsFor(text: string, counts: Counts): Pick<Spot, 'candidates' | 'how'> | undefined
}

const shortestBySound = 2
const allHan = /^\p{Script=Han}+$/u

/** Cost of a search follows the length of the text, not the number of names. */
export function lexicon(names: Named[]): Lexicon {
  const byCharacters = nameIndex()
  const bySound = nameIndex()
  const guessed = guesses()
  for (const named of names) {
    const only = [named]
    let whole: Heard[] | undefined
    for (const form of [named.name, ...named.others]) {
      byCharacters.add(form, named, only)
      if (named.kind === 'step' || form.length < shortestBySound || !allHan.test(form)) continue
      const at = whole ? named.name.indexOf(form) : -1
      const sounds: Heard[] =
        at < 0 ? readings(form) : (whole ?? []).map((sound) => partOf(sound, at, at + form.length))
      if (form === named.name) whole = sounds
      for (const sound of sounds) {
        bySound.add(sound.same, named, only)
        if (named.kind !== 'person') guessed.add(sound, named, only)
      }
    }
  }
  const short = shortForms(names)

  return {
    spot(text, soundCounts) {
      const exact = byCharacters
        .stretches(text, 1)
        .flatMap(({ start, end, named }) => spots(named, start, end, 'exact'))
      const sure = withoutCut([...exact, ...bySoundIn(bySound, text, soundCounts)], exact)
      const all = guessed
        .within(text, soundCounts)
        .flatMap(({ start, end, how, named }) => spots(named, start, end, how))
      return withoutOverlap([...sure, ...withoutCut(all, sure)], text.length).map((spot, at, found) =>
        widen(text, spot, found[at - 1]?.end ?? 0, found[at + 1]?.start),
      )
    },
    soundsLike: (text, kind) =>
      [...new Set(readings(text).flatMap(({ same }) => bySound.get(same)))].filter(
        (one) => one.kind === kind,
      ),
    shortFor: short.byCharacters,
    standsFor(text, counts) {
      const characters = short.byCharacters(text, counts)
      if (characters.length > 0) return { candidates: characters, how: 'short' }
      const sound = short.bySound(text, counts)
      if (sound) return { candidates: [sound], how: 'sound' }
      const guess = guessed.whole(text, counts)
      return guess.length > 0 ? { candidates: guess, how: 'fuzzy' } : undefined
    },
  }
}

/** 攻坚 sounds like 共建 and 是元 like 柿园: two syllables mean a name only where no word of every day stands. */
function bySoundIn(index: NameIndex, text: string, counts: Counts): Spot[] {
  const found = readings(text).flatMap(({ same }) => index.stretches(same, shortestBySound))
  const words = found.length > 0 ? everydayIn(text) : []
  const isWord = (start: number, end: number) =>
    end - start === 2 && words.some((word) => word.start < end && word.end > start)
  const isChance = ({ name }: Named, start: number, end: number) =>
    end - start === 2 && isWrittenWithParticles(text.slice(start, end), name)
  const together = new Map<string, { start: number; end: number; named: Set<Named> }>()
  for (const { start, end, named } of found) {
    if (isWord(start, end)) continue
    const there = together.get(`${start}:${end}`) ?? { start, end, named: new Set() }
    for (const one of named) if (counts(one) && !isChance(one, start, end)) there.named.add(one)
    together.set(`${start}:${end}`, there)
  }
  return [...together.values()].flatMap(({ start, end, named }) => spots([...named], start, end, 'sound'))
}

/**
 * 居民自治组织 is more of 居民自治组织组建 than its alias 自治组织: neighbours that go on with the name belong to it. They are
 * its own characters; 五 before 监督员 may sound like 物, but is a number.
 */
function widen(text: string, spot: Spot, from: number, to = text.length): Spot {
  if (spot.kind === 'person' || spot.kind === 'step' || isGuess(spot)) return spot
  let { start, end, candidates } = spot
  const fitting = (a: number, b: number, next: number) => {
    const words = text.slice(a, b)
    return candidates.filter(
      (one) =>
        isShortOf(words, one) ||
        (spot.how === 'sound' && one.name.includes(text.charAt(next)) && soundsShortOf(words, one)),
    )
  }
  const before = () => (start > from ? fitting(start - 1, end, start - 1) : [])
  const behind = () => (end < to ? fitting(start, end + 1, end) : [])
  for (let next = before(); next.length > 0; next = before()) {
    start--
    candidates = next
  }
  for (let next = behind(); next.length > 0; next = behind()) {
    end++
    candidates = next
  }
  return { ...spot, start, end, candidates }
}

/** One spot for each kind of thing that has the name. */
function spots(named: Named[], start: number, end: number, how: Spot['how']): Spot[] {
  const kinds = [...new Set(named.map(({ kind }) => kind))]
  return kinds.map((kind) => ({
    kind,
    start,
    end,
    how,
    candidates: named.filter((one) => one.kind === kind),
  }))
}
