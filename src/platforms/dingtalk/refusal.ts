// How DingTalk says no, in its two dialects (`protocols/dingtalk.md` §8.7, §10), made one kind of error.
import { PlatformError, type RefusalKind } from '../../errors.ts'
import type { Answer } from '../../http.ts'
import { first } from './text.ts'

type Verdict = [kind: RefusalKind, wait?: number]

/** Over 20 a minute blocks the robot for ten minutes (§6.6). */
const blocked: Verdict = ['limit', 630]
const gone: Verdict = ['dead']
/** Webhook `errcode`s (§10.2, §10.3). What is not listed is refused: a bug of ours, or content they do not want. */
const errcodes = new Map<number, Verdict>([
  [-1, ['busy', 5]],
  // A gateway that waited for 3 s in vain: it may have gone through.
  [15, ['unknown', 5]],
  [88, ['unknown', 5]],
  [90002, ['busy', 5]],
  [90018, ['limit', 1]],
  [90020, ['quota']],
  [90030, ['quota']],
  [130101, blocked],
  [302033, blocked],
  [410100, blocked],
  // Keyword, sign, timestamp or address: the robot is set up in a way that we do not meet. The words say which.
  [310000, gone],
  [300001, gone],
  [300005, gone],
  [400013, gone],
  [400101, gone],
  [400102, gone],
  [400106, gone],
])
/** The same for the OpenAPI, by what its dotted code contains (§10.2, §10.4). The first that fits counts. */
const codes: [RegExp, Verdict][] = [
  [/QpsLimit/i, ['limit', 2]],
  [/QpmLimit/i, ['limit', 60]],
  [/ApiCountLimitForOrg/i, ['quota']],
  [/too\.?fast|too\.many/i, ['limit', 60]],
  [/system\.?error|serviceBusy/i, ['busy', 5]],
  // A token that was renewed and refused once more: somebody renews it at the same time, or the app is being changed.
  [/^InvalidAuthentication$/i, ['busy']],
  // The group is gone, or the robot in it: another robot has to be bound.
  [/openConversationId|conversation\.org|disbanded|bot\.stopped|bot\.forbidden|robotCode\.notExsit/i, gone],
]
/** What an operator has to mend, where the code does not say it. */
const advice: [RegExp, string][] = [
  [/AccessTokenPermissionDenied|^60011$/i, '(grant the app the permission qyapi_robot_sendmsg)'],
  [/IpNotInWhiteList|^60020$/i, "(allow the server's outbound address in the app's settings)"],
  [/robotCode/i, '(check DINGTALK_ROBOT_CODE)'],
]
const afterServerError = 5
/** An address over its limit is shut out for five minutes, with a page that is not an answer (§10.1). */
const afterBan = 300

/** A field of a JSON object, whatever the case of its name: the documents and the gateway disagree. */
export function field(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null) return undefined
  return Object.entries(json).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/**
 * Judges the answer of a webhook or of the old API (§6.5): HTTP 200 is not delivery.
 * @returns undefined when it was delivered
 */
export function webhookRefusal(
  { status, json }: Answer,
  what = 'webhook',
  secrets: string[] = [],
): PlatformError | undefined {
  const errcode = field(json, 'errcode')
  // The official sample has the code as a string.
  const known = (typeof errcode === 'number' || typeof errcode === 'string') && errcode !== ''
  if (!known) return noAnswer(what, status)
  if (Number(errcode) === 0) return undefined
  const [kind, wait] = errcodes.get(Number(errcode)) ?? ['refused']
  return new PlatformError(told(what, errcode, field(json, 'errmsg'), secrets), errcode, wait, kind)
}

/** What an OpenAPI answer that is not a success means (§8.7). @param what for the log: which call it was */
export function apiRefusal(what: string, { status, json }: Answer): PlatformError {
  const code = field(json, 'code')
  if (typeof code !== 'string' || code === '') return noAnswer(what, status)
  const message = told(what, code, field(json, 'message'))
  const [kind, wait] =
    (status !== 504 && codes.find(([pattern]) => pattern.test(code))?.[1]) || failure(status)
  return new PlatformError(message, first(code, 100), wait, kind)
}

/** A server error that does not say that nothing was done. */
const failure = (status: number): Verdict => (status >= 500 ? ['unknown', afterServerError] : ['refused'])

function noAnswer(what: string, status: number): PlatformError {
  const redirected = status >= 300 && status < 400
  const [kind, wait]: Verdict = status >= 500 ? failure(status) : [redirected ? 'busy' : 'limit', afterBan]
  return new PlatformError(`${what}: HTTP ${status} without a readable answer`, `http-${status}`, wait, kind)
}

/** DingTalk's own words, which may quote a token or an address: whatever looks like one is masked. */
function told(what: string, code: string | number, description: unknown, secrets: string[] = []): string {
  const said = typeof description === 'string' ? first(description, 300) : ''
  const masked = secrets
    .reduce((text, secret) => (secret ? text.replaceAll(secret, '***') : text), said)
    .replace(/[\w+/=%-]{16,}/g, '***')
  const hint = advice.find(([pattern]) => pattern.test(String(code)))?.[1] ?? ''
  return [`${what}:`, first(String(code), 100), masked, hint].filter(Boolean).join(' ')
}
