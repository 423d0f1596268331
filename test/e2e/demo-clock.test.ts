// The demo's clock moved from outside, as README shows: Monday's alerts and Friday's ranking, in order, on platforms
// that the demo is pointed at.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { jobs } from '../../jobs/index.ts'
import { readConfig } from '../../src/config.ts'
import { startDemo } from '../../src/demo.ts'
import type { Running } from '../../src/serve.ts'
import { openTestPostgres } from '../support/databases.ts'
import { silent } from '../support/example.ts'
import { type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { type FakeWecom, startFakeWecom } from '../support/fake-wecom.ts'

const folder = mkdtempSync(join(tmpdir(), 'guatu-demo-'))
let store: Awaited<ReturnType<typeof openTestPostgres>>
let dingtalk: FakeDingtalk
let wecom: FakeWecom
let running: Running
beforeAll(async () => {
  dingtalk = await startFakeDingtalk()
  wecom = await startFakeWecom()
  for (const place of ['ruhelu', 'zhongyuan']) {
    dingtalk.addRobot(`demo-dingtalk-${place}`, { secret: 'SEC-demo' })
    wecom.addWebhook(`demo-wecom-${place}`)
  }
  // An empty database: the demo brings the example, sealed with its own key.
  store = await openTestPostgres(inject('postgresUrl'))
  const config = readConfig({
    ...{ DATABASE_URL: store.url, REDIS_URL: inject('redisUrl'), DATA_DIR: folder, PORT: '0' },
    ...{ DINGTALK_OAPI_BASE: dingtalk.base, WECOM_API_BASE: wecom.base },
  })
  running = await startDemo(config, { log: silent, commands, jobs, onLost: () => undefined })
}, 60_000)
afterAll(async () => {
  await running.stop()
  await store.close()
  await dingtalk.stop()
  await wecom.stop()
  rmSync(folder, { recursive: true })
})

async function move(body: string) {
  const response = await fetch(`${running.origin}/demo/clock`, { method: 'POST', body })
  return {
    status: response.status,
    body: (await response.json()) as { now: string; ran: { job: string; slot: string }[] },
  }
}
const to = (now: string) => move(JSON.stringify({ now }))
const robots = () =>
  dingtalk.timeline.flatMap((entry) => (entry.kind === 'taken' && entry.via === 'robot' ? entry.text : []))
const slots = (ran: { job: string; slot: string }[]) => ran.map(({ job, slot }) => `${job} ${slot}`)

it('moves to Monday: the morning’s jobs run, and the groups hear what falls due', async () => {
  const { status, body } = await to('2026-11-23T09:00:01+08:00')
  expect([status, body.now.slice(0, 16)]).toEqual([200, '2026-11-23T09:00'])
  expect(slots(body.ran)).toContain('deadline-alerts 2026-11-23T09:00:00+08:00')
  await expect.poll(() => robots().length, { timeout: 20_000 }).toBe(2)
  expect(robots().every((text) => text.includes('期限提醒（11月23日 周一 上午）'))).toBe(true)
})

it('moves to Friday evening: what lies between runs in order, and the ranking comes last', async () => {
  const { body } = await to('2026-11-27T18:00:01+08:00')
  const moments = body.ran.map(({ slot }) => slot)
  expect(moments).toEqual(moments.toSorted())
  expect(slots(body.ran)).toContain('weekly-ranking 2026-11-27T18:00:00+08:00')
  await expect
    .poll(() => robots().filter((text) => text.includes('周排名')).length, { timeout: 30_000 })
    .toBe(2)
})

it('does not move backwards, and says how to write a time', async () => {
  expect((await to('2026-11-27T17:00:00+08:00')).status).toBe(409)
  for (const body of ['', '{}', '{"now":"soon"}', '{"now":"2026-11-28T09:00:00"}', '[]'])
    expect((await move(body)).status).toBe(400)
})
