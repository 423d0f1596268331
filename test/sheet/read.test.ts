import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { writeWorkbook } from '../../src/sheet/write.ts'
import { smallCampaign, toFile, toSheets } from './small-campaign.ts'
import { workbookParts, zip } from './zip.ts'

const sheetOf = (rows: string) => zip(workbookParts(rows))
const cellsOf = async (rows: string) => (await readSheets(sheetOf(rows)))[0]?.rows

describe('cells', () => {
  it('gives back what was written, sheet by sheet', async () => {
    const pages = smallCampaign()
    const sheets = await readSheets(await toFile(pages))
    const trimmed = toSheets(pages).map(({ name, rows }) => ({
      name,
      rows: rows.map(({ row, cells }) => ({
        row,
        cells: cells.slice(0, cells.findLastIndex((cell) => cell !== null) + 1),
      })),
    }))
    expect(sheets).toEqual(trimmed)
  })

  it('reads dates as the day that the sheet shows, whatever time zone the machine is in', async () => {
    const page = {
      name: '日期',
      columns: [{ title: '日期', width: 12 }],
      rows: [[new Date('2026-11-20T00:00:00Z')]],
    }
    const [sheet] = await readSheets(await writeWorkbook([page], new Date(0)))
    expect(sheet?.rows[1]?.cells).toEqual(['2026-11-20'])
  })

  it('reads a formula as its last result and an error as its text', async () => {
    const rows = await cellsOf(
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1" t="str"><f>A1</f><v>两</v></c></row>',
    )
    expect(rows).toEqual([{ row: 1, cells: [2, '#REF!', '两'] }])
  })

  it('leaves out empty rows and keeps the numbers of the others', async () => {
    const rows = await cellsOf(
      '<row r="3"><c r="B3" t="inlineStr"><is><t>三</t></is></c></row><row r="4"><c r="A4" s="0"/></row><row r="7"><c r="A7" t="inlineStr"><is><t> </t></is></c><c r="B7" t="b"><v>1</v></c></row>',
    )
    expect(rows).toEqual([
      { row: 3, cells: [null, '三'] },
      { row: 7, cells: [null, true] },
    ])
  })

  it('never expands entities', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>`
    const parts = workbookParts('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>')
    const evil = parts.map((part) =>
      part.name.endsWith('sheet1.xml') ? { ...part, data: bomb + part.data } : part,
    )
    const answer = await readSheets(zip(evil)).catch((error: unknown) => error)
    expect(JSON.stringify(answer)).not.toContain('aaaaaaaaaa')
  })
})

describe('limits', () => {
  const manyRows = (count: number) =>
    Array.from({ length: count }, (_, n) => `<row r="${n + 1}"><c r="A${n + 1}"><v>${n}</v></c></row>`).join(
      '',
    )

  it('reads 50,000 rows and refuses one more, naming the sheet', async () => {
    expect((await cellsOf(manyRows(50_000)))?.length).toBe(50_000)
    await expect(cellsOf(manyRows(50_001))).rejects.toThrow('工作表「数据」太大，最多 50,000 行')
  })

  it('does not count rows that are only formatted', async () => {
    const formatted = Array.from(
      { length: 60_000 },
      (_, n) => `<row r="${n + 2}"><c r="A${n + 2}" s="0"/></row>`,
    )
    const rows = await cellsOf(`<row r="1"><c r="A1"><v>1</v></c></row>${formatted.join('')}`)
    expect(rows).toEqual([{ row: 1, cells: [1] }])
  })

  it('reads 200 columns and refuses one more', async () => {
    expect((await cellsOf('<row r="1"><c r="GR1"><v>1</v></c></row>'))?.[0]?.cells.length).toBe(200)
    await expect(cellsOf('<row r="1"><c r="GS1"><v>1</v></c></row>')).rejects.toThrow('最多 200 列')
  })

  it('refuses a lonely cell in the last corner of the sheet', async () => {
    await expect(cellsOf('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')).rejects.toThrow(
      '最多 200 列',
    )
  })

  it('refuses more than fifty sheets', async () => {
    const pages = Array.from({ length: 51 }, (_, n) => ({ name: `表${n}`, columns: [], rows: [] }))
    await expect(readSheets(await writeWorkbook(pages, new Date(0)))).rejects.toThrow(
      '工作表太多（超过 50 个）',
    )
  })

  it('gives up after its time, and the process goes on', async () => {
    const file = sheetOf(manyRows(50_000))
    await expect(readSheets(file, { timeMs: 5, memoryMb: 512 })).rejects.toThrow('文件读取超时')
    expect((await cellsOf('<row r="1"><c r="A1"><v>1</v></c></row>'))?.length).toBe(1)
  })

  it('gives up when there is too much text, however often a cell repeats it', async () => {
    const long = 'x'.repeat(2000)
    const rows = Array.from({ length: 20_000 }, (_, n) => {
      return `<row r="${n + 1}"><c t="inlineStr"><is><t>${n}${long}</t></is></c></row>`
    })
    const file = sheetOf(rows.join(''))
    await expect(readSheets(file, { timeMs: 60_000, memoryMb: 512 })).rejects.toThrow('文件内容太多，读不下')
  }, 90_000)

  it('gives up when the parser does not come by with its memory, and the process goes on', async () => {
    const cells = Array.from(
      { length: 50_000 },
      (_, n) => `<row r="${n + 1}"><c r="GR${n + 1}"><v>1</v></c></row>`,
    )
    const file = sheetOf(cells.join(''))
    await expect(readSheets(file, { timeMs: 60_000, memoryMb: 6 })).rejects.toThrow('文件内容太多，读不下')
  }, 90_000)
})

describe('broken workbooks', () => {
  it.each([
    ['without the workbook part', (parts: string[]) => parts.filter((name) => name !== 'xl/workbook.xml')],
    ['without its relations', (parts: string[]) => parts.filter((name) => name !== '_rels/.rels')],
    [
      'without the sheet that it names',
      (parts: string[]) => parts.filter((name) => !name.includes('sheet1')),
    ],
  ])('%s: words, not a crash', async (_what, keep) => {
    const parts = workbookParts('')
    const names = keep(parts.map((part) => part.name))
    const file = zip([...parts.filter((part) => names.includes(part.name)), { name: 'xl/rest', data: '' }])
    await expect(readSheets(file)).rejects.toThrow(UserError)
    await expect(readSheets(file)).rejects.toThrow('文件打不开')
  })

  it('keeps the parser’s own words as the cause, for the log', async () => {
    const parts = workbookParts('').filter((part) => part.name !== 'xl/workbook.xml')
    const error = await readSheets(zip([...parts, { name: 'xl/rest', data: '' }])).catch((e: unknown) => e)
    expect((error as Error).cause).toBeInstanceOf(Error)
  })

  it('reads several files at the same time', async () => {
    const files = Array.from({ length: 4 }, (_, n) => sheetOf(`<row r="1"><c r="A1"><v>${n}</v></c></row>`))
    const all = await Promise.all(files.map((file) => readSheets(file)))
    expect(all.map(([sheet]) => sheet?.rows[0]?.cells[0])).toEqual([0, 1, 2, 3])
  })
})
