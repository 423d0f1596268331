import { describe, expect, it } from 'vitest'
import { longWords, suggesting } from '../../src/language/suggest.ts'

const words = [
  '进度',
  '排名',
  '提醒',
  '核实',
  '谁没报',
  '待确认',
  '我是谁',
  '完成情况',
  '报数',
  '电话',
  'help',
]
const suggest = suggesting(words)
const nearest = (text: string, ...taken: { start: number; end: number }[]) => suggest(text, taken)[0]

describe('a command that was written by ear', () => {
  it.each([
    ['进渡', '进度'],
    ['金度', '进度'],
    ['排民', '排名'],
    ['提型', '提醒'],
    ['店话', '电话'],
    ['待却认', '待确认'],
    ['谁没抱', '谁没报'],
    ['完成情矿', '完成情况'],
    ['完成状况', '完成情况'],
    ['jindu', '进度'],
    ['PaiMing', '排名'],
  ])('%s is near %s', (text, word) => {
    expect(nearest(text)).toBe(word)
  })

  it('stands between the names and numbers that were said', () => {
    expect(nearest('金苑进渡', { start: 0, end: 2 })).toBe('金苑进度')
    expect(nearest('报书 红色物业 3个')).toBe('报数 红色物业 3个')
  })

  it('is the nearest one first', () => {
    expect(suggest('进渡', [])).toEqual(['进度'])
    expect(nearest('排民进渡')).toBe('排民进度')
  })
})

describe('what is no command', () => {
  it.each([
    ...['今天天气咋样', '大家吃了吗', '早上好', '哈哈哈', '下班了', '明天开会', '你真棒', '辛苦大家了'],
    ...['进步', '经济', '合适吗', '何时', '谁没来', '我是她', '他是谁', '禁毒', '宝书', '进', '', '。。。'],
  ])('%s is near nothing', (text) => {
    expect(suggest(text, [])).toEqual([])
  })

  it('is the command itself, and a name that sounds like one', () => {
    expect(suggest('进度', [])).toEqual([])
    expect(suggest('金都进渡', [{ start: 2, end: 4 }])).toEqual([])
  })

  it('is a word with a number behind it, whose first figure would be lost', () => {
    const suggest = suggesting(['手机号码', '电话'])
    expect(suggest('我手机号13812345678', [])).toEqual([])
    expect(suggest('我手机号马13812345678', [])).toEqual(['我手机号码13812345678'])
  })

  it('is a long story', () => {
    expect(suggest(`进渡${'今天开会说了很多事情'.repeat(5)}`, [])).toEqual([])
  })
})

it('of phrases only the longer words are taken', () => {
  expect(longWords(['(查|看)(一下)?(完成率|第几名)', '{unit}…(怎么样)$'])).toEqual([
    '完成率',
    '第几名',
    '怎么样',
  ])
})
