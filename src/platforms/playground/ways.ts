// The playground's robots and apps as settings name them. Their secrets are worth nothing: new ones in every process.
import { randomBytes } from 'node:crypto'
import type { ChannelSettings } from '../channels.ts'

const id = 'playground'
const [clientSecret, appSecret] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')]

/** Under these the playground answers as the two platforms do. */
export const dingtalkPath = '/playground/dingtalk'
export const wecomPath = '/playground/wecom'

/** Where pushes go that the playground is to show. @param origin where the playground itself is reached */
export function playgroundWays(origin: string): ChannelSettings {
  const [dingtalk, wecom] = [origin + dingtalkPath, origin + wecomPath]
  return {
    dingtalk: { oapiBase: dingtalk, apiBase: dingtalk, clientId: id, clientSecret, robotCode: id },
    wecom: { apiBase: wecom, corpId: id, agentId: '1000001', secret: appSecret },
  }
}
