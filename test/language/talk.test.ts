// What asks nothing of the bot: acknowledged by name, insults, and words that only look like one.
import { describe, expect, it } from 'vitest'
import { acknowledges, talkElse, talkFirst } from '../../src/language/talk.ts'

const span = (text: string, name: string) =>
  text.includes(name) ? [{ start: text.indexOf(name), end: text.indexOf(name) + name.length }] : []
const heard = (text: string) => ({
  text,
  units: ['金苑', '李江沟'].flatMap((name) => span(text, name)),
  people: span(text, '张建国'),
})

describe('an acknowledgement', () => {
  it.each([
    ...['金苑收到', '金苑社区收到', '收到,金苑张建国', '李江沟村收到,马上落实', '好的周主任', '收到马书记'],
    ...[
      '收到,已安排',
      '收到,金苑,已传达到位',
      '收到已转发',
      '已报数',
      '我报过了',
      '我们已经上报了',
      '金苑已报',
    ],
    ...['谢谢金苑', '谢了', '@张建国 收到', '「张建国:都报一下」\n金苑收到'],
  ])('is %s', (text) => {
    expect(acknowledges(heard(text))).toBe(true)
  })

  it.each([
    ...[
      '金苑',
      '金苑妥了',
      '金苑没问题',
      '已落实',
      '我报了吗',
      '金苑报过了吗',
      '谁报过了',
      '收到3个',
      '已报3个',
    ],
    ...['收到,红色物业3个', '金苑谁没收到', '收到没', '都报完了吗', ''],
  ])('is not %s', (text) => {
    expect(acknowledges(heard(text))).toBe(false)
  })
})

const isInsult = (text: string, isOurs = false) =>
  (talkFirst(text, isOurs) ?? talkElse(text)).kind === 'insult'

describe('an insult', () => {
  it.each([
    ...[
      '垃圾',
      '真垃圾',
      '你这机器人真垃圾',
      '垃圾系统',
      '你就是个废物',
      '废物!',
      '什么垃圾玩意',
      '系统太垃圾了',
    ],
    ...['你他妈的', '傻逼', 'SB', '滚', '破机器人'],
  ])('is %s', (text) => {
    expect(isInsult(text)).toBe(true)
  })

  it.each([
    ...[
      '金苑垃圾清了',
      '楼道里真是垃圾成堆',
      '垃圾分类站建好了',
      '你们那垃圾清了没',
      '废物回收点',
      '生活垃圾没人管',
    ],
    ...['他妈妈住院了', '我妈的药', 'USB接口坏了'],
  ])('is not %s', (text) => {
    expect(isInsult(text)).toBe(false)
  })
})
