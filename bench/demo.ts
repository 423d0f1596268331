// How long the demo takes from the command until it can be opened.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { out } from './ground.ts'
import { start } from './process.ts'

export async function demo(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  const environment = { DATA_DIR: directory, PORT: '0', DATABASE_URL: '', REDIS_URL: '' }
  // What `npm run demo` does, in one process, so that stopping it waits for it.
  const command = ['sh', '-c', 'npm run --silent build && exec node dist/src/main.js demo']
  const first = await start(command, environment, /http:\/\//)
  await first.stop()
  const second = await start(command, environment, /http:\/\//)
  await second.stop()
  rmSync(directory, { recursive: true, force: true })
  out(
    `demo ready: ${first.startedIn.toFixed(1)} s the first time, ${second.startedIn.toFixed(1)} s again (goal ≤ 20)`,
  )
}
