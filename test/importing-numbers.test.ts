// A clerk's table of numbers is offered, accepted, and undone as a whole; what was said in the chat since stands.
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { accept, type Offered, offer } from '../src/importing.ts'
import { undo, undoable } from '../src/importing-undo.ts'
import type { Push } from '../src/push.ts'
import { onBothDatabases } from './database/loading.ts'
import { type Pages, smallCampaign } from './sheet/small-campaign.ts'
import { importingWith, later, now, rowsOf, sentence } from './support/importing.ts'

onBothDatabases((tools) => {
  const {
    importing,
    fileOf,
    offered,
    campaign,
    unitOf,
    personOf,
    cellOf,
    saidOf,
    secretaryOf,
    districtClerk,
  } = importingWith(tools)
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
      '「进度」的数按文件名算作 2026年11月1日 的',
    ])
    await accepted(old)
    expect((await tools.cell('S1', 'M1'))?.value).toBe('2')
    const offer = await numbers([head, ['金苑社区', 3, '97.5%', '验收'], ['须水村', 2, null, null]])
    expect(offer.kind).toBe('数据表，截至11月21日')
    expect(offer.lines).toEqual([
      '数据：新增 3',
      '金苑社区：红色物业 2→3个，覆盖率 38/40→97.5%，示范楼院 创建→验收',
      '「进度」的数按文件名算作 2026年11月21日 的',
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
      '「进度」的数按文件名算作 2026年11月21日 的',
    ])
  })

  it('is undone by withdrawing its numbers; what was said since stands', async () => {
    await tools.load(smallCampaign())
    const before = await rowsOf(tools)
    const offer = await numbers([head, ['金苑社区', 3, '97.5%', null]])
    await accepted(offer)
    const { lines } = await undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later })
    expect(lines).toEqual(['2 项的数收回了，恢复到导入之前。', '同一个文件可以再导入。'])
    expect(await rowsOf(tools)).toEqual(before)
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

  it('that was loaded before does not undo what was said since, and says so', async () => {
    await tools.load(smallCampaign())
    const rows = [head, ['金苑社区', 3, null, null], ['锦苑社区', 1, null, null]]
    await accepted(await numbers(rows))
    await saidOf(await cellOf('S1', 'M1'), 'set', 5)
    const again = await numbers(rows)
    expect(again.changes).toBe(false)
    expect(again.lines.slice(0, 2)).toEqual([
      '没有变化：文件里的数都导入过了。',
      '有 1 个数以前导入过，后来又报过或更正过，照现在的不动（金苑社区 红色物业 文件3，现在5）。要按文件的改，请说“更正：”和单位、指标、数。',
    ])
  })

  it('tells of a total that was added to since, and is added up again without it', async () => {
    await tools.load(smallCampaign())
    const offer = await numbers([head, ['金苑社区', 3, null, null]])
    await accepted(offer)
    await saidOf(await cellOf('S1', 'M1'), 'add', 2)
    const { lines } = await undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later })
    expect(lines[0]).toBe('1 项后来又加过数，重新合计：金苑社区 红色物业 5个→4个。')
  })

  it('is undone within a day by who brought it, and by the district at any time', async () => {
    await tools.load(smallCampaign())
    const file = await table([head, ['金苑社区', 3, null, null]])
    const own = await secretaryOf()
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
    const own = await secretaryOf()
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
    expect(await sentence(undo(importing(), await campaign(), offer.id, { by: '何晓雯', now: later }))).toBe(
      '没有撤销：这次导入的数已经写进公布了的通报。数不对请说“更正：”和正确的数，并请专班发勘误。',
    )
    expect((await tools.cell('S1', 'M1'))?.value).toBe('3')
  })

  it('tells the secretaries of other units which of their numbers changed, and when that is undone', async () => {
    await tools.load(smallCampaign())
    const { id: secretary } = await secretaryOf()
    const clerk = await districtClerk()
    const told: Push[] = []
    const push = async (_tx: unknown, pushes: Push[]) => void told.push(...pushes)
    const file = await table([head, ['金苑社区', 3, null, '验收'], ['锦苑社区', 1, null, null]])
    const offer = await offered({ ...file, person: clerk, campaign: await campaign() })
    await accept({ ...importing(), push }, offer.id, { person: clerk, by: '何晓雯', now })
    await undo({ ...importing(), push }, await campaign(), offer.id, {
      person: clerk,
      by: '何晓雯',
      now: later,
    })
    const texts = told.map(({ to, reply }) => [
      to,
      reply.blocks.flatMap((block) => ('text' in block ? block.text : [])),
    ])
    const another = { person: await personOf((await unitOf('S2')).id) }
    const closing = '有不对的，请说“更正：”和正确的数。'
    const [did, undid] = ['何晓雯导入', '何晓雯撤销了导入'].map(
      (deed) => `${deed}《进度（11月21日）.xlsx》（编号${offer.id}），`,
    )
    expect(texts).toEqual([
      [
        { person: secretary },
        [`${did}金苑社区有 2 个数改了：`, '红色物业 2→3个', '示范楼院 创建→验收', closing],
      ],
      [another, [`${did}锦苑社区有 1 个数改了：`, '红色物业 未报→1个', closing]],
      [
        { person: secretary },
        [`${undid}金苑社区有 2 个数改了：`, '红色物业 3→2个', '示范楼院 验收→创建', closing],
      ],
      [another, [`${undid}锦苑社区有 1 个数改了：`, '红色物业 1个→未报', closing]],
    ])
    const { rows } =
      await sql`select on_behalf, reporter_id from report where platform = 'import' and op = 'set'
      order by id desc limit 1`.execute(tools.db())
    expect(rows).toEqual([{ on_behalf: true, reporter_id: clerk.id }])
  })

  it('confirmed after a ranking was taken does not change what it stands on', async () => {
    await tools.load(smallCampaign())
    const own = await secretaryOf()
    const file = await table([head, ['金苑社区', 3, null, null]])
    const offer = await offered({ ...file, person: own, campaign: await campaign() })
    const nextWeek = new Date('2026-11-30T10:00:00+08:00')
    expect(
      await sentence(accept(importing(), offer.id, { person: own, by: '张建国', now: nextWeek })),
    ).toContain('11月21日的数已经进了上周的排名')
    expect((await tools.cell('S1', 'M1'))?.value).toBe('2')
  })

  it('that changes nothing is kept for its looks, once, and there is nothing to undo', async () => {
    await tools.load(smallCampaign())
    const clerk = await districtClerk()
    const file = { ...(await table([head, ['金苑社区', 3, null, null]])), campaign: await campaign() }
    const first = await offered(file)
    await accepted(first)
    for (const _ of [1, 2])
      expect(await offered({ ...file, person: clerk })).toMatchObject({ changes: false })
    const kept = await tools
      .db()
      .selectFrom('workbook')
      .where('person_id', '=', clerk.id)
      .select(['id', 'state'])
      .execute()
    expect(kept).toEqual([{ id: expect.any(Number), state: 'loaded' }])
    expect((await undoable(importing(), await campaign(), { person: clerk, now: later })).id).toBe(first.id)
    const own = { id: kept[0]?.id ?? 0, person: clerk, now: later }
    expect(await sentence(undoable(importing(), await campaign(), own))).toBe(
      '《进度（11月21日）.xlsx》没有改过什么，不用撤销。',
    )
  })

  it('that somebody else takes back is told to who brought it', async () => {
    await tools.load(smallCampaign())
    const own = await secretaryOf()
    const clerk = await districtClerk()
    const file = await table([head, ['金苑社区', 3, null, null]])
    const offer = await offered({ ...file, person: own, campaign: await campaign() })
    await accept(importing(), offer.id, { person: own, by: '张建国', now })
    const told: Push[] = []
    const push = async (_tx: unknown, pushes: Push[]) => void told.push(...pushes)
    await undo({ ...importing(), push }, await campaign(), offer.id, {
      person: clerk,
      by: '何晓雯',
      now: later,
    })
    const heads = told.map(
      ({
        to,
        reply: {
          blocks: [block],
        },
      }) => [to, block && 'text' in block ? block.text : ''],
    )
    expect(heads).toContainEqual([
      { person: own.id },
      `何晓雯撤销了您导入的《进度（11月21日）.xlsx》（编号${offer.id}）：`,
    ])
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
