// Long lists, and how long a receipt may be.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Roster, readRoster } from '../../src/database/roster.ts'
import { admin, clerk, district, eventsIn, secretary, type Talk, talk } from './harness.ts'

let talking: Talk
let roster: Roster
beforeAll(async () => {
  talking = await talk()
  const { id } = await talking.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  roster = await readRoster(talking.db, id)
})
afterAll(() => talking.close())
beforeEach(() => talking.clock.pass(700))

const leaves = () => [...roster.units.values()].filter(({ id }) => roster.children(id).length === 0)
/** Names that only one unit has, so that nobody has to ask. */
const listOf = (count: number, tail = '') =>
  `监督员接龙\n${leaves()
    .slice(0, count)
    .map(({ name }, at) => `${at + 1}. ${name} 新增1人`)
    .join('\n')}${tail}`
const here = { sender: admin, chat: district }

describe('a list of fifty lines', () => {
  it('is written as one, told in a summary, and taken back as one', async () => {
    const events = await eventsIn(talking.db)
    const answer = await talking.say(listOf(50, '，原因：按台账补报'), here)
    const [first, ...rest] = answer.split('\n')
    expect((await eventsIn(talking.db)) - events).toBe(50)
    expect(first).toBe('已记 50项（代报）：50项有变化')
    expect(rest.filter((row) => row.includes('→'))).toHaveLength(20)
    expect(rest.at(-1)).toContain('还有30项有变化')
    expect(await talking.say('撤回，原因：试一下', here)).toContain('已撤回 50项')
    expect(await talking.say('撤回，原因：试一下', here)).toContain('没有可以撤回的')
  })

  it('with one doubtful line writes nothing, and names the line', async () => {
    const events = await eventsIn(talking.db)
    const answer = await talking.say(listOf(50, '\n51. 不知道社区 3人，原因：按台账补报'), here)
    expect(answer).toContain('有1行没看明白，51行都没有登记')
    expect(answer).toContain('第51行')
    expect(await eventsIn(talking.db)).toBe(events)
  })

  it('is refused when it is longer than two hundred', async () => {
    const rows = Array.from({ length: 201 }, (_, at) => `${at + 1}. 金苑社区 ${at}`).join('\n')
    const events = await eventsIn(talking.db)
    expect(await talking.say(`红色物业接龙\n${rows}`, { sender: clerk })).toContain('一次最多200行')
    expect(await eventsIn(talking.db)).toBe(events)
  })
})

describe('a receipt', () => {
  it('is one line for each number, of forty characters where names allow', async () => {
    for (const [text, sender] of [
      ['红色物业3个', secretary],
      ['共建项目+1', secretary],
      ['更正：红色物业是2个', secretary],
      ['金苑社区红色物业3个', clerk],
      ['更正：金苑社区红色物业是4个', clerk],
    ] as const) {
      const answer = await talking.say(text, { sender })
      expect(answer).toMatch(/^已(记|更正) /)
      expect(answer.split('\n')).toHaveLength(1)
      expect([...answer.replace('@我 ', '')].length).toBeLessThanOrEqual(42)
    }
  })
})
