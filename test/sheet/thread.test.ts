// Workbooks that come at the same time: two are read, others wait for them, and who would wait for long is told so.
import { expect, it } from 'vitest'
import { readSheets } from '../../src/sheet/read.ts'
import { writeWorkbook } from '../../src/sheet/write.ts'

it('of many workbooks at once reads all that may wait, and asks for the rest once more', async () => {
  const columns = [{ title: '单位', width: 8 }]
  const bytes = await writeWorkbook([{ name: '表', columns, rows: [['金苑社区']] }], new Date(0))
  const answers = await Promise.all(
    Array.from({ length: 15 }, () =>
      readSheets(bytes).then(
        ([sheet]) => sheet?.rows.length,
        (error: Error) => error.message,
      ),
    ),
  )
  expect(answers.filter((one) => one === 2)).toHaveLength(12)
  expect(new Set(answers.filter((one) => one !== 2))).toEqual(
    new Set(['现在处理的表格太多，请过几分钟再发一次。']),
  )
  expect((await readSheets(bytes))[0]?.name).toBe('表')
})
