// `npm run chat`: the bot in a terminal, on the example campaign, in memory.
import { randomBytes, randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import { createBot } from '../bot.ts'
import { isoOf, momentOf } from '../clock.ts'
import type { Command } from '../command.ts'
import { type Keyring, keyring } from '../crypt.ts'
import { readCalendar } from '../database/calendar.ts'
import { openInMemory, type Store } from '../database/connection.ts'
import { type DemoClock, demoClock } from '../demo-clock.ts'
import { openDispatch } from '../dispatch.ts'
import { StoreDown } from '../errors.ts'
import { loadExample } from '../example.ts'
import type { Job } from '../job.ts'
import type { Chat, Message, Reply } from '../message.ts'
import { plainText } from '../platforms/terminal/render.ts'
import { type Schedule, startSchedule } from '../schedule.ts'
import { memoryState } from '../state/memory.ts'

const usage =
  '直接打字就是在群里 @小图。换人：/我 李秀英；换群：/群 全区；私聊：/私聊；拨时间：/时间 2026-11-23 09:00；结束：/退出'

/** Talks until the input ends. @returns the exit code */
export async function chat({
  log,
  out,
  commands,
  jobs,
  botName,
}: {
  log: Logger
  out: (line: string) => void
  commands: Command[]
  jobs: Job[]
  botName: string
}): Promise<number> {
  const store = await openInMemory()
  const clock = demoClock()
  const keys = keyring(randomBytes(32).toString('hex'))
  await loadExample(store.db, keys, clock.now())
  const state = memoryState()
  const speaking = await speakFirst(store, { clock, log, keys, jobs, out })
  const { push, privately } = speaking
  const bot = { db: store.db, state, clock, keyring: keys, log, commands, botName }
  const hear = createBot({ ...bot, push, privately })
  let me = await personCalled(store, '张建国')
  let here: Chat = await groupOf(store, '汝河路街道')

  const prompt = () => `${me.name}@${here.kind === 'group' ? here.title : '私聊'}> `
  const obey = async (order: string, rest: string): Promise<string> => {
    if (order === '我') me = await personCalled(store, rest)
    else if (order === '群') here = await groupOf(store, rest)
    else if (order === '时间') return passTime(clock, speaking.schedule, rest)
    else if (order === '私聊') here = { id: me.id, kind: 'single' }
    else return usage
    if (here.kind === 'single') here = { id: me.id, kind: 'single' }
    return `现在是 ${prompt().slice(0, -2)}`
  }
  const say = async (text: string): Promise<string> => {
    const from = { platform: 'dingtalk' as const, robot: 'terminal', id: randomUUID() }
    const message: Message = { ...from, chat: here, sender: me, kind: 'text', text }
    const reply = await deliver(() => hear(message))
    return reply ? plainText(reply) : '（不回话）'
  }

  const input = createInterface({ input: process.stdin, output: process.stdout, prompt: prompt() })
  out(usage)
  input.prompt()
  for await (const line of input) {
    const [, order, rest = ''] = line.match(/^\/(\S+)\s*(.*)$/) ?? []
    if (order === '退出') break
    out(await (order ? obey(order, rest.trim()) : say(line)).catch((error: Error) => error.message))
    input.setPrompt(prompt())
    input.prompt()
  }
  input.close()
  await speaking.stop()
  await state.close()
  await store.close()
  return 0
}

/** Like a platform: again after a while, as long as the database has no time, which it has not while a morning is sent. */
async function deliver<T>(hear: () => Promise<T>, tries = 20): Promise<T> {
  try {
    return await hear()
  } catch (error) {
    if (!(error instanceof StoreDown) || tries === 1) throw error
    await setTimeout(500)
    return deliver(hear, tries - 1)
  }
}

/** Jobs run, and what they push is printed instead of sent. */
async function speakFirst(
  { db }: Store,
  given: { clock: DemoClock; log: Logger; keys: Keyring; jobs: Job[]; out: (line: string) => void },
) {
  const { clock, log, keys, jobs, out } = given
  const privately = ['dingtalk' as const]
  const { push, outbox } = openDispatch({
    ...{ db, clock, log, privately, keyring: keys },
    channels: (to) => ({
      gapMs: 0,
      parts: (reply: Reply) => [plainText(reply)],
      send: async (part) => out(`[推送给${to.kind === 'group' ? to.chatId : to.userid}] ${part}`),
    }),
  })
  const schedule = await startSchedule(jobs, {
    ...{ db, clock, log, onRun: outbox.wake },
    context: async () => ({
      calendar: await readCalendar(db),
      push,
      privately,
      quotas: { webhook: 0, api: 0 },
    }),
  })
  const stop = async () => {
    await schedule.stop()
    await outbox.stop()
  }
  return { push, privately, schedule, stop }
}

async function passTime(clock: DemoClock, schedule: Schedule, wish: string): Promise<string> {
  const [, date, time = '09:00'] = wish.match(/^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d))?$/) ?? []
  let isForward = false
  const ran = await schedule.advance(async () => {
    isForward = date !== undefined && (await clock.move(momentOf(date, time)))
  })
  if (!isForward) return `时间只能往前拨，请这样写：/时间 2026-11-23 09:00（现在是 ${isoOf(clock.now())}）`
  return `现在是 ${isoOf(clock.now())}，跑了 ${ran.map(({ job }) => job).join('、') || '没有到点的事'}`
}

async function personCalled({ db }: Store, name: string): Promise<Message['sender']> {
  const found = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'person_id')
    .where('name', '=', name)
    .where('platform', '=', 'dingtalk')
    .select('userid as id')
    .executeTakeFirst()
  return found ? { id: found.id, name } : { id: `stranger-${name}`, name }
}

async function groupOf({ db }: Store, unit: string): Promise<Chat> {
  const found = await db
    .selectFrom('chat')
    .innerJoin('unit_version', (join) =>
      join.onRef('unit_version.unit_id', '=', 'chat.unit_id').on('valid_to', 'is', null),
    )
    .where('chat.platform', '=', 'dingtalk')
    .where('name', '=', unit)
    .select(['chat_id as id', 'title'])
    .executeTakeFirst()
  if (!found) throw new Error(`没有绑定到“${unit}”的群`)
  return { ...found, kind: 'group' }
}
