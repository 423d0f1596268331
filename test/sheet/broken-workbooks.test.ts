// Each workbook that is broken in one way gets the words that docs/broken-workbooks.md promises. Reading writes nothing.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { isCampaignWorkbook, readNumbers } from '../../src/sheet/numbers.ts'
import { describeProblems } from '../../src/sheet/problems.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { broken } from '../fixtures/workbooks/make.ts'
import { known, today } from './known.ts'

const folder = 'test/fixtures/workbooks'
/** The one that is whole, written by another program. */
const whole = '旧版.xls'
const makers = broken(readFileSync(`${folder}/${whole}`))
// One that was taken away, to be changed, is made again.
for (const [file, make] of Object.entries(makers))
  if (!existsSync(`${folder}/${file}`)) writeFileSync(`${folder}/${file}`, await make())

const promised = readFileSync('docs/broken-workbooks.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, file, wrong, words] = /^\| (.+\.xls[xm]?) \| (.+?) \| (.+) \|$/.exec(line) ?? []
    return file && wrong && words ? { file, wrong, words } : []
  })

it.each(promised)('$file: $wrong', async ({ file, words }) => {
  expect(inTable(await told(file))).toBe(words)
})

it('every workbook is in the table, and there is a maker for each', () => {
  const files = readdirSync(folder).filter((file) => file !== whole && file !== 'make.ts')
  expect(promised.map(({ file }) => file).sort()).toEqual(files.sort())
  expect(Object.keys(makers).sort()).toEqual(files.sort())
})

/** What a clerk hears about a file: why it cannot be read, what is wrong in it, or what was left out of it. */
async function told(file: string): Promise<string[]> {
  try {
    const sheets = await readSheets(readFileSync(`${folder}/${file}`))
    if (isCampaignWorkbook(sheets)) return describeProblems(readCampaign(sheets, today).problems ?? [])
    const read = await readNumbers(sheets, known, { today, fileName: file })
    return read.problems
      ? describeProblems(read.problems)
      : [`读到 ${read.numbers.length} 个数`, ...read.notes]
  } catch (error) {
    if (error instanceof UserError) return [error.message]
    throw error
  }
}

const inTable = (lines: string[]): string =>
  lines.map((line) => line.replaceAll('<', '&lt;').replaceAll('|', '\\|')).join('<br>')
