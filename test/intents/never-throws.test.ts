// No sentence of any kind makes it throw: what comes out is always a known intent with plain JSON (`domain.md` §1).
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { hearing } from './hearing.ts'

const hearers = [
  hearing('张建国', '汝河路街道'),
  hearing('何晓雯', '全区'),
  hearing('刘洋', '汝河路街道'),
  hearing('赵铁柱'),
]

const names = [
  ...'help progress.query progress.report report.correct report.undo report.verify report.missing'.split(' '),
  ...'ranking.query ranking.compare deadline.query deadline.extend reminder.create reminder.update'.split(
    ' ',
  ),
  ...'reminder.cancel reminder.list responsible.query policy.search quiz.start quiz.answer quiz.query'.split(
    ' ',
  ),
  ...'supervision.report supervision.resolve supervision.query register.query register.update board.show'.split(
    ' ',
  ),
  ...'bulletin.create export.file award.query admin.bind mute confirm deny ack abuse unknown'.split(' '),
]

/** Every character of the words that select a command, and whole words of the field. */
const cues = [
  ...new Set(
    commands.flatMap(({ name, aliases = [], phrases, examples }) => [
      ...[name, ...aliases, ...examples],
      ...phrases.flatMap((phrase) => phrase.split(/\{\w+\}|[…~^$()|?]/u)).filter(Boolean),
    ]),
  ),
]
const fixture = JSON.parse(readFileSync('test/exam/fixture.json', 'utf8')) as {
  units: { name: string; aliases?: string[] }[]
  indicators: { name: string }[]
  people: { name: string }[]
}
const word = fc.constantFrom(
  ...fixture.units.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  ...[...fixture.indicators, ...fixture.people].map(({ name }) => name),
  ...cues,
  ...'3个 三 38/40 95% 九成五 +1 -2 十八万五 1.1. 百分之 分之 半 俩 第1题 编号12 99999999999999999999'.split(
    ' ',
  ),
  ...'今天 下周三 大后天 每月底 工作日 节前一天 25点 13月32日 2月30日 0点 8:99 前 每 提前 半小时'.split(' '),
  ...'我 他们 没 不 吗 了 的 如果 听说 @张建国 「 」 " 【转发】 👌 [强] ？ ！ ， 、 。 ; : ( )'.split(' '),
  ...['\n', ' ', '\t', '\u3000', '\u0000', '\u200d', '\ufeff', '\ud83d', '\udc00', '- - - -\n'],
)
const field = fc.array(word, { maxLength: 30 }).map((words) => words.join(''))
const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 120 }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  // Lone surrogates and control characters.
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x9f }), fc.integer({ min: 0xd7ff, max: 0xe010 })), {
      maxLength: 40,
    })
    .map((codes) => String.fromCharCode(...codes)),
)

function check(said: string) {
  for (const hear of hearers) {
    const { intent, slots, ask } = hear(said)
    expect(names).toContain(intent)
    expect(typeof ask).toBe('boolean')
    expect(JSON.parse(JSON.stringify(slots))).toEqual(slots)
  }
}

describe('whatever is said', () => {
  it('is a known intent with plain slots where the words belong to the field', () => {
    return fc.assert(fc.property(field, check), { numRuns: 700 })
  })

  it('is a known intent with plain slots where it is no language at all', () => {
    return fc.assert(fc.property(anything, check), { numRuns: 400 })
  })

  it('may be one word of the field after another, up to 2,000 characters', () => {
    const long = fc
      .tuple(
        word,
        fc.constantFrom('', '红色物业3个', '提醒我'),
        fc.string({ unit: 'grapheme', maxLength: 5 }),
      )
      .map(([one, head, tail]) => `${head}${one.repeat(2000)}`.slice(0, 2000 - tail.length) + tail)
    return fc.assert(fc.property(long, check), { numRuns: 12 })
  }, 120_000)

  it('may be many different words, 2,000 characters of them', () => {
    const long = fc
      .array(word, { minLength: 300, maxLength: 900 })
      .map((words) => words.join('').slice(0, 2000))
    return fc.assert(fc.property(long, check), { numRuns: 4 })
  }, 120_000)

  it('may be nothing', () => {
    for (const nothing of ['', ' ', '\n\n', '\u0000', '\ud800', '？', '@小图', '[', '「」']) check(nothing)
  })
})
