import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, lines, type Reply } from '../../../src/message.ts'
import { webhookBodies } from '../../../src/platforms/dingtalk/render.ts'
import { chop, first, jsonBytes, shorten } from '../../../src/platforms/dingtalk/text.ts'

/** The text of a reply that fits into one markdown message. */
function markdown(reply: Reply): string {
  const [body, ...more] = webhookBodies(reply)
  expect(more).toEqual([])
  if (body?.msgtype !== 'markdown') throw new Error('not markdown')
  return body.markdown.text
}

/** One line, rendered as part of a longer answer. */
const inAnswer = (text: string): string => markdown(lines(['甲', text])).replace('甲\n\n', '')

describe('escaping', () => {
  it.each([
    '金苑社区红色物业完成3/4，75%',
    '2026-11-27 前完成（还差 -1.5 分）',
    'M-02 · 3-5个，A+B=C，#1，a>b',
    '1.5 分',
    '-5%',
    '「红色物业」《通报》【示例】！？',
    '👍🏽 好',
  ])('leaves ordinary text alone: %s', (text) => {
    expect(inAnswer(text)).toBe(text)
  })

  it.each([
    ['**粗**', '\\*\\*粗\\*\\*'],
    ['_斜_ `码` ~~删~~', '\\_斜\\_ \\`码\\` \\~\\~删\\~\\~'],
    ['[点我](http)', '\\[点我\\](http)'],
    ['![图](x)', '!\\[图\\](x)'],
    ['a|b', 'a\\|b'],
    ['<font color=red>', '\\<font color=red>'],
    ['&nbsp;&#64;', '\\&nbsp;\\&#64;'],
    ['AT&T', 'AT&T'],
    ['\\*', '\\\\\\*'],
    ['# 标题', '\\# 标题'],
    ['> 引用', '\\> 引用'],
    ['---', '\\---'],
    ['===', '\\==='],
    ['- 项', '-\u00a0项'],
    ['+ 项', '+\u00a0项'],
    ['1. 项', '1.\u00a0项'],
    ['12) 项', '12)\u00a0项'],
    ['    缩进', '缩进'],
    ['@staff001', '＠staff001'],
    ['甲\u202e乙\u0007\u0000', '甲乙'],
    ['\ud83d', '\ufffd'],
  ])('takes the meaning from %j', (text, expected) => {
    expect(inAnswer(text)).toBe(expected)
  })

  it('applies to titles, labels, names and cells', () => {
    const blocks: Block[] = [
      { kind: 'fields', fields: [['*a*', '_b_']] },
      { kind: 'table', head: ['', '[c]'], rows: [['@d', '`e`']] },
    ]
    expect(markdown({ title: '#f', blocks })).toBe(
      '#### #f\n\n**\\*a\\***：\\_b\\_\n\n**＠d** \\[c\\] \\`e\\`',
    )
  })

  it('keeps addresses in one piece', () => {
    const address = 'https://bot.example.com:8443/board/a_b*c?sig=x-y_z~1&until=2'
    const shown = 'https://bot.example.com:8443/board/a\\_b\\*c?sig=x-y\\_z\\~1&until=2'
    expect(inAnswer(`看 ${address}。`)).toBe(`看 [${shown}](${address})。`)
    expect(inAnswer('（https://a.example/x_y?s=1_2）')).toBe(
      '（[https://a.example/x\\_y?s=1\\_2](https://a.example/x_y?s=1_2)）',
    )
    expect(inAnswer('见 https://a.example/x.')).toBe('见 [https://a.example/x](https://a.example/x).')
  })

  it('reads as it was written once the markup is taken away', () => {
    const dangerous = fc.constantFrom(...'\\`*_{}[]()#>!-+~|<&;=.1a 字%/·（）:')
    return fc.assert(
      fc.property(fc.string({ unit: dangerous, minLength: 1, maxLength: 40 }), (written) => {
        fc.pre(written.trim() !== '')
        const rendered = inAnswer(written)
        expect(rendered.replace(/\\[^a-z0-9\s]/gi, '')).not.toMatch(/[\\`*_[\]~|<]/)
        expect(rendered.replaceAll('\u00a0', ' ').replace(/\\([^a-z0-9\s])/gi, '$1')).toBe(written.trim())
      }),
      { numRuns: 500 },
    )
  })
})

describe('helpers', () => {
  it('cut at characters', () => {
    expect(first('😀😀😀', 2)).toBe('😀😀')
    expect(first('短', 5)).toBe('短')
    expect(shorten('12345', 5)).toBe('12345')
    expect(shorten('123456', 5)).toBe('1234…')
    expect(chop('', 3)).toEqual([])
    expect(chop('1😀34😀6', 3)).toEqual(['1😀3', '4😀6'])
  })

  it('count what a text takes in a body', () => {
    expect(jsonBytes('字"\n😀')).toBe(3 + 2 + 2 + 4)
  })
})
