// What the self-built app calls: an access token, message/send and media/upload (protocols/wecom.md §5.1, §5.2).
import { randomUUID } from 'node:crypto'
import { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
import type { State } from '../../state/state.ts'
import { beforehand } from '../beforehand.ts'
import { type Download, download } from '../download.ts'
import { multipart, namedFile, pictureFile, type UploadFile } from '../multipart.ts'
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
/** Seconds in which the same content to the same person is taken for a resend. */
const resendWithin = 600

/** All throw PlatformError with the errcode, and `retryAfter` in seconds where waiting helps; StoreDown. */
export interface WecomApi {
  /**
   * Sends a text to one person.
   * @param content at most 2048 bytes: WeCom cuts what is longer without saying so
   * @param options.onlyOnce WeCom drops it when the person got the same content a moment ago
   * @throws PlatformError also with the code `invaliduser` / `unlicenseduser`: the call was taken, the receiver was not
   */
  sendText(user: string, content: string, options?: { onlyOnce?: boolean }): Promise<void>
  /** Sends a picture that was uploaded; throws as `sendText`. */
  sendImage(user: string, mediaId: string): Promise<void>
  /** Sends a file that was uploaded; throws as `sendText`. */
  sendFile(user: string, mediaId: string): Promise<void>
  /** @returns a media_id, good for three days */
  uploadImage(png: Buffer): Promise<string>
  /** The same; the person sees the name. */
  uploadFile(name: string, bytes: Buffer): Promise<string>
  /** A file that somebody sent to the app. */
  media(mediaId: string): Promise<Download>
}

/** The app as a sender. @param state keeps the access token for all replicas */
export function wecomApi({ corpId, agentId, secret, apiBase }: AppAccount, state: State): WecomApi {
  const key = `wecom:token:${corpId}:${agentId}`

  /** @param refused a token that WeCom did not take: whoever comes first fetches another one, the others use it */
  async function token(refused?: string): Promise<string> {
    const usable = async () => {
      const kept = await state.get(key)
      return kept === refused ? undefined : kept
    }
    return (
      (await usable()) ?? state.exclusively(key, async () => (await usable()) ?? beforehand(fetchToken()))
    )
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

  async function withToken(path: string, body: unknown, { type, headers = {} }: UploadOptions = {}) {
    const post = async (accessToken: string) => {
      const query = new URLSearchParams({ access_token: accessToken, ...(type && { type }) })
      const answer = await call(`${apiBase}${path}?${query}`, body, { headers })
      return accepted(answer, path, [accessToken, secret])
    }
    const first = await token()
    try {
      return await post(first)
    } catch (error) {
      if (!(error instanceof PlatformError) || !tokenRefused.includes(error.code)) throw error
      return await post(await token(first))
    }
  }

  async function media(mediaId: string): Promise<Download> {
    const get = async (accessToken: string) => {
      const query = new URLSearchParams({ access_token: accessToken, media_id: mediaId })
      const got = await download(`${apiBase}/cgi-bin/media/get?${query}`, apiBase)
      const json = refusalIn(got.bytes)
      if (json) accepted({ status: 200, json }, 'media/get', [accessToken, secret])
      return got
    }
    const first = await token()
    try {
      return await get(first)
    } catch (error) {
      if (!(error instanceof PlatformError) || !tokenRefused.includes(error.code)) throw error
      return await get(await token(first))
    }
  }

  /** errcode 0 does not mean that the person was reached. */
  async function send(user: string, message: object): Promise<void> {
    const body = { touser: user, agentid: Number(agentId), ...message }
    const answer = await withToken('/cgi-bin/message/send', body)
    for (const field of ['invaliduser', 'unlicenseduser'])
      if (answer[field]) throw new PlatformError(`message/send: nobody reached (${field})`, field)
  }

  async function upload(type: 'image' | 'file', file: UploadFile): Promise<string> {
    const { body, headers } = multipart('media', file, randomUUID().replaceAll('-', ''))
    return mediaIdOf(await withToken('/cgi-bin/media/upload', body, { type, headers }), 'media/upload')
  }

  return {
    sendText(user, content, { onlyOnce = false } = {}) {
      const once = { enable_duplicate_check: 1, duplicate_check_interval: resendWithin }
      return send(user, { msgtype: 'text', text: { content }, ...(onlyOnce && once) })
    },
    sendImage: (user, mediaId) => send(user, { msgtype: 'image', image: { media_id: mediaId } }),
    media,
    sendFile: (user, mediaId) => send(user, { msgtype: 'file', file: { media_id: mediaId } }),
    uploadImage: (png) => upload('image', pictureFile(png)),
    uploadFile: (name, bytes) => upload('file', namedFile(name, bytes)),
  }
}

/** @throws PlatformError when an upload was taken, and yet there is nothing to send */
export function mediaIdOf({ media_id: id }: Record<string, unknown>, what: string): string {
  if (typeof id !== 'string' || id === '') throw new PlatformError(`${what}: no media_id`, 'no-media-id')
  return id
}

interface UploadOptions {
  type?: string
  headers?: Record<string, string>
}

/** Refusals come as JSON where the file would be; no workbook begins like one. */
function refusalIn(bytes: Buffer): unknown {
  if (bytes.length > 4096 || bytes.at(0) !== 0x7b) return undefined
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}
