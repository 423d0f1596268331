// What both routes share: verification of the address, refusals, and that nothing leaks.
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { realClock } from '../../../src/clock.ts'
import { StoreDown } from '../../../src/errors.ts'
import { line } from '../../../src/message.ts'
import { wecomApp } from '../../../src/platforms/wecom/app.ts'
import { wecomRobot } from '../../../src/platforms/wecom/robot.ts'
import { type FakeWecom, sealText, sha1, startFakeWecom } from '../../support/fake-wecom.ts'
import { type Bot, canaries, startBot } from './harness.ts'
import { vectors } from './vectors.ts'

const { token, aesKey, secret } = canaries
const seconds = (offset = 0) => String(Math.floor(realClock.now().getTime() / 1000) + offset)
let wecom: FakeWecom
beforeAll(async () => {
  wecom = await startFakeWecom()
})
afterAll(() => wecom.stop())

const kinds = {
  robot: {
    path: '/webhooks/wecom/bot',
    receiver: '',
    make: (apiBase: string) => (tools: Parameters<typeof wecomRobot>[1]) =>
      wecomRobot({ token, aesKey, botId: '', apiBase, answerWithinMs: 10_000 }, tools),
    inner:
      '{"msgid":"M1","from":{"userid":"lisi"},"chattype":"single","msgtype":"text","text":{"content":"hi"}}',
    wrap: (encrypt: string) => JSON.stringify({ encrypt }),
    broken: ['', '{', '{"encrypt":"', 'encrypt=x', '<xml/>', '\u0000'],
    without: [
      '{}',
      'null',
      '[]',
      '7',
      '"x"',
      '{"encrypt":7}',
      '{"encrypt":["x"]}',
      '{"encrypt":null}',
      '{"encrypt":""}',
    ],
    innerBroken: ['', '{', 'hello', '{"msgtype":"text"'],
  },
  app: {
    path: '/webhooks/wecom/app',
    receiver: 'ww-corp',
    make: (apiBase: string) => (tools: Parameters<typeof wecomApp>[1]) =>
      wecomApp(
        { corpId: 'ww-corp', agentId: '1000002', secret, token, aesKey, apiBase, answerWithinMs: 10_000 },
        tools,
      ),
    inner:
      '<xml><ToUserName>ww-corp</ToUserName><FromUserName>lisi</FromUserName><MsgType>text</MsgType><Content>hi</Content><MsgId>1</MsgId></xml>',
    wrap: (encrypt: string) => `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
    broken: [
      '',
      '{"encrypt":"x"}',
      '<xml>',
      '<xml><Encrypt>x</xml>',
      '<xml><Encrypt><![CDATA[x</Encrypt></xml>',
      '<!DOCTYPE xml [<!ENTITY a "x">]><xml><Encrypt>&a;</Encrypt></xml>',
      '<xml><Encrypt>x</Encrypt><Encrypt>y</Encrypt></xml>',
    ],
    without: ['<xml></xml>', '<xml/>', '<xml><encrypt>x</encrypt></xml>', '<xml><Encrypt></Encrypt></xml>'],
    innerBroken: [
      '',
      'hello',
      '<xml>',
      '<xml><ToUserName>ww-corp</ToUserName>',
      '<!DOCTYPE xml><xml><ToUserName>ww-corp</ToUserName></xml>',
      '<xml><FromUserName>alice</FromUserName><FromUserName>root</FromUserName></xml>',
    ],
  },
}

describe.each(['robot', 'app'] as const)('the route of the %s', (kind) => {
  const { path, receiver, make, inner, wrap, broken, without, innerBroken } = kinds[kind]
  const credentials = { token, aesKey, receiver }
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot((tools) => make(wecom.base)(tools), path, { hear: async () => line('好') })
  })
  afterEach(async () => {
    const written = bot.logs.join('')
    await bot.stop()
    for (const canary of [token, aesKey, secret, 'CANARY']) expect(written).not.toContain(canary)
    expect(written).not.toContain('UNCAUGHT')
  })

  /** A callback's query, right unless changed. `undefined` leaves a parameter out. */
  const query = (encrypt: string, changes: Record<string, string | undefined> = {}, by = token) => {
    const { timestamp = seconds(), nonce = 'CANARY-nonce' } = changes
    const all = { msg_signature: sha1(by, timestamp, nonce, encrypt), timestamp, nonce, ...changes }
    const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined)
    return new URLSearchParams(given)
  }
  const post = async (body: string | Buffer, parameters: URLSearchParams) => {
    const response = await fetch(`${bot.url}?${parameters}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
    })
    return { status: response.status, body: await response.text() }
  }
  const get = async (parameters: URLSearchParams | string) => {
    const response = await fetch(`${bot.url}?${parameters}`)
    return {
      status: response.status,
      body: await response.text(),
      type: response.headers.get('content-type'),
    }
  }
  const send = (changes: Record<string, string | undefined> = {}) => {
    const box = sealText(credentials, inner)
    return post(wrap(box), query(box, changes))
  }
  const refused = (status: number) => ({ status, body: '' })

  describe('verification of the address', () => {
    const echo = '1616140317555161061'
    const box = sealText(credentials, echo)
    const asked = (changes: Record<string, string | undefined> = {}) =>
      query(box, { echostr: box, ...changes })

    test('gives back the bare text, beyond what a number holds', async () => {
      expect(await get(asked())).toEqual({ status: 200, body: echo, type: 'text/plain; charset=utf-8' })
    })
    test('gives back any text as it is, not as a page', async () => {
      const response = await wecom.verify(bot.url, '<b>"0012"</b>', credentials)
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(await response.text()).toBe('<b>"0012"</b>')
    })
    test.each(['msg_signature', 'timestamp', 'nonce', 'echostr'])('without %s is 400', async (name) => {
      expect(await get(asked({ [name]: undefined }))).toMatchObject(refused(400))
      expect(await get(asked({ [name]: '' }))).toMatchObject(refused(400))
    })
    test.each(['msg_signature', 'timestamp', 'nonce', 'echostr'])('with %s twice is 400', async (name) => {
      const parameters = asked()
      parameters.append(name, parameters.get(name) ?? '')
      expect(await get(parameters)).toMatchObject(refused(400))
    })
    test.each([
      ['a bad signature', { msg_signature: '0'.repeat(40) }],
      ['a nonce that was not signed', { msg_signature: sha1(token, seconds(), 'other', box) }],
      ['a stale timestamp', { timestamp: seconds(-3_700) }],
      ['a timestamp in the future', { timestamp: seconds(3_700) }],
      ['a timestamp that is no number', { timestamp: 'now' }],
    ])('with %s is 401 and says nothing', async (_, changes) => {
      expect(await get(asked(changes))).toMatchObject(refused(401))
    })
    test('an echo sealed for another receiver, or with another key, is 401', async () => {
      for (const other of [
        { ...credentials, receiver: 'EVIL' },
        { ...credentials, aesKey: vectors.A.credentials.aesKey },
      ]) {
        const foreign = sealText(other, echo)
        expect(await get(query(foreign, { echostr: foreign }))).toMatchObject(refused(401))
      }
    })
    test('an echo encoded twice, or with plus signs turned into spaces, is 401', async () => {
      const parameters = asked({ echostr: encodeURIComponent(box) })
      expect(await get(parameters)).toMatchObject(refused(401))
      let plus = box
      while (!plus.includes('+')) plus = sealText(credentials, echo)
      expect(await get(query(plus, { echostr: plus.replaceAll('+', ' ') }))).toMatchObject(refused(401))
    })
  })

  describe('a callback', () => {
    test('that is right is heard and answered', async () => {
      const answer = await send()
      expect(answer.status).toBe(200)
      expect(answer.body).not.toBe('')
      expect(bot.heard).toHaveLength(1)
    })
    test.each(['msg_signature', 'timestamp', 'nonce'])(
      'without %s, or with it twice, is 400',
      async (name) => {
        expect(await send({ [name]: undefined })).toEqual(refused(400))
        const box = sealText(credentials, inner)
        const parameters = query(box)
        parameters.append(name, 'x')
        expect(await post(wrap(box), parameters)).toEqual(refused(400))
        expect(bot.heard).toEqual([])
      },
    )
    test('with a bad signature, a stale timestamp or an unsigned nonce is 401', async () => {
      expect(await send({ msg_signature: 'f'.repeat(40) })).toEqual(refused(401))
      expect(await send({ timestamp: seconds(-3_700) })).toEqual(refused(401))
      expect(await send({ timestamp: seconds(3_700) })).toEqual(refused(401))
      const box = sealText(credentials, inner)
      const parameters = query(box)
      parameters.set('nonce', 'another')
      expect(await post(wrap(box), parameters)).toEqual(refused(401))
      expect(bot.heard).toEqual([])
    })
    test('delivered again with its first timestamp, half an hour later, is heard', async () => {
      expect((await send({ timestamp: seconds(-1_800) })).status).toBe(200)
    })
    test('signed by another token, sealed with another key or for another receiver is 401', async () => {
      const box = sealText(credentials, inner)
      expect(await post(wrap(box), query(box, {}, 'AnotherToken'))).toEqual(refused(401))
      for (const other of [
        { ...credentials, aesKey: vectors.A.credentials.aesKey },
        { ...credentials, receiver: receiver ? '' : 'ww-corp' },
      ]) {
        const foreign = sealText(other, inner)
        expect(await post(wrap(foreign), query(foreign))).toEqual(refused(401))
      }
      expect(bot.heard).toEqual([])
    })
    test.each(broken)('whose body is %j is 400', async (body) => {
      expect(await post(body, query('x'))).toEqual(refused(400))
    })
    test('whose body is not UTF-8 is 400', async () => {
      const box = sealText(credentials, inner)
      expect(await post(Buffer.concat([Buffer.from(wrap(box)), Buffer.from([0xff])]), query(box))).toEqual(
        refused(400),
      )
    })
    test.each(without)('without anything sealed, as %s, is 401', async (body) => {
      expect(await post(body, query(''))).toEqual(refused(401))
    })
    test.each(innerBroken)('in which %j was sealed is 400', async (text) => {
      const box = sealText(credentials, text)
      expect(await post(wrap(box), query(box))).toEqual(refused(400))
      expect(bot.heard).toEqual([])
    })
    test('over one megabyte is 413', async () => {
      expect((await post(wrap('A'.repeat(1 << 20)), query('x'))).status).toBe(413)
    })
    test('that breaks off hangs nothing: the next one is heard', async () => {
      await new Promise<void>((resolve, reject) => {
        const { hostname, port } = new URL(bot.url)
        const socket = connect(Number(port), hostname, () => {
          socket.write(`POST ${path}?${query('x')} HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"enc`)
          socket.end()
        })
        socket.on('data', () => {})
        socket.on('close', () => resolve())
        socket.on('error', reject)
      })
      expect((await send()).status).toBe(200)
    })
    test('is 503 while the store is down, so that it comes again', async () => {
      bot.hear = async () => {
        throw new StoreDown('state store out of reach')
      }
      expect(await send()).toEqual(refused(503))
      bot.hear = async () => line('好')
      expect((await send()).status).toBe(200)
    })
    test('is taken as it is when answering fails for another reason', async () => {
      bot.hear = async () => {
        throw new TypeError('a bug')
      }
      expect(await send()).toEqual(refused(200))
      expect(bot.logs.join('')).toContain('a bug')
    })
    test('gets an empty answer when there is nothing to say', async () => {
      for (const reply of [undefined, line(''), { blocks: [] }]) {
        bot.hear = async () => reply
        expect(await send()).toEqual(refused(200))
      }
    })
    test('is 503 once hearing has stopped', async () => {
      await bot.stopHearing()
      expect(await send()).toEqual(refused(503))
      expect(bot.heard).toEqual([])
    })
    test('refused leaves one line that tells why', async () => {
      await send({ msg_signature: '0'.repeat(40) })
      expect(bot.logs).toHaveLength(1)
      expect(JSON.parse(bot.logs[0] ?? '')).toMatchObject({
        path,
        status: 401,
        why: expect.stringContaining('-40001'),
      })
    })
  })
})

test('the window for timestamps can be narrowed', async () => {
  const path = '/elsewhere'
  const bot = await startBot(
    (tools) => wecomRobot({ token, aesKey, botId: '', apiBase: wecom.base, path, maxSkewSeconds: 60 }, tools),
    path,
    { hear: async () => line('好') },
  )
  const credentials = { token, aesKey, receiver: '' }
  const payload = { from: { userid: 'lisi' }, msgtype: 'text', text: { content: 'hi' } }
  const stale = await wecom.robotCallback(bot.url, payload, credentials, { timestamp: seconds(-90) })
  const fresh = await wecom.robotCallback(bot.url, payload, credentials, { timestamp: seconds(-30) })
  await bot.stop()
  expect([stale.status, fresh.status]).toEqual([401, 200])
})
