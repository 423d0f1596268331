// A person says something: everybody in the chat sees it, and the bot hears it if its platform would let it.
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import getRawBody from 'raw-body'
import { z } from 'zod'
import { readJson } from '../dingtalk/inbound.ts'
import { readBody, single } from '../webhook.ts'
import type { Conversations } from './conversations.ts'
import type { Look, World } from './entry.ts'
import type { SentFiles } from './sent-files.ts'
import type { Said, Side } from './side.ts'

const mostCharacters = 2_000
const mostFileBytes = 20 << 20
const mostName = 200
const unreadable = '这条消息的格式不对，请刷新页面再试。'
const word = z.string({ error: unreadable }).min(1, unreadable).max(300, unreadable)
const message = z.object(
  {
    platform: z.enum(['wecom', 'dingtalk'], { error: unreadable }),
    chat: word,
    person: word,
    text: z
      .string({ error: unreadable })
      .max(mostCharacters, `一条消息最多 ${mostCharacters} 个字，请分成几条发。`)
      .refine((text) => text.trim() !== '', '请先写点什么再发。'),
  },
  { error: unreadable },
)

interface Saying {
  world: () => Promise<World>
  sides: Record<Look, Side>
  logs: Conversations
  log: Logger
}

/** 400 with a sentence for the person when nothing was said; 502 when it was said and the bot did not take it. */
export function saying({ world, sides, logs, log }: Saying): Middleware {
  return async (ctx) => {
    const bytes = await readBody(ctx)
    if (!bytes) return
    const { data, error } = message.safeParse(readJson(bytes))
    const said = data && place(data, await world())
    if (!said) {
      ctx.status = 400
      ctx.body = { message: error?.issues[0]?.message ?? '没有这个人或这个群，请刷新页面再试。' }
      return
    }
    const toBot = !said.group || said.text.includes(`@${said.botName}`)
    await deliver(ctx, { ...said, platform: data.platform, toBot }, { sides, logs, log })
  }
}

/** A file to the bot alone: in groups the platforms deliver none. The query says whose it is, the body is the file. */
export function sendingFile({ world, sides, logs, log }: Saying, files: SentFiles): Middleware {
  return async (ctx) => {
    const { data } = message.safeParse({ ...ctx.query, text: '文件' })
    const name = single(ctx, 'name')?.slice(0, mostName)
    const bytes = await fileIn(ctx)
    if (!bytes) return
    const said = data && name && place(data, await world())
    if (!said || said.group) {
      ctx.status = 400
      ctx.body = { message: '文件只能私聊发给机器人，请换到和它的单聊再发。' }
      return
    }
    const file = { id: files.add({ name, bytes }), name }
    const { platform } = data
    await deliver(ctx, { ...said, text: `[文件] ${name}`, file, platform, toBot: true }, { sides, logs, log })
  }
}

async function fileIn(ctx: Context): Promise<Buffer | undefined> {
  try {
    return await getRawBody(ctx.req, { length: ctx.request.length, limit: mostFileBytes })
  } catch {
    ctx.status = 413
    ctx.set('Connection', 'close')
    ctx.body = { message: `文件最大 ${mostFileBytes >> 20} MB。` }
    return undefined
  }
}

/** Shows it to everybody in the chat, and hands it to the bot. */
async function deliver(
  ctx: Context,
  { platform, toBot, ...said }: Said & { platform: Look; toBot: boolean },
  { sides, logs, log }: Omit<Saying, 'world'>,
): Promise<void> {
  const { chat, person, text } = said
  logs.add(chat, { kind: 'person', person: person.id, name: person.name, text, toBot })
  ctx.body = {}
  if (!toBot) return
  try {
    await sides[platform].deliver(said)
  } catch (error) {
    log.warn({ platform, reason: (error as Error).message }, 'a callback was not taken')
    ctx.status = 502
    ctx.body = { message: '机器人没有收到这条消息，请稍后再发一次。' }
  }
}

/** @returns undefined when there is no such person or group */
function place(
  { platform, chat, person: id, text }: z.infer<typeof message>,
  { people, groups, botName }: World,
): (Said & { botName: string }) | undefined {
  const person = people.find((one) => one.id === id)
  if (!person) return undefined
  const key = `${platform}/${chat}`
  if (chat === person.privateChat) return { chat: key, person, text, botName }
  const group = groups[platform].find((one) => one.id === chat)
  return group && { chat: key, group, person, text, botName }
}
