// Keeps open boards up to date: looks for news of their campaigns, composes each board once, and sends what has changed.
import { createHash } from 'node:crypto'
import type { PassThrough } from 'node:stream'
import type { Logger } from 'pino'
import { type Clock, dateOf } from '../../clock.ts'
import type { Db } from '../../database/connection.ts'
import { moment } from '../../wording.ts'
import type { Piece } from './grid.ts'

/** A board in one sight: whoever sees the same shares it. */
export interface Topic {
  key: string
  campaign: number
  compose(): Promise<Piece[]>
}

export interface Shown {
  version: string
  pieces: Piece[]
}

/** An open page. */
export interface Follower {
  stream: PassThrough
  topic: Topic
  /** As for `look`. */
  stamp: string
  /** The link that it was opened by: pages of the same link may see the same. */
  pass: string
  /** What that link shows now; undefined when it opens nothing any more. */
  look(): Promise<Topic | undefined>
}

export interface Live {
  /** The state of a campaign: it is another one after every change. */
  stamp(campaign: number): Promise<string>
  /** The board as it is now. @param stamp read before what may be seen was looked up: nothing older stands for it */
  look(topic: Topic, stamp: string): Promise<Shown>
  /**
   * Sends what changes until the stream closes; everything at once when the page shows another version.
   * @returns a function that tells the page that its time is over
   */
  follow(follower: Follower, version: string): Promise<() => void>
  stop(): void
}

/** News are looked for so often: a report is on every board within two seconds. */
const everyMs = 700
/** So often even without news: proxies keep the line, and the page knows that what it shows is of now. */
const heartbeatMs = 20_000
/** A page that is so far behind is cut off; it comes again by itself. */
const mostWaiting = 2 << 20

interface Followed {
  key: string
  campaign: number
  /** The state of the campaign that is shown. */
  stamp: string
  shown: Shown
  followers: Set<Follower>
}

/** @param clock the bot's */
export function live({ db, clock, log }: { db: Db; clock: Clock; log: Logger }): Live {
  const kept = new Map<string, { stamp: string; shown: Promise<Shown> }>()
  const followed = new Map<string, Followed>()
  let timer: NodeJS.Timeout | undefined
  let heartbeat: NodeJS.Timeout | undefined

  const stampsOf = async (campaigns: number[]): Promise<Map<number, string>> => {
    const rows = await db
      .selectFrom('campaign')
      .where('id', 'in', campaigns)
      .select(['id', 'revision', 'roster_version', 'status'])
      .execute()
    const today = dateOf(clock.now())
    return new Map(
      rows.map((row) => [row.id, `${row.revision}:${row.roster_version}:${row.status}:${today}`]),
    )
  }
  // Many pages come at the same moment, above all when the bot was started anew: one look serves them all.
  const looking = new Map<number, Promise<string>>()
  const stampOf = (campaign: number): Promise<string> => {
    const stamp =
      looking.get(campaign) ??
      stampsOf([campaign])
        .then((stamps) => stamps.get(campaign) ?? '')
        .finally(() => looking.delete(campaign))
    looking.set(campaign, stamp)
    return stamp
  }

  const composed = (topic: Topic, stamp: string): Promise<Shown> => {
    const known = kept.get(topic.key)
    if (known?.stamp === stamp) return known.shown
    const shown = topic.compose().then((pieces) => ({ version: versionOf(pieces), pieces }))
    if (kept.size > 500) kept.clear()
    const entry = { stamp, shown }
    kept.set(topic.key, entry)
    shown.catch(() => kept.get(topic.key) === entry && kept.delete(topic.key))
    return shown
  }

  const drop = (one: Followed, follower: Follower) => {
    one.followers.delete(follower)
    if (one.followers.size === 0 && followed.get(one.key) === one) followed.delete(one.key)
  }

  const end = (one: Followed, follower: Follower, bytes = '') => {
    if (!one.followers.has(follower)) return
    drop(one, follower)
    follower.stream.end(bytes)
  }

  const tell = (one: Followed, event: string, data: unknown) => {
    const bytes = eventOf(event, data)
    for (const { stream } of one.followers) {
      if (stream.writableLength > mostWaiting) stream.destroy()
      else stream.write(bytes)
    }
  }

  /** Nothing is sent to a page whose own link does not show this any more. @returns the board as those that stay see it */
  const stillSeen = async (one: Followed): Promise<Topic | undefined> => {
    const looks = new Map<string, Promise<Topic | undefined>>()
    let seen: Topic | undefined
    const each = [...one.followers].map(async (follower) => {
      const look = looks.get(follower.pass) ?? follower.look()
      looks.set(follower.pass, look)
      const topic = await look
      if (!topic) end(one, follower, gone)
      // It may see more now, or less: the page comes again by itself, and gets that.
      else if (topic.key !== one.key) end(one, follower)
      else seen = topic
    })
    await Promise.all(each)
    return seen
  }

  const renew = async (one: Followed, stamp: string) => {
    // At once: a page that comes while this looks, and was let in on an older state, is looked up again.
    one.stamp = stamp
    try {
      const topic = await stillSeen(one)
      if (!topic) {
        one.stamp = ''
        return
      }
      const shown = await composed(topic, stamp)
      if (shown.version !== one.shown.version)
        tell(one, 'change', { ...changesOf(one.shown, shown), at: moment(clock.now()) })
      one.shown = shown
    } catch (error) {
      one.stamp = ''
      throw error
    }
  }

  /** Out of reach for a moment: the boards stand as they are, and the next look finds what was missed. */
  const calmly = (work: Promise<void>) =>
    work.catch((error) => log.warn({ reason: String(error) }, 'boards not updated'))

  const refresh = async () => {
    const stamps = await stampsOf([...new Set([...followed.values()].map(({ campaign }) => campaign))])
    for (const one of [...followed.values()]) {
      const stamp = stamps.get(one.campaign) ?? ''
      if (stamp !== one.stamp) await calmly(renew(one, stamp))
    }
  }

  const beat = async (one: Followed) => {
    await stillSeen(one)
    tell(one, 'clock', moment(clock.now()))
  }

  const next = () => {
    timer = setTimeout(async () => {
      if (followed.size > 0) await calmly(refresh())
      if (timer) next()
    }, everyMs).unref()
  }
  next()
  heartbeat = setInterval(async () => {
    for (const one of [...followed.values()]) await calmly(beat(one))
  }, heartbeatMs).unref()

  return {
    stamp: stampOf,
    look: composed,
    async follow(follower, version) {
      const { stream, topic, stamp } = follower
      const { key, campaign } = topic
      const shown = await composed(topic, stamp)
      const one = followed.get(key) ?? { key, campaign, stamp, shown, followers: new Set() }
      // Whatever has changed since may have changed what this page may see: all are looked up again.
      if (one.stamp !== stamp) one.stamp = ''
      followed.set(key, one)
      one.followers.add(follower)
      stream.once('close', () => drop(one, follower))
      const at = moment(clock.now())
      const isSame = version === one.shown.version
      stream.write(
        isSame ? eventOf('clock', at) : eventOf('change', { ...changesOf(undefined, one.shown), at }),
      )
      return () => end(one, follower, over)
    },
    stop() {
      clearTimeout(timer)
      clearInterval(heartbeat)
      timer = undefined
      for (const one of [...followed.values()]) for (const follower of one.followers) end(one, follower)
    },
  }
}

const versionOf = (pieces: Piece[]): string => {
  const text = pieces.map(({ id, html, row }) => `${id}\n${row}\n${html.html}`).join('\n')
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}

/** What a page has to replace, and in which order its rows stand then. */
function changesOf(before: Shown | undefined, { version, pieces }: Shown) {
  const known = new Map(before?.pieces.map((piece) => [piece.id, piece]))
  const changed = pieces.filter(({ id, html, row }) => {
    const old = known.get(id)
    return old?.html.html !== html.html || old.row !== row
  })
  return {
    version,
    pieces: changed.map(({ id, html, row }) => ({ id, html: html.html, row })),
    rows: pieces.filter(({ row }) => row !== undefined).map(({ id }) => id),
  }
}

const eventOf = (event: string, data: unknown): string => `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
/** The link's time is over: what was seen may stay. */
const over = eventOf('over', '')
/** What the link was made for is no more, or is not this one's to see: nothing may stay. */
const gone = eventOf('gone', '')
