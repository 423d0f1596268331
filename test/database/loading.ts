// Tests of loading: the same suite on both databases, each test in new tables, with ways to look at what is there.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import { keyring } from '../../src/crypt.ts'
import { type Db, openInMemory, type Store } from '../../src/database/connection.ts'
import { type Changes, type LoadOptions, loadCampaign } from '../../src/database/load.ts'
import { migrate } from '../../src/database/migrate.ts'
import type { CampaignWorkbook } from '../../src/sheet/campaign.ts'
import { describeProblems } from '../../src/sheet/problems.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { type Pages, smallCampaign, toSheets } from '../sheet/small-campaign.ts'
import { openTestPostgres } from '../support/databases.ts'

export const keys = keyring('a key for tests only, 32 characters')
export const options: LoadOptions = { now: new Date('2026-11-22T10:00:00+08:00'), by: 'test', keys }

const tables = ['campaign', 'unit', 'unit_version', 'person', 'account', 'assignment', 'indicator'] as const
const moreTables = ['target', 'report', 'cell', 'chat'] as const

export function parsed(pages: Pages): CampaignWorkbook {
  const result = readCampaign(toSheets(pages))
  if (result.problems) throw new Error(describeProblems(result.problems).join('\n'))
  return result.workbook
}

export type Tools = ReturnType<typeof toolsFor>

export function onBothDatabases(suite: (tools: Tools) => void): void {
  describe.each([
    ['PGlite', openInMemory],
    ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'))],
  ])('on %s', (_name, open) => {
    let store: Store
    beforeAll(async () => {
      store = await open()
    })
    afterAll(() => store.close())
    // Reports cannot be deleted, so every test gets new tables.
    beforeEach(async () => {
      await sql`drop schema public cascade; create schema public`.execute(store.db)
      await migrate(store.db)
    })
    suite(toolsFor(() => store.db))
  })
}

function toolsFor(db: () => Db) {
  const load = (pages: Pages, more: Partial<LoadOptions> = {}) =>
    loadCampaign(db(), parsed(pages), { ...options, ...more })

  /** Everything in the database, to be compared. */
  async function everything(): Promise<string> {
    const contents = await Promise.all(
      [...tables, ...moreTables].map(async (table) => {
        const { rows } = await sql`select * from ${sql.table(table)} order by 1, 2, 3`.execute(db())
        return [table, rows]
      }),
    )
    return JSON.stringify(contents)
  }

  const revisions = () =>
    db()
      .selectFrom('campaign')
      .select(['revision', 'roster_version', 'rule_version'])
      .executeTakeFirstOrThrow()

  const units = (valid: 'current' | 'all' = 'current') =>
    db()
      .selectFrom('unit')
      .innerJoin('unit_version', 'unit_version.unit_id', 'unit.id')
      .$if(valid === 'current', (query) => query.where('valid_to', 'is', null))
      .select(['code', 'name', 'aliases', 'valid_from', 'valid_to', 'unit_id', 'parent_id', 'level'])
      .orderBy('unit_version.id')
      .execute()

  const cell = (unit: string, indicator: string) =>
    db()
      .selectFrom('cell')
      .innerJoin('unit', 'unit.id', 'cell.unit_id')
      .innerJoin('indicator', 'indicator.id', 'cell.indicator_id')
      .where('unit.code', '=', unit)
      .where('indicator.code', '=', indicator)
      .select(['value', 'num', 'den', 'step', 'as_of', 'report_id'])
      .executeTakeFirst()

  return { db, load, everything, revisions, units, cell }
}

export const range = (n: number) => Array.from({ length: n }, (_, index) => index)

/** 金苑社区 under another name, everywhere in the file. */
export function renamedCampaign(): Pages {
  const pages = smallCampaign()
  for (const rows of Object.values(pages))
    for (const cells of rows)
      for (const [index, cell] of cells.entries()) if (cell === '金苑社区') cells[index] = '金苑南社区'
  return pages
}

/** Only what was added or changed. */
export function counts(changes: Changes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([kind, { added, changed }]) => {
      const words = [...(added ? [`added ${added}`] : []), ...(changed ? [`changed ${changed}`] : [])]
      return words.length > 0 ? [[kind, words.join(', ')]] : []
    }),
  )
}
