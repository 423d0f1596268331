// A DingTalk of our own on 127.0.0.1: both API bases, with the answers, limits and moods of the real one
// (`protocols/dingtalk.md` §6, §8, §12). It records what arrives and posts signed callbacks to the bot.
import { type Clock, realClock } from '../../src/clock.ts'
import { sign } from '../../src/platforms/dingtalk/signature.ts'
import { clientSecret, fakeOpenApi, refuse, textOf } from './fake-dingtalk-api.ts'
import { bodyRefusal, fakeRobots, type Refused, type RobotRules, shown } from './fake-dingtalk-robot.ts'
import { type Call, type Json, type Mood, type Outcome, startFakeServer } from './fake-server.ts'
import { codeOf, type Entry, startTimeline } from './fake-timeline.ts'
import type { Uploaded } from './fake-upload.ts'

export { clientId, clientSecret } from './fake-dingtalk-api.ts'
export type { Mood } from './fake-server.ts'

/** How a message came: by a session's address, by a custom robot, to a group or to a person. */
export type Via = 'session' | 'robot' | 'group' | 'person'

/** A message that was taken. */
export interface Delivered {
  via: Via
  /** Session id, robot's token, conversation id or staff id. */
  to: string
  /** What the reader sees. */
  text: string
  /** The request's body as it came. */
  body: Json
}

export interface FakeDingtalk {
  /** Origin of both APIs. */
  base: string
  /** What was taken, in order. */
  messages: Delivered[]
  /** What became of every message, refusals included. */
  timeline: Entry[]
  /** Paths of all requests that came, refused ones included. */
  readonly requests: string[]
  calls: Call[]
  /** The official sample shows `errcode` as a string, the real service sends a number. */
  errcodeAs: 'number' | 'string'
  /** DingTalk's words have been both. */
  errmsgIn: 'english' | 'chinese'
  /** Adds a custom robot to a group. */
  addRobot(token: string, rules?: RobotRules): void
  removeRobot(token: string): void
  /** OpenAPI calls that are left this month. */
  setQuota(calls: number): void
  /** Messages to this person are taken, and reported as not delivered. */
  makeUnreachable(staffId: string, how?: 'invalid' | 'flowControlled'): void
  /** Pictures that were uploaded, by media id. */
  media: Map<string, Buffer>
  /** Files that were uploaded, by media id. */
  files: Map<string, Uploaded>
  /** Opens a session. @returns its address */
  sessionUrl(id: string): string
  /** From now on the session is answered with 300001. */
  endSession(id: string): void
  /** The next request to a path that ends like this (for this token, conversation or person) is answered so. */
  next(pathEnd: string, mood: Mood, to?: string): void
  /** No token given so far is accepted any more. */
  revokeTokens(): void
  /**
   * Posts a callback to the bot. A string goes out as it is, anything else as JSON.
   * @param options.timestamp milliseconds; now by default
   */
  callback(
    url: string,
    payload: unknown,
    options?: { secret?: string; timestamp?: number | string },
  ): Promise<{ status: number; body: string }>
  /** Resolves with all messages as soon as there are `count`. */
  waitForMessages(count: number): Promise<Delivered[]>
  /** Resolves as soon as a request to a path that ends like this has come (it may have come already). */
  waitForRequest(pathEnd: string): Promise<void>
  /** Cuts what hangs and stops. */
  stop(): Promise<void>
}

/** @param clock its limits and time windows follow it; @param qps OpenAPI calls a second, for each path */
export async function startFakeDingtalk({
  clock = realClock,
  qps = 20,
}: {
  clock?: Clock
  qps?: number
} = {}): Promise<FakeDingtalk> {
  const sessions = new Set<string>()
  const timeline = startTimeline(clock)
  const messages: Delivered[] = []
  const robots = fakeRobots(clock, timeline)
  const api = fakeOpenApi(clock, timeline, {
    qps,
    onDelivery: (via, to, body) => void messages.push({ via, to, text: textOf(body), body }),
  })

  const webhookAnswer = (refused: Refused | undefined): Outcome => {
    const [errcode, english, chinese = english] = refused ?? [0, 'ok']
    const errmsg = fake.errmsgIn === 'chinese' ? chinese : english
    return { json: { errcode: fake.errcodeAs === 'string' ? String(errcode) : errcode, errmsg } }
  }
  const bySession = (call: Call): Outcome => {
    const { json: body } = call
    const to = addressee(call)
    const refused: Refused | undefined = sessions.has(to)
      ? bodyRefusal(call)
      : [300001, 'session is not exist', 'session 不存在']
    if (!refused) {
      messages.push({ via: 'session', to, text: shown(body).text, body })
      timeline.arrive({ kind: 'taken', via: 'session', to, ...shown(body), body })
    }
    return webhookAnswer(refused)
  }
  const byRobot = (call: Call): Outcome => {
    const refused = robots.receive(call)
    const arrival = timeline.entries.at(-1)
    if (!refused && arrival?.kind === 'taken') {
      const { to, text, body } = arrival
      messages.push({ via: 'robot', to, text, body })
    }
    return webhookAnswer(refused)
  }
  const endpoints: Record<string, (call: Call) => Outcome | Promise<Outcome>> = {
    '/robot/sendBySession': bySession,
    '/robot/send': byRobot,
    '/v1.0/oauth2/accessToken': api.giveToken,
    '/v1.0/robot/groupMessages/send': (call) => api.message('group', call),
    '/v1.0/robot/oToMessages/batchSend': (call) => api.message('person', call),
    '/media/upload': api.upload,
  }
  const refusedAs = (call: Call, code: string) => {
    const via = vias[call.path]
    if (via && code !== '0') timeline.refuse({ via, to: addressee(call), code })
  }
  const answer = async (call: Call): Promise<Outcome> => {
    const outcome =
      (await endpoints[call.path]?.(call)) ?? refuse('InvalidAction.NotFound', 'no such path', 404)
    const { errcode, code } = outcome.json as Json
    refusedAs(call, String(code ?? errcode ?? 0))
    return outcome
  }

  const server = await startFakeServer(answer, addressee, (call, mood) => refusedAs(call, codeOf(mood)))
  const { base, calls, next, until, stop } = server
  const fake: FakeDingtalk = {
    ...{ base, messages, calls, next, stop },
    timeline: timeline.entries,
    get requests() {
      return calls.map(({ path }) => path)
    },
    errcodeAs: 'number',
    errmsgIn: 'chinese',
    addRobot: robots.add,
    removeRobot: robots.remove,
    setQuota(left) {
      api.quota = left
    },
    makeUnreachable: (staffId, how = 'invalid') => void api.unreachable[how].add(staffId),
    media: api.media,
    files: api.files,
    sessionUrl(id) {
      sessions.add(id)
      return `${base}/robot/sendBySession?session=${encodeURIComponent(id)}`
    },
    endSession: (id) => void sessions.delete(id),
    revokeTokens: api.revokeTokens,
    async callback(url, payload, { secret = clientSecret, timestamp = realClock.now().getTime() } = {}) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          timestamp: String(timestamp),
          sign: sign(timestamp, secret),
        },
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      })
      return { status: response.status, body: await response.text() }
    },
    async waitForMessages(count) {
      await until(() => messages.length >= count)
      return messages
    },
    waitForRequest: (pathEnd) => until(() => calls.some(({ path }) => path.endsWith(pathEnd))),
  }
  return fake
}

const vias: Record<string, Via> = {
  '/robot/sendBySession': 'session',
  '/robot/send': 'robot',
  '/v1.0/robot/groupMessages/send': 'group',
  '/v1.0/robot/oToMessages/batchSend': 'person',
}

function addressee({ query, json }: Call): string {
  const [person] = Array.isArray(json['userIds']) ? (json['userIds'] as string[]) : []
  return (
    query.get('session') ?? query.get('access_token') ?? String(json['openConversationId'] ?? person ?? '')
  )
}
