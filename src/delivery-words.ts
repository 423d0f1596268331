// What became of a message, in people's words: its state, and a platform's code as a reason (`domain.md` N22).
import { whoMay } from './campaign/permissions.ts'
import { dateOf, timeOf } from './clock.ts'
import type { Deliveries, Delivery } from './database/deliveries.ts'
import { unbound } from './database/robots.ts'
import type { PushKind } from './database/schema.ts'
import { day } from './wording.ts'

export type Fate = 'accepted' | 'waiting' | 'limited' | 'uncertain' | 'failed' | 'cancelled'

/** In the order in which they are counted. */
export const fates: Record<Fate, string> = {
  accepted: '平台已收',
  waiting: '等待发送',
  limited: '限流等待',
  uncertain: '结果不明',
  failed: '没发出去',
  cancelled: '已取消',
}

export const kinds: Record<PushKind, string> = {
  reminder: '提醒',
  alert: '期限提醒',
  ranking: '排名',
  notice: '通知',
}

const limits = /^(?:45009|45033|90018|130101|302033|410100|flowControlled)$|Qp[sm]Limit|too\.?fast|too\.many/i
const quotas = /^(?:90020|90030)$|ApiCountLimitForOrg/i

export function fateOf({ state, code }: Pick<Delivery, 'state' | 'code'>): Fate {
  if (state === 'sending') return 'waiting'
  if (state !== 'queued') return state
  return code !== null && (limits.test(code) || quotas.test(code)) ? 'limited' : 'waiting'
}

/** The first that fits counts (`protocols/dingtalk.md` §10, `protocols/wecom.md` §5.6). */
const reasons: [code: RegExp, words: string][] = [
  [limits, '发得太快，平台要求等一会儿'],
  [quotas, '平台本月的额度用完了，要买额度或等下月'],
  [/^(?:timeout|15|88)$/, '平台没有回话，不知道送到没有'],
  [/^unknown$/, '发了两次都没有回话，不知道送到没有'],
  [/^(?:network|state)$/, '网络不通'],
  [/^(?:-1|90002)$|system\.?error|serviceBusy|^http-|^5\d\d$/i, '平台忙，没有正常回话'],
  [/^(?:300001|300005|400101|400102|400106|93000|93001|93004|93008)$/, '机器人不存在或已被移除，请重新绑定'],
  [/disbanded|^400013$/i, '群已解散'],
  [
    /openConversationId|conversation\.org|bot\.(?:stopped|forbidden)|robotCode/i,
    '群里的机器人不在了或停用了',
  ],
  [/^sealed$/, '机器人密钥读不出来，请重新绑定'],
  [/^late$/, '停机太久，过了24小时没有发'],
  [/^expired$/, '等了24小时没能发出去'],
  [/^needless$/, '同一个提醒只补发最新一次'],
  [/^in-chat$/, '没有可以私聊的账号，在群里催了'],
  [/^(?:40058|460101|101002|image-too-large)$/, '内容太长'],
  [/^43010[1-4]$|unsafe|notAllowed/i, '内容被平台拦下了'],
  [/user|staff|^81013$/i, '平台上没有这个人，或者应用看不到他'],
  [/^(?:60011|48002)$|Permission/i, '应用没有发消息的权限，请管理员处理'],
  [/^60020$|WhiteList/i, '服务器地址不在应用的白名单里，请管理员处理'],
  [/^bug$/, '系统出错，稍后再试'],
]

/** Why, in words; undefined when nothing went wrong. What the table does not know is told by its code. */
export function reasonOf({
  code,
  reason,
}: {
  code: string | null
  reason: string | null
}): string | undefined {
  if (code === null) return undefined
  if (code === 'no-way') return reason ?? '没有可用的发送通道'
  if (code === '310000') return setUpWrong(reason ?? '')
  return reasons.find(([pattern]) => pattern.test(code))?.[1] ?? `平台拒收，代码${code}`
}

function setUpWrong(reason: string): string {
  if (/sign|签名/i.test(reason)) return '加签密钥不对，请带 SEC 密钥重新绑定'
  if (/keyword|关键词/i.test(reason)) return '机器人设了关键词，消息里没有'
  if (/whitelist|白名单/i.test(reason)) return '机器人限制了IP地址'
  if (/timestamp|时间戳/i.test(reason)) return '服务器时间不对'
  return '机器人的安全设置不让发'
}

/** A chat whose robot is out of use, and what to do about it. */
export function offLine(chat: {
  title: string
  push_off_at: Date | null
  push_off_why: string | null
}): string | undefined {
  if (chat.push_off_at === null) return undefined
  const reason = offReason(chat)
  const since = momentOf(chat.push_off_at)
  return `“${chat.title}”的推送机器人从${since}起停用${reason ? `（${reason}）` : ''}，消息先攒着，攒过24小时的不再发。请${whoMay('bind_robot')}在群里重新添加机器人，再 @我 发“绑定机器人 新地址”。`
}

/** Why a chat's robot is out of use. */
export function offReason({ push_off_why }: { push_off_why: string | null }): string | undefined {
  const why = push_off_why ?? ''
  // The platform's own words begin with the call and the code: robot/send: 300001 ….
  const code = /^[\w/ .-]+: (\S+)/.exec(why)?.[1] ?? (/密钥/.test(why) ? 'sealed' : null)
  return why === unbound ? '已解绑' : reasonOf({ code, reason: why })
}

/** 11月23日 9:00 */
export const momentOf = (moment: Date): string => `${day(dateOf(moment))} ${timeOf(moment).replace(/^0/, '')}`

/** What a message says first, on one line. */
export function firstLine({ said }: Pick<Delivery, 'said'>): string {
  const [first = ''] = (said ?? '').trim().split('\n')
  return first.length > 60 ? `${first.slice(0, 60)}…` : first
}

/** 平台已收3条，没发出去1条。 */
export function countedFates(counts: Deliveries['counts']): string {
  const each = (Object.keys(fates) as Fate[]).flatMap((fate) => {
    const n = totalOf(counts.filter((one) => fateOf(one) === fate))
    return n > 0 ? `${fates[fate]}${n}条` : []
  })
  return each.length > 0 ? `${each.join('，')}。` : '没有发过消息，也没有等着发的。'
}

/** How many there are besides those that are shown. */
export const restOf = ({ shown, counts }: Deliveries): number => totalOf(counts) - shown.length

const totalOf = (counts: { n: number }[]) => counts.reduce((sum, { n }) => sum + n, 0)
