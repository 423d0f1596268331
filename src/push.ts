// What the bot says by itself: whom, what, for which moment. This only queues; `outbox.ts` sends.
import type { Calendar } from './campaign/calendar.ts'
import { afterBulletins, hush, startOfNextAllowed, whenToSay } from './campaign/quiet.ts'
import { dateOf } from './clock.ts'
import type { Executor } from './database/connection.ts'
import { enqueue, type NewMessage } from './database/outbox.ts'
import { bulletinsIn, mutedAccounts, unpromptedOn } from './database/pushes.ts'
import type { PushKind } from './database/schema.ts'
import type { PlatformName, Reply } from './message.ts'

export interface Push {
  campaign: number
  /** A bound chat or a person, by database id. A person is reached privately, on `platform` if it is said. */
  to: { chat: number } | { person: number; platform?: PlatformName }
  kind: PushKind
  reply: Reply
  /** Pushed again under the same key it is the same message, and goes out once. */
  key: string
  /** The moment it is for: what is long past is not sent but listed (`domain.md` C7 Misfire). */
  due: Date
}

/** Queues pushes in the transaction that causes them; what is queued under a key already is left out. */
export type Pushing = (tx: Executor, pushes: Push[]) => Promise<void>

/** What a group hears unprompted on one day; people's own reminders do not count (`domain.md` C6). */
const budget = 4

/**
 * Queues pushes in the transaction that causes them, each for the time at which it may be said: quiet hours, days off,
 * lateness, the hush after a bulletin and the chat's budget are kept here, for all of them (`domain.md` C6, C7). Who
 * asked not to be @-ed is not.
 */
export async function queue(
  tx: Executor,
  pushes: Push[],
  { now, calendar, privately }: { now: Date; calendar: Calendar; privately: PlatformName[] },
): Promise<void> {
  const chats = pushes.flatMap(({ to, reply }) => ('chat' in to && reply.mention ? to.chat : []))
  const muted = await mutedAccounts(tx, chats, dateOf(now))
  const alerted = pushes.flatMap(({ to, kind }) => ('chat' in to && kind === 'alert' ? to.chat : []))
  const since = new Date(Math.min(now.getTime(), ...pushes.map(({ due }) => due.getTime())) - hush)
  const bulletins = await bulletinsIn(tx, alerted, since)
  const spent = new Map<string, number>()
  const messages: NewMessage[] = []
  for (const { to, kind, reply, due, key, campaign } of pushes) {
    const chat = 'chat' in to ? to.chat : null
    const time = whenToSay(due, now, kind, calendar)
    const late = time !== 'too-late' && time.late
    const mention = reply.mention?.filter((account) => !muted.has(`${chat}/${account}`))
    const common = {
      ...{ campaign, chat, kind, key, due },
      person: 'person' in to ? to.person : null,
      platform: ('person' in to && to.platform) || null,
      reply: { ...(late ? asLate(reply) : reply), ...(mention && { mention }) },
    }
    if (time === 'too-late') {
      messages.push({
        ...common,
        notBefore: now,
        refused: { code: 'late', reason: '停机太久，过了24小时没有发' },
      })
      continue
    }
    const hushed = kind === 'alert' && chat !== null ? (bulletins.get(chat) ?? []) : []
    const wish = afterBulletins(time.at, hushed, calendar)
    const at = chat !== null && isUnprompted(kind) ? await withinBudget(chat, wish) : wish
    messages.push({ ...common, notBefore: at, refused: null })
  }
  await enqueue(tx, messages, { queuedAt: now, privately })

  async function withinBudget(chat: number, wish: Date): Promise<Date> {
    const day = `${chat}/${dateOf(wish)}`
    const count = spent.get(day) ?? (await unpromptedOn(tx, chat, dateOf(wish)))
    spent.set(day, count + 1)
    return count < budget ? wish : withinBudget(chat, startOfNextAllowed(wish, calendar))
  }
}

const isUnprompted = (kind: PushKind) => kind === 'alert' || kind === 'ranking'

/** 补发: said later than it was meant to be. */
function asLate(reply: Reply): Reply {
  const [first, ...rest] = reply.blocks
  if (reply.title) return { ...reply, title: `${reply.title}（补发）` }
  if (first?.kind === 'text')
    return { ...reply, blocks: [{ kind: 'text', text: `（补发）${first.text}` }, ...rest] }
  return { ...reply, title: '补发' }
}
