// The main job on real input: the running server, PostgreSQL, Redis, signed and encrypted callbacks, replies at the
// platforms' own addresses.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { jobs } from '../../jobs/index.ts'
import { readConfig } from '../../src/config.ts'
import { type Running, serve } from '../../src/serve.ts'
import { openTestPostgres } from '../support/databases.ts'
import { silent, stillClock } from '../support/example.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { type FakeWecom, startFakeWecom } from '../support/fake-wecom.ts'
import { testKeys } from '../support/keys.ts'
import { startRedis } from '../support/redis-server.ts'

const robot = { token: 'RobotToken', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', receiver: '' }
const app = { token: 'AppToken', aesKey: 'GFEDCBA9876543210zyxwvutsrqponmlkjihgfedcba', receiver: 'ww-corp' }

let database: Awaited<ReturnType<typeof openTestPostgres>>
let redis: Awaited<ReturnType<typeof startRedis>>
let dingtalk: FakeDingtalk
let wecom: FakeWecom
let running: Running

beforeAll(async () => {
  ;[database, redis, dingtalk, wecom] = await Promise.all([
    openTestPostgres(inject('postgresUrl'), { template: inject('template') }),
    startRedis(),
    startFakeDingtalk(),
    startFakeWecom(),
  ])
  const config = readConfig({
    ...{ DATABASE_URL: database.url, REDIS_URL: redis.url, PORT: '0', SECRET_KEY: 'x'.repeat(32) },
    ...{ DINGTALK_CLIENT_ID: clientId, DINGTALK_CLIENT_SECRET: clientSecret },
    ...{ DINGTALK_API_BASE: dingtalk.base, DINGTALK_OAPI_BASE: dingtalk.base },
    ...{ WECOM_BOT_TOKEN: robot.token, WECOM_BOT_AES_KEY: robot.aesKey, WECOM_API_BASE: wecom.base },
    ...{ WECOM_CORP_ID: app.receiver, WECOM_APP_TOKEN: app.token, WECOM_APP_AES_KEY: app.aesKey },
    ...{ WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: 'app-secret' },
  })
  const prepare = async () => stillClock()
  const rest = { keyring: testKeys, log: silent, commands, jobs, onLost: () => undefined }
  running = await serve(config, { ...rest, prepare })
})

afterAll(async () => {
  await running.stop()
  await Promise.all([database.close(), redis.stop(), dingtalk.stop(), wecom.stop()])
})

describe('张建国 in the group of 汝河路街道', () => {
  it('asks, reports and takes back through signed DingTalk callbacks', async () => {
    const said: string[] = []
    for (const text of [' 进度', ' 红色物业完成3个', ' 撤回']) {
      const { status } = await dingtalk.callback(`${running.origin}/webhooks/dingtalk`, {
        ...{ msgtype: 'text', msgId: randomUUID(), text: { content: text }, conversationType: '2' },
        ...{
          conversationId: 'cid-ruhelu',
          conversationTitle: '汝河路街道攻坚群',
          senderStaffId: 'zhangjianguo',
        },
        ...{ senderId: '$:LWCP_v1:$x', senderNick: '老张', sessionWebhook: dingtalk.sessionUrl('ruhelu') },
        ...{ sessionWebhookExpiredTime: Date.now() + 5_400_000, robotCode: clientId },
      })
      expect(status).toBe(200)
      said.push((await dingtalk.waitForMessages(said.length + 1)).at(-1)?.text ?? '')
    }
    expect(said[0]).toMatch(/汝河路街道进度（11月22日）[\s\S]*红色物业[\s\S]*54\/67个/)
    expect(said[1]).toBe('已记 金苑·红色物业 2→3/4(75% 黄) 街道第9名 ＠我 回1撤回')
    expect(said[2]).toBe('已撤回 金苑·红色物业 3个→2个')
  })

  it('asks, reports and takes back through encrypted WeCom smart-robot callbacks', async () => {
    const said: string[] = []
    for (const text of ['@小图 进度', '@小图 红色物业完成3个', '@小图 撤回']) {
      const answer = await wecom.robotCallback(
        `${running.origin}/webhooks/wecom/bot`,
        {
          ...{ aibotid: 'AIB1', chatid: 'wr-ruhelu', chattype: 'group', from: { userid: 'zhangjianguo' } },
          ...{ msgtype: 'text', text: { content: text } },
        },
        robot,
      )
      expect(answer.status).toBe(200)
      const { stream } = answer.reply as { stream: { content: string; finish: boolean } }
      expect(stream.finish).toBe(true)
      said.push(stream.content)
    }
    expect(said[0]).toMatch(/汝河路街道进度（11月22日）[\s\S]*红色物业 \| 54\/67个 \| 80.6%/)
    expect(said[1]).toBe('已记 金苑·红色物业 2→3/4(75% 黄) 街道第9名 @我 回1撤回')
    expect(said[2]).toBe('已撤回 金苑·红色物业 3个→2个')
  })
})

describe('张建国 in private', () => {
  it('means his own community when he names none, through encrypted WeCom app callbacks', async () => {
    const said: string[] = []
    for (const [at, text] of ['进度', '红色物业完成3个', '撤回'].entries()) {
      const answer = await wecom.appCallback(
        `${running.origin}/webhooks/wecom/app`,
        {
          ...{
            ToUserName: 'ww-corp',
            FromUserName: 'zhangjianguo',
            CreateTime: '1760000100',
            MsgType: 'text',
          },
          ...{ Content: text, MsgId: `456125535425134592${at}`, AgentID: '1000002' },
        },
        app,
      )
      expect(answer.status).toBe(200)
      said.push(String(answer.reply?.['Content']))
    }
    expect(said[0]).toMatch(/^金苑社区进度（11月22日）/)
    expect(said[1]).toBe('已记 金苑·红色物业 2→3/4(75% 黄) 街道第9名(持平) 回1撤回')
    expect(said[2]).toBe('已撤回 金苑·红色物业 3个→2个')
  })
})

it('leaves three reports and three withdrawals in the book, and nothing else', async () => {
  const rows = await database.db
    .selectFrom('report')
    .where('platform', '!=', 'import')
    .orderBy('id')
    .select(['platform', 'op', 'status', 'raw_text'])
    .execute()
  expect(rows.map(({ platform, op, raw_text }) => `${platform} ${op} ${raw_text}`)).toEqual([
    ...['dingtalk set 红色物业完成3个', 'dingtalk void 撤回'],
    ...['wecom set 红色物业完成3个', 'wecom void 撤回', 'wecom set 红色物业完成3个', 'wecom void 撤回'],
  ])
})

it('tells monitoring how it is', async () => {
  const ready = await fetch(`${running.origin}/readyz`)
  const never = jobs.map(({ name: job }) => ({ job, slot: null }))
  expect([ready.status, await ready.json()]).toEqual([200, { database: true, state: true, jobs: never }])
  expect(await (await fetch(`${running.origin}/healthz`)).text()).toBe('ok\n')
  expect(await (await fetch(`${running.origin}/metrics`)).text()).toMatch(
    /guatu_messages_total\{platform="dingtalk",outcome="answered"\} 3/,
  )
})

it('shows nothing of the playground in production', async () => {
  for (const path of ['/', '/playground/world', '/playground/say', '/demo/clock'])
    expect((await fetch(running.origin + path)).status).toBe(404)
})
