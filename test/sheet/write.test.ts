import { readXlsx } from 'hucre/xlsx'
import { expect, it } from 'vitest'
import { type Page, writeWorkbook } from '../../src/sheet/write.ts'

const page: Page = {
  name: '单位',
  columns: [
    { title: '名称', width: 18 },
    { title: '级别', width: 8, choices: ['街道', '社区'] },
    { title: '日期', width: 12 },
  ],
  rows: [
    ['金苑社区', '社区', new Date('2026-11-20T00:00:00Z')],
    ['=1+1', null, null],
  ],
}

it('writes a bold frozen header, widths and choices to pick from', async () => {
  const file = await writeWorkbook([page], new Date(0))
  const [sheet] = (await readXlsx(file, { readStyles: true })).sheets
  expect(sheet?.cells?.get('0,0')?.style?.font?.bold).toBe(true)
  expect(sheet?.freezePane).toMatchObject({ rows: 1 })
  expect(sheet?.columns?.map(({ width }) => width)).toEqual([18, 8, 12])
  expect(sheet?.dataValidations?.[0]).toMatchObject({
    type: 'list',
    values: ['街道', '社区'],
    range: 'B2:B2000',
  })
})

it('writes what looks like a formula as text', async () => {
  const file = await writeWorkbook([page], new Date(0))
  const [sheet] = (await readXlsx(file, { readStyles: true })).sheets
  expect(sheet?.rows[2]?.[0]).toBe('=1+1')
  expect(sheet?.cells?.get('2,0')?.formula).toBeUndefined()
})

it('gives the same bytes for the same content, and others for other content', async () => {
  const bytes = async (pages: Page[], at: number) => Buffer.from(await writeWorkbook(pages, new Date(at)))
  const first = await bytes([page], 0)
  expect(first.equals(await bytes([page], 0))).toBe(true)
  expect(first.equals(await bytes([{ ...page, name: '别的' }], 0))).toBe(false)
})
