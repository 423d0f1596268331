// Conversations that are tests. A file reads like a chat:
//
//   # 汝河路街道攻坚群 (dingtalk group cid-ruhelu)
//   张建国：进度
//   小图：汝河路街道进度（11月22日）
//   …                                  ← anything, over any number of lines
//   李秀英：收到
//   小图：（不回话）
//
// A file is sent by its name and rows: 〔文件 进度.xlsx：单位 红色物业／金苑社区 3〕, with `-` for an empty cell; 〔图片〕 is a picture.
//
// `+ 6分钟` lets time pass. A heading names platform, kind and id of the chat that follows.
import { readdirSync, readFileSync } from 'node:fs'
import { pinyin } from 'pinyin-pro'
import type { Chat, Hear, Message, PlatformName } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { toFile } from '../sheet/small-campaign.ts'

export interface Exchange {
  line: number
  platform: PlatformName
  chat: Chat
  person: string
  said: string
  expected: string
  /** Seconds that pass before it. */
  after: number
}

const folder = new URL('../transcripts/', import.meta.url)

export const transcripts = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.txt'))

export function readTranscript(name: string): Exchange[] {
  return parseTranscript(readFileSync(new URL(name, folder), 'utf8'))
}

export function parseTranscript(text: string): Exchange[] {
  const exchanges: Exchange[] = []
  let place: Pick<Exchange, 'platform' | 'chat'> | undefined
  let after = 0
  for (const [index, raw] of text.split('\n').entries()) {
    const heading = raw.match(/^# (.*) \((dingtalk|wecom) (group|single)(?: (\S+))?\)$/)
    const passed = raw.match(/^\+ (\d+)(秒|分钟|小时|天)$/)
    const spoken = raw.match(/^([^：\s]{2,5})：(.*)$/)
    const last = exchanges.at(-1)
    if (heading) {
      const [, title = '', platform, kind, id = ''] = heading
      place = { platform: platform as PlatformName, chat: { id, kind: kind as Chat['kind'], title } }
    } else if (passed) {
      after += Number(passed[1]) * { 秒: 1, 分钟: 60, 小时: 3600, 天: 86400 }[passed[2] as '秒']
    } else if (spoken?.[1] === '小图' && last) {
      last.expected = spoken[2] ?? ''
    } else if (spoken && place) {
      const [, person = '', said = ''] = spoken
      exchanges.push({
        ...place,
        person,
        said: said.replaceAll('\\n', '\n'),
        expected: '',
        line: index + 1,
        after,
      })
      after = 0
    } else if (last && raw !== '' && !raw.startsWith('//')) {
      last.expected += `\n${raw}`
    }
  }
  return exchanges
}

/** Plays one exchange. @returns what the bot said, as text */
export async function play(
  hear: Hear,
  { platform, chat, person, said }: Exchange,
  id: string,
): Promise<string> {
  const account = pinyin(person, { toneType: 'none', type: 'array', surname: 'head' }).join('')
  const here = chat.kind === 'single' ? { ...chat, id: account } : chat
  const sent = await sentIn(said)
  const message: Message = {
    ...{ platform, robot: 'transcript', id, chat: here, sender: { id: account, name: person }, kind: 'text' },
    text: chat.kind === 'group' ? `@小图 ${said}` : said,
    ...sent,
  }
  const reply = await hear(message)
  return reply ? plainText(reply) : '（不回话）'
}

/** A file or a picture instead of words. */
async function sentIn(said: string): Promise<Partial<Message>> {
  if (said === '〔图片〕') return { kind: 'media', text: '' }
  const [, name, table] = /^〔文件 (.+?)：(.*)〕$/.exec(said) ?? []
  if (name === undefined || table === undefined) return {}
  const rows = table.split('／').map((row) => row.split(' ').map(cellOf))
  const bytes = Buffer.from(await toFile({ 表: rows }))
  return { kind: 'media', text: '', file: { name, fetch: async () => bytes } }
}

const cellOf = (text: string) => (text === '-' ? null : /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text)

/** Whether the text is as expected; `…` stands for anything, `编号N` for any number. */
export function matches(text: string, expected: string): boolean {
  const quoted = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  const pattern = expected.split('…').map(quoted).join('[\\s\\S]*').replaceAll('编号N', '编号\\d+')
  return new RegExp(`^${pattern}$`).test(text)
}
