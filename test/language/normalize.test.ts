import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestKept, normalize } from '../../src/language/normalize.ts'

describe('what a person typed, in one form', () => {
  it.each([
    ['@小图 进度', '进度'],
    ['@小图 进度', '进度'],
    ['进度 @小图', '进度'],
    ['＠小图　红色物业完成３个', '红色物业完成3个'],
    ['覆盖 ３８／４０（９５％）', '覆盖 38/40(95%)'],
    ['  进\t度\r\n', '进 度'],
    ['第一行  \n\n  第二行', '第一行\n第二行'],
    ['进\u200B度\uFEFF', '进度'],
    ['红色物业3个\u0000', '红色物业3个'],
    ['进\u0007度\u001b', '进度'],
    ['\uD83D进度\uDE00', '进度'],
    ['\uE001进度', '进度'],
    ['①②㊗', '1. 2.祝'],
    ['', ''],
    ['①金苑3②汝河小区8', '1.金苑3 2.汝河小区8'],
    ['⑴金苑3⑵汝河小区8', '(1)金苑3 (2)汝河小区8'],
  ])('%j becomes %j', (text, normal) => {
    expect(normalize(text, '小图')).toBe(normal)
  })

  it('takes a bot name for what it is, even when it looks like a pattern', () => {
    expect(normalize('@(图).* 进度', '(图).*')).toBe('进度')
  })

  it('reads no more than two thousand characters', () => {
    expect(normalize('进'.repeat(50_000), '小图')).toHaveLength(longestKept)
    expect(normalize(`${'进'.repeat(longestKept - 1)}👌`, '小图')).toHaveLength(longestKept - 1)
  })

  it('leaves nothing that a database or a phrase could trip over', () => {
    return fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const once = normalize(text, '小图')
        expect(once).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Co}|\p{Cs}/u)
        expect(once).toBe(once.trim())
      }),
    )
  })
})
