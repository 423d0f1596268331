// The program is killed ten times while it sends: nothing may be lost, and nothing said twice without saying so.
import { type ChildProcess, spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { realClock } from '../../src/clock.ts'
import { keyring } from '../../src/crypt.ts'
import { readCalendar } from '../../src/database/calendar.ts'
import type { Db } from '../../src/database/connection.ts'
import { line } from '../../src/message.ts'
import { queue } from '../../src/push.ts'
import { openTestPostgres } from '../support/databases.ts'
import { type FakeWecom, startFakeWecom } from '../support/fake-wecom.ts'
import { compileProgram } from '../support/program.ts'

const secretKey = 'a secret key of thirty-two characters'
const path = '/cgi-bin/webhook/send'
const kills = 10
const chats = 12
const each = 5

let program: ReturnType<typeof compileProgram>
let store: Awaited<ReturnType<typeof openTestPostgres>>
let wecom: FakeWecom
beforeAll(async () => {
  program = compileProgram('killed')
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  wecom = await startFakeWecom()
})
afterAll(async () => {
  await store.close()
  await wecom.stop()
  program.remove()
})

it('loses nothing when it is killed ten times in mid-broadcast, and marks whatever may be a repeat', async () => {
  const texts = await queueBroadcast(store.db)
  for (let kill = 0; kill < kills; kill++) {
    const running = start()
    const seen = wecom.count(path)
    // At once when the platform has a call: taken, and the program has not noted it.
    await wecom.waitForCalls(path, seen + 1 + (kill % 3))
    running.kill('SIGKILL')
    await ended(running)
    await halfAMinutePasses(store.db)
  }
  const last = start()
  await expect.poll(() => waiting(store.db), { timeout: 90_000, interval: 500 }).toBe(0)
  last.kill('SIGTERM')
  await ended(last)

  const taken = wecom.timeline.flatMap((entry) => (entry.kind === 'taken' ? entry.text : []))
  const times = (text: string) => taken.filter((one) => one.includes(text))
  const lost = texts.filter((text) => times(text).length === 0)
  const doubled = texts.filter((text) => times(text).filter((one) => !one.includes('可能重复')).length > 1)
  const marked = taken.filter((text) => text.includes('可能重复'))
  const refused = wecom.timeline.filter(({ kind }) => kind === 'refused')
  expect({ lost, doubled, refused }).toEqual({ lost: [], doubled: [], refused: [] })
  // What was under way at a kill is said again: at most one message in each of the lanes that were at work.
  expect(marked.length).toBeLessThanOrEqual(kills * chats)
  const repeated = texts.filter((text) => times(text).length > 1)
  process.stdout.write(
    `killed ${kills} times: ${texts.length} messages, ${lost.length} lost, ${doubled.length} doubled without a mark, ` +
      `${marked.length} marked as possible repeats, of which ${repeated.length} had indeed been seen\n`,
  )
}, 240_000)

/** Several long messages to each of some chats: too long to be put together. */
async function queueBroadcast(db: Db): Promise<string[]> {
  const model = await db.selectFrom('chat').selectAll().executeTakeFirstOrThrow()
  const rows = [...Array(chats).keys()].map((n) => ({
    ...{ campaign_id: model.campaign_id, platform: 'wecom', chat_id: `wr-killed-${n}`, title: `群${n}` },
    ...{ unit_id: model.unit_id, created_by: 'test' },
    push: keyring(secretKey).seal(JSON.stringify({ key: `key-killed-${n}` })),
  }))
  const made = await db.insertInto('chat').values(rows).returning('id').execute()
  for (const n of rows.keys()) wecom.addWebhook(`key-killed-${n}`)
  const now = realClock.now()
  const pushes = made.flatMap(({ id }) =>
    [...Array(each).keys()].map((n) => ({
      ...{ campaign: model.campaign_id, to: { chat: id }, kind: 'reminder' as const, due: now },
      ...{ key: `killed:${id}:${n}`, reply: line(`第${id}-${n}条${'说'.repeat(900)}`) },
    })),
  )
  await queue(db, pushes, { now, calendar: await readCalendar(db), privately: [] })
  return made.flatMap(({ id }) => [...Array(each).keys()].map((n) => `第${id}-${n}条`))
}

/** Nobody is alive: the leases of the dead run out, and their lanes are free again. */
async function halfAMinutePasses(db: Db): Promise<void> {
  const past = new Date(0)
  await db.updateTable('outbox').set({ retry_at: past }).where('state', '=', 'sending').execute()
  await db.updateTable('pace').set({ free_at: past }).execute()
}

function start(): ChildProcess {
  const environment = {
    ...{ DATABASE_URL: store.url, REDIS_URL: inject('redisUrl'), SECRET_KEY: secretKey, PORT: '0' },
    ...{ WECOM_API_BASE: wecom.base, LOG_LEVEL: 'error', PATH: process.env['PATH'] },
  }
  return spawn(process.execPath, [program.entry, 'start'], {
    ...{ cwd: dirname(program.entry), env: environment, stdio: 'inherit' },
  })
}

const ended = (child: ChildProcess) => new Promise((resolve) => child.once('exit', resolve))

async function waiting(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('outbox')
    .where('retry_at', 'is not', null)
    .select((e) => e.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  return n
}
