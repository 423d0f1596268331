// Silence where silence is polite, one answer where nothing is understood, and no text that breaks anything.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { district, eventsIn, group, message, privately, stranger, type Talk, talk, words } from './harness.ts'

const silence = '（不回话）'
let talking: Talk
let say: Talk['say']
beforeAll(async () => {
  talking = await talk()
  say = talking.say
})
afterAll(() => talking.close())
beforeEach(() => talking.clock.pass(700))

describe('an acknowledgement', () => {
  it.each([
    ...[
      '收到',
      '收到！',
      '好',
      '好的',
      '好嘞',
      '嗯嗯',
      '哦',
      'ok',
      '谢谢',
      '谢谢你',
      '辛苦了',
      '明白',
      '知道了',
      '了解',
    ],
    ...['👌', '👍👍', '🌹🌹🌹', '。。。', '？？？', '@小图 收到', '收到👌', '👩‍👩‍👧', '1️⃣', '❤️'],
  ])('%s is not answered', async (text) => {
    expect(await say(text)).toBe(silence)
  })

  it('of a stranger is not answered either, nor in private', async () => {
    expect(await say('收到', { sender: stranger })).toBe(silence)
    expect(await say('好的', privately())).toBe(silence)
  })
})

describe('what nobody understands', () => {
  it('is answered once in ten minutes', async () => {
    expect(await say('今天天气咋样')).toBe(
      '没听懂“今天天气咋样”。可以说“进度”“红色物业完成3个”“撤回”；全部用法请说“帮助”。',
    )
    expect(await say('明天会下雨吗')).toBe(silence)
    talking.clock.pass(599)
    expect(await say('后天呢吗')).toBe(silence)
    talking.clock.pass(2)
    expect(await say('大后天会下雨吗')).toContain('没听懂')
  })

  it('is counted for each person and each chat', async () => {
    expect(await say('今天天气咋样')).toContain('没听懂')
    expect(await say('今天天气咋样', { sender: stranger })).toContain('没听懂')
    expect(await say('今天天气咋样', { chat: district })).toContain('没听懂')
    expect(await say('今天天气咋样', privately())).toContain('没听懂')
    expect(await say('今天天气咋样', { robot: 'another' })).toContain('没听懂')
  })

  it('does not stop the bot from answering what it understands', async () => {
    await say('今天天气咋样')
    expect(await say('我是谁')).toContain('您是张建国')
  })

  it('is quoted briefly', async () => {
    expect(await say('今天天气好得不得了，大家都出去玩吧，我请客吃饭')).toContain(
      '没听懂“今天天气好得不得了,大家都出去玩吧,我请…”',
    )
  })
})

describe('a message without words', () => {
  it.each(['', '@小图', '@小图 ', '  \n '])('%j in a group is a question for help', async (text) => {
    expect(await say(text)).toContain('我会这些')
  })

  it('from somebody who opens the private chat is a question for help', async () => {
    const opened = message('ignored', { ...privately(), kind: 'enter' })
    expect(words(await talking.hear(opened))).toContain('我会这些')
  })

  it('a picture or a voice note is told that words are needed', async () => {
    expect(words(await talking.hear(message('', { kind: 'media' })))).toBe(
      '我只看得懂文字，语音请用输入法转成文字再发。',
    )
    expect(words(await talking.hear(message('', { kind: 'media', sender: stranger })))).toContain('文字')
  })
})

describe('an odd text', () => {
  it.each([
    ['two thousand characters', '进'.repeat(2_000)],
    ['ten thousand characters', '金苑社区红色物业'.repeat(1_250)],
    ['a lone surrogate', '\uD83D'],
    ['a text between lone surrogates', '\uDE00我说什么\uD83D'],
    ['zero bytes', '\u0000\u0000我说什么\u0000'],
    ['control characters', '\u001b[31m我说什么\u0007'],
    ['private characters', '\uE000\uE001\uE002'],
    ['only invisible characters', '\u200B\u200D\uFEFF'],
    ['a pattern', '(.*)+$[a-z]{1,99}\\'],
    ['SQL', "'; drop table report; --"],
    ['HTML', '<script>alert(1)</script>'],
    ['a mention of everybody', '@所有人 我说什么'],
    ['numbers without end', '9'.repeat(1_999)],
    ['a number too large for anything', '编号999999999999'],
    ['other scripts', 'Здравствуйте مرحبا שלום ไทย'],
  ])('%s is answered calmly, and writes nothing', async (_what, text) => {
    const events = await eventsIn(talking.db)
    expect(await say(text)).not.toContain('系统出错')
    expect(await eventsIn(talking.db)).toBe(events)
  })

  it('a report with odd characters in it is kept in plain ones', async () => {
    expect(await say('\u200B红色物业\u0000３个\uFEFF\uD83D')).toContain('已记 金苑·红色物业')
  })

  it('a report in the middle of two thousand characters is asked about, not believed', async () => {
    const events = await eventsIn(talking.db)
    expect(
      await say(`${'今天开会说了很多事情。'.repeat(60)}监督员4人${'后来又说了别的。'.repeat(60)}`),
    ).toContain('没听懂')
    expect(await eventsIn(talking.db)).toBeLessThanOrEqual(events + 1)
    await say('0')
  })

  it.each(['编号', '撤回 编号0', '确认 编号999999999999', '撤回 编号999999999999', '同意绑定 编号0'])(
    'an odd number is answered calmly: %s',
    async (text) => {
      expect(await say(text)).not.toContain('系统出错')
    },
  )
})

it('the same words in two chats do not disturb each other', async () => {
  const [here, there] = await Promise.all([
    say('汝河怎么样了', { chat: group }),
    say('汝河怎么样了', { chat: district }),
  ])
  expect(here).toContain('您说的是哪个单位')
  expect(there).toContain('您说的是哪个单位')
})
