// A cell of a clerk's table, and which part of which number stands in it.
import type { Role } from './number-columns.ts'
import type { Measured } from './number-values.ts'
import type { Cell } from './read.ts'

export type What = 'value' | 'num' | 'den' | { step: string }

/** Rows as the sheet shows them, columns from 0. */
export interface Spot {
  sheet: string
  row: number
  at: number
}

export interface Place extends Spot {
  unit: number
  indicator: number
  what: What
  /** What stands there. */
  cell: Cell
  /** What that means, together with its other parts; undefined = nothing that can be read. */
  says?: Measured
}

export const whatOf = (role: Role): What | undefined =>
  role.kind === 'step'
    ? { step: role.step }
    : role.kind === 'value' || role.kind === 'num' || role.kind === 'den'
      ? role.kind
      : undefined
