// A campaign's workbook is offered, accepted, dropped, and undone as a whole.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { rebuildCells, type TouchedCell } from '../src/database/load-cells.ts'
import { UserError } from '../src/errors.ts'
import { accept, drop, type File, loadAtOnce, type Offered, offer } from '../src/importing.ts'
import { contentOf, parseFile } from '../src/importing-file.ts'
import { undo, undoable } from '../src/importing-undo.ts'
import { keys, onBothDatabases, type Tools } from './database/loading.ts'
import { type Pages, put, smallCampaign, toFile } from './sheet/small-campaign.ts'

const now = new Date('2026-11-22T10:00:00+08:00')
const later = new Date('2026-11-23T10:00:00+08:00')

/** Everything that an undo puts back: ids of what came and went do not matter, nor counters. */
const restored = [
  ...['campaign', 'unit', 'unit_version', 'person', 'account', 'assignment', 'indicator', 'target', 'chat'],
  ...['cell', 'adjustment', 'veto', 'calendar_day', 'standing', 'subtotal', 'spread'],
]
async function rows({ db }: Tools): Promise<Record<string, unknown[]>> {
  const contents = restored.map(async (table) => {
    const query = sql<{ row: string }>`select (to_jsonb(t) - 'revision' - 'roster_version')::text as row
      from ${sql.table(table)} as t order by 1`
    return [table, (await query.execute(db())).rows.map(({ row }) => row)] as const
  })
  return Object.fromEntries(await Promise.all(contents))
}

/** 金苑社区 is renamed, a target and a weight move, a village, a person, a chat, a holiday and two numbers come. */
function changed(): Pages {
  const pages = smallCampaign()
  for (const cells of Object.values(pages).flat())
    for (const [at, cell] of cells.entries()) if (cell === '金苑社区') cells[at] = '金苑南社区'
  put(pages, '任务', 2, '目标', 6)
  put(pages, '指标', 2, '权重', 10)
  put(pages, '指标', 7, '权重', 30)
  put(pages, '数据', 3, '数值', 3)
  put(pages, '人员', 5, '钉钉账号', 'zhangjianguo2')
  pages['单位']?.push(['C2', '新村', null, '村', '须水街道', null, 6])
  pages['人员']?.push(['王新', '书记', '新村', null, '19900000009', 'wangxin', null])
  pages['任务']?.push(['新村', '红色物业', 2, null, null, '王新', null, null])
  pages['数据']?.push(['新村', '红色物业', '2026-11-21', 1, null, null, null, '王新'])
  pages['群']?.push(['钉钉', 'cid-2', '须水群', '须水街道', 'token-2', 'SEC-2'])
  pages['加减分'] = [
    ['单位', '分值', '文号', '原因'],
    ['金苑南社区', 1, '中办〔2026〕1号', '创新'],
  ]
  return pages
}

onBothDatabases((tools) => {
  const importing = () => ({ db: tools.db(), keys })
  const fileOf = async (pages: Pages, more: Partial<File> = {}): Promise<File> => ({
    ...{ bytes: Buffer.from(await toFile(pages)), fileName: '活动.xlsx', by: '何晓雯', now, ...more },
  })
  const offered = async (file: File): Promise<Offered> => {
    const answer = await offer(importing(), file)
    if (answer.problems) throw new Error(JSON.stringify(answer.problems))
    return answer
  }
  const loaded = async (pages: Pages, more: Partial<File> = {}) => {
    const { id } = await offered(await fileOf(pages, more))
    return { id, done: await accept(importing(), id, { by: '何晓雯', now, ...more }) }
  }
  const campaign = async () =>
    (await tools.db().selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
  const unitOf = (code: string) =>
    tools.db().selectFrom('unit').where('code', '=', code).select('id').executeTakeFirstOrThrow()
  const personOf = async (unit: number) =>
    (
      await tools
        .db()
        .selectFrom('assignment')
        .where('unit_id', '=', unit)
        .select('person_id as id')
        .executeTakeFirstOrThrow()
    ).id
  const sentence = (work: Promise<unknown>) =>
    work.then(
      () => 'nothing was refused',
      (error: unknown) => (error instanceof UserError ? error.message : String(error)),
    )

  describe('an offer', () => {
    it('writes nothing and says what would change; accepted, it is written once', async () => {
      await tools.load(smallCampaign())
      const before = await rows(tools)
      const { id, lines, changes } = await offered(await fileOf(changed()))
      expect(changes).toBe(true)
      expect(lines).toEqual([
        '活动：修改 1（小活动）',
        '单位：新增 1，修改 1（金苑社区→金苑南社区）',
        '人员：新增 1，修改 1（张建国）',
        '指标：修改 2（红色物业；政策掌握）',
        '任务：新增 1，修改 1（金苑南社区 红色物业 目标 4→6）',
        '群：新增 1',
        '加减分：新增 1',
        '数据：新增 1，修改 1',
        '金苑南社区：红色物业 2→3个',
        '新村：红色物业 未报→1个',
        '规则改了，现在是第2版：升降不和以前版本的名次作比较。',
      ])
      expect(await rows(tools)).toEqual(before)
      const done = await accept(importing(), id, { by: '何晓雯', now })
      expect([done.again, done.before, done.lines]).toEqual([false, false, lines])
      const after = await tools.everything()
      const twice = await accept(importing(), id, { by: '何晓雯', now: later })
      expect([twice.before, twice.lines[0]]).toEqual([
        true,
        `《活动.xlsx》11月22日 10:00已经导入，没有再写一遍。要撤销请说“撤销导入 编号${id}”。`,
      ])
      expect(await tools.everything()).toBe(after)
    })

    it('of the same file says that nothing changes, and is not kept', async () => {
      await tools.load(smallCampaign())
      const { changes, lines } = await offered(await fileOf(smallCampaign()))
      expect([changes, lines]).toEqual([false, ['没有变化：文件里有的都与库里一致。']])
      expect(await tools.db().selectFrom('workbook').select('id').execute()).toEqual([])
    })

    it('sent twice keeps its number, so that a message that comes again asks nothing new', async () => {
      await tools.load(smallCampaign())
      const first = await offered(await fileOf(changed()))
      const second = await offered(await fileOf(changed(), { now: later }))
      expect(second.id).toBe(first.id)
      expect(await tools.db().selectFrom('workbook').select('id').execute()).toHaveLength(1)
    })

    it('is shown anew when somebody has changed the numbers meanwhile', async () => {
      await tools.load(smallCampaign())
      const { id } = await offered(await fileOf(changed()))
      await tools.load(put(smallCampaign(), '数据', 3, '数值', 4))
      const first = await accept(importing(), id, { by: '何晓雯', now })
      expect([first.again, first.lines.find((words) => words.startsWith('金苑'))]).toEqual([
        true,
        '金苑南社区：红色物业 4→3个',
      ])
      expect((await tools.cell('S1', 'M1'))?.value).toBe('4')
      expect((await accept(importing(), id, { by: '何晓雯', now })).again).toBe(false)
      expect((await tools.cell('S1', 'M1'))?.value).toBe('3')
    })

    it('has nothing left to do when somebody has loaded the same meanwhile', async () => {
      await tools.load(smallCampaign())
      const { id } = await offered(await fileOf(changed()))
      await tools.load(changed())
      const done = await accept(importing(), id, { by: '何晓雯', now })
      expect([done.same, done.again]).toEqual([true, false])
    })

    it('of two clerks at once, each is written or shown again, whatever the order', async () => {
      await tools.load(smallCampaign())
      const one = await offered(await fileOf(put(smallCampaign(), '数据', 3, '数值', 3), { by: '甲' }))
      const two = await offered(await fileOf(put(smallCampaign(), '数据', 3, '数值', 4), { by: '乙' }))
      const done = await Promise.all(
        [one, two].map(({ id }, at) => accept(importing(), id, { by: at ? '乙' : '甲', now })),
      )
      expect(done.filter(({ again }) => again)).toHaveLength(1)
      expect((await tools.cell('S1', 'M1'))?.value).toBe(done[0]?.again ? '4' : '3')
    })

    it('that was dropped, or is another person’s, is not written', async () => {
      await tools.load(smallCampaign())
      const person = {
        id: 1,
        name: '何晓雯',
        duties: [{ role: 'district_admin' as const, unit: 1, team: null }],
      }
      const { id } = await offered(await fileOf(changed(), { person, campaign: await campaign() }))
      const other = { ...person, id: 3, name: '周敏' }
      expect(await sentence(accept(importing(), id, { person: other, by: '周敏', now }))).toBe(
        `编号${id} 是何晓雯发来的文件，由何晓雯自己确认。`,
      )
      expect(await drop(importing(), id, { person })).toBe('活动.xlsx')
      expect(await sentence(accept(importing(), id, { person, by: '何晓雯', now }))).toBe(
        '《活动.xlsx》已经取消了。要导入请把文件再发一次。',
      )
      expect(await sentence(accept(importing(), 999, { by: '周敏', now }))).toMatch(/^没有这个编号的文件/)
    })
  })

  describe('undoing', () => {
    it('puts every row back, and the same file can be loaded again', async () => {
      await tools.load(smallCampaign())
      const before = await rows(tools)
      const { id } = await loaded(changed())
      const { lines } = await undo(importing(), await campaign(), id, { by: '何晓雯', now: later })
      expect(lines).toEqual([
        '2 项的数收回了，恢复到导入之前。',
        expect.stringMatching(/^名册、指标、任务等 \d+ 处改回了导入之前。$/),
        '已经有数或记录、删不掉的停用了：人员「王新」、单位「新村」。单位不再显示，人员算离任，指标权重为 0。',
        '规则也改了回去，现在是第1版。',
        '同一个文件可以再导入。',
      ])
      const after = await rows(tools)
      const withoutNew = (table: string) => after[table]?.filter((row) => !/新村|王新|"C2"/.test(String(row)))
      // What reports hang on stays behind, out of use.
      for (const table of restored.filter((name) => !['cell'].includes(name)))
        expect([table, withoutNew(table)]).toEqual([table, before[table]])
      expect((await tools.cell('S1', 'M1'))?.value).toBe('2')
      expect((await tools.units()).map(({ name }) => name)).not.toContain('新村')
      const again = await loaded(changed(), { now: later })
      expect([again.done.again, again.done.same]).toEqual([false, false])
      expect((await tools.cell('S1', 'M1'))?.value).toBe('3')
      expect((await tools.cell('C2', 'M1'))?.value).toBe('1')
      expect((await tools.units()).map(({ name }) => name)).toContain('新村')
    })

    it('leaves an audit line, and refuses to do it twice', async () => {
      await tools.load(smallCampaign())
      const { id } = await loaded(changed())
      await undo(importing(), await campaign(), id, { by: '何晓雯', now: later })
      const deeds = await tools
        .db()
        .selectFrom('audit')
        .select(['action', 'actor', 'subject'])
        .orderBy('id')
        .execute()
      expect(deeds.at(-1)).toEqual({ action: 'undo_load', actor: '何晓雯', subject: '活动.xlsx' })
      expect(await sentence(undo(importing(), await campaign(), id, { by: '何晓雯', now: later }))).toBe(
        '《活动.xlsx》11月23日 10:00已经由何晓雯撤销了。',
      )
    })

    it('undoes nothing when somebody has changed a row since, and says which', async () => {
      await tools.load(smallCampaign())
      const { id } = await loaded(changed())
      await tools.load(put(changed(), '任务', 2, '目标', 7))
      const before = await tools.everything()
      expect(await sentence(undo(importing(), await campaign(), id, { by: '何晓雯', now: later }))).toBe(
        '没有撤销：导入以后又有人改过任务「金苑南社区 红色物业」，撤销会把这些也改掉。后来的导入请先撤销；别的请改好工作簿再导入。',
      )
      expect(await tools.everything()).toBe(before)
    })

    it('does not undo the file that made the campaign', async () => {
      const file = await fileOf(smallCampaign())
      const parsed = await parseFile(file.bytes, '2026-11-22')
      if (parsed.problems) throw new Error('has problems')
      const content = await contentOf(tools.db(), parsed, { ...file, today: '2026-11-22' })
      if (content.problems) throw new Error('has problems')
      await loadAtOnce(importing(), file, content, { dryRun: false })
      expect(await sentence(undoable(importing(), await campaign(), { now: later }))).toMatch(
        /^《活动\.xlsx》建立了这次活动，不能整个撤销。/,
      )
    })

    it('of a rule version that a snapshot stands on gives the old rules another version', async () => {
      await tools.load(smallCampaign())
      const { id } = await loaded(changed())
      await sql`insert into snapshot overriding system value select (jsonb_populate_record(null::snapshot, to_jsonb(s)
        || '{"id": 999, "rule_version": 2, "taken_at": "2026-11-22T12:00:00Z"}')).*
        from snapshot as s order by id limit 1`.execute(tools.db())
      const { lines } = await undo(importing(), await campaign(), id, { by: '何晓雯', now: later })
      expect(lines).toContain('规则也改了回去，现在是第3版。')
    })
  })

  describe('a table of numbers', () => {
    const table = (rows: Pages[string], name = '进度（11月21日）.xlsx') =>
      fileOf({ 进度: rows }, { fileName: name })
    const numbers = async (rows: Pages[string], name?: string) => {
      const file = { ...(await table(rows, name)), campaign: await campaign() }
      return offered(file)
    }
    const accepted = ({ id }: Offered, when = now) => accept(importing(), id, { by: '何晓雯', now: when })
    const head = ['单位', '红色物业', '覆盖率', '示范楼院']

    it('writes numbers of every kind of its day; an earlier day is history, an exempt cell is left out', async () => {
      await tools.load(smallCampaign())
      const old = await numbers([head, ['金苑社区', 1, null, null]], '进度（11月1日）.xlsx')
      expect(old.lines).toEqual([
        '数据：新增 1',
        '1 个数不改现在的数：和现在的一样，或者日期较早。',
        '「进度」的数按文件名算作 2026-11-01 的',
      ])
      await accepted(old)
      expect((await tools.cell('S1', 'M1'))?.value).toBe('2')
      const offer = await numbers([head, ['金苑社区', 3, '97.5%', '验收'], ['须水村', 2, null, null]])
      expect(offer.kind).toBe('数据表，截至11月21日')
      expect(offer.lines).toEqual([
        '数据：新增 3',
        '金苑社区：红色物业 2→3个，覆盖率 38/40→97.5%，示范楼院 创建→验收',
        '「进度」的数按文件名算作 2026-11-21 的',
        '1 个数的指标不涉及该单位，没有记：须水村 红色物业。',
      ])
      await accepted(offer)
      expect(await tools.cell('S1', 'M1')).toMatchObject({ value: '3', as_of: '2026-11-21' })
      expect(await tools.cell('S1', 'M5')).toMatchObject({ step: '验收' })
    })

    it('shows what is lower first, and says so', async () => {
      await tools.load(smallCampaign())
      const { lines } = await numbers([head, ['锦苑社区', 1, null, null], ['金苑社区', 1, null, null]])
      expect(lines).toEqual([
        '数据：新增 2',
        '注意：有 1 个数请核对（金苑社区 红色物业 2个→1个，比上次（2个）少）。按文件记；写错了的，请改文件再导入。',
        '金苑社区：红色物业 2→1个',
        '锦苑社区：红色物业 未报→1个',
        '「进度」的数按文件名算作 2026-11-21 的',
      ])
    })

    it('is undone by withdrawing its numbers; what was said since stands', async () => {
      await tools.load(smallCampaign())
      const before = await rows(tools)
      const offer = await numbers([head, ['金苑社区', 3, '97.5%', null]])
      await accepted(offer)
      const { lines } = await undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later })
      expect(lines).toEqual(['2 项的数收回了，恢复到导入之前。', '同一个文件可以再导入。'])
      expect(await rows(tools)).toEqual(before)
      const again = await numbers([head, ['金苑社区', 3, '97.5%', null]])
      await accepted(again, later)
      await accepted(await numbers([head, ['金苑社区', 4, null, null]], '进度（11月22日）.xlsx'), later)
      const second = await undo(importing(), await campaign(), again.id, { by: '何晓雯', now: later })
      expect(second.lines).toEqual([
        '1 项的数收回了，恢复到导入之前。',
        '1 项后来又报过或更正过，照现在的数不动：金苑社区 红色物业 4个。',
        '同一个文件可以再导入。',
      ])
      expect(await tools.cell('S1', 'M1')).toMatchObject({ value: '4', as_of: '2026-11-22' })
      expect(await tools.cell('S1', 'M3')).toMatchObject({ num: '38' })
    })

    it('tells of a total that was added to since, and is added up again without it', async () => {
      await tools.load(smallCampaign())
      const offer = await numbers([head, ['金苑社区', 3, null, null]])
      await accepted(offer)
      await sql`insert into report (campaign_id, unit_id, indicator_id, op, value, as_of, reported_at, platform, robot,
          message_id, raw_text, status, created_by)
        select campaign_id, unit_id, indicator_id, 'add', 2, as_of, ${later}, 'dingtalk', 'r', 'm1', '又签了2个', 'accepted', 'x'
        from report order by id desc limit 1`.execute(tools.db())
      const touched = await sql<TouchedCell>`select unit_id, indicator_id from report
        order by id desc limit 1`.execute(tools.db())
      const campaignId = await campaign()
      await tools
        .db()
        .transaction()
        .execute((tx) => rebuildCells({ tx, campaignId }, touched.rows))
      const { lines } = await undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later })
      expect(lines[0]).toBe('1 项后来又加过数，重新合计：金苑社区 红色物业 5个→4个。')
    })

    it('is undone within a day by who brought it, and by the district at any time', async () => {
      await tools.load(smallCampaign())
      const file = await table([head, ['金苑社区', 3, null, null]])
      const { id: unit } = await unitOf('S1')
      const own = {
        id: await personOf(unit),
        name: '张建国',
        duties: [{ role: 'secretary' as const, unit, team: null }],
      }
      const offer = await offered({ ...file, person: own, campaign: await campaign() })
      await accept(importing(), offer.id, { person: own, by: '张建国', now })
      const twoDays = { by: '张建国', now: new Date('2026-11-24T10:00:01+08:00') }
      const tooLate = '《进度（11月21日）.xlsx》导入超过24小时了，不能整个撤销。'
      expect(await sentence(undoable(importing(), await campaign(), { ...twoDays, person: own }))).toContain(
        tooLate,
      )
      expect(
        await sentence(undo(importing(), await campaign(), offer.id, { ...twoDays, person: own })),
      ).toContain(tooLate)
      const clerk = {
        id: own.id + 1,
        name: '何晓雯',
        duties: [{ role: 'district_admin' as const, unit: null, team: null }],
      }
      const { lines } = await undo(importing(), await campaign(), offer.id, { ...twoDays, person: clerk })
      expect(lines[0]).toBe('1 项的数收回了，恢复到导入之前。')
    })

    it('of a secretary leaves out what comes from elsewhere, and refuses days that a ranking stands on', async () => {
      await tools.load(smallCampaign())
      await sql`update indicator set source = 'quiz' where name = '覆盖率'`.execute(tools.db())
      const { id: unit } = await unitOf('S1')
      const own = {
        id: await personOf(unit),
        name: '张建国',
        duties: [{ role: 'secretary' as const, unit, team: null }],
      }
      const from = async (name: string, cells: Pages[string][number]) => {
        const file = await table([head, cells], name)
        return offer(importing(), { ...file, person: own, campaign: await campaign() })
      }
      const both = await from('进度（11月21日）.xlsx', ['金苑社区', 3, '97.5%', null])
      expect(both).toMatchObject({ changes: true })
      expect('lines' in both && both.lines).toContain('覆盖率由系统从别处取数，不用报：1 个数没有记。')
      const alone = await from('进度（11月21日）.xlsx', ['金苑社区', null, '97.5%', null])
      expect(alone.problems?.[0]?.message).toContain('没有读到一个可以登记的数')
      const old = await from('进度（11月12日）.xlsx', ['金苑社区', 3, null, null])
      expect(old.problems?.[0]).toMatchObject({
        row: 2,
        message: expect.stringContaining('11月12日的数已经进了上周的排名'),
      })
    })

    it('stays when a published bulletin stands on it', async () => {
      await tools.load(smallCampaign())
      const offer = await numbers([head, ['金苑社区', 3, null, null]])
      await accepted(offer)
      await sql`insert into snapshot overriding system value select (jsonb_populate_record(null::snapshot, to_jsonb(s)
        || '{"id": 999, "high_water": 999, "taken_at": "2026-11-22T12:00:00Z"}')).*
        from snapshot as s order by id limit 1`.execute(tools.db())
      await sql`insert into bulletin (campaign_id, unit_id, snapshot_id, kind, state, reply, approved_by, created_by)
        select campaign_id, id, 999, 'weekly', 'published', '{"blocks":[]}', (select min(id) from person), 'test'
        from unit where code = 'Q'`.execute(tools.db())
      expect(
        await sentence(undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later })),
      ).toBe('没有撤销：这次导入的数已经写进公布了的通报。数不对请说“更正：”和正确的数，并请专班发勘误。')
      expect((await tools.cell('S1', 'M1'))?.value).toBe('3')
    })

    it('of units that are not the sender’s is refused row by row', async () => {
      await tools.load(smallCampaign())
      const { id: unit } = await tools
        .db()
        .selectFrom('unit')
        .where('code', '=', 'J1')
        .select('id')
        .executeTakeFirstOrThrow()
      const person = { id: 3, name: '周敏', duties: [{ role: 'street_admin' as const, unit, team: null }] }
      const file = await table([head, ['金苑社区', 3, null, null], ['须水村', null, '50%', null]])
      const answer = await offer(importing(), { ...file, person, campaign: await campaign() })
      expect(answer.problems).toEqual([
        {
          sheet: '进度',
          row: 3,
          column: '覆盖率',
          at: 2,
          message: '您不能报「须水村」的数，请删掉这一行再发',
        },
      ])
      expect('annotated' in answer && answer.annotated?.name).toBe('进度（11月21日）（问题已标注）.xlsx')
    })
  })
})
