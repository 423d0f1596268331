// The clerk's morning note: by chat what did not go out and why; and when DingTalk's month is nearly used up.
import type { Trouble, Usage } from './database/delivery-troubles.ts'
import { fateOf, fates, reasonOf } from './delivery-words.ts'
import { lines, type Reply } from './message.ts'
import { day } from './wording.ts'

const mostChats = 15

/** One line a chat: 汝河路街道攻坚群：没发出去2条（…），等待发送1条（…） (`domain.md` N22). */
export function noteOf(troubles: Trouble[], today: string): Reply {
  const chats = [...new Set(troubles.map(({ chat }) => chat))]
  const told = chats.slice(0, mostChats).map((chat) => {
    const parts = troubles.filter((one) => one.chat === chat).map(partOf)
    return `${chat ?? '私聊'}：${parts.join('，')}`
  })
  const more = chats.length > mostChats ? [`还有${chats.length - mostChats}个群也有。`] : []
  return lines([...told, ...more, '看是哪些，回“送达”。'], `送达情况（${day(today)}）`)
}

function partOf(trouble: Trouble): string {
  const why = trouble.off ? '机器人停用，请重新绑定' : reasonOf(trouble)
  return `${fates[fateOf(trouble)]}${trouble.n}条${why ? `（${why}）` : ''}`
}

const kinds = { webhook: 'Webhook', api: 'API调用' } as const

/** From 80 % on; a quota of 0 is none (`protocols/dingtalk.md` §10.1). */
export function quotaWarnings(usage: Usage, quotas: Usage): { kind: keyof Usage; text: string }[] {
  return (['webhook', 'api'] as const).flatMap((kind) => {
    const [used, most] = [usage[kind], quotas[kind]]
    if (most === 0 || used * 10 < most * 8) return []
    const share = Math.floor((used * 100) / most)
    return {
      kind,
      text: `钉钉本月的${kinds[kind]}额度（整个组织合用${most}次）已用约${used}次，${share}%；别的应用用的我看不到。用完后${after[kind]}，下月1日恢复。请联系钉钉管理员购买额度，或少设提醒。`,
    }
  })
}

const after = {
  webhook: '我收不到也回不了钉钉群里的话',
  api: '私聊通知和没绑定机器人的群就收不到推送',
} as const
