import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, line, lines, type Reply } from '../../../src/message.ts'
import { apiMessage, parts, webhookBodies } from '../../../src/platforms/dingtalk/render.ts'

/** The text of a reply that fits into one markdown message. */
function markdown(reply: Reply): string {
  const [body, ...more] = webhookBodies(reply)
  expect(more).toEqual([])
  if (body?.msgtype !== 'markdown') throw new Error('not markdown')
  return body.markdown.text
}

describe('a plain line', () => {
  it('is sent as text, as it is', () => {
    const text = '已记：金苑社区 红色物业 3/4（75%） #1 *重点*'
    expect(webhookBodies(line(text))).toEqual([{ msgtype: 'text', text: { content: text } }])
  })

  it('mentions people before the text, and only the first message does', () => {
    const reply = { ...line('已记'), mention: ['zhangjianguo', 'li_na'] }
    expect(webhookBodies(reply)).toEqual([
      {
        msgtype: 'text',
        text: { content: '@zhangjianguo @li_na 已记' },
        at: { atUserIds: ['zhangjianguo', 'li_na'], isAtAll: false },
      },
    ])
  })

  it('cannot mention anybody by its text', () => {
    expect(webhookBodies(line('@staff001 @所有人'))).toEqual([
      { msgtype: 'text', text: { content: '＠staff001 ＠所有人' } },
    ])
  })
})

describe('an answer of several lines', () => {
  it('has a heading, a blank line between blocks and hard breaks inside them', () => {
    const reply = lines(['第一段\n第二行', '第三行'], '红色物业')
    expect(webhookBodies(reply)).toEqual([
      {
        msgtype: 'markdown',
        markdown: { title: '红色物业', text: '#### 红色物业\n\n第一段  \n第二行\n\n第三行' },
      },
    ])
  })

  it('is listed under its first line when it has no title', () => {
    const title = (reply: Reply) => parts(reply)[0]?.title
    expect(title(lines(['请选择', '1. 甲']))).toBe('请选择')
    expect(title(lines(['长'.repeat(50), '乙']))).toBe(`${'长'.repeat(39)}…`)
    expect(title({ blocks: [{ kind: 'fields', fields: [['完成', '3']] }] })).toBe('完成：3')
    expect(title({ blocks: [{ kind: 'table', head: ['社区', '完成'], rows: [['金苑', '3']] }] })).toBe(
      '金苑 完成 3',
    )
  })

  it('notifies the people it mentions, whose ids stand in the text', () => {
    const [body] = webhookBodies({ ...lines(['甲', '乙'], '提醒'), mention: ['staff001'] })
    expect(body).toEqual({
      msgtype: 'markdown',
      markdown: { title: '提醒', text: '@staff001\n\n#### 提醒\n\n甲\n\n乙' },
      at: { atUserIds: ['staff001'], isAtAll: false },
    })
  })

  it('mentions nobody twice, no opaque ids, no markup and at most 50 people', () => {
    const at = (mention: string[]) => webhookBodies({ ...line('到'), mention })[0]?.at?.atUserIds
    expect(at(['a', 'a', '$:LWCP_v1:$x', 'x](http://evil)', 'b c', ''])).toEqual(['a'])
    expect(at(Array.from({ length: 60 }, (_, i) => `staff${i}`))).toHaveLength(50)
    expect(at([])).toBeUndefined()
    expect(at(['$:LWCP_v1:$x'])).toBeUndefined()
  })

  it('says nothing when there is nothing to say', () => {
    expect(parts({ blocks: [] })).toEqual([])
    expect(parts(line(' \n '))).toEqual([])
    expect(parts({ title: ' ', blocks: [{ kind: 'table', head: ['社区'], rows: [] }] })).toEqual([])
    expect(parts({ blocks: [{ kind: 'fields', fields: [['', '']] }] })).toEqual([])
  })

  it('may consist of a title', () => {
    expect(markdown({ title: '没有逾期', blocks: [] })).toBe('#### 没有逾期')
  })
})

describe('fields and tables', () => {
  it('shows fields as lines with a bold label', () => {
    const fields: Block = {
      kind: 'fields',
      fields: [
        ['完成', '3/4'],
        ['截止', '11-27'],
        ['备注', ''],
      ],
    }
    expect(markdown({ blocks: [fields] })).toBe('**完成**：3/4  \n**截止**：11-27  \n**备注**：')
  })

  it('shows a row as a line that starts with its name', () => {
    const table: Block = {
      kind: 'table',
      head: ['社区', '完成', '得分'],
      rows: [
        ['金苑社区', '2/4', '8.50'],
        ['绿东社区', '', '—'],
        ['汝河新村', '4/4', '10', '多出来的'],
        ['只有名字'],
        ['', '1/4', '2'],
      ],
    }
    expect(markdown({ title: '排名', blocks: [table] })).toBe(
      [
        '#### 排名\n\n**金苑社区** 完成 2/4 · 得分 8.50',
        '**绿东社区** 得分 —',
        '**汝河新村** 完成 4/4 · 得分 10 · 多出来的',
        '**只有名字**',
        '完成 1/4 · 得分 2',
      ].join('  \n'),
    )
  })

  it('keeps a cell on its line', () => {
    const table: Block = { kind: 'table', head: ['社区', '备注'], rows: [['金苑\n社区', ' 上\r\n下 ']] }
    expect(markdown({ blocks: [table] })).toBe('**金苑 社区** 备注 上 下')
  })
})

describe('long answers', () => {
  const long: Reply = {
    title: '全区进度',
    blocks: [
      { kind: 'text', text: '以下是各社区的进度' },
      {
        kind: 'table',
        head: ['社区', '完成', '备注'],
        rows: Array.from({ length: 400 }, (_, i) => [
          `第${i}社区`,
          `${i}/400`,
          '按计划推进，无风险'.repeat(2),
        ]),
      },
      { kind: 'text', text: '完' },
    ],
  }

  it('are split between lines, with nothing lost and nothing repeated', () => {
    const sent = parts(long)
    expect(sent.length).toBeGreaterThan(2)
    const shown = sent.flatMap(({ text }) => text.split(/\s*\n+/))
    expect(shown).toHaveLength(1 + 1 + 400 + 1)
    for (let i = 0; i < 400; i++)
      expect(shown[i + 2]).toMatch(new RegExp(`^\\*\\*第${i}社区\\*\\* 完成 ${i}/400 ·`))
    expect(sent.map(({ title }) => title)).toEqual(sent.map(() => '全区进度'))
  })

  it('are split between blocks where that is possible', () => {
    const block = '字'.repeat(2_500)
    const sent = parts({ blocks: [block, block, block].map((text) => ({ kind: 'text', text })) })
    expect(sent.map(({ text }) => text)).toEqual([block, block, block])
  })

  it('break a line that is too long by itself, never inside a character', () => {
    const emoji = '😀'.repeat(10_000)
    const sent = parts(line(emoji))
    expect(sent.map(({ text }) => text.replace(/\s/g, '')).join('')).toBe(emoji)
  })

  it('mention people only once', () => {
    const bodies = webhookBodies({ ...long, mention: ['staff001'] })
    expect(bodies.map(({ at }) => at !== undefined)).toEqual(bodies.map((_, i) => i === 0))
  })
})

describe('OpenAPI messages', () => {
  it('carry their parameters as a JSON string and cannot mention', () => {
    const [part] = parts({ ...line('会议 10:00'), mention: ['staff001'] })
    expect(part && apiMessage(part)).toEqual({ msgKey: 'sampleText', msgParam: '{"content":"会议 10:00"}' })
    const [titled] = parts(lines(['"开会"'], '提醒'))
    expect(titled && apiMessage(titled)).toEqual({
      msgKey: 'sampleMarkdown',
      msgParam: JSON.stringify({ title: '提醒', text: '#### 提醒\n\n"开会"' }),
    })
  })
})

describe('any reply', () => {
  // Everything that costs: half characters, quotes, backslashes, control characters, markup, emoji.
  const character = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('"', '\\', '\n', '*', '_', '@', '😀', '字', '&amp;', 'https://a.example/_', '# ', '1. '),
  )
  const text = fc.oneof(
    fc.string({ unit: character, maxLength: 60 }),
    fc.tuple(character, fc.integer({ min: 0, max: 9_000 })).map(([unit, times]) => unit.repeat(times)),
  )
  const cells = fc.array(text, { maxLength: 5 })
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text }),
    fc.record({
      kind: fc.constant('fields' as const),
      fields: fc.array(fc.tuple(text, text), { maxLength: 6 }),
    }),
    fc.record({ kind: fc.constant('table' as const), head: cells, rows: fc.array(cells, { maxLength: 6 }) }),
  )
  const reply = fc.record(
    {
      title: text,
      blocks: fc.array(block, { maxLength: 6 }),
      mention: fc.array(fc.string({ unit: 'binary', maxLength: 70 }), { maxLength: 80 }),
    },
    { requiredKeys: ['blocks'] },
  )

  it('becomes messages within the limits, with whole characters and something in them', () => {
    return fc.assert(
      fc.property(reply, (any) => {
        for (const body of webhookBodies(any)) {
          const json = JSON.stringify(body)
          expect(Buffer.byteLength(json)).toBeLessThanOrEqual(18_000)
          expect(json).not.toMatch(/\\ud[89a-f]/)
        }
        for (const part of parts(any)) {
          expect(part.text.trim()).not.toBe('')
          expect(part.title.trim()).not.toBe('')
          expect(part.text + part.title).not.toMatch(/\p{Surrogate}|@/u)
          expect(Buffer.byteLength(apiMessage(part).msgParam)).toBeLessThanOrEqual(15_000)
        }
      }),
      { numRuns: 150 },
    )
  })
})
