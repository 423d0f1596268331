import { describe, expect, it } from 'vitest'
import { type Asked, askedIn } from '../src/ranking-asked.ts'

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
  ])('%s', (text, expected) => {
    expect(askedIn(text)).toMatchObject(expected)
  })

  it('no week is meant where none is named', () => {
    expect(askedIn('我们排第几').period).toBeUndefined()
  })
})
