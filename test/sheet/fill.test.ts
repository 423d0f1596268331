// A clerk's own table with other numbers in it: what changes, what stays, and that it reads back as what was put in.
import { openXlsx, readXlsx, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { type Change, fill } from '../../src/sheet/fill.ts'
import { withDay } from '../../src/sheet/fill-dates.ts'
import { placesIn } from '../../src/sheet/fill-places.ts'
import { readNumbers } from '../../src/sheet/numbers.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { known, today } from './known.ts'
import { partsOf } from './xml.ts'

const soft = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFF2CC' } } as const

const table = () =>
  writeXlsx({
    sheets: [
      {
        name: '台账',
        columns: [{ width: 6 }, { width: 22 }, { width: 11 }, { width: 9 }, { width: 10 }, { width: 13 }],
        rows: [
          ['攻坚进展（截至2026年11月20日）', null, null, null, null, null],
          ['序号', '单位', '红色物业', null, '非公覆盖率', '示范楼院'],
          [null, null, '目标', '完成', null, null],
          [1, '锦苑社区', 4, 3, 0.95, '创建'],
          [2, '帝湖社区', 4, null, null, null],
          ['合计', null, 8, null, null, null],
        ],
        cells: new Map([
          ['1,1', { value: '单位', style: { fill: soft, font: { bold: true } } }],
          ['3,4', { value: 0.95, style: { numFmt: '0.0%' } }],
          ['5,3', { value: 3, formula: 'SUM(D4:D5)', formulaResult: 3 }],
        ]),
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 5 },
          { startRow: 1, startCol: 2, endRow: 1, endCol: 3 },
        ],
        freezePane: { rows: 3 },
        rowDefs: new Map([[0, { height: 30 }]]),
        dataValidations: [{ type: 'whole', operator: 'greaterThanOrEqual', formula1: '0', range: 'D4:D5' }],
      },
      { name: '填表说明', rows: [['请每周五填']] },
    ],
  })

describe('the places of numbers', () => {
  it('are found also where the cells are empty, and not in sums', async () => {
    const found = await placesIn(await readSheets(await table()), known, { today, fileName: '台账.xlsx' })
    expect(found.places.map(({ row, at, unit, indicator }) => [row, at, unit, indicator])).toEqual([
      ...[
        [4, 3, 12, 1],
        [4, 4, 12, 3],
        [4, 5, 12, 6],
      ],
      ...[
        [5, 3, 13, 1],
        [5, 4, 13, 3],
        [5, 5, 13, 6],
      ],
    ])
    expect(found.dated).toEqual([{ sheet: '台账', row: 1, at: 0, text: '攻坚进展（截至2026年11月20日）' }])
  })
})

const filled = async (bytes: Uint8Array, changes: Change[]) =>
  (await fill(bytes, { changes, renamed: [] })).bytes

describe('a filled table', () => {
  const changed = async () =>
    filled(await table(), [
      { sheet: '台账', row: 1, at: 0, value: '攻坚进展（截至2026年11月25日）' },
      { sheet: '台账', row: 4, at: 3, value: 4, lamp: 'done' },
      { sheet: '台账', row: 5, at: 3, value: 1, lamp: 'red' },
      { sheet: '台账', row: 4, at: 4, value: 0.98, isShare: true, lamp: 'green' },
      { sheet: '台账', row: 5, at: 4, value: 0.5, isShare: true, lamp: 'yellow' },
      { sheet: '台账', row: 5, at: 5, value: '验收', lamp: 'done' },
      { sheet: '台账', row: 6, at: 3, value: 99, lamp: 'red' },
    ])

  it('reads back as the numbers that were put in', async () => {
    const read = await readNumbers(await readSheets(await changed()), known, { today, fileName: '台账.xlsx' })
    const numbers = read.problems ? [] : read.numbers
    expect(
      numbers.map(({ unit, indicator, asOf, value, step }) => [unit, indicator, asOf, step ?? value]),
    ).toEqual([
      ...[
        [12, 1, '2026-11-25', '4'],
        [12, 3, '2026-11-25', '98'],
        [12, 6, '2026-11-25', '创建'],
      ],
      ...[
        [13, 1, '2026-11-25', '1'],
        [13, 3, '2026-11-25', '50'],
        [13, 6, '2026-11-25', '验收'],
      ],
    ])
  })

  it('keeps widths, heights, merged cells, styles, the frozen titles, choices, formulas and other sheets', async () => {
    const { sheets } = await readXlsx(await changed(), { readStyles: true })
    const [sheet, other] = sheets
    expect(sheet?.columns?.map(({ width }) => width)).toEqual([6, 22, 11, 9, 10, 13])
    expect(sheet?.rowDefs?.get(0)?.height).toBe(30)
    expect(sheet?.merges).toHaveLength(2)
    expect(sheet?.freezePane).toMatchObject({ rows: 3 })
    expect(sheet?.dataValidations).toHaveLength(1)
    expect(sheet?.cells?.get('1,1')?.style).toMatchObject({ fill: soft, font: { bold: true } })
    expect(sheet?.cells?.get('5,3')?.formula).toBe('SUM(D4:D5)')
    expect(other?.rows).toEqual([['请每周五填']])
  })

  it('shows the lamp as colour and as a mark behind the number, which stays a number', async () => {
    const { sheets } = await readXlsx(await changed(), { readStyles: true })
    const cells = sheets[0]?.cells
    expect(cells?.get('3,3')).toMatchObject({
      ...{ value: 4, type: 'number' },
      style: { numFmt: 'General" ✔"', fill: { fgColor: { rgb: expect.stringContaining('CDE5E2') } } },
    })
    expect(cells?.get('3,4')?.style?.numFmt).toBe('0.0%" ●"')
    expect(cells?.get('4,4')?.style?.numFmt).toBe('0.00%" ▲"')
    expect(cells?.get('4,5')).toMatchObject({ value: '验收', style: { numFmt: '@" ✔"' } })
  })

  it('filled again has one mark, and none where nothing is reported any more', async () => {
    const again = await filled(await changed(), [
      { sheet: '台账', row: 4, at: 3, value: 2, lamp: 'yellow' },
      { sheet: '台账', row: 5, at: 3, value: null },
    ])
    const cells = (await openXlsx(again, { readStyles: true })).sheets[0]?.cells
    expect(cells?.get('3,3')?.style?.numFmt).toBe('General" ▲"')
    expect(cells?.get('4,3')?.value ?? null).toBeNull()
    expect(cells?.get('4,3')?.style?.fill).toBeUndefined()
  })

  it('has text that begins with = as text', async () => {
    const bytes = await filled(await table(), [{ sheet: '台账', row: 5, at: 5, value: '=1+1' }])
    const xml = partsOf(bytes).get('xl/worksheets/sheet1.xml') ?? ''
    expect(xml.match(/<f>[^<]*<\/f>/g)).toEqual(['<f>SUM(D4:D5)</f>'])
    expect(xml).toMatch(/<c r="F5" t="s"/)
  })
})

describe('the day in a text', () => {
  it.each([
    ['截至2026年11月20日', '截至2026年12月1日'],
    ['3月1日至11月20日', '3月1日至12月1日'],
    ['进度（11.20）', '进度（12.1）'],
    ['台账20261120', '台账20261201'],
    ['2026-03-09 进度', '2026-12-01 进度'],
    ['进度表', undefined],
  ])('%s becomes %s', (text, expected) => {
    expect(withDay(text, '2026-12-01')).toBe(expected)
  })
})
