// Database or state away: 503 and nothing half-done; what the platform delivers again then succeeds once.
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { readConfig } from '../../src/config.ts'
import { type Running, serve } from '../../src/serve.ts'
import { openTestPostgres } from '../support/databases.ts'
import { silent, stillClock } from '../support/example.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { testKeys } from '../support/keys.ts'
import { startWire, through, type Wire } from '../support/proxy.ts'
import { startRedis } from '../support/redis-server.ts'

let database: Awaited<ReturnType<typeof openTestPostgres>>
let redis: Awaited<ReturnType<typeof startRedis>>
let wires: { database: Wire; state: Wire }
let dingtalk: FakeDingtalk
let running: Running
const clock = stillClock()

beforeAll(async () => {
  ;[database, redis, dingtalk] = await Promise.all([
    openTestPostgres(inject('postgresUrl'), { template: inject('template') }),
    startRedis(),
    startFakeDingtalk(),
  ])
  wires = {
    database: await startWire(Number(new URL(database.url).port)),
    state: await startWire(redis.port),
  }
  const config = readConfig({
    ...{ DATABASE_URL: through(database.url, wires.database), REDIS_URL: through(redis.url, wires.state) },
    ...{ PORT: '0', DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret },
    ...{ DINGTALK_API_BASE: dingtalk.base, DINGTALK_OAPI_BASE: dingtalk.base },
  })
  const prepare = async () => clock
  running = await serve(config, {
    keyring: testKeys,
    log: silent,
    commands,
    jobs: [],
    prepare,
    onLost: () => undefined,
  })
})

afterAll(async () => {
  await running.stop()
  await Promise.all([
    wires.database.close(),
    wires.state.close(),
    database.close(),
    redis.stop(),
    dingtalk.stop(),
  ])
})

let message = 0
beforeEach(() => {
  message++
})

/** Delivers the message of this test, as often as it is called. */
const deliver = async (content: string, id = `away-${message}`) => {
  const { status } = await dingtalk.callback(`${running.origin}/webhooks/dingtalk`, {
    ...{ msgtype: 'text', msgId: id, text: { content }, conversationType: '2', conversationId: 'cid-ruhelu' },
    ...{ senderNick: '李秀英', senderId: '$:x', robotCode: clientId },
    ...{ sessionWebhook: dingtalk.sessionUrl('away'), sessionWebhookExpiredTime: Date.now() + 5_400_000 },
    senderStaffId: 'lixiuying',
  })
  return status
}
const readiness = async () => (await fetch(`${running.origin}/readyz`)).status
const written = async () =>
  (await database.db.selectFrom('report').where('message_id', '=', `away-${message}`).select('id').execute())
    .length
/** The client finds its way back by itself, at its own pace. */
const whenReady = async () => {
  while ((await readiness()) !== 200) await new Promise((resolve) => setImmediate(resolve))
}

describe.each(['database', 'state'] as const)('with the %s', (store) => {
  it.each(['cut', 'hang'] as const)(
    '%s: refuses with 503, writes nothing, and does it once afterwards',
    async (fault) => {
      clock.pass(3600)
      const value = (store === 'database' ? 10 : 20) + (fault === 'cut' ? 1 : 2)
      const sayings = dingtalk.messages.length
      await wires[store][fault]()
      expect(await deliver(`驻区单位参与${value}家`)).toBe(503)
      expect(await readiness()).toBe(503)
      expect(dingtalk.messages).toHaveLength(sayings)

      await wires[store].mend()
      await whenReady()
      expect(await written()).toBe(0)
      expect(await deliver(`驻区单位参与${value}家`)).toBe(200)
      expect(await deliver(`驻区单位参与${value}家`)).toBe(200)
      await dingtalk.waitForMessages(sayings + 1)
      expect(await written()).toBe(1)
      expect(dingtalk.messages).toHaveLength(sayings + 1)
    },
  )
})
