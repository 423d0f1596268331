// Loading a workbook after deadlines were extended: an old file takes nothing back, a new date in it counts.
import { beforeEach, describe, expect, it } from 'vitest'
import { moveDue } from '../../src/database/extensions.ts'
import { describeChanges } from '../../src/database/load.ts'
import { put, smallCampaign } from '../sheet/small-campaign.ts'
import { counts, onBothDatabases, options } from './loading.ts'

onBothDatabases(({ db, load }) => {
  /** 金苑社区's 红色物业 is due on 23 November by its own row, or by the indicator's. */
  const withDue = (due: string, where: '任务' | '指标' = '任务') =>
    put(put(smallCampaign(), '任务', 2, '截止日期', null), where, 2, '截止日期', due)

  const ids = async () => {
    const one = await db()
      .selectFrom('target')
      .innerJoin('unit', 'unit.id', 'unit_id')
      .innerJoin('indicator', 'indicator.id', 'indicator_id')
      .where('unit.code', '=', 'S1')
      .where('indicator.code', '=', 'M1')
      .select(['target.campaign_id', 'unit_id', 'indicator_id', 'target.due'])
      .executeTakeFirstOrThrow()
    return { ...one, campaign: one.campaign_id }
  }
  const dueOf = async () => (await ids()).due

  /** Grants an extension as the district's clerk would. */
  async function extend(due_before: string, due: string): Promise<void> {
    const { campaign, unit_id, indicator_id } = await ids()
    const person = await db().selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow()
    await db()
      .insertInto('extension')
      .values({
        ...{
          campaign_id: campaign,
          unit_id,
          indicator_id,
          due_before,
          due,
          reason: '下雨',
          state: 'granted',
        },
        ...{ asked_by: person.id, decided_by: '何晓雯', decided_at: options.now, created_by: '张建国' },
      })
      .execute()
    await db()
      .transaction()
      .execute((tx) => moveDue(tx, campaign, { unit: unit_id, indicator: indicator_id, due }, '何晓雯'))
  }

  describe('a deadline that was extended', () => {
    beforeEach(() => load(withDue('2026-11-23')))

    it('stays when the file still has the one before', async () => {
      await extend('2026-11-23', '2026-11-30')
      expect(counts(await load(withDue('2026-11-23')))).toEqual({})
      expect(await dueOf()).toBe('2026-11-30')
    })

    it('stays when it was extended twice, whichever of the earlier ones the file has', async () => {
      await extend('2026-11-23', '2026-11-30')
      await extend('2026-11-30', '2026-12-10')
      expect(counts(await load(withDue('2026-11-23')))).toEqual({})
      expect(counts(await load(withDue('2026-11-30')))).toEqual({})
      expect(counts(await load(withDue('2026-12-10')))).toEqual({})
      expect(await dueOf()).toBe('2026-12-10')
    })

    it('stays while something else of the row changes', async () => {
      await extend('2026-11-23', '2026-11-30')
      expect(counts(await load(put(withDue('2026-11-23'), '任务', 2, '目标', 9)))).toEqual({
        targets: 'changed 1',
      })
      expect(await dueOf()).toBe('2026-11-30')
    })

    it('gives way to a third date of the file, and that is listed', async () => {
      await extend('2026-11-23', '2026-11-30')
      const changes = await load(withDue('2026-12-15'))
      expect(describeChanges(changes).join('\n')).toContain(
        '金苑社区 红色物业 期限改为2026-12-15，不再是延期到的2026-11-30',
      )
      expect(await dueOf()).toBe('2026-12-15')
      // From then on it is the file's.
      expect(counts(await load(withDue('2026-11-23')))).toEqual({ targets: 'changed 1' })
      expect(await dueOf()).toBe('2026-11-23')
    })

    it('is listed as given up however many other rows change', async () => {
      await extend('2026-11-23', '2026-11-30')
      const pages = withDue('2026-12-15')
      const [titles = [], first = [], ...rows] = pages['任务'] ?? []
      pages['任务'] = [titles, ...rows, first]
      for (const row of [2, 3, 4, 5]) put(pages, '任务', row, '基数', 1)
      expect(describeChanges(await load(pages)).join('\n')).toContain(
        '期限改为2026-12-15，不再是延期到的2026-11-30',
      )
    })
  })

  it('a deadline that the file leaves to the indicator stays extended until the indicator has another', async () => {
    await load(withDue('2026-11-23', '指标'))
    expect(await dueOf()).toBeNull()
    await extend('2026-11-23', '2026-11-30')
    expect(counts(await load(withDue('2026-11-23', '指标')))).toEqual({})
    expect(await dueOf()).toBe('2026-11-30')
    await load(withDue('2026-12-15', '指标'))
    expect(await dueOf()).toBeNull()
  })

  it('a dry run says the same and changes nothing', async () => {
    await load(withDue('2026-11-23'))
    await extend('2026-11-23', '2026-11-30')
    expect(counts(await load(withDue('2026-12-15'), { dryRun: true }))).toEqual({ targets: 'changed 1' })
    expect(await dueOf()).toBe('2026-11-30')
  })
})
