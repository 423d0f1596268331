// Reminders in conversation: numbers that stay, who may touch whose, nothing twice, and what fires in the end.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import reminders from '../../jobs/reminders.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { botOn, pushing, silent } from '../support/example.ts'
import { outboxOf } from '../support/reminders.ts'
import { admin, clerk, district, message, privately, secretary, type Talk, talk, words } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())
beforeEach(async () => {
  talking.clock.set('2026-11-22T10:00:00+08:00')
  for (const table of ['outbox', 'reminder'] as const) await talking.db.deleteFrom(table).execute()
  // The list that was shown before is forgotten.
  talking.clock.pass(3600)
})

const neighbour = { sender: { id: 'lixiuying', name: '李秀英' } }
const by = (id: string) => ({ sender: { id, name: id } })
const active = async () =>
  (
    await talking.db
      .selectFrom('reminder')
      .where('status', '=', 'active')
      .orderBy('id')
      .select('text')
      .execute()
  ).map(({ text }) => text)
const three = async () => {
  for (const what of ['甲', '乙', '丙']) await say(`明天下午3点提醒大家报${what}`)
}

describe('numbers', () => {
  it('stay as they were shown for ten minutes, whatever is cancelled', async () => {
    await three()
    expect(await say('有哪些提醒')).toMatch(/1\. .*报甲.*\n2\. .*报乙.*\n3\. .*报丙/)
    await say('取消第1个提醒')
    talking.clock.pass(590)
    expect(await say('取消第2个提醒')).toContain('报乙')
    expect(await active()).toEqual(['报丙'])
  })

  it('are shown again after that, and asked for', async () => {
    await three()
    await say('取消第1个提醒')
    talking.clock.pass(601)
    for (const words of ['取消第2个提醒', '第2个不要了']) {
      talking.clock.pass(601)
      expect(await say(words)).toMatch(/1\. .*报乙.*\n2\. .*报丙[\s\S]*请看现在的编号，再说一次/)
    }
    expect(await active()).toEqual(['报乙', '报丙'])
    expect(await say('取消第2个提醒')).toContain('报丙')
  })

  it('belong to whom they were shown: another’s list renumbers nothing, and others do not know them', async () => {
    await three()
    await say('取消第1个提醒')
    expect(await say('有哪些提醒', { sender: clerk })).toMatch(/1\. .*报乙.*\n2\. .*报丙/)
    expect(await say('取消第2个提醒', { sender: admin })).toContain('再说一次')
    expect(await say('取消第2个提醒')).toContain('报乙')
    expect(await active()).toEqual(['报丙'])
  })

  it('of several at once are cancelled together', async () => {
    await three()
    expect(await say('取消第一个和第三个提醒')).toBe('已取消2个提醒：报甲、报丙。')
    expect(await active()).toEqual(['报乙'])
  })

  it('of another group are its own', async () => {
    await three()
    expect(await say('明天下午4点提醒大家开会', { sender: admin, chat: district })).toContain('第1个提醒：')
  })

  it('in private count one’s own of all chats', async () => {
    await three()
    await say('明天下午4点提醒我报丁', neighbour)
    await say('明天下午5点提醒我喝水', privately())
    expect(await say('有哪些提醒', privately())).toMatch(
      /您有4个提醒\n1\. .*报甲（汝河路街道攻坚群）[\s\S]*4\. .*喝水\n/,
    )
    expect(await say('取消第2个提醒', privately())).toContain('报乙')
    expect(await active()).toEqual(['报甲', '报丙', '报丁', '喝水'])
  })
})

describe('what is no reminder', () => {
  it.each([
    ['还有啥提醒没', /这个群有1个提醒/],
    ['提醒没收到', /说“送达”看发出去没有/],
    ['为啥没提醒我', /说“送达”看发出去没有/],
    ['李书记提醒得对', /不回话|没听懂/],
    ['上级提醒我们要注意安全', /不回话|没听懂/],
    ['第1个暂停', /跳过一次说“第1个提醒跳过一次”/],
    ['第1个提醒跳过一次', /12月1日.*不提醒了，下次是2027年1月1日/],
    ['第1个提醒改到昨天', /那个时间已经过了/],
    ['第1个提醒改到上周五', /那个时间已经过了/],
    ['第1个提醒改到今天', /那个时间已经过了/],
    ['把对账那个提醒去了', /已取消第1个提醒/],
    ['撤回', /已取消第1个提醒/],
  ])('%s', async (words, reply) => {
    await say('每月1号上午9点提醒我对账')
    expect(await say(words)).toMatch(reply)
  })
})

describe('what is one, with a number in it', () => {
  it.each(['明天9点提醒报第2个', '第一个周五提醒我开会', '明天9点提醒我取消第1个和第2个'])(
    '%s',
    async (words) => {
      expect(await say(words)).toContain('第1个提醒：')
    },
  )
})

describe('the echo in a group', () => {
  it.each(['13812345678', '138 1234 5678', '138-1234-5678', '0371-67889900'])(
    'takes no %s',
    async (phone) => {
      const words = `明天9点提醒我给周敏${phone}打电话`
      expect(await say(words)).toBe('群里不能带手机号，请私聊我设这个提醒。')
      expect(await say(words, privately())).toContain(phone)
    },
  )

  it('says who is not @-ed: all a second time, whoever is muted, and a name', async () => {
    const by = { sender: clerk }
    await say('每周三上午9点提醒大家巡查', by)
    const already = '这个群那天已经有一条@所有人，这条到时不@人'
    expect(await say('11月25日下午4点提醒大家报甲', by)).toContain(already)
    expect(await say('11月26日下午4点提醒大家报甲', by)).not.toContain(already)
    await say('到周五别@我')
    expect(await say('明天9点提醒我喝水')).toContain('您已设勿扰到11月27日(周五)，到时不@您')
    await say('可以@我了')
    for (const words of ['提醒李秀英明天报数', '@李秀英 明天9点提醒她报数'])
      expect(await say(words)).toContain('到时发在群里，不单独@李秀英')
  })
})

describe('0 after the echo', () => {
  it('cancels exactly that reminder, within five minutes', async () => {
    await three()
    talking.clock.pass(299)
    expect(await say('0')).toContain('已取消第3个提醒')
    expect(await active()).toEqual(['报甲', '报乙'])
  })

  it('does nothing after five minutes, nor when somebody else says it', async () => {
    await three()
    await say('0', neighbour)
    expect(await active()).toHaveLength(3)
    talking.clock.pass(301)
    await say('0')
    expect(await active()).toHaveLength(3)
  })

  it('a yes leaves it, and it can still be taken back', async () => {
    await three()
    for (const yes of ['好的', '收到']) expect(await say(yes)).toBe('（不回话）')
    expect(await active()).toHaveLength(3)
    expect(await say('不要了')).toContain('已取消第3个提醒')
  })
})

describe('whose it is', () => {
  it.each([
    ['its owner', secretary.id, true],
    ['the street’s clerk', clerk.id, true],
    ['the district’s clerk', admin.id, true],
    ['a neighbour', 'lixiuying', false],
    ['the street’s secretary', 'majianjun', false],
    ['a supervisor', 'liuyang', false],
    ['a leader', 'zhengguodong', false],
  ])('%s: may cancel, change and skip it: %s %s', async (_who, id, may) => {
    for (const words of [
      '取消第1个提醒',
      '第1个提醒改到上午10点',
      '下次巡查不用提醒了',
      '巡查的提醒不要了',
    ]) {
      await say('每周三上午9点提醒大家巡查')
      await say('有哪些提醒', by(id))
      const reply = await say(words, by(id))
      expect(reply.includes('是张建国设的')).toBe(!may)
      await say('所有提醒都取消')
      await say('1')
      talking.clock.pass(700)
    }
  })

  it('somebody else’s leaves a row in the book, one’s own none', async () => {
    const audits = () =>
      talking.db
        .selectFrom('audit')
        .where('action', 'like', '%_reminder')
        .select(['action', 'actor'])
        .execute()
    const before = (await audits()).length
    await three()
    await say('取消第1个提醒')
    expect(await audits()).toHaveLength(before)
    await say('有哪些提醒', { sender: clerk })
    await say('取消第1个提醒', { sender: clerk })
    await say('第2个提醒改到上午9点', { sender: clerk })
    expect((await audits()).slice(before)).toEqual([
      { action: 'cancel_reminder', actor: '周敏' },
      { action: 'change_reminder', actor: '周敏' },
    ])
  })

  it('all at once: a secretary one’s own, a clerk those of others when they say so', async () => {
    await three()
    await say('明天下午4点提醒我报丁', neighbour)
    await say('所有提醒都取消', neighbour)
    expect(await active()).toEqual(['报甲', '报乙', '报丙'])
    await say('明天下午4点提醒我看表', { sender: clerk })
    expect(await say('所有提醒都取消', { sender: clerk })).toContain('1 取消我设的1个\n2 4个全部取消')
    await say('1', { sender: clerk })
    expect(await active()).toEqual(['报甲', '报乙', '报丙'])
    await say('所有提醒都取消', { sender: clerk })
    await say('1', { sender: clerk })
    expect(await active()).toEqual([])
  })

  it('words do not reach into another group or into private ones', async () => {
    await say('明天下午4点提醒我喝茶', privately())
    expect(await say('喝茶的提醒不要了', { sender: clerk })).toContain('没有提醒')
    expect(await say('删除提醒#1', { sender: clerk })).not.toContain('已取消')
    expect(await active()).toEqual(['喝茶'])
  })
})

describe('once', () => {
  it('a message that is delivered again makes no second reminder', async () => {
    const again = message('每周三上午9点提醒大家巡查')
    await talking.hear(again)
    // The process ended before it was noted that the message was heard.
    await talking.db.deleteFrom('heard').execute()
    expect(words(await botOn(talking.store, { clock: talking.clock })(again))).toContain(
      '已经有了，第1个提醒',
    )
    expect(await active()).toEqual(['巡查'])
  })
})

describe('until it is said', () => {
  const run = (moment: string) => {
    talking.clock.set(moment)
    return reminders.run({
      ...{ due: talking.clock.now(), db: talking.db, calendar: calendarOf(), log: silent },
      ...{ push: pushing(talking.clock), privately: ['dingtalk'], quotas: { webhook: 0, api: 0 } },
    })
  }
  const said = async () => (await outboxOf(talking.db)).map(({ text, mention }) => [text, mention])

  it('what was set by voice, changed and skipped once comes when it was last meant to', async () => {
    await say('每周三上午9点提醒我巡查')
    await say('第1个提醒改到下午4点')
    await say('下次巡查不用提醒了')
    for (const day of [25, 26]) await run(`2026-11-${day}T16:00:00+08:00`)
    expect(await said()).toEqual([])
    await run('2026-12-02T16:00:00+08:00')
    expect(await said()).toEqual([['提醒：巡查', ['zhangjianguo']]])
  })

  it('大家 are all called for a clerk, and nobody for a secretary', async () => {
    await say('明天下午3点提醒大家报表', { sender: clerk })
    await say('明天下午3点提醒大家交费')
    await run('2026-11-23T15:00:00+08:00')
    expect(await said()).toEqual([
      ['提醒：报表', ['@all']],
      ['提醒：交费', undefined],
    ])
  })

  it('one does not want to be @-ed today, and is tomorrow', async () => {
    await say('每天上午9点提醒我报数')
    await say('明天别@我')
    for (const day of [23, 24]) await run(`2026-11-${day}T09:00:00+08:00`)
    expect(await said()).toEqual([
      ['提醒：报数', []],
      ['提醒：报数', ['zhangjianguo']],
    ])
  })
})
