// The lamps in a cell: a light tint of their colours (`visual/README.md`), so that figures stay legible, and their marks.
import type { Lamp } from '../campaign/schedule.ts'

export type LampMark = Lamp | 'missing'

/** A light tint, and the mark that says the same without colour. Nothing reported is hollow. */
export const lampCells: Record<LampMark, { tint: string | null; ink: string; mark: string }> = {
  done: { tint: 'CDE5E2', ink: '0F766E', mark: '✔' },
  green: { tint: 'D3E8D4', ink: '2E7D32', mark: '●' },
  yellow: { tint: 'FBE6C4', ink: '8A5200', mark: '▲' },
  red: { tint: 'F8D0D0', ink: 'C62828', mark: '■' },
  grey: { tint: 'ECEEF1', ink: '6B7280', mark: '—' },
  missing: { tint: null, ink: 'C62828', mark: '□' },
}
