// Loading the sheet 日历, and reading the calendar that comes of it.
import { describe, expect, it } from 'vitest'
import { readCalendar } from '../../src/database/calendar.ts'
import { describeChanges } from '../../src/database/load.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { type Pages, smallCampaign } from '../sheet/small-campaign.ts'
import { counts, onBothDatabases } from './loading.ts'

const titles = ['日期', '班/休', '名称']
const withCalendar = (...rows: Cell[][]): Pages => ({ ...smallCampaign(), 日历: [titles, ...rows] })
const plan: Cell[][] = [
  ['2027-02-06', '休', '春节'],
  ['2027-02-20', '班', '春节'],
  ['2027-10-01', '休', '国庆'],
]

onBothDatabases(({ db, load, revisions }) => {
  const days = () => db().selectFrom('calendar_day').orderBy('day').selectAll().execute()

  describe('a calendar', () => {
    it('is written with the campaign, and says so', async () => {
      const changes = await load(withCalendar(...plan))
      expect(describeChanges(changes)).toContain('日历：新增 3，修改 0')
      expect(await days()).toEqual([
        { day: '2027-02-06', working: false, name: '春节' },
        { day: '2027-02-20', working: true, name: '春节' },
        { day: '2027-10-01', working: false, name: '国庆' },
      ])
    })

    it('changes nothing when it is loaded again', async () => {
      await load(withCalendar(...plan))
      const before = await revisions()
      expect(describeChanges(await load(withCalendar(...plan)))).toEqual(['没有变化：文件内容与库里一致。'])
      expect(await revisions()).toEqual(before)
    })

    it('is corrected day by day, and keeps what a file does not mention', async () => {
      await load(withCalendar(...plan, ['2026-12-31', '休', '元旦']))
      const changes = await load(withCalendar(['2027-02-20', '休', '春节'], ['2027-02-21', '班', null]))
      expect(counts(changes)).toEqual({ calendar: 'added 1, changed 1' })
      expect(describeChanges(changes)).toContain(
        '日历：新增 1，修改 1（2027-02-20 休），文件里没有而保留原样 2',
      )
      expect((await days()).length).toBe(5)
    })

    it('is left alone by a file without it, which says nothing about it', async () => {
      await load(withCalendar(...plan))
      expect(describeChanges(await load(smallCampaign()))).toEqual(['没有变化：文件内容与库里一致。'])
      expect((await days()).length).toBe(3)
    })

    it('writes nothing on a dry run', async () => {
      expect(counts(await load(withCalendar(...plan), { dryRun: true }))).toMatchObject({
        calendar: 'added 3',
      })
      expect(await days()).toEqual([])
    })
  })

  it('moves reminders for workdays when it brings another plan, and no others', async () => {
    await load(smallCampaign())
    const { id: owner_id, campaign_id } = await db()
      .selectFrom('person')
      .select(['id', 'campaign_id'])
      .executeTakeFirstOrThrow()
    const next = new Date('2027-02-05T17:00:00+08:00')
    const every = (repeat: object) => ({
      ...{ campaign_id, owner_id, platform: 'wecom', chat_id: 'c', is_group: true, owner_account: 'a' },
      ...{ audience: 'group' as const, text: '报数', next_at: next, next_moment: next, created_by: 'test' },
      schedule: JSON.stringify({ on: { repeat, from: '2027-02-05' }, time: '17:00', leads: [] }),
    })
    const both = [every({ every: 'workday' }), every({ every: 'day' })]
    await db().insertInto('reminder').values(both).execute()
    await load(withCalendar(['2027-02-05', '休', '春节'], ['2027-02-07', '班', '春节']))
    const rows = await db().selectFrom('reminder').orderBy('id').select('next_at').execute()
    expect(rows.map((row) => row.next_at?.toISOString())).not.toContain(undefined)
    expect(rows[0]?.next_at).not.toEqual(next)
    expect(rows[1]?.next_at).toEqual(next)
  })

  describe('the calendar that is read', () => {
    it('has the loaded days in it', async () => {
      await load(withCalendar(...plan))
      const calendar = await readCalendar(db())
      expect(calendar.isWorkday('2027-02-20')).toBe(true)
      expect(calendar.isWorkday('2027-02-27')).toBe(false)
      expect(calendar.isKnown(2027)).toBe(true)
    })
  })
})
