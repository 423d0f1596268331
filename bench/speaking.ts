// What it costs to speak first: how late, how many at once, and how close to what the platforms allow.
import { keyring } from '../src/crypt.ts'
import { freePort } from '../test/support/ports.ts'
import { out, secretKey, withExample, withSink } from './ground.ts'
import { benchLateness } from './lateness.ts'
import { everyUnit, oneRobot } from './morning.ts'
import { benchReminders } from './reminders.ts'

/** Each part has a database of its own. */
export async function speaking(server: string): Promise<void> {
  const keys = keyring(secretKey)
  await withSink(server, async (shared) => {
    const late = await withExample(server, 'bench_late', async (_db, url) =>
      benchLateness({ ...shared, DATABASE_URL: url, PORT: String(await freePort()) }, keys),
    )
    const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0
    out(`reminders when idle: late by p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (goal ≤ 1000)`)
  })

  const { bare, firing } = await withExample(server, 'bench_reminders', benchReminders)
  const times = (firing / bare).toFixed(2)
  out(
    `1,000,000 reminders wait, 100 are due: claimed and queued in ${firing.toFixed(1)} ms, bare claim ${bare.toFixed(1)} ms, ratio ${times} (goal ≤ 3)`,
  )
  for (const [name, run] of [
    ['every deadline of every unit on one morning', everyUnit],
    ['163 long messages through one robot', oneRobot],
  ] as const) {
    const all = await withExample(server, 'bench_morning', (db) => run(db, keys))
    const share =
      all.allowed > 0 ? `, ${((all.took / all.allowed - 1) * 100).toFixed(1)} % over (goal ≤ 5)` : ''
    out(
      `${name}: ${all.told}/${all.groups} groups told, ${all.messages} messages, ${all.refused} refused, ` +
        `last after ${all.took.toFixed(1)} s, the limit allows ${all.allowed.toFixed(1)} s${share}; ${all.worked.toFixed(1)} s of work`,
    )
  }
}
