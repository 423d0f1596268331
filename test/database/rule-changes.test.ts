// What the rules were: every row that they are made of is kept as it was written, and a load that changes none adds none.
import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { describeChanges } from '../../src/database/load.ts'
import { put, smallCampaign } from '../sheet/small-campaign.ts'
import { counts, onBothDatabases, renamedCampaign } from './loading.ts'

onBothDatabases(({ db, load, revisions, cell }) => {
  const kept = (what?: string) =>
    db()
      .selectFrom('rule_change')
      .$if(what !== undefined, (query) => query.where('what', '=', what ?? ''))
      .orderBy('id')
      .selectAll()
      .execute()
  const newest = async () => (await kept()).at(-1)?.id ?? 0
  const since = async (id: number) => (await kept()).filter((one) => one.id > id)

  beforeEach(async () => {
    await load(smallCampaign())
  })

  it('the first load keeps every unit, indicator, target and the campaign once', async () => {
    const many: Record<string, number> = {}
    for (const { what } of await kept()) many[what] = (many[what] ?? 0) + 1
    expect(many).toMatchObject({ unit: 6, unit_version: 6, indicator: 6, target: 4 })
    // The end of a load writes the campaign's row again, with the same rules.
    expect(many['campaign']).toBe(1)
  })

  it('a reload of the same file adds nothing, and neither does one that only brings numbers', async () => {
    const before = await newest()
    expect(counts(await load(smallCampaign()))).toEqual({})
    const pages = smallCampaign()
    pages['数据']?.push(['金苑社区', '红色物业', '2026-11-21', 3, null, null, null, null])
    expect(counts(await load(pages))).toEqual({ reports: 'added 1' })
    expect(await since(before)).toEqual([])
  })

  it('a dry run adds nothing', async () => {
    const before = await newest()
    await load(put(smallCampaign(), '任务', 2, '目标', 5), { dryRun: true })
    expect(await since(before)).toEqual([])
  })

  it('cannot be rewritten', async () => {
    await expect(sql`update rule_change set what = 'x'`.execute(db())).rejects.toThrow()
    await expect(sql`delete from rule_change`.execute(db())).rejects.toThrow()
  })

  describe('a target that changes after reports', () => {
    it('leaves the reports as they are, and is noticed by everybody who remembers', async () => {
      const number = await cell('S1', 'M1')
      const before = await revisions()
      expect(counts(await load(put(smallCampaign(), '任务', 2, '目标', 8)))).toEqual({ targets: 'changed 1' })
      expect(await cell('S1', 'M1')).toEqual(number)
      expect(await revisions()).toEqual({
        ...{ revision: before.revision + 1, roster_version: before.roster_version + 1 },
        rule_version: before.rule_version,
      })
    })

    it('is kept as it was and as it is', async () => {
      await load(put(smallCampaign(), '任务', 2, '目标', 8))
      const [target] = await db().selectFrom('target').where('target', '=', '8').selectAll().execute()
      const history = (await kept('target')).filter(
        ({ row_id }) => row_id === `${target?.unit_id}/${target?.indicator_id}`,
      )
      expect(history.map(({ body }) => String(body['target']))).toEqual(['4', '8'])
      expect(history.map(({ campaign_id }) => campaign_id)).toEqual([
        target?.campaign_id,
        target?.campaign_id,
      ])
    })

    it('adds one row, for the one target', async () => {
      const before = await newest()
      await load(put(smallCampaign(), '任务', 2, '目标', 8))
      expect((await since(before)).map(({ what }) => what)).toEqual(['target'])
    })
  })

  describe('an indicator that is no longer in the file', () => {
    const off = () => put(put(smallCampaign(), '指标', 4, '权重', 33.5), '指标', 5, '权重', 0)
    const without = () => {
      const pages = off()
      for (const sheet of ['任务', '数据'])
        pages[sheet] = (pages[sheet] ?? []).filter((row) => !row.includes('交叉任职'))
      pages['指标'] = (pages['指标'] ?? []).filter(([code]) => code !== 'M4')
      return pages
    }

    it('is refused as long as it counts: with it the weights would be more than 100', async () => {
      const before = await newest()
      await expect(load(without())).rejects.toThrow(
        '文件的「指标」里没有「交叉任职」（权重 13.5），库里还有，照文件导入权重合计是 113.5，应当正好是 100。要停用，请把这一行写回「指标」，权重写 0',
      )
      expect(await since(before)).toEqual([])
    })

    it('is named once its weight is 0, and stays with its numbers', async () => {
      const number = await cell('S1', 'M4')
      await load(off())
      expect((await revisions()).rule_version).toBe(2)
      const lines = describeChanges(await load(without()))
      expect(lines.find((line) => line.startsWith('指标'))).toContain('文件里没有而保留原样 1')
      expect(lines).toContain('文件里没有、库里还有的指标 1 项（交叉任职）：权重是 0，不计分。')
      expect(await cell('S1', 'M4')).toEqual(number)
      const left = await db().selectFrom('indicator').where('code', '=', 'M4').selectAll().execute()
      expect(left).toMatchObject([{ weight: '0' }])
    })

    it('adds no row, for nothing of it has changed; those whose place changes do', async () => {
      await load(off())
      const before = await newest()
      await load(without())
      const changed = await since(before)
      const indicators = changed.filter(({ what }) => what === 'indicator')
      expect(indicators.map(({ body }) => body['code'])).toEqual(['M5', 'D6'])
      expect((await revisions()).rule_version).toBe(2)
    })
  })

  it('a cell that becomes 不涉及 is kept with its reason and who approved it', async () => {
    const before = await newest()
    const pages = put(smallCampaign(), '任务', 3, '不涉及原因', '没有物业')
    await load(put(pages, '任务', 3, '批准人', '何晓雯'))
    expect(await since(before)).toMatchObject([
      { what: 'target', body: { applies: false, na_reason: '没有物业', approved_by: '何晓雯' } },
    ])
  })

  it('a renamed unit has its old version closed and a new one', async () => {
    const before = await newest()
    await load(renamedCampaign())
    const changed = await since(before)
    expect(changed.map(({ what, body }) => [what, body['name'], body['valid_to']])).toEqual([
      ['unit_version', '金苑社区', '2026-11-22'],
      ['unit_version', '金苑南社区', null],
    ])
  })

  it('rules of the campaign are kept when they change, and not for its counters', async () => {
    const before = await newest()
    await load(put(smallCampaign(), '方案', 7, '内容', 5))
    expect(await since(before)).toMatchObject([{ what: 'campaign', body: { settings: { yellow: 5 } } }])
  })

  it('adjustments and vetoes are kept as they were, and when they were withdrawn', async () => {
    const sheet = (...rows: [string, number, string][]) => ({
      ...smallCampaign(),
      加减分: [['单位', '分值', '文号'], ...rows],
    })
    const before = await newest()
    await load(sheet(['金苑社区', -1.5, '通报3号']))
    await load(sheet(['金苑社区', -2, '通报3号']))
    await load(sheet())
    expect(
      (await since(before)).map(({ what, body }) => [what, Number(body['points']), body['withdrawn']]),
    ).toEqual([
      ['adjustment', -1.5, false],
      ['adjustment', -2, false],
      ['adjustment', -2, true],
    ])
  })
})
