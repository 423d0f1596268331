// What it costs to export the whole district, and for how long nothing else can be done meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../src/database/connection.ts'
import { readRoster } from '../src/database/roster.ts'
import { exampleBeginning } from '../src/example.ts'
import { exportFiles } from '../src/exporting.ts'
import type { Turn } from '../src/turn.ts'

export interface ExportCosts {
  units: number
  /** In milliseconds: the first one, and the middle one of more. */
  first: number
  p50: number
  /** The longest time for which the event loop stood still, after the first. */
  blocked: number
  kilobytes: number
}

const rounds = 7

export async function benchExports(db: Db): Promise<ExportCosts> {
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
    const [file] = await exportFiles(turn, roster.root, undefined)
    return { took: performance.now() - from, bytes: file?.bytes.length ?? 0 }
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
  return {
    ...{ units: roster.units.size, first: first.took, p50: times[rounds >> 1] ?? 0 },
    ...{ blocked: delay.max / 1e6, kilobytes: first.bytes / 1024 },
  }
}
