// Bulletins of every unit fit into one message, and comment on the last only where there are enough to compare.
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { finalReply, linesOf, markOf } from '../src/bulletin-view.ts'
import { weekOf } from '../src/bulletin-week.ts'
import { indicatorBulletin, redBlackBulletin, weeklyBulletin } from '../src/bulletin-words.ts'
import type { Bulletin } from '../src/database/bulletins.ts'
import { type Roster, readRoster, type Unit } from '../src/database/roster.ts'
import { lastSnapshot } from '../src/database/snapshots.ts'
import type { Reply } from '../src/message.ts'
import { bytes } from '../src/platforms/wecom/bytes.ts'
import { webhookParts } from '../src/platforms/wecom/webhook-render.ts'
import type { Week } from '../src/weekly-words.ts'
import { openTestPostgres } from './support/databases.ts'

let roster: Roster
let week: Week
let close: () => Promise<void>
let parents: Unit[]

beforeAll(async () => {
  const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  close = store.close
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(store.db, id)
  const snapshot = await lastSnapshot(store.db, id, new Date('2026-11-22T02:00:00Z'))
  if (!snapshot) throw new Error('the example has no snapshot')
  week = await weekOf(store.db, roster, snapshot)
  parents = [...roster.units.values()].filter((unit) => roster.children(unit.id).length > 0)
})
afterAll(() => close())

const bulletin = (reply: Reply, sentence = ''): Bulletin => ({
  ...{ id: 1, number: 128, unit: 1, kind: 'weekly', state: 'draft', reply, sentence, snapshot: 1 },
  ...{ takenAt: null, corrects: null, correctsNumber: null, correctsKind: null, drafter: null },
  ...{ drafterName: null, approverName: null, createdAt: new Date(0), publishedAt: null },
})

it('every bulletin with the longest sentence under it is one message of at most 1,800 bytes', () => {
  for (const unit of parents) {
    const all = [
      weeklyBulletin(roster, unit, week),
      redBlackBulletin(roster, unit, week),
      ...[...roster.indicators.values()].map((one) => indicatorBulletin(roster, unit, one, week)),
    ]
    for (const reply of all) {
      if (!reply) continue
      const final = finalReply(bulletin(reply, '字'.repeat(100)), '欧阳建国')
      expect(bytes(linesOf(final).join('\n')), reply.title).toBeLessThanOrEqual(1_800)
      expect(webhookParts(final)).toHaveLength(1)
    }
  }
})

it('even when everybody is behind with everything', () => {
  const none = (shares: string) => shares.replace(/\d[\d/]*/g, '0')
  const late: Week = {
    ...{ ...week, date: '2027-01-05', before: undefined },
    lines: new Map([...week.lines].map(([id, one]) => [id, { ...one, shares: none(one.shares) }])),
  }
  for (const unit of parents)
    for (const reply of [weeklyBulletin(roster, unit, late), redBlackBulletin(roster, unit, late)])
      if (reply) expect(bytes(linesOf(finalReply(bulletin(reply))).join('\n'))).toBeLessThanOrEqual(1_500)
})

it('the content stands in the order of the rules', () => {
  const order = ['总体完成', '前三', '进步最大', '红灯指标', '到期', '点评：名次靠后', '数据截至']
  for (const unit of parents) {
    const text = linesOf(weeklyBulletin(roster, unit, week)).join('\n')
    const places = order.map((word) => text.indexOf(word)).filter((at) => at >= 0)
    expect(places.length, unit.name).toBeGreaterThanOrEqual(order.length - 1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  }
})

it('nobody is both among the first and among the last, and three are too few for a list', () => {
  const [street] = parents.filter(({ level }) => level === 'street')
  const three: Roster = { ...roster, children: (id) => roster.children(id).slice(0, 3) }
  expect(street && redBlackBulletin(three, street, week)).toBeUndefined()
  expect(street && linesOf(weeklyBulletin(three, street, week)).join('\n')).not.toContain('靠后')
  for (const unit of parents) {
    const text = linesOf(redBlackBulletin(roster, unit, week) ?? { blocks: [] }).join('\n')
    for (const [, group] of text.matchAll(/^黑榜[^：]*：(.*)$/gm))
      for (const [, rank] of (group ?? '').matchAll(/第(\d+)名/g)) expect(Number(rank)).toBeGreaterThan(3)
  }
})

it('people’s own test scores are no reason on a black list', () => {
  for (const unit of parents) {
    const text = linesOf(redBlackBulletin(roster, unit, week) ?? { blocks: [] }).join('\n')
    expect(text).not.toContain('政策掌握')
  }
})

it('the mark changes with every word, and with nothing else', () => {
  const reply = { title: '周通报', blocks: [{ kind: 'text' as const, text: '总体完成 84.67%' }] }
  const mark = markOf(bulletin(reply))
  expect(mark).toMatch(/^[0-9a-f]{6}$/)
  expect(markOf({ ...bulletin(reply), state: 'held' })).toBe(mark)
  expect(markOf(bulletin(reply, '辛苦'))).not.toBe(mark)
  expect(markOf(bulletin({ ...reply, title: '通报' }))).not.toBe(mark)
})
