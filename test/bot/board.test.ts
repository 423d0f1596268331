// 发一下挂图: who gets the picture, where, and what is not on it.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRoster } from '../../src/database/roster.ts'
import { createLinks } from '../../src/links.ts'
import type { Turn } from '../../src/turn.ts'
import { wallChartOf } from '../../src/wall-chart.ts'
import { testKeys } from '../support/keys.ts'
import { admin, group, message, privately, type Talk, talk } from './harness.ts'

let bot: Talk
beforeEach(async () => {
  bot = await talk()
})
afterEach(() => bot.close())

/** What was queued, with the picture's first bytes. */
async function queued() {
  const rows = await bot.db.selectFrom('outbox').select(['chat_id', 'person_id', 'reply', 'kind']).execute()
  return rows.map(({ reply, ...row }) => {
    const [block] = reply.blocks
    const bytes = block?.kind === 'image' ? Buffer.from(block.png, 'base64') : Buffer.alloc(0)
    return {
      ...row,
      alt: block?.kind === 'image' ? block.alt : '',
      head: bytes.subarray(1, 4).toString(),
      bytes,
    }
  })
}

describe('the wall chart', () => {
  it('goes into the group that asks for it, as a picture', async () => {
    expect(await bot.say('发一下挂图')).toBe('汝河路街道的挂图画好了，马上发到群里。')
    const [one, ...more] = await queued()
    expect(more).toEqual([])
    expect(one).toMatchObject({ head: 'PNG', person_id: null, alt: '汝河路街道作战挂图（11月22日 10:00）' })
    expect(one?.bytes.length).toBeLessThan(2 << 20)
  })

  it('goes to the person who asks in private', async () => {
    expect(await bot.say('全区的挂图', privately(admin))).toBe('全区的挂图画好了，私聊发您了。')
    const [one] = await queued()
    expect(one).toMatchObject({ head: 'PNG', chat_id: null })
  })

  it('is not promised in private where nobody can be written to: the page is offered, or the group', async () => {
    await bot.close()
    bot = await talk({ privately: [] })
    expect(await bot.say('挂图', privately(admin))).toBe(
      '机器人还没有配置私聊，图发不了您。请在群里说“挂图”，或请管理员配置。',
    )
    const links = createLinks({ keyring: testKeys, base: 'https://guatu.example.cn', clock: bot.clock })
    await bot.close()
    bot = await talk({ privately: [], links })
    expect(await bot.say('挂图', privately(admin))).toMatch(/^全区的看板，10分钟内点开有效/)
    expect(await queued()).toEqual([])
  })

  it('is a page of its own for one community', async () => {
    expect(await bot.say('金苑的挂图')).toBe('金苑社区的挂图画好了，马上发到群里。')
    expect((await queued())[0]).toMatchObject({ head: 'PNG', alt: '金苑社区作战挂图（11月22日 10:00）' })
  })

  it('is that of a week that is over, as it was kept', async () => {
    expect(await bot.say('上周的挂图')).toMatch(/^汝河路街道11月\d+日 18:00的挂图画好了，/)
    expect((await queued())[0]).toMatchObject({ head: 'PNG', alt: expect.stringMatching(/11月\d+日 18:00/) })
  })

  it('says where there was nothing yet, and what to ask instead', async () => {
    expect(await bot.say('3月的挂图')).toMatch(/^那时候还没有定格过排名/)
    expect(await bot.say('金苑上周的挂图')).toMatch(/^以前的挂图只有街道和全区的/)
    expect(await queued()).toEqual([])
  })
})

/** What stands on the chart of 汝河路街道 in its group. */
async function chartInGroup() {
  const { id } = await bot.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const roster = await readRoster(bot.db, id)
  const unit = [...roster.units.values()].find(({ name }) => name === '汝河路街道')
  if (!unit) throw new Error('the example has no 汝河路街道')
  const now = bot.clock.now()
  const cached = <T>(_: string, compute: () => Promise<T>) => compute()
  // The parts of a turn that a chart looks at.
  const turn = {
    ...{ db: bot.db, roster, now, today: '2026-11-22', cached },
    message: message('挂图', { chat: group }),
  }
  return wallChartOf({ ...turn, chatUnit: unit } as unknown as Turn, unit)
}

describe('what stands on it', () => {
  it('is every community with its place, its score and a mark for each indicator', async () => {
    const { rows, columns, figures, notes, footer } = await chartInGroup()
    expect(rows.map(({ name }) => name)).toContain('金苑')
    expect(rows[0]).toMatchObject({ rank: 1, score: expect.stringMatching(/^\d+\.\d\d$/) })
    for (const { marks } of rows) expect(marks).toHaveLength(columns.length)
    expect(figures.map(({ label }) => label)).toEqual(['总体完成', '对比序时', '比上周'])
    expect(notes.map(({ label }) => label)).toContain('7天到期')
    expect(footer).toBe('数据截至 11月22日 10:00　规则第1版')
  })

  it('tells the group nobody’s own test score', async () => {
    const { columns, notes } = await chartInGroup()
    expect(columns.some((name) => name.includes('政策'))).toBe(false)
    expect(notes).toContainEqual({ label: '未列', text: expect.stringMatching(/政策.*个人成绩不在群里公布/) })
  })

  it('is without the places and scores of all but the first three where only these are told', async () => {
    await sql`update campaign set settings = settings || '{"ranking_visibility": "top3"}'`.execute(bot.db)
    const { rows } = await chartInGroup()
    expect(rows.filter(({ rank }) => rank !== undefined).every(({ rank = 0 }) => rank <= 3)).toBe(true)
    expect(rows.some(({ score }) => score === undefined)).toBe(true)
  })
})
