// What the parts of a load share: their surroundings, many rows in one statement, and decimals that compare equal.
import Fraction from 'fraction.js'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Keyring } from '../crypt.ts'
import type { Database } from './schema.ts'

export interface Load {
  tx: Transaction<Database>
  campaignId: number
  /** The campaign was made by this load. */
  isNew: boolean
  now: Date
  /** Today in Asia/Shanghai. */
  today: string
  by: string
  keys: Keyring
}

/** Rows for one statement: large enough to be quick, small enough to show progress. */
export const chunkSize = 2000

export function chunks<T>(rows: T[], size = chunkSize): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size))
}

/**
 * Rows as a table inside a statement: one parameter however many rows there are.
 * @param columns names and SQL types, e.g. `unit_id bigint, value numeric`
 */
export function recordset<T>(rows: T[], columns: string): RawBuilder<T> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(${sql.raw(columns)})`
}

/** The same number in the same characters, whoever wrote it: `10.50` → `10.5`. */
export const plain = (decimal: string | null) => (decimal === null ? null : new Fraction(decimal).toString())

export const cellKey = (unit: string | number, indicator: string | number) => `${unit}/${indicator}`

/** The fields in which two records differ. */
export function differences<T extends object>(before: T, after: T): (keyof T)[] {
  const fields = Object.keys(after) as (keyof T)[]
  return fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}
