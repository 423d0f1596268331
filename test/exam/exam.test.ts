// The exam: marked sentences are understood as well as they have to be, and nothing dangerous is done with any of them.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { understandCli } from '../../src/cli/understand.ts'

const folder = new URL('.', import.meta.url).pathname
const now = '2026-11-22T10:00:00+08:00'

/** Our own sentences were written and marked before the program read them, by whom and where they are said. */
const own: [file: string, speaker: string[]][] = [
  ['open', []],
  ['own-1', []],
  ['own-2', []],
  ['own-clerk', ['--sender', '周敏', '--chat', '汝河路街道']],
  ['own-district', ['--sender', '何晓雯', '--chat', '全区']],
  ['own-private', ['--sender', '赵铁柱', '--chat', 'private']],
]
/** Sentences of others, who had never seen the program; all but f, i and j have been looked at since. */
const others = [...'abcdefghij'].map((letter): [string, string[]] => [`others-${letter}`, []])

describe('the open sentences and our own', () => {
  const marks = own.map(marked)
  it('are read right: intents 99 %, whole answers 97 %', () => {
    const all = sum(marks)
    expect(all.intents / all.sentences).toBeGreaterThanOrEqual(0.99)
    expect(all.whole / all.sentences).toBeGreaterThanOrEqual(0.97)
  })
  it('lead to nothing dangerous', () => expect(sum(marks).dangerous).toBe(0))
})

describe('sentences of others', () => {
  const marks = others.map(marked)
  it('are read right: intents 95 %, whole answers 90 %, asked without need 5 % at most', () => {
    for (const { intents, whole, needless, sentences } of marks) {
      expect(intents / sentences).toBeGreaterThanOrEqual(0.95)
      expect(whole / sentences).toBeGreaterThanOrEqual(0.9)
      expect(needless / sentences).toBeLessThanOrEqual(0.05)
    }
  })
  it('lead to nothing dangerous', () => expect(sum(marks).dangerous).toBe(0))
})

interface Marks {
  sentences: number
  intents: number
  whole: number
  needless: number
  dangerous: number
}

function marked([file, speaker]: [string, string[]]): Marks {
  const key = join(folder, `${file}.tsv`)
  const said = readFileSync(key, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `${line.split('\t')[0]}\n`)
  const answers: string[] = []
  const fixture = ['--fixture', join(folder, 'fixture.json'), '--now', now]
  const io = { out: (line: string) => answers.push(line), err: fail, input: () => said.join('') }
  expect(understandCli([...fixture, ...speaker], { ...io, commands, botName: '小图' })).toBe(0)
  const given = join(tmpdir(), `exam-${process.pid}-${file}.jsonl`)
  writeFileSync(given, answers.join('\n'))
  const marker = [join(folder, 'score.mjs'), key, given, '--intent', '0', '--slots', '0', '--show', '0']
  let printed: string
  try {
    printed = execFileSync(process.execPath, marker, { encoding: 'utf8' })
  } catch (error) {
    // It ends with 1 when something dangerous was done, and tells so.
    printed = String((error as { stdout?: string }).stdout)
  }
  const [intents = 0, sentences = 0, whole = 0, , needless = 0, dangerous = 0] = figures(printed)
  return { sentences, intents, whole, needless, dangerous }
}

const figures = (printed: string): number[] =>
  /intents (\d+)\/(\d+) .*whole answers (\d+)\/(\d+) .*need (\d+), dangerous (\d+)/
    .exec(printed)
    ?.slice(1)
    .map(Number) ?? []

const sum = (all: Marks[]): Marks =>
  all.reduce((a, b) => ({
    sentences: a.sentences + b.sentences,
    intents: a.intents + b.intents,
    whole: a.whole + b.whole,
    needless: a.needless + b.needless,
    dangerous: a.dangerous + b.dangerous,
  }))

const fail = (line: string) => expect.fail(line)
