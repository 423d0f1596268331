// A WeCom to test against: its API on a free port, and callbacks sealed as the real one seals them.
import { randomUUID } from 'node:crypto'
import { type Clock, realClock } from '../../src/clock.ts'
import { type Call, type Json, type Mood, type Outcome, startFakeServer } from './fake-server.ts'
import { codeOf, startTimeline } from './fake-timeline.ts'
import { type Account, type AppAnswer, fakeApp } from './fake-wecom-app.ts'
import {
  deliver,
  element,
  type FakeCredentials,
  json,
  type Stamp,
  sealText,
  signed,
  xml,
} from './fake-wecom-seal.ts'
import { fakeWebhooks, type Refused, shown } from './fake-wecom-webhook.ts'

export type { CallbackAnswer, FakeCredentials, Stamp } from './fake-wecom-seal.ts'
export { encryptRaw, openText, sealText, sha1 } from './fake-wecom-seal.ts'

/** What reached a person or a chat. */
export interface FakeMessage {
  via: 'response_url' | 'message/send' | 'webhook'
  /** The account id for message/send, the webhook's key, the response_url's code. */
  to: string
  msgtype: string
  content: string
  /** Text over 2048 bytes, of which the real one would silently show the beginning. */
  tooLong: boolean
}

type Endpoint =
  | '/cgi-bin/webhook/upload_media'
  | '/cgi-bin/aibot/response'
  | '/cgi-bin/gettoken'
  | '/cgi-bin/message/send'
  | '/cgi-bin/media/upload'
  | '/cgi-bin/webhook/send'

export type FakeWecom = Awaited<ReturnType<typeof startFakeWecom>>

/**
 * @param clock its limits and time windows follow it
 * @param account the app whose token and messages are served
 */
export async function startFakeWecom({
  clock = realClock,
  account = { corpId: 'ww-corp', secret: 'app-secret', agentId: 1000002 },
}: {
  clock?: Clock
  account?: Account
} = {}) {
  const messages: FakeMessage[] = []
  const codes = new Map<string, { since: number; used: boolean }>()
  const timeline = startTimeline(clock)
  const record = (message: Omit<FakeMessage, 'tooLong'>) => {
    const tooLong = message.msgtype === 'text' && Buffer.byteLength(message.content) > 2048
    messages.push({ ...message, tooLong })
  }
  const webhooks = fakeWebhooks(clock, timeline)
  const app = fakeApp(clock, timeline, account, (to, msgtype, content) =>
    record({ via: 'message/send', to, msgtype, content }),
  )
  const now = () => clock.now().getTime()
  const stamped = (stamp: Stamp) => ({ timestamp: String(Math.floor(now() / 1000)), ...stamp })

  const respond = ({ query, json: body }: Call): AppAnswer => {
    const code = query.get('response_code') ?? ''
    const known = codes.get(code)
    // No page tells the real code for a response_url that is spent.
    if (!known || known.used || now() - known.since > 3_600_000) return [40035, 'invalid response_code']
    if (body['msgtype'] !== 'markdown') return [40008, 'invalid message type']
    const { content = '' } = (body['markdown'] ?? {}) as { content?: string }
    if (Buffer.byteLength(content) > 20_480) return [40058, 'exceed max length 20480']
    known.used = true
    record({ via: 'response_url', to: code, msgtype: 'markdown', content })
    return {}
  }
  const byWebhook = (call: Call): AppAnswer => {
    const refused = webhooks.receive(call)
    if (refused) return refused
    const msgtype = String(call.json['msgtype'])
    record({ via: 'webhook', to: call.query.get('key') ?? '', msgtype, content: shown(call.json).text })
    return {}
  }
  const endpoints: Record<Endpoint, (call: Call) => AppAnswer | Promise<AppAnswer>> = {
    '/cgi-bin/aibot/response': respond,
    '/cgi-bin/gettoken': app.giveToken,
    '/cgi-bin/message/send': app.send,
    '/cgi-bin/media/upload': app.upload,
    '/cgi-bin/webhook/send': byWebhook,
    '/cgi-bin/webhook/upload_media': webhooks.upload,
  }
  const refusedAs = (call: Call, code: string) => {
    const via = vias[call.path]
    if (via && code !== '0') timeline.refuse({ via, to: addressee(call), code })
  }
  const answer = async (call: Call): Promise<Outcome> => {
    const answered =
      (await endpoints[call.path as Endpoint]?.(call)) ?? ([404, 'unknown path'] satisfies Refused)
    const [errcode, errmsg] = Array.isArray(answered) ? (answered as Refused) : ([0, 'ok'] as const)
    refusedAs(call, String(errcode))
    return { json: { errcode, errmsg, ...(Array.isArray(answered) ? {} : (answered as Json)) } }
  }

  const server = await startFakeServer(answer, addressee, (call, mood) => refusedAs(call, codeOf(mood)))
  const { base, calls, next, until, stop } = server
  const newResponseUrl = () => {
    const code = randomUUID()
    codes.set(code, { since: now(), used: false })
    return `${base}/cgi-bin/aibot/response?response_code=${code}`
  }

  return {
    /** WECOM_API_BASE. */
    base,
    messages,
    /** What became of every message, refusals included. */
    timeline: timeline.entries,
    /** Every call, in order of arrival, refused ones included. */
    calls,
    /** How often `path` was called. */
    count: (path: Endpoint) => calls.filter((call) => call.path === path).length,
    /** Adds a webhook to a group. */
    addWebhook: webhooks.add,
    removeWebhook: webhooks.remove,
    /** Pictures that were uploaded, by media_id. */
    media: app.media,
    /** Files that were uploaded: by media_id, and those for a webhook by `key/media_id`. */
    files: { app: app.files, webhook: webhooks.files },
    newResponseUrl,
    /** Resolves when `n` messages have arrived in all. */
    async waitForMessages(n: number): Promise<FakeMessage[]> {
      await until(() => messages.length >= n)
      return messages
    },
    /** Resolves when `path` has been called `n` times in all. */
    waitForCalls: (path: Endpoint, n: number) =>
      until(() => calls.filter((call) => call.path === path).length >= n),
    /** The next call to a path that ends like this (for this key or person) is answered so. */
    next,
    /** The next call of `path` is answered with this errcode, or with this status and body. */
    refuseNext(
      path: Endpoint,
      errcode: number,
      { status = 200, body }: { status?: number; body?: string } = {},
    ) {
      const mood: Mood =
        body === undefined
          ? { status, json: { errcode, errmsg: 'refused, hint: [test]' } }
          : { status, text: body }
      next(path, mood)
    },
    /** The access token given out so far is no longer taken (42001). */
    expireToken: app.expireToken,
    /** Messages to this person are taken, and reported as not delivered. */
    makeUnreachable: (user: string, how: 'invalid' | 'unlicensed' = 'invalid') =>
      app.unreachable[how].add(user),
    /** Delivers a robot callback; msgid and response_url are made up unless given. A string is sealed as it is. */
    robotCallback(url: string, payload: object | string, credentials: FakeCredentials, stamp: Stamp = {}) {
      const filled =
        typeof payload === 'string'
          ? payload
          : JSON.stringify({ msgid: randomUUID(), response_url: newResponseUrl(), ...payload })
      return deliver(url, filled, credentials, json, stamped(stamp))
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
      return deliver(url, inner, credentials, xml, stamped(stamp))
    },
    /** Verifies the address, as the console's "Save" does. */
    async verify(url: string, echo: string, credentials: FakeCredentials, stamp: Stamp = {}) {
      const { parameters, encrypt } = signed(credentials, sealText(credentials, echo), stamped(stamp))
      return fetch(`${url}?${new URLSearchParams({ ...parameters, echostr: encrypt })}`)
    },
    /** Cuts what hangs and stops. */
    stop,
  }
}

/** Calls that are messages. */
const vias: Record<string, string> = {
  '/cgi-bin/message/send': 'message/send',
  '/cgi-bin/webhook/send': 'webhook',
}
const addressee = ({ query, json: body }: Call): string => query.get('key') ?? String(body['touser'] ?? '')
