// Sentences that look like a report and are none, or not quite: nothing counts until the person says so.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { admin, clerk, district, message, numberOf, privately, type Talk, talk, words } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeEach(async () => {
  talking = await talk()
  say = talking.say
})
afterEach(() => talking.close())
const red = (unit = '金苑社区') => numberOf(talking.db, unit, '红色物业')

describe('a plan, a quote, a doubt or a negation', () => {
  it.each([
    ...[
      '红色物业要完成4个',
      '红色物业能完成4个',
      '红色物业想弄到4个',
      '红色物业该完成4个了',
      '红色物业快4个了',
    ],
    ...[
      '红色物业4个没完成',
      '红色物业3个在建',
      '红色物业说是3个',
      '周敏说红色物业3个',
      '本周红色物业完成3个',
    ],
    ...[
      '红色物业完成3个了吧',
      '红色物业完成3个了吗',
      '红色物业应该有3个',
      '红色物业25号前完成4个',
      '27号红色物业4个',
    ],
    ...['红色物业减2个', '红色物业退了1个', '红色物业大概3个', '红色物业超过3个', '张建国红色物业9个'],
  ])('%s changes nothing by itself', async (text) => {
    await say(text)
    expect(await red()).toBe('2')
  })

  it('等验收 does not reach the step', async () => {
    const sender = { id: 'zhaotiezhu', name: '赵铁柱' }
    const before = await numberOf(talking.db, '李江沟村', '示范楼院建设')
    await say('示范楼院等验收', { sender })
    expect(await numberOf(talking.db, '李江沟村', '示范楼院建设')).toBe(before)
  })
})

describe('an increment', () => {
  it.each([
    ['红色物业新建1个', '3'],
    ['红色物业增1个', '3'],
    ['红色物业又签了一个', '3'],
    ['红色物业增加到3个', '3'],
  ])('%s makes it %s', async (text, value) => {
    await say(text)
    expect(await red()).toBe(value)
  })
})

describe('taking back', () => {
  it.each(['别撤回', '可以撤回吗', '谁撤回了', '撤回了没', '怎么撤回'])(
    '%s takes nothing back',
    async (text) => {
      await say('红色物业3个')
      await say(text)
      expect(await red()).toBe('3')
    },
  )
})

describe('a question', () => {
  it('about which one is not answered by 对', async () => {
    await say('今院红色物业3个', { sender: admin, chat: district })
    expect(await say('对', { sender: admin, chat: district })).not.toContain('已记')
    expect(await red()).toBe('2')
  })

  it('with nothing new in it is no zero report', async () => {
    expect(await say('没有新进展怎么办')).not.toContain('已记')
  })
})

describe('names that sound alike', () => {
  it('are asked about in the district group, even when the characters are right', async () => {
    expect(await say('锦苑红色物业4个', { sender: admin, chat: district })).toMatch(
      /1 金苑社区\n2 锦苑社区|1 锦苑社区\n2 金苑社区/,
    )
  })
})

describe('a street', () => {
  it('is told that its communities report', async () => {
    expect(await say('红色物业3个', { sender: clerk })).toContain('由各村（社区）报')
  })
})

describe('days', () => {
  it('before the last ranking need the clerk of the street', async () => {
    expect(await say('11月10日红色物业3个')).toContain('已经进了上周的排名')
    expect(await say('昨天红色物业3个')).toContain('已记 金苑·红色物业（11月21日的数） 2→3/4')
  })
})

describe('identity', () => {
  it('of somebody who has an account is not taken over by a phone number', async () => {
    expect(await say('绑定 19900000001', privately())).toMatch(/您现在是张建国|您已经绑定/)
    expect(await say('我是谁', privately())).toContain('您是张建国')
  })

  it('is given to an unbound account by the phone number of somebody without one', async () => {
    const { db } = talking
    const person = await db
      .selectFrom('person')
      .where('name', '=', '王海涛')
      .select('id')
      .executeTakeFirstOrThrow()
    await db.deleteFrom('account').where('person_id', '=', person.id).execute()
    const { testKeys } = await import('../support/keys.ts')
    await db
      .updateTable('person')
      .set({ phone_mark: testKeys.mark('13812345678') })
      .where('id', '=', person.id)
      .execute()
    const stranger = privately({ id: 'newaccount', name: '老王' })
    expect(words(await talking.hear(message('绑定 13812345678', stranger)))).toContain('绑定好了：您是王海涛')
    expect(await say('我是谁', stranger)).toContain('您是王海涛')
  })

  it('of a group stays with its unit unless somebody with the right over it changes that', async () => {
    const other = { id: 'xuelian', name: '薛丽安' }
    expect(await say('把这个群绑定到林山寨街道', { sender: other })).not.toContain('这个群现在是')
    expect(await say('把这个群绑定到汝河路街道', { sender: clerk, chat: district })).not.toContain(
      '这个群现在是',
    )
  })
})
