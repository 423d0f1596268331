// A veto that puts a unit last: the same in the answer, in the week's broadcast and in every comparison with it.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import weeklyRanking from '../../jobs/weekly-ranking.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { rebuildTotals } from '../../src/database/rebuild.ts'
import { readRoster } from '../../src/database/roster.ts'
import { snapshotAt, takeSnapshot } from '../../src/database/snapshots.ts'
import { standingsNow } from '../../src/database/standings.ts'
import { totalsNow } from '../../src/database/totals-read.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { silent } from '../support/example.ts'
import { clerk, group, privately, type Talk, talk } from './harness.ts'

const friday = new Date('2026-11-27T18:00:00+08:00')
const neighbour = { id: 'lixiuying', name: '李秀英' }
let bot: Talk
let heard: Map<string, string>
const campaign = async () => (await bot.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id

async function veto(name: string, effect: 'no_award' | 'rank_last', document: string): Promise<void> {
  await sql`insert into veto (campaign_id, unit_id, document, reason, effect, starts, approved_by, approved_by_too,
    created_by) select campaign_id, unit_id, ${document}, '弄虚作假', ${effect}, '2026-11-23', '何晓雯', '郑国栋', '何晓雯'
    from unit_version where name = ${name} and valid_to is null`.execute(bot.db)
}

beforeAll(async () => {
  bot = await talk()
  const { db } = bot
  await veto('汝河小区社区', 'rank_last', '否决2号')
  await veto('淮河路社区', 'no_award', '否决3号')
  await veto('中原西路街道', 'rank_last', '否决4号')
  await sql`update campaign set settings = settings || '{"veto": true}', revision = revision + 1,
    roster_version = roster_version + 1`.execute(db)
  const roster = await readRoster(db, await campaign())
  await db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-27'))
  const chats = await db.selectFrom('chat').select(['id', 'chat_id']).execute()
  heard = new Map()
  await weeklyRanking.run({
    ...{ db, due: friday, log: silent, calendar: calendarOf(), privately: ['dingtalk'] },
    quotas: { webhook: 0, api: 0 },
    push: async (_tx, pushes) => {
      for (const { to, reply } of pushes) {
        const chat = chats.find((one) => 'chat' in to && one.id === to.chat)
        heard.set(chat?.chat_id ?? '', plainText(reply))
      }
    },
  })
  bot.clock.pass((friday.getTime() - bot.clock.now().getTime()) / 1000 + 600)
})
afterAll(() => bot.close())

/** Name and mark of movement of a table, by place. */
const rows = (text = '') =>
  [...text.matchAll(/^(\d+)\. (\S+) {2}[\d.]+ {2}(\S+)$/gm)].map(
    ([, rank, name, moved]) => `${rank} ${name} ${moved}`,
  )

describe('a veto that puts a unit last', () => {
  it('puts it there in the week’s broadcast, with the mark and what the mark means', () => {
    const text = heard.get('cid-ruhelu') ?? ''
    expect(rows(text)).toEqual([
      ...[
        '1 淮河路※ →',
        '2 幸福里 →',
        '3 沙口新村 ↑1',
        '4 兴华里 ↑1',
        '5 郑飞 ↑1',
        '6 西陈庄 ↑1',
        '7 华达 ↑1',
      ],
      ...['8 金苑 ↑1', '9 汝河小区※ ↓6'],
    ])
    expect(text).toContain('前三：淮河路※、幸福里、沙口新村。')
    expect(text).toContain('※是一票否决')
    expect(text).not.toMatch(/倒数|末位|垫底|最后/)
    expect(rows(heard.get('wr-zhongyuan')).at(-1)).toBe('14 中原西路※ ↓13')
  })

  it('counts in standings that are added up anew as it does in those that are kept', async () => {
    const { db } = bot
    await sql`insert into adjustment (campaign_id, unit_id, points, document, created_by)
      select campaign_id, unit_id, 2, '通报9号', '何晓雯' from unit_version where name = '须水街道'`.execute(
      db,
    )
    const roster = await readRoster(db, await campaign())
    await db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-27'))
    const kept = await totalsNow(db, [...roster.units.keys()])
    for (const { unit, total, last } of await standingsNow(db, roster, '2026-11-27'))
      expect([unit.name, total, last]).toEqual([unit.name, kept.get(unit.id)?.total, kept.get(unit.id)?.last])
    await sql`update adjustment set withdrawn = true`.execute(db)
    await db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-27'))
  })

  it('nothing has moved a few minutes after that snapshot', async () => {
    const text = await bot.say('排名', { sender: clerk, chat: group })
    expect(rows(text).map((row) => row.split(' ').at(-1))).toEqual(Array(9).fill('→'))
    expect(rows(text).at(-1)).toContain('9 汝河小区※')
    expect(rows(await bot.say('全区街道排名')).at(-1)).toBe('14 中原西路※ →')
    expect(await bot.say('谁进步最大')).toContain('还没有升名次的单位')
  })

  it('says one thing of the street and of the district', async () => {
    const text = await bot.say('我们排第几', { sender: neighbour })
    expect(text).toContain('汝河小区社区※在汝河路街道9个社区中排第9名（持平）')
    expect(text).toContain('在全区131个社区中排第131名（持平）')
    expect(text).toContain('※是一票否决')
  })

  it('is explained with its document, and no gap is told that is none', async () => {
    const text = await bot.say('我们为什么排第九', { sender: neighbour })
    expect(text).toContain('※一票否决（否决2号）：名次排在所有同类单位后面，得分照样显示。')
    expect(text).not.toMatch(/上一名|高-/)
    expect(await bot.say('淮河路为什么是第一')).toContain('※一票否决（否决3号）：不评先，得分和名次不变。')
  })

  it('is named where two are compared', async () => {
    const text = await bot.say('金苑和汝河小区比一比')
    expect(text).toMatch(/汝河小区得分高[\d.]+分。※汝河小区有一票否决（否决2号），名次排在所有同类单位后面。/)
    expect(text).toContain('单位  金苑  汝河小区※')
    expect(text).toContain('名次  第8名  第9名')
  })

  it('stays in the snapshot when it is withdrawn, and the place moves up again', async () => {
    await sql`update veto set withdrawn = true where document = '否决2号'`.execute(bot.db)
    await sql`update campaign set revision = revision + 1`.execute(bot.db)
    const roster = await readRoster(bot.db, await campaign())
    await bot.db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-27'))
    expect(rows(await bot.say('排名', privately(clerk)))).toContain('3 汝河小区 ↑6')
    const snapshot = await snapshotAt((await bot.store.twin()).db, roster.campaign.id, friday)
    const unit = [...roster.units.values()].find(({ name }) => name === '汝河小区社区')
    expect(snapshot?.units.get(unit?.id ?? 0)).toMatchObject({ vetoed: true, last: true, total: '88.29' })
  })
})

describe('a unit that moves to another street', () => {
  const move = async (name: string, street: string) => {
    await sql`update unit_version set valid_to = '2026-11-28' where name = ${name} and valid_to is null`.execute(
      bot.db,
    )
    await sql`insert into unit_version (campaign_id, unit_id, name, aliases, parent_id, peer_group, roster, valid_from,
      created_by) select campaign_id, unit_id, name, aliases, (select unit_id from unit_version where name = ${street}
      and valid_to is null), peer_group, roster, '2026-11-28', 'test' from unit_version where name = ${name}`.execute(
      bot.db,
    )
    await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(
      bot.db,
    )
    const roster = await readRoster(bot.db, await campaign())
    await bot.db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-28'))
    return roster
  }
  let before: string

  it('stays in the week that was published, in its old street, and not in the new one’s', async () => {
    before = await bot.say('上周排名')
    const others = await bot.say('桐柏路街道上周排名', privately({ id: 'hexiaowen', name: '何晓雯' }))
    await move('金苑社区', '桐柏路街道')
    expect(await bot.say('上周排名', { sender: clerk })).toBe(before)
    expect(await bot.say('桐柏路街道上周排名', privately({ id: 'hexiaowen', name: '何晓雯' }))).toBe(others)
    expect(before).toContain('金苑')
  })

  it('is not compared with what it was there, and the others with what was published', async () => {
    const there = await bot.say('桐柏路街道排名', privately({ id: 'hexiaowen', name: '何晓雯' }))
    expect(there).toMatch(/^\d+\. 金苑 {2}81\.20(?: {2})?$/m)
    const here = await bot.say('排名', { sender: clerk })
    expect(here).not.toContain('金苑')
    expect(here).not.toMatch(/新$/m)
    expect(await bot.say('我们升了几名', privately())).toContain('换了街道或分组，名次不作比较。')
  })

  it('shows movement again after the next snapshot', async () => {
    const roster = await readRoster(bot.db, await campaign())
    const next = new Date('2026-12-04T18:00:00+08:00')
    bot.clock.pass((next.getTime() - bot.clock.now().getTime()) / 1000 + 600)
    await bot.db.transaction().execute((tx) => takeSnapshot(tx, roster, next))
    expect(await bot.say('桐柏路街道排名', privately({ id: 'hexiaowen', name: '何晓雯' }))).toMatch(
      /^\d+\. 金苑 {2}81\.20 {2}→$/m,
    )
  })
})
