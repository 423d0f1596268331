// `npm run rank`: what it prints for good fixtures, and what it says of broken ones.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rank } from '../../src/cli/rank.ts'
import type { Rows } from '../../src/cli/rank-rows.ts'
import { path, read } from '../support/documents.ts'
import { compileProgram } from '../support/program.ts'

const fixture = (name: string) => path(`test/fixtures/rank/${name}.json`)
const today = '2026-11-22'
const folder = mkdtempSync(join(tmpdir(), 'guatu-rank-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command in this process and gives what it printed. */
function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = rank(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err: err.flatMap((text) => text.split('\n')) }
}

function rowsOf(file: string, asOf = today): Rows {
  const { code, out, err } = run('--fixture', file, '--as-of', asOf)
  expect([code, err]).toEqual([0, []])
  return JSON.parse(out.join('\n')) as Rows
}

/** The rows of a fixture that is another in some places. */
function rowsWith(name: string, change: (fixture: Changeable) => void, asOf = today): Rows {
  const given = JSON.parse(read(`test/fixtures/rank/${name}.json`)) as Changeable
  change(given)
  return rowsOf(file(given), asOf)
}

type Changeable = Record<'indicators' | 'units' | 'cells' | 'adjustments', Record<string, unknown>[]> & {
  [more: string]: unknown
}

let files = 0
function file(content: unknown): string {
  const name = join(folder, `${files++}.json`)
  writeFileSync(
    name,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  )
  return name
}

const unitOf = ({ units }: Rows, code: string) => units.find((unit) => unit.code === code)
const cellOf = (rows: Rows, unit: string, indicator: string) => unitOf(rows, unit)?.cells[indicator]

describe('the program itself', () => {
  let program: ReturnType<typeof compileProgram>
  beforeAll(() => {
    program = compileProgram('rank')
  })
  afterAll(() => program.remove())
  const start = (name: string, env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [program.entry, 'rank', '--fixture', fixture(name), '--as-of', today], {
      encoding: 'utf8',
      cwd: dirname(program.entry),
      env: { PATH: process.env['PATH'] ?? '', ...env },
    })

  it('gives the sample unit of the rules 84.03 points, whatever the environment says', () => {
    // None of this is a setting that the bot would start with.
    const { status, stdout, stderr } = start('worked-example', {
      ...{ PORT: 'none', DATABASE_URL: 'nowhere', REDIS_URL: 'nowhere', TZ: 'America/Los_Angeles' },
    })
    expect([status, stderr]).toEqual([0, ''])
    expect(unitOf(JSON.parse(stdout) as Rows, 'JY')?.total).toBe('84.03')
  })

  it('says in Chinese what is wrong, prints nothing else and exits with 1', () => {
    const { status, stdout, stderr } = start('broken/forms')
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toContain('没有计算')
    expect(stderr).not.toContain('at ')
  })
})

describe('the fixture of the contract', () => {
  it('is read as it stands there: the unit above it is not in it', () => {
    expect(rowsOf(fixture('contract'))).toEqual({
      schedule: { M02: '87.28' },
      units: [
        {
          ...{ code: 'JY', total: '73.50', rank: 1, bottom_rank: 1, change: 4, peer: 'community' },
          cells: { M02: { completion: '75.00', lamp: 'yellow', state: 'normal', score: '7.50' } },
        },
      ],
    })
  })

  it('may leave out whatever has a usual value', () => {
    const rows = rowsOf(
      file({
        campaign: { start: '2026-03-01', end: '2026-12-31', name: '什么都行' },
        indicators: [{ code: 'N', kind: 'count', weight: 1, target: 4 }],
        units: [{ code: 'A', level: 'village' }],
        cells: [{ unit: 'A', indicator: 'N', value: 3 }],
      }),
    )
    expect(rows).toEqual({
      schedule: { N: '87.25' },
      units: [
        {
          ...{ code: 'A', total: '75.00', rank: 1, bottom_rank: 1, change: null, peer: 'village' },
          cells: { N: { completion: '75.00', lamp: 'yellow', state: 'normal', score: '0.75' } },
        },
      ],
    })
  })
})

describe('the worked example of the rules', () => {
  it.each([
    ['红色物业 3/4', '75.00', 'yellow', 'normal', '0.75'],
    ['红色物业 5/4', '125.00', 'done', 'normal', '1.00'],
    ['覆盖 38/40', '95.00', 'green', 'normal', '0.95'],
    ['覆盖 0/0', null, 'grey', 'na', null],
    ['收入 18', '75.00', 'yellow', 'normal', '0.75'],
    ['未销号问题 10→2', '80.00', 'green', 'normal', '0.80'],
    ['target 0 (up)', null, 'grey', 'na', null],
    ['示范楼院 at 初验', '80.00', 'green', 'normal', '0.80'],
    ['never reported', '0.00', 'red', 'missing', '0.00'],
  ])('%s', (name, completion, lamp, state, score) => {
    const rows = rowsOf(fixture('cases'))
    expect(rows.schedule[name]).toBe('87.25')
    expect(cellOf(rows, 'JY', name)).toEqual({ completion, lamp, state, score })
  })

  it('has the completions of the rules, and 84.03 in all', () => {
    const jy = unitOf(rowsOf(fixture('worked-example')), 'JY')
    expect(Object.values(jy?.cells ?? {}).map(({ completion }) => completion)).toEqual([
      ...['95.00', '75.00', '100.00', null, '100.00', '100.00', '83.33'],
      ...['66.67', '100.00', '80.00', '75.00', '0.00', '86.00'],
    ])
    expect(jy?.total).toBe('84.03')
  })

  it('would be 88.86 if what was never reported were called 不涉及', () => {
    const wrong = rowsWith('worked-example', ({ cells }) =>
      cells.push({ unit: 'JY', indicator: 'D12', na: true }),
    )
    expect(unitOf(wrong, 'JY')?.total).toBe('88.86')
  })

  it('is the same for the street and the district that have this community alone', () => {
    const [district, street, community] = rowsOf(fixture('worked-example')).units
    expect([district?.cells, street?.cells]).toEqual([community?.cells, community?.cells])
    expect([district?.total, street?.total, street?.rank]).toEqual(['84.03', '84.03', 1])
  })
})

describe('places', () => {
  it('are 1 2 2 4 5 5, and 6 4 4 3 1 1 from the bottom, with how they moved', () => {
    const places = rowsOf(fixture('places')).units.map((unit) => [unit.rank, unit.bottom_rank, unit.change])
    expect(places.slice(0, 6)).toEqual([
      ...[
        [1, 6, 0],
        [2, 4, 3],
        [2, 4, -1],
      ],
      ...[
        [4, 3, 'new'],
        [5, 1, 0],
        [5, 1, 'new'],
      ],
    ])
  })

  it('are taken inside a level, and not by who takes no part', () => {
    const rows = rowsOf(fixture('places'))
    expect(unitOf(rows, 'V1')).toMatchObject({ total: null, rank: null, bottom_rank: null, change: null })
    expect(unitOf(rows, 'RHL')).toMatchObject({ total: '84.40', rank: 1, bottom_rank: 1, peer: 'street' })
  })

  it.each([
    ['other rules', (given: Changeable) => Object.assign(given, { rule_version: 2 })],
    ['nothing before', (given: Changeable) => Object.assign(given, { previous: null })],
  ])('are not compared with %s', (_what, change) => {
    const { units } = rowsWith('places', change)
    expect(new Set(units.map((unit) => unit.change))).toEqual(new Set([null]))
  })
})

describe('marks, own targets and adjustments', () => {
  const rows = rowsOf(fixture('marks'))

  it('a pending number is only shown: the accepted one counts', () => {
    expect(cellOf(rows, 'A', 'N')).toEqual({
      ...{ completion: '50.00', lamp: 'red', state: 'pending', score: '30.00' },
    })
    expect(cellOf(rows, 'C', 'R')).toMatchObject({ completion: '0.00', state: 'pending' })
  })

  it('a number is carried once it is older than a week and three workdays', () => {
    // 9 November: a week later is the 16th, three workdays more the 19th.
    const states = ['2026-11-18', '2026-11-19', '2026-11-20'].map(
      (date) => cellOf(rowsOf(fixture('marks'), date), 'A', 'R')?.state,
    )
    expect(states).toEqual(['normal', 'normal', 'carried'])
    expect(cellOf(rows, 'A', 'R')?.completion).toBe('100.00')
  })

  it('a cell has its own target, baseline and due date', () => {
    expect(cellOf(rows, 'B', 'N')).toMatchObject({ completion: '75.00', lamp: 'yellow' })
    expect(rows.schedule).toEqual({ N: '98.16', R: '87.25' })
  })

  it('a street adds up what is not 不涉及, what was not reported lowers its share', () => {
    // N: (2 + 8 − 2) / (4 + 10 − 2). R: two of three reported; the bare 45.5 % weighs as much as 9/10 does.
    expect(cellOf(rows, 'RHL', 'N')).toMatchObject({ completion: '66.67', state: 'normal' })
    expect(cellOf(rows, 'RHL', 'R')).toMatchObject({ completion: '50.19', state: 'normal' })
  })

  it('points are given up to 10 and taken up to 20, also on a street, and bring nobody in who takes no part', () => {
    const totals = rows.units.map(({ code, total }) => [code, total])
    expect(Object.fromEntries(totals)).toEqual({
      // 70 + 10 − 1.5; 65.22 − 20; 60.07 and 0.25 more for the street.
      ...{ ZYQ: '60.07', RHL: '60.32', A: '78.50', B: '45.22', C: '0.00', V: null },
    })
  })
})

describe('numbers', () => {
  const only = (value: unknown, target: unknown = 3) => {
    const rows = rowsOf(
      file(`{"campaign":{"start":"2026-03-01","end":"2026-12-31"},"units":[{"code":"A","level":"community"}],
        "indicators":[{"code":"N","kind":"amount","weight":1,"target":${target}}],
        "cells":[{"unit":"A","indicator":"N","value":${value}}]}`),
    )
    return cellOf(rows, 'A', 'N')
  }

  it.each([
    ['2', '3', '66.67'],
    ['"2.000"', '"3"', '66.67'],
    ['0.1', '0.3', '33.33'],
    ['0.30000000000000004', '0.3', '100.00'],
    ['1e-7', '"0.0000002"', '50.00'],
    ['-5', '3', '0.00'],
    ['1e300', '1e300', '100.00'],
    ['1.005', '100', '1.01'],
    ['"0.335"', '100', '0.34'],
  ])('%s of %s is exactly %s', (value, target, completion) => {
    expect(only(value, target)?.completion).toBe(completion)
  })

  it('just short of the target is not done, however little is missing', () => {
    expect(only('0.29999999999999999999', '"0.3"')?.lamp).toBe('done')
    expect(only('"0.29999999999999999999"', '"0.3"')?.lamp).toBe('green')
  })

  it.each(['1e400', '"Infinity"', '"0x10"', '"1/3"', '"١"', '""', '" "', '[]', '"1_000"'])(
    '%s is no number',
    (value) => {
      const broken = file(`{"campaign":{"start":"2026-03-01","end":"2026-12-31"},"units":[],"indicators":[],
        "cells":[{"unit":"A","indicator":"N","value":${value}}]}`)
      const { code, out, err } = run('--fixture', broken, '--as-of', today)
      expect([code, out, err.length]).toEqual([1, [], 2])
      expect(err[1]).toMatch(/^「cells」第1条「value」：.*数字$/)
    },
  )
})

describe('a broken fixture', () => {
  const errorsOf = (name: string) => {
    const { code, out, err } = run('--fixture', name, '--as-of', today)
    expect([code, out]).toEqual([1, []])
    return err
  }

  it('with mistakes of form has each of them said, with its place', () => {
    expect(errorsOf(fixture('broken/forms')).slice(1)).toEqual([
      '「campaign」「start」：没有这一天',
      '「campaign」「end」：日期要写成 2026-11-22 的样子',
      '「indicators」第1条「kind」：只能是 count、amount、ratio、yes_no、milestone、score',
      '「indicators」第1条「weight」：“ten”不是数字',
      '「indicators」第2条「code」：没有写',
      '「indicators」第2条「weight」：不能小于 0',
      '「cells」第1条「value」：要是数字',
      '「cells」第2条「value」：“3个”不是数字',
      '「cells」第2条「na」：要是 true 或 false',
      '「adjustments」第1条「doc」：加减分要有文号',
      '「previous」「ranks」「JY」：名次从 1 开始',
    ])
  })

  it('that contradicts itself has every contradiction said', () => {
    expect(errorsOf(fixture('broken/conflicts')).slice(1)).toEqual([
      '单位 JY 写了两次',
      '指标 M02 写了两次',
      'V 的 M02 写了两次',
      '单位 V 的上级 JY 级别不比它高',
      '指标 M03：截止日期早于开始日期',
      '单位 RHL 有下级，它的数由下级汇总，不能单独写',
      '数据里的单位 XX 不在单位表里',
      '数据里的指标 M99 不在指标表里',
      'V 的 M03：截止日期早于开始日期',
      'V 的 M03：分子和分母要一起写',
      'V 的 M06：是否类只能是 0 或 1',
      'V 的 M10：没有“constructor”这个节点',
      '加减分里的单位 XX 不在单位表里',
      '单位 V 的加减分没有文号',
    ])
  })

  it.each(['comma', 'cut-off'])('that is no JSON is said to be none: %s', (name) => {
    expect(errorsOf(fixture(`broken/${name}`))[0]).toMatch(/不是合法的 JSON$/)
  })

  it.each([
    ['nothing', '', /不是合法的 JSON/],
    ['no object', '[]', /要是对象/],
    ['null', 'null', /要是对象/],
    ['another encoding', Buffer.from([0xff, 0xfe, 0x7b, 0x00]), /不是 UTF-8 编码/],
    ['very deep', `{"campaign":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /要是对象/],
    [
      'a unit above itself',
      { ...empty(), units: [{ code: 'A', level: 'street', parent: 'A' }] },
      /级别不比它高/,
    ],
  ])('%s', (_what, content, message) => {
    expect(errorsOf(file(content)).join('\n')).toMatch(message)
  })

  it('with a thousand mistakes has twenty of them said', () => {
    const units = [...Array(1000).keys()].map(() => ({ code: 'A', level: 'city' }))
    const err = errorsOf(file({ ...empty(), units }))
    expect([err.length, err[0]?.includes('1000 处'), err.at(-1)]).toEqual([22, true, '还有 980 处'])
  })

  it.each([
    ['no arguments', []],
    ['no date', ['--fixture', fixture('places')]],
    ['no file', ['--as-of', today]],
    ['something more', ['--fixture', fixture('places'), '--as-of', today, 'more']],
    ['an unknown option', ['--fixture', fixture('places'), '--as-of', today, '--all']],
  ])('%s: the usage is said', (_what, args) => {
    expect(run(...args)).toEqual({
      ...{ code: 1, out: [] },
      err: ['用法：npm run --silent rank -- --fixture 文件.json --as-of 2026-11-22'],
    })
  })

  it.each([
    [['--fixture', fixture('places'), '--as-of', '2026-02-30'], /^--as-of 2026-02-30：没有这一天$/],
    [['--fixture', fixture('places'), '--as-of', '今天'], /^--as-of 今天：日期要写成/],
    [['--fixture', fixture('missing'), '--as-of', today], /^找不到文件/],
    [['--fixture', folder, '--as-of', today], /是文件夹/],
  ])('%j', (args, message) => {
    const { code, out, err } = run(...args)
    expect([code, out]).toEqual([1, []])
    expect(err[0]).toMatch(message)
  })
})

describe('strange but whole fixtures', () => {
  it('may be empty, or begin with a byte order mark', () => {
    expect(rowsOf(file(empty()))).toEqual({ schedule: {}, units: [] })
    expect(rowsOf(file(`\ufeff${JSON.stringify(empty())}`))).toEqual({ schedule: {}, units: [] })
  })

  it('may have codes that mean something to a programming language', () => {
    const text = JSON.stringify({
      ...empty(),
      units: ['__proto__', 'constructor'].map((code) => ({ code, level: 'community' })),
      indicators: [{ code: 'toString', kind: 'yes_no', weight: 1 }],
      cells: [{ unit: 'constructor', indicator: 'toString', value: 1 }],
      previous: { rule_version: 1, ranks: { hasOwnProperty: 2 } },
    })
    const rows = rowsOf(file(text))
    expect(rows.units.map(({ code, total, change }) => [code, total, change])).toEqual([
      ['__proto__', '0.00', 'new'],
      ['constructor', '100.00', 'new'],
    ])
  })

  it('may have weights of nothing: then nobody takes part', () => {
    const rows = rowsWith('worked-example', ({ indicators }) => {
      for (const one of indicators) one['weight'] = 0
    })
    expect(rows.units.map(({ total, rank: place }) => [total, place])).toEqual(Array(3).fill([null, null]))
  })

  it('may be of any day: what is overdue is red, and before the start nothing is behind', () => {
    expect(cellOf(rowsOf(fixture('worked-example'), '2099-12-31'), 'JY', 'M02')?.lamp).toBe('red')
    expect(cellOf(rowsOf(fixture('worked-example'), '2000-01-01'), 'JY', 'D12')?.lamp).toBe('green')
  })

  it('may be of ten thousand communities', () => {
    const streets = [...Array(100).keys()].map((n) => ({ code: `S${n}`, level: 'street', parent: 'D' }))
    const leaves = [...Array(10_000).keys()].map((n) => ({
      code: `C${n}`,
      level: 'community',
      parent: `S${n % 100}`,
    }))
    const rows = rowsOf(
      file({
        ...empty(),
        units: [{ code: 'D', level: 'district' }, ...streets, ...leaves],
        indicators: [
          { code: 'N', kind: 'count', weight: 1, target: 100 },
          { code: 'R', kind: 'ratio', weight: 1, target: 90 },
        ],
        cells: leaves.flatMap(({ code }, n) => [
          { unit: code, indicator: 'N', value: n % 100, as_of: '2026-11-20' },
          { unit: code, indicator: 'R', num: n % 7, den: 7 },
        ]),
      }),
    )
    expect(unitOf(rows, 'D')?.cells['N']?.completion).toBe('49.50')
    expect(rows.units).toHaveLength(10_101)
  })
})

function empty() {
  return {
    campaign: { start: '2026-03-01', end: '2026-12-31' },
    indicators: [] as unknown[],
    units: [] as unknown[],
  }
}
