import { readFileSync } from 'node:fs'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { checkWorkbook } from '../../src/sheet/guard.ts'
import { readSheets } from '../../src/sheet/read.ts'

// Written by another program than ours (SheetJS).
const old = readFileSync('test/fixtures/workbooks/旧版.xls')

describe('an old .xls', () => {
  it('is read with its dates, percentages, merged cells and what is hidden', async () => {
    expect(await readSheets(old)).toEqual([
      {
        name: '表一',
        merges: [
          { top: 1, left: 0, bottom: 1, right: 4 },
          { top: 3, left: 0, bottom: 4, right: 0 },
        ],
        rows: [
          { row: 1, cells: ['中原区统计表（截至2026年11月20日）'] },
          { row: 2, cells: ['街道', '单位', '红色物业', '非公覆盖率', '日期'] },
          { row: 3, cells: ['汝河路街道', '锦苑社区', 3, '95%', '2026-11-20'] },
          { row: 4, cells: [null, '帝湖社区', 4, '100%'] },
        ],
      },
      { name: '藏', hidden: true, rows: [{ row: 1, cells: ['x'] }] },
    ])
  })

  it('that is larger than 5 MB is refused', async () => {
    await expect(readSheets(Buffer.concat([old, Buffer.alloc(5 << 20)]))).rejects.toThrow(
      '（.xls）太大，最多 5 MB',
    )
  })

  it('that is a Word document in truth is refused', async () => {
    const file = Buffer.from(old)
    const name = Buffer.from('Workbook', 'utf16le')
    const at = file.indexOf(name)
    file.write('WordDocument', at, 'utf16le')
    file.writeUInt16LE(26, at + 64)
    await expect(readSheets(file)).rejects.toThrow('这是 Word 文档')
  })

  it('whatever byte is damaged, the answer is yes or words, never another error', async () => {
    for (let at = 0; at < old.length; at += 3) {
      const damaged = Buffer.from(old)
      damaged[at] = (damaged[at] ?? 0) ^ 0xff
      await checkWorkbook(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(UserError))
    }
  })
})

it('a new workbook with a password is told from an old one', async () => {
  const encryption = { password: '123456', spinCount: 1000 }
  const file = await writeXlsx({ sheets: [{ name: '数据', rows: [['单位']] }], encryption })
  await expect(readSheets(file)).rejects.toThrow('文件加了密码，打不开')
})

describe('what a row of plain values leaves out', () => {
  it('is read too: merged cells, hidden rows and sheets, percentages', async () => {
    const file = await writeXlsx({
      sheets: [
        {
          name: '一',
          rows: [
            ['街道', '单位', '覆盖率'],
            ['汝河路街道', '锦苑社区', 0.985],
            [null, '帝湖社区', 1],
          ],
          columns: [{}, {}, { numFmt: '0.0%' }],
          merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }],
          rowDefs: new Map([[2, { hidden: true }]]),
        },
        { name: '二', hidden: true, rows: [['x']] },
      ],
    })
    expect(await readSheets(file)).toEqual([
      {
        name: '一',
        merges: [{ top: 2, left: 0, bottom: 3, right: 0 }],
        hiddenRows: [3],
        rows: [
          { row: 1, cells: ['街道', '单位', '覆盖率'] },
          { row: 2, cells: ['汝河路街道', '锦苑社区', '98.5%'] },
          { row: 3, cells: [null, '帝湖社区', '100%'] },
        ],
      },
      { name: '二', hidden: true, rows: [{ row: 1, cells: ['x'] }] },
    ])
  })
})
