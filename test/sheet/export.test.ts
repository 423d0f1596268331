// Sheets written as an .xlsx: text stays text, whatever it begins with.
import { readXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { type ExportSheet, writeExport } from '../../src/sheet/export.ts'
import { partsOf } from './xml.ts'

const made = new Date('2026-11-22T02:00:00Z')
const hostile = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '=HYPERLINK("http://x")',
  '<b>&"\'</b>',
  '\t=2',
  '第一行\n=3',
]

const sheet: ExportSheet = {
  ...{ name: '报送记录', frozen: 1 },
  columns: [
    { title: '=单位', width: 10 },
    { title: '日期', width: 12, format: 'date' },
    { title: '完成率', width: 9, format: 'percent' },
    { title: '原话', width: 20, format: 'text' },
  ],
  rows: hostile.map((text, at) => [
    text,
    new Date('2026-11-20'),
    at / 10,
    { value: text, lamp: 'red' as const },
  ]),
}

describe('a sheet that is written', () => {
  it('has no formula in it, and every text as it was', async () => {
    const bytes = await writeExport([sheet], { title: '进度', made })
    const xml = partsOf(bytes).get('xl/worksheets/sheet1.xml') ?? ''
    expect(xml).not.toMatch(/<f[ >]/)
    const { sheets } = await readXlsx(bytes)
    expect(sheets[0]?.rows.slice(1).map(([name, , , said]) => [name, said])).toEqual(
      hostile.map((text) => [text, text]),
    )
  })

  it('is the same bytes for the same rows and moment', async () => {
    const [one, other] = [
      await writeExport([sheet], { title: 'a', made }),
      await writeExport([sheet], { title: 'a', made }),
    ]
    expect(one.equals(other)).toBe(true)
  })

  it('takes 20,000 rows', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => [`单位${at}`, null, 0.5, '原话'])
    const bytes = await writeExport([{ ...sheet, rows }], { title: 'a', made })
    expect(partsOf(bytes).get('xl/worksheets/sheet1.xml')).toContain('r="D20001"')
  })
})
