// What it costs to understand a sentence, with the names of a district and with those of a province.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { memory, out, withExample } from './ground.ts'
import { type Costs, namesOf } from './understanding.ts'

/** In a process of its own, whose memory is measured. */
export async function understanding(server: string): Promise<void> {
  const names = await withExample(server, 'bench_names', namesOf)
  const program = ['--expose-gc', ...memory, 'dist/bench/understanding.js']
  const child = spawn('node', program, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(names))
  const costs: Costs[] = JSON.parse(await text(child.stdout))
  for (const { units, indicators, ...cost } of costs) {
    const isLargest = units === 20_000
    const goal = isLargest ? ' (goal ≤ 5)' : units < 200 ? ' (goal ≤ 2)' : ''
    out(
      `understanding, ${units} units × ${indicators}: p50 ${cost.p50.toFixed(2)} ms, p95 ${cost.p95.toFixed(2)} ms${goal}, ` +
        `finding names ${cost.spotting.toFixed(3)} ms, 2,000 characters ${cost.longest.toFixed(0)} ms`,
    )
    if (isLargest)
      out(
        `loading ${units} names: ${cost.loading.toFixed(0)} ms of CPU (goal ≤ 1000), ${cost.megabytes.toFixed(0)} MB (goal ≤ 100)`,
      )
  }
}
