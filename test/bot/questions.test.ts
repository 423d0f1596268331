// The bot's questions: answered with a digit or a word, alive for five minutes, never answered by accident.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { clerk, eventsIn, numberOf, privately, type Talk, talk } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())
beforeEach(() => talking.clock.pass(700))

const redOf = () => numberOf(talking.db, '金苑社区', '红色物业')

describe('a number that is asked about', () => {
  it.each(['1', '对', '是的', '嗯', '确认', '中'])('counts when it is answered with %s', async (yes) => {
    const before = Number(await redOf())
    await say(`红色物业${before + 300}个`)
    expect(await redOf()).toBe(String(before))
    expect(await say(yes)).toContain(`已记 金苑·红色物业 ${before}→${before + 300}`)
    expect(await redOf()).toBe(String(before + 300))
    expect(await say('撤回')).toContain('已撤回')
    expect(await redOf()).toBe(String(before))
  })

  it.each(['3', '不对', '不是', '0', '取消', '算了'])(
    'is dropped when it is answered with %s',
    async (no) => {
      const before = await redOf()
      await say('红色物业1个')
      expect(await say(no)).toBe('好，没有记。')
      expect(await redOf()).toBe(before)
      expect(await say('确认')).toBe('没有等您确认的数。')
    },
  )

  it('counts as an increment when that is the answer', async () => {
    const before = Number(await redOf())
    await say('红色物业1个')
    expect(await say('2')).toContain(`${before}→${before + 1}`)
  })

  it('may be answered for five minutes, and by 确认 for a day', async () => {
    const before = await redOf()
    await say('红色物业1个')
    talking.clock.pass(299)
    expect(await say('9')).toContain('请回复 1 到 3')
    talking.clock.pass(301)
    await say('1')
    expect(await redOf()).toBe(before)
    talking.clock.pass(23 * 3_600)
    expect(await say('确认')).toContain('已记')
    expect(await redOf()).toBe('1')
    expect(await say('确认')).toBe('没有等您确认的数。')
  })

  it('is forgotten after a day', async () => {
    await say('红色物业0个')
    talking.clock.pass(24 * 3_600 + 1)
    expect(await say('确认')).toBe('没有等您确认的数。')
  })

  it('is overtaken by a new number, and then there is nothing to confirm', async () => {
    await say('红色物业500个')
    expect(await say('红色物业2个')).toContain('已记')
    expect(await say('确认')).toBe('没有等您确认的数。')
  })

  it('is not answered by somebody else in the same group', async () => {
    const before = await redOf()
    await say('红色物业300个')
    await say('1', { sender: clerk })
    await say('对', { sender: clerk })
    expect(await redOf()).toBe(before)
    expect(await say('0')).toBe('好，没有记。')
  })

  it('is not answered in another chat by a digit, but may be confirmed there', async () => {
    const before = Number(await redOf())
    await say(`红色物业${before + 300}个`)
    await say('1', privately())
    expect(await redOf()).toBe(String(before))
    expect(await say('确认', privately())).toContain(`${before}→${before + 300}`)
    expect(await say('撤回', privately())).toContain('已撤回')
  })

  it('several doubted at once wait together and count together', async () => {
    await say('共建项目1个，监督员2人')
    const events = await eventsIn(talking.db)
    expect(await say('共建项目2个，监督员200人')).toMatch(/共建项目 2个；.*监督员 200人（比目标/)
    expect(await numberOf(talking.db, '金苑社区', '共建项目')).toBe('1')
    expect((await say('1')).split('\n')).toHaveLength(2)
    expect(await numberOf(talking.db, '金苑社区', '共建项目')).toBe('2')
    expect(await numberOf(talking.db, '金苑社区', '物业项目监督员')).toBe('200')
    expect(await eventsIn(talking.db)).toBe(events + 4)
    await say('撤回')
    expect(await numberOf(talking.db, '金苑社区', '物业项目监督员')).toBe('2')
  })
})

describe('after a receipt', () => {
  it('1 takes the number back', async () => {
    const before = await redOf()
    await say('红色物业4个')
    expect(await say('1')).toContain('已撤回 金苑·红色物业')
    expect(await redOf()).toBe(before)
  })

  it.each(['对', '是的', '嗯', '没错'])('%s takes nothing back', async (word) => {
    await say('红色物业3个')
    const events = await eventsIn(talking.db)
    expect(await say(word)).not.toContain('撤回 ')
    expect(await redOf()).toBe('3')
    expect(await eventsIn(talking.db)).toBe(events)
  })

  it('1 after five minutes takes nothing back', async () => {
    await say('红色物业4个')
    talking.clock.pass(301)
    await say('1')
    expect(await redOf()).toBe('4')
  })

  it('1 takes back what its own receipt spoke of, not something older', async () => {
    await say('红色物业5个')
    await say('监督员3人')
    expect(await say('1')).toContain('物业项目监督员')
    expect(await redOf()).toBe('5')
  })
})

describe('a question about a name', () => {
  it('lists the candidates and takes a digit', async () => {
    expect(await say('汝河怎么样了')).toBe('您说的是哪个单位？\n1 汝河路街道\n2 汝河小区社区\n@我 回复编号')
    expect(await say('2')).toContain('汝河小区社区进度')
  })

  it('asks again for a digit that is not there, and is given up with 0', async () => {
    await say('汝河怎么样了')
    expect(await say('7')).toBe('请回复 1 到 2 的编号；不办了就回复 0。')
    expect(await say('0')).toBe('好，不办了。')
    expect(await say('1')).not.toContain('进度')
  })

  it('takes the name itself', async () => {
    await say('汝河怎么样了')
    expect(await say('汝河小区社区')).toContain('汝河小区社区进度')
  })

  it('is left alone when something else is said', async () => {
    await say('汝河怎么样了')
    expect(await say('我是谁')).toContain('您是张建国')
  })
})

describe('a question about what is missing', () => {
  it('takes the indicator by its number, then the value is written', async () => {
    const question = await say('报数 5')
    expect(question).toContain('金苑社区报哪一项？')
    const number =
      question
        .split('\n')
        .find((row) => row.endsWith(' 红色物业'))
        ?.split(' ')[0] ?? ''
    expect(await say(number)).toContain('红色物业 仍是5/4')
  })

  it('takes the indicator by its name', async () => {
    await say('报数 6')
    expect(await say('红色物业')).toContain('→6/4')
  })

  it('takes the value', async () => {
    expect(await say('报数 监督员')).toContain('金苑·物业项目监督员完成多少？例如“3人”')
    expect(await say('4人')).toContain('物业项目监督员')
    expect(await numberOf(talking.db, '金苑社区', '物业项目监督员')).toBe('4')
  })

  it('offers yes and no where these are the answers', async () => {
    expect(await say('报数 交叉任职')).toContain('1 已落实\n2 没落实')
    expect(await say('1')).toContain('交叉任职落实 仍是已落实')
  })

  it('offers the steps of a milestone in the order of the work', async () => {
    expect(await say('报数 示范楼院')).toContain('1 申报\n2 创建\n3 初验\n4 验收')
    expect(await say('4')).toContain('→验收')
  })

  it('writes nothing when it is given up', async () => {
    const events = await eventsIn(talking.db)
    await say('报数 监督员')
    expect(await say('算了')).toBe('好，不办了。')
    await say('9')
    expect(await eventsIn(talking.db)).toBe(events)
  })
})
