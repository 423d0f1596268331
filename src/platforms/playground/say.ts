// A person says something: everybody in the chat sees it, and the bot hears it if its platform would let it.
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { z } from 'zod'
import { readJson } from '../dingtalk/inbound.ts'
import { readBody } from '../webhook.ts'
import type { Conversations } from './conversations.ts'
import type { Look, World } from './entry.ts'
import type { Said, Side } from './side.ts'

const mostCharacters = 2_000
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
    const { chat, person, text } = said
    const toBot = !said.group || text.includes(`@${said.botName}`)
    logs.add(chat, { kind: 'person', person: person.id, name: person.name, text, toBot })
    ctx.body = {}
    if (!toBot) return
    try {
      await sides[data.platform].deliver(said)
    } catch (error) {
      log.warn({ platform: data.platform, reason: (error as Error).message }, 'a callback was not taken')
      ctx.status = 502
      ctx.body = { message: '机器人没有收到这条消息，请稍后再发一次。' }
    }
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
