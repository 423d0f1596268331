// How DingTalk says no, in its two dialects (`protocols/dingtalk.md` §8.7, §10), made one kind of error.
import { PlatformError } from '../../errors.ts'
import type { Answer } from '../../http.ts'
import { first } from './text.ts'

/** Webhook `errcode`s that pass, and after how many seconds. All others need a person, or another way. */
const errcodeWaits = new Map([
  [-1, 5],
  [15, 5],
  [88, 5],
  [90002, 5],
  [90018, 1],
  // Over 20 a minute blocks the robot for ten minutes (§6.6).
  [130101, 630],
  [302033, 630],
  [410100, 630],
])
/** The same for the OpenAPI, by what its dotted code contains. `ApiCountLimitForOrg` lasts until the month ends. */
const codeWaits: [RegExp, number][] = [
  [/QpsLimit/i, 2],
  [/QpmLimit/i, 60],
  [/too\.?fast|too\.many/i, 60],
  [/system\.?error|serviceBusy/i, 5],
]
const afterServerError = 5
/** An address over its limit is shut out for five minutes, with a page that is not an answer (§10.1). */
const afterBan = 300

/** A field of a JSON object, whatever the case of its name: the documents and the gateway disagree. */
export function field(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null) return undefined
  return Object.entries(json).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** Judges a webhook's answer: HTTP 200 is not delivery. @returns undefined when it was delivered */
export function webhookRefusal({ status, json }: Answer): PlatformError | undefined {
  const errcode = field(json, 'errcode')
  // The official sample has the code as a string.
  const known = (typeof errcode === 'number' || typeof errcode === 'string') && errcode !== ''
  if (!known) return noAnswer('webhook', status)
  if (Number(errcode) === 0) return undefined
  return new PlatformError(
    told('webhook', errcode, field(json, 'errmsg')),
    errcode,
    errcodeWaits.get(Number(errcode)),
  )
}

/** What an OpenAPI answer that is not a success means. @param what for the log: which call it was */
export function apiRefusal(what: string, { status, json }: Answer): PlatformError {
  const code = field(json, 'code')
  if (typeof code !== 'string' || code === '') return noAnswer(what, status)
  const wait = codeWaits.find(([pattern]) => pattern.test(code))?.[1]
  const message = told(what, code, field(json, 'message'))
  return new PlatformError(message, first(code, 100), wait ?? (status >= 500 ? afterServerError : undefined))
}

function noAnswer(what: string, status: number): PlatformError {
  const wait = status >= 500 ? afterServerError : afterBan
  return new PlatformError(`${what}: HTTP ${status} without a readable answer`, `http-${status}`, wait)
}

/** DingTalk's own words, which may quote a token or an address: whatever looks like one is masked. */
function told(what: string, code: string | number, description: unknown): string {
  const words =
    typeof description === 'string' ? first(description, 300).replace(/[\w+/=%-]{16,}/g, '***') : ''
  return `${what}: ${first(String(code), 100)} ${words}`.trim()
}
