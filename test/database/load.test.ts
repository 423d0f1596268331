// Loading a workbook: the first time, again, as a dry run, and with a failure half-way.
import { describe, expect, it } from 'vitest'
import { describeChanges, loadCampaign } from '../../src/database/load.ts'
import { UserError } from '../../src/errors.ts'
import { put, smallCampaign } from '../sheet/small-campaign.ts'
import { counts, keys, onBothDatabases, options, parsed, range, renamedCampaign } from './loading.ts'

onBothDatabases(({ db, load, everything, revisions, units, cell }) => {
  describe('the first time', () => {
    it('writes the whole campaign and says how much that was', async () => {
      const changes = await load(smallCampaign())
      expect(describeChanges(changes)).toEqual([
        '活动：新增 1，修改 0',
        '单位：新增 6，修改 0',
        '人员：新增 6，修改 0',
        '指标：新增 6，修改 0',
        '任务：新增 4，修改 0',
        '群：新增 2，修改 0',
        '数据：新增 9，修改 0',
        '注意：有 1 个数请核对（须水村 集体收入 未报→1018.5万元，比目标22.5万元多出太多）。按文件记；写错了的，请改文件再导入。',
      ])
      expect(await revisions()).toEqual({ revision: 1, roster_version: 1, rule_version: 1 })
    })

    it('gives every unit its parent, from the first day of the campaign on', async () => {
      await load(smallCampaign())
      const all = await units()
      const codes = new Map(all.map(({ unit_id, code }) => [unit_id, code]))
      expect(all.map(({ code, parent_id }) => [code, parent_id && codes.get(parent_id)])).toEqual([
        ...[
          ['Q', null],
          ['J1', 'Q'],
          ['J2', 'Q'],
          ['S1', 'J1'],
          ['S2', 'J1'],
          ['C1', 'J2'],
        ],
      ])
      expect(new Set(all.map(({ valid_from }) => valid_from))).toEqual(new Set(['2026-03-01']))
    })

    it('adds every cell up from its reports', async () => {
      await load(smallCampaign())
      expect(await cell('S1', 'M1')).toMatchObject({ value: '2', as_of: '2026-11-20' })
      expect(await cell('S1', 'M3')).toMatchObject({ value: null, num: '38', den: '40' })
      expect(await cell('S2', 'M3')).toMatchObject({ value: '95', num: null })
      expect(await cell('S1', 'M5')).toMatchObject({ value: '0.5', step: '创建' })
      expect(await cell('C1', 'M2')).toMatchObject({ value: '1018.5' })
      expect(await cell('S2', 'M1')).toBeUndefined()
    })

    it('keeps who reported, when, and that it was imported', async () => {
      await load(smallCampaign())
      const reports = await db()
        .selectFrom('report')
        .leftJoin('person', 'person.id', 'report.reporter_id')
        .select([
          'platform',
          'message_id',
          'op',
          'report.status',
          'raw_text',
          'reported_at',
          'person.name',
          'report.created_by',
        ])
        .where('message_id', 'like', 'S1/M1/2026-11-20/%')
        .execute()
      expect(reports).toEqual([
        {
          ...{ platform: 'import', message_id: 'S1/M1/2026-11-20/2', op: 'set', status: 'accepted' },
          ...{ raw_text: '导入：金苑社区 红色物业 2', name: '张建国', created_by: 'test' },
          reported_at: new Date('2026-11-20T18:00:00+08:00'),
        },
      ])
    })

    it('never dates a report later than now', async () => {
      await load(smallCampaign(), { now: new Date('2026-11-20T09:00:00+08:00') })
      const { latest } = await db()
        .selectFrom('report')
        .select((e) => e.fn.max('reported_at').as('latest'))
        .executeTakeFirstOrThrow()
      expect(latest).toEqual(new Date('2026-11-20T09:00:00+08:00'))
    })

    it('seals phone numbers and robots, and finds people by the mark of their number', async () => {
      await load(smallCampaign())
      expect(await everything()).not.toMatch(/19900000003|token-1|SEC-1|key-1/)
      const person = await db()
        .selectFrom('person')
        .where('phone_mark', '=', keys.mark('19900000003'))
        .select(['name', 'phone'])
        .executeTakeFirstOrThrow()
      expect(person.name).toBe('张建国')
      expect(keys.open(person.phone ?? '')).toBe('19900000003')
      const chats = await db().selectFrom('chat').select(['chat_id', 'push']).orderBy('chat_id').execute()
      expect(chats.map(({ push }) => JSON.parse(keys.open(push ?? '')))).toEqual([
        { token: 'token-1', secret: 'SEC-1' },
        { key: 'key-1' },
      ])
    })

    it('keeps steps and plan points so that they mean the same', async () => {
      await load(smallCampaign())
      const { steps, plan, cap } = await db()
        .selectFrom('indicator')
        .where('code', '=', 'M5')
        .selectAll()
        .executeTakeFirstOrThrow()
      expect(steps).toEqual({ 申报: 0.2, 创建: 0.5, 验收: 1 })
      expect(plan).toEqual([
        ['2026-06-30', 0.4],
        ['2026-09-30', 0.7],
      ])
      expect(cap).toBe('1.2')
    })
  })

  describe('the same file again', () => {
    it('writes nothing at all', async () => {
      await load(smallCampaign())
      const before = await everything()
      const changes = await load(smallCampaign(), { now: new Date('2026-11-25T10:00:00+08:00'), by: 'other' })
      expect(describeChanges(changes)).toEqual(['没有变化：文件内容与库里一致。'])
      expect(await everything()).toBe(before)
    })

    it('with rows in another order writes only what depends on the order', async () => {
      await load(smallCampaign())
      const before = await everything()
      const pages = smallCampaign()
      for (const sheet of ['单位', '人员', '任务', '数据', '群'])
        pages[sheet] = [...(pages[sheet] ?? []).slice(0, 1), ...(pages[sheet] ?? []).slice(1).reverse()]
      expect(counts(await load(pages))).toEqual({})
      expect(await everything()).toBe(before)
    })
  })

  describe('a dry run', () => {
    it('says what would change and leaves an empty database empty', async () => {
      const before = await everything()
      const changes = await load(smallCampaign(), { dryRun: true })
      expect(changes.units.added).toBe(6)
      expect(changes.reports.added).toBe(9)
      expect(await everything()).toBe(before)
    })

    it('of a changed file changes nothing either', async () => {
      await load(smallCampaign())
      const before = await everything()
      const renamed = await load(renamedCampaign(), { dryRun: true })
      expect(renamed.units).toMatchObject({ changed: 1, examples: ['金苑社区→金苑南社区'] })
      expect(await everything()).toBe(before)
    })
  })

  describe('a failure half-way', () => {
    it('leaves nothing behind', async () => {
      const before = await everything()
      const workbook = parsed(smallCampaign())
      const last = workbook.reports.at(-1)
      if (last) last.value = 'not a number'
      await expect(loadCampaign(db(), workbook, options)).rejects.toThrow()
      expect(await everything()).toBe(before)
      await load(smallCampaign())
      expect((await revisions()).revision).toBe(1)
    })

    it('of the one who is told about the progress leaves nothing behind', async () => {
      const before = await everything()
      const progress = () => {
        throw new Error('stopped')
      }
      await expect(load(smallCampaign(), { progress })).rejects.toThrow('stopped')
      expect(await everything()).toBe(before)
    })
  })

  describe('two campaigns', () => {
    it('live beside each other in one database', async () => {
      await load(smallCampaign())
      const second = put(smallCampaign(), '方案', 2, '内容', '另一个活动')
      delete second['群']
      const changes = await load(second)
      expect(changes.reports.added).toBe(9)
      expect(counts(await load(smallCampaign()))).toEqual({})
    })

    it('do not take each other’s chats, until one has ended', async () => {
      await load(smallCampaign())
      const second = put(smallCampaign(), '方案', 2, '内容', '另一个活动')
      await expect(load(second)).rejects.toThrow(UserError)
      await expect(load(second)).rejects.toThrow('群「汝河路攻坚群」正在用于活动「小活动」')
      expect(await db().selectFrom('campaign').select('name').execute()).toEqual([{ name: '小活动' }])
      await db().updateTable('campaign').set({ status: 'archived' }).execute()
      expect((await load(second)).chats).toMatchObject({ added: 0, changed: 2 })
    })
  })

  it('loads 20,000 numbers in a few seconds and tells how far it is', async () => {
    const pages = smallCampaign()
    pages['单位']?.push(
      ...range(140).map((n) => [`X${n}`, `示例${n}社区`, null, '社区', '汝河路街道', null, null]),
    )
    put(pages, '指标', 2, '目标', 500)
    pages['数据'] = [
      ...(pages['数据'] ?? []),
      ...range(140).flatMap((n) =>
        range(143).map((day) => [`X${n}`, '红色物业', 46_100 + day, day, null, null, null, null]),
      ),
    ]
    const workbook = parsed(pages)
    const steps: number[] = []
    const started = performance.now()
    const changes = await loadCampaign(db(), workbook, {
      ...options,
      progress: (done) => steps.push(done),
    })
    expect(performance.now() - started).toBeLessThan(25_000)
    expect(changes.reports.added).toBe(20_029)
    expect(steps.at(-1)).toBe(20_029)
    expect(steps.length).toBeGreaterThan(5)
    expect(await cell('X139', 'M1')).toMatchObject({ value: '142' })
    expect(counts(await loadCampaign(db(), workbook, options))).toEqual({})
  })
})
