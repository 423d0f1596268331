// Names that are only guessed: by sounds that are easily mixed up (京苑 for 金苑), or by their initials (`domain.md` C3.1).
import { ending, everydayIn, isWrittenWithParticles } from './everyday.ts'
import type { Named, Spot } from './lexicon.ts'
import { type NameIndex, nameIndex } from './name-index.ts'
import { readings } from './sounds.ts'

/** In the midst of a sentence two syllables sound like too much. */
const shortestWithin = 3
/** More than these are no guess any more. */
const mostGuessed = 5

/** A guess is never written without asking. */
export const isGuess = ({ how }: Pick<Spot, 'how'>): boolean => how === 'fuzzy' || how === 'initials'

export interface Guesses {
  add(key: { like: string; initials: string }, named: Named, only: Named[]): void
  /** By both ways, anywhere in the text. */
  within(text: string, counts: (named: Named) => boolean): Guess[]
  /** A word that means nothing else may be two syllables short. */
  whole(word: string, counts: (named: Named) => boolean): Named[]
}

export interface Guess {
  start: number
  end: number
  how: 'fuzzy' | 'initials'
  named: Named[]
}

export function guesses(): Guesses {
  const byLike: NameIndex = nameIndex()
  const byInitials: NameIndex = nameIndex()
  const few = (named: Named[], counts: (named: Named) => boolean) => {
    const meant = named.filter(counts)
    return meant.length > mostGuessed ? [] : meant
  }
  const initialsOf = (word: string, counts: (named: Named) => boolean) => {
    const named = few(byInitials.get(word), counts)
    return word.length > 2 || named.length === 1 ? named : []
  }
  /** jysqhswy: a unit and its indicator, where there is one way only to take it apart. */
  const twoIn = (word: string, start: number, counts: (named: Named) => boolean): Guess[] => {
    const found = Array.from({ length: Math.max(0, word.length - 3) }, (_, at) => at + 2).flatMap((cut) => {
      const place = initialsOf(word.slice(0, cut), counts).filter(({ kind }) => kind === 'unit')
      const what = initialsOf(word.slice(cut), counts).filter(({ kind }) => kind === 'indicator')
      if (place.length === 0 || what.length === 0) return []
      return [
        [
          { start, end: start + cut, how: 'initials' as const, named: place },
          { start: start + cut, end: start + word.length, how: 'initials' as const, named: what },
        ],
      ]
    })
    return found.length === 1 ? (found[0] ?? []) : []
  }
  const initialsIn = (text: string, counts: (named: Named) => boolean): Guess[] =>
    [...text.matchAll(letters)].flatMap(({ index: start, 0: said }): Guess[] => {
      const word = said.toLowerCase()
      if (isOtherWord(word)) return []
      const named = initialsOf(word, counts)
      if (named.length === 0) return twoIn(word, start, counts)
      return [{ start, end: start + word.length, how: 'initials', named }]
    })
  const alike = (text: string, counts: (named: Named) => boolean): Guess[] => {
    const others = everydayIn(text).filter(({ start, end }) => !ending.test(text.slice(start, end)))
    return readings(text)
      .flatMap(({ like }) => byLike.stretches(like, shortestWithin))
      .filter(({ start, end }) => !others.some((word) => word.start < end && word.end > start))
      .map(({ start, end, named }) => ({ start, end, how: 'fuzzy', named: few(named, counts) }))
  }
  return {
    add({ like, initials }, named, only) {
      byLike.add(like, named, only)
      byInitials.add(initials, named, only)
    },
    within: (text, counts) => [...alike(text, counts), ...initialsIn(text, counts)],
    whole(word, counts) {
      if (word.length < 2 || everydayIn(word).length > 0) return []
      const named = readings(word).flatMap(({ like }) => byLike.get(like))
      return few([...new Set(named)], (one) => counts(one) && !isWrittenWithParticles(word, one.name))
    },
  }
}

/** Letters by themselves: no unit behind a number, no part of an address. */
const letters = /(?<![\w.@/\\-])[a-z]{2,16}(?![a-z_@/\\]|:\/|[.-]\w)/gi

/** Abbreviations that everybody uses, laughter, and the answers of a test. */
const isOtherWord = (word: string): boolean =>
  /^(?:[a-f]+|(.)\1+|(?:ha|he|hei|xi)+|ok(?:ay)?|h[iu]|hello|bye|yes|no|thx|app|ppt|pdf|docx?|xlsx?|csv|zip|word|excel|wps|txt|jpe?g|png|mp\d|url|html?|www|com|cn|net|qq|vx|wx|wechat|id|ai|pk|vs|vip|[ap]m|[kckdm][gmlw]|gdp|wifi|lol|gg|n[bmc]|[st]b|ds|tm|md|bug|hr|ceo|ktv|atm|tv|it|pc|usb|yyds|xs|pls|ps|etc|so|up|by|to|in|on|of|the|and)$/i.test(
    word,
  )
