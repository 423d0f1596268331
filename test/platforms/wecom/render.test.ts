import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Block, line, lines, type Reply } from '../../../src/message.ts'
import { bytes, cut, fitted, inParts } from '../../../src/platforms/wecom/bytes.ts'
import { cutNote, renderMarkdown, renderText } from '../../../src/platforms/wecom/render.ts'
import { holds } from './harness.ts'

const chart: Reply = {
  title: '汝河路街道 · 11月22日',
  blocks: [
    { kind: 'text', text: '共 14 个村/社区，2 个红灯。' },
    {
      kind: 'fields',
      fields: [
        ['红色物业', '2/4（50%）'],
        ['综合得分', '86.50'],
      ],
    },
    {
      kind: 'table',
      head: ['社区', '完成率', '排名'],
      rows: [
        ['金苑社区', '80%', '1'],
        ['汝河小区', '', '2'],
      ],
    },
    { kind: 'text', text: '@我 回复 1 看明细' },
  ],
  mention: ['zhangjianguo'],
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: fc.constantFrom(...'<>@*_`#[]()|~!\\-+=.1&; \n\t\r中a😀'), maxLength: 60 }),
  fc.constantFrom(
    '<@all>',
    '<font color="info">x</font>',
    '@all',
    '<think>',
    '![](u)',
    '| a |\n| - |',
    '---',
    '&lt;b',
  ),
)
const block: fc.Arbitrary<Block> = fc.oneof(
  text.map((words): Block => ({ kind: 'text', text: words })),
  fc.array(fc.tuple(text, text)).map((fields): Block => ({ kind: 'fields', fields })),
  fc.record({ kind: fc.constant('table' as const), head: fc.array(text), rows: fc.array(fc.array(text)) }),
)
const reply: fc.Arbitrary<Reply> = fc.record({ title: text, blocks: fc.array(block, { maxLength: 6 }) })

describe('markdown for the smart robot', () => {
  test('a whole answer', () =>
    expect(renderMarkdown(chart)).toBe(
      [
        '**汝河路街道 · 11月22日**',
        '',
        '共 14 个村/社区，2 个红灯。  ',
        '红色物业：2/4（50%）  ',
        '综合得分：86.50',
        '',
        '| 社区 | 完成率 | 排名 |',
        '| --- | --- | --- |',
        '| 金苑社区 | 80% | 1 |',
        '| 汝河小区 |  | 2 |',
        '',
        '@我 回复 1 看明细',
      ].join('\n'),
    ))

  test.each([
    '金苑社区 红色物业 2/4，完成率 50%·排名第 3（较上周 +1）',
    '「@我 回复 1」或「对」；12,345.67 元；-1.5 分；2026-11-22 17:00',
    '扣 1.5 分：通报3号。A-2 栋 #3 单元 & B 座 = 2；zhang_jian_guo',
    '😀👍🏽 堃喆镕㛃',
    '看图：https://bot.example.com/board/abc_D-ef.gh?exp=1&sig=x_y%2F，一天内有效',
  ])('ordinary text reads unchanged: %s', (words) => expect(renderMarkdown(line(words))).toBe(words))

  test.each([
    ['<font color="warning">红</font>', '＜font color="warning"＞红＜/font＞'],
    ['<@zhangsan> <@all>', '＜＠zhangsan＞ ＜＠all＞'],
    ['@all @ALL 请看', '＠all ＠ALL 请看'],
    ['<think>想</think>', '＜think＞想＜/think＞'],
    ['**加粗** *斜* __x__ _y_ ~~删~~', '＊＊加粗＊＊ ＊斜＊ ＿＿x＿＿ ＿y＿ ～～删～～'],
    ['[点我](http://evil.example)', '［点我］(http://evil.example)'],
    ['![图](u)', '!［图］(u)'],
    ['`code` ```js', '｀code｀ ｀｀｀js'],
    ['# 标题', '＃ 标题'],
    ['###### 标题', '＃＃＃＃＃＃ 标题'],
    ['> 引用', '＞ 引用'],
    ['- 项', '－ 项'],
    ['+ 项', '＋ 项'],
    ['3. 项', '3． 项'],
    ['3) 项', '3） 项'],
    ['标题\n===', '标题  \n＝=='],
    ['标题\n---', '标题  \n－--'],
    ['| a | b |\n|---|---|', '｜ a ｜ b ｜  \n｜---｜---｜'],
    ['    code', '　　code'],
    ['\t- x', '　－ x'],
    ['\\*x', '＼＊x'],
    ['&lt;b&gt; &#60;', '＆lt;b＆gt; ＆#60;'],
    ['http://x/_a_?q=__', 'http://x/%5Fa%5F?q=%5F%5F'],
    ['http://a@b', 'http://a＠b'],
    ['a\r\nb\rc', 'a  \nb  \nc'],
    ['a\u0000b\u001b[0m\u202Ec\uFEFF', 'ab［0mc'],
    ['半个\ud83d表情\ude00', '半个\ufffd表情\ufffd'],
  ])('%j is shown, not interpreted', (words, shown) => expect(renderMarkdown(line(words))).toBe(shown))

  test('what a cell or a label says stays in its cell or label', () => {
    const table: Block = {
      kind: 'table',
      head: ['a|b', 'c'],
      rows: [['x\n| y', 'z | \\'], ['只有一格'], ['1', '2', '3']],
    }
    expect(renderMarkdown({ blocks: [table, { kind: 'fields', fields: [['名\n称', '- 值']] }] })).toBe(
      '| a｜b | c |  |\n| --- | --- | --- |\n| x ｜ y | z ｜ ＼ |  |\n| 只有一格 |  |  |\n| 1 | 2 | 3 |\n\n名 称：－ 值',
    )
  })

  test('two tables stay two tables', () => {
    const table: Block = { kind: 'table', head: ['a'], rows: [['1']] }
    expect(renderMarkdown({ blocks: [table, table] })).toBe('| a |\n| --- |\n| 1 |\n\n| a |\n| --- |\n| 1 |')
  })

  test('nothing to say is nothing', () => {
    expect(renderMarkdown({ blocks: [] })).toBe('')
    expect(renderMarkdown({ title: '', blocks: [{ kind: 'table', head: [], rows: [] }] })).toBe('')
    expect(renderMarkdown(line(''))).toBe('')
  })

  test('no text can bring in markup, tags, mentions or tables of its own', () => {
    holds(
      fc.property(reply, ({ title = '', blocks }) => {
        const content = renderMarkdown({ blocks })
        expect(content).not.toMatch(/[<>*`~[\]\\]|@\w|&#?\w+;(?<!https?:\S*)/i)
        for (const shown of content.split('\n')) {
          expect(shown).not.toMatch(/^\s*(#+|[-+]|\d+[.)])(\s|$)/)
          expect(shown).not.toMatch(/^( {4}|\t)/)
          // Pipes are ours: they open and close a row.
          if (shown.includes('|')) expect(shown).toMatch(/^\|.*\|$/)
        }
        expect(renderMarkdown({ title, blocks: [] })).not.toContain('\n')
        expect(content).toBe(Buffer.from(content).toString())
      }),
      { numRuns: 500 },
    )
  })

  test('a reply is never longer than WeCom takes, ends on a whole character and says when it was cut', () => {
    holds(
      fc.property(reply, fc.integer({ min: 200, max: 600 }), (some, max) => {
        const content = renderMarkdown(some, max)
        expect(bytes(content)).toBeLessThanOrEqual(max)
        expect(content).toBe(Buffer.from(content).toString())
        const whole = renderMarkdown(some, Number.MAX_SAFE_INTEGER)
        if (bytes(whole) > max) expect(content.endsWith(cutNote)).toBe(true)
        else expect(content).toBe(whole)
      }),
    )
  })

  test('a long table is cut between rows and keeps its head', () => {
    const rows = Array.from({ length: 2_000 }, (_, at) => [`第${at}社区`, '80%'])
    const content = renderMarkdown({ blocks: [{ kind: 'table', head: ['社区', '完成率'], rows }] })
    const shown = content.split('\n')
    expect(bytes(content)).toBeLessThanOrEqual(20_480)
    expect(bytes(content)).toBeGreaterThan(20_000)
    expect(shown.slice(0, 3)).toEqual(['| 社区 | 完成率 |', '| --- | --- |', '| 第0社区 | 80% |'])
    expect(shown.at(-3)).toMatch(/^\| 第\d+社区 \| 80% \|$/)
    expect(shown.slice(-2)).toEqual(['', cutNote])
  })

  test('a long text of one piece is cut within', () => {
    const content = renderMarkdown({ title: '说明', blocks: [{ kind: 'text', text: '很长'.repeat(5_000) }] })
    expect(bytes(content)).toBeGreaterThan(20_400)
    expect(content).toMatch(/^\*\*说明\*\*\n\n很长很长.*\n\n（内容太长/s)
  })
})

describe('plain text for the app', () => {
  test('a whole answer, with its table as lines', () =>
    expect(renderText(chart)).toEqual([
      [
        '汝河路街道 · 11月22日',
        '共 14 个村/社区，2 个红灯。',
        '红色物业：2/4（50%）',
        '综合得分：86.50',
        '金苑社区：完成率 80%，排名 1',
        '汝河小区：排名 2',
        '@我 回复 1 看明细',
      ].join('\n'),
    ]))

  test.each([
    ['<a href="http://evil.example">点我</a>', '＜a href="http://evil.example">点我＜/a>'],
    ['<@zhangsan> @all', '＜@zhangsan> ＠all'],
    ['完成 <5 个，* 号 # 号 _ 都照旧', '完成 <5 个，* 号 # 号 _ 都照旧'],
    ['a\u0000b\u202Ec', 'abc'],
    ['半个\ud83d', '半个\ufffd'],
  ])('%j is shown, not interpreted', (words, shown) => expect(renderText(line(words))).toEqual([shown]))

  test('no text can bring in a link or a mention', () => {
    holds(
      fc.property(reply, (some) => {
        expect(renderText(some).join('\n')).not.toMatch(/<[a-z/@!]|@all/i)
      }),
    )
  })

  test('rows of any shape become lines', () =>
    expect(
      renderText({
        blocks: [{ kind: 'table', head: ['单位'], rows: [['甲'], [], ['', 'x'], ['乙', '1', '2']] }],
      }),
    ).toEqual(['甲\n\nx\n乙：1，2']))

  test('a long answer is parted at line edges, and nothing is lost', () => {
    const texts = Array.from({ length: 300 }, (_, at) => `第${at}行：红色物业完成 ${at} 个`)
    const parts = renderText(lines(texts))
    expect(parts.length).toBeGreaterThan(3)
    for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(2_048)
    expect(parts.join('\n').split('\n')).toEqual(texts)
  })

  test('there are never more than ten messages, and the last says that something is missing', () => {
    const parts = renderText(line('字'.repeat(20_000)))
    expect(parts).toHaveLength(10)
    expect(parts.at(-1)?.endsWith(cutNote)).toBe(true)
    for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(2_048)
  })

  test('one message only: it is cut with a note', () => {
    const [only = '', ...more] = renderText(
      lines(Array.from({ length: 300 }, (_, at) => `第${at}行`)),
      2_048,
      1,
    )
    expect(more).toEqual([])
    expect(bytes(only)).toBeLessThanOrEqual(2_048)
    expect(only).toMatch(/^第0行\n第1行\n.*第\d+行\n（内容太长.*）$/s)
  })
})

describe('counting bytes', () => {
  const sizes = fc.integer({ min: 4, max: 60 })
  const grapheme = fc.string({ unit: 'grapheme', maxLength: 60 })

  test('企业微信 are 12 bytes', () => expect(bytes('企业微信')).toBe(12))
  test.each([
    ['a😀b', 4, 'a'],
    ['a😀b', 5, 'a😀'],
    ['中文', 5, '中'],
    ['中文', 2, ''],
    ['abc', 0, ''],
    ['abc', -5, ''],
    ['abc', 3, 'abc'],
  ])('%j cut to %i bytes is %j', (whole, max, beginning) => expect(cut(whole, max)).toBe(beginning))

  test('a cut text is a beginning, and the next character would not have fitted', () => {
    holds(
      fc.property(grapheme, sizes, (whole, max) => {
        const beginning = cut(whole, max)
        expect(whole.startsWith(beginning)).toBe(true)
        expect(bytes(beginning)).toBeLessThanOrEqual(max)
        const [next] = whole.slice(beginning.length)
        if (next)
          expect(
            bytes(beginning + String.fromCodePoint(whole.codePointAt(beginning.length) ?? 0)),
          ).toBeGreaterThan(max)
      }),
    )
  })

  test('parts are small enough, and hold every line in order', () => {
    holds(
      fc.property(fc.array(grapheme), sizes, (texts, max) => {
        const whole = texts.join('\n')
        const parts = inParts(whole, max)
        for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(max)
        expect(parts.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''))
      }),
    )
  })

  test('what does not fit is left out whole, unless it is most of the room', () => {
    expect(fitted(['aaaa', 'bbbb'], 8, '!')).toBe('aaaabbbb')
    expect(fitted(['aaaa', 'bbb', 'cc'], 8, '!')).toBe('aaaabbb!')
    expect(fitted(['aaaaaa', 'bb', 'ccc'], 9, '!')).toBe('aaaaaabb!')
    expect(fitted(['aa', 'bbbbbbbbbb'], 9, '!')).toBe('aabbbbbb!')
    expect(fitted(['aaaaaaaaaaaa'], 9, '!')).toBe('aaaaaaaa!')
  })
})
