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
  /** @returns undefined when it is not to be seen any more */
  compose(): Promise<Piece[] | undefined>
}

export interface Shown {
  version: string
  pieces: Piece[]
}

export interface Live {
  /** The board as it is now. */
  look(topic: Topic): Promise<Shown | undefined>
  /** Sends what changes until the stream closes; everything at once when the page shows another version. */
  follow(topic: Topic, stream: PassThrough, version: string): Promise<void>
  stop(): void
}

/** News are looked for so often: a report is on every board within two seconds. */
const everyMs = 700
/** So often even without news: proxies keep the line, and the page knows that what it shows is of now. */
const heartbeatMs = 20_000
/** A page that is so far behind is cut off; it comes again by itself. */
const mostWaiting = 2 << 20

interface Followed {
  topic: Topic
  shown: Shown
  streams: Set<PassThrough>
}

/** @param clock the bot's */
export function live({ db, clock, log }: { db: Db; clock: Clock; log: Logger }): Live {
  const kept = new Map<string, { stamp: string; shown: Promise<Shown | undefined> }>()
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

  const composed = (topic: Topic, stamp: string): Promise<Shown | undefined> => {
    const known = kept.get(topic.key)
    if (known?.stamp === stamp) return known.shown
    const shown = topic.compose().then((pieces) => pieces && { version: versionOf(pieces), pieces })
    if (kept.size > 500) kept.clear()
    kept.set(topic.key, { stamp, shown })
    shown.catch(() => kept.delete(topic.key))
    return shown
  }

  const look = async (topic: Topic) =>
    composed(topic, (await stampsOf([topic.campaign])).get(topic.campaign) ?? '')

  const tell = ({ streams }: Followed, event: string, data: unknown) => {
    const bytes = eventOf(event, data)
    for (const stream of streams) {
      if (stream.writableLength > mostWaiting) stream.destroy()
      else stream.write(bytes)
    }
  }

  const end = (one: Followed) => {
    tell(one, 'over', '')
    for (const stream of one.streams) stream.end()
  }

  const refresh = async () => {
    const stamps = await stampsOf([...new Set([...followed.values()].map(({ topic }) => topic.campaign))])
    for (const one of followed.values()) {
      const shown = await composed(one.topic, stamps.get(one.topic.campaign) ?? '')
      if (!shown) end(one)
      else if (shown.version !== one.shown.version) {
        tell(one, 'change', { ...changesOf(one.shown, shown), at: moment(clock.now()) })
        one.shown = shown
      }
    }
  }

  const next = () => {
    timer = setTimeout(async () => {
      // Out of reach for a moment: the boards stand as they are, and the next look finds what was missed.
      if (followed.size > 0)
        await refresh().catch((error) => log.warn({ reason: String(error) }, 'boards not updated'))
      if (timer) next()
    }, everyMs).unref()
  }
  next()
  heartbeat = setInterval(() => {
    for (const one of followed.values()) tell(one, 'clock', moment(clock.now()))
  }, heartbeatMs).unref()

  return {
    look,
    async follow(topic, stream, version) {
      const shown = await look(topic)
      if (!shown) {
        stream.end(eventOf('over', ''))
        return
      }
      const one = followed.get(topic.key) ?? { topic, shown, streams: new Set() }
      followed.set(topic.key, one)
      one.streams.add(stream)
      stream.once('close', () => {
        one.streams.delete(stream)
        if (one.streams.size === 0 && followed.get(topic.key) === one) followed.delete(topic.key)
      })
      const at = moment(clock.now())
      const isSame = version === one.shown.version
      stream.write(
        isSame ? eventOf('clock', at) : eventOf('change', { ...changesOf(undefined, one.shown), at }),
      )
    },
    stop() {
      clearTimeout(timer)
      clearInterval(heartbeat)
      timer = undefined
      for (const { streams } of followed.values()) for (const stream of streams) stream.end()
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
