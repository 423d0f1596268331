// The fake platforms refuse what the real ones refuse: what a test proves against them is worth no more than this.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { clientId, clientSecret, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk.ts'
import { type FakeWecom, startFakeWecom } from '../support/fake-wecom.ts'
import { handClock } from './dingtalk/setup.ts'

const post = async (url: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return (await response.json()) as Record<string, unknown>
}

let dingtalk: FakeDingtalk
let wecom: FakeWecom
const clock = handClock()
beforeAll(async () => {
  dingtalk = await startFakeDingtalk({ clock })
  wecom = await startFakeWecom({ clock })
  dingtalk.addRobot('t')
  wecom.addWebhook('k')
})
afterAll(async () => {
  await dingtalk.stop()
  await wecom.stop()
})
beforeEach(() => clock.set(clock.now().getTime() + 700_000))

describe('a WeCom webhook', () => {
  const png = Buffer.alloc(20, 1)
  const md5 = createHash('md5').update(png).digest('hex')
  const base64 = png.toString('base64')
  const card = {
    card_type: 'text_notice',
    main_title: { title: '题' },
    card_action: { type: 1, url: 'https://x.cn' },
  }
  const rows = (length: number) => Array.from({ length }, () => ({ keyname: 'k', value: 'v' }))
  const ofCard = (change: object) => ({ msgtype: 'template_card', template_card: { ...card, ...change } })
  const bodies: [unknown, number][] = [
    [{ msgtype: 'text', text: { content: '一' } }, 0],
    [{ msgtype: 'text', text: { content: 'a'.repeat(2_048) } }, 0],
    [{ msgtype: 'text', text: { content: 'a'.repeat(2_049) } }, 40058],
    [{ msgtype: 'markdown', markdown: { content: '字'.repeat(1_366) } }, 40058],
    [{ msgtype: 'markdown', markdown: { content: '' } }, 44004],
    [{ msgtype: 'text', text: { content: 'a\uD83D' } }, 40033],
    [{ msgtype: 'text', text: { content: 'a\\ud83d' } }, 0],
    [{ msgtype: 'hologram', hologram: {} }, 40008],
    ['{"msgtype":', 40008],
    ['', 93017],
    [{ msgtype: 'image', image: { base64, md5 } }, 0],
    [{ msgtype: 'image', image: { base64, md5: 'x' } }, 301019],
    [{ msgtype: 'image', image: { base64: `${base64}\n`, md5 } }, 44001],
    [{ msgtype: 'image', image: { base64: Buffer.alloc(2_097_153).toString('base64'), md5 } }, 40009],
    [ofCard({}), 0],
    [ofCard({ horizontal_content_list: rows(6) }), 0],
    [ofCard({ horizontal_content_list: rows(7) }), 40035],
    [ofCard({ main_title: {} }), 40035],
    [ofCard({ card_action: { type: 0 } }), 40035],
    [ofCard({ card_type: 'vote_interaction' }), 40035],
  ]
  test.each(bodies)('answers %j with %i', async (body, errcode) => {
    expect(await post(`${wecom.base}/cgi-bin/webhook/send?key=k`, body)).toMatchObject({ errcode })
  })

  test('takes 20 in a minute, then nothing for a minute', async () => {
    const send = () =>
      post(`${wecom.base}/cgi-bin/webhook/send?key=k`, { msgtype: 'text', text: { content: 'x' } })
    for (let i = 0; i < 20; i++) expect(await send()).toMatchObject({ errcode: 0 })
    expect(await send()).toMatchObject({ errcode: 45009 })
    clock.set(clock.now().getTime() + 59_999)
    expect(await send()).toMatchObject({ errcode: 45009 })
    clock.set(clock.now().getTime() + 1)
    expect(await send()).toMatchObject({ errcode: 0 })
  })

  test('does not know other keys', async () => {
    expect(await post(`${wecom.base}/cgi-bin/webhook/send?key=other`, {})).toMatchObject({ errcode: 93000 })
  })
})

describe('a DingTalk robot', () => {
  const bodies: [unknown, number][] = [
    [{ msgtype: 'text', text: { content: '字'.repeat(6_653) } }, 0],
    [{ msgtype: 'text', text: { content: '字'.repeat(6_654) } }, 460101],
    [{ msgtype: 'markdown', markdown: { text: '没有标题' } }, 40035],
    [{ msgtype: 'text' }, 40035],
    [{ msgtype: 'image', image: { picURL: 'https://x.cn' } }, 400105],
    [{ msgtype: 'link', link: { title: 'a', text: 'b', messageUrl: 'https://x.cn' } }, 0],
  ]
  test.each(bodies)('answers %j with %i', async (body, errcode) => {
    expect(await post(`${dingtalk.base}/robot/send?access_token=t`, body)).toMatchObject({ errcode })
  })

  test('notifies only whose id is asked for and stands in the text', async () => {
    const at = { atUserIds: ['a', 'b'], isAtAll: false }
    await post(`${dingtalk.base}/robot/send?access_token=t`, {
      msgtype: 'text',
      text: { content: '@a @c' },
      at,
    })
    expect(dingtalk.timeline.at(-1)).toMatchObject({ kind: 'taken', mentions: ['a'], to: 't', via: 'robot' })
  })
})

describe('the OpenAPI', () => {
  const send = async (path: string, change: object) => {
    const secret = { appKey: clientId, appSecret: clientSecret }
    const { accessToken } = await post(`${dingtalk.base}/v1.0/oauth2/accessToken`, secret)
    const body = { robotCode: clientId, msgKey: 'sampleText', msgParam: '{"content":"x"}', ...change }
    return post(`${dingtalk.base}/v1.0/robot/${path}`, body, {
      'x-acs-dingtalk-access-token': String(accessToken),
    })
  }
  const person = 'oToMessages/batchSend'

  test.each([
    [{ userIds: Array.from({ length: 21 }, (_, i) => `u${i}`) }, 'invalidParameter.userIds.overMax'],
    [{ userIds: [] }, 'invalidParameter.userIds.empty'],
    [{ userIds: ['u'], msgParam: { content: 'x' } }, 'invalidParameter.msgParam.invalid'],
    [
      { userIds: ['u'], msgParam: JSON.stringify({ content: 'x'.repeat(15_000) }) },
      'invalidParameter.msgParam.tooLong',
    ],
    [{ userIds: ['u'], msgKey: 'sampleX' }, 'invalidParameter.msgKey.invalid'],
    [{ userIds: ['u'], msgKey: 'sampleImageMsg', msgParam: '{"photoURL":"@lAL9"}' }, 'resource.not.found'],
    [{ userIds: ['u'], robotCode: 'other' }, 'invalidParameter.robotCode.notExsit'],
  ])('refuses %j', async (change, code) => {
    expect(await send(person, change)).toMatchObject({ code })
  })

  test('tells whom of several it did not reach', async () => {
    dingtalk.makeUnreachable('gone')
    dingtalk.makeUnreachable('tired', 'flowControlled')
    expect(await send(person, { userIds: ['gone', 'here', 'tired'] })).toMatchObject({
      invalidStaffIdList: ['gone'],
      flowControlledStaffIdList: ['tired'],
    })
    expect(dingtalk.messages.at(-1)?.to).toBe('here')
  })

  test('forgets a token after two hours', async () => {
    const secret = { appKey: clientId, appSecret: clientSecret }
    const { accessToken } = await post(`${dingtalk.base}/v1.0/oauth2/accessToken`, secret)
    clock.set(clock.now().getTime() + 7_200_000)
    const headers = { 'x-acs-dingtalk-access-token': String(accessToken) }
    const answer = await post(`${dingtalk.base}/v1.0/robot/${person}`, {}, headers)
    expect(answer).toMatchObject({ code: 'InvalidAuthentication' })
  })
})

test('a script can be for one addressee, and the timeline has what it did', async () => {
  wecom.addWebhook('a')
  wecom.addWebhook('b')
  wecom.next('webhook/send', { json: { errcode: 93004, errmsg: 'robot stopped' } }, 'b')
  const send = (key: string) =>
    post(`${wecom.base}/cgi-bin/webhook/send?key=${key}`, { msgtype: 'text', text: { content: key } })
  expect(await send('a')).toMatchObject({ errcode: 0 })
  expect(await send('b')).toMatchObject({ errcode: 93004 })
  const at = clock.now().getTime()
  expect(wecom.timeline.slice(-2)).toMatchObject([
    { kind: 'taken', at, via: 'webhook', to: 'a', text: 'a', mentions: [] },
    { kind: 'refused', at, via: 'webhook', to: 'b', code: '93004' },
  ])
})
