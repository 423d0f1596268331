// Sending without having been asked, or after the answer's own way has closed (`protocols/dingtalk.md` §8).
import { randomUUID } from 'node:crypto'
import { PlatformError } from '../../errors.ts'
import { type Answer, call } from '../../http.ts'
import type { State } from '../../state/state.ts'
import { multipart, namedFile, pictureFile, type UploadFile } from '../multipart.ts'
import { apiRefusal, field, webhookRefusal } from './refusal.ts'
import type { ApiMessage } from './render.ts'
import { accessToken, type TokenSettings } from './token.ts'

/** Seconds until a person who got too much lately may be written to again. */
const afterFlowControl = 60

export interface ApiSettings extends TokenSettings {
  robotCode: string
  /** Origin of the old API, where pictures and files are uploaded; absent = that of the new one. */
  oapiBase?: string
}

/** All throw PlatformError: with `retryAfter` when DingTalk is busy or throttles, without when a person must act. */
export interface Api {
  /** @param conversationId as in the group's callbacks; the robot must be in that group (§8.2) */
  sendToGroup(conversationId: string, message: ApiMessage): Promise<void>
  /** @param staffId a member of the organisation (§8.3) */
  sendToPerson(staffId: string, message: ApiMessage): Promise<void>
  /** @returns the id for `photoURL` of sampleImageMsg, with its leading @ (§8.5) */
  uploadImage(png: Buffer): Promise<string>
  /** @returns the id for `mediaId` of sampleFile, as it is given (§8.5) */
  uploadFile(name: string, bytes: Buffer): Promise<string>
}

export function openApi(settings: ApiSettings, state: State): Api {
  const { apiBase, robotCode, oapiBase = apiBase } = settings
  const token = accessToken(settings, state)

  const callApi = async (path: string, body: object): Promise<Answer> => {
    const send = (accessToken: string) =>
      call(`${apiBase}${path}`, body, { headers: { 'x-acs-dingtalk-access-token': accessToken } })
    const first = await token()
    let answer = await send(first)
    if (tokenRefused(answer)) answer = await send(await token(first))
    // A ban page and a gateway's own page come with all kinds of statuses; only this key says that it was taken.
    if (answer.status >= 300 || field(answer.json, 'processQueryKey') === undefined)
      throw apiRefusal(path, answer)
    return answer
  }

  async function upload(type: 'image' | 'file', file: UploadFile): Promise<string> {
    // The old API wants the token in the address. `type` as well, or it may be missed (§8.5: 40004).
    const post = async (accessToken: string) => {
      const query = new URLSearchParams({ access_token: accessToken, type })
      const { body, headers } = multipart('media', file, randomUUID().replaceAll('-', ''))
      return call(`${oapiBase}/media/upload?${query}`, body, { headers })
    }
    let used = await token()
    let answer = await post(used)
    if (oldTokenRefused.has(Number(field(answer.json, 'errcode')))) {
      used = await token(used)
      answer = await post(used)
    }
    const refusal = webhookRefusal(answer, 'media/upload', [used])
    if (refusal) throw refusal
    const id = field(answer.json, 'media_id')
    if (typeof id !== 'string' || id === '')
      throw new PlatformError('media/upload: no media_id', 'no-media-id')
    return id
  }

  return {
    async sendToGroup(openConversationId, message) {
      await callApi('/v1.0/robot/groupMessages/send', { robotCode, openConversationId, ...message })
    },
    async sendToPerson(staffId, message) {
      const path = '/v1.0/robot/oToMessages/batchSend'
      const { json } = await callApi(path, { robotCode, userIds: [staffId], ...message })
      // Refused for one person, the call still counts as a success.
      if (lists(json, 'flowControlledStaffIdList'))
        throw new PlatformError('this person is sent too much', 'flowControlled', afterFlowControl)
      if (lists(json, 'invalidStaffIdList')) throw new PlatformError('no such person', 'invalidStaffId')
    },
    uploadImage: (png) => upload('image', pictureFile(png)),
    uploadFile: (name, bytes) => upload('file', namedFile(name, bytes)),
  }
}

/** What the old API answers to a token that it does not take (§8.1). */
const oldTokenRefused = new Set([40001, 40014, 42001])

const tokenRefused = ({ status, json }: Answer): boolean =>
  status === 401 || String(field(json, 'code')).toLowerCase() === 'invalidauthentication'

function lists(json: unknown, name: string): boolean {
  const list = field(json, name)
  return Array.isArray(list) && list.length > 0
}
