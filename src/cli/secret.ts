// The key that seals phone numbers and robots, for tasks that may run before anything has been configured.
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** SECRET_KEY, else a key made once and kept in the data directory, where the demo finds it too. */
export function secretOf({ SECRET_KEY, DATA_DIR }: { SECRET_KEY: string; DATA_DIR: string }): string {
  if (SECRET_KEY) return SECRET_KEY
  const file = join(DATA_DIR, 'secret.key')
  mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 })
  try {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  return readFileSync(file, 'utf8').trim()
}
