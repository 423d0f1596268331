import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { deliveriesOn, deliveryWith, type Scope } from '../../src/database/deliveries.ts'
import { fateOf, fates, reasonOf } from '../../src/delivery-words.ts'
import { PlatformError } from '../../src/errors.ts'
import { openTestPostgres } from '../support/databases.ts'
import { dispatchOn, say, scriptedWay, wallClock } from '../support/pushes.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let campaign = 0
let chats: Map<string, number>
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const rows = await store.db.selectFrom('chat').select(['id', 'chat_id', 'campaign_id']).execute()
  chats = new Map(rows.map(({ id, chat_id }) => [chat_id, id]))
  campaign = rows[0]?.campaign_id ?? 0
})
afterAll(() => store.close())

let time = wallClock()
let way = scriptedWay(time.clock)
let out = dispatchOn({} as typeof store.db, time, way.channels)
beforeEach(async () => {
  await store.db.deleteFrom('outbox').execute()
  await store.db.deleteFrom('pace').execute()
  time = wallClock()
  way = scriptedWay(time.clock)
  out = dispatchOn(store.db, time, way.channels)
})
const put = (text: string, over: Parameters<typeof say>[4] = {}) =>
  say(store.db, out, time.clock.now(), [text], over)
const here = (): Scope => ({ chat: chats.get('cid-ruhelu') ?? 0 })
const today = '2026-11-23'
const list = async (scope = here(), day = today, open = true) =>
  (await deliveriesOn(store.db, campaign, { scope, day, open, most: 10, first: 'newest' })).shown.map((one) =>
    `${fates[fateOf(one)]} ${one.to} ${one.together} ${reasonOf(one) ?? ''}`.trim(),
  )
const personOf = (name: string) =>
  store.db.selectFrom('person').where('name', '=', name).select('id').executeTakeFirstOrThrow()
const unitOf = async (name: string) => {
  const found = await store.db
    .selectFrom('unit_version')
    .where('name', '=', name)
    .select('unit_id')
    .executeTakeFirstOrThrow()
  return found.unit_id
}

describe('the list of a chat', () => {
  it('has what was accepted, waits, pauses for a limit, is uncertain, and failed, newest first', async () => {
    way.moods.push(
      'take',
      new PlatformError('x', 40058, undefined, 'refused'),
      'lost-answer',
      new PlatformError('x', 45009, 65, 'limit'),
    )
    for (const text of ['甲', '乙', '丙', '丁']) {
      await put(text)
      await out.outbox.sendDue()
      time.clock.pass(5)
    }
    await put('戊', { chatId: 'cid-zhongyuan' })
    await put('己')
    expect(await list()).toEqual([
      '等待发送 汝河路街道攻坚群 1',
      '限流等待 汝河路街道攻坚群 1 发得太快，平台要求等一会儿',
      '结果不明 汝河路街道攻坚群 1 平台没有回话，不知道送到没有',
      '没发出去 汝河路街道攻坚群 1 内容太长',
      '平台已收 汝河路街道攻坚群 1',
    ])
  })

  it('counts what went out as one once, under its number', async () => {
    await put('甲')
    await put('乙')
    await out.outbox.sendDue()
    expect(await list()).toEqual(['平台已收 汝河路街道攻坚群 2'])
    const ids = await store.db.selectFrom('outbox').orderBy('id').select('id').execute()
    for (const { id } of ids)
      expect(await deliveryWith(store.db, campaign, here(), id)).toMatchObject({
        number: ids[0]?.id,
        together: 2,
      })
    expect(way.sent[0]?.text).toContain(`编号${ids[0]?.id}`)
  })

  it('shows a day by itself, and what still waits only today', async () => {
    await put('甲')
    await out.outbox.sendDue()
    time.clock.set('2026-11-24T09:00:00+08:00')
    await put('乙')
    expect(await list(here(), '2026-11-23', false)).toEqual(['平台已收 汝河路街道攻坚群 1'])
    expect(await list(here(), '2026-11-24')).toEqual(['等待发送 汝河路街道攻坚群 1'])
    expect(await list(here(), '2026-11-22', false)).toEqual([])
  })

  it('shows what was too late to be sent', async () => {
    await put('甲', { due: new Date('2026-11-20T09:00:00+08:00') })
    expect(await list()).toEqual(['没发出去 汝河路街道攻坚群 1 停机太久，过了24小时没有发'])
  })
})

describe('the list of units', () => {
  it('has their chats and their people, and no others', async () => {
    const [zhou, he] = [await personOf('周敏'), await personOf('何晓雯')]
    await put('甲')
    await put('乙', { chatId: 'cid-zhongyuan' })
    await put('丙', { to: { person: zhou.id } })
    await put('丁', { to: { person: he.id } })
    const street = { units: [await unitOf('汝河路街道')], everybody: false }
    expect((await list(street)).map((one) => one.split(' ')[1])).toEqual(['周敏', '汝河路街道攻坚群'])
    expect(await list({ units: [], everybody: true })).toHaveLength(4)
    expect(await list({ units: [], everybody: false })).toEqual([])
  })

  it('says whom nothing reaches', async () => {
    const zhou = await personOf('周敏')
    const gone = await store.db
      .deleteFrom('account')
      .where('person_id', '=', zhou.id)
      .returningAll()
      .execute()
    await put('甲', { to: { person: zhou.id } })
    expect(await list({ units: [], everybody: true })).toEqual(['没发出去 周敏 1 没有可以私聊的账号'])
    await store.db.insertInto('account').values(gone).execute()
  })
})

it('a number is shown to those only whose it is', async () => {
  await put('甲', { chatId: 'cid-zhongyuan' })
  const { id } = await store.db.selectFrom('outbox').select('id').executeTakeFirstOrThrow()
  expect(await deliveryWith(store.db, campaign, here(), id)).toBeUndefined()
  expect(await deliveryWith(store.db, campaign + 1, { units: [], everybody: true }, id)).toBeUndefined()
  expect(await deliveryWith(store.db, campaign, { units: [], everybody: true }, id)).toMatchObject({
    number: id,
  })
  expect(await deliveryWith(store.db, campaign, here(), 123_456_789_012)).toBeUndefined()
})

describe('a platform’s code is told in words', () => {
  it.each([
    ['45009', 'queued', '限流等待', '发得太快'],
    ['130101', 'queued', '限流等待', '发得太快'],
    ['410100', 'queued', '限流等待', '发得太快'],
    ['Forbidden.AccessDenied.QpsLimitForApi', 'queued', '限流等待', '发得太快'],
    ['Forbidden.AccessDenied.ApiCountLimitForOrg', 'queued', '限流等待', '额度用完'],
    ['90020', 'queued', '限流等待', '额度用完'],
    ['-1', 'queued', '等待发送', '平台忙'],
    ['93000', 'queued', '等待发送', '请重新绑定'],
    ['300001', 'queued', '等待发送', '请重新绑定'],
    ['400013', 'queued', '等待发送', '群已解散'],
    ['sealed', 'queued', '等待发送', '密钥读不出来'],
    ['timeout', 'uncertain', '结果不明', '不知道送到没有'],
    ['unknown', 'uncertain', '结果不明', '不知道送到没有'],
    ['40058', 'failed', '没发出去', '内容太长'],
    ['460101', 'failed', '没发出去', '内容太长'],
    ['430102', 'failed', '没发出去', '拦下'],
    ['60011', 'failed', '没发出去', '权限'],
    ['60020', 'failed', '没发出去', '白名单'],
    ['invalidStaffId', 'failed', '没发出去', '没有这个人'],
    ['late', 'failed', '没发出去', '停机太久'],
    ['expired', 'failed', '没发出去', '24小时'],
    ['42424', 'failed', '没发出去', '代码42424'],
    [null, 'accepted', '平台已收', undefined],
    [null, 'sending', '等待发送', undefined],
    [null, 'cancelled', '已取消', undefined],
  ] as const)('%s, %s: %s', (code, state, fate, words) => {
    expect(fates[fateOf({ state, code })]).toBe(fate)
    const told = reasonOf({ code, reason: 'robot/send: 1 told by the platform' })
    if (words === undefined) expect(told).toBeUndefined()
    else expect(told).toContain(words)
  })

  it.each([
    ['robot/send: 310000 sign not match', '加签密钥不对'],
    ['robot/send: 310000 description:机器人发送签名不匹配', '加签密钥不对'],
    ['robot/send: 310000 keywords not in content', '关键词'],
    ['robot/send: 310000 ip 1.2.3.4 not in whitelist', 'IP地址'],
    ['robot/send: 310000 invalid timestamp', '服务器时间'],
    ['robot/send: 310000', '安全设置'],
  ])('%s', (reason, words) => {
    expect(reasonOf({ code: '310000', reason })).toContain(words)
  })
})
