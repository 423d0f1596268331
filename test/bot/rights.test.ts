// Who may do what, where: the refusals that people really get, and nothing written after any of them.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  admin,
  clerk,
  district,
  eventsIn,
  numberOf,
  privately,
  secretary,
  stranger,
  type Talk,
  talk,
} from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())
beforeEach(() => talking.clock.pass(700))

const person = (id: string) => ({ sender: { id, name: id } })

describe('somebody whom the bot does not know', () => {
  const guest = { sender: stranger }

  it('gets help, with what strangers may do', async () => {
    const help = await say('帮助', guest)
    for (const command of ['进度', '绑定', '帮助']) expect(help).toContain(`${command}：`)
    expect(help).toMatch(/还会：.*我是谁/)
    for (const command of ['报数', '撤回', '确认']) expect(help).not.toContain(`${command}：`)
  })

  it('sees the progress of the group’s unit, and of no other', async () => {
    expect(await say('进度', guest)).toContain('汝河路街道进度')
    expect(await say('红色物业进度', guest)).toContain('汝河路街道 · 红色物业')
    expect(await say('金苑社区进度', guest)).toContain('我还不认识您')
    expect(await say('全区进度', guest)).toContain('我还不认识您')
  })

  it('sees nothing in private', async () => {
    expect(await say('进度', privately(stranger))).toContain('我还不认识您')
    expect(await say('全区进度', privately(stranger))).toContain('我还不认识您')
  })

  it.each(['金苑社区红色物业3个', '撤回', '撤回 编号1', '确认', '今天没有新进展', '报数 金苑 5'])(
    'writes nothing: %s',
    async (text) => {
      const events = await eventsIn(talking.db)
      expect(await say(text, guest)).toContain('我还不认识您')
      expect(await eventsIn(talking.db)).toBe(events)
    },
  )

  it('is not known on the other platform under the same name alone', async () => {
    expect(await say('我是谁', { ...guest, sender: { id: 'somebody', name: '张建国' } })).toContain(
      '我还不认识您',
    )
  })
})

describe('numbers', () => {
  it.each([
    ['the secretary', 'zhangjianguo', '金苑社区监督员3人', true],
    ['the secretary, for another community', 'zhangjianguo', '汝河小区监督员9人', false],
    ['the street’s clerk', 'zhoumin', '汝河小区监督员9人', true],
    ['the street’s clerk, for another street', 'zhoumin', '西站路社区监督员9人', false],
    ['the district’s clerk, without a reason', 'hexiaowen', '淮河路社区监督员6人', false],
    ['the district’s clerk', 'hexiaowen', '淮河路社区监督员6人，原因：按台账补报', true],
    ['the street’s secretary', 'majianjun', '金苑社区监督员3人', false],
    ['a supervisor', 'liuyang', '金苑社区监督员3人', false],
    ['a leader of the district', 'zhengguodong', '金苑社区监督员3人', false],
  ])('%s: %s says %s', async (_who, id, text, may) => {
    const events = await eventsIn(talking.db)
    const reply = await say(text, person(id))
    expect(/已记/.test(reply)).toBe(may)
    expect((await eventsIn(talking.db)) > events).toBe(may)
  })

  it('do not go beyond the group they are said in', async () => {
    const events = await eventsIn(talking.db)
    expect(await say('锦苑社区监督员9人', { sender: admin })).toContain('这个群只办汝河路街道的事')
    expect(await eventsIn(talking.db)).toBe(events)
    expect(await say('锦苑社区监督员99人', { sender: admin, chat: district })).toContain('锦苑')
  })

  it('that somebody else reported are not withdrawn by a neighbour', async () => {
    const receipt = await say('红色物业3个')
    expect(receipt).toContain('已记')
    const { id } = await talking.db
      .selectFrom('report')
      .select((e) => e.fn.max<number>('id').as('id'))
      .executeTakeFirstOrThrow()
    const events = await eventsIn(talking.db)
    for (const other of ['lixiuying', 'majianjun', 'liuyang', 'lurenjia'])
      expect(await say(`撤回 编号${id}`, person(other))).not.toContain('已撤回')
    expect(await eventsIn(talking.db)).toBe(events)
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).toBe('3')
    expect(await say(`撤回 编号${id}`, { sender: clerk })).toContain('已撤回')
  })

  it('that wait for an answer are not confirmed by somebody else', async () => {
    const question = await say('红色物业300个')
    expect(question).toContain('比目标')
    const { id } = await talking.db
      .selectFrom('report')
      .select((e) => e.fn.max<number>('id').as('id'))
      .executeTakeFirstOrThrow()
    for (const other of ['lixiuying', 'zhoumin', 'lurenjia'])
      expect(await say(`确认 编号${id}`, person(other))).not.toContain('已记')
    expect(await say('0')).toBe('好，没有记。')
  })
})

describe('a phone number', () => {
  it('is refused in a group, even with the right number', async () => {
    const reply = await say('绑定 19900000008', { sender: stranger })
    expect(reply).toBe('手机号请私聊发给我，不要发在群里。')
  })

  it('never appears in an answer', async () => {
    for (const text of ['我是谁', '进度', '红色物业进度', '帮助', '绑定'])
      expect(await say(text, { sender: secretary })).not.toMatch(/1\d{10}/)
  })
})
