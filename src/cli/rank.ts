// npm run --silent rank -- --fixture FILE.json --as-of DATE: completions, lamps, scores and places of a fixture as JSON.
import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { UserError } from '../errors.ts'
import { conflicts } from './rank-check.ts'
import { date, type Fixture, fixture, inChinese, mistakes } from './rank-fixture.ts'
import { rowsOf } from './rank-rows.ts'

export interface RankIo {
  out(line: string): void
  err(line: string): void
}

const usage = '用法：npm run --silent rank -- --fixture 文件.json --as-of 2026-11-22'
const mostBytes = 100 << 20
const mostProblems = 20

/** Needs no database, no state and no settings. @returns the exit code: 1 when anything is wrong, and then no JSON */
export function rank(args: string[], { out, err }: RankIo): number {
  try {
    const { file, asOf } = readArguments(args)
    const given = readFixture(file)
    for (const line of later(given, asOf)) err(line)
    out(JSON.stringify(rowsOf(given, asOf), null, 2))
    return 0
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    err(error.message)
    return 1
  }
}

/** A fixture holds one number a cell, so what was known before is not in it: the later one counts, but not in silence. */
function later({ cells }: Fixture, asOf: string): string[] {
  const after = cells.filter(({ as_of }) => as_of !== undefined && as_of > asOf)
  const some = after
    .slice(0, mostProblems)
    .map((cell) => `${cell.unit} 的 ${cell.indicator}（${cell.as_of}）`)
  const more = after.length > some.length ? ` 等 ${after.length} 项` : ''
  if (after.length === 0) return []
  return [
    `注意：有 ${after.length} 个数的日期晚于 ${asOf}：${some.join('、')}${more}。文件里没有更早的数，仍按这些数算；要算 ${asOf} 的结果，请换成当时的数。`,
  ]
}

function readArguments(args: string[]): { file: string; asOf: string } {
  const { fixture: file, 'as-of': asOf } = options(args)
  if (!file || !asOf) throw new UserError(usage)
  const { error } = date.safeParse(asOf)
  if (error) throw new UserError(`--as-of ${asOf}：${mistakes(error)[0]}`)
  return { file, asOf }
}

function options(args: string[]): { fixture?: string | undefined; 'as-of'?: string | undefined } {
  try {
    return parseArgs({ args, options: { fixture: { type: 'string' }, 'as-of': { type: 'string' } } }).values
  } catch {
    // Something that does not belong there: the usage says what does.
    throw new UserError(usage)
  }
}

function readFixture(file: string): Fixture {
  const { data, error } = fixture.safeParse(parse(readText(file), file), { error: inChinese })
  const problems = error ? mistakes(error) : conflicts(data)
  if (data && problems.length === 0) return data
  const more = problems.length - mostProblems
  throw new UserError(
    [
      `${file} 有 ${problems.length} 处问题，没有计算：`,
      ...problems.slice(0, mostProblems),
      ...(more > 0 ? [`还有 ${more} 处`] : []),
    ].join('\n'),
  )
}

function readText(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isDirectory()) throw new UserError(`${file} 是文件夹，请写里面的 .json 文件`)
  if (!stat) throw new UserError(`找不到文件：${file}`)
  if (stat.size > mostBytes) throw new UserError(`文件太大，最大 ${mostBytes >> 20} MB`)
  const bytes = read(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw Object.assign(new UserError(`${file} 不是 UTF-8 编码，请另存为 UTF-8`), { cause })
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw Object.assign(new UserError(`读不了文件：${file}（没有读取权限？）`), { cause })
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw Object.assign(new UserError(`${file} 不是合法的 JSON`), { cause })
  }
}
