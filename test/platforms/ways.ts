// The five ways out, each with the platform it leads to: what the contract in channels.test.ts needs to know of them.
import { pino } from 'pino'
import type { Address, Channel } from '../../src/channel.ts'
import { PlatformError } from '../../src/errors.ts'
import type { Reply } from '../../src/message.ts'
import { type ChannelSettings, openChannels } from '../../src/platforms/channels.ts'
import { memoryState } from '../../src/state/memory.ts'
import type { State } from '../../src/state/state.ts'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import type { Mood } from '../support/fake-server.ts'
import type { Arrival } from '../support/fake-timeline.ts'
import { type FakeWecom, startFakeWecom } from '../support/fake-wecom.ts'
import { handClock } from './dingtalk/setup.ts'

export const robot = { token: 'canary-robot-token-0001', secret: 'SECcanary000000000000000000000000001' }
export const key = 'canary-webhook-key-0001'
const account = { corpId: 'ww-corp', agentId: '1000002', secret: 'canary-app-secret-0001' }

/** Facts of one way. */
export interface Way {
  name: string
  to: Address
  /** Where its messages go. */
  path: string
  platform: 'dingtalk' | 'wecom'
  /** Of what is read in one message. */
  maxBytes: number
  mentions: 'notifies' | 'writes' | 'is silent'
  pictures: 'shows' | 'describes'
  /** Whether it takes files, or can only lead to one. */
  files: 'sends' | 'links'
  markup: boolean
  /** How the platform says that it was too much, and how long to wait then. */
  limit: { mood: Mood; code: string; wait: number }
  /** How it says that it does not like the content. */
  content: { mood: Mood; code: string }
  /** A target that is gone. */
  gone: { mood: Mood; code: string; kind: 'dead' | 'refused' }
  /** What makes a resend recognisable. */
  resend: 'uuid' | 'content' | 'nothing'
  /** So many a moment and no more. */
  burst?: { most: number; code: string }
}

/** DingTalk and WeCom may quote what they were called with. */
const errcode = (code: number, credential = '') => ({
  json: { errcode: code, errmsg: `no such thing: ${credential}` },
})
const refusal = (code: string, status = 400) => ({
  status,
  json: { code, message: 'no canary-access-token-0001' },
})
const qps = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'

export const ways: Way[] = [
  {
    ...{ name: 'a WeCom webhook', platform: 'wecom', path: '/cgi-bin/webhook/send', maxBytes: 4_096 },
    to: { kind: 'group', platform: 'wecom', chatId: 'wr-1', robot: { key } },
    ...{ mentions: 'notifies', pictures: 'shows', files: 'sends', markup: true, resend: 'nothing' },
    limit: { mood: errcode(45009, key), code: '45009', wait: 65 },
    content: { mood: errcode(40058, key), code: '40058' },
    gone: { mood: errcode(93000, key), code: '93000', kind: 'dead' },
    burst: { most: 20, code: '45009' },
  },
  {
    ...{ name: 'a WeCom app', platform: 'wecom', path: '/cgi-bin/message/send', maxBytes: 2_048 },
    to: { kind: 'person', platform: 'wecom', userid: 'zhangsan' },
    ...{ mentions: 'is silent', pictures: 'shows', files: 'sends', markup: false, resend: 'content' },
    limit: { mood: errcode(45009), code: '45009', wait: 65 },
    content: { mood: errcode(40008), code: '40008' },
    gone: { mood: errcode(81013), code: '81013', kind: 'refused' },
  },
  {
    ...{ name: 'a DingTalk robot', platform: 'dingtalk', path: '/robot/send', maxBytes: 18_000 },
    to: { kind: 'group', platform: 'dingtalk', chatId: 'cid1', robot },
    ...{ mentions: 'notifies', pictures: 'describes', files: 'links', markup: true, resend: 'uuid' },
    limit: { mood: errcode(410100, robot.token), code: '410100', wait: 630 },
    content: { mood: errcode(430102, robot.token), code: '430102' },
    gone: { mood: errcode(300001, robot.token), code: '300001', kind: 'dead' },
    burst: { most: 20, code: '410100' },
  },
  {
    ...{ name: 'the OpenAPI to a group', platform: 'dingtalk', path: '/v1.0/robot/groupMessages/send' },
    to: { kind: 'group', platform: 'dingtalk', chatId: 'cid1' },
    ...{
      maxBytes: 15_000,
      mentions: 'writes',
      pictures: 'shows',
      files: 'sends',
      markup: true,
      resend: 'nothing',
    },
    limit: { mood: refusal(qps, 403), code: qps, wait: 2 },
    content: { mood: refusal('contain.notAllowed.text'), code: 'contain.notAllowed.text' },
    gone: { mood: refusal('group.disbanded'), code: 'group.disbanded', kind: 'dead' },
    burst: { most: 20, code: qps },
  },
  {
    ...{ name: 'the OpenAPI to a person', platform: 'dingtalk', path: '/v1.0/robot/oToMessages/batchSend' },
    to: { kind: 'person', platform: 'dingtalk', userid: 'staff001' },
    ...{
      maxBytes: 15_000,
      mentions: 'is silent',
      pictures: 'shows',
      files: 'sends',
      markup: true,
      resend: 'nothing',
    },
    limit: { mood: refusal(qps, 403), code: qps, wait: 2 },
    content: { mood: refusal('contain.unsafe.url'), code: 'contain.unsafe.url' },
    gone: { mood: refusal('staffId.notExisted'), code: 'staffId.notExisted', kind: 'refused' },
    burst: { most: 20, code: qps },
  },
]

export type Started = Awaited<ReturnType<typeof start>>

/** Both platforms, and the channels to them, in time that stands. Errors and log lines are kept. */
export async function start({ to, path, platform }: Way, over: { state?: State } = {}) {
  const clock = handClock()
  const dingtalk: FakeDingtalk = await startFakeDingtalk({ clock })
  const wecom: FakeWecom = await startFakeWecom({
    clock,
    account: { corpId: account.corpId, agentId: 1000002, secret: account.secret },
  })
  dingtalk.addRobot(robot.token, { secret: robot.secret })
  wecom.addWebhook(key)
  const written: string[] = []
  const log = pino({ level: 'trace' }, { write: (text: string) => void written.push(text) })
  const state = over.state ?? memoryState(clock)
  const settings: ChannelSettings = {
    dingtalk: {
      ...{ clientId, clientSecret, robotCode: clientId },
      ...{ apiBase: dingtalk.base, oapiBase: dingtalk.base },
    },
    wecom: { ...account, apiBase: wecom.base },
  }
  const channels = openChannels(settings, { state, clock, log })
  const channel = channels(to)
  if (!channel) throw new Error('no channel')
  const fake = platform === 'dingtalk' ? dingtalk : wecom
  const pass = (ms: number) => clock.set(clock.now().getTime() + ms)

  return {
    ...{ channel, channels, clock, dingtalk, wecom, fake, state, settings, written, pass },
    next: (mood: Mood) => fake.next(path, mood),
    arrivals: (kind: Arrival['kind'] = 'taken') =>
      fake.timeline.filter((entry): entry is Arrival => entry.kind === kind),
    /** Sends a reply as the outbox does: part by part, at the channel's pace. */
    async send(reply: Reply, uuid = 'uuid'): Promise<void> {
      for (const [at, part] of channel.parts(reply).entries()) {
        await channel.send(part, `${uuid}-${at}`)
        pass(channel.gapMs)
      }
    },
    async stop() {
      await Promise.all([dingtalk.stop(), wecom.stop(), state.close()])
    },
  }
}

/** What `work` is refused with; fails when it is not, or with another kind of error. */
export async function refusalOf(work: Promise<unknown>): Promise<PlatformError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof PlatformError)) throw new Error(`expected a PlatformError, got ${error}`)
  return error
}

export function firstPart(channel: Channel, reply: Reply): unknown {
  const [part] = channel.parts(reply)
  return part
}
