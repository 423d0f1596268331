// A nudge goes to those who have not reported, once a person and window, whoever asks.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/database/connection.ts'
import { botOn } from '../support/example.ts'
import { admin, clerk, district, message, secretary, words } from './harness.ts'
import { open, queued, say, sentTo, talking, wecomGroup, wednesday } from './nudge-talk.ts'

const unbind = (names: string[], platform?: string) =>
  talking.db
    .deleteFrom('account')
    .where('person_id', 'in', talking.db.selectFrom('person').where('name', 'in', names).select('id'))
    .$if(platform !== undefined, (query) => query.where('platform', '=', platform ?? ''))
    .execute()

describe('a nudge', () => {
  beforeEach(() => open(wednesday))

  it('asks first, and sends nothing until the digit comes', async () => {
    expect(await say('催一下')).toContain('要催10个单位')
    expect(await queued()).toEqual([])
    expect(await say('0')).toBe('好，不办了。')
    // Words that only the bot may put together.
    expect(await say('催一下,就这么催')).toContain('要催10个单位')
    expect(await queued()).toEqual([])
    await say('提醒没报的赶紧报')
    expect(await say('对')).toBe('已催10个单位（私聊10人）。')
    expect(await sentTo()).toHaveLength(10)
  })

  it('leaves out who has reported, also between the question and the answer', async () => {
    await say('催一下')
    await talking.say('没有新进展', { sender: secretary })
    expect(await say('1')).toBe('已催9个单位（私聊9人）。')
    expect(await sentTo()).not.toContain('张建国')
  })

  it('says to each what is missing, and how to be done with it', async () => {
    await say('催一下李江沟村')
    await say('1')
    await say('催一下金苑社区')
    await say('1')
    expect((await queued()).map(({ to, text }) => [to, text])).toEqual([
      [
        '赵铁柱',
        '周敏催报：李江沟村：非公党建指导员还没报过。直接回“非公党建指导员完成3人”这样的话就行；数没变就回“没有新进展”。',
      ],
      ['张建国', '周敏催报：金苑社区这期还没报数。有变化就把现在的数告诉我；数没变就回“没有新进展”。'],
    ])
  })

  it('goes to a person once a window, whoever asks and where, and again in the next', async () => {
    await say('催一下金苑社区')
    expect(await say('1')).toBe('已催1个单位（私聊1人）。')
    expect(await say('催一下金苑社区')).toBe('没有能催的。1个单位这期催过了，不再催。')
    const elsewhere = { ...wecomGroup, sender: admin }
    expect(await talking.say('催一下金苑社区', elsewhere)).toBe('没有能催的。1个单位这期催过了，不再催。')
    expect(await say('催一下')).toContain('要催9个单位')
    expect(await say('1')).toBe('已催9个单位（私聊9人）。1个单位这期催过了，不再催。')
    talking.clock.set('2026-11-30T09:30:00+08:00')
    expect(await say('催一下金苑社区')).toContain('要催1个单位')
    await say('1')
    expect((await sentTo()).filter((name) => name === '张建国')).toHaveLength(2)
  })

  it('is a notice: it takes nothing of what a group may hear unprompted, and keeps no hour of its own', async () => {
    await say('催一下金苑社区')
    await say('1')
    expect((await queued()).map(({ kind }) => kind)).toEqual(['notice'])
  })

  it('goes to who is responsible where an indicator is named', async () => {
    const person = talking.db.selectFrom('person').where('name', '=', '李秀英').select('id')
    const { id } = await person.executeTakeFirstOrThrow()
    const unit = talking.db.selectFrom('unit_version').where('name', '=', '李江沟村').select('unit_id')
    const { unit_id } = await unit.executeTakeFirstOrThrow()
    await talking.db
      .updateTable('target')
      .set({ responsible_id: id })
      .where('unit_id', '=', unit_id)
      .execute()
    await say('催一下李江沟村没报非公党建指导员的')
    await say('1')
    expect(await sentTo()).toEqual(['李秀英'])
  })

  it('goes to who reports for a unit without a secretary, and says where there is nobody', async () => {
    const of = (name: string) => talking.db.selectFrom('person').where('name', '=', name).select('id')
    await talking.db
      .updateTable('assignment')
      .set({ role: 'reporter' })
      .where('person_id', '=', of('张建国'))
      .execute()
    await talking.db
      .updateTable('assignment')
      .set({ valid_to: '2026-11-24' })
      .where('person_id', '=', of('李秀英'))
      .execute()
    const reply = await say('催一下')
    expect(reply).toContain('要催9个单位')
    expect(reply).toContain('1个单位联系不上：汝河小区（没有书记）')
    await say('1')
    expect(await sentTo()).toContain('张建国')
  })
})

describe('where nobody can be written to privately', () => {
  beforeEach(() => open(wednesday, { privately: [] }))

  it('the street’s group hears one line, and exactly the missing are @-ed', async () => {
    await talking.say('没有新进展', { sender: secretary })
    await say('催一下')
    expect(await say('1')).toBe('已催9个单位（群里@9人）。')
    const [line, ...more] = (await queued()).filter(({ state }) => state === 'queued')
    expect(more).toEqual([])
    expect(line?.to).toBe('cid-ruhelu')
    expect(line?.text).toMatch(/^周敏催报：汝河小区、.*还没报数，请 @我 报一下；数没变就说“没有新进展”。$/)
    expect(line?.mention).toHaveLength(9)
    expect(line?.mention).not.toContain('zhangjianguo')
    expect(await say('催一下')).toBe('没有能催的。9个单位这期催过了，不再催。')
  })

  it('a line of the other platform does not @ them a second time', async () => {
    await say('催一下', wecomGroup)
    expect(await say('1', wecomGroup)).toContain('群里@10人')
    expect(await sentTo()).toEqual(['wr-ruhelu'])
    expect(await say('催一下')).toContain('没有能催的')
  })

  it('who asked not to be @-ed is not', async () => {
    await talking.say('这周别@我', { sender: secretary })
    await say('催一下')
    await say('1')
    const [line] = (await queued()).filter(({ state }) => state === 'queued')
    expect(line?.mention).toHaveLength(9)
    expect(line?.mention).not.toContain('zhangjianguo')
  })

  it('who has no account is told to the clerk by name', async () => {
    await unbind(['张建国'])
    expect(await say('催一下')).toContain('1个单位联系不上：金苑（张建国没绑定账号）。')
    expect(await say('1')).toContain('已催9个单位（群里@9人）。1个单位联系不上')
  })

  it('nobody is @-ed in the district’s group, nor where the robot is out of use', async () => {
    await talking.db
      .updateTable('chat')
      .set({ push_off_at: new Date(wednesday), push_off_why: 'gone' })
      .execute()
    await say('催一下')
    expect(await queued()).toEqual([])
    expect(await talking.say('催一下', { sender: admin, chat: district })).toContain(
      '没有能催的。149个单位联系不上',
    )
  })

  it('it stays out of the morning’s list of troubles', async () => {
    await say('催一下')
    await say('1')
    const troubled = (await queued()).filter(({ state }) => state !== 'queued' && state !== 'cancelled')
    expect(troubled).toEqual([])
  })
})

it('mixes both: privately who can be, in the group only the others', async () => {
  await open(wednesday, { privately: ['wecom'] })
  await unbind(['张建国', '李秀英'], 'wecom')
  await say('催一下')
  expect(await say('1')).toBe('已催10个单位（私聊8人，群里@2人）。')
  const [line] = (await queued()).filter(({ to }) => to === 'cid-ruhelu')
  expect(line?.mention).toEqual(['zhangjianguo', 'lixiuying'])
})

describe.each([
  ['privately', ['dingtalk', 'wecom']],
  ['in the group', []],
] as const)('two clerks who nudge at the same moment on two replicas, %s,', (_how, privately) => {
  it('make one message a person', async () => {
    await open(wednesday, { privately: [...privately] })
    const stores: Store[] = [await talking.store.twin(), await talking.store.twin()]
    const bots = stores.map((store) => botOn(store, { clock: talking.clock, privately: [...privately] }))
    const askers = [{ sender: clerk }, { ...wecomGroup, sender: admin }]
    const both = (text: string) =>
      Promise.all(bots.map(async (bot, at) => words(await bot(message(text, askers[at])))))
    expect((await both('催一下')).every((reply) => reply.startsWith('要催10个单位'))).toBe(true)
    const replies = (await both('1')).toSorted()
    expect(replies[0]).toMatch(/^已催10个单位/)
    expect(replies[1]).toBe('没有能催的。10个单位这期催过了，不再催。')
    const all = await queued()
    const lines = all.filter(({ key }) => key.endsWith(':chat'))
    const people = all.filter((one) => !lines.includes(one)).map(({ to }) => to)
    expect([people.length, new Set(people).size]).toEqual([10, 10])
    expect(lines.flatMap(({ mention }) => mention)).toHaveLength(privately.length > 0 ? 0 : 10)
    for (const store of stores) await store.close()
  })
})
