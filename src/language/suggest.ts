// What somebody may have meant whose sentence nobody understood: a command's word with a character or a sound beside it
// (进渡, 排民). Only sentences come of it, never a meaning: whoever said the first one is asked. Pure.
import { pinyin } from 'pinyin-pro'
import type { Span } from './adding.ts'

/** A longer sentence is no command that was mistyped. */
const longestSentence = 40
const shortestWord = 2

/** These sound like commands but are words of every day; 合适吗 asks for no 核实. */
const everyday = new Set(
  '何时,合适,和事,名词,同胞,受贿,手绘,茶具,处处,楚楚,交界,商报,厌弃,宝书,吹爆,禁毒,禁赌,经度,缺人,脑中,起先,其先'.split(
    ',',
  ),
)

/** Longer words of phrases select a command too: 完成率, 第几名. Shorter ones are in everybody's mouth. */
export const longWords = (phrases: string[]): string[] =>
  phrases.flatMap((phrase) => phrase.match(/\p{Script=Han}{3,}/gu) ?? [])

const onlyCharacters = /^\p{Script=Han}+$/u

interface Word {
  text: string
  sounds: Set<string>[]
}

/**
 * @param words what selects a command: names, aliases and longer words of phrases
 * @returns a function from a sentence to what may have been meant, nearest first. `taken` are the names in it: nobody's
 * name is turned into a command
 */
export function suggesting(words: string[]): (text: string, taken: Span[]) => string[] {
  const known: Word[] = [...new Set(words)]
    .filter((word) => word.length >= shortestWord && onlyCharacters.test(word))
    .map((text) => ({ text, sounds: soundsOf(text) }))
  const typed = new Map(known.map(({ text }) => [syllables(text).join(''), text]))
  return (text, taken) => {
    if (text.length > longestSentence) return []
    const sounds = soundsOf(text)
    const found: { cost: number; length: number; sentence: string }[] = []
    const instead = (start: number, end: number, word: string, cost: number) =>
      found.push({
        cost,
        length: word.length,
        sentence: `${text.slice(0, start)}${word}${text.slice(end)}`,
      })
    for (let start = 0; start < text.length; start++)
      for (const word of known) {
        const end = start + word.text.length
        if (end > text.length || taken.some((span) => start < span.end && end > span.start)) continue
        // A number is no part of a word, however near the rest of it is.
        if (everyday.has(text.slice(start, end)) || !onlyCharacters.test(text.slice(start, end))) continue
        const cost = distance(text.slice(start, end), sounds.slice(start, end), word)
        if (cost !== undefined) instead(start, end, word.text, cost)
      }
    for (const { index, 0: letters } of text.matchAll(/[a-zü]{4,}/gi)) {
      const word = typed.get(letters.toLowerCase())
      if (word) instead(index, index + letters.length, word, 1)
    }
    const nearest = found.sort((a, b) => a.cost - b.cost || b.length - a.length)
    return [...new Set(nearest.map(({ sentence }) => sentence))]
  }
}

/** One character that is quite another is only believed in a word of four: 谁没来 is not 谁没报. */
const [sameSound, likeSound, another] = [1, 2, 3]

/** @returns undefined when it is too far, or the word itself */
function distance(text: string, sounds: Set<string>[], word: Word): number | undefined {
  let [cost, others] = [0, 0]
  for (const [at, character] of [...word.text].entries()) {
    const said = sounds[at] ?? new Set()
    const meant = word.sounds[at] ?? new Set()
    if (text[at] === character) continue
    if (overlap(said, meant)) cost += sameSound
    else if (overlap(fuzzy(said), fuzzy(meant))) cost += likeSound
    else {
      cost += another
      others++
    }
  }
  const most = word.text.length === 2 ? 2 : 3
  return cost === 0 || cost > most || (others > 0 && word.text.length < 4) ? undefined : cost
}

const overlap = (some: Set<string>, others: Set<string>) => [...some].some((one) => others.has(one))

/** What people of the middle and the south say alike: zh and z, n and l, ing and in. */
const fuzzy = (sounds: Set<string>) =>
  new Set(
    [...sounds].map((sound) =>
      sound
        .replace(/^([zcs])h/, '$1')
        .replace(/^n(?=[aeiouv])/, 'l')
        .replace(/^hu(?=[aeio])/, 'f')
        .replace(/ng$/, 'n'),
    ),
  )

/** Each character's syllable, read alone and in its place. */
function soundsOf(text: string): Set<string>[] {
  const inPlace = syllables(text)
  return [...Array(text.length).keys()].map((at) => {
    const alone = syllables(text.charAt(at))[0] ?? ''
    return new Set([alone, ...(inPlace.length === text.length ? [inPlace[at] ?? alone] : [])])
  })
}

const syllables = (text: string) => pinyin(text, { toneType: 'none', type: 'array', v: true })
