// Writes examples/中原区.xlsx (npm run example). The same sources always give the same file.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeWorkbook } from '../src/sheet/write.ts'
import { examplePages } from './workbook.ts'

const file = join(process.cwd(), 'examples', '中原区.xlsx')
writeFileSync(file, await writeWorkbook(examplePages(), new Date('2026-11-20T10:00:00Z')))
