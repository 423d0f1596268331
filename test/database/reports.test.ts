// Numbers are written once, in order, all or nothing — by any number of people and replicas at the same moment.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { fold } from '../../src/campaign/cell.ts'
import type { Db } from '../../src/database/connection.ts'
import { openLedger, put } from '../../src/database/ledger.ts'
import { writeLedger } from '../../src/database/ledger-write.ts'
import { type NewReport, record, supersede, type Written } from '../../src/database/reports.ts'
import { historyOf, lastOf, pendingOf as pendingIn, withNumber } from '../../src/database/reports-read.ts'
import { type Indicator, type Roster, readRoster, type Unit } from '../../src/database/roster.ts'
import type { Message } from '../../src/message.ts'
import { openTestPostgres } from '../support/databases.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let roster: Roster
let people: { id: number; name: string }[]
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(store.db, id)
  people = await store.db.selectFrom('person').select(['id', 'name']).orderBy('id').limit(40).execute()
})
afterAll(() => store.close())

const pendingOf = async (...asked: Parameters<typeof pendingIn>) => (await pendingIn(...asked))?.waiting ?? []

let last = 0
const now = new Date('2026-11-22T02:00:00Z')
const longAgo = new Date('2026-11-01T00:00:00Z')
const message = (id = `report-${++last}`): Message => ({
  ...{ platform: 'dingtalk', robot: 'r', id, chat: { id: 'c', kind: 'group' }, kind: 'text', text: '试' },
  sender: { id: 'x', name: 'x' },
})
const author = (who = 0, said = message(), at = now) => ({
  ...{ roster, person: people[who] ?? { id: 0, name: '' }, message: said, now: at },
})
const need = <T>(thing: T | undefined): T => {
  if (thing === undefined) throw new Error('not in the example')
  return thing
}
const unitOf = (name: string): Unit => need([...roster.units.values()].find((unit) => unit.name === name))
const indicatorOf = (name: string): Indicator =>
  need([...roster.indicators.values()].find((one) => one.name === name))
const report = (value: number, over: Partial<NewReport> = {}): NewReport => ({
  ...{
    unit: unitOf('金苑社区'),
    indicator: indicatorOf('红色物业'),
    target: null,
    asOf: '2026-11-22',
    onBehalf: false,
  },
  entry: { op: 'set', value: String(value), num: null, den: null, step: null },
  ...over,
})
const increment = (value: number, over: Partial<NewReport> = {}) =>
  report(value, { entry: { ...report(value).entry, op: 'add' }, ...over })
const cellOf = ({ unit, indicator }: NewReport, db: Db = store.db) =>
  db
    .selectFrom('cell')
    .where('unit_id', '=', unit.id)
    .where('indicator_id', '=', indicator.id)
    .select(['value', 'num', 'den', 'step', 'as_of', 'reported_at', 'report_id', 'pending_id'])
    .executeTakeFirstOrThrow()
const written = (result: Written[] | 'repeated'): Written[] => {
  if (result === 'repeated') throw new Error('said before')
  return result
}

describe('a number', () => {
  it('becomes an event, the cell and a new revision of the campaign, together', async () => {
    const revision = () =>
      store.db
        .selectFrom('campaign')
        .select('revision')
        .where('id', '=', roster.campaign.id)
        .executeTakeFirstOrThrow()
    const before = (await revision()).revision
    const [one] = written(await record(store.db, author(), [report(3)]))
    expect(one).toMatchObject({ before: { value: '2' }, after: { value: '3' }, pending: false })
    expect(await cellOf(report(3))).toMatchObject({ value: '3', report_id: one?.id, as_of: '2026-11-22' })
    expect((await revision()).revision).toBe(before + 1)
  })

  it('is what the events of its cell add up to, always', async () => {
    const target = report(0)
    for (const next of [report(4), increment(2), report(9), report(5)])
      await record(store.db, author(), [next])
    const { events, baseline } = await historyOf(store.db, {
      unit_id: target.unit.id,
      indicator_id: target.indicator.id,
    })
    expect(await cellOf(target)).toEqual(fold(events, baseline))
  })

  it('said again by the same person within ten minutes is not written again', async () => {
    const later = (minutes: number) => new Date(now.getTime() + 86_400_000 + minutes * 60_000)
    expect(await record(store.db, author(1, message(), later(0)), [report(20)])).not.toBe('repeated')
    expect(await record(store.db, author(1, message(), later(9)), [report(20)])).toBe('repeated')
    expect(await record(store.db, author(2, message(), later(9)), [report(20)])).not.toBe('repeated')
    expect(await record(store.db, author(1, message(), later(11)), [report(20)])).not.toBe('repeated')
  })

  it('of another day is another number', async () => {
    const at = new Date(now.getTime() + 2 * 86_400_000)
    expect(await record(store.db, author(3, message(), at), [report(30)])).not.toBe('repeated')
    expect(await record(store.db, author(3, message(), at), [report(30, { asOf: '2026-11-21' })])).not.toBe(
      'repeated',
    )
  })

  it('fails altogether when one of several cannot be written', async () => {
    const before = await cellOf(report(0))
    const broken = report(1, { indicator: { ...indicatorOf('共建项目'), id: 999_999 } })
    await expect(record(store.db, author(4), [report(40), broken])).rejects.toThrow()
    expect(await cellOf(report(0))).toEqual(before)
  })
})

describe('a doubted number', () => {
  const unit = () => unitOf('淮河路社区')
  it('makes all of its message wait, and all count together when it is confirmed', async () => {
    const [one, other] = [
      report(8, { unit: unit() }),
      report(900, { unit: unit(), indicator: indicatorOf('共建项目'), target: '5' }),
    ]
    const before = [await cellOf(one), await cellOf(other)]
    const asked = written(await record(store.db, author(5), [one, other]))
    expect(asked.map(({ pending, doubt }) => [pending, doubt])).toEqual([
      [true, undefined],
      [true, '比目标5个多出太多'],
    ])
    expect([(await cellOf(one)).value, (await cellOf(other)).value]).toEqual(before.map(({ value }) => value))
    const waiting = await pendingOf(store.db, author(5).person.id, longAgo)
    expect(waiting.map(({ id }) => id)).toEqual(asked.map(({ id }) => id))
    expect(await supersede(store.db, author(5), waiting, 'accept')).toHaveLength(2)
    expect([(await cellOf(one)).value, (await cellOf(other)).value]).toEqual(['8', '900'])
    expect(await pendingOf(store.db, author(5).person.id, longAgo)).toEqual([])
  })

  it('is answered once, even when two replicas get the answer at once', async () => {
    const target = report(1, { unit: unit(), doubt: '试' })
    await record(store.db, author(6), [target])
    const waiting = await pendingOf(store.db, author(6).person.id, longAgo)
    const twin = await store.twin()
    const answers = await Promise.all([
      supersede(store.db, author(6), waiting, 'accept'),
      supersede(twin.db, author(6), waiting, 'void'),
    ])
    await twin.close()
    expect(answers.map((done) => done.length).sort()).toEqual([0, 1])
  })

  it('waits no longer than it is asked for, and only for the one who said it', async () => {
    await record(store.db, author(7), [report(1, { doubt: '试' })])
    expect(await pendingOf(store.db, author(7).person.id, new Date(now.getTime() + 1))).toEqual([])
    expect(await pendingOf(store.db, author(8).person.id, longAgo)).toEqual([])
    expect(await pendingOf(store.db, author(7).person.id, longAgo)).toHaveLength(1)
  })
})

describe('taking back', () => {
  it('restores the cell as it was', async () => {
    const target = report(50, { unit: unitOf('李江沟村') })
    const before = await cellOf(target)
    await record(store.db, author(9), [target])
    const said = await lastOf(store.db, author(9).person.id, longAgo)
    expect(said).toMatchObject([{ value: '50' }])
    await supersede(store.db, author(9), said, 'void')
    expect(await cellOf(target)).toEqual(before)
    expect(await lastOf(store.db, author(9).person.id, now)).toEqual([])
    expect(await withNumber(store.db, roster.campaign.id, need(said[0]).id)).toEqual([])
  })

  it('happens once', async () => {
    await record(store.db, author(10), [report(51, { unit: unitOf('李江沟村') })])
    const said = await lastOf(store.db, author(10).person.id, longAgo)
    expect(await supersede(store.db, author(10), said, 'void')).toHaveLength(1)
    expect(await supersede(store.db, author(10), said, 'void')).toEqual([])
  })

  it('nothing is found under a number of another campaign', async () => {
    expect(await withNumber(store.db, roster.campaign.id + 1, 1)).toEqual([])
  })
})

describe('the same message', () => {
  it('in two replicas at once is written once, and both tell the same', async () => {
    const twin = await store.twin()
    for (let round = 0; round < 10; round++) {
      const said = message()
      const next = increment(1, { unit: unitOf('汝河小区社区') })
      const before = Number((await cellOf(next)).value)
      const at = new Date(now.getTime() + round * 3_600_000)
      const both = await Promise.all([
        record(store.db, author(11, said, at), [next]),
        record(twin.db, author(11, said, at), [next]),
      ])
      expect(both[0]).toEqual(both[1])
      expect(Number((await cellOf(next)).value)).toBe(before + 1)
    }
    await twin.close()
  })

  it('told again later says what it did then', async () => {
    const said = message()
    const next = report(60, { unit: unitOf('汝河小区社区') })
    const first = await record(store.db, author(12, said), [next])
    await record(store.db, author(13), [report(61, { unit: unitOf('汝河小区社区') })])
    expect(await record(store.db, author(12, said), [next])).toEqual(first)
  })
})

describe('many people at once', () => {
  it('nothing is written to a ledger that somebody else has written to since it was read', async () => {
    const target = report(70, { unit: unitOf('李江沟村') })
    const place = { unit: target.unit.id, indicator: target.indicator.id }
    const before = await cellOf(target)
    const ledger = await openLedger(store.db, roster, [place], { date: '2026-11-22', events: 1, hold: false })
    put(ledger, place, { ...before, value: '71' })
    await record(store.db, author(14), [target])
    await expect(writeLedger(store.db, ledger, [])).rejects.toThrow('in between')
    expect((await cellOf(target)).value).toBe('70')
  })

  it('reporting different cells are all heard', async () => {
    const communities = [...roster.units.values()].filter(({ level }) => level === 'community').slice(0, 20)
    const twin = await store.twin()
    const reports = communities.map((unit, at) =>
      report(100 + at, { unit, indicator: indicatorOf('老旧小区改造') }),
    )
    await Promise.all(reports.map((one, at) => record(at % 2 ? store.db : twin.db, author(at), [one])))
    await twin.close()
    const values = await Promise.all(reports.map((one) => cellOf(one)))
    expect(values.map(({ value }) => value)).toEqual(reports.map(({ entry }) => entry.value))
  })

  it('adding to one cell lose nothing, whether something else is written with it or not', async () => {
    const target = increment(1, { unit: unitOf('李江沟村'), indicator: indicatorOf('驻区单位参与') })
    const before = Number((await cellOf(target)).value)
    let followed = 0
    const then = async () => {
      followed++
    }
    const twin = await store.twin()
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        record(at % 2 ? store.db : twin.db, author(at), [target], at % 3 ? undefined : then),
      ),
    )
    await twin.close()
    expect(Number((await cellOf(target)).value)).toBe(before + 20)
    expect(followed).toBe(7)
  })
})
