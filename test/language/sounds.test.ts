import { describe, expect, it } from 'vitest'
import { everydayIn } from '../../src/language/everyday.ts'
import { heard, readings } from '../../src/language/sounds.ts'

const same = (a: string, b: string) => heard(a).same === heard(b).same
const like = (a: string, b: string) => heard(a).like === heard(b).like

describe('what texts sound like', () => {
  it('is the same whatever the tone', () => {
    expect(same('如何小区', '汝河小去')).toBe(true)
    expect(same('金苑', '锦苑')).toBe(true)
    expect(same('金苑', '京苑')).toBe(false)
  })

  it.each([
    ['卢', '汝'],
    ['南', '兰'],
    ['京', '金'],
    ['生', '身'],
    ['帮', '班'],
    ['床', '传'],
    ['资', '知'],
    ['粗', '出'],
    ['四', '是'],
    ['福', '湖'],
    ['房', '黄'],
    ['飞', '灰'],
    ['女', '吕'],
  ])('is alike for %s and %s', (a, b) => {
    expect(same(a, b)).toBe(false)
    expect(like(a, b)).toBe(true)
  })

  it.each([
    ['金', '今天'],
    ['庄', '赵'],
    ['河', '湖'],
    ['东', '冬瓜'],
    ['小', '少'],
    ['苑', '印'],
  ])('is not alike for %s and %s', (a, b) => {
    expect(like(a, b)).toBe(false)
  })

  it('has one sign for each character, so that places in it are places in the text', () => {
    for (const text of ['金苑社区3个👌', 'abc 嗯㐀𠮷', '']) {
      expect(heard(text).same).toHaveLength(text.length)
      expect(heard(text).like).toHaveLength(text.length)
    }
  })

  it('begins with the initials', () => {
    expect(heard('汝河小区').initials).toBe('rhxq')
    expect(heard('示范楼院').initials).toBe('sfly')
  })

  it('is read in its context as well, where that differs', () => {
    expect(readings('行长')).toHaveLength(2)
    expect(readings('金苑社区')).toHaveLength(1)
  })
})

it('words of every day are found where they stand, the longest first', () => {
  expect(everydayIn('现在差不多完成')).toEqual([
    { start: 0, end: 2 },
    { start: 2, end: 5 },
    { start: 5, end: 7 },
  ])
})
