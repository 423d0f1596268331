// The example campaign, for the demo, the terminal, tests and benchmarks.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Keyring } from './crypt.ts'
import type { Db } from './database/connection.ts'
import { loadCampaign } from './database/load.ts'
import { readSheets } from './sheet/read.ts'
import { readCampaign } from './sheet/workbook.ts'

/** The moment the example stands at: a Sunday morning, five weeks before the campaign ends. */
export const exampleBeginning = '2026-11-22T10:00:00+08:00'

/** Loads the workbook unless its campaign is there already. */
export async function loadExample(db: Db, keys: Keyring, now: Date): Promise<void> {
  const read = readCampaign(await readSheets(await readFile(exampleFile())))
  if (read.problems) throw new Error(`the example workbook has mistakes: ${JSON.stringify(read.problems)}`)
  const { name } = read.workbook.plan
  const there = await db.selectFrom('campaign').where('name', '=', name).select('id').executeTakeFirst()
  if (!there) await loadCampaign(db, read.workbook, { now, by: '示例', keys })
}

/** The same from the sources and from `dist/`: the project's folder is the one with package.json. */
function exampleFile(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
  return join(folder, 'examples', '中原区.xlsx')
}
