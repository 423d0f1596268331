// Names, people and groups may change while the bot runs: the next message is dealt with by the new ones.
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadCampaign } from '../../src/database/load.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { testKeys } from '../support/keys.ts'
import { clerk, group, message, replicas, secretary, stranger, type Talk, talk, words } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())

describe('a group', () => {
  const chat = { ...group, id: 'new group' }

  it('that is not bound answers a secretary for the own unit, and a stranger not at all', async () => {
    expect(await say('进度', { chat })).toContain('金苑社区进度')
    expect(await say('进度', { chat, sender: stranger })).toContain('这个群还没有绑定单位')
  })

  it('is bound by the street’s clerk, from the next message on', async () => {
    expect(await say('把这个群绑定到汝河路街道', { chat })).toContain('您不能绑定群')
    expect(await say('把这个群绑定到汝河路街道', { chat, sender: clerk })).toContain('现在是汝河路街道的群')
    expect(await say('进度', { chat })).toContain('汝河路街道进度')
    expect(await say('进度', { chat, sender: stranger })).toContain('汝河路街道进度')
  })

  it('is bound to another unit by the district, for all replicas', async () => {
    const { bots, close } = await replicas(talking)
    const [one, other] = bots
    expect(words(await one?.(message('进度', { chat })))).toContain('汝河路街道进度')
    await other?.(message('绑定桐柏路街道', { chat, sender: { id: 'hexiaowen', name: '' } }))
    expect(words(await one?.(message('进度', { chat })))).toContain('桐柏路街道进度')
    await close()
  })
})

describe('a number that another replica writes', () => {
  it('is seen by this one at once', async () => {
    const { bots, close } = await replicas(talking)
    const [one, other] = bots
    const progress = () => one?.(message('金苑社区红色物业进度')).then(words)
    expect(await progress()).toContain('2/4个')
    await other?.(message('红色物业3个'))
    expect(await progress()).toContain('3/4个')
    await other?.(message('撤回'))
    expect(await progress()).toContain('2/4个')
    await close()
  })
})

describe('a workbook that is loaded again', () => {
  it('changes names and people from the next message on', async () => {
    expect(await say('东方红社区进度')).toContain('没听懂')
    const read = readCampaign(await readSheets(await readFile('examples/中原区.xlsx')))
    if (read.problems) throw new Error('the example has mistakes')
    const { workbook } = read
    const units = workbook.units.map((unit) =>
      unit.name === '金苑社区' ? { ...unit, name: '东方红社区' } : unit,
    )
    await loadCampaign(
      talking.db,
      { ...workbook, units },
      { now: talking.clock.now(), by: '测试', keys: testKeys },
    )
    expect(await say('东方红社区进度')).toContain('东方红社区进度')
    expect(await say('我是谁')).toContain('东方红社区书记')
  })
})

describe('a person', () => {
  it('who leaves is not known any more, and may not report', async () => {
    await sql`update person set status = 'left' where name = '李秀英'`.execute(talking.db)
    expect(await say('我是谁', { sender: { id: 'lixiuying', name: '李秀英' } })).toContain('我还不认识您')
  })

  it('whose duty ended may not report any more', async () => {
    await sql`update assignment set valid_to = '2026-11-21' where person_id =
      (select id from person where name = '王海涛')`.execute(talking.db)
    const sender = { id: 'wanghaitao', name: '王海涛' }
    expect(await say('红色物业7个', { sender })).not.toContain('已记')
  })

  it('of the roster is known in every group of the campaign', async () => {
    expect(await say('我是谁', { chat: { ...group, id: 'elsewhere' }, sender: secretary })).toContain(
      '您是张建国',
    )
  })
})

it('without a campaign the bot says what is missing', async () => {
  const empty = await talk()
  await sql`update campaign set status = 'archived'`.execute(empty.db)
  await sql`delete from chat`.execute(empty.db)
  expect(await empty.say('进度')).toContain('还没有导入攻坚方案')
  expect(await empty.say('@小图')).toContain('还没有导入')
  await empty.close()
})
