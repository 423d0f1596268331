// Pushes in tests: a campaign's chats and people by name, a scripted way out, and time that stands until it is moved.
import { sql } from 'kysely'
import type { Channel, Channels } from '../../src/channel.ts'
import type { Db } from '../../src/database/connection.ts'
import type { RealTime } from '../../src/database/outbox.ts'
import { openDispatch } from '../../src/dispatch.ts'
import { PlatformError } from '../../src/errors.ts'
import { line, type Reply } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import type { Push } from '../../src/push.ts'
import { silent, stillClock } from './example.ts'
import { testKeys } from './keys.ts'

/** What the platform does with the next message; `lost-answer` = it takes it, and nobody is told. */
export type Mood = 'take' | 'lost-answer' | PlatformError

export interface Sent {
  at: Date
  to: string
  text: string
  uuid: string
}

/** A clock for the bot's time and for real time at once, in step. */
export function wallClock(at = '2026-11-23T09:00:00+08:00') {
  const clock = stillClock(at)
  const real: RealTime = () => sql<Date>`${clock.now()}::timestamptz`
  return { clock, real }
}

/**
 * A way out that is scripted: it takes what fits into `most` characters a message, in the mood that is due.
 * @param gapMs between two messages of a lane
 */
export function scriptedWay(clock: { now(): Date }, { most = 400, gapMs = 3_400 } = {}) {
  const sent: Sent[] = []
  const moods: Mood[] = []
  const channels: Channels = (address): Channel => ({
    gapMs,
    parts: (reply: Reply) => plainText(reply).match(new RegExp(`[^]{1,${most}}`, 'g')) ?? [],
    async send(part, uuid) {
      const mood = moods.shift() ?? 'take'
      if (mood instanceof PlatformError) throw mood
      const to = address.kind === 'group' ? address.chatId : address.userid
      sent.push({ at: clock.now(), to, text: String(part), uuid })
      if (mood === 'lost-answer') throw new PlatformError('no answer', 'timeout', 5, 'unknown')
    },
  })
  return { sent, moods, channels }
}

export function dispatchOn(
  db: Db,
  { clock, real }: ReturnType<typeof wallClock>,
  channels: Channels,
): ReturnType<typeof openDispatch> {
  return openDispatch({
    ...{ db, clock, real, channels, keyring: testKeys, log: silent, privately: ['dingtalk', 'wecom'] },
  })
}

/** Queues messages to a chat of the example, each for now unless told otherwise. */
export async function say(
  db: Db,
  { push }: Pick<ReturnType<typeof openDispatch>, 'push'>,
  now: Date,
  texts: string[],
  over: Partial<Push> & { chatId?: string } = {},
): Promise<void> {
  const { chatId = 'cid-ruhelu', ...more } = over
  const chat = await db
    .selectFrom('chat')
    .where('chat_id', '=', chatId)
    .select(['id', 'campaign_id'])
    .executeTakeFirstOrThrow()
  const base = { campaign: chat.campaign_id, to: { chat: chat.id }, kind: 'reminder', due: now } as const
  await push(
    db,
    texts.map((text) => ({ ...base, reply: line(text), key: text, ...more })),
  )
}

export const states = async (db: Db): Promise<string[]> => {
  const rows = await db.selectFrom('outbox').orderBy('id').select(['state', 'code']).execute()
  return rows.map(({ state, code }) => (code === null ? state : `${state} ${code}`))
}
