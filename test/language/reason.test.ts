import { describe, expect, it } from 'vitest'
import { findReason } from '../../src/language/reason.ts'
import { itemsOf, meaningOf } from './small.ts'

describe('a reason', () => {
  it.each([
    ['金苑社区红色物业3个，原因：重复统计', '重复统计'],
    ['金苑社区红色物业3个,原因:监督员多报了2人', '监督员多报了2人'],
    ['金苑社区红色物业3个，因为台账漏登一个', '台账漏登一个'],
    ['撤回 编号12，理由是报重了', '报重了'],
    ['根据区台账，金苑社区红色物业3个', '根据区台账'],
    ['金苑社区红色物业3个 原因: 台账上是3个', '台账上是3个'],
  ])('%s', (text, reason) => {
    expect(findReason(text)?.reason).toBe(reason)
  })

  it.each(['红色物业没完成，原因是什么', '红色物业3个', '红色物业3个，原因：', '按文件要求怎么算'])(
    'is not in %s',
    (text) => {
      expect(findReason(text)).toBeUndefined()
    },
  )

  it('is never read as numbers, and is not left over', () => {
    expect(itemsOf('金苑社区红色物业3个，原因：监督员多报了2人')).toEqual(['金苑社区·红色物业·3'])
    expect(itemsOf('根据区台账9号，金苑社区红色物业3个')).toEqual(['金苑社区·红色物业·3'])
    const meaning = meaningOf('金苑社区红色物业3个，原因：监督员多报了2人')
    expect(meaning).toMatchObject({ rest: '', reason: { reason: '监督员多报了2人' } })
    expect(meaning.text).toContain('原因')
  })
})
