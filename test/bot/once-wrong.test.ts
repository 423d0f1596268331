// What was wrong once, as people met it: each of these was found by talking to the bot.
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clerk, eventsIn, message, numberOf, type Talk, talk, words } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeEach(async () => {
  talking = await talk()
  say = talking.say
})
afterEach(() => talking.close())
const silence = '（不回话）'
const red = () => numberOf(talking.db, '金苑社区', '红色物业')

describe('silence (N26)', () => {
  it.each(['收到', '👌', '好的', '谢谢'])('%s right after a receipt is not answered', async (text) => {
    await say('红色物业3个')
    expect(await say(text)).toBe(silence)
  })

  it('收到 while a question waits is not answered, and the question goes on waiting', async () => {
    await say('红色物业1个')
    expect(await say('收到')).toBe(silence)
    expect(await say('1')).toContain('已记')
  })

  it('OK is an acknowledgement in capitals, too', async () => {
    expect(await say('OK')).toBe(silence)
  })

  it.each(['1', '7'])('%s that answers nothing is told so', async (digit) => {
    expect(await say(digit)).toContain('现在没有等您回答的问题')
  })

  it('1 to a question that has run out is told so, or the person believes it counted', async () => {
    await say('红色物业1个')
    talking.clock.pass(301)
    expect(await say('1')).not.toBe(silence)
  })
})

describe('a whole report while a question waits (C3.9)', () => {
  it('is a report of its own, not the end of the other sentence', async () => {
    await say('报数 5')
    expect(await say('监督员3人')).toContain('已记 金苑·物业项目监督员 2→3')
  })

  it('is not lost in the question either', async () => {
    await say('报数 监督员')
    expect(await say('红色物业3个')).toContain('已记 金苑·红色物业 2→3')
  })
})

describe('taking back (C3.3)', () => {
  it('an indicator that is named is the one that is taken back', async () => {
    await say('监督员3人')
    await say('红色物业3个')
    expect(await say('撤回监督员')).toContain('物业项目监督员')
    expect(await red()).toBe('3')
  })

  it('a correction takes nothing else back', async () => {
    await say('红色物业3个')
    await say('监督员3人')
    await say('刚才报错了，红色物业应该是4个')
    expect(await numberOf(talking.db, '金苑社区', '物业项目监督员')).toBe('3')
  })

  it('numbers that were loaded from a workbook are not taken back from a chat', async () => {
    await sql`insert into report (campaign_id, unit_id, indicator_id, op, value, as_of, reported_at, reporter_id, platform,
      robot, message_id, raw_text, status, created_by)
      select campaign_id, unit_id, indicator_id, 'set', 2, '2026-11-22', ${talking.clock.now()}, reporter_id, 'import',
      robot, 'loaded today', '导入', 'accepted', 'load' from report
      where reporter_id = (select id from person where name = '张建国') limit 1`.execute(talking.db)
    expect(await say('撤回')).not.toContain('已撤回')
  })

  it('an answer that is delivered again after a crash is not told as 已撤回', async () => {
    await say('红色物业1个')
    const yes = message('1')
    expect(words(await talking.hear(yes))).toContain('已记')
    await sql`delete from heard where message_id = ${yes.id ?? ''}`.execute(talking.db)
    expect(words(await talking.hear(yes))).not.toContain('已撤回')
  })
})

describe('numbers', () => {
  it('that went away and came back within ten minutes are not 已记过', async () => {
    await say('红色物业3个')
    await say('红色物业4个')
    expect(await say('红色物业3个')).not.toContain('已记过')
  })

  it('of a day that has not come are not written down for last year', async () => {
    const events = await eventsIn(talking.db)
    await say('12月1日红色物业完成5个')
    expect(await eventsIn(talking.db)).toBe(events)
  })

  it('of somebody else’s community are refused before anything is asked', async () => {
    expect(await say('报数 汝河小区 5')).toContain('不能报数')
  })

  it('a jump is not offered as an increment, which would be the larger jump', async () => {
    expect(await say('红色物业300个')).not.toContain('新增')
  })

  it('nothing new of one indicator is understood', async () => {
    expect(await say('红色物业没有新增')).toContain('已记')
  })
})

describe('people', () => {
  it('whose duty ended are still told who they are', async () => {
    await sql`update assignment set valid_to = '2026-11-21' where person_id =
      (select id from person where name = '王海涛')`.execute(talking.db)
    expect(await say('我是谁', { sender: { id: 'wanghaitao', name: '' } })).toContain('您是王海涛')
  })

  it('who are not on the roster are told so', async () => {
    expect(await say('绑定 王二麻子', { sender: { id: 'x', name: '' } })).toContain('名册里没有')
  })

  it('ask what is still missing', async () => {
    expect(await say('我们社区还差几项没完成')).not.toContain('没听懂')
    expect(await say('没完成的有哪些', { sender: clerk })).not.toContain('没听懂')
  })
})

describe('whatever happens', () => {
  it('the bot rejects with StoreDown only: a mistake in the first look-up is a mistake, too', async () => {
    const said = message('进度', { sender: { id: 'zero\u0000byte', name: '' } })
    expect(words(await talking.hear(said))).toContain('系统出错了')
  })
})
