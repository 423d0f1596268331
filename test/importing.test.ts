// A campaign's workbook is offered, accepted, dropped, and undone as a whole.
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { accept, drop, loadAtOnce } from '../src/importing.ts'
import { contentOf, parseFile } from '../src/importing-file.ts'
import { undo, undoable } from '../src/importing-undo.ts'
import { onBothDatabases } from './database/loading.ts'
import { type Pages, put, smallCampaign } from './sheet/small-campaign.ts'
import { importingWith, later, now, restored, rowsOf, sentence } from './support/importing.ts'

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
  const { importing, fileOf, offered, loaded, campaign } = importingWith(tools)

  describe('an offer', () => {
    it('writes nothing and says what would change; accepted, it is written once', async () => {
      await tools.load(smallCampaign())
      const before = await rowsOf(tools)
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
      expect(await rowsOf(tools)).toEqual(before)
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
      const before = await rowsOf(tools)
      const { id } = await loaded(changed())
      const { lines } = await undo(importing(), await campaign(), id, { by: '何晓雯', now: later })
      expect(lines).toEqual([
        '2 项的数收回了，恢复到导入之前。',
        expect.stringMatching(/^名册、指标、任务等 \d+ 处改回了导入之前。$/),
        '已经有数或记录、删不掉的停用了：人员「王新」、单位「新村」。单位不再显示，人员算离任，指标权重为 0。',
        '规则也改了回去，现在是第1版。',
        '同一个文件可以再导入。',
      ])
      const after = await rowsOf(tools)
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
})
