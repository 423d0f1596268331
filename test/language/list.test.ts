import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type List, mostLines, readList } from '../../src/language/list.ts'
import { normalize } from '../../src/language/normalize.ts'
import { commandOf, meaningOf } from './small.ts'

const reading = {
  read: (words: string) => meaningOf(words),
  isReport: (meaning: ReturnType<typeof meaningOf>) => ['报数', '接龙'].includes(commandOf(meaning) ?? ''),
}
function listOf(text: string): List {
  const list = readList(normalize(text, '小图'), reading)
  if (typeof list === 'string') throw new Error(list)
  return list
}
/** Each line as 单位·指标·数, or why it is doubtful. */
const shown = (text: string): string[] =>
  listOf(text).lines.map(
    ({ why, meaning }) =>
      why ??
      meaning.items
        .map(({ unit, indicator, amount, add }) =>
          [
            unit?.candidates[0]?.name ?? '',
            indicator?.candidates[0]?.name ?? '',
            `${add ? '+' : ''}${amount?.kind === 'number' ? amount.value : amount?.kind}`,
          ].join('·'),
        )
        .join(' '),
  )
const three = ['金苑社区·红色物业·3', '汝河小区社区·红色物业·8', '淮河路社区·红色物业·6']

describe('a list', () => {
  it.each([
    ['1. 金苑 3\n2. 汝河小区 8\n3. 淮河路 6'],
    ['1、金苑3\n2、汝河小区8个\n3、淮河路6个'],
    ['①金苑 3\n②汝河小区 8\n③淮河路 6'],
    ['（1）金苑：3个\n（2）汝河小区：8个\n（3）淮河路：6个'],
    ['金苑 三个\n汝河小区 八个\n淮河路 六个'],
    ['- 金苑 3\n- 汝河小区 8\n- 淮河路 6'],
    ['1 金苑 3\n2 汝河小区 8\n\n3 淮河路 6\n4.'],
  ])('is read however its lines are numbered: %j', (lines) => {
    expect(shown(`红色物业接龙\n${lines}`)).toEqual(three)
  })

  it('may have the indicator or the unit above, or both in each line', () => {
    expect(shown('#接龙\n红色物业\n1. 金苑 3')).toEqual(['金苑社区·红色物业·3'])
    expect(shown('金苑社区：\n红色物业3个\n监督员新增1人')).toEqual([
      '金苑社区·红色物业·3',
      '金苑社区·物业项目监督员·+1',
    ])
    expect(shown('金苑：红色物业3，监督员4\n汝河小区：红色物业8')).toEqual([
      '金苑社区·红色物业·3 金苑社区·物业项目监督员·4',
      '汝河小区社区·红色物业·8',
    ])
    expect(shown('3个红色物业\n2个监督员')).toEqual(['·红色物业·3', '·物业项目监督员·2'])
  })

  it('speaks of the day in its heading', () => {
    expect(listOf('11月20日红色物业接龙\n1. 金苑 3').lines[0]?.meaning.day).toBe('2026-11-20')
    expect(listOf('红色物业接龙（截至今天）\n1. 金苑 3').lines[0]?.why).toBeUndefined()
  })

  it.each([
    ['翠竹 2', '没有“翠竹”这个单位'],
    ['张建国 3', '只有人名，请写单位'],
    ['金苑', '没有数'],
    ['金苑 七八个', '没有数'],
    ['金苑 大概3个', '“大概”没听懂'],
    ['金苑 计划3个', '“计划”没听懂'],
    ['金苑 3 4', '“3 4”没听懂'],
  ])('says what is wrong with a line: %s', (line, why) => {
    expect(shown(`红色物业接龙\n汝河小区 8\n${line}`)[1]).toBe(why)
  })

  it('does not take the same number twice', () => {
    expect(shown('红色物业接龙\n1. 金苑 3\n2. 汝河小区 8\n3. 金苑 4')[2]).toBe('和第1行是同一个单位的同一项')
    expect(shown('金苑：红色物业3，红色物业4\n汝河小区：红色物业8')[0]).toBe('同一项写了两次')
  })

  it('without an indicator anywhere asks for one', () => {
    expect(listOf('接龙\n1. 金苑 3\n2. 汝河小区 8').isWithoutIndicator).toBe(true)
  })

  it.each(['下周计划红色物业接龙', '红色物业目标接龙', '红色物业和监督员接龙'])(
    'under a heading that is no report is refused: %s',
    (heading) => {
      expect(typeof readList(`${heading}\n1. 金苑 3\n2. 汝河小区 8`, reading)).toBe('string')
    },
  )

  it('that is too long is refused, and not cut', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, at) => `${at + 1}. 金苑 ${at}`).join('\n')
    expect(readList(`红色物业接龙\n${rows(mostLines + 1)}`, reading)).toContain('一次最多200行')
    expect(readList(`红色物业接龙\n1. 金苑 3${' '.repeat(12_000)}`, reading)).toContain('太长')
    expect(listOf(`红色物业接龙\n${rows(mostLines)}`).lines).toHaveLength(mostLines)
  })

  it('never throws, whatever is pasted, and loses no line that has something in it', () => {
    const word = fc.constantFrom(
      '金苑',
      '汝河小区',
      '3',
      '8个',
      '红色物业',
      '1.',
      '接龙',
      '：',
      '争取',
      ' ',
      '张建国',
    )
    const row = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(''))
    return fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const list = readList(rows.join('\n'), reading)
        if (typeof list === 'string') return
        for (const { why, meaning } of list.lines)
          expect(
            why !== undefined || meaning.items.every(({ amount, indicator }) => amount && indicator),
          ).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('which command reads it', () => {
  it.each([
    ['红色物业接龙\n1. 金苑 3\n2. 汝河小区 8', '接龙'],
    ['金苑：红色物业3，监督员4\n汝河小区：红色物业8', '接龙'],
    ['红色物业3个，监督员2人', '报数'],
    ['明天9点提醒大家：\n1. 报红色物业3个\n2. 报监督员2人', '提醒'],
  ])('%j', (text, command) => {
    expect(commandOf(meaningOf(text))).toBe(command)
  })
})
