// A conversation about nudges, and what it has put into the outbox.
import { afterEach } from 'vitest'
import nudges from '../../jobs/nudges.ts'
import type { BotTools } from '../../src/bot.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { PlatformName } from '../../src/message.ts'
import { pushing, silent } from '../support/example.ts'
import { clerk, group, type Talk, talk } from './harness.ts'

export let talking: Talk
/** Opens the conversation that a test is about; it is closed behind the test. */
export const open = async (at: string, tools: Partial<BotTools> = {}) => {
  talking = await talk(tools)
  talking.clock.set(at)
}
afterEach(() => talking.close())

export const wednesday = '2026-11-25T09:30:00+08:00'
export const say = (text: string, over = {}) => talking.say(text, { sender: clerk, ...over })
export const wecomGroup = { platform: 'wecom', chat: { ...group, id: 'wr-ruhelu' } } as const

/** What was queued, in words: to whom, when, with whom @-ed. */
export async function queued() {
  const rows = await talking.db
    .selectFrom('outbox')
    .leftJoin('person', 'person.id', 'outbox.person_id')
    .leftJoin('chat', 'chat.id', 'outbox.chat_id')
    .where('key', 'like', 'nudge:%')
    .orderBy('outbox.id')
    .select(['person.name', 'chat.chat_id', 'reply', 'not_before', 'state', 'kind', 'key'])
    .execute()
  return rows.map(({ name, chat_id, reply: { blocks, mention = [] }, ...row }) => {
    const [block] = blocks
    return { ...row, to: chat_id ?? name, text: block?.kind === 'text' ? block.text : '', mention }
  })
}
export const sentTo = async () =>
  (await queued()).filter(({ state }) => state === 'queued').map(({ to }) => to)

/** The morning's job at a moment. */
export const fire = (due: Date, privately: PlatformName[] = ['dingtalk', 'wecom']) => {
  talking.clock.set(due.toISOString())
  return nudges.run({
    ...{ due, db: talking.db, calendar: calendarOf([]), log: silent, privately },
    ...{ push: pushing(talking.clock), quotas: { webhook: 0, api: 0 } },
  })
}
