// 得分、比一比、预测: what adds up, who may see it, and which sentences must not be taken for them.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { admin, clerk, eventsIn, type message, privately, type Talk, talk } from './harness.ts'

const neighbour = { id: 'lixiuying', name: '李秀英' }
let bot: Talk
const say = (text: string, over: Parameters<typeof message>[1] = {}) => bot.say(text, over)
const changed = (set: string) =>
  sql`update campaign set ${sql.raw(set)}, roster_version = roster_version + 1, revision = revision + 1`.execute(
    bot.db,
  )
const visibility = (wanted: 'full' | 'top3') =>
  changed(`settings = jsonb_set(settings, '{ranking_visibility}', '"${wanted}"')`)
const unit = async (name: string) =>
  bot.db
    .selectFrom('unit_version')
    .where('name', '=', name)
    .select(['unit_id', 'campaign_id'])
    .executeTakeFirstOrThrow()

beforeAll(async () => {
  bot = await talk()
})
afterAll(() => bot.close())
beforeEach(() => bot.clock.pass(700))

/** Every amount of points in an explanation: the score first, then what is missing. */
function parts(text: string): { total: number; lost: number[] } {
  const total = Number(/(\d+\.\d\d)分/.exec(text)?.[1]?.replace('.', ''))
  const lost = [...text.matchAll(/ ([−+])(\d+\.\d\d)(?=[（；。])/g)].map(
    ([, sign, points = '']) => (sign === '−' ? 1 : -1) * Number(points.replace('.', '')),
  )
  return { total, lost }
}

describe('a score explained', () => {
  it.each(['金苑', '汝河小区', '淮河路', '李江沟村', '西陈庄', '汝河路街道', '桐柏路街道', '全区'])(
    'of %s adds up to a hundred to the cent, in a group and in private',
    async (name) => {
      const texts = [await say(`${name}得分怎么来的`), await say(`${name}为什么这么低`, privately(admin))]
      for (const text of texts) {
        const { total, lost } = parts(text)
        expect(total + lost.reduce((sum, one) => sum + one, 0)).toBe(10_000)
      }
    },
  )

  it('the table of points adds up to the score', async () => {
    const text = await say('得分怎么来的', privately(neighbour))
    const rows = [...text.matchAll(/ {2}(\d+)\.(\d\d)\/(\d+)\.(\d\d)$/gm)].map((row) =>
      row.slice(1).map(Number),
    )
    const sum = (whole: number, cents: number) =>
      rows.reduce((total, row) => total + (row[whole] ?? 0) * 100 + (row[cents] ?? 0), 0)
    expect([sum(0, 1), sum(2, 3)]).toEqual([parts(text).total, 10_000])
    for (const [a = 0, b = 0, c = 0, d = 0] of rows) expect(a * 100 + b).toBeLessThanOrEqual(c * 100 + d)
    expect(text).toContain('每项满分=权重÷涉及的权重合计')
  })

  it('names nobody’s own test score in a group, and the street’s mean there', async () => {
    await sql`update cell set value = '1' where unit_id = ${(await unit('金苑社区')).unit_id}
      and indicator_id = (select id from indicator where name = '政策掌握')`.execute(bot.db)
    await sql`update campaign set revision = revision + 1`.execute(bot.db)
    const text = await say('我们为什么排第九')
    expect(text).toContain('含政策掌握，私聊看')
    expect(text).not.toMatch(/政策掌握 −/)
    expect(await say('我们为什么排第九', privately())).toMatch(/政策掌握 −6\.46（1分，多1分 \+0\.07）/)
    expect(await say('怎么算出来的')).toMatch(/政策掌握 {2}\d/)
  })

  it('never says in a group that somebody is last', async () => {
    expect(await say('凭什么我们倒数')).not.toMatch(/倒数|末位|最后/)
  })

  it('tells what documents gave and took, and which rules hold', async () => {
    const { unit_id, campaign_id } = await unit('幸福里社区')
    await bot.db
      .insertInto('adjustment')
      .values({ unit_id, campaign_id, points: '-1.5', document: '通报3号', created_by: '何晓雯' })
      .execute()
    await sql`update campaign set revision = revision + 1`.execute(bot.db)
    const text = await say('幸福里为什么这么低')
    expect(text).toContain('加减分 −1.5（通报3号 −1.5）。')
    expect(text).toContain('幸福里社区 87.08分')
    expect(text).toContain('规则第1版。')
    const { total, lost } = parts(text.replace(/加减分.*/, ''))
    expect(total + lost.reduce((sum, one) => sum + one, 0)).toBe(10_000 - 150)
  })

  it('tells of an indicator that a veto set to nothing', async () => {
    const { unit_id, campaign_id } = await unit('兴华里社区')
    await sql`insert into veto (campaign_id, unit_id, indicator_id, document, reason, effect, starts, approved_by,
      approved_by_too, created_by) select ${campaign_id}, ${unit_id}, id, '否决1号', '弄虚作假', 'indicator_zero',
      '2026-11-01', '何晓雯', '郑国栋', '何晓雯' from indicator where name = '老旧小区改造'`.execute(bot.db)
    await sql`update campaign set revision = revision + 1`.execute(bot.db)
    expect(await say('兴华里为什么这么低'), 'vetoes are off').not.toContain('一票否决')
    await sql`update campaign set settings = settings || '{"veto": true}', revision = revision + 1`.execute(
      bot.db,
    )
    expect(await say('兴华里为什么这么低')).toMatch(/老旧小区改造 −15\.22（※一票否决，否决1号）/)
  })
})

describe('under top3', () => {
  beforeAll(() => visibility('top3'))
  afterAll(() => visibility('full'))

  it('a group hears its own members’ reasons, and neither those of others nor who is above', async () => {
    const own = await say('我们为什么排第九')
    expect(own).toContain('排第9名')
    expect(own).not.toContain('上一名')
    expect(await say('金苑为什么这么低', { sender: neighbour })).toContain('这里看不到金苑社区的得分')
  })

  it('who looks after the street hears it in private', async () => {
    expect(await say('金苑为什么这么低', privately(clerk))).toContain('上一名是')
  })

  it('no place and no total is told beyond the third, and two units are compared by what they have done', async () => {
    expect(await say('我们跟上一名差多少')).toContain('只看得到前三名和本单位的名次')
    const text = await say('金苑和西陈庄比一比')
    expect(text).toContain('这里看不到西陈庄的得分，只比各项。')
    expect(text).not.toMatch(/第\d+名|总体完成|得分 |领先[\d.]+(?:分|个百分点)/)
    expect(await say('金苑和西陈庄比一比', privately(clerk))).toMatch(/得分 {2}[\d.]+ {2}[\d.]+/)
  })

  it('the first three and one’s own are compared by score', async () => {
    expect(await say('我们跟第一名差几分')).toMatch(/淮河路领先[\d.]+分。[\s\S]*名次 {2}第9名 {2}第1名/)
  })

  it('how another’s total was is told no more than how it is', async () => {
    const text = await say('华达跟上周比怎么样')
    expect(text).toContain('这里看不到华达社区的总分和名次，只比各项。')
    expect(text).not.toMatch(/总分 \d/)
    expect(await say('我们跟上周比怎么样')).toMatch(/总分 [\d.]+→[\d.]+/)
    expect(await say('华达跟上周比怎么样', privately(clerk))).toMatch(/总分 [\d.]+→[\d.]+/)
  })
})

describe('now and then', () => {
  it('is not compared by score and place once the rules have changed, but by what was done', async () => {
    await changed('rule_version = rule_version + 1')
    const text = await say('我们跟上周比怎么样')
    expect(text).toContain('规则已调整，总分和名次不作比较。')
    expect(text).toContain('交叉任职落实 未落实（0%）→已落实（100%）')
  })
})

describe('what is said beside it', () => {
  it.each([
    ['红色物业报了3个，还差1个', '已记'],
    ['红色物业为什么没报', '没听懂'],
    ['谁排第一', '淮河路'],
    ['我们比上周升了几名', '名'],
    ['提醒大家看看还差几个', '提醒'],
    ['红色物业还有几天到期', '截止'],
    ['我们社区还差几项没完成', '金苑社区进度'],
  ])('%s', async (text, expected) => {
    expect(await say(text)).toContain(expected)
  })

  it('a plan is written nowhere', async () => {
    const before = await eventsIn(bot.db)
    for (const text of ['下周能完成3个红色物业', '红色物业还要完成2个', '红色物业目标3个']) await say(text)
    expect(await eventsIn(bot.db)).toBe(before)
  })
})
