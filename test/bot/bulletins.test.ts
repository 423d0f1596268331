// Who releases a bulletin, once, and that no group ever sees what nobody has put a name under.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { corrected, deliverDrafts, outOf, stateOf } from '../support/bulletins.ts'
import { botOn } from '../support/example.ts'
import {
  admin,
  clerk,
  district,
  group,
  message,
  privately,
  replicas,
  secretary,
  type Talk,
  talk,
  words,
} from './harness.ts'

const leader = { id: 'zhengguodong', name: '郑国栋' }
const supervisor = { id: 'liuyang', name: '刘洋' }
const streetSecretary = { id: 'majianjun', name: '马建军' }
const monday = '2026-11-23T10:00:00+08:00'

let bot: Talk
let roster: Roster
beforeEach(async () => {
  bot = await talk()
  bot.clock.set(monday)
  const { id } = await bot.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(bot.db, id)
})
afterEach(() => bot.close())
const by = (who: typeof clerk, text: string) => bot.say(text, privately(who))
const out = async (prefix: string) => (await outOf(bot.db)).filter(({ key }) => key.startsWith(prefix))

describe('two who say it at once', () => {
  it.each([1, 2, 3])('publish it once, and the other hears who did (%i)', async () => {
    await by(clerk, '出一份通报')
    const { bots, close } = await replicas(bot)
    const all = (text: string) =>
      Promise.all(
        [clerk, admin, leader].map(async (who, at) =>
          words(await bots[at % bots.length]?.(message(text, privately(who)))),
        ),
      )
    await all('看通报第1号')
    const answers = await all('发布通报第1号')
    await close()
    const won = answers.filter((text) => text.includes('发布了，签发：'))
    expect(won).toHaveLength(1)
    const name = /签发：(\S+?)，/.exec(won[0] ?? '')?.[1]
    for (const text of answers.filter((one) => one !== won[0]))
      expect(text).toBe(`第1号汝河路街道周通报（11月20日）${name}11月23日10:00已经签发发布了。`)
    expect((await out('bulletin:')).map(({ to }) => to)).toEqual(['cid-ruhelu', 'wr-ruhelu'])
    const deeds = await bot.db
      .selectFrom('audit')
      .where('action', '=', 'bulletin_publish')
      .selectAll()
      .execute()
    expect(deeds.map(({ actor }) => actor)).toEqual([name])
  })

  it('publishing and dropping, or publishing and changing, leave one thing done', async () => {
    await by(clerk, '出一份通报')
    const { bots, close } = await replicas(bot)
    const both = async (words_: [string, string]) =>
      Promise.all(
        [clerk, admin].map(async (who, at) =>
          words(await bots[at]?.(message(words_[at] ?? '', privately(who)))),
        ),
      )
    await both(['发布通报第1号', '作废通报第1号'])
    const [first] = await stateOf(bot.db)
    expect(await out('bulletin:')).toHaveLength(first === 'published' ? 2 : 0)
    await by(clerk, '出一份通报')
    await both(['发布通报第2号', '通报第2号加一句：请看最后一行'])
    await close()
    const [, second] = await bot.db.selectFrom('bulletin').orderBy('id').selectAll().execute()
    // What went out is what is written down.
    for (const { text } of await out(`bulletin:${second?.id}:`))
      expect(text.includes('请看最后一行')).toBe(second?.sentence !== '')
  })
})

describe('a red and black list', () => {
  it('is never the word of one person, by number, digit or alone', async () => {
    await by(clerk, '做一期红黑榜')
    for (const text of ['发布通报第1号', '同意发布', '仍然发布通报第1号', '1'])
      expect(await by(clerk, text)).not.toContain('发布了')
    expect(await out('bulletin:')).toEqual([])
    expect((await out('bulletin-draft:')).map(({ to, isGroup }) => [to, isGroup])).toEqual([
      ['何晓雯', false],
    ])
    await deliverDrafts(bot.db)
    expect(await by(admin, '发布通报第1号')).toContain('签发：何晓雯')
    expect((await out('bulletin-published:')).map(({ to }) => to)).toEqual(['周敏'])
  })

  it('of the district’s only clerk goes to a leader', async () => {
    await by(admin, '做一期红黑榜')
    expect((await out('bulletin-draft:')).map(({ to }) => to)).toEqual(['郑国栋'])
    expect(await by(admin, '发布通报第1号')).toContain('要由另一个人签发')
    await by(leader, '看通报')
    expect(await by(leader, '1')).toContain('发布了，签发：郑国栋')
  })

  it('keeps to the rule in what corrects it', async () => {
    await by(clerk, '做一期红黑榜')
    await deliverDrafts(bot.db)
    await by(admin, '发布通报第1号')
    bot.clock.pass(600)
    const at = { at: '2026-11-23T10:05:00+08:00', asOf: '2026-11-20' }
    await corrected(bot.db, roster, ['金苑社区', '红色物业'], 4, at)
    expect(await by(clerk, '出勘误')).toContain('得分：金苑 81.20→')
    expect(await by(clerk, '发布通报第2号')).toContain('要由另一个人签发')
    await deliverDrafts(bot.db)
    expect(await by(admin, '发布通报第2号')).toContain('发布了，签发：何晓雯')
  })
})

describe('no group', () => {
  const groups = [
    { chat: group, people: [clerk, admin, leader, supervisor, streetSecretary, secretary] },
    { chat: district, people: [clerk, admin, leader, supervisor, streetSecretary, secretary] },
  ]
  const sentences = [
    '出一份通报',
    '做一期红黑榜',
    '红色物业的通报',
    '汝河路街道红黑榜',
    '看通报',
    '通报第1号',
    '通报第1号加一句：请看',
    '1',
    '2',
    '先别发',
    '出勘误',
    '重发通报',
    '通报发了没',
  ]

  it('ever sees a draft or a list of the last without a name under it', async () => {
    for (const { chat, people } of groups)
      for (const sender of people)
        for (const text of sentences) {
          bot.clock.pass(700)
          const answer = await bot.say(text, { chat, sender })
          expect(answer, `${sender.name}: ${text}`).not.toMatch(/靠后|末位|黑榜：|红榜：|点评|倒数/)
        }
    for (const { isGroup, key, text } of await outOf(bot.db))
      if (isGroup) {
        expect(key).toMatch(/^bulletin:/)
        expect(text).toMatch(/签发：\S+$/)
      }
    expect((await stateOf(bot.db)).filter((state) => state === 'published')).toEqual([])
    // Drafts went to the people themselves.
    expect((await out('bulletin-shown:')).length).toBeGreaterThan(5)
  })

  it('hears a street’s bulletin but the street’s; the district’s goes to the streets’ groups too', async () => {
    await by(clerk, '出一份通报')
    await by(clerk, '1')
    expect((await out('bulletin:')).map(({ to }) => to)).toEqual(['cid-ruhelu', 'wr-ruhelu'])
    await by(admin, '出一份通报')
    await by(admin, '1')
    expect((await out('bulletin:')).map(({ to }) => to).sort()).toEqual([
      'cid-ruhelu',
      'cid-ruhelu',
      'cid-zhongyuan',
      'wr-ruhelu',
      'wr-ruhelu',
      'wr-zhongyuan',
    ])
  })

  it('the database itself keeps what nobody signed from being published', async () => {
    await by(clerk, '出一份通报')
    await expect(sql`update bulletin set state = 'published'`.execute(bot.db)).rejects.toThrow(/check/)
  })
})

describe('who may', () => {
  it.each([
    ['a secretary', secretary],
    ['a supervisor', supervisor],
    ['the street’s secretary', streetSecretary],
  ])('%s neither drafts nor signs nor reads a draft', async (_who, who) => {
    await by(clerk, '出一份通报')
    for (const text of ['出一份通报', '看通报第1号', '发布通报第1号', '作废通报第1号', '通报第1号加一句：好'])
      expect(await by(who, text)).toBe('“通报”由街道组织委员、区专班、区领导办理。')
    expect(await stateOf(bot.db)).toEqual(['draft'])
  })

  it('a street’s clerk does nothing with another street’s', async () => {
    await by(admin, '桐柏路街道出一份通报')
    for (const text of ['看通报第1号', '发布通报第1号', '暂缓通报第1号', '通报第1号加一句：好'])
      expect(await by(clerk, text)).toContain('您不能办这份通报（桐柏路街道）')
    expect(await by(clerk, '发布')).toContain('没有等着签发的通报')
    expect(await by(admin, '同意发布')).toContain('桐柏路街道还没有绑定的群')
    expect(await stateOf(bot.db)).toEqual(['draft'])
  })
})

describe('the words that were shown', () => {
  it('are the words that are signed: a change since is shown again', async () => {
    await by(clerk, '出一份通报')
    await by(admin, '通报第1号加一句：区里补充一句')
    expect(await by(clerk, '1')).toMatch(/内容改过，还没有发布，请再看一遍。[\s\S]*区里补充一句/)
    expect(await by(clerk, '1')).toContain('发布了，签发：周敏')
    expect((await out('bulletin:'))[0]?.text).toContain('区里补充一句\n签发：周敏')
  })

  it('发布 alone is not taken for a draft that the person was never shown', async () => {
    await by(clerk, '出一份通报')
    expect(await by(admin, '发布')).toContain('还没有发布，发布前请先看一遍。周敏11月23日10:00起草了。')
    expect(await stateOf(bot.db)).toEqual(['draft'])
    expect(await by(admin, '发布')).toContain('发布了，签发：何晓雯')
  })

  it('nor is its number: it is shown first, and then the digit signs it', async () => {
    await by(clerk, '出一份通报')
    expect(await by(admin, '发布通报第1号')).toMatch(/发布前请先看一遍。[\s\S]*名次靠后的是[\s\S]*1 发布/)
    expect(await stateOf(bot.db)).toEqual(['draft'])
    expect(await by(admin, '1')).toContain('发布了，签发：何晓雯')
  })

  it('a draft that was only queued for somebody has not been seen', async () => {
    await by(clerk, '做一期红黑榜')
    expect(await by(admin, '发布通报第1号')).toContain('发布前请先看一遍。')
    expect(await stateOf(bot.db)).toEqual(['draft'])
  })

  it('a digit does not overrule who has held it meanwhile', async () => {
    await by(clerk, '出一份通报')
    bot.clock.pass(60)
    await by(admin, '暂缓通报第1号')
    expect(await by(clerk, '1')).toMatch(/^第1号通报何晓雯11月23日10:01暂缓了，还要发布吗？/)
    expect(await by(clerk, '2')).toContain('发布了，签发：周敏')
  })

  it('a sentence of more than a hundred characters is refused and nothing is changed', async () => {
    await by(clerk, '出一份通报')
    expect(await by(clerk, `通报第1号加一句：${'字'.repeat(101)}`)).toContain('有101个字，最多100个字')
    await by(clerk, `通报第1号加一句：${'字'.repeat(60)}`)
    expect(await by(clerk, `通报第1号加一句：${'字'.repeat(60)}`)).toContain('有121个字')
    for (const phone of ['13800001234', '一三八零零零零一二三四', '138.0000.1234'])
      expect(await by(clerk, `通报第1号改成：请打${phone}`)).toContain('像有电话号码')
    // Nor in two parts.
    expect(await by(clerk, '通报第1号改成：请打138')).not.toContain('像有电话号码')
    expect(await by(clerk, '通报第1号加一句：00001234')).toContain('像有电话号码')
    await by(clerk, `通报第1号改成：${'字'.repeat(60)}`)
    const { sentence } = await bot.db.selectFrom('bulletin').select('sentence').executeTakeFirstOrThrow()
    expect(sentence).toBe('字'.repeat(60))
  })
})

it('what goes out at once is said to go out at once, though the clock has run on a little', async () => {
  let ticks = 0
  const clock = { now: () => new Date(Date.parse(monday) + 10 * ticks++) }
  const hear = botOn(bot.store, { clock })
  await hear(message('出一份通报', privately(clerk)))
  expect(words(await hear(message('发布通报第1号', privately(clerk))))).toContain('马上发到2个群。')
})

describe('saying it again', () => {
  const settleAs = (state: string, chat: string) =>
    sql`update outbox set state = ${state}, retry_at = null, settled_at = now()
      where key like 'bulletin:%' and chat_id = (select id from chat where chat_id = ${chat})`.execute(bot.db)

  it('goes to where it failed, under the next number, and once', async () => {
    await by(clerk, '出一份通报')
    await by(clerk, '1')
    await settleAs('accepted', 'cid-ruhelu')
    await settleAs('failed', 'wr-ruhelu')
    expect(await by(clerk, '重发通报第1号')).toContain('1个群已收到，1个群没收到')
    expect(await by(clerk, '1')).toContain('重发，马上发到1个群。')
    expect(await by(clerk, '重发通报第1号给没收到的')).toContain('没有要重发的')
    const keys = (await out('bulletin:')).map(({ key, to }) => [to, key.split(':').slice(3).join()])
    expect(keys).toEqual([
      ['cid-ruhelu', ''],
      ['wr-ruhelu', ''],
      ['wr-ruhelu', '2'],
    ])
    await settleAs('accepted', 'wr-ruhelu')
    await by(clerk, '重发通报第1号')
    expect(await by(clerk, '1')).toContain('马上发到2个群。')
    expect(await out('bulletin:')).toHaveLength(5)
  })

  it('the same message delivered twice publishes once', async () => {
    await by(clerk, '出一份通报')
    const twice = message('发布通报第1号', privately(clerk))
    await bot.hear(twice)
    await bot.hear(twice)
    expect(await out('bulletin:')).toHaveLength(2)
  })
})

it('without a snapshot there is nothing to draft from', async () => {
  await sql`truncate snapshot_column, snapshot cascade`.execute(bot.db)
  expect(await by(clerk, '出一份通报')).toContain('还没有定格过排名，出不了通报。')
  expect(await stateOf(bot.db)).toEqual([])
})
