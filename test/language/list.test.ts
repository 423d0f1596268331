import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type List, mostLines, readList } from '../../src/language/list.ts'
import { normalize } from '../../src/language/normalize.ts'
import { commandOf, meaningOf } from './small.ts'

const reading = {
  read: (words: string) => meaningOf(words),
  // 全区 is around all, the streets are around what they are called after.
  isWithin: (unit: number, other: number) => unit === other || other === 1 || (other === 2 && unit < 7),
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
    ['1) 金苑 3👍\n2)汝河小区 8 已完成\n3) 淮河路 6[赞]'],
    ['一、金苑 3\n二、汝河小区 8\n三、淮河路 6'],
    ['1️⃣金苑 张建国 3\n2️⃣汝河小区 8\n✅3️⃣淮河路 6'],
    ['例 淮河路 7\n序号 单位 完成数\n1 金苑 3\n2 汝河小区 8\n-----\n3 淮河路 6\n谢谢大家'],
    ['金苑3，汝河小区8，淮河路6'],
    ['金苑3，汝河小区8\n淮河路6'],
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

  it('adds what its heading calls new, unless a line says how many there are in all', () => {
    for (const head of ['红色物业新增接龙', '红色物业本周新增接龙', '新签红色物业接龙', '红色物业新增情况'])
      expect(shown(`${head}\n1. 金苑 1\n2. 汝河小区 累计8\n3. 淮河路 7（新增1）`)).toEqual([
        '金苑社区·红色物业·+1',
        '汝河小区社区·红色物业·8',
        '淮河路社区·红色物业·7',
      ])
    expect(shown('本周新增\n金苑：红色物业1，监督员2\n汝河小区：红色物业0')).toEqual([
      '金苑社区·红色物业·+1 金苑社区·物业项目监督员·+2',
      '汝河小区社区·红色物业·+0',
    ])
    expect(shown('红色物业接龙，没有新增的不报\n1. 金苑 3')).toEqual(['金苑社区·红色物业·3'])
    expect(() => listOf('红色物业接龙（报累计和新增）\n1. 金苑 3')).toThrow('是累计数还是新增数')
  })

  it.each([
    ['红色物业接龙\n1. 金苑 3\n2. 汝河小区 8\n\n监督员接龙\n1. 金苑 2\n2. 汝河小区 5'],
    ['红色物业：\n金苑 3\n汝河小区 8\n监督员：\n金苑 2\n汝河小区 5'],
    ['一、红色物业\n金苑 3\n汝河小区 8\n合计 11\n二、监督员\n金苑 2\n汝河小区 5\n合计 7'],
  ])('may have several headings: %j', (text) => {
    expect(shown(text)).toEqual([
      '金苑社区·红色物业·3',
      '汝河小区社区·红色物业·8',
      '金苑社区·物业项目监督员·2',
      '汝河小区社区·物业项目监督员·5',
    ])
  })

  it('may go unit by unit', () => {
    expect(shown('金苑：\n红色物业3\n监督员2\n汝河小区：\n红色物业8')).toEqual([
      '金苑社区·红色物业·3',
      '金苑社区·物业项目监督员·2',
      '汝河小区社区·红色物业·8',
    ])
  })

  it.each([
    '1.金苑3 2.汝河小区8 3.淮河路6',
    '1、金苑3 2、汝河小区8 3、淮河路6',
    '(1)金苑3(2)汝河小区8(3)淮河路6',
  ])('may stand in one row: %s', (lines) => {
    expect(shown(`红色物业接龙 ${lines}`)).toEqual(three)
  })

  it.each([
    ['共建项目接龙\n1.金苑2.汝河小区8', ['没有数', '汝河小区社区·共建项目·8']],
    ['红色物业接龙1、金苑2、汝河小区8', ['没有数', '汝河小区社区·红色物业·8']],
    ['红色物业接龙\n1.金苑3个2.汝河小区8个3.淮河路6个', three],
    ['红色物业接龙\n1.金苑3 2.汝河小区8\n3.淮河路6', three],
    ['红色物业接龙\n1.金苑3\n2.汝河小区8 3.淮河路6', three],
    ['红色物业接龙：金苑1、汝河小区2', ['金苑社区·红色物业·1', '汝河小区社区·红色物业·2']],
    ['红色物业接龙 1.金苑3', three.slice(0, 1)],
    ['红色物业接龙\n金苑(完成3)汝河小区8', three.slice(0, 2)],
    ['红色物业接龙\n1.金苑3.2.汝河小区8', ['“3.2.”分不清是行号还是数，请一行写一个单位']],
    ['红色物业接龙\n金苑2.汝河小区8', ['“2.”分不清是行号还是数，请一行写一个单位']],
    ['红色物业接龙\n1.金苑32.汝河小区8', ['“32.”分不清是行号还是数，请一行写一个单位']],
    [
      '集体收入接龙\n1.金苑 3.5万元\n3.汝河小区 8万元',
      ['金苑社区·村集体经营性收入·35000', '汝河小区社区·村集体经营性收入·80000'],
    ],
  ])('takes no number of a line for a report: %j', (text, lines) => {
    expect(shown(text)).toEqual(lines)
  })

  it.each(['①金苑②淮河路\n3 7', '1. 金苑 2. 淮河路\n3 7', '①金苑②淮河路\n7', '金苑\n淮河路\n7'])(
    'loses no place whose number stands elsewhere: %j',
    (rows) => {
      expect(shown(`红色物业接龙\n${rows}`)[0]).toBe('没有数')
    },
  )

  it('takes from a row below whether its numbers are new', () => {
    const under = (footer: string) => shown(`红色物业接龙\n1. 金苑 3\n2. 汝河小区 8\n${footer}`)
    expect(under('以上是累计数')).toEqual(three.slice(0, 2))
    expect(under('以上均为新增')).toEqual(['金苑社区·红色物业·+3', '汝河小区社区·红色物业·+8'])
    expect(() => listOf('红色物业新增接龙\n1. 金苑 3\n以上是累计数')).toThrow('是累计数还是新增数')
    expect(() => listOf('红色物业累计接龙\n1. 金苑 3\n以上都是新增')).toThrow('是累计数还是新增数')
  })

  it.each(['合计 17', '合计：17个', '共计17个', '4. 总计 17', '汝河路街道合计 17', '共17个'])(
    'compares a total with its lines: %s',
    (total) => {
      const lines = '1. 金苑 3\n2. 汝河小区 8\n3. 淮河路 6'
      expect(shown(`红色物业接龙\n${lines}\n${total}`)).toEqual(three)
      expect(() => listOf(`红色物业接龙\n${lines}\n${total.replace('17', '18')}`)).toThrow(
        '对不上：各行加起来是17',
      )
    },
  )

  it('does not guess what a total speaks of', () => {
    expect(shown('红色物业接龙：金苑3，汝河小区8，淮河路6，合计17')).toEqual(three)
    expect(() => listOf('红色物业接龙\n金苑 3\n汝河小区 8\n合计：2个社区，11个')).toThrow('没法和各行核对')
    expect(() => listOf('金苑：红色物业3，监督员2\n合计 5')).toThrow('没法和各行核对')
  })

  it('takes the day from a row below; a day until when to hand in is none', () => {
    const dayOf = (footer: string) =>
      listOf(`红色物业接龙\n1. 金苑 3\n${footer}`).lines.map(({ meaning }) => meaning.day)
    expect(dayOf('截至11月20日')).toEqual(['2026-11-20'])
    expect(dayOf('数据截止11月20日')).toEqual(['2026-11-20'])
    expect(dayOf('截至今天18:00')).toEqual(['2026-11-22'])
    expect(dayOf('以上截至11月20日18时')).toEqual(['2026-11-20'])
    expect(dayOf('截至11月20日下午6点半')).toEqual(['2026-11-20'])
    expect(dayOf('截至目前')).toEqual([undefined])
    expect(dayOf('截止11月27日')).toEqual([undefined])
    expect(dayOf('截至11月27日')).toEqual(['2026-11-27'])
    expect(() => listOf('11月19日红色物业接龙\n1. 金苑 3\n截至11月20日')).toThrow('请只写一个日期')
  })

  it('speaks of the day in its heading', () => {
    expect(listOf('11月20日红色物业接龙\n1. 金苑 3').lines[0]?.meaning.day).toBe('2026-11-20')
    for (const until of ['截至11月20日18时', '截至11月20日18:00'])
      expect(listOf(`红色物业接龙（${until}）\n1. 金苑 3`).lines[0]?.meaning.day).toBe('2026-11-20')
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

  it.each([
    ['1. 金苑 没有\n2. 汝河小区 8', '没有数'],
    ['金苑 没有\n汝河小区 8', '没有数'],
    ['金苑\n汝河小区 8', '没有数'],
    ['1. 翠竹 没有\n2. 汝河小区 8', '没有“翠竹”这个单位'],
    ['翠竹 没有\n汝河小区 8', '没有“翠竹”这个单位'],
    ['金苑 没有\n监督员 8', '没有数'],
    ['例：\n金苑 3\n汝河小区 8', '没有数'],
  ])('has no heading in a first row that may be a line: %j', (rows, why) => {
    expect(shown(`红色物业接龙\n${rows}`)[0]).toBe(why)
  })

  it('under a place holds only what belongs to it', () => {
    expect(shown('汝河路街道红色物业接龙\n1. 金苑 3\n2. 莲湖社区 8')).toEqual([
      '金苑社区·红色物业·3',
      '标题说的是“汝河路街道”',
    ])
    expect(shown('金苑、汝河小区红色物业：\n1. 3')[0]).toContain('没听懂')
    expect(shown('金苑社区：\n红色物业 3\n监督员 张建国 1')).toEqual([
      '金苑社区·红色物业·3',
      '金苑社区·物业项目监督员·1',
    ])
  })

  it('in one breath gives no indicator to the wrong place', () => {
    expect(shown('红色物业接龙：金苑3 监督员 汝河小区8')).toHaveLength(1)
    expect(shown('红色物业接龙：金苑3 监督员 汝河小区8')[0]).toContain('没听懂')
    expect(shown('接龙：金苑红色物业3，监督员4，汝河小区红色物业8')).toEqual([
      '金苑社区·红色物业·3 金苑社区·物业项目监督员·4',
      '汝河小区社区·红色物业·8',
    ])
  })

  it('does not take the same number twice', () => {
    expect(shown('红色物业接龙\n1. 金苑 3\n2. 汝河小区 8\n3. 金苑 4')[2]).toBe('和第1行是同一个单位的同一项')
    expect(shown('金苑：红色物业3，红色物业4\n汝河小区：红色物业8')[0]).toBe('同一项写了两次')
  })

  it('without an indicator anywhere asks for one', () => {
    expect(listOf('接龙\n1. 金苑 3\n2. 汝河小区 8').isWithoutIndicator).toBe(true)
  })

  it.each([
    '下周计划红色物业接龙',
    '红色物业未完成数',
    '红色物业还差',
    '红色物业目标接龙',
    '红色物业和监督员接龙',
  ])('under a heading that is no report is refused: %s', (heading) => {
    expect(typeof readList(`${heading}\n1. 金苑 3\n2. 汝河小区 8`, reading)).toBe('string')
  })

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
