// Runs `npm run rank` in the test's own process, on the fixtures that are kept and on others written for a test.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import { rank } from '../../src/cli/rank.ts'
import type { CellRow, Rows, UnitRow } from '../../src/cli/rank-rows.ts'
import { path, read } from '../support/documents.ts'

export const fixture = (name: string) => path(`test/fixtures/rank/${name}.json`)
export const today = '2026-11-22'
export const folder = mkdtempSync(join(tmpdir(), 'guatu-rank-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs the command in this process and gives what it printed. */
export function run(...args: string[]) {
  const out: string[] = []
  const err: string[] = []
  const code = rank(args, { out: (line) => out.push(line), err: (line) => err.push(line) })
  return { code, out, err: err.flatMap((text) => text.split('\n')) }
}

export function rowsOf(file: string, asOf = today): Rows {
  const { code, out, err } = run('--fixture', file, '--as-of', asOf)
  expect([code, err]).toEqual([0, []])
  return JSON.parse(out.join('\n')) as Rows
}

/** The rows of a fixture that is another in some places. */
export function rowsWith(name: string, change: (fixture: Changeable) => void, asOf = today): Rows {
  const given = JSON.parse(read(`test/fixtures/rank/${name}.json`)) as Changeable
  change(given)
  return rowsOf(file(given), asOf)
}

export type Changeable = Record<
  'indicators' | 'units' | 'cells' | 'adjustments',
  Record<string, unknown>[]
> & {
  [more: string]: unknown
}

let files = 0
/** Writes a fixture. @returns its path */
export function file(content: unknown): string {
  const name = join(folder, `${files++}.json`)
  writeFileSync(
    name,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
  )
  return name
}

export const unitOf = ({ units }: Rows, code: string): UnitRow | undefined =>
  units.find((unit) => unit.code === code)
export const cellOf = (rows: Rows, unit: string, indicator: string): CellRow | undefined =>
  unitOf(rows, unit)?.cells[indicator]

/** A fixture of nothing. */
export function empty() {
  return {
    campaign: { start: '2026-03-01', end: '2026-12-31' },
    indicators: [] as unknown[],
    units: [] as unknown[],
  }
}
