// What the self-built app calls: an access token and message/send (protocols/wecom.md §5.1, §5.2).
import { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
import type { State } from '../../state/state.ts'
import { accepted, tokenRefused } from './errcode.ts'

export interface AppAccount {
  corpId: string
  /** Decimal digits. */
  agentId: string
  secret: string
  apiBase: string
}

/** A token is replaced this many seconds before it runs out. */
const early = 300
const usualLifetime = 7_200

/** The app as a sender. @param state keeps the access token for all replicas */
export function wecomApi({ corpId, agentId, secret, apiBase }: AppAccount, state: State) {
  const key = `wecom:token:${corpId}:${agentId}`

  /** @param refused a token that WeCom did not take: whoever comes first fetches another one, the others use it */
  async function token(refused?: string): Promise<string> {
    const usable = async () => {
      const kept = await state.get(key)
      return kept === refused ? undefined : kept
    }
    return (await usable()) ?? state.exclusively(key, async () => (await usable()) ?? fetchToken())
  }

  async function fetchToken(): Promise<string> {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
    const answer = accepted(await call(`${apiBase}/cgi-bin/gettoken?${query}`), 'gettoken', [secret])
    const { access_token: fresh, expires_in: lifetime } = answer
    if (typeof fresh !== 'string' || fresh === '') throw new PlatformError('gettoken: no token', 'no-token')
    const seconds = typeof lifetime === 'number' && lifetime > 0 ? lifetime : usualLifetime
    await state.put(key, fresh, Math.max(1, Math.floor(seconds - early)))
    return fresh
  }

  async function post(path: string, body: unknown, accessToken: string) {
    const query = new URLSearchParams({ access_token: accessToken })
    return accepted(await call(`${apiBase}${path}?${query}`, body), path, [accessToken, secret])
  }

  async function withToken(path: string, body: unknown) {
    const first = await token()
    try {
      return await post(path, body, first)
    } catch (error) {
      if (!(error instanceof PlatformError) || !tokenRefused.includes(error.code)) throw error
      return await post(path, body, await token(first))
    }
  }

  return {
    /**
     * Sends a text to one person.
     * @param content at most 2048 bytes: WeCom cuts what is longer without saying so
     * @throws PlatformError with the errcode (`retryAfter` in seconds where waiting helps), or with the code
     * `invaliduser` / `unlicenseduser` when WeCom took the call but not the receiver
     */
    async sendText(user: string, content: string): Promise<void> {
      const body = { touser: user, msgtype: 'text', agentid: Number(agentId), text: { content } }
      const answer = await withToken('/cgi-bin/message/send', body)
      for (const field of ['invaliduser', 'unlicenseduser'])
        if (answer[field]) throw new PlatformError(`message/send: nobody reached (${field})`, field)
    },
  }
}
