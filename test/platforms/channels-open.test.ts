// Which ways there are with which credentials, and what they share.
import { describe, expect, test } from 'vitest'
import type { Address } from '../../src/channel.ts'
import { StoreDown } from '../../src/errors.ts'
import { line } from '../../src/message.ts'
import { openChannels } from '../../src/platforms/channels.ts'
import { openApi } from '../../src/platforms/dingtalk/api.ts'
import { wecomApi } from '../../src/platforms/wecom/api.ts'
import { memoryState } from '../../src/state/memory.ts'
import { silent } from '../support/example.ts'
import { key, refusalOf, robot, start, ways } from './ways.ts'

describe('an access token', () => {
  const api = ways.filter(({ name }) => /app|OpenAPI/.test(name))

  test.each(api)('that cannot be had leaves nothing half-done: $name', async (way) => {
    const at = await start(way)
    at.fake.next(way.platform === 'wecom' ? 'gettoken' : 'accessToken', 'cut')
    expect(await refusalOf(at.send(line('x')))).toMatchObject({ kind: 'busy', code: 'network' })
    await at.send(line('x'))
    expect(at.arrivals()).toHaveLength(1)
    await at.stop()
  })

  test.each(api)('is asked for once by channels and answers together: $name', async (way) => {
    const at = await start(way)
    const { dingtalk, wecom } = at.settings
    if (way.platform === 'wecom') await wecomApi(wecom, at.state).sendText('lisi', '好')
    else
      await openApi(dingtalk, at.state).sendToPerson('lisi', {
        msgKey: 'sampleText',
        msgParam: '{"content":"好"}',
      })
    await at.send(line('x'))
    expect(at.arrivals()).toHaveLength(2)
    expect(at.fake.calls.filter(({ path }) => /oken$/.test(path))).toHaveLength(1)
    await at.stop()
  })

  test.each(api)('in a store that is away makes it busy, not broken: $name', async (way) => {
    const away = {
      ...memoryState({ now: () => new Date(0) }),
      get: () => Promise.reject(new StoreDown('redis')),
    }
    const at = await start(way, { state: away })
    expect(await refusalOf(at.send(line('x')))).toMatchObject({ kind: 'busy', code: 'state', retryAfter: 5 })
    await at.stop()
  })
})

describe('an address', () => {
  const off = {
    dingtalk: { clientId: '', clientSecret: '', robotCode: '', apiBase: 'http://x', oapiBase: 'http://x' },
    wecom: { corpId: '', agentId: '', secret: '', apiBase: 'http://x' },
  }
  const clock = { now: () => new Date(0) }
  const to = openChannels(off, { state: memoryState(clock), clock, log: silent })
  const group = { kind: 'group', chatId: 'c' } as const
  const person = { kind: 'person', userid: 'u' } as const

  test.each<Address>([
    { ...group, platform: 'wecom' },
    { ...group, platform: 'dingtalk' },
    { ...person, platform: 'wecom' },
    { ...person, platform: 'dingtalk' },
    { ...group, platform: 'wecom', robot },
    { ...group, platform: 'dingtalk', robot: { key } },
  ])('that nothing leads to has no channel: %j', (address) => {
    expect(to(address)).toBeUndefined()
  })

  test('of a group with a robot of its own needs no app', () => {
    expect(to({ ...group, platform: 'wecom', robot: { key } })?.gapMs).toBe(3_400)
    expect(to({ ...group, platform: 'dingtalk', robot })?.gapMs).toBe(3_400)
  })
})
