// The three kinds of failure that are not bugs. Anything else thrown is a bug: logged with an id, answered calmly.

/** Said to the person as it is: plain Chinese that tells what to do next. */
export class UserError extends Error {
  override name = 'UserError'
}

/**
 * What a refusal means for the message (`protocols/wecom.md` §5.6, `protocols/dingtalk.md` §10):
 * `limit` = nobody may send there for `retryAfter` seconds; `busy` = this message may be tried again; `unknown` = it may
 * have arrived; `dead` = the robot or its key is no good; `quota` = nothing goes out until a person acts or the month
 * ends; `refused` = this message never will.
 */
export type RefusalKind = 'limit' | 'busy' | 'unknown' | 'dead' | 'quota' | 'refused'

/** A platform refused or did not answer a call. */
export class PlatformError extends Error {
  override name = 'PlatformError'
  /** The platform's own code (`errcode`, dotted code, HTTP status), or `timeout` / `network`. */
  readonly code: string
  /** Seconds to wait before trying again; absent = trying again does not help. */
  readonly retryAfter: number | undefined
  readonly kind: RefusalKind

  constructor(message: string, code: string | number, retryAfter?: number, kind?: RefusalKind) {
    super(message)
    this.code = String(code)
    this.retryAfter = retryAfter
    this.kind = kind ?? (retryAfter === undefined ? 'refused' : 'busy')
  }
}

/** Database or state store out of reach, and nothing was done: the platform should deliver the message again. */
export class StoreDown extends Error {
  override name = 'StoreDown'
}
