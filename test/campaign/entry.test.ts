import { describe, expect, it } from 'vitest'
import { type Entry, entryOf, inOrder, type Said, type Subject, show } from '../../src/campaign/entry.ts'

const subject = (over: Partial<Subject>): Subject => ({
  ...{
    name: '红色物业',
    kind: 'count',
    uom: '个',
    direction: 'up',
    baseline: '0',
    target: '4',
    zeroTarget: 'na',
  },
  steps: {},
  ...over,
})
const number = (value: string, over: { scaled?: boolean; uom?: string } = {}): Said => ({
  ...{ kind: 'number', value, scaled: false, uom: '' },
  ...over,
})
const said = {
  three: number('3', { uom: '个' }),
  ratio: { kind: 'ratio', num: '3', den: '4' },
  percent: { kind: 'percent', value: '95' },
  step: { kind: 'step', step: '初验' },
  whole: { kind: 'whole' },
  yes: { kind: 'yes' },
  no: { kind: 'no' },
} satisfies Record<string, Said>

const count = subject({})
const ratio = subject({ name: '覆盖率', kind: 'ratio', uom: '%', target: '100' })
const yesNo = subject({ name: '交叉任职', kind: 'yes_no', uom: '', target: null })
// As the database gives it back: by the length of the words, not in their order.
const milestone = subject({
  ...{ name: '示范楼院', kind: 'milestone', uom: '', target: null },
  steps: { 创建: 0.5, 初验: 0.8, 申报: 0.2, 验收: 1 },
})
const score = subject({ name: '政策掌握', kind: 'score', uom: '分', target: '100' })

describe('what an amount means for an indicator', () => {
  it.each<[string, Subject, Said, Partial<Entry>]>([
    ['a number for a count', count, said.three, { value: '3' }],
    ['3/4 for a count whose target is 4', count, said.ratio, { value: '3' }],
    ['全部完成 for a count: its target', count, said.whole, { value: '4' }],
    ['parts for a ratio', ratio, said.ratio, { num: '3', den: '4' }],
    ['a percentage for a ratio', ratio, said.percent, { value: '95' }],
    ['全部覆盖 for a ratio', ratio, said.whole, { value: '100' }],
    ['yes', yesNo, said.yes, { value: '1' }],
    ['no', yesNo, said.no, { value: '0' }],
    ['全部落实', yesNo, said.whole, { value: '1' }],
    ['a step', milestone, said.step, { value: '0.8', step: '初验' }],
    ['全部完成 for a milestone: its last step', milestone, said.whole, { value: '1', step: '验收' }],
    ['a score', score, number('86', { uom: '分' }), { value: '86' }],
  ])('%s', (_what, what, amount, entry) => {
    expect(entryOf(what, amount, false)).toEqual({
      ...{ op: 'set', value: null, num: null, den: null, step: null },
      ...entry,
    })
  })

  it.each([
    ['1'.repeat(13), /太大了/],
    ['9'.repeat(400), /太大了/],
    ['0.33333', /小数太长了/],
  ])('refuses %s in words', (value, words) => {
    expect(entryOf(count, number(value), false)).toMatch(words)
  })

  it('takes twelve digits and four decimals', () => {
    expect(entryOf(count, number(`${'9'.repeat(12)}.1234`), false)).toMatchObject({
      value: `${'9'.repeat(12)}.1234`,
    })
  })

  const all = Object.values(said)
  it.each<[string, Subject, Said[], RegExp]>([
    ['a count', count, [said.percent, said.step, said.yes, said.no], /^红色物业请这样报：“红色物业3个”$/],
    ['a ratio', ratio, [said.three, said.step, said.yes, said.no], /38\/40/],
    [
      'yes or no',
      yesNo,
      [said.three, said.ratio, said.percent, said.step],
      /“交叉任职已落实”或“交叉任职没落实”/,
    ],
    [
      'a milestone',
      milestone,
      [said.three, said.ratio, said.percent, said.yes, said.no],
      /节点：申报、创建、初验、验收/,
    ],
    ['a score', score, all.filter(({ kind }) => kind !== 'number'), /“政策掌握86分”/],
  ])('what does not fit %s is answered with how to say it', (_what, what, amounts, hint) => {
    for (const amount of amounts) expect(entryOf(what, amount, false)).toMatch(hint)
  })

  it('a fraction of another target is not taken for a count', () => {
    expect(entryOf(count, { kind: 'ratio', num: '3', den: '5' }, false)).toMatch(/请这样报/)
    expect(entryOf(subject({ target: null }), said.ratio, false)).toMatch(/请这样报/)
  })

  it('“all done” of a count without a target is no number', () => {
    expect(entryOf(subject({ target: null }), said.whole, false)).toMatch(/请这样报/)
  })

  it('a step that the milestone does not have is answered with those it has', () => {
    expect(entryOf(milestone, { kind: 'step', step: '开工' }, false)).toMatch(/“示范楼院过了申报”/)
    expect(entryOf(subject({ ...milestone, steps: {} }), said.whole, false)).toMatch(/第一步/)
  })

  it('only counts and amounts can grow by an increment', () => {
    expect(entryOf(count, said.three, true)).toMatchObject({ op: 'add', value: '3' })
    expect(entryOf(ratio, said.ratio, true)).toMatchObject({ op: 'set' })
    expect(entryOf(score, number('86'), true)).toMatchObject({ op: 'set' })
  })
})

describe('money', () => {
  const income = subject({ name: '集体收入', kind: 'amount', uom: '万元', target: '20' })
  it.each<[string, Said, string]>([
    ['十八万五', number('185000', { scaled: true }), '18.5'],
    ['18.5万元', number('185000', { scaled: true, uom: '元' }), '18.5'],
    ['185000元', number('185000', { uom: '元' }), '18.5'],
    ['18.5', number('18.5'), '18.5'],
    ['18.5 万元 with the unit apart', number('18.5', { uom: '万元' }), '18.5'],
  ])('in 万元: %s', (_text, amount, value) => {
    expect(entryOf(income, amount, false)).toMatchObject({ value })
  })

  it('is plain where the indicator counts plainly', () => {
    expect(entryOf(count, number('30000', { scaled: true }), false)).toMatchObject({ value: '30000' })
    expect(
      entryOf(subject({ kind: 'amount', uom: '元' }), number('185000', { scaled: true }), false),
    ).toMatchObject({
      value: '185000',
    })
  })
})

describe('a value as people write it', () => {
  const cell = { value: null, num: null, den: null, step: null, as_of: null, reported_at: null, report_id: 1 }
  it.each<[Subject, object, string]>([
    [count, { value: '3' }, '3个'],
    [ratio, { num: '38', den: '40' }, '38/40'],
    [ratio, { value: '95' }, '95%'],
    [yesNo, { value: '1' }, '已落实'],
    [yesNo, { value: '0' }, '未落实'],
    [milestone, { value: '0.8', step: '初验' }, '初验'],
    [milestone, { value: '0.8' }, '80%'],
    [milestone, { value: null }, '0%'],
    [score, { value: '86' }, '86分'],
    [count, { report_id: null, value: '3' }, '未报'],
  ])('$name', (what, over, text) => {
    expect(show(what, { ...cell, ...over })).toBe(text)
  })
})

it('steps are in the order of the work, however they are kept', () => {
  expect(inOrder(milestone.steps)).toEqual(['申报', '创建', '初验', '验收'])
  expect(inOrder({})).toEqual([])
})
