// What becomes of a message after an attempt to send it (`domain.md` R3–R6).
import type { Ending, Waiting } from './database/outbox.ts'
import type { PlatformError } from './errors.ts'

/** An unknown outcome is resent once, after this many seconds. */
const resendAfter = 30
/** A message whose robot is out of use is looked at again when there is another one. */
const deadAfter = 5
/** Used-up quotas come back with the next month, or when somebody buys more: asked again every hour. */
const quotaAfter = 3_600
const longestWait = 600

/**
 * @param error undefined when the platform took it
 * @param message the first of those that went out as one, as it was before the attempt
 */
export function endingOf(
  error: PlatformError | undefined,
  message: Pick<Waiting, 'tries' | 'unknowns' | 'parts_sent' | 'state' | 'chat_id'>,
  { parts, at }: { parts: number; at: Date },
): Ending {
  const { parts_sent: partsSent, tries } = message
  if (!error) {
    const arrived = partsSent + 1
    return arrived < parts ? { how: 'again', partsSent: arrived, after: 0 } : { how: 'accepted', at }
  }
  const why = { code: error.code, reason: error.message }
  switch (error.kind) {
    case 'limit': {
      const laneAfter = error.retryAfter ?? 65
      return { how: 'again', partsSent, after: laneAfter, laneAfter, ...why }
    }
    case 'busy':
      return {
        how: 'again',
        partsSent,
        after: Math.min((error.retryAfter ?? 5) * 2 ** tries, longestWait),
        ...why,
      }
    case 'quota':
      return { how: 'again', partsSent, after: quotaAfter, laneAfter: quotaAfter, ...why }
    case 'dead':
      if (message.chat_id !== null) return { how: 'again', partsSent, after: deadAfter, ...why }
      return { how: 'failed', at, ...why }
    case 'unknown': {
      const before = message.unknowns + (message.state === 'sending' ? 1 : 0)
      return { how: 'unknown', at, after: before === 0 ? resendAfter : null, ...why }
    }
    case 'refused':
      return { how: 'failed', at, ...why }
  }
}
