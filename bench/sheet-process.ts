// Reading a large workbook in a process of its own, so that its memory is that of a bot which reads and nothing else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { annotate } from '../src/sheet/annotate.ts'
import { type Known, readNumbers } from '../src/sheet/numbers.ts'
import { readSheets } from '../src/sheet/read.ts'
import type { SheetCosts } from './sheet.ts'

const directory = process.argv[2] ?? ''
const known = JSON.parse(readFileSync(join(directory, 'known.json'), 'utf8')) as Known
const bytes = readFileSync(join(directory, 'numbers.xlsx'))

/** How long it takes, and the longest time for which nothing else could be done meanwhile. */
async function timed<T>(work: () => Promise<T>): Promise<{ result: T; took: number; held: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await pause(20)
  delay.reset()
  const from = performance.now()
  const result = await work()
  const took = performance.now() - from
  await pause(20)
  delay.disable()
  return { result, took, held: delay.max / 1e6 }
}

const read = await timed(() => readSheets(bytes))
const check = await timed(() =>
  readNumbers(read.result, known, { today: '2026-11-27', fileName: '数据.xlsx' }),
)
const checked = check.result
if (checked.problems) throw new Error(JSON.stringify(checked.problems.slice(0, 3)))
const megabytes = process.resourceUsage().maxRSS / 1024
const wrong = Array.from({ length: 1000 }, (_, at) => ({
  ...{ sheet: '数据上报', row: 2 + at * 20, column: '数值', at: 4, message: '不是数字' },
}))
const answered = await timed(() => annotate(bytes, wrong))
const costs: SheetCosts = {
  ...{ numbers: checked.numbers.length, megabytes },
  ...{ reading: read.took, heldReading: read.held },
  ...{ checking: check.took, heldChecking: check.held },
  ...{ answering: answered.took, heldAnswering: answered.held },
}
process.stdout.write(JSON.stringify(costs))
