// How late reminders reach the platform when the bot is otherwise idle: a real process, real time, a full minute.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Keyring } from '../src/crypt.ts'
import { openDatabase } from '../src/database/connection.ts'
import { start } from './process.ts'

const reminders = 100

/** @returns milliseconds from the second a reminder is due until its message is at the platform, sorted */
export async function benchLateness(environment: Record<string, string>, keys: Keyring): Promise<number[]> {
  const due = new Date(Math.ceil((Date.now() + 15_000) / 60_000) * 60_000)
  const arrived: number[] = []
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url?.includes('key=late-')) arrived.push(Date.now() - due.getTime())
      response.setHeader('content-type', 'application/json').end('{"errcode":0,"errmsg":"ok"}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await prepare(environment['DATABASE_URL'] ?? '', keys, due)
  const bot = await start(
    ['node', 'dist/src/main.js', 'start'],
    { ...environment, WECOM_API_BASE: base },
    /"ready"/,
  )
  while (arrived.length < reminders && Date.now() < due.getTime() + 20_000)
    await new Promise((resolve) => setTimeout(resolve, 100))
  await bot.stop()
  server.close()
  if (arrived.length !== reminders) throw new Error(`${arrived.length} of ${reminders} reminders arrived`)
  return arrived.sort((a, b) => a - b)
}

/** Each in a group of its own, for the pace of one group must not count. */
async function prepare(url: string, keys: Keyring, due: Date): Promise<void> {
  const store = await openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  const { db } = store
  const model = await db.selectFrom('chat').selectAll().executeTakeFirstOrThrow()
  const { campaign_id, unit_id } = model
  const owner = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
  const names = [...Array(reminders).keys()].map((n) => `late-${n}`)
  const chat = (chat_id: string) => ({
    ...{ campaign_id, unit_id, chat_id, platform: 'wecom', title: chat_id, created_by: 'bench' },
    push: keys.seal(JSON.stringify({ key: chat_id })),
  })
  const schedule = JSON.stringify({ on: { date: '2000-01-01' }, time: '00:00', leads: [] })
  const reminder = (chat_id: string) => ({
    ...{ campaign_id, chat_id, platform: 'wecom', is_group: true, owner_id: owner.id, owner_account: '' },
    ...{
      audience: 'group' as const,
      text: 'late?',
      schedule,
      next_at: due,
      next_moment: due,
      created_by: 'bench',
    },
  })
  await db.insertInto('chat').values(names.map(chat)).execute()
  await db.insertInto('reminder').values(names.map(reminder)).execute()
  await store.close()
}
