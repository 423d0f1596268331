// Which platforms are on: those that have credentials.
import type { Config } from '../config.ts'
import type { PlatformName } from '../message.ts'
import type { Platform, PlatformTools } from '../platform.ts'
import type { ChannelSettings } from './channels.ts'
import { dingtalk } from './dingtalk/dingtalk.ts'
import { wecomApp } from './wecom/app.ts'
import { wecomRobot } from './wecom/robot.ts'

export function platformsOf(config: Config, tools: PlatformTools): Platform[] {
  const platforms: Platform[] = []
  if (config.DINGTALK_CLIENT_ID)
    platforms.push(
      dingtalk(
        {
          clientId: config.DINGTALK_CLIENT_ID,
          clientSecret: config.DINGTALK_CLIENT_SECRET,
          robotCode: config.DINGTALK_ROBOT_CODE,
          apiBase: config.DINGTALK_API_BASE,
          oapiBase: config.DINGTALK_OAPI_BASE,
        },
        tools,
      ),
    )
  if (config.WECOM_BOT_TOKEN)
    platforms.push(
      wecomRobot(
        {
          token: config.WECOM_BOT_TOKEN,
          aesKey: config.WECOM_BOT_AES_KEY,
          botId: config.WECOM_BOT_ID,
          apiBase: config.WECOM_API_BASE,
          fileBases: config.WECOM_FILE_BASE ? [config.WECOM_FILE_BASE] : [],
        },
        tools,
      ),
    )
  if (config.WECOM_CORP_ID)
    platforms.push(
      wecomApp(
        {
          corpId: config.WECOM_CORP_ID,
          agentId: config.WECOM_AGENT_ID,
          secret: config.WECOM_APP_SECRET,
          token: config.WECOM_APP_TOKEN,
          aesKey: config.WECOM_APP_AES_KEY,
          apiBase: config.WECOM_API_BASE,
        },
        tools,
      ),
    )
  return platforms
}

/** Where pushes go, by the configuration. */
export function channelSettings(config: Config): ChannelSettings {
  return {
    dingtalk: {
      clientId: config.DINGTALK_CLIENT_ID,
      clientSecret: config.DINGTALK_CLIENT_SECRET,
      robotCode: config.DINGTALK_ROBOT_CODE || config.DINGTALK_CLIENT_ID,
      apiBase: config.DINGTALK_API_BASE,
      oapiBase: config.DINGTALK_OAPI_BASE,
    },
    wecom: {
      corpId: config.WECOM_CORP_ID,
      agentId: config.WECOM_AGENT_ID,
      secret: config.WECOM_APP_SECRET,
      apiBase: config.WECOM_API_BASE,
    },
  }
}

/** On which platforms people can be written to privately. */
export function privateOn({ dingtalk, wecom }: ChannelSettings): PlatformName[] {
  return [
    ...(dingtalk.clientId ? (['dingtalk'] as const) : []),
    ...(wecom.agentId && wecom.secret ? (['wecom'] as const) : []),
  ]
}
