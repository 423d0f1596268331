// Who lacks what, from cells alone, and how long lists are told.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { calendarOf } from '../src/campaign/calendar.ts'
import { type ReportableCell, reportableCells } from '../src/database/missing.ts'
import { leavesOf } from '../src/database/progress.ts'
import { type Indicator, type Roster, readRoster, type Unit } from '../src/database/roster.ts'
import { lackingOf } from '../src/missing.ts'
import { listed, missingReply } from '../src/missing-words.ts'
import { plainText } from '../src/platforms/terminal/render.ts'
import { openTestPostgres } from './support/databases.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let roster: Roster
let leaves: Unit[]
let chosen: Indicator[]
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(store.db, id)
  leaves = leavesOf(roster, roster.root.id).flatMap((unit) => roster.units.get(unit) ?? [])
  chosen = [...roster.indicators.values()].filter(({ kind }) => kind === 'count').slice(0, 3)
})
afterAll(() => store.close())

const calendar = calendarOf()
const today = '2026-11-25'
const weekly = { today, calendar, isPeriod: false, indicator: undefined }

const cellOf = (over: Partial<ReportableCell>): ReportableCell => ({
  ...{ unit: leaves[0]?.id ?? 0, indicator: chosen[0]?.id ?? 0, target: '4', baseline: '0', applies: true },
  ...{ value: '1', num: null, den: null, as_of: '2026-11-24', cadence: 7, heard: false, responsible: null },
  ...over,
})
const never = { as_of: null, value: null } as const

describe('what a unit lacks', () => {
  const lacks = (cells: Partial<ReportableCell>[], over: Partial<typeof weekly> = {}) => {
    const [found] = lackingOf(roster, cells.map(cellOf), { ...weekly, ...over })
    return found && { never: found.never.length, carried: found.carried.length, silent: found.silent }
  }

  it('what was never accepted, and it is silent', () => {
    expect(lacks([never])).toEqual({ never: 1, carried: 0, silent: true })
  })
  it('nothing, when all that is open was heard of and is fresh', () => {
    expect(lacks([{ heard: true }, { heard: true, indicator: chosen[1]?.id ?? 0 }])).toBeUndefined()
  })
  it('not silent when one of its numbers was heard of', () => {
    expect(lacks([{ heard: true }, { ...never, indicator: chosen[1]?.id ?? 0 }])?.silent).toBe(false)
  })
  it('nothing where it does not apply, or the target is nothing', () => {
    expect(lacks([{ ...never, applies: false }])).toBeUndefined()
    expect(lacks([{ ...never, target: '0' }])).toBeUndefined()
  })
  it('not what is done, unless certain days are asked about', () => {
    expect(lacks([{ value: '4', as_of: '2026-03-05' }])).toBeUndefined()
    expect(lacks([{ value: '4' }], { isPeriod: true })?.silent).toBe(true)
  })
  it('what is older than cadence and grace, but not 不涉及', () => {
    expect(lacks([{ as_of: '2026-11-10', heard: true }])).toEqual({ never: 0, carried: 1, silent: false })
    expect(lacks([{ as_of: '2026-11-17', heard: true }])).toBeUndefined()
  })
})

it('whoever has reported is in no list of the silent, and no number that was accepted in one of those never reported', () => {
  const cell = fc.record({
    unit: fc.nat(5),
    indicator: fc.nat(2),
    applies: fc.boolean(),
    target: fc.constantFrom('0', '4'),
    value: fc.constantFrom('0', '2', '4'),
    as_of: fc.constantFrom(null, '2026-10-01', '2026-11-20', '2026-11-24'),
    heard: fc.boolean(),
  })
  const given = fc.uniqueArray(cell, { selector: ({ unit, indicator }) => `${unit}/${indicator}` })
  return fc.assert(
    fc.property(given, fc.boolean(), fc.boolean(), (drafts, isPeriod, isOne) => {
      const all = drafts.map((draft) =>
        cellOf({
          ...draft,
          unit: leaves[draft.unit]?.id ?? 0,
          indicator: chosen[draft.indicator]?.id ?? 0,
          ...(draft.as_of === null && never),
        }),
      )
      const indicator = isOne ? chosen[0] : undefined
      const cells = indicator ? all.filter((one) => one.indicator === indicator.id) : all
      for (const { unit, silent, never, carried } of lackingOf(roster, cells, {
        ...weekly,
        isPeriod,
        indicator,
      })) {
        const own = cells.filter((one) => one.unit === unit.id)
        if (own.some(({ heard }) => heard)) expect(silent).toBe(false)
        expect(silent || never.length + carried.length > 0).toBe(true)
        for (const { id } of [...never, ...carried]) {
          const found = own.find((one) => one.indicator === id)
          expect(found?.applies).toBe(true)
          expect(never.some((one) => one.id === id)).toBe(found?.as_of === null)
        }
      }
    }),
  )
})

describe('long lists', () => {
  const lackingAll = (units: Unit[]) =>
    units.map((unit) => ({ unit, never: chosen, carried: [], silent: true, responsible: null }))
  const scopeOf = (name: string) =>
    [...roster.units.values()].find((unit) => unit.name === name) ?? roster.root

  it('are told for the district by street', () => {
    const text = listed(roster, roster.root, lackingAll(leaves), ({ never }) => never.length)
    expect(text).toMatch(/^林山寨33项、建设路36项、/)
    expect(text.split('、')).toHaveLength(14)
  })

  it('end with how many there are in all', () => {
    const text = listed(roster, scopeOf('汝河路街道'), lackingAll(leaves.slice(0, 20)))
    expect(text.split('、')).toHaveLength(15)
    expect(text).toMatch(/ 等20个$/)
  })

  it('tell a community and a village of the same name apart', () => {
    const [one, other] = leaves
    if (!one || !other) throw new Error('no units')
    const twins = [one, { ...other, short: one.short, name: `${one.short}村` }]
    expect(listed(roster, scopeOf('汝河路街道'), lackingAll(twins))).toBe(`${one.name}、${one.short}村`)
  })

  it('never add cells and units up, and say no more than is asked', () => {
    const scope = scopeOf('汝河路街道')
    const span = { from: new Date(0), until: new Date(0), firstDay: today, lastDay: today }
    const asked = {
      scope,
      units: [1, 2],
      level: '',
      indicator: undefined,
      span,
      isPeriod: true,
      when: '今天',
    } as const
    const lacking = lackingAll(leaves.slice(0, 2))
    const text = plainText(missingReply({ roster, today }, { ...asked, units: [1, 2] }, lacking, '催'))
    expect(text.split('\n')).toEqual([
      '汝河路街道没报情况（11月25日）',
      `今天没报（2个单位）：${leaves[0]?.short}、${leaves[1]?.short}`,
    ])
  })
})

it('reads the whole district in one query, quickly', async () => {
  const span = {
    from: new Date('2026-11-20T18:00:00+08:00'),
    until: new Date('2026-11-22T10:00:00+08:00'),
    firstDay: '2026-11-21',
    lastDay: '2026-11-22',
  }
  const units = leaves.map(({ id }) => id)
  await reportableCells(store.db, units, span)
  const began = performance.now()
  const cells = await reportableCells(store.db, units, span)
  expect(performance.now() - began).toBeLessThan(1_000)
  expect(new Set(cells.map(({ unit }) => unit)).size).toBe(149)
  expect(cells.some(({ heard }) => heard)).toBe(false)
})
