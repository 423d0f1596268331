// Somebody's own test score: in private, to the unit's own people and to who looks after it, whatever it is asked by.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chartThen } from '../../src/board-picture.ts'
import type { Viewing } from '../../src/turn.ts'
import { unitPageOf } from '../../src/unit-page.ts'
import { wallChartOf } from '../../src/wall-chart.ts'
import { admin, clerk, district, privately, secretary, type Talk, talk } from './harness.ts'
import { viewers } from './viewer.ts'

const neighbour = { id: 'lixiuying', name: '李秀英' }
const streetSecretary = { id: 'majianjun', name: '马建军' }
const otherClerk = '桐柏路街道'

let bot: Talk
let viewing: Awaited<ReturnType<typeof viewers>>['viewing']
let unitNamed: Awaited<ReturnType<typeof viewers>>['unitNamed']

beforeAll(async () => {
  bot = await talk()
  const found = await viewers(bot)
  viewing = found.viewing
  unitNamed = found.unitNamed
})
afterAll(() => bot.close())

const isListed = (columns: string[]) => columns.some((name) => name.includes('政策'))
const why = '个人成绩只给本人和上级看'

describe('the wall chart of a street', () => {
  const charts = async (place: Viewing) => {
    const street = unitNamed('汝河路街道')
    const now = await wallChartOf(place, street)
    return [now, (await chartThen(place, street, '2026-11-20')).chart]
  }

  it.each([secretary, neighbour])('is without the column for a secretary in private', async (who) => {
    for (const { columns, notes } of await charts(await viewing(who))) {
      expect(isListed(columns)).toBe(false)
      expect(notes).toContainEqual({ label: '未列', text: expect.stringContaining(why) })
    }
  })

  it.each([clerk, streetSecretary, admin])(
    'has it for who looks after the street, in private',
    async (who) => {
      for (const { columns, notes } of await charts(await viewing(who))) {
        expect(isListed(columns)).toBe(true)
        expect(notes.some(({ label }) => label === '未列')).toBe(false)
      }
    },
  )

  it.each([secretary, clerk, admin])('is without it in a group, whoever asks', async (who) => {
    for (const { columns, notes } of await charts(await viewing(who, '汝河路街道'))) {
      expect(isListed(columns)).toBe(false)
      expect(notes).toContainEqual({ label: '未列', text: expect.stringContaining('不在群里公布') })
    }
  })

  it('is without it for who looks after another street, in private', async () => {
    const row = await bot.db
      .selectFrom('assignment')
      .innerJoin('person', 'person.id', 'assignment.person_id')
      .where('role', '=', 'street_admin')
      .where('assignment.unit_id', '=', unitNamed(otherClerk).id)
      .select('person.name')
      .executeTakeFirstOrThrow()
    for (const { columns } of await charts(await viewing(row))) expect(isListed(columns)).toBe(false)
  })

  it('of the district has the means of the streets, which are nobody’s own', async () => {
    for (const place of [await viewing(secretary), await viewing(secretary, '汝河路街道')])
      expect(isListed((await wallChartOf(place, place.roster.root)).columns)).toBe(true)
  })
})

describe('the page of a community', () => {
  const page = async (place: Viewing) => {
    const { rows, notes } = await unitPageOf(place, unitNamed('金苑社区'))
    return { has: isListed(rows.map(({ name }) => name)), notes: notes.map(({ text }) => text).join() }
  }

  it('has the score for its own secretary and who looks after it, in private', async () => {
    for (const who of [secretary, clerk, streetSecretary, admin])
      expect((await page(await viewing(who))).has).toBe(true)
  })

  it('is without it for the neighbour, and in a group', async () => {
    expect(await page(await viewing(neighbour))).toEqual({
      has: false,
      notes: expect.stringContaining(why),
    })
    for (const who of [secretary, clerk, admin])
      expect((await page(await viewing(who, '汝河路街道'))).has).toBe(false)
  })
})

/** Each question, and the words in which it would tell 金苑's score. */
const questions: [text: string, score: RegExp][] = [
  ['金苑社区政策掌握进度', /\d+分/],
  ['金苑社区进度', /政策掌握\D*\d+分/],
  ['金苑社区政策掌握还差多少', /\d+分/],
  ['金苑社区预测', /政策掌握\D*\d/],
  ['金苑社区政策掌握谁报的', /政策掌握 \d+分/],
  ['金苑社区政策掌握为什么丢分', /满分/],
  ['金苑社区政策掌握第几', /\d+分/],
  ['金苑政策掌握什么时候到期', /\d+分/],
  ['金苑年底到期的有哪些', /政策掌握\D*\d+分/],
]

describe('what is said of somebody’s own score', () => {
  it.each(questions)(
    '“%s” tells it in private to its own people and to who looks after them',
    async (text, score) => {
      for (const who of [secretary, clerk, streetSecretary, admin])
        expect(await bot.say(text, privately(who)), who.name).toMatch(score)
    },
  )

  it.each(questions)('“%s” tells no neighbour, and nobody in a group', async (text, score) => {
    expect(await bot.say(text, privately(neighbour))).not.toMatch(score)
    for (const sender of [secretary, clerk, admin]) {
      expect(await bot.say(text, { sender })).not.toMatch(score)
      expect(await bot.say(text, { sender, chat: district })).not.toMatch(score)
    }
  })

  it('asked of the neighbour, it is refused with what to ask instead', async () => {
    expect(await bot.say('金苑社区政策掌握进度', privately(neighbour))).toBe(
      '“政策掌握”是个人成绩，只给本人和上级看。本单位的可以问“政策掌握进度”。',
    )
    expect(await bot.say('政策掌握进度', privately(neighbour))).toContain('76分')
  })

  it('asked with when it is due, is refused in one place and says the rest', async () => {
    const text = '金苑政策掌握什么时候到期'
    expect(await bot.say(text, privately(neighbour))).toMatch(/截止：12月31日.*\n完成：不公开\n状态：● 正常/)
    expect(await bot.say(text)).toContain('完成：私聊看\n')
  })

  it('asked for the order of a whole district or of another street, is refused with what to ask', async () => {
    for (const text of ['全区政策掌握排名', '全区政策掌握前三', '桐柏路街道政策掌握排名'])
      expect(await bot.say(text, privately(neighbour))).toContain('“政策掌握”是个人成绩，只给本人和上级看。')
    expect(await bot.say('全区政策掌握排名', privately(admin))).toContain('1. ')
    expect(await bot.say('政策掌握排名', privately(neighbour))).toMatch(/汝河小区社区76%.*排第9名/)
  })

  it('is in no table of the whole street for a secretary, also after the clerk was told it', async () => {
    expect(await bot.say('汝河路街道政策掌握进度', privately(clerk))).toContain('金苑')
    expect(await bot.say('汝河路街道政策掌握进度', privately(neighbour))).not.toContain('金苑')
    expect(await bot.say('金苑社区进度', privately(clerk))).not.toContain('不公开')
    expect(await bot.say('金苑社区进度', privately(neighbour))).toContain('不公开')
  })

  it('is not compared with one’s own', async () => {
    const text = '我们和金苑比政策掌握'
    expect(await bot.say(text, privately(neighbour))).toContain('只给本人和上级看')
    expect(await bot.say('汝河小区和金苑比政策掌握', privately(clerk))).toMatch(/\d+分/)
  })
})

describe('when the score is nearly due', () => {
  const expected = [
    ['in the group', {}, /政策掌握 +私聊看/],
    ['to the neighbour', privately(neighbour), /政策掌握 +不公开/],
    ['to its own secretary in private', privately(secretary), /政策掌握 +83分/],
  ] as const

  it.each(expected)('the deadlines are told %s', async (_, where, shown) => {
    bot.clock.set('2026-12-28T10:00:00+08:00')
    expect(await bot.say('金苑期限', where)).toMatch(shown)
    // Nothing nearer: it is among what comes next.
    bot.clock.set('2026-12-01T10:00:00+08:00')
    await sql`update target set due = '2026-12-20' where indicator_id = (select id from indicator where kind = 'score')`.execute(
      bot.db,
    )
    await bumped()
    expect(await bot.say('金苑明天到期的有哪些', where)).toMatch(shown)
  })

  it('what may be extended is asked without it in the group', async () => {
    bot.clock.set('2026-12-01T10:00:00+08:00')
    expect(await bot.say('申请延期')).toMatch(/政策掌握 私聊看，12月20日/)
    expect(await bot.say('申请延期', privately(secretary))).toMatch(/政策掌握 83分，12月20日/)
  })
})

const bumped = () =>
  sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(bot.db)
