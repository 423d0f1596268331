// The way out of the bot: queues pushes, sends them through the platforms, and tells a clerk when a robot is dead.
import type { Logger } from 'pino'
import type { Channel, Channels, Robot } from './channel.ts'
import { type Clock, dateOf } from './clock.ts'
import type { Keyring } from './crypt.ts'
import { readCalendar } from './database/calendar.ts'
import { clerksOf, switchOff } from './database/clerks.ts'
import type { Db, Executor } from './database/connection.ts'
import type { RealTime, Waiting } from './database/outbox.ts'
import { reasonOf } from './delivery-words.ts'
import { PlatformError } from './errors.ts'
import type { Links } from './links.ts'
import { line, type PlatformName } from './message.ts'
import { type Outbox, openOutbox } from './outbox.ts'
import { type Push, queue } from './push.ts'

export interface Dispatch {
  /** Queues pushes in the transaction that causes them. */
  push(tx: Executor, pushes: Push[]): Promise<void>
  outbox: Outbox
}

export interface DispatchTools {
  db: Db
  clock: Clock
  log: Logger
  keyring: Keyring
  channels: Channels
  /** On which platforms people can be written to privately. */
  privately: PlatformName[]
  onEnding?(platform: string, how: string): void
  /** Real time; absent = the database's. */
  real?: RealTime
  /** Makes addresses for pictures and files; absent where nobody can open one. */
  links?: Links
}

export function openDispatch(tools: DispatchTools): Dispatch {
  const { db, clock, log, keyring, channels, privately } = tools

  const push: Dispatch['push'] = async (tx, pushes) =>
    queue(tx, pushes, { now: clock.now(), calendar: await readCalendar(tx), privately })

  /** @param key so that each of them is told once */
  const tell = (tx: Executor, campaign: number, people: number[], key: string, text: string) => {
    const due = clock.now()
    const notice = { campaign, kind: 'notice' as const, reply: line(text), due }
    return push(
      tx,
      people.map((person) => ({ ...notice, to: { person }, key: `${key}:${person}` })),
    )
  }

  /** One robot's trouble is told once; the chat's messages wait for another robot. */
  const onDead = async (message: Waiting, error: PlatformError) => {
    const { chat_id: chat, campaign_id: campaign } = message
    if (chat === null) return
    await db.transaction().execute(async (tx) => {
      const at = clock.now()
      const off = await switchOff(tx, chat, { at, why: error.message, push: message.push })
      if (!off) return
      const why = reasonOf({ code: error.code, reason: error.message })
      const text = `群“${off.title || off.chat_id}”的推送机器人用不了（${why}），已停用，消息先攒着。请在群里重新添加机器人，再 @我 发“绑定机器人 新地址”。`
      const people = await clerksOf(tx, campaign, off.unit_id)
      await tell(tx, campaign, people, `robot-off:${chat}:${at.toISOString()}`, text)
    })
  }

  const onQuota = async ({ campaign_id: campaign, to_platform: platform }: Waiting) => {
    const name = platform === 'wecom' ? '企业微信' : '钉钉'
    const text = `${name}的接口额度用完了，推送先攒着，24小时内有额度就补发。请联系管理员购买额度，或等下个月。`
    const key = `quota-used-up:${platform}:${dateOf(clock.now())}`
    await db.transaction().execute(async (tx) => tell(tx, campaign, await clerksOf(tx, campaign), key, text))
  }

  const outbox = openOutbox({
    ...{ db, clock, log, onDead, onQuota },
    channelTo: (message) => channelTo(message, channels, keyring),
    ...(tools.onEnding && { onEnding: tools.onEnding }),
    ...(tools.real && { real: tools.real }),
    ...(tools.links && { links: tools.links }),
  })
  return { push, outbox }
}

function channelTo(message: Waiting, channels: Channels, keyring: Keyring): Channel | undefined {
  const { to_platform: platform, to_id: id, chat_id, push } = message
  if (platform === null || id === null) return undefined
  if (chat_id === null) return channels({ kind: 'person', platform, userid: id })
  try {
    const robot = push === null ? undefined : (JSON.parse(keyring.open(push)) as Robot)
    return channels({ kind: 'group', platform, chatId: id, ...(robot && { robot }) })
  } catch {
    // Sealed with another SECRET_KEY: as good as no key, and the clerk must hear of it.
    const unreadable = new PlatformError('机器人密钥读不出来', 'sealed', undefined, 'dead')
    return { gapMs: 0, parts: () => [''], send: () => Promise.reject(unreadable) }
  }
}
