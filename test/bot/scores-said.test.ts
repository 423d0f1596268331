// What is said of a score when documents, vetoes, weights, baselines or the tree of units make it another than it looks.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import deadlineAlerts from '../../jobs/deadline-alerts.ts'
import weeklyRanking from '../../jobs/weekly-ranking.ts'
import { weekOf } from '../../src/bulletin-week.ts'
import { indicatorBulletin, redBlackBulletin, weeklyBulletin } from '../../src/bulletin-words.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { rebuildTotals } from '../../src/database/rebuild.ts'
import { readRoster } from '../../src/database/roster.ts'
import { lastSnapshot, takeSnapshot } from '../../src/database/snapshots.ts'
import type { Job } from '../../src/job.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { silent } from '../support/example.ts'
import { admin, clerk, group, privately, secretary, type Talk, talk } from './harness.ts'

const friday = new Date('2026-11-27T18:00:00+08:00')
const campaign = async (bot: Talk) =>
  (await bot.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id

/** A bot on its own copy of the example, changed. */
async function botWith(change: (bot: Talk) => Promise<void>): Promise<Talk> {
  const bot = await talk()
  await change(bot)
  await kept(bot)
  return bot
}

/** Brings what is kept up to the rules as they are now. */
async function kept(bot: Talk): Promise<void> {
  await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(bot.db)
  const roster = await readRoster(bot.db, await campaign(bot))
  await bot.db.transaction().execute((tx) => rebuildTotals(tx, roster, '2026-11-22'))
}

const points = (bot: Talk, name: string, many: number[]) =>
  sql`insert into adjustment (campaign_id, unit_id, points, document, created_by)
    select campaign_id, unit_id, item.points, '通报' || item.n || '号', '何晓雯' from unit_version,
      unnest(${many}::numeric[]) with ordinality as item (points, n)
    where name = ${name} and valid_to is null order by item.n`.execute(bot.db)

const veto = async (bot: Talk, name: string, effect: string, indicator?: string) => {
  await sql`insert into veto (campaign_id, unit_id, indicator_id, document, reason, effect, starts, approved_by,
      approved_by_too, created_by)
    select campaign_id, unit_id, (select id from indicator where name = ${indicator ?? ''}), '否决1号', '弄虚作假',
      ${effect}, '2026-11-01', '何晓雯', '郑国栋', '何晓雯'
    from unit_version where name = ${name} and valid_to is null`.execute(bot.db)
  await sql`update campaign set settings = settings || '{"veto": true}'`.execute(bot.db)
}

/** What a job tells each chat and each person. */
async function toldBy(bot: Talk, job: Job, due: Date): Promise<{ chat: string; text: string }[]> {
  const chats = await bot.db.selectFrom('chat').select(['id', 'chat_id']).execute()
  const told: { chat: string; text: string }[] = []
  await job.run({
    ...{ db: bot.db, due, log: silent, calendar: calendarOf(), privately: ['dingtalk', 'wecom'] },
    quotas: { webhook: 0, api: 0 },
    push: async (_tx, pushes) => {
      for (const { to, reply } of pushes) {
        const chat = 'chat' in to ? chats.find(({ id }) => id === to.chat)?.chat_id : undefined
        told.push({ chat: chat ?? '', text: plainText(reply) })
      }
    },
  })
  return told
}

describe('points by document', () => {
  let bot: Talk
  beforeAll(async () => {
    bot = await botWith(async (bot) => {
      for (const name of ['中原区', '汝河路街道']) await points(bot, name, [10])
      await points(bot, '金苑社区', [6, 8, -1.5])
      await points(bot, '汝河小区社区', [-15, -10])
    })
  })
  afterAll(() => bot.close())

  it('are no completion in the Friday broadcast and in bulletins', async () => {
    const told = await toldBy(bot, weeklyRanking, friday)
    const district = told.find(({ chat }) => chat === 'wr-zhongyuan')?.text
    expect(district).toContain('总体完成 86.52%，序时 90.37%（落后3.85个百分点），和上周持平。')
    const { db } = bot
    const roster = await readRoster(db, await campaign(bot))
    const snapshot = await lastSnapshot(db, roster.campaign.id, friday)
    if (!snapshot) throw new Error('no snapshot was taken')
    const week = await db.transaction().execute((tx) => weekOf(tx, roster, snapshot))
    for (const reply of [
      weeklyBulletin(roster, roster.root, week),
      redBlackBulletin(roster, roster.root, week),
    ])
      expect(reply && plainText(reply)).toContain(
        '总体完成 86.52%，序时 90.37%（落后3.85个百分点），和上周持平。',
      )
  })

  it('beyond the limits are told as far as they count', async () => {
    expect(await bot.say('得分怎么来的', privately(secretary))).toContain(
      '加减分 +8.5（通报1号 +6、通报2号 +8、通报3号 −1.5）。加分合计 14，只计 10。',
    )
    expect(await bot.say('汝河小区得分怎么来的', privately(admin))).toContain(
      '加减分 −20（通报1号 −15、通报2号 −10）。减分合计 25，只计 20。',
    )
  })
})

describe('an indicator that is switched off', () => {
  let bot: Talk
  beforeAll(async () => {
    bot = await botWith(async ({ db }) => {
      await sql`update indicator set weight = case name when '红色物业' then 0 else weight + (select weight from
        indicator where name = '红色物业') end where name in ('红色物业', '老旧小区改造')`.execute(db)
      await sql`update indicator set due = '2026-11-24' where name = '红色物业'`.execute(db)
      await sql`delete from deadline_alert`.execute(db)
    })
  })
  afterAll(() => bot.close())

  it('is in no push', async () => {
    const told = [
      ...(await toldBy(bot, deadlineAlerts, new Date('2026-11-23T09:00:00+08:00'))),
      ...(await toldBy(bot, weeklyRanking, friday)),
    ]
    expect(told.length).toBeGreaterThan(0)
    for (const { text } of told) expect(text).not.toContain('红色物业')
  })

  it.each([
    '进度',
    '汝河路街道进度',
    '还差多少',
    '得分怎么来的',
    '期限',
    '谁没报',
    '本周谁没报',
    '金苑和汝河小区比一比',
  ])('is not in the answer to %s', async (said) => {
    const text = await bot.say(said, { sender: clerk, chat: group })
    expect(text).not.toContain('红色物业')
    expect(text).not.toMatch(/没听懂|没有看明白/)
  })

  it.each([
    '红色物业进度',
    '红色物业谁没报',
    '催一下没报红色物业的',
    '我们红色物业排第几',
    '红色物业还差多少',
    '红色物业什么时候截止',
  ])('is said to be so when %s is asked', async (said) => {
    const text = await bot.say(said, { sender: clerk, chat: group })
    expect(text).toContain('“红色物业”这项已停用，不计分')
  })

  it('takes a report all the same, and says what it is worth', async () => {
    expect(await bot.say('红色物业完成3个')).toMatch(
      /^已记 金苑·红色物业 2→3\/4（这项已停用，不计分） @我 回1撤回$/,
    )
    expect(await bot.say('红色物业谁报的')).toContain('3个')
  })
})

describe('an indicator that a veto makes nothing', () => {
  let bot: Talk
  beforeAll(async () => {
    bot = await botWith((bot) => veto(bot, '金苑社区', 'indicator_zero', '红色物业'))
  })
  afterAll(() => bot.close())
  const note = '※金苑的“红色物业”被一票否决（否决1号），计0分。'

  it('has ※ in the receipt', async () => {
    expect(await bot.say('红色物业完成4个')).toMatch(
      /^已记 金苑·红色物业 2→4\/4（被否决，计0分※）( \S+)? @我 回1撤回$/,
    )
  })

  it('counts as nothing wherever it is shown', async () => {
    expect(await bot.say('我们红色物业排第几')).toMatch(
      /^金苑社区的红色物业0%（4\/4个※），在汝河路街道9个社区中排第9名。※/,
    )
    expect(await bot.say('红色物业还差多少')).toBe(`金苑·红色物业 4/4个※，已完成。${note}`)
    expect(await bot.say('金苑红色物业进度')).toMatch(/4\/4个※（0%）/)
    const compared = await bot.say('金苑和锦苑比一比')
    expect(compared).toMatch(/锦苑领先\d+项：.*红色物业（[\d.]+%比0%※）/)
    expect(compared).toContain(note)
    expect(await bot.say('金苑和汝河小区红色物业比一比')).toMatch(
      /金苑 4\/4个※（0%），汝河小区 8\/8个（100%），汝河小区领先100个百分点。※/,
    )
  })

  it('has ※ in the bulletin of the indicator', async () => {
    const { db } = bot
    const roster = await readRoster(db, await campaign(bot))
    const street = [...roster.units.values()].find(({ name }) => name === '汝河路街道')
    const indicator = [...roster.indicators.values()].find(({ name }) => name === '红色物业')
    const reply = await db.transaction().execute(async (tx) => {
      const week = await weekOf(tx, roster, await takeSnapshot(tx, roster, friday))
      return street && indicator && indicatorBulletin(roster, street, indicator, week)
    })
    expect(reply && plainText(reply)).toMatch(
      /■ 严重滞后或逾期（1个）：金苑※ 0%。[\s\S]*※是一票否决，这一项计0分。/,
    )
  })

  it('leaves the completion in 进度 what the score is made of', async () => {
    const total = /^金苑社区 ([\d.]+)分/.exec(await bot.say('为什么这么低', privately(secretary)))?.[1]
    expect(await bot.say('金苑进度')).toContain(`总体完成 ${Number(total)}%`)
  })
})

describe('a baseline', () => {
  let bot: Talk
  beforeAll(async () => {
    bot = await botWith(async ({ db }) => {
      await sql`update target set baseline = 1 where unit_id = (select unit_id from unit_version where name = '金苑社区')
        and indicator_id = (select id from indicator where name = '红色物业')`.execute(db)
    })
  })
  afterAll(() => bot.close())

  it('explains a percentage that is not the number’s', async () => {
    const note = /起点不是0的，从起点到目标算完成率：/
    expect(await bot.say('金苑进度')).toMatch(
      /红色物业 {2}2\/4个 {2}33\.33%[\s\S]*起点不是0的，从起点到目标算完成率：红色物业1个。/,
    )
    expect(await bot.say('汝河小区进度')).not.toMatch(note)
    expect(await bot.say('汝河路街道红色物业进度')).toMatch(
      /起点：?\s*1个（从起点到目标算完成率）[\s\S]*完成率：金苑1个。/,
    )
  })
})

describe('a street that a community has left', () => {
  let bot: Talk
  beforeAll(async () => {
    bot = await botWith(async ({ db }) => {
      await sql`update unit_version set valid_to = '2026-11-22' where name = '汝河小区社区' and valid_to is null`.execute(
        db,
      )
      await sql`insert into unit_version (unit_id, campaign_id, name, aliases, parent_id, peer_group, roster,
          valid_from, created_by)
        select unit_id, campaign_id, name, aliases,
          (select unit_id from unit_version where name = '棉纺路街道' and valid_to is null), peer_group, roster,
          '2026-11-22', '何晓雯'
        from unit_version where name = '汝河小区社区' and valid_to = '2026-11-22'`.execute(db)
    })
  })
  afterAll(() => bot.close())

  it('tells of then what was then', async () => {
    const text = await bot.say('汝河路街道跟上周比', { sender: clerk, chat: group })
    // As it was with that community, in per cent: what those of today had would be another sum.
    expect(text).toContain('总分 69.40→')
    expect(text).toContain('交叉任职落实 20%→9/9（100%），+80个百分点')
  })
})

describe('a unit that a veto puts last', () => {
  it('has ※ in bulletins, with what it means', async () => {
    const bot = await botWith((bot) => veto(bot, '汝河小区社区', 'rank_last'))
    const { db } = bot
    const roster = await readRoster(db, await campaign(bot))
    const street = [...roster.units.values()].find(({ name }) => name === '汝河路街道')
    const bulletins = await db.transaction().execute(async (tx) => {
      const week = await weekOf(tx, roster, await takeSnapshot(tx, roster, friday))
      return street ? [weeklyBulletin(roster, street, week), redBlackBulletin(roster, street, week)] : []
    })
    expect(bulletins).toHaveLength(2)
    for (const reply of bulletins) {
      expect(reply && plainText(reply)).toMatch(/汝河小区※ 88\.29（第9名，末位/)
      expect(reply && plainText(reply)).toContain('※是一票否决')
    }
    await bot.close()
  })
})
