import { describe, expect, it } from 'vitest'
import { finder } from '../../src/sheet/find.ts'
import type { Problem } from '../../src/sheet/problems.ts'
import type { Cell, Sheet } from '../../src/sheet/read.ts'
import { type Row, tableRows } from '../../src/sheet/table.ts'
import { decimal, text } from '../../src/sheet/values.ts'

const sheet = (name: string, rows: Cell[][]): Sheet => ({
  name,
  rows: rows.map((cells, index) => ({ row: index + 1, cells })),
})
const form = { sheet: '物业', required: ['名称', '数量'], optional: ['备注'] }

function read(rows: Cell[][], name = '物业') {
  const problems: Problem[] = []
  return { rows: tableRows([sheet(name, rows)], form, problems), problems }
}

describe('titles', () => {
  it('are found in whatever order, with spaces, stars and full-width letters', () => {
    const { rows, problems } = read([
      ['数 量＊', ' 备注', '名称*'],
      [3, '好', '甲'],
    ])
    expect(problems).toEqual([])
    expect(rows.map((row) => [row.text('名称'), row.text('数量'), row.text('备注')])).toEqual([
      ['甲', '3', '好'],
    ])
  })

  it('may stand below a headline and a remark', () => {
    const { rows } = read([['中原区物业表'], ['填表人：何晓雯', '名称'], ['名称', '数量'], ['甲', 1]])
    expect(rows.map(({ row }) => row)).toEqual([4])
  })

  it('are not looked for far below', () => {
    const { rows, problems } = read([...Array.from({ length: 12 }, () => ['甲', 1]), ['名称', '数量']])
    expect(rows).toEqual([])
    expect(problems.map(({ message }) => message)).toEqual(['缺少「名称」列', '缺少「数量」列'])
  })

  it('may belong to a sheet whose name has spaces around it', () => {
    expect(
      read(
        [
          ['名称', '数量'],
          ['甲', 1],
        ],
        ' 物 业 ',
      ).rows,
    ).toHaveLength(1)
  })

  it('of an optional column may be missing: its cells are empty', () => {
    const { rows, problems } = read([
      ['名称', '数量'],
      ['甲', 1],
    ])
    expect([rows[0]?.text('备注'), problems]).toEqual(['', []])
  })
})

describe('rows', () => {
  it('with nothing in any known column are left out', () => {
    const { rows } = read([
      ['名称', '数量', '别的'],
      ['甲', 1],
      [null, null, '合计 1'],
      [null, 2],
    ])
    expect(rows.map(({ row }) => row)).toEqual([2, 4])
  })

  it('give null for an empty cell, and for a wrong one with a problem', () => {
    const { rows, problems } = read([
      ['名称', '数量'],
      ['甲', null],
      ['乙', '两个'],
    ])
    expect(rows.map((row) => row.read('数量', decimal))).toEqual([null, null])
    expect(problems).toEqual([{ sheet: '物业', row: 3, column: '数量', at: 1, message: '「两个」不是数字' }])
  })

  it('note an empty cell that is needed, once', () => {
    const { rows, problems } = read([
      ['名称', '数量'],
      [null, 1],
    ])
    expect(rows[0]?.need('名称', text)).toBeNull()
    expect(problems).toEqual([{ sheet: '物业', row: 2, column: '名称', at: 0, message: '不能空着' }])
  })
})

describe('a sheet that is not there', () => {
  it('is a problem, unless it may be absent', () => {
    const problems: Problem[] = []
    expect(tableRows([], form, problems)).toEqual([])
    expect(problems).toEqual([{ sheet: '物业', row: 0, message: '缺少这个工作表' }])
    expect(tableRows([], { ...form, mayBeAbsent: true }, problems)).toEqual([])
    expect(problems).toHaveLength(1)
  })
})

describe('references', () => {
  interface Thing {
    code: string
    name: string
    aliases: string[]
  }
  const things: Thing[] = [
    { code: 'A', name: '莲湖街道', aliases: ['莲湖'] },
    { code: 'B', name: '莲湖社区', aliases: ['莲湖', '新莲湖'] },
    { code: 'C', name: 'B', aliases: [] },
  ]
  const ways: ((thing: Thing) => string[])[] = [(t) => [t.code], (t) => [t.name], (t) => t.aliases]

  function find(said: Cell, preferred?: (thing: Thing) => boolean) {
    const { rows, problems } = read([
      ['名称', '数量'],
      [said, 1],
    ])
    const row = rows[0] as Row
    const found = finder('单位', things, ways, '请写编码')(row, '名称', preferred)
    return found?.code ?? problems.map(({ message }) => message).join()
  }

  it('mean a code before a name, and a name before another name', () => {
    expect(find('b')).toBe('B')
    expect(find('莲湖社区')).toBe('B')
    expect(find('新莲湖')).toBe('B')
  })

  it('are read with any spaces and widths', () => {
    expect(find(' 莲湖 街道')).toBe('A')
    expect(find('Ａ')).toBe('A')
  })

  it('that several answer to are asked about, unless one is preferred', () => {
    expect(find('莲湖')).toBe('有 2 个单位叫「莲湖」，请写编码')
    expect(find('莲湖', ({ code }) => code === 'B')).toBe('B')
    expect(find('莲湖', () => true)).toBe('有 2 个单位叫「莲湖」，请写编码')
  })

  it('that nobody answers to get a hint only when it is clear', () => {
    expect(find('莲街道')).toBe('没有叫「莲街道」的单位，是不是「莲湖街道」？')
    expect(find('柳湖街道')).toBe('没有叫「柳湖街道」的单位')
    expect(find('湖')).toBe('没有叫「湖」的单位')
  })

  it('to nothing at all are said once, not once a row', () => {
    const { rows, problems } = read([
      ['名称', '数量'],
      ['甲', 1],
      ['乙', 2],
    ])
    const findNothing = finder<Thing>('单位', [], ways, '请写编码')
    for (const row of rows) expect(findNothing(row, '名称')).toBeUndefined()
    expect(problems).toHaveLength(1)
  })
})

describe('titles of other people', () => {
  const titled = (rows: Cell[][]) => {
    const problems: Problem[] = []
    const places = { sheet: '物业', required: ['单位', '目标'], optional: ['截止日期', '责任人'] }
    const found = tableRows([sheet('物业', rows)], places, problems)
    const said = found.map((row) => ['单位', '目标', '截止日期', '责任人'].map(row.text).join(' ').trim())
    return problems.length > 0 ? problems.map(({ message }) => message) : said
  }

  it('may be decorated, or be other names for the same', () => {
    expect(
      titled([
        ['社区（村）名称', '目标任务数（个）', '完成时限', '1、责任人*'],
        ['甲', 3, '2026-12-01', '李梅'],
      ]),
    ).toEqual(['甲 3 2026-12-01 李梅'])
  })

  it('may hold the title of a column that has to be there', () => {
    expect(
      titled([
        ['单位', '年度目标'],
        ['甲', 3],
      ]),
    ).toEqual(['甲 3'])
  })

  it('may stand in two rows', () => {
    expect(
      titled([
        ['单位', '任务', null, '责任人'],
        [null, '目标', '截止时间', null],
        ['甲', 3, '2026-12-01', '李梅'],
      ]),
    ).toEqual(['甲 3 2026-12-01 李梅'])
  })

  it('are never guessed between two', () => {
    expect(
      titled([
        ['社区', '单位名称', '目标'],
        ['甲', '乙', 3],
      ]),
    ).toEqual(['有 2 列可能是「单位」：「社区」、「单位名称」，请把其中一列的标题改成「单位」'])
  })

  it('that are missing are told with the nearest there is', () => {
    expect(
      titled([
        ['单位', '目的', '得数'],
        ['甲', 3, 2],
      ]),
    ).toEqual(['缺少「目标」列，最接近的是「目的」，请改成「目标」'])
  })
})

describe('merged cells', () => {
  const merged = (rows: Cell[][], column: number) => {
    const problems: Problem[] = []
    const one = { ...sheet('物业', rows), merges: [{ top: 2, left: column, bottom: 3, right: column }] }
    const found = tableRows([one], { sheet: '物业', required: ['单位', '目标'] }, problems)
    return [
      ...found.map((row) => `${row.text('单位')} ${row.text('目标')}`),
      ...problems.map((p) => p.message),
    ]
  }

  it('count for all of their rows', () => {
    const rows = [
      ['单位', '目标'],
      ['甲', 1],
      [null, 2],
    ]
    expect(merged(rows, 0)).toEqual(['甲 1', '甲 2'])
  })

  it('with a number in them are a mistake', () => {
    const rows = [
      ['单位', '目标'],
      ['甲', 1],
      ['乙', null],
    ]
    expect(merged(rows, 1)).toEqual(['甲 1', '乙 ', '合并单元格跨了 2 行，请拆开，每行各填一个数'])
  })
})
