// A visitor sends a workbook to the bot: through the real adapters, which fetch it as they fetch any other.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Entry, SaidByBot } from '../../src/platforms/playground/entry.ts'
import { toFile } from '../sheet/small-campaign.ts'
import { type Demo, startDemo } from '../support/demo.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.stop())

const zhou = { person: 'zhoumin', chat: 'single:zhoumin' }
const send = (query: Record<string, string>, body: Uint8Array) =>
  fetch(`${demo.origin}/playground/file?${new URLSearchParams({ ...zhou, ...query })}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(body),
  })

/** What is in the chat once the bot has said something. */
async function answered(platform: string): Promise<Entry[]> {
  const url = `${demo.origin}/playground/events?${new URLSearchParams({ platform, chat: zhou.chat })}`
  const { body } = await fetch(url)
  let text = ''
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString()
    const entries = [...text.matchAll(/event: (log|entry)\ndata: (.*)\n/g)].flatMap(
      ([, , data = 'null']) => JSON.parse(data) as Entry | Entry[],
    )
    // Leaving the loop ends the stream.
    if (entries.some(({ kind }) => kind === 'bot')) return entries
  }
  throw new Error('the stream ended')
}

describe.each(['dingtalk', 'wecom'] as const)('on the playground’s %s', (platform) => {
  it('a file gets to the bot, and its preview comes back', async () => {
    const bytes = await toFile({
      进度: [
        ['单位', '红色物业'],
        ['金苑社区', 3],
      ],
    })
    expect((await send({ platform, name: '11月20日进度.xlsx' }, bytes)).status).toBe(200)
    const [sent, reply] = await answered(platform)
    expect(sent).toMatchObject({ kind: 'person', text: '[文件] 11月20日进度.xlsx' })
    const said = JSON.stringify((reply as SaidByBot).payload)
    expect(said).toContain('收到《11月20日进度.xlsx》')
    expect(said).toContain('红色物业 2→3个')
  })
})

it('in a group, without a name or over 20 MB no file is taken', async () => {
  const group = await send({ platform: 'wecom', chat: 'wr-ruhelu', name: 'a.xlsx' }, Buffer.from('a'))
  expect([group.status, await group.json()]).toEqual([
    ...[400, { message: '文件只能私聊发给机器人，请换到和它的单聊再发。' }],
  ])
  expect((await send({ platform: 'wecom' }, Buffer.from('a'))).status).toBe(400)
  const large = await send({ platform: 'wecom', name: 'a.xlsx' }, Buffer.alloc((20 << 20) + 1)).catch(
    () => undefined,
  )
  expect(large?.status ?? 413).toBe(413)
})

it('a code that nobody gave out fetches nothing', async () => {
  const response = await fetch(`${demo.origin}/playground/dingtalk/v1.0/robot/messageFiles/download`, {
    method: 'POST',
    body: JSON.stringify({ downloadCode: 'guessed', robotCode: 'playground' }),
  })
  expect(response.status).toBe(400)
  for (const look of ['dingtalk', 'wecom'])
    expect((await fetch(`${demo.origin}/playground/sent/${look}/guessed`)).status).toBe(404)
})
