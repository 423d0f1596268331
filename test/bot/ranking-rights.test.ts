// Who sees how much of a ranking, and where: the group's table under `full`, the first three under `top3`.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { admin, clerk, district, type message, privately, type Talk, talk } from './harness.ts'

const supervisor = { id: 'liuyang', name: '刘洋' }
const leader = { id: 'zhengguodong', name: '郑国栋' }
const streetSecretary = { id: 'majianjun', name: '马建军' }
const neighbour = { id: 'lixiuying', name: '李秀英' }

let bot: Talk
const visibility = async (wanted: 'full' | 'top3') => {
  await sql`update campaign set settings = jsonb_set(settings, '{ranking_visibility}', to_jsonb(${wanted}::text)),
    roster_version = roster_version + 1, revision = revision + 1`.execute(bot.db)
}
/** The places that are shown, from a table of communities or streets. */
const places = (text: string): number[] => [...text.matchAll(/^(\d+)\. /gm)].map(([, rank]) => Number(rank))
const ask = async (text: string, over: Parameters<typeof message>[1] = {}) => bot.say(text, over)

beforeAll(async () => {
  bot = await talk()
})
afterAll(() => bot.close())

describe('under full', () => {
  beforeAll(() => visibility('full'))

  it('everybody in the group sees the whole table of its street', async () => {
    expect(places(await ask('排名'))).toHaveLength(9)
    expect(places(await ask('排名', { sender: clerk }))).toHaveLength(9)
  })

  it('who is last is answered with the whole table in a group, never by a name', async () => {
    for (const sender of [neighbour, clerk, admin]) {
      const text = await ask('谁倒数', { sender })
      expect(places(text)).toHaveLength(9)
      expect(text).not.toMatch(/倒数|最后|末/)
    }
  })

  it.each([
    ['the street’s clerk', clerk],
    ['the street’s secretary', streetSecretary],
  ])('%s is told the name of the last in private', async (_who, who) => {
    expect(await ask('谁倒数', privately(who))).toContain('社区9个，排在最后：金苑 81.20（第9名）')
  })

  it.each([
    ['a clerk of the district', admin],
    ['a leader', leader],
    ['a supervisor', supervisor],
  ])('%s is told so of the streets, and of any street', async (_who, who) => {
    expect(await ask('谁倒数', privately(who))).toContain('街道14个，排在最后：绿东村 83.32（第14名）')
    expect(await ask('汝河路街道谁倒数', privately(who))).toContain('金苑 81.20')
  })

  it('a secretary is not, but hears the own place', async () => {
    const text = await ask('谁倒数', privately(neighbour))
    expect(text).toContain('汝河小区社区在9个社区中排第3名')
    expect(text).not.toContain('金苑')
  })

  it('a clerk is not told the last of another street', async () => {
    expect(await ask('桐柏路街道谁倒数', privately(clerk))).not.toContain('排在最后')
  })

  it('of another street its own people see the table, others the first three', async () => {
    expect(places(await ask('桐柏路街道排名'))).toEqual([1, 2, 3])
    expect(places(await ask('桐柏路街道排名', privately(clerk)))).toEqual([1, 2, 3])
    expect(places(await ask('桐柏路街道排名', privately(admin))).length).toBeGreaterThan(3)
    expect(places(await ask('桐柏路街道排名', { sender: admin, chat: district })).length).toBeGreaterThan(3)
  })

  it('a group’s scope holds for everybody in it: in a street’s group a clerk of the district sees no more', async () => {
    expect(places(await ask('桐柏路街道排名', { sender: admin }))).toEqual([1, 2, 3])
  })

  it('the streets are for all; all communities of the district are for the district', async () => {
    expect(places(await ask('全区街道排名'))).toHaveLength(14)
    const below = await ask('全区社区排名')
    expect(places(below)).toEqual([1, 2, 3])
    expect(below).toContain('金苑社区在131个社区中排第111名')
    expect(places(await ask('全区社区排名', { sender: admin, chat: district }))).toHaveLength(20)
  })

  it('nobody sees people’s test scores ranked in a group; in private who looks after them', async () => {
    expect(await ask('政策掌握排名', { sender: admin })).toContain('不在群里排')
    expect(places(await ask('政策掌握排名', privately(clerk)))).toHaveLength(9)
    const own = await ask('政策掌握排名', privately(neighbour))
    expect(places(own)).toEqual([])
    expect(own).toContain('汝河小区社区76%（76分）')
    expect(await ask('金苑社区政策掌握第几', privately(neighbour))).toContain('只看得到')
  })
})

describe('under top3', () => {
  beforeAll(() => visibility('top3'))

  it('a group sees the first three and the asker’s own place, whoever asks', async () => {
    for (const sender of [undefined, clerk, admin]) {
      const text = await ask('排名', sender && { sender })
      expect(places(text)).toEqual([1, 2, 3])
    }
    expect(await ask('排名')).toContain('其余单位可私聊我问“我们排第几”。')
    expect(await ask('排名')).toContain('金苑社区在9个社区中排第9名')
  })

  it('five cannot be asked for where three are shown', async () => {
    expect(places(await ask('前五名'))).toEqual([1, 2, 3])
  })

  it('one’s own place is told, another’s is not', async () => {
    expect(await ask('我们排第几')).toContain('第9名')
    expect(await ask('兴华里社区排第几')).toContain('只看得到前三名和本单位的名次')
    expect(await ask('汝河小区社区升了几名')).toContain('只看得到前三名和本单位的名次')
  })

  it('place and score of the first three are told of each of them, and nothing else', async () => {
    for (const text of [
      '汝河小区社区排第几',
      '汝河小区为什么第三',
      '汝河小区得分多少',
      '汝河小区得分怎么来的',
    ])
      expect(await ask(text)).toBe(
        '汝河小区社区在汝河路街道9个社区中排第3名（持平），得分 88.29。得分明细只给本单位看。',
      )
    expect(await ask('兴华里得分多少')).toContain('这里看不到兴华里社区的得分')
  })

  it('who looks after the street is sent to the private chat', async () => {
    for (const text of ['谁倒数第一', '排名', '金苑为什么第九', '金苑排第几']) {
      expect(await ask(text, { sender: clerk })).toContain('请私聊我问“排名”。')
      expect(await ask(text, { sender: admin })).toContain('请私聊我问“汝河路街道排名”。')
    }
    expect(await ask('谁倒数第一', { sender: neighbour })).toContain('其余单位可私聊我问“我们排第几”。')
  })

  it('who is last is not told in a group, nor to a secretary in private', async () => {
    expect(places(await ask('谁倒数'))).toEqual([1, 2, 3])
    expect(places(await ask('谁倒数', { sender: admin }))).toEqual([1, 2, 3])
    expect(await ask('谁倒数', privately(neighbour))).not.toContain('金苑')
  })

  it('in private who looks after a street sees all of it', async () => {
    expect(places(await ask('排名', privately(clerk)))).toHaveLength(9)
    expect(places(await ask('汝河路街道排名', privately(supervisor)))).toHaveLength(9)
    expect(places(await ask('排名', privately(neighbour)))).toEqual([1, 2, 3])
    expect(places(await ask('全区街道排名', privately(clerk)))).toEqual([1, 2, 3])
    expect(places(await ask('全区街道排名', privately(leader)))).toHaveLength(14)
  })
})
