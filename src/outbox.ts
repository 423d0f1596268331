// Sends what is queued: paced per robot over all replicas, tried again where that helps, never twice without saying so.
import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { withAddresses } from './attachments.ts'
import { nextAllowed } from './campaign/quiet.ts'
import type { Channel } from './channel.ts'
import type { Clock } from './clock.ts'
import { compose, together } from './compose.ts'
import { readCalendar } from './database/calendar.ts'
import type { Db } from './database/connection.ts'
import {
  databaseTime,
  dismiss,
  type Ending,
  lockDue,
  nextDue,
  postpone,
  type RealTime,
  settle,
  startSending,
  type Waiting,
} from './database/outbox.ts'
import { PlatformError } from './errors.ts'
import type { Links } from './links.ts'
import { outstanding } from './outstanding.ts'
import { endingOf } from './verdict.ts'

/** Lanes one replica works on at a time. */
const mostLanes = 16
/** At least this often it is looked whether another replica has queued something, in milliseconds. */
const pollMs = 500
/** People and groups get no more than one message in this time, whatever their app may send (`domain.md` R6). */
const targetGapMs = 3_400
/** An attempt must end before the lease of 30 seconds does. */
const attemptMs = 25_000
/**
 * Whoever claims a message and dies may not have sent it: it is said again, marked, each time. Only one that so many
 * have died of is left alone.
 */
const mostDeaths = 12
/** What could not be sent for a day is not sent any more, but listed. */
const expiresMs = 24 * 3600_000

export interface OutboxTools {
  db: Db
  /** The bot's. */
  clock: Clock
  log: Logger
  /** The way to whom a message is for; undefined when there is none (any more). */
  channelTo(message: Waiting): Channel | undefined
  /** A robot refused for good: its chat is told to do without, and a clerk to mend it. */
  onDead(message: Waiting, error: PlatformError): Promise<void>
  /** The organisation's quota is used up: a clerk must know. */
  onQuota(message: Waiting, error: PlatformError): Promise<void>
  /** Counts endings, for metrics. */
  onEnding?(platform: string, how: string): void
  real?: RealTime
  /** Makes addresses for pictures and files; absent where nobody can open one. */
  links?: Links
}

export interface Outbox {
  /** Something may be waiting: look now. */
  wake(): void
  /** Sends one message in every lane that is free. @returns how many were tried */
  sendDue(): Promise<number>
  /** Claims nothing more; resolves when what was claimed has its ending. */
  stop(): Promise<void>
}

export function openOutbox(tools: OutboxTools): Outbox {
  const { db, clock, log, real = databaseTime } = tools
  const going = outstanding()
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  const sendDue = async () => {
    const claimed = await claim(tools, real)
    await Promise.all(claimed.map((one) => deliver(one, tools, real)))
    return claimed.length
  }
  const look = async (): Promise<void> => {
    let wait = pollMs
    try {
      const claimed = stopped ? [] : await claim(tools, real)
      for (const one of claimed) going.add(deliver(one, tools, real).then(wake))
      // A full hand means that there may be more.
      if (claimed.length === mostLanes) wait = 0
      else wait = Math.min(pollMs, Math.max(0, (await nextDue(db, clock.now(), real)) ?? pollMs))
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'the outbox could not be looked through')
    }
    if (!stopped) schedule(wait)
  }
  let looking: Promise<void> = Promise.resolve()
  let isLooking = false
  let again = false
  const schedule = (ms: number) => {
    clearTimeout(timer)
    timer = setTimeout(wake, ms).unref()
  }
  function wake(): void {
    again = isLooking
    if (stopped || isLooking) return
    isLooking = true
    looking = look().finally(() => {
      isLooking = false
      if (again) schedule(0)
    })
  }

  return {
    wake,
    sendDue,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
      await going.settled()
    },
  }
}

/** One message of the platform, to be sent now. */
interface Claimed {
  messages: Waiting[]
  channel: Channel
  parts: unknown[]
  uuid: string
  /** From when, in real time, the target may get the next one. */
  freeAt: Date
}

/** In one transaction: what goes out next in every free lane is marked as being sent, before anything is sent. */
function claim(tools: OutboxTools, real: RealTime): Promise<Claimed[]> {
  const { db, clock } = tools
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const claimed: Claimed[] = []
    const lanes = await lockDue(tx, { now, real, most: mostLanes })
    const calendar = lanes.length > 0 ? await readCalendar(tx) : undefined
    for (const waiting of lanes) {
      const sendable: Waiting[] = []
      for (const message of waiting) {
        const problem = problemOf(message, now)
        // What was held up keeps to the quiet hours too.
        const at = calendar && message.kind !== 'reminder' ? nextAllowed(now, message.kind, calendar) : now
        if (problem) await dismiss(tx, [message], problem)
        else if (at > now) await postpone(tx, [message], at)
        else sendable.push(message)
      }
      const next = prepare(sendable, tools)
      if (!next) continue
      if ('how' in next) {
        await dismiss(tx, sendable.slice(0, 1), next)
        continue
      }
      const [first] = next.messages
      if (!first) continue
      const laneMs = next.channel.gapMs
      const began = await startSending(tx, next.messages, { batch: first.batch ?? first.id, laneMs, real })
      claimed.push({ ...next, freeAt: new Date(began.getTime() + Math.max(laneMs, targetGapMs)) })
    }
    return claimed
  })
}

/** What goes out next as one; or the ending of the first, when nothing leads there or it cannot be put into words. */
function prepare(
  waiting: Waiting[],
  { channelTo, clock, log, links }: OutboxTools,
): Omit<Claimed, 'freeAt'> | Ending | undefined {
  const [first] = waiting
  if (!first) return undefined
  const at = clock.now()
  try {
    const channel = channelTo(first)
    if (!channel) return { how: 'failed', code: 'no-way', reason: '没有可用的发送通道', at }
    const messages = together(
      waiting.map((message) => withAddresses(message, links)),
      channel,
    )
    return { messages, channel, parts: channel.parts(compose(messages)), uuid: uuidOf(first) }
  } catch (error) {
    // One message that cannot be drawn must not keep all the others.
    log.error({ id: first.id, err: error }, 'a push could not be put into words')
    return { how: 'failed', code: 'bug', reason: '系统出错，这条没能发出去', at }
  }
}

/** Why a message is not sent (again). */
function problemOf({ state, unknowns, not_before }: Waiting, at: Date): Ending | undefined {
  const maybeSeen = state === 'sending' || unknowns > 0
  if (state === 'sending' && unknowns >= mostDeaths)
    return { how: 'unknown', code: 'unknown', reason: '不知道是否送达', after: null, at }
  if (at.getTime() - not_before.getTime() <= expiresMs) return undefined
  if (maybeSeen) return { how: 'unknown', code: 'unknown', reason: '不知道是否送达', after: null, at }
  return { how: 'failed', code: 'expired', reason: '24小时内没有发出去', at }
}

/** Never rejects: how it went is in the book. */
async function deliver(
  { messages, channel, parts, uuid, freeAt }: Claimed,
  tools: OutboxTools,
  real: RealTime,
): Promise<void> {
  const { db, clock, log } = tools
  const [first] = messages
  if (!first) return
  const { id, parts_sent: at } = first
  const error = await attempt(() => channel.send(parts[at], `${uuid}-${at}`))
  if (error)
    log.warn({ id, code: error.code, reason: error.message, err: error.cause }, 'a push was not taken')
  try {
    const end = endingOf(error, first, { parts: parts.length, at: clock.now() })
    // Taken over by another process meanwhile: how it ends is told there.
    if (!(await settle(db, messages, end, { freeAt, real }))) return
    tools.onEnding?.(first.to_platform ?? 'none', end.how)
    if (error?.kind === 'dead') await tools.onDead(first, error)
    if (error?.kind === 'quota') await tools.onQuota(first, error)
  } catch (cause) {
    // The lease runs out, and the message is dealt with as one of unknown outcome.
    log.error({ id, err: cause }, 'how a push ended could not be noted')
  }
}

/**
 * Gives up before the lease ends, however many calls the channel makes.
 * @returns why it was not taken; a bug of ours is tried again later, for it must not lose the message
 */
async function attempt(send: () => Promise<void>): Promise<PlatformError | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const error = new PlatformError('no answer in time', 'timeout', 5, 'unknown')
    timer = setTimeout(() => reject(error), attemptMs)
  })
  try {
    await Promise.race([send(), late])
    return undefined
  } catch (cause) {
    if (cause instanceof PlatformError) return cause
    const bug = new PlatformError('a bug', 'bug', 60, 'busy')
    bug.cause = cause
    return bug
  } finally {
    clearTimeout(timer)
  }
}

/** The same for a message and its resend; another one for every message of every database. */
function uuidOf({ batch, id, key, queued_at }: Waiting): string {
  const text = `${batch ?? id}\n${key}\n${queued_at.toISOString()}`
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
