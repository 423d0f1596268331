// The Friday draft: only the district's clerks see it, and without their word it never goes out.
import { describe, expect, it } from 'vitest'
import weeklyBulletin from '../../jobs/weekly-bulletin.ts'
import { publishedSince } from '../../src/database/bulletins.ts'
import { corrected, deliverDrafts, outOf, stateOf } from '../support/bulletins.ts'
import { idOf, reported } from '../support/reported.ts'
import { bulletinWorld as world } from './bulletins-world.ts'
import { busyWeek } from './ranking-world.ts'

const about = async (db: Parameters<typeof outOf>[0], prefix: string) =>
  (await outOf(db)).filter(({ key }) => key.startsWith(prefix))

describe('on Friday at six', () => {
  it('the district’s clerk has a draft in private, in the order of the rules, with the last by name', async () => {
    const { db, roster, friday } = await world()
    await busyWeek(db, roster)
    await friday()
    const [draft, another] = await about(db, 'bulletin-')
    expect(another).toBeUndefined()
    expect(draft).toMatchObject({ to: '何晓雯', isGroup: false, kind: 'notice' })
    expect(draft?.text).toMatchInlineSnapshot(`
      "通报草稿第1号（周通报）
      本周通报的草稿，点到了靠后的单位，要您签发才发。
      第1号通报：全区周通报（11月27日）
      总体完成 86.61%，序时 90.37%（落后3.76个百分点），比上周 +0.09 个百分点。
      前三：中原西路 89.02、建设路 88.22、棉纺路 87.93。
      进步最大：汝河路（↑2，第12名→第10名）。
      红灯指标：■ 共建项目（14个街道红灯）。
      11月30日至12月6日没有要到期而没完成的任务。
      点评：名次靠后的是三官庙 84.77（第12名）、航海西路 84.64（第13名）、绿东村 83.32（第14名，末位），请对照红灯指标抓紧。
      数据截至11月27日18:00，规则第1版。口径：累计数，没报的按没完成算，不涉及的不算。
      （还没有签发）
      30分钟内请回：“发布通报第1号”、“暂缓通报第1号”、“通报第1号加一句：…”。没人签发就先压着，不会自己发出去。"
    `)
  })

  it('what the groups hear is the ranking alone', async () => {
    const { db, friday } = await world()
    await friday()
    const groups = (await outOf(db)).filter(({ isGroup }) => isGroup)
    expect(groups).toHaveLength(4)
    for (const { key, text } of groups) {
      expect(key).toMatch(/^ranking:/)
      expect(text).not.toMatch(/通报|靠后|末位|签发/)
    }
  })

  it('there is one draft, however often the job runs, and whichever job is first', async () => {
    const { db, runAt, friday } = await world()
    await runAt('2026-11-27T18:00:00+08:00', [weeklyBulletin])
    await friday()
    await friday()
    expect(await stateOf(db)).toEqual(['draft'])
    expect(await about(db, 'bulletin-draft:')).toHaveLength(1)
    const { n } = await db
      .selectFrom('snapshot')
      .where('taken_at', '=', new Date('2026-11-27T10:00:00Z'))
      .select((e) => e.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(n).toBe(1)
  })

  it('it is not drafted before the campaign or after its last week', async () => {
    const { db, runAt } = await world()
    await runAt('2026-02-27T18:00:00+08:00', [weeklyBulletin])
    await runAt('2027-01-08T18:00:00+08:00', [weeklyBulletin])
    expect(await stateOf(db)).toEqual([])
  })
})

describe('a draft that nobody decides about', () => {
  it('is held after half an hour, told to the clerk once, and never sent', async () => {
    const { db, friday, runAt } = await world()
    await friday()
    await runAt('2026-11-27T18:25:00+08:00')
    expect(await stateOf(db)).toEqual(['draft'])
    for (const minute of ['18:30', '18:35', '23:55']) await runAt(`2026-11-27T${minute}:00+08:00`)
    await runAt('2026-12-04T17:55:00+08:00')
    expect(await stateOf(db)).toEqual(['held'])
    const told = await about(db, 'bulletin-held:')
    expect(told.map(({ to, isGroup }) => [to, isGroup])).toEqual([['何晓雯', false]])
    expect(told[0]?.text).toBe(
      '第1号全区周通报（11月27日）半小时没有人签发，先压着，没有发出去。要发请回“发布通报第1号”，看内容回“看通报第1号”，不要了回“作废通报第1号”。',
    )
    expect(await about(db, 'bulletin:')).toEqual([])
  })

  it('may still be published later, and says so under the clerk’s name', async () => {
    const { db, friday, runAt, says } = await world()
    await friday()
    await runAt('2026-11-27T18:30:00+08:00')
    await deliverDrafts(db)
    expect(await says('hexiaowen', '发布通报第1号')).toContain('发布了，签发：何晓雯，马上发到4个群。')
    const sent = await about(db, 'bulletin:')
    expect(sent.map(({ to }) => to).sort()).toEqual([
      'cid-ruhelu',
      'cid-zhongyuan',
      'wr-ruhelu',
      'wr-zhongyuan',
    ])
    for (const { text, kind } of sent) {
      expect(text).toMatch(/签发：何晓雯$/)
      expect(kind).toBe('ranking')
    }
  })

  it('is told of by day: what is held at night waits for the morning', async () => {
    const { db, clock, runAt, says } = await world()
    clock.set('2026-11-26T21:10:00+08:00')
    await says('zhoumin', '出一份通报')
    await runAt('2026-11-26T21:40:00+08:00')
    const row = await db
      .selectFrom('outbox')
      .where('key', 'like', 'bulletin-held:%')
      .select('not_before')
      .executeTakeFirstOrThrow()
    expect(row.not_before.toISOString()).toBe('2026-11-26T23:30:00.000Z')
  })

  it('is left alone when it was held, dropped or published in time', async () => {
    const { db, friday, runAt, says } = await world()
    await friday()
    await says('hexiaowen', '作废通报第1号')
    await runAt('2026-11-27T18:30:00+08:00')
    expect(await stateOf(db)).toEqual(['dropped'])
    expect(await about(db, 'bulletin-held:')).toEqual([])
  })
})

describe('a number that is corrected after the bulletin went out', () => {
  const published = async () => {
    const all = await world()
    await busyWeek(all.db, all.roster)
    await all.friday()
    await deliverDrafts(all.db)
    await all.says('hexiaowen', '发布通报第1号')
    return all
  }
  const monday = { at: '2026-11-30T10:02:00+08:00', asOf: '2026-11-25' }

  it('is told to the clerk once a day, and the errata is another bulletin with a name under it', async () => {
    const { db, roster, runAt, says } = await published()
    await corrected(db, roster, ['金苑社区', '红色物业'], 3, monday)
    for (const minute of ['10:05', '10:10', '15:00']) await runAt(`2026-11-30T${minute}:00+08:00`)
    const told = await about(db, 'bulletin-touched:')
    expect(told.map(({ to, isGroup }) => [to, isGroup])).toEqual([['何晓雯', false]])
    expect(told[0]?.text).toContain('第1号全区周通报（11月27日）发布以后，里面的数有更正')
    expect(await says('hexiaowen', '出勘误')).toMatchInlineSnapshot(`
      "通报草稿第2号，何晓雯11月30日15:00起草了。
      对第1号通报的勘误：全区周通报（11月27日）
      更正的数：金苑·红色物业 4个→3个。
      总体完成：86.61%→86.60%。
      得分：汝河路 86.11→85.96。
      其余不变。数据截至11月27日18:00。
      （还没有签发）
      要加一句话，回“通报第2号加一句：…”。
      1 发布
      2 暂缓
      3 不发，作废
      回复编号，或直接说"
    `)
    expect(await says('hexiaowen', '1')).toContain('马上发到4个群。')
    const errata = (await about(db, 'bulletin:')).filter(({ text }) => text.includes('勘误'))
    expect(errata).toHaveLength(4)
    expect(errata[0]?.text).toMatch(/^对第1号通报的勘误：全区周通报（11月27日）\n[\s\S]*签发：何晓雯$/)
    // What the errata has told needs no other.
    expect(await says('hexiaowen', '出勘误')).toBe('没有发布过以后又更正了数的通报，不用勘误。')
    expect(await says('hexiaowen', '通报第1号勘误')).toBe(
      '勘误已经出过：第2号何晓雯11月30日15:00签发了，之后数没有再变。要再发一遍，说“重发通报第2号”。',
    )
    expect(await says('hexiaowen', '撤回勘误')).toContain('已经发布，撤不回，可以出勘误：说“通报第1号勘误”。')
    // History stays as it was.
    expect(await says('hexiaowen', '看通报第1号')).toContain('第1号通报：全区周通报（11月27日）')
    expect(await stateOf(db)).toEqual(['published', 'published'])
  })

  it('is corrected again when it changes again after the errata', async () => {
    const { db, roster, clock, says } = await published()
    await corrected(db, roster, ['金苑社区', '红色物业'], 3, monday)
    clock.set('2026-11-30T10:05:00+08:00')
    await says('hexiaowen', '通报第1号勘误')
    await says('hexiaowen', '1')
    await corrected(db, roster, ['金苑社区', '红色物业'], 2, { ...monday, at: '2026-11-30T11:00:00+08:00' })
    clock.set('2026-11-30T11:05:00+08:00')
    expect(await says('hexiaowen', '通报第1号勘误')).toContain('更正的数：金苑·红色物业 4个→2个。')
  })

  it('is not told of when what it corrects came later', async () => {
    const { db, roster, runAt, says } = await published()
    await reported(db, roster, ['金苑社区', '红色物业'], 1, '2026-11-27T20:00:00+08:00')
    await corrected(db, roster, ['金苑社区', '红色物业'], 2, { ...monday, asOf: '2026-11-27' })
    await runAt('2026-11-30T10:05:00+08:00')
    expect(await about(db, 'bulletin-touched:')).toEqual([])
    expect(await says('hexiaowen', '通报第1号勘误')).toContain('里的数没有变，不用勘误。')
  })

  it('may be withdrawn altogether: then it is as if it had not been said', async () => {
    const { db, roster, runAt, says } = await published()
    await corrected(db, roster, ['金苑社区', '红色物业'], 2, { ...monday, op: 'void' })
    await runAt('2026-11-30T10:05:00+08:00')
    expect(await about(db, 'bulletin-touched:')).toHaveLength(1)
    expect(await says('hexiaowen', '通报第1号勘误')).toContain('更正的数：金苑·红色物业 4个→2个。')
    // A newer errata takes the place of one that nobody has signed.
    expect(await says('hexiaowen', '通报第1号勘误')).toContain('通报草稿第3号')
    expect(await stateOf(db)).toEqual(['published', 'dropped', 'draft'])
  })

  it('is told without totals when the rules are others by now', async () => {
    const { db, roster, says, clock } = await published()
    await corrected(db, roster, ['金苑社区', '红色物业'], 3, monday)
    await db
      .updateTable('campaign')
      .set((e) => ({ rule_version: 2, roster_version: e('roster_version', '+', 1) }))
      .execute()
    clock.set('2026-11-30T11:00:00+08:00')
    const text = await says('hexiaowen', '通报第1号勘误')
    expect(text).toContain('更正的数：金苑·红色物业 4个→3个。\n规则已调整，得分和名次不再重算。')
    expect(text).not.toMatch(/得分：/)
  })

  it('is known to whoever wants to take a number of a published day back', async () => {
    const { db, roster } = await published()
    const campaign = roster.campaign.id
    const chain = ['金苑社区', '汝河路街道', '全区'].map((name) => idOf(roster, name))
    expect((await publishedSince(db, campaign, '2026-11-25'))?.number).toBe(1)
    expect((await publishedSince(db, campaign, '2026-11-27', { units: chain }))?.number).toBe(1)
    expect(await publishedSince(db, campaign, '2026-11-28')).toBeUndefined()
    await reported(db, roster, ['金苑社区', '红色物业'], 3, '2026-11-27T20:00:00+08:00')
    const { id } = await db
      .selectFrom('report')
      .select((e) => e.fn.max('id').as('id'))
      .executeTakeFirstOrThrow()
    expect(await publishedSince(db, campaign, '2026-11-27', { report: id })).toBeUndefined()
    expect(await publishedSince(db, campaign, '2026-11-27', { units: chain.slice(0, 2) })).toBeUndefined()
  })
})
