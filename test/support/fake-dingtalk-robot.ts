// DingTalk's webhooks: custom robots, with their security settings and their 20 a minute, and sessions
// (`protocols/dingtalk.md` §2, §6, §10.3). The sign is checked by arithmetic of its own.
import { createHmac } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import type { Call, Json } from './fake-server.ts'
import { counting, type Timeline } from './fake-timeline.ts'

export interface RobotRules {
  secret?: string
  /** A message must contain one of them. */
  keywords?: string[]
  /** Callers' addresses; absent = all. */
  ips?: string[]
}

/** An errcode with DingTalk's words, in English and in Chinese. */
export type Refused = [errcode: number, english: string, chinese?: string]

const tooFast: Refused = [410100, 'send too fast, exceed 20 times per minute', '发送速度太快而限流']
const tooLong: Refused = [
  460101,
  'message too long, exceed 20000 bytes',
  'description: body 大小不合法;solution:请保持大小在 20000bytes 以内;',
]
const missing: Refused = [40035, 'missing parameter json', '缺少参数 json']
const setUp = (english: string, chinese: string): Refused => [
  310000,
  `${english}, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]`,
  `description:${chinese};solution:请检查机器人安全设置;link:请参考 https://open.dingtalk.com/x;`,
]

/** What every message type must have (§6.3). */
const required: Record<string, string[]> = {
  text: ['content'],
  markdown: ['title', 'text'],
  link: ['title', 'text', 'messageUrl'],
  actionCard: ['title', 'text'],
  feedCard: ['links'],
}

export function fakeRobots(clock: Clock, timeline: Timeline) {
  const robots = new Map<string, RobotRules & { uuids: Set<string> }>()
  const pace = counting(clock, 20, 60_000, 600_000)

  return {
    add: (token: string, rules: RobotRules = {}) => void robots.set(token, { ...rules, uuids: new Set() }),
    remove: (token: string) => void robots.delete(token),
    /** @returns undefined when it was taken */
    receive(call: Call): Refused | undefined {
      const token = call.query.get('access_token') ?? ''
      const robot = robots.get(token)
      if (!robot) return [300001, 'token is not exist', 'token 不存在']
      const refused = wronglySigned(robot, call, clock) ?? bodyRefusal(call)
      if (refused) return refused
      const { text, mentions } = shown(call.json)
      const { keywords = [], ips, uuids } = robot
      if (ips && !ips.includes(call.from))
        return setUp(`ip ${call.from} not in whitelist`, `ip ${call.from} 不在白名单`)
      if (keywords.length > 0 && !keywords.some((word) => JSON.stringify(call.json).includes(word)))
        return setUp('keywords not in content', '关键词不匹配')
      const uuid = String(call.json['msgUuid'] ?? '')
      const arrival = { via: 'robot', to: token, text, mentions, body: call.json }
      if (uuid && uuids.has(uuid)) {
        timeline.arrive({ kind: 'repeated', ...arrival })
        return undefined
      }
      if (pace.isOver(token)) return tooFast
      pace.count(token)
      uuids.add(uuid)
      timeline.arrive({ kind: 'taken', ...arrival })
      return undefined
    },
  }
}

/** Sessions and robots alike. */
export function bodyRefusal({ json, bytes }: Call): Refused | undefined {
  if (bytes.length > 20_000) return tooLong
  const type = String(json['msgtype'])
  const fields = required[type]
  if (!fields) return [400105, 'unsupported message type', '不支持的消息类型']
  const message = json[type] as Json | undefined
  return fields.every((name) => message?.[name]) ? undefined : missing
}

/** What is read, and who is notified: an id must be asked for and stand in the text (§6.4). */
export function shown(json: Json): { text: string; mentions: string[] } {
  const message = (json[String(json['msgtype'])] ?? {}) as Json
  const text = String(message['content'] ?? message['text'] ?? '')
  const { atUserIds = [], isAtAll = false } = (json['at'] ?? {}) as {
    atUserIds?: string[]
    isAtAll?: boolean
  }
  const people = atUserIds.filter((id) => text.includes(`@${id}`)).slice(0, 50)
  return { text, mentions: [...(isAtAll ? ['@all'] : []), ...people] }
}

function wronglySigned({ secret }: RobotRules, { query }: Call, clock: Clock): Refused | undefined {
  if (!secret) return undefined
  const timestamp = query.get('timestamp') ?? ''
  const right = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  if (query.get('sign') !== right) return setUp('sign not match', '机器人发送签名不匹配')
  const off = Math.abs(clock.now().getTime() - Number(timestamp))
  return off <= 3_600_000 ? undefined : setUp('invalid timestamp', 'timestamp 无效')
}
