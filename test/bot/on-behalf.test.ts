// Numbers for others, taken back, rejected: both sides hear of it, and what the district does has a reason.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chained } from '../../src/database/audit.ts'
import { readRoster } from '../../src/database/roster.ts'
import { takeSnapshot } from '../../src/database/snapshots.ts'
import { admin, clerk, eventsIn, numberOf, privately, secretary, type Talk, talk } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())
beforeEach(() => talking.clock.pass(700))

const supervisor = { id: 'liuyang', name: '刘洋' }

/** What people were told in private since: 「张建国：…」. */
async function toldSince(id: number): Promise<string[]> {
  const rows = await talking.db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'outbox.person_id')
    .where('outbox.id', '>', id)
    .orderBy('outbox.id')
    .select(['person.name', 'reply'])
    .execute()
  return rows.map(({ name, reply }) => {
    const texts = reply.blocks.map((block) => (block.kind === 'text' ? block.text : ''))
    return `${name}：${texts.join('/')}`
  })
}
const lastPush = async () =>
  (
    await talking.db
      .selectFrom('outbox')
      .select((e) => e.fn.max('id').as('id'))
      .executeTakeFirst()
  )?.id ?? 0
async function told(text: string, over: Parameters<Talk['say']>[1]): Promise<string[]> {
  const before = await lastPush()
  await say(text, over)
  return toldSince(before)
}
const deeds = () =>
  talking.db.selectFrom('audit').where('action', 'like', 'report_%').orderBy('id').selectAll().execute()

describe('the unit’s secretary is told in private', () => {
  it('what the street’s clerk reports, corrects and takes back for her, each once', async () => {
    expect(await told('金苑社区红色物业3个', { sender: clerk })).toEqual([
      '张建国：周敏代报 金苑·红色物业 2→3/4(75% 黄)',
    ])
    expect(await told('更正：金苑社区红色物业是4个', { sender: clerk })).toEqual([
      '张建国：周敏代更正 金苑·红色物业 3→4/4(100% 完成)',
    ])
    expect(await told('撤回', { sender: clerk })).toEqual(['张建国：周敏撤回了 金苑·红色物业 4→3/4(75% 黄)'])
  })

  it('nothing of what she reports herself, nor of what is only asked about', async () => {
    expect(await told('监督员3人', { sender: secretary })).toEqual([])
    expect(await told('金苑社区红色物业300个', { sender: clerk })).toEqual([])
    expect(await told('1', { sender: clerk })).toEqual(['张建国：周敏代报 金苑·红色物业 3→300/4(7500% 完成)'])
    await say('更正：红色物业是3个', { sender: secretary })
  })

  it('many numbers of one list in one message', async () => {
    const list = '金苑：红色物业4，监督员4，共建项目2\n汝河小区：红色物业8'
    expect(await told(list, { sender: clerk })).toEqual([
      '张建国：周敏代报 金苑·红色物业 3→4/4(100% 完成)/周敏代报 金苑·物业项目监督员 3→4/4(100% 完成)/周敏代报 金苑·共建项目 1→2/3(66.67% 红)',
      '李秀英：周敏代报 汝河小区·红色物业 仍是8/8(100% 完成)',
    ])
  })

  it('why her number was rejected, and the group is not', async () => {
    const before = await numberOf(talking.db, '金苑社区', '共建项目')
    expect(before).toBe('2')
    await say('更正：共建项目是3个', { sender: secretary })
    expect(await told('退回金苑社区共建项目，现场只有两个', { sender: supervisor })).toEqual([
      '张建国：您报的 金苑·共建项目 3个 被退回：现场只有两个（刘洋）。现在按2个算，请核对后重新报。',
    ])
    expect(await numberOf(talking.db, '金苑社区', '共建项目')).toBe('2')
    const found = await talking.db.selectFrom('verification').select(['result', 'note']).execute()
    expect(found).toEqual([{ result: 'rejected', note: '现场只有两个' }])
  })
})

describe('the district’s clerk', () => {
  const here = { sender: admin }

  it('is asked for a reason once, and nothing is written before', async () => {
    const events = await eventsIn(talking.db)
    expect(await say('金苑社区监督员2人', here)).toContain('金苑的数为什么由区里改？')
    expect(await eventsIn(talking.db)).toBe(events)
    expect(await say('现场核对只有2人', here)).toContain('比上次')
    expect(await say('1', here)).toContain('已记 代报金苑·物业项目监督员 4→2/4')
    const [deed] = (await deeds()).slice(-1)
    expect(deed).toMatchObject({ action: 'report_set', actor: '何晓雯', reason: '现场核对只有2人' })
    expect(deed?.subject).toContain('金苑社区 物业项目监督员 编号')
    expect(await say('金苑社区监督员谁报的', here)).toContain('现场核对只有2人')
  })

  it('says the reason in the sentence, and is not asked; the chain of the audit holds', async () => {
    expect(await say('更正：金苑社区监督员是3人，原因：漏统计一人', here)).toContain('已更正')
    expect(await say('根据区台账，金苑社区监督员4人', here)).toContain('已记')
    const all = await deeds()
    expect(all.slice(-2).map(({ action, reason }) => [action, reason])).toEqual([
      ['report_correct', '漏统计一人'],
      ['report_set', '根据区台账'],
    ])
    for (const row of all) expect(row.hash).toBe(chained(row))
  })

  it('says one when taking a number back', async () => {
    expect(await say('撤回', here)).toContain('金苑的数为什么由区里改？')
    expect(await say('2', here)).toContain('已撤回 金苑·物业项目监督员 4人→3人')
    expect((await deeds()).at(-1)).toMatchObject({ action: 'report_void', reason: '下面报错了' })
  })

  it('does not need one for what the street’s clerk does', async () => {
    const before = (await deeds()).length
    expect(await say('金苑社区监督员4人', { sender: clerk })).toContain('已记 代报')
    expect(await deeds()).toHaveLength(before)
  })
})

describe('a number in a published bulletin', () => {
  const published = async (unit: string) => {
    const { db } = talking
    talking.clock.pass(60)
    const { campaign_id, unit_id } = await db
      .selectFrom('unit_version')
      .where('name', '=', unit)
      .select(['campaign_id', 'unit_id'])
      .executeTakeFirstOrThrow()
    const { id: person } = await db
      .selectFrom('person')
      .where('name', '=', '何晓雯')
      .select('id')
      .executeTakeFirstOrThrow()
    const at = talking.clock.now()
    const roster = await readRoster(db, campaign_id)
    const { id: snapshot } = await db.transaction().execute((tx) => takeSnapshot(tx, roster, at))
    await db
      .insertInto('bulletin')
      .values({
        ...{ campaign_id, unit_id, snapshot_id: snapshot, kind: 'weekly', state: 'published' },
        ...{
          reply: JSON.stringify({ blocks: [] }),
          approved_by: person,
          published_at: at,
          created_by: 'test',
        },
      })
      .execute()
  }

  it('is not taken back, but may be corrected; a bulletin of another street does not matter', async () => {
    await say('红色物业4个', { sender: secretary })
    await say('监督员5人', { sender: secretary })
    await published('桐柏路街道')
    expect(await say('撤回', { sender: secretary })).toContain('已撤回')
    await say('监督员5人', { sender: secretary })
    await published('汝河路街道')
    expect(await say('撤回', { sender: secretary })).toContain('已经写进公布了的通报')
    expect(await say('撤回金苑监督员', { sender: clerk })).toContain('已经写进公布了的通报')
    expect(await say('更正：监督员是4人', { sender: secretary })).toContain('已更正')
    expect(await say('撤回', { sender: secretary })).toContain('已撤回')
  })
})

describe('a verified number', () => {
  it('is shown as such, until another one takes its place', async () => {
    await say('核实汝河小区社区红色物业', privately(supervisor))
    expect(await say('汝河小区社区红色物业')).toMatch(/核实：刘洋 11月2\d日/)
    await say('汝河小区社区红色物业9个', { sender: clerk })
    expect(await say('汝河小区社区红色物业')).not.toContain('核实：')
    await say('撤回', { sender: clerk })
    expect(await say('汝河小区社区红色物业')).toContain('核实：刘洋')
  })
})
