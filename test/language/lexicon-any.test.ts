// Whatever is said, the lexicon answers; and by ear it never takes one place for another.
import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { isGuess, lexicon, type Named } from '../../src/language/lexicon.ts'
import { names, words } from './small.ts'

const everything = () => true
const forms = names.flatMap(({ name, others }) => [name, ...others])
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 100 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...forms, ...'rhxqjyswl零三3个，。 \n今院入何红无攻坚如'),
        fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCharCode(code)),
      ),
      { maxLength: 30 },
    )
    .map((pieces) => pieces.join('')),
)

describe('any text', () => {
  it('gives names from left to right, within it and not overlapping', () => {
    return fc.assert(
      fc.property(anyText, (text) => {
        let at = 0
        for (const { start, end, candidates } of words.spot(text, everything)) {
          expect(start).toBeGreaterThanOrEqual(at)
          expect(end).toBeGreaterThan(start)
          expect(candidates.length).toBeGreaterThan(0)
          at = end
        }
        expect(at).toBeLessThanOrEqual(text.length)
        words.standsFor(text, everything)
        words.shortFor(text, everything)
        words.soundsLike(text, 'unit')
      }),
      { numRuns: 500 },
    )
  })

  it('may be a name', () => {
    return fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), anyText, (called, text) => {
        const odd = called.map((name, id): Named => ({ kind: 'unit', id, name, others: [name] }))
        odd.push({ kind: 'indicator', id: 99, name: text, others: [] })
        lexicon(odd).spot(text, everything)
        lexicon(odd).standsFor(text, everything)
      }),
      { numRuns: 200 },
    )
  })
})

/** Characters of the same toneless sound, from the whole of what is in use. */
const alike = new Map<string, string[]>()
for (let code = 0x4e00; code <= 0x9fa5; code++) {
  const character = String.fromCharCode(code)
  const sound = soundOf(character)
  const list = alike.get(sound)
  if (list) list.push(character)
  else alike.set(sound, [character])
}

function soundOf(text: string): string {
  return [...text].map((one) => pinyin(one, { toneType: 'none', v: true })).join(' ')
}

/** A name with some of its characters, chosen by the bits, replaced by homophones. */
const swapped = (name: string, bits: number, choice: number): string =>
  [...name]
    .map((character, at) => {
      const same = alike.get(soundOf(character)) ?? [character]
      return (bits >> at) % 2 === 1
        ? (same[(choice * 7919 + at * 104_729) % same.length] ?? character)
        : character
    })
    .join('')

const places = names.filter(({ kind }) => kind === 'unit' || kind === 'indicator')
const place = fc.constantFrom(...places)
const change = fc.tuple(fc.integer({ min: 1, max: 1023 }), fc.nat(1000))

describe('homophones in a name', () => {
  it('never make another one of it, unless that one is written so or sounds the same', () => {
    return fc.assert(
      fc.property(place, change, ({ name, kind }, [bits, choice]) => {
        const said = swapped(name, bits, choice)
        for (const spot of words.spot(said, everything).filter((one) => one.kind === kind && !isGuess(one))) {
          const whole = spot.start === 0 && spot.end === said.length
          const written = said.slice(spot.start, spot.end)
          // Of a part of it only those are meant that are called like the part.
          for (const one of spot.candidates)
            expect(
              [one.name, ...one.others].some((form) => soundOf(form) === soundOf(whole ? name : written)) ||
                one.name === name,
            ).toBe(true)
          if (spot.how === 'exact') continue
          const same = places.filter((one) => one.kind === kind && soundOf(one.name) === soundOf(name))
          if (whole) expect(spot.candidates.map((one) => one.name)).toEqual(same.map((one) => one.name))
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('are heard through: the whole name is found', () => {
    return fc.assert(
      fc.property(place, change, (named, [bits, choice]) => {
        const said = swapped(named.name, bits, choice)
        const [first] = words.spot(said, (one) => one === named)
        // It may be written like another one, as 金苑 like 锦苑.
        if (first?.candidates.every((one) => one !== named)) expect(first.how).toBe('exact')
        else expect(first).toMatchObject({ start: 0, candidates: [named] })
      }),
      { numRuns: 500 },
    )
  })
})

it('what is guessed is never taken for sure', () => {
  const mixed = (text: string) =>
    text.replaceAll('金', '京').replaceAll('汝', '卢').replaceAll('叉', '擦').replaceAll('示', '四')
  for (const { name, others, kind } of places)
    for (const form of [name, ...others].filter((one) => mixed(one) !== one)) {
      const found = words.spot(mixed(form), everything).filter((spot) => spot.kind === kind)
      for (const { how, candidates } of found)
        if (how !== 'fuzzy') expect(candidates.some((one) => soundOf(one.name) === soundOf(name))).toBe(false)
      const stands = words.standsFor(mixed(form), everything)
      expect(found.some(isGuess) || stands?.how === 'fuzzy', form).toBe(true)
    }
})
