// No sentence lowers a cumulative number in silence: it is asked about, or it is a correction (`domain.md` N3).
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type NewReport, record, supersede } from '../../src/database/reports.ts'
import { historyOf, withId } from '../../src/database/reports-read.ts'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import type { Message } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'
import { idOf } from '../support/reported.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let roster: Roster
let person: { id: number; name: string }
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(store.db, id)
  person = await store.db.selectFrom('person').select(['id', 'name']).orderBy('id').executeTakeFirstOrThrow()
})
afterAll(() => store.close())

let last = 0
const now = new Date('2026-11-22T02:00:00Z')
const author = () => {
  const message: Message = {
    ...{ platform: 'dingtalk', robot: 'r', id: `lowering-${++last}`, chat: { id: 'c', kind: 'group' } },
    ...{ kind: 'text', text: '试', sender: { id: 'x', name: 'x' } },
  }
  return { roster, person, message, now: new Date(now.getTime() + last * 3_600_000) }
}
const communities = () => [...roster.units.values()].filter(({ level }) => level === 'community')
const report = (unit: number, entry: Partial<NewReport['entry']>, asOf = '2026-11-22'): NewReport => {
  const at = roster.units.get(unit)
  const indicator = roster.indicators.get(idOf(roster, '红色物业'))
  if (!at || !indicator) throw new Error('not in the example')
  const number = { op: 'set' as const, value: null, num: null, den: null, step: null, ...entry }
  return { unit: at, indicator, entry: number, asOf, target: '4', onBehalf: false }
}

const said = fc.record({
  op: fc.constantFrom<'set' | 'add' | 'zero'>('set', 'set', 'add', 'zero'),
  value: fc.integer({ min: -3, max: 12 }),
  day: fc.constantFrom('2026-11-10', '2026-11-20', '2026-11-22', '2026-11-25'),
  answer: fc.constantFrom<'accept' | 'void' | 'none'>('accept', 'void', 'none'),
})

describe('whatever is reported', () => {
  it('never makes a number that counts smaller, unless the person was asked and said yes', async () => {
    const units = communities()
    let at = 0
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 6 }), async (sentences) => {
        const unit = units[at++ % units.length]?.id ?? 0
        for (const { op, value, day, answer } of sentences) {
          const next = report(unit, op === 'zero' ? { op } : { op, value: String(value) }, day)
          const written = await record(store.db, author(), [next])
          if (written === 'repeated') continue
          const [one] = written
          if (!one) throw new Error('nothing was written')
          if (!one.pending)
            expect(Number(one.after.value)).toBeGreaterThanOrEqual(Number(one.before.value ?? 0))
          else expect(one.after.value).toBe(one.before.value)
          const waiting = one.pending && answer !== 'none' ? await withId(store.db, one.id) : undefined
          if (waiting) await supersede(store.db, author(), [waiting], answer as 'accept' | 'void')
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('a correction', () => {
  const unit = () => communities().at(-1)?.id ?? 0
  const place = () => ({ unit_id: unit(), indicator_id: idOf(roster, '红色物业') })
  const right = (value: number, asOf = '2026-11-22') => ({
    ...{ entry: { value: String(value), num: null, den: null, step: null }, asOf, onBehalf: false },
  })

  it('replaces the event that made the number, once, and is undone by taking it back', async () => {
    const [first] = await made(9)
    const wrong = await withId(store.db, first?.id ?? 0)
    if (!wrong) throw new Error('not written')
    const [one] = await supersede(store.db, author(), [wrong], right(7))
    expect(one).toMatchObject({ entry: { op: 'correct' }, before: { value: '9' }, after: { value: '7' } })
    expect(await supersede(store.db, author(), [wrong], right(6))).toEqual([])
    expect(await withId(store.db, wrong.id)).toBeUndefined()
    const correction = await withId(store.db, one?.id ?? 0)
    if (!correction) throw new Error('the correction does not stand')
    const [back] = await supersede(store.db, author(), [correction], 'void')
    expect(back?.after).toMatchObject({ value: '9', report_id: wrong.id })
    // What was corrected stands again, and may be corrected again.
    expect((await withId(store.db, wrong.id))?.id).toBe(wrong.id)
    expect(await supersede(store.db, author(), [wrong], right(8))).toHaveLength(1)
  })

  it('of an earlier day does not touch what was added since', async () => {
    const asOf = '2026-11-26'
    const [first] = await made(20, asOf)
    await record(store.db, author(), [report(unit(), { op: 'add', value: '2' }, '2026-11-27')])
    const wrong = await withId(store.db, first?.id ?? 0)
    if (!wrong) throw new Error('not written')
    const [one] = await supersede(store.db, author(), [wrong], right(19, asOf))
    expect(one).toMatchObject({ before: { value: '22' }, after: { value: '21', as_of: '2026-11-27' } })
    expect((await historyOf(store.db, place())).events.at(-1)).toMatchObject({ op: 'correct', value: '19' })
  })

  it('runs what follows from it in the same transaction: when that fails, nothing is written', async () => {
    const before = await historyOf(store.db, place())
    const failing = () => Promise.reject(new Error('no'))
    await expect(record(store.db, author(), [report(unit(), { value: '30' })], failing)).rejects.toThrow('no')
    expect(await historyOf(store.db, place())).toEqual(before)
  })

  async function made(value: number, asOf?: string) {
    const written = await record(store.db, author(), [report(unit(), { value: String(value) }, asOf)])
    if (written === 'repeated') throw new Error('said before')
    if (!written[0]?.pending) return written
    const waiting = await withId(store.db, written[0].id)
    return supersede(store.db, author(), waiting ? [waiting] : [], 'accept')
  }
})
