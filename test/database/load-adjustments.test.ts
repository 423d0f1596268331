// Loading the sheets 加减分 and 一票否决, and reading what counts of them.
import { beforeEach, describe, expect, it } from 'vitest'
import { adjustmentsOf, vetoesOf } from '../../src/database/adjustments.ts'
import { describeChanges, loadCampaign } from '../../src/database/load.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { type Pages, put, smallCampaign, toFile } from '../sheet/small-campaign.ts'
import { counts, onBothDatabases, options } from './loading.ts'

const same = '没有变化：文件内容与库里一致。'
const points: Cell[][] = [
  ['金苑社区', -1.5, '通报3号', '报表逾期两次'],
  ['金苑社区', 2, '通报4号', null],
  ['汝河路街道', '加0.5分', '通报4号', null],
]
const veto: Cell[] = [
  ...['金苑社区', null, '不评先', '通报8号', '数据造假', '何晓雯', '赵志强', '2026-11-01', '2026-11-30'],
]
const zero: Cell[] = [
  ...['须水村', '收入', '该项得0分', '通报9号', '虚报', '何晓雯', '赵志强', '2026-11-10', null],
]
const adjusted = (...rows: Cell[][]): Pages => ({
  ...smallCampaign(),
  加减分: [['单位', '分值', '文号', '事由'], ...rows],
})
/** Both who approve a veto are of the 区专班. */
const withApprovers = (pages: Pages): Pages => {
  pages['人员']?.push(['赵志强', '区专班', '全区', null, null, null, null])
  return pages
}
const vetoed = (...rows: Cell[][]): Pages => ({
  ...withApprovers(put(smallCampaign(), '方案', 10, '内容', '开')),
  一票否决: [['单位', '指标', '影响', '文号', '事由', '批准人', '批准人2', '起', '止'], ...rows],
})

onBothDatabases(({ db, load, revisions }) => {
  const campaign = async () => (await db().selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
  const byCode = async <T>(map: Map<number, T>): Promise<Record<string, T>> => {
    const units = await db().selectFrom('unit').select(['id', 'code']).execute()
    return Object.fromEntries(
      units.flatMap(({ id, code }) => (map.has(id) ? [[code, map.get(id) as T]] : [])),
    )
  }
  const unitId = async (code: string) =>
    (await db().selectFrom('unit').where('code', '=', code).select('id').executeTakeFirstOrThrow()).id
  const net = async () =>
    Object.fromEntries(
      Object.entries(await byCode(await adjustmentsOf(db(), await campaign()))).map(([code, one]) => [
        code,
        one.net,
      ]),
    )
  const inForce = async (date: string) =>
    Object.fromEntries(
      Object.entries(await byCode(await vetoesOf(db(), await campaign(), date))).map(([code, all]) => [
        code,
        all.map(({ effect }) => effect),
      ]),
    )
  const deeds = async () => {
    const rows = await db()
      .selectFrom('audit')
      .orderBy('id')
      .select(['action', 'subject', 'reason'])
      .execute()
    return rows.filter(({ action }) => action !== 'load').map((deed) => Object.values(deed).join(' | '))
  }
  const rows = (table: 'adjustment' | 'veto') => db().selectFrom(table).orderBy('id').selectAll().execute()

  it('both sheets of a real file come in with the campaign, and again they write nothing', async () => {
    const file = await toFile({ ...adjusted(...points), ...vetoed(veto, zero) })
    const loadFile = async (by: string) => {
      const parsed = readCampaign(await readSheets(file))
      if (parsed.problems) throw new Error(JSON.stringify(parsed.problems))
      return describeChanges(await loadCampaign(db(), parsed.workbook, { ...options, by }))
    }
    expect(await loadFile('first')).toEqual(
      expect.arrayContaining(['加减分：新增 3，修改 0', '一票否决：新增 2，修改 0']),
    )
    const before = [await rows('adjustment'), await rows('veto'), await revisions(), await deeds()]
    expect(await loadFile('second')).toEqual([same])
    expect([await rows('adjustment'), await rows('veto'), await revisions(), await deeds()]).toEqual(before)
  })

  describe('adjustments', () => {
    beforeEach(async () => {
      await load(adjusted(...points))
    })

    it('add up by unit, with their documents, for all units or some', async () => {
      const all = await byCode(await adjustmentsOf(db(), await campaign()))
      expect(all).toEqual({
        S1: {
          ...{ plus: '2', minus: '1.5', net: '0.5' },
          items: [
            { points: '-1.5', document: '通报3号', reason: '报表逾期两次' },
            { points: '2', document: '通报4号', reason: '' },
          ],
        },
        J1: {
          ...{ plus: '0.5', minus: '0', net: '0.5' },
          items: [{ points: '0.5', document: '通报4号', reason: '' }],
        },
      })
      const some = await adjustmentsOf(db(), await campaign(), [await unitId('J1'), await unitId('S2')])
      expect(Object.keys(await byCode(some))).toEqual(['J1'])
      expect((await adjustmentsOf(db(), await campaign(), [])).size).toBe(0)
    })

    it('stay when the file does not have the sheet', async () => {
      const before = await rows('adjustment')
      expect(describeChanges(await load(smallCampaign()))).toEqual([same])
      expect(await rows('adjustment')).toEqual(before)
    })

    it('are changed, added and withdrawn, and readers notice', async () => {
      const before = await revisions()
      const changes = await load(
        adjusted(
          ['金苑社区', -3, '通报３号', '报表逾期四次'],
          ['汝河路街道', 0.5, '通报4号', null],
          ['锦苑社区', 1, '通报5号', null],
        ),
      )
      expect(describeChanges(changes)).toContain(
        '加减分：新增 1，修改 1（金苑社区 -3（通报３号）），撤销 1（金苑社区 +2（通报4号）），不变 1',
      )
      expect(await net()).toEqual({ S1: '-3', S2: '1', J1: '0.5' })
      expect((await rows('adjustment')).map(({ points, withdrawn }) => [points, withdrawn])).toEqual([
        ...[
          ['-3', false],
          ['2', true],
          ['0.5', false],
          ['1', false],
        ],
      ])
      expect(await revisions()).toEqual({
        ...{ revision: before.revision + 1, roster_version: before.roster_version + 1, rule_version: 1 },
      })
      expect((await deeds()).slice(3)).toEqual([
        'adjustment | 金苑社区 -3（通报３号） | 报表逾期四次',
        'adjustment | 锦苑社区 +1（通报5号） | ',
        'withdraw_adjustment | 金苑社区 +2（通报4号） | ',
      ])
    })

    it('are all withdrawn by a sheet without rows, once, and come back with their rows', async () => {
      expect(describeChanges(await load(adjusted()))).toContain(
        '加减分：新增 0，修改 0，撤销 3（金苑社区 -1.5（通报3号）；金苑社区 +2（通报4号）；汝河路街道 +0.5（通报4号））',
      )
      expect(await net()).toEqual({})
      expect(describeChanges(await load(adjusted()))).toEqual([same])
      expect(counts(await load(adjusted(...points)))).toEqual({ adjustments: 'changed 3' })
      expect(await net()).toEqual({ S1: '0.5', J1: '0.5' })
      expect(await rows('adjustment')).toHaveLength(3)
    })

    it('say what goes beyond the limits, and count only up to there', async () => {
      const many = [...points, ['金苑社区', 9, '通报6号', null], ['须水村', -20, '通报6号', null]]
      const pages = adjusted(...many, ['须水村', -0.5, '通报7号', null])
      const lines = describeChanges(await load(pages))
      expect(lines.slice(-2)).toEqual([
        '「金苑社区」加分合计 11，只计 10',
        '「须水村」减分合计 20.5，只计 20',
      ])
      expect(await net()).toEqual({ S1: '8.5', J1: '0.5', C1: '-20' })
      expect(describeChanges(await load(pages))).toEqual([same, ...lines.slice(-2)])
    })

    it('write nothing on a dry run', async () => {
      const before = [await rows('adjustment'), await deeds()]
      const changes = await load(adjusted(['锦苑社区', 1, '通报5号', null]), { dryRun: true })
      expect([changes.adjustments.added, changes.adjustments.withdrawn.length]).toEqual([1, 3])
      expect([await rows('adjustment'), await deeds()]).toEqual(before)
    })

    it('of one campaign are not those of another', async () => {
      const other = put(adjusted(['金苑社区', 5, '通报3号', null]), '方案', 2, '内容', '另一个活动')
      delete other['群']
      expect((await load(other)).adjustments).toMatchObject({ added: 1, withdrawn: [] })
      const [first, second] = await db().selectFrom('campaign').orderBy('id').select('id').execute()
      expect((await adjustmentsOf(db(), first?.id ?? 0)).size).toBe(2)
      expect((await adjustmentsOf(db(), second?.id ?? 0)).size).toBe(1)
    })
  })

  describe('vetoes', () => {
    beforeEach(async () => {
      await load(vetoed(veto, zero))
    })

    it('are in force on the days that they say, the first and the last included', async () => {
      expect(await inForce('2026-10-31')).toEqual({})
      expect(await inForce('2026-11-01')).toEqual({ S1: ['no_award'] })
      expect(await inForce('2026-11-10')).toEqual({ S1: ['no_award'], C1: ['indicator_zero'] })
      expect(await inForce('2026-11-30')).toEqual({ S1: ['no_award'], C1: ['indicator_zero'] })
      expect(await inForce('2026-12-01')).toEqual({ C1: ['indicator_zero'] })
    })

    it('know their indicator, document and both who approved', async () => {
      const { C1 } = await byCode(await vetoesOf(db(), await campaign(), '2026-12-01'))
      const { id } = await db()
        .selectFrom('indicator')
        .where('code', '=', 'M2')
        .select('id')
        .executeTakeFirstOrThrow()
      expect(C1).toEqual([
        {
          ...{ indicator: id, effect: 'indicator_zero', document: '通报9号', reason: '虚报' },
          ...{ approvedBy: ['何晓雯', '赵志强'], starts: '2026-11-10', ends: null },
        },
      ])
    })

    it('are changed and withdrawn, never deleted, with a line for each in the log', async () => {
      const ends = [...zero.slice(0, 8), '2026-11-20']
      expect(describeChanges(await load(vetoed(ends)))).toContain(
        '一票否决：新增 0，修改 1（须水村 该项得0分（通报9号）），撤销 1（金苑社区 不评先（通报8号））',
      )
      expect(await inForce('2026-11-20')).toEqual({ C1: ['indicator_zero'] })
      expect(await inForce('2026-11-21')).toEqual({})
      expect((await rows('veto')).map(({ withdrawn }) => withdrawn)).toEqual([true, false])
      expect(await deeds()).toEqual([
        'veto | 金苑社区 不评先（通报8号） | 数据造假',
        'veto | 须水村 该项得0分（通报9号） | 虚报',
        'veto | 须水村 该项得0分（通报9号） | 虚报',
        'withdraw_veto | 金苑社区 不评先（通报8号） | 数据造假',
      ])
    })

    it('have no effect once they are switched off, and stay', async () => {
      expect(counts(await load(withApprovers(smallCampaign())))).toEqual({ campaign: 'changed 1' })
      expect(await inForce('2026-11-10')).toEqual({})
      expect((await rows('veto')).map(({ withdrawn }) => withdrawn)).toEqual([false, false])
    })
  })

  it('a campaign of before, which knows nothing of vetoes, is the same as one that has them off', async () => {
    await load(smallCampaign())
    const { settings } = await db().selectFrom('campaign').selectAll().executeTakeFirstOrThrow()
    const { veto: off, ...before } = settings
    expect(off).toBe(false)
    await db()
      .updateTable('campaign')
      .set({ settings: JSON.stringify(before) })
      .execute()
    expect(describeChanges(await load(smallCampaign()))).toEqual([same])
    expect(await inForce('2026-11-10')).toEqual({})
    const changes = counts(await load(vetoed(veto)))
    expect(changes).toEqual({ campaign: 'changed 1', people: 'added 1', vetoes: 'added 1' })
    expect(await inForce('2026-11-10')).toEqual({ S1: ['no_award'] })
  })

  it('a failure half-way leaves nothing of them behind', async () => {
    const progress = () => {
      throw new Error('stopped')
    }
    await expect(load(adjusted(...points), { ...options, progress })).rejects.toThrow('stopped')
    expect(await rows('adjustment')).toEqual([])
  })
})
