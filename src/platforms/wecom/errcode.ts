// Reading WeCom's answers: HTTP 200 is not success, `errcode` is (protocols/wecom.md §5.6).
import { PlatformError, type RefusalKind } from '../../errors.ts'
import type { Answer } from '../../http.ts'

/** Token invalid or expired: fetch another one, once. */
export const tokenRefused = ['40014', '42001']

type Verdict = [kind: RefusalKind, wait?: number]

/** By errcode. What is not listed is refused for good: content, a receiver, or settings that a person must mend. */
const verdicts: Record<string, Verdict> = {
  '-1': ['busy', 5],
  // Blocked for a minute.
  '45009': ['limit', 65],
  // Too many calls at the same moment.
  '45033': ['busy', 5],
  // Taken back once more right after it was renewed: somebody renews it at the same time.
  '40014': ['busy'],
  '42001': ['busy'],
  // The key, or the robot in the group, is gone or stopped.
  '93000': ['dead'],
  '93001': ['dead'],
  '93004': ['dead'],
  '93008': ['dead'],
}
/** What an operator has to mend, where WeCom's words do not say it. */
const advice: Record<string, string> = {
  '40001': '(check WECOM_APP_SECRET)',
  '40091': '(check WECOM_APP_SECRET)',
  '40013': '(check WECOM_CORP_ID)',
  '40056': '(check WECOM_AGENT_ID)',
  '48002': '(the app has no permission for this API)',
  '50003': '(the app is disabled in the admin console)',
  '60011': "(the receiver is outside the app's visible range)",
  '60020': "(add the server's outbound address to the app's trusted IPs)",
}

/**
 * Checks that a call was accepted.
 * @param what names the call in the error, without address or credentials
 * @param secrets replaced in what WeCom wrote, should it ever quote them
 * @returns the JSON of the answer
 * @throws PlatformError with the errcode, or the HTTP status when there is none
 */
export function accepted(
  { status, json }: Answer,
  what: string,
  secrets: string[] = [],
): Record<string, unknown> {
  const answer = typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {}
  const { errcode, errmsg } = answer
  if (typeof errcode !== 'number') {
    const [kind, wait] = unreadable(status)
    throw new PlatformError(`${what}: HTTP ${status} without errcode`, status, wait, kind)
  }
  if (errcode === 0) return answer
  // errmsg is for people only (it names the refused IP address, or the bad field).
  const words = secrets.reduce(
    (text, secret) => (secret ? text.replaceAll(secret, '***') : text),
    String(errmsg),
  )
  const [kind, wait] = verdicts[errcode] ?? ['refused']
  const message = [`${what}:`, errcode, words.slice(0, 200), advice[errcode]].filter(Boolean).join(' ')
  throw new PlatformError(message, errcode, wait, kind)
}

/** Not WeCom's own answer. A proxy that turns us away sent nothing on; what else there is may have gone through. */
function unreadable(status: number): Verdict {
  if (status >= 500) return ['unknown', 5]
  if (status === 429) return ['busy', 5]
  return [status < 300 ? 'unknown' : 'busy']
}
