// What it costs to export the whole district, and for how long nothing else can be done meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../src/database/connection.ts'
import { readRoster } from '../src/database/roster.ts'
import { exampleBeginning } from '../src/example.ts'
import { exportFiles } from '../src/exporting.ts'
import type { Turn } from '../src/turn.ts'

const rounds = 7

/** @returns what to print: all times in milliseconds, those of the loop after the first export */
export async function exportCosts(db: Db): Promise<string> {
  const { id } = await db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const roster = await readRoster(db, id)
  const duty = { role: 'district_admin' as const, unit: null, team: null }
  const now = new Date(exampleBeginning)
  // The parts of a turn that an export looks at; nothing is remembered between two.
  const turn = {
    ...{ db, roster, now, today: '2026-11-22', person: { id: 1, name: '何晓雯', duties: [duty] } },
    message: { platform: 'dingtalk', chat: { id: 'hexiaowen', kind: 'single' } },
    cached: <T>(_: string, compute: () => Promise<T>) => compute(),
  } as unknown as Turn
  const timed = async () => {
    const from = performance.now()
    const { files } = await exportFiles(turn, roster.root, undefined)
    return { took: performance.now() - from, bytes: files[0]?.bytes.length ?? 0 }
  }
  const first = await timed()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    times.push((await timed()).took)
    await wait(20)
  }
  delay.disable()
  times.sort((a, b) => a - b)
  const [ms, median] = [first.took.toFixed(0), (times[rounds >> 1] ?? 0).toFixed(0)]
  return `workbook of ${roster.units.size} units × 13 with its history: first ${ms} ms, then p50 ${median} ms (goal ≤ 1,000), event loop held ${(delay.max / 1e6).toFixed(1)} ms at most (goal ≤ 50), ${(first.bytes / 1024).toFixed(0)} KB`
}
