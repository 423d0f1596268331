// The three kinds of failure that are not bugs. Anything else thrown is a bug: logged with an id, answered calmly.

/** Said to the person as it is: plain Chinese that tells what to do next. */
export class UserError extends Error {
  override name = 'UserError'
}

/** A platform refused or did not answer a call. */
export class PlatformError extends Error {
  override name = 'PlatformError'
  /** The platform's own code (`errcode`, dotted code, HTTP status), or `timeout` / `network`. */
  readonly code: string
  /** Seconds to wait before trying again; absent = trying again does not help. */
  readonly retryAfter: number | undefined

  constructor(message: string, code: string | number, retryAfter?: number) {
    super(message)
    this.code = String(code)
    this.retryAfter = retryAfter
  }
}

/** Database or state store out of reach, and nothing was done: the platform should deliver the message again. */
export class StoreDown extends Error {
  override name = 'StoreDown'
}
