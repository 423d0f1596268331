// What scores cost, at the size of a district and at a thousand times that.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { keyring } from '../src/crypt.ts'
import { memory, out, secretKey, withExample } from './ground.ts'
import { addManyUnits } from './many-units.ts'
import { benchPlace, type benchRanking, benchReport } from './scores.ts'

/** A report, a place, a week's ranking. */
export async function scoring(server: string): Promise<void> {
  const keys = keyring(secretKey)
  const { bare, report } = await withExample(server, 'bench_report', benchReport)
  out(
    `one report with its cell, street and district: ${report.toFixed(2)} ms, two bare rows ${bare.toFixed(2)} ms, ` +
      `ratio ${(report / bare).toFixed(2)} (goal ≤ 1.5)`,
  )
  const few = await withExample(server, 'bench_place', (db) => benchPlace(db, keys))
  await withExample(server, 'bench_many', async (db, url) => {
    await addManyUnits(db)
    const many = await benchPlace(db, keys)
    out(
      `「我们排第几」: ${few.toFixed(2)} ms at 149 units, ${many.toFixed(2)} ms at 149,000, ratio ${(many / few).toFixed(2)} (goal ≤ 1.5)`,
    )
    const ranking = await rankingAlone(url)
    out(
      `weekly ranking of 149,000 units × 13: ${ranking.ours.toFixed(0)} ms, rank() over with a row a cell ${ranking.sql.toFixed(0)} ms, ` +
        `${(ranking.sql / ranking.ours).toFixed(1)} times as fast (goal ≥ 5), ${ranking.megabytes.toFixed(0)} MB (goal ≤ 300), ${ranking.differ} ranks differ`,
    )
  })
}

/** In a process of its own, whose memory is measured. */
async function rankingAlone(url: string): Promise<Awaited<ReturnType<typeof benchRanking>>> {
  const { stdout } = await promisify(execFile)('node', [...memory, 'dist/bench/ranking-process.js', url])
  return JSON.parse(stdout)
}
