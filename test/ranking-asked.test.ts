import { describe, expect, it } from 'vitest'
import { type Asked, askedIn, isCompared, pastIn } from '../src/ranking-asked.ts'

describe('what is asked of a ranking', () => {
  it.each<[string, Partial<Asked>]>([
    ['排名', { want: 'table' }],
    ['全区街道排名', { want: 'table', below: [] }],
    ['全区社区排名', { want: 'table', below: ['community'] }],
    ['全区各村排名', { want: 'table', below: ['village'] }],
    ['全区村(社区)排名', { want: 'table', below: ['community', 'village'] }],
    ['前三名是谁', { want: 'top', count: 3 }],
    ['红色物业前五', { want: 'top', count: 5 }],
    ['前10名', { want: 'top', count: 10 }],
    ['前几名是谁', { want: 'top', count: 3 }],
    ['谁第一', { want: 'top', count: 1 }],
    ['我们排第几', { want: 'place' }],
    ['汝河路街道在全区第几', { want: 'place' }],
    ['我们倒数第几', { want: 'place' }],
    ['这周谁倒数', { want: 'last', count: 1, period: 'this-week' }],
    ['倒数三名是谁', { want: 'last', count: 3 }],
    ['后五名有谁', { want: 'last', count: 5 }],
    ['谁垫底', { want: 'last', count: 1 }],
    ['谁进步最大', { want: 'climbers' }],
    ['上周谁升得最快', { want: 'climbers', period: 'last-week' }],
    ['金苑这周升了几名', { want: 'moved', period: 'this-week' }],
    ['名次', { want: 'table' }],
    ['我们的名次', { want: 'place' }],
    ['我们现在多少名', { want: 'place' }],
    ['我们进步了几名', { want: 'moved' }],
    ['后几名是谁', { want: 'last', count: 3 }],
    ['我们降了没', { want: 'moved' }],
    ['排名变了没', { want: 'moved' }],
    ['上周排名', { want: 'table', period: 'last-week' }],
    ['比上周升了几名', { want: 'moved', period: 'this-week' }],
    ['跟上个星期比排名有变化吗', { want: 'moved', period: 'this-week' }],
    ['村排名', { want: 'table', below: ['village'] }],
    ['各社区得分', { want: 'table', below: ['community'] }],
    ['哪个社区排第一', { want: 'top', count: 1, below: ['community'] }],
    ['街道排名', { want: 'table', below: [], streets: true }],
    ['最差的街道', { want: 'last', count: 1, streets: true }],
    ['我们街道排名', { want: 'table', streets: false }],
    // The street is where to look, the village what to look at.
    ['街道各村排名', { want: 'table', below: ['village'], streets: false }],
    ['#####村排名', { want: 'table', below: ['village'] }],
    ['#####街道排名', { want: 'table', streets: false }],
    ['我们社区排名', { want: 'table', below: [], ours: true }],
    ['给我看看排名', { want: 'table', ours: false }],
    ['咱们现在排名多少', { want: 'place' }],
    ['各社区排名多少', { want: 'table', below: ['community'] }],
    ['哪些社区落后', { want: 'last', count: 3, below: ['community'] }],
    ['谁退步最大', { want: 'fallers' }],
    ['谁降得最多', { want: 'fallers' }],
  ])('%s', (text, expected) => {
    expect(askedIn(text)).toMatchObject(expected)
  })

  it('no week is meant where none is named', () => {
    expect(askedIn('我们排第几').period).toBeUndefined()
  })
})

describe('the time that a ranking is asked of', () => {
  it.each([
    ['上上周排名', '2026-11-08'],
    ['10月我们排第几', '2026-10-31'],
    ['第45周排名', '2026-11-08'],
    ['去年排名', '2025-12-31'],
  ])('%s is over on %s', (text, end) => {
    expect(pastIn(text, '2026-11-22', undefined)?.end).toBe(end)
  })

  it('a day that is over is named as it is shown', () => {
    expect(pastIn('11月13日的排名', '2026-11-22', '2026-11-13')).toEqual({
      end: '2026-11-13',
      label: '11月13日',
    })
  })

  it.each(['排名', '本周排名', '上周排名', '11月排名', '第47周排名', '第50周排名'])(
    '%s is not over',
    (text) => {
      expect(pastIn(text, '2026-11-22', undefined)).toBeUndefined()
    },
  )

  it('compared with a time is not the ranking of it', () => {
    expect(isCompared('排名跟10月比有变化吗')).toBe(true)
    expect(isCompared('10月我们排第几')).toBe(false)
  })
})
