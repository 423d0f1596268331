// What it costs to understand a sentence, and to hold the names that are listened for. Run by itself, so that the memory
// it measures is its own: `node --expose-gc understanding.js`.
import { commands } from '../handlers/index.ts'
import type { Db } from '../src/database/connection.ts'
import { readRoster } from '../src/database/roster.ts'
import { type Lexicon, lexicon, type Named } from '../src/language/lexicon.ts'
import { normalize } from '../src/language/normalize.ts'
import { matcher } from '../src/language/phrases.ts'
import { understand } from '../src/language/understand.ts'
import { indicatorNames, placeNames } from './place-names.ts'
import { sentences } from './sentences.ts'

export interface Costs {
  units: number
  indicators: number
  /** Preparing the names, in milliseconds of CPU time, which other programs do not prolong, and in MB. */
  loading: number
  megabytes: number
  /** Finding names in a sentence, on average; in milliseconds, as all that follows. */
  spotting: number
  /** Understanding a sentence. */
  p50: number
  p95: number
  /** Two thousand characters without a break. */
  longest: number
}

/** What the example's units, indicators and people are called. */
export async function namesOf(db: Db): Promise<Named[]> {
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const { units, indicators } = await readRoster(db, id)
  const people = await db.selectFrom('person').select(['id', 'name']).execute()
  return [
    ...[...units.values()].map(
      ({ id, name, short, aliases }): Named => ({ kind: 'unit', id, name, others: [short, ...aliases] }),
    ),
    ...[...indicators.values()].map(
      ({ id, name, aliases }): Named => ({ kind: 'indicator', id, name, others: aliases }),
    ),
    ...people.map(({ id, name }): Named => ({ kind: 'person', id, name, others: [] })),
  ]
}

const rounds = 15
const match = matcher(
  commands.map(({ name, aliases = [], phrases, unless, decisive, despite }) => ({
    phrases: [`^(${[name, ...aliases].join('|')})`, ...phrases],
    ...{ ...(unless && { unless }), ...(decisive && { decisive }), ...(despite && { despite }) },
  })),
)
const texts = sentences.map((text) => normalize(text, '小图'))
const longText = texts.join('').repeat(9).slice(0, 2_000)

/** @param known the names of the example campaign; made-up ones are added up to `units` and `indicators` */
export function benchUnderstanding(known: Named[], units: number, indicators: number): Costs {
  const has = (kind: Named['kind']) => known.filter((one) => one.kind === kind).length
  const names = [
    ...known,
    ...placeNames(Math.max(0, units - has('unit')), 1_000_000),
    ...indicatorNames(Math.max(0, indicators - has('indicator')), 2_000_000),
  ]
  const before = heap()
  const words = lexicon(names)
  const megabytes = (heap() - before) / 1e6
  const all = timed(texts, (text) => read(text, words)).sort((a, b) => a - b)
  const found = timed(texts, (text) => words.spot(text, () => true))
  const at = (share: number) => all[Math.floor(all.length * share)] ?? 0
  return {
    ...{ units, indicators, megabytes },
    loading: median([1, 2, 3].map(() => work(() => lexicon(names)))),
    spotting: found.reduce((sum, one) => sum + one, 0) / found.length,
    ...{ p50: at(0.5), p95: at(0.95) },
    longest: median(timed([longText], (text) => read(text, words))),
  }
}

/** In the group of the whole district: every name may be meant by its sound. */
const read = (text: string, words: Lexicon) =>
  understand(text, {
    ...{ lexicon: words, match, today: '2026-11-22' },
    inScope: () => true,
    isWithin: (unit, other) => unit === other,
  })

/**
 * Milliseconds of each sentence: the median of its rounds, so that what else the machine does counts for nothing. The
 * first rounds, in which the program is still cold, count neither.
 */
function timed(said: string[], work: (text: string) => unknown): number[] {
  const all = Array.from({ length: rounds + 5 }, () => said.map((text) => once(() => work(text))))
  return said.map((_, at) => median(all.slice(5).map((round) => round[at] ?? 0)))
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

function once(work: () => unknown): number {
  const begun = performance.now()
  work()
  return performance.now() - begun
}

/** CPU time of all threads, in milliseconds. */
function work(what: () => unknown): number {
  const begun = process.cpuUsage()
  what()
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1000
}

function heap(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}

/** All sizes that are shown, for the names on standard input; the largest first, while the program is cold. */
if (process.argv[1]?.endsWith('understanding.js')) {
  let input = ''
  for await (const chunk of process.stdin) input += chunk
  const known: Named[] = JSON.parse(input)
  const count = (kind: Named['kind']) => known.filter((one) => one.kind === kind).length
  const indicators = count('indicator')
  const sizes = [20_000, 2_000, 200, count('unit')]
  const costs = sizes.map((units) => benchUnderstanding(known, units, units === 20_000 ? 200 : indicators))
  process.stdout.write(JSON.stringify(costs.reverse()))
}
