// `npm run rank`: what it prints for good fixtures.
import { spawnSync } from 'node:child_process'
import { dirname } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Rows } from '../../src/cli/rank-rows.ts'
import { compileProgram } from '../support/program.ts'
import { type Changeable, cellOf, file, fixture, rowsOf, rowsWith, run, today, unitOf } from './rank-run.ts'

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

describe('numbers of later days than the one that is asked for', () => {
  it('count, for the file has no others, but are named beside the result', () => {
    const { code, out, err } = run('--fixture', fixture('contract'), '--as-of', '2026-11-19')
    expect([code, out.length]).toEqual([0, 1])
    expect(err).toEqual([
      expect.stringMatching(/^注意：有 \d+ 个数的日期晚于 2026-11-19：JY 的 M02（2026-11-20）/),
    ])
    expect(run('--fixture', fixture('contract'), '--as-of', '2026-11-20').err).toEqual([])
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
    const states = ['2026-11-18', '2026-11-19', '2026-11-20'].map((date) => {
      const known = (given: Changeable) => {
        given.cells = given.cells.filter(({ as_of }) => as_of === undefined || String(as_of) <= date)
      }
      return cellOf(rowsWith('marks', known, date), 'A', 'R')?.state
    })
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
