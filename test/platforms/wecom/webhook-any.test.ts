// Whatever a reply says, a group webhook takes its messages, and nobody is called who was not meant.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Block } from '../../../src/message.ts'
import { webhookParts } from '../../../src/platforms/wecom/webhook-render.ts'
import { shown } from '../../support/fake-wecom-webhook.ts'
import { holds } from './harness.ts'

const character = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
  fc.constantFrom(
    '"',
    '\\',
    '\n',
    '*',
    '_',
    '<@all>',
    '@所有人',
    '<@lisi>',
    '😀',
    '字',
    '# ',
    '</font>',
    '`',
  ),
)
const text = fc.oneof(
  fc.string({ unit: character, maxLength: 60 }),
  fc.tuple(character, fc.integer({ min: 0, max: 6_000 })).map(([unit, times]) => unit.repeat(times)),
)
const cells = fc.array(text, { maxLength: 4 })
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text }),
  fc.record({
    kind: fc.constant('fields' as const),
    fields: fc.array(fc.tuple(text, text), { maxLength: 5 }),
  }),
  fc.record({ kind: fc.constant('table' as const), head: cells, rows: fc.array(cells, { maxLength: 5 }) }),
)
const reply = fc.record(
  {
    title: text,
    blocks: fc.array(block, { maxLength: 5 }),
    mention: fc.subarray(['zhang.san', 'li_si', '@all', 'x y', '<@all>', '<@lisi>']),
    link: fc.constantFrom('https://bot.example.cn/wall', 'javascript:x', ''),
  },
  { requiredKeys: ['blocks'] },
)

test('any reply becomes messages within the limits that call only those it names', () => {
  holds(
    fc.property(reply, (any) => {
      const meant = (any.mention ?? []).filter((id) => /^[\w.]+$/.test(id) || id === '@all')
      const parts = webhookParts(any)
      const called = parts.flatMap((part) => shown({ ...part }).mentions)
      // A reply without a word calls nobody.
      if (parts.length > 0) expect(new Set(called)).toEqual(new Set(meant))
      for (const part of parts) {
        expect(JSON.stringify(part)).not.toMatch(/(?<!\\)(\\\\)*\\ud[89a-f]/)
        if (part.msgtype === 'text') expect(Buffer.byteLength(part.text.content)).toBeLessThanOrEqual(2_048)
        if (part.msgtype === 'markdown')
          expect(Buffer.byteLength(part.markdown.content)).toBeLessThanOrEqual(4_096)
        expect(shown({ ...part }).text.trim()).not.toBe('')
      }
    }),
    { numRuns: 150 },
  )
})
