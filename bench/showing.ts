// What it costs to show the numbers: as a picture, on open boards, as workbooks in and out.
import { freePort } from '../test/support/ports.ts'
import { benchBoards } from './boards.ts'
import { exportCosts } from './exports.ts'
import { memory, out, secretKey, withExample, withSink } from './ground.ts'
import { benchPictures } from './pictures.ts'
import { start } from './process.ts'
import { benchSheet } from './sheet.ts'

/** What the district's wall chart costs. */
export async function pictures(): Promise<void> {
  const { first, p50, p95, blocked, kilobytes } = await benchPictures()
  out(
    `wall chart of 14 streets: first ${first.toFixed(0)} ms (goal ≤ 300), then p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (goal ≤ 120), event loop held ${blocked.toFixed(1)} ms at most (goal ≤ 20), ${kilobytes.toFixed(0)} KB`,
  )
}

/** What a clerk's workbook of 20,000 rows costs. */
export async function sheet(): Promise<void> {
  for (const line of await benchSheet(memory)) out(line)
}

/** What five hundred open boards cost when a number changes. */
export async function boards(server: string): Promise<void> {
  await withSink(server, (shared) =>
    withExample(server, 'bench_boards', async (db, url) => {
      const port = String(await freePort())
      const origin = `http://127.0.0.1:${port}`
      const settings = { ...shared, DATABASE_URL: url, PORT: port, PUBLIC_URL: origin }
      const bot = await start(['node', ...memory, 'dist/src/main.js', 'start'], settings, /"ready"/)
      try {
        const cost = await benchBoards(db, { origin, secretKey, cpu: bot.cpu })
        out(
          `board of the district: ${cost.first.toFixed(0)} ms to the first page of a bot just started, ${cost.again.toFixed(0)} ms to the next (goal ≤ 300), ${cost.kilobytes.toFixed(0)} KB (goal ≤ 150)`,
        )
        out(
          `a number changes, ${cost.boards} boards are open: the first is told after ${cost.soonest.toFixed(0)} ms, the last after ${cost.latest.toFixed(0)} ms (goal ≤ 2000), ${cost.cores.toFixed(2)} cores until then (goal ≤ 1), ${bot.memory().toFixed(0)} MB`,
        )
      } finally {
        await bot.stop()
      }
    }),
  )
}

/** What the district's workbook costs, with all of its history. */
export async function exporting(server: string): Promise<void> {
  out(await withExample(server, 'bench_export', exportCosts))
}
