// `npm run bench`: what the bot costs, as ratios against a bare way measured in the same run. All parts, or only those
// that are named behind `--`: webhook, speaking, scores, understanding, pictures, boards, sheet, export,
// demo.
import { startPostgres } from '../test/support/postgres-server.ts'
import { answering } from './answering.ts'
import { demo } from './demo.ts'
import { understanding } from './names.ts'
import { scoring } from './scoring.ts'
import { boards, exporting, pictures, sheet } from './showing.ts'
import { speaking } from './speaking.ts'

const postgres = await startPostgres({ durable: true })
try {
  const parts = {
    webhook: answering,
    speaking,
    scores: scoring,
    understanding,
    pictures,
    boards,
    sheet,
    export: exporting,
    demo,
  }
  const named = process.argv.slice(2)
  const unknown = named.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined) throw new Error(`no part ${unknown}; there are ${Object.keys(parts).join(', ')}`)
  for (const [name, part] of Object.entries(parts))
    if (named.length === 0 || named.includes(name)) await part(postgres.url)
} finally {
  await postgres.stop()
}
