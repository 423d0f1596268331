// The access token of the OpenAPI: one for all replicas, asked for once (`protocols/dingtalk.md` §8.1).
import { call } from '../../http.ts'
import type { State } from '../../state/state.ts'
import { beforehand } from '../beforehand.ts'
import { apiRefusal, field } from './refusal.ts'

/** A token is replaced this many seconds before it runs out. */
const early = 300

export interface TokenSettings {
  clientId: string
  clientSecret: string
  /** Origin of the OpenAPI. */
  apiBase: string
}

/** @param refused a token DingTalk no longer accepts: another one is wanted */
export type AccessToken = (refused?: string) => Promise<string>

/** The returned function throws PlatformError when no token is given, StoreDown when the state is out of reach. */
export function accessToken({ clientId, clientSecret, apiBase }: TokenSettings, state: State): AccessToken {
  const key = `dingtalk:token:${clientId}`
  let asking: Promise<string> | undefined

  const ask = async (): Promise<string> => {
    const answer = await call(`${apiBase}/v1.0/oauth2/accessToken`, {
      appKey: clientId,
      appSecret: clientSecret,
    })
    const token = field(answer.json, 'accessToken')
    if (typeof token !== 'string' || token === '') throw apiRefusal('accessToken', answer)
    const lifetime = Number(field(answer.json, 'expireIn')) || 0
    // One that lives too short to be kept still serves the call it was asked for.
    if (lifetime > early) await state.put(key, token, lifetime - early)
    return token
  }

  return async (refused) => {
    const kept = await state.get(key)
    if (kept !== undefined && kept !== refused) return kept
    asking ??= beforehand(ask()).finally(() => {
      asking = undefined
    })
    return asking
  }
}
