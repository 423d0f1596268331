// Files that people send: their code is exchanged for an address, which is good for a short time (`protocols/dingtalk.md` §4.2).
import { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
import type { State } from '../../state/state.ts'
import { download } from '../download.ts'
import { apiRefusal, field } from './refusal.ts'
import { accessToken, type TokenSettings } from './token.ts'

const path = '/v1.0/robot/messageFiles/download'

/** @returns a function that gives the bytes; it throws PlatformError, and UserError when they are too many */
export function incomingFiles(settings: TokenSettings & { robotCode: string }, state: State) {
  const { apiBase, robotCode } = settings
  const token = accessToken(settings, state)
  return async (downloadCode: string): Promise<Buffer> => {
    const ask = (accessToken: string) =>
      call(
        `${apiBase}${path}`,
        { downloadCode, robotCode },
        { headers: { 'x-acs-dingtalk-access-token': accessToken } },
      )
    const first = await token()
    let answer = await ask(first)
    if (answer.status === 401) answer = await ask(await token(first))
    const address = field(answer.json, 'downloadUrl')
    if (answer.status >= 300) throw apiRefusal(path, answer)
    if (typeof address !== 'string') throw new PlatformError(`${path}: no downloadUrl`, 'no-address')
    return (await download(address, apiBase)).bytes
  }
}
