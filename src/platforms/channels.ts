// From an address to the way there: a group's own robot, or an app that writes to groups and people.
import type { Channel, Channels } from '../channel.ts'
import type { PlatformTools } from '../platform.ts'
import { openApi } from './dingtalk/api.ts'
import { apiChannel } from './dingtalk/api-channel.ts'
import { customRobot } from './dingtalk/custom-robot.ts'
import { wecomApi } from './wecom/api.ts'
import { appChannel } from './wecom/app-channel.ts'
import { groupWebhook } from './wecom/webhook.ts'

/** Empty credentials = that way is off. Robots of groups bring their own and need none. */
export interface ChannelSettings {
  dingtalk: { oapiBase: string; apiBase: string; clientId: string; clientSecret: string; robotCode: string }
  wecom: { apiBase: string; corpId: string; agentId: string; secret: string }
}

/**
 * The ways out. Access tokens are those of the answering adapters: they lie in `state` under the same keys.
 * @param tools `clock`: real time
 */
export function openChannels(
  { dingtalk, wecom }: ChannelSettings,
  { state, clock, log }: Pick<PlatformTools, 'state' | 'clock' | 'log'>,
): Channels {
  const { oapiBase } = dingtalk
  const dingtalkApi = dingtalk.clientId && dingtalk.clientSecret ? openApi(dingtalk, state) : undefined
  const app = wecom.corpId && wecom.agentId && wecom.secret ? wecomApi(wecom, state) : undefined

  return (address): Channel | undefined => {
    if (address.platform === 'dingtalk') {
      if (address.kind === 'group' && address.robot)
        return 'token' in address.robot ? customRobot(address.robot, { oapiBase, clock, log }) : undefined
      return dingtalkApi && apiChannel(dingtalkApi, address)
    }
    if (address.kind === 'person') return app && appChannel(app, address.userid)
    // §5.4: an app reaches only groups that it made itself, and smart robots cannot speak first in URL mode (§6).
    if (!address.robot || !('key' in address.robot)) return undefined
    return groupWebhook({ key: address.robot.key, apiBase: wecom.apiBase })
  }
}
