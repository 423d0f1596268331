import { readFileSync } from 'node:fs'
import { type CellValue, readXlsx, writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { annotate } from '../../src/sheet/annotate.ts'
import { readNumbers } from '../../src/sheet/numbers.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { known, today } from './known.ts'
import { smallCampaign, toFile } from './small-campaign.ts'

const fill = { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFF00' } } as const
const red = 'FFC7CE'

function table(value: CellValue = '约3'): Promise<Uint8Array> {
  const rows = [
    ['红色物业进展（截至2026年11月20日）', null, null, null],
    ['街道', '单位', '红色物业', '监督员'],
    ['汝河路街道', '锦苑社区', value, 1],
    [null, '帝湖社区', 3, 2],
  ]
  return writeXlsx({
    sheets: [
      {
        name: '进展',
        rows,
        merges: [
          { startRow: 0, startCol: 0, endRow: 0, endCol: 3 },
          { startRow: 2, startCol: 0, endRow: 3, endCol: 0 },
        ],
        cells: new Map([
          ['1,1', { value: '单位', style: { fill, font: { bold: true } } }],
          ['3,3', { value: 2, formula: '1+1', formulaResult: 2, type: 'formula' }],
        ]),
        freezePane: { rows: 2 },
      },
      { name: '别的', rows: [['说明'], ['=1+1']] },
    ],
  })
}

async function problemsOf(file: Uint8Array) {
  const read = await readNumbers(await readSheets(file), known, { today, fileName: '表.xlsx' })
  return read.problems ?? []
}

async function open(file: Uint8Array) {
  const { sheets } = await readXlsx(file, { readStyles: true })
  return sheets.map((sheet) => ({
    ...sheet,
    fill: (place: string) => {
      const found = sheet.cells?.get(place)?.style?.fill
      return found?.type === 'pattern' ? found.fgColor?.rgb : undefined
    },
  }))
}

describe('a file with mistakes', () => {
  it('comes back with a column that says them, and the wrong cells in red', async () => {
    const file = await table()
    const [sheet, other] = await open(await annotate(file, await problemsOf(file)))
    expect(sheet?.rows.map((row) => row[4] ?? null)).toEqual([
      null,
      '问题',
      '「红色物业」「约3」不是准确的数，请只写数字（单位：个）',
      null,
    ])
    expect([sheet?.fill('2,2'), sheet?.fill('3,2')]).toEqual([red, undefined])
    expect(sheet?.cells?.get('2,2')?.value ?? sheet?.rows[2]?.[2]).toBe('约3')
    expect(other?.rows).toEqual([['说明'], ['=1+1']])
  })

  it('keeps its styles, merged cells, formulas and frozen rows', async () => {
    const file = await table()
    const [sheet] = await open(await annotate(file, await problemsOf(file)))
    expect(sheet?.fill('1,1')).toBe('FFFF00')
    expect(sheet?.merges).toHaveLength(2)
    expect(sheet?.cells?.get('3,3')?.formula).toBe('1+1')
    expect(sheet?.freezePane).toMatchObject({ rows: 2 })
  })

  it('is read again as if the column were not there, and is answered anew', async () => {
    const first = await annotate(await table(), await problemsOf(await table()))
    expect(await problemsOf(first)).toEqual(await problemsOf(await table()))
    const again = await open(await annotate(first, await problemsOf(first)))
    expect(again[0]?.rows[1]).toEqual(['街道', '单位', '红色物业', '监督员', '问题'])
    const mended = await open(await annotate(first, []))
    expect(mended[0]?.rows[2]?.[4] ?? null).toBeNull()
    expect(mended[0]?.fill('2,2')).toBeUndefined()
  })

  it('keeps a column 问题 of the clerk', async () => {
    const file = await writeXlsx({
      sheets: [
        {
          name: 'S',
          rows: [
            ['单位', '红色物业', '问题'],
            ['锦苑社区', -1, '缺人'],
          ],
        },
      ],
    })
    const [sheet] = await open(await annotate(file, await problemsOf(file)))
    expect(sheet?.rows).toEqual([
      ['单位', '红色物业', '问题', '问题'],
      ['锦苑社区', -1, '缺人', '「红色物业」-1 是负数，不能小于 0'],
    ])
  })

  it('is never given a formula', async () => {
    const file = await table('=HYPERLINK("http://x","3")')
    const problems = [{ sheet: '进展', row: 3, message: '=cmd|calc' }, ...(await problemsOf(file))]
    const [sheet] = await open(await annotate(file, problems))
    expect(String(sheet?.rows[2]?.[4])).toMatch(/^=cmd\|calc；/)
    const formulas = [...(sheet?.cells?.values() ?? [])].flatMap(({ formula }) => formula ?? [])
    expect(formulas).toEqual(['1+1'])
  })

  it('may be a campaign: what is wrong with a sheet as a whole stands beside its titles', async () => {
    const pages = smallCampaign()
    delete pages['任务']
    pages['指标']?.[1]?.splice(8, 1, 5)
    const file = await toFile(pages)
    const { problems = [] } = readCampaign(await readSheets(file))
    const sheets = await open(await annotate(file, problems))
    const answers = sheets.map(({ name, rows }) => `${name} ${rows[0]?.at(-1)}`)
    expect(answers[0]).toBe('方案 问题：任务：缺少这个工作表')
    expect(answers.find((line) => line.startsWith('指标'))).toMatch(/^指标 问题：权重合计 85/)
    expect(readCampaign(await readSheets(await annotate(file, problems))).problems).toEqual(problems)
  })

  it('may be an old one: then it comes back as .xlsx', async () => {
    const file = readFileSync('test/fixtures/workbooks/旧版.xls')
    const [sheet, hidden] = await open(
      await annotate(file, [{ sheet: '表一', row: 3, at: 2, message: '错了' }]),
    )
    expect(sheet?.rows[2]?.slice(0, 3)).toEqual(['汝河路街道', '锦苑社区', 3])
    expect(sheet?.rows[2]?.at(-1)).toBe('错了')
    expect([sheet?.fill('2,2'), sheet?.merges?.length, hidden?.name]).toEqual([red, 2, '藏'])
  })
})
