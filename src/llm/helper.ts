import type { Turn } from '../turn.ts'
export type Helper = (turn: Turn) => Promise<string | undefined>
