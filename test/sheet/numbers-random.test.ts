import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readNumbers } from '../../src/sheet/numbers.ts'
import type { Cell, Sheet } from '../../src/sheet/read.ts'
import { known, today } from './known.ts'

const words = [
  ...[
    '单位',
    '街道',
    '指标',
    '数值',
    '日期',
    '红色物业',
    '监督员',
    '红色物业完成',
    '目标',
    '完成',
    '完成率',
    '非公企业',
  ],
  ...[
    '分子',
    '分母',
    '示范楼院',
    '申报',
    '问题',
    '锦苑社区',
    '帝湖社区',
    '金苑社区',
    '汝河路街道',
    '须水',
    '合计',
    '—',
    '√',
  ],
  ...['2026-11-20', '11月20日', '（11.20）', '95%', '约3', '#REF!', '=1+1', '\n', '截至2026年11月20日'],
]
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.integer({ min: -2, max: 60 }) },
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const merge = fc.record({ top: fc.nat(12), left: fc.nat(8), bottom: fc.nat(12), right: fc.nat(8) })
const sheet: fc.Arbitrary<Sheet> = fc
  .record({
    name: fc.constantFrom('Sheet1', '红色物业', '须水街道', '11月20日'),
    rows: fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 10 }),
    merges: fc.array(merge, { maxLength: 4 }),
  })
  .map(({ name, rows, merges }) => ({
    ...{ name, merges },
    rows: rows.map((cells, at) => ({ row: at + 1, cells })),
  }))

it('whatever is in the cells, the answer is numbers that stand there or what is wrong', () => {
  return fc.assert(
    fc.asyncProperty(fc.array(sheet, { minLength: 1, maxLength: 3 }), async (sheets) => {
      const read = await readNumbers(sheets, known, { today, fileName: '表.xlsx' })
      if (read.problems) {
        expect(read.problems.length).toBeGreaterThan(0)
        return
      }
      for (const { sheet, row, at, unit, value, asOf, num, step } of read.numbers) {
        const places = sheets.filter(({ name }) => name === sheet)
        const cells = places.map(({ rows }) => rows[row - 1]?.cells[at] ?? null)
        expect(known.units.find(({ id }) => id === unit)?.level).toMatch(/community|village/)
        expect(asOf >= known.starts && asOf <= today).toBe(true)
        if (num === null && step === null && typeof cells[0] === 'number' && places.length === 1)
          expect([Number(value), Number(value) / 100]).toContain(cells[0])
      }
    }),
    { numRuns: 500 },
  )
})
