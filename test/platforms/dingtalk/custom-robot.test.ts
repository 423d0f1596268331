import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { everyone, line, lines, type Reply } from '../../../src/message.ts'
import { customRobot } from '../../../src/platforms/dingtalk/custom-robot.ts'
import { type FakeDingtalk, startFakeDingtalk } from '../../support/fake-dingtalk.ts'
import type { RobotRules } from '../../support/fake-dingtalk-robot.ts'
import { firstPart, refusalOf } from '../ways.ts'
import { handClock, keptLog } from './setup.ts'

const token = 'canary-robot-token-0001'
const secret = 'SECcanary000000000000000000000000001'
const hour = 3_600_000

let fake: FakeDingtalk
let clock: ReturnType<typeof handClock>
let kept: ReturnType<typeof keptLog>
beforeEach(async () => {
  clock = handClock()
  kept = keptLog()
  fake = await startFakeDingtalk({ clock })
})
afterEach(async () => {
  await fake.stop()
  expect(kept.written()).not.toMatch(/canary|sign=/)
})

const channelOf = (given: { token: string; secret?: string }, at: { now(): Date } = clock) =>
  customRobot(given, { oapiBase: fake.base, clock: at, log: kept.log })
const say = (robot: ReturnType<typeof channelOf>, reply: Reply = line('到期提醒'), uuid = 'u1') =>
  robot.send(firstPart(robot, reply), uuid)
const taken = () => fake.timeline.filter(({ kind }) => kind === 'taken')

describe('the address', () => {
  test('is signed anew for every message, and encoded once', async () => {
    fake.addRobot(token, { secret })
    const robot = channelOf({ token, secret })
    for (let i = 0; i < 10; i++) {
      clock.set(clock.now().getTime() + 2 * hour + 1)
      await say(robot, line(`${i}`), `u${i}`)
    }
    expect(taken()).toHaveLength(10)
    const [first, second] = fake.calls.map(({ query }) => query.get('sign'))
    expect(first).toMatch(/^[A-Za-z0-9+/]{43}=$/)
    expect(second).not.toBe(first)
  })

  test('is not signed for a robot without a secret', async () => {
    fake.addRobot(token)
    await say(channelOf({ token }))
    expect([...(fake.calls[0]?.query.keys() ?? [])]).toEqual(['access_token'])
  })
})

describe('a clock that is wrong', () => {
  test('is told from the answer, and the message goes out by the time of DingTalk', async () => {
    const real = await startFakeDingtalk()
    real.addRobot(token, { secret })
    const wrong = { now: () => new Date(Date.parse('2020-01-01T00:00:00Z')) }
    const robot = customRobot({ token, secret }, { oapiBase: real.base, clock: wrong, log: kept.log })
    await say(robot)
    expect(real.timeline.map(({ kind }) => kind)).toEqual(['refused', 'taken'])
    expect(kept.lines).toMatchObject([{ level: 40, msg: 'DingTalk refused our time' }])
    await real.stop()
  })

  test.each(['english', 'chinese'] as const)(
    'that cannot be put right is told as such (%s)',
    async (words) => {
      fake.errmsgIn = words
      fake.addRobot(token, { secret })
      const robot = channelOf({ token, secret }, { now: () => new Date(clock.now().getTime() - hour - 1) })
      // The server's date is of today, the fake's clock is not.
      const error = await refusalOf(say(robot))
      expect(error).toMatchObject({ kind: 'dead', code: '310000', retryAfter: undefined })
      expect(error.message).toContain('timestamp')
      expect(fake.calls).toHaveLength(2)
    },
  )
})

describe('a robot that is set up in another way is dead, and the error says why', () => {
  const cases: [string, RobotRules, RegExp][] = [
    ['another secret', { secret: 'SECother' }, /sign not match|签名不匹配/],
    ['keywords', { secret, keywords: ['挂图', '汝河路'] }, /keywords not in content|关键词不匹配/],
    ['a list of addresses', { secret, ips: ['10.0.0.1'] }, /127\.0\.0\.1.*(whitelist|白名单)/],
  ]
  test.each(cases)('%s', async (_, rules, why) => {
    fake.addRobot(token, rules)
    for (const words of ['english', 'chinese'] as const)
      for (const as of ['number', 'string'] as const) {
        Object.assign(fake, { errmsgIn: words, errcodeAs: as })
        const error = await refusalOf(say(channelOf({ token, secret })))
        expect(error).toMatchObject({ kind: 'dead', code: '310000', retryAfter: undefined })
        expect(error.message).toMatch(why)
        expect(error.message).not.toMatch(/canary/)
      }
    expect(taken()).toEqual([])
  })

  test('and one that meets its keyword and address is not', async () => {
    fake.addRobot(token, { secret, keywords: ['挂图', '提醒'], ips: ['127.0.0.1'] })
    fake.errcodeAs = 'string'
    await say(channelOf({ token, secret }))
    expect(taken()).toHaveLength(1)
  })

  test('removed from the group, it is not known any more', async () => {
    fake.addRobot(token, { secret })
    fake.removeRobot(token)
    expect(await refusalOf(say(channelOf({ token, secret })))).toMatchObject({ kind: 'dead', code: '300001' })
  })
})

describe('the body', () => {
  beforeEach(() => fake.addRobot(token))
  const bodies = (reply: Reply) => channelOf({ token }).parts(reply)

  test('carries the number by which a resend is known', async () => {
    await say(channelOf({ token }), line('x'), '0123456789abcdef-0')
    expect(fake.messages[0]?.body).toEqual({
      ...{ msgtype: 'text', text: { content: 'x' }, msgUuid: '0123456789abcdef-0' },
    })
  })

  test('calls everybody and some', () => {
    const mention = [everyone, 'staff001']
    expect(bodies({ ...line('开会'), mention })).toEqual([
      {
        msgtype: 'text',
        text: { content: '@所有人 @staff001 开会' },
        at: { atUserIds: ['staff001'], isAtAll: true },
      },
    ])
    expect(bodies({ ...lines(['甲', '乙']), mention: [everyone] })).toMatchObject([
      { markdown: { text: '@所有人\n\n甲\n\n乙' }, at: { atUserIds: [], isAtAll: true } },
    ])
  })

  test('tells what a picture shows, and where to read on', () => {
    const image = { kind: 'image' as const, png: 'AAAA', alt: '全区@所有人' }
    const [body] = bodies({ ...line('见图'), blocks: [image], link: 'https://bot.example.cn/a_b*(1)' })
    expect(body).toMatchObject({
      markdown: { text: '［图］全区＠所有人\n\n[查看详情](https://bot.example.cn/a_b%2A%281%29)' },
    })
  })

  test('stays within 20,000 bytes whatever it says', async () => {
    const mention = [everyone, ...Array.from({ length: 60 }, (_, i) => `staff-with-a-long-id-${i}`)]
    const robot = channelOf({ token })
    const reply = { title: '"'.repeat(300), blocks: lines(['\\"😀'.repeat(9_000)]).blocks, mention }
    for (const [i, part] of robot.parts(reply).entries()) await robot.send(part, `${'u'.repeat(34)}${i}`)
    expect(fake.calls.length).toBeGreaterThan(1)
    for (const { bytes } of fake.calls) expect(bytes.length).toBeLessThanOrEqual(18_000)
    expect(taken()).toHaveLength(fake.calls.length)
  })
})

test('the 21st message in a minute blocks the robot for ten minutes, for everybody', async () => {
  fake.addRobot(token)
  const replicas = [channelOf({ token }), channelOf({ token })]
  const send = (i: number) => say(replicas[i % 2] ?? channelOf({ token }), line(`${i}`), `u${i}`)
  for (let i = 0; i < 20; i++) await send(i)
  const limited = { kind: 'limit', code: '410100', retryAfter: 630 }
  expect(await refusalOf(send(20))).toMatchObject(limited)
  clock.set(clock.now().getTime() + 599_000)
  expect(await refusalOf(send(20))).toMatchObject(limited)
  clock.set(clock.now().getTime() + 31_000)
  await send(20)
  expect(taken()).toHaveLength(21)
})
