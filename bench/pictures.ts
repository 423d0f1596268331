// What it costs to draw the district's wall chart, and for how long nothing else can be done meanwhile.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setImmediate as turn } from 'node:timers/promises'
import { drawWallChart } from '../src/picture/wall-chart.ts'
import { chartOf, streets } from '../test/picture/charts.ts'

export interface PictureCosts {
  /** In milliseconds, as all but `kilobytes`: with the fonts read, and again and again. */
  first: number
  p50: number
  p95: number
  /** The longest time for which the event loop stood still, after the first picture. */
  blocked: number
  kilobytes: number
}

const rounds = 40

export async function benchPictures(): Promise<PictureCosts> {
  const chart = chartOf(streets)
  const timed = async () => {
    const from = performance.now()
    const png = await drawWallChart(chart)
    return { took: performance.now() - from, bytes: png.length }
  }
  const first = await timed()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    times.push((await timed()).took)
    await turn()
  }
  delay.disable()
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(rounds - 1, Math.floor(rounds * share))] ?? 0
  return {
    ...{ first: first.took, p50: at(0.5), p95: at(0.95), blocked: delay.max / 1e6 },
    kilobytes: first.bytes / 1024,
  }
}
