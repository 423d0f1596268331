// A WeCom to test against: its API on a free port, and callbacks sealed as the real one seals them. It has its own
// cryptography (protocols/wecom.md §1.3), so that a mistake in the bot's is not mirrored here.
import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Clock, realClock } from '../../src/clock.ts'

/** What the operator typed into WeCom's console. `receiver`: the CorpID for an app, empty for a smart robot. */
export interface FakeCredentials {
  token: string
  aesKey: string
  receiver: string
}

/** What reached a person or a chat. */
export interface FakeMessage {
  via: 'response_url' | 'message/send'
  /** The account id for message/send, the response_url's code otherwise. */
  to: string
  msgtype: string
  content: string
  /** Text over 2048 bytes, of which the real one would silently show the beginning. */
  tooLong: boolean
}

export interface CallbackAnswer {
  status: number
  headers: Headers
  /** As it came; empty when nothing was answered. */
  body: string
  /** The decrypted passive reply: JSON of a robot, XML elements of an app. */
  reply?: Record<string, unknown>
}

type Endpoint = '/cgi-bin/aibot/response' | '/cgi-bin/gettoken' | '/cgi-bin/message/send'
export interface Stamp {
  timestamp?: string
  nonce?: string
  signature?: string
}

export type FakeWecom = Awaited<ReturnType<typeof startFakeWecom>>

/** @param account the app whose token and messages are served */
export async function startFakeWecom({
  clock = realClock,
  account = { corpId: 'ww-corp', secret: 'app-secret', agentId: 1000002 },
}: {
  clock?: Clock
  account?: { corpId: string; secret: string; agentId: number }
} = {}) {
  const messages: FakeMessage[] = []
  /** Every call, in order of arrival, refused ones included. */
  const calls: { path: string; query: URLSearchParams; json: Sent }[] = []
  const arrived = new EventEmitter().setMaxListeners(0)
  const codes = new Map<string, { since: number; used: boolean }>()
  const refusals: { path: Endpoint; status: number; answer: unknown }[] = []
  const unreachable = { invalid: new Set<string>(), unlicensed: new Set<string>() }
  let token = ''

  const now = () => clock.now().getTime()
  const seconds = () => String(Math.floor(now() / 1000))
  const record = (message: Omit<FakeMessage, 'tooLong'>) => {
    const tooLong = message.msgtype === 'text' && Buffer.byteLength(message.content) > 2048
    messages.push({ ...message, tooLong })
  }

  const endpoints: Record<Endpoint, (query: URLSearchParams, json: Sent) => object> = {
    '/cgi-bin/aibot/response'(query, json) {
      const code = query.get('response_code') ?? ''
      const known = codes.get(code)
      // No page tells the real code for a response_url that is spent.
      if (!known || known.used || now() - known.since > 3_600_000)
        return refusal(40035, 'invalid response_code')
      if (json.msgtype !== 'markdown') return refusal(40008, 'invalid message type')
      if (Buffer.byteLength(json.markdown?.content ?? '') > 20_480)
        return refusal(40058, 'exceed max length 20480')
      known.used = true
      record({ via: 'response_url', to: code, msgtype: 'markdown', content: json.markdown?.content ?? '' })
      return ok
    },
    '/cgi-bin/gettoken'(query) {
      if (query.get('corpid') !== account.corpId) return refusal(40013, 'invalid corpid')
      if (query.get('corpsecret') !== account.secret) return refusal(40001, 'invalid credential')
      token ||= `token-${randomUUID()}`
      return { ...ok, access_token: token, expires_in: 7200 }
    },
    '/cgi-bin/message/send'(query, json) {
      if (token === '' || query.get('access_token') !== token) return refusal(42001, 'access_token expired')
      if (json.agentid !== account.agentId) return refusal(40056, 'invalid agentid')
      const to = json.touser ?? ''
      if (unreachable.invalid.has(to)) return { ...ok, invaliduser: to }
      if (unreachable.unlicensed.has(to)) return { ...ok, invaliduser: '', unlicenseduser: to }
      record({ via: 'message/send', to, msgtype: json.msgtype ?? '', content: json.text?.content ?? '' })
      return { ...ok, invaliduser: '', msgid: randomUUID() }
    },
  }

  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
    const sent = await text(request)
    const json: Sent = sent === '' ? {} : JSON.parse(sent)
    calls.push({ path: pathname, query: searchParams, json })
    const at = refusals.findIndex(({ path }) => path === pathname)
    const refused = at < 0 ? undefined : refusals.splice(at, 1)[0]
    const endpoint = endpoints[pathname as Endpoint]
    const answer = refused?.answer ?? endpoint?.(searchParams, json) ?? refusal(404, 'unknown path')
    response.writeHead(refused?.status ?? 200, { 'content-type': 'application/json' })
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
    arrived.emit('call')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const until = async (come: () => boolean) => {
    while (!come()) await new Promise((resolve) => arrived.once('call', resolve))
  }
  const newResponseUrl = () => {
    const code = randomUUID()
    codes.set(code, { since: now(), used: false })
    return `${base}/cgi-bin/aibot/response?response_code=${code}`
  }

  /** Seals `plain`, POSTs what `wrap` makes of it, opens the answer with `unwrap`. */
  async function deliver(url: string, plain: string, credentials: FakeCredentials, form: Form, stamp: Stamp) {
    const query = signed(credentials, sealText(credentials, plain), { timestamp: seconds(), ...stamp })
    const response = await fetch(`${url}?${new URLSearchParams(query.parameters)}`, {
      method: 'POST',
      headers: { 'content-type': form.type },
      body: form.wrap(query.encrypt),
    })
    const body = await response.text()
    const answer: CallbackAnswer = { status: response.status, headers: response.headers, body }
    if (body === '' || response.status !== 200) return answer
    const box = form.unwrap(body)
    if (sha1(credentials.token, box.timestamp, box.nonce, box.encrypt) !== box.signature)
      throw new Error('the passive reply is not signed right')
    if (form === json && box.nonce !== query.parameters.nonce) throw new Error("not the callback's nonce")
    return { ...answer, reply: form.read(openText(credentials, box.encrypt)) }
  }

  return {
    /** WECOM_API_BASE. */
    base,
    messages,
    calls,
    /** How often `path` was called. */
    count: (path: Endpoint) => calls.filter((call) => call.path === path).length,
    newResponseUrl,
    /** Resolves when `n` messages have arrived in all. */
    async waitForMessages(n: number): Promise<FakeMessage[]> {
      await until(() => messages.length >= n)
      return messages
    },
    /** Resolves when `path` has been called `n` times in all. */
    waitForCalls: (path: Endpoint, n: number) =>
      until(() => calls.filter((call) => call.path === path).length >= n),
    /** The next call of `path` is answered with this errcode, or with this status and body. */
    refuseNext(
      path: Endpoint,
      errcode: number,
      { status = 200, body }: { status?: number; body?: string } = {},
    ) {
      refusals.push({ path, status, answer: body ?? refusal(errcode, 'refused, hint: [test]') })
    },
    /** The access token given out so far is no longer taken (42001). */
    expireToken() {
      token = ''
    },
    /** Messages to this person are taken, and reported as not delivered. */
    makeUnreachable: (user: string, how: keyof typeof unreachable = 'invalid') => unreachable[how].add(user),
    /** Delivers a robot callback; msgid and response_url are made up unless given. A string is sealed as it is. */
    robotCallback(url: string, payload: object | string, credentials: FakeCredentials, stamp: Stamp = {}) {
      const filled =
        typeof payload === 'string'
          ? payload
          : JSON.stringify({ msgid: randomUUID(), response_url: newResponseUrl(), ...payload })
      return deliver(url, filled, credentials, json, stamp)
    },
    /** Delivers an app callback: the inner elements (in CDATA, digits bare), or the inner XML as it is. */
    appCallback(
      url: string,
      fields: Record<string, string> | string,
      credentials: FakeCredentials,
      stamp: Stamp = {},
    ) {
      const inner =
        typeof fields === 'string' ? fields : `<xml>${Object.entries(fields).map(element).join('')}</xml>`
      return deliver(url, inner, credentials, xml, stamp)
    },
    /** Verifies the address, as the console's "Save" does. */
    async verify(url: string, echo: string, credentials: FakeCredentials, stamp: Stamp = {}) {
      const { parameters, encrypt } = signed(credentials, sealText(credentials, echo), {
        timestamp: seconds(),
        ...stamp,
      })
      return fetch(`${url}?${new URLSearchParams({ ...parameters, echostr: encrypt })}`)
    },
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Sent {
  msgtype?: string
  markdown?: { content?: string }
  text?: { content?: string }
  touser?: string
  agentid?: number
}
const ok = { errcode: 0, errmsg: 'ok' }
const refusal = (errcode: number, errmsg: string) => ({ errcode, errmsg })

/** How a platform's bodies look from outside. */
interface Form {
  type: string
  wrap(encrypt: string): string
  unwrap(body: string): { encrypt: string; signature: string; timestamp: string; nonce: string }
  read(plain: string): Record<string, unknown>
}
const json: Form = {
  type: 'application/json',
  wrap: (encrypt) => JSON.stringify({ encrypt }),
  unwrap(body) {
    const { encrypt, msgsignature, timestamp, nonce } = JSON.parse(body)
    return { encrypt, signature: msgsignature, timestamp: String(timestamp), nonce }
  },
  read: (plain) => JSON.parse(plain),
}
const xml: Form = {
  type: 'text/xml',
  wrap: (encrypt) =>
    `<xml><ToUserName><![CDATA[outer]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`,
  unwrap(body) {
    const { Encrypt = '', MsgSignature = '', TimeStamp = '', Nonce = '' } = elements(body)
    return { encrypt: Encrypt, signature: MsgSignature, timestamp: TimeStamp, nonce: Nonce }
  },
  read: elements,
}

function element([name, value]: [string, string]): string {
  const content = /^\d+$/.test(value) ? value : `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  return `<${name}>${content}</${name}>`
}

/** Flat XML as the bot writes it; sections that were split are joined again. */
function elements(document: string): Record<string, string> {
  const inner = document.replace(/^<xml>|<\/xml>$/g, '')
  const found = inner.matchAll(/<(\w+)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])*)<\/\1>/g)
  return Object.fromEntries(
    [...found].map(([, name = '', value = '']) => [name, value.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1')]),
  )
}

function signed(
  { token }: FakeCredentials,
  encrypt: string,
  { timestamp = '', nonce = randomUUID(), signature }: Stamp,
) {
  const msg_signature = signature ?? sha1(token, timestamp, nonce, encrypt)
  return { encrypt, parameters: { msg_signature, timestamp, nonce } }
}

export function sha1(...parts: string[]): string {
  return createHash('sha1').update(parts.sort().join('')).digest('hex')
}

export function sealText({ aesKey, receiver }: FakeCredentials, plain: string): string {
  const message = Buffer.from(plain)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const raw = Buffer.concat([randomBytes(16), length, message, Buffer.from(receiver)])
  return encryptRaw(
    aesKey,
    Buffer.concat([raw, Buffer.alloc(32 - (raw.length % 32), 32 - (raw.length % 32))]),
  )
}

/** Encrypts blocks as they are, for packets that no honest sender would make. */
export function encryptRaw(aesKey: string, padded: Buffer): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

export function openText({ aesKey, receiver }: FakeCredentials, encrypt: string): string {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
  const plain = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
  const end = 20 + plain.readUInt32BE(16)
  if (plain.subarray(end).toString() !== receiver) throw new Error('sealed for another receiver')
  return plain.toString('utf8', 20, end)
}
