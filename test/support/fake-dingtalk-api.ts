// DingTalk's OpenAPI: tokens, messages to groups and people, pictures and files, 20 calls a second, a monthly quota
// (`protocols/dingtalk.md` §8, §10.1, §10.4).
import type { Clock } from '../../src/clock.ts'
import type { Call, Json, Outcome } from './fake-server.ts'
import { counting, type Timeline } from './fake-timeline.ts'
import { type Uploaded, uploadedIn } from './fake-upload.ts'

export const clientId = 'dingtestclientid01'
export const clientSecret = 'canary-client-secret-0001'

const messageKeys = ['sampleText', 'sampleMarkdown', 'sampleImageMsg', 'sampleFile']
const fileTypes = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx']
const maxUpload = 20 * 1024 * 1024

export const refuse = (code: string, message: string, status = 400): Outcome => ({
  status,
  json: { code, message, requestid: '11111111-2222-3333-4444-555555555555' },
})
const denied = (what: string) => refuse(`Forbidden.AccessDenied.${what}`, 'denied', 403)

/** @param onDelivery is told of what was taken */
export function fakeOpenApi(
  clock: Clock,
  timeline: Timeline,
  { qps, onDelivery }: { qps: number; onDelivery(via: 'group' | 'person', to: string, body: Json): void },
) {
  const tokens = new Map<string, number>()
  const media = new Map<string, Buffer>()
  const files = new Map<string, Uploaded>()
  const unreachable = { invalid: new Set<string>(), flowControlled: new Set<string>() }
  const pace = counting(clock, qps, 1_000)
  const now = () => clock.now().getTime()
  let issued = 0
  const isGood = (token: unknown) => (tokens.get(String(token)) ?? 0) > now()

  const api = {
    /** Calls that are left this month. */
    quota: Number.POSITIVE_INFINITY,
    media,
    files,
    unreachable,
    revokeTokens: () => tokens.clear(),

    giveToken({ json: body }: Call): Outcome {
      if (body['appKey'] !== clientId || body['appSecret'] !== clientSecret)
        return refuse('invalidClientIdOrSecret', `no such client: ${body['appSecret']}`)
      issued += 1
      const accessToken = `canary-access-token-${String(issued).padStart(4, '0')}`
      tokens.set(accessToken, now() + 7_200_000)
      return { json: { accessToken, expireIn: 7200 } }
    },

    message(via: 'group' | 'person', { path, headers, json: body }: Call): Outcome {
      const token = headers['x-acs-dingtalk-access-token']
      if (!isGood(token)) return refuse('InvalidAuthentication', `token ${token} is not valid`, 401)
      if (pace.isOver(path)) return denied('QpsLimitForAppkeyAndApi')
      pace.count(path)
      if (api.quota <= 0) return denied('ApiCountLimitForOrg')
      const refusal = refusalOf(via, body, (id) => media.has(id) || files.has(id))
      if (refusal) return refuse(refusal, 'refused')
      api.quota -= 1
      const [to = '', ...more] = via === 'group' ? [String(body['openConversationId'])] : people(body)
      const lists = {
        invalidStaffIdList: people(body).filter((id) => unreachable.invalid.has(id)),
        flowControlledStaffIdList: people(body).filter((id) => unreachable.flowControlled.has(id)),
      }
      const missed = Object.values(lists).flat()
      for (const one of [to, ...more].filter((id) => !missed.includes(id))) {
        timeline.arrive({ kind: 'taken', via, to: one, text: textOf(body), mentions: [], body })
        onDelivery(via, one, body)
      }
      return { json: { processQueryKey: `key-${timeline.entries.length}`, ...(via === 'person' && lists) } }
    },

    async upload(call: Call): Promise<Outcome> {
      const { query } = call
      if (!isGood(query.get('access_token')))
        return { json: { errcode: 40014, errmsg: `不合法的access_token ${query.get('access_token')}` } }
      const type = query.get('type')
      if (type !== 'image' && type !== 'file')
        return { json: { errcode: 40004, errmsg: '不合法的媒体文件类型' } }
      const file = await uploadedIn(call)
      if (!file) return { json: { errcode: 40035, errmsg: 'media: no file' } }
      if (file.bytes.length > maxUpload) return { json: { errcode: 40009, errmsg: '不合法的图片大小' } }
      const id = `@lALfake${media.size + files.size + 1}`
      if (type === 'image') media.set(id, file.bytes)
      else files.set(id, file)
      return { json: { errcode: 0, errmsg: 'ok', type, media_id: id, created_at: now() } }
    },
  }
  return api
}

const people = (body: Json): string[] => (Array.isArray(body['userIds']) ? body['userIds'] : [])

/** What the reader sees. */
export function textOf(body: Json): string {
  const { content, text, photoURL, fileName } = JSON.parse(String(body['msgParam'])) as Record<string, string>
  return content ?? text ?? `[${photoURL ?? fileName}]`
}

/** Checked in the order in which the real service complains (§10.4). */
function refusalOf(
  via: 'group' | 'person',
  body: Json,
  isUploaded: (id: string) => boolean,
): string | undefined {
  if (body['robotCode'] !== clientId) return 'invalidParameter.robotCode.notExsit'
  if (!messageKeys.includes(String(body['msgKey']))) return 'invalidParameter.msgKey.invalid'
  if (typeof body['msgParam'] !== 'string') return 'invalidParameter.msgParam.invalid'
  if (Buffer.byteLength(body['msgParam']) > 15_000) return 'invalidParameter.msgParam.tooLong'
  const {
    photoURL,
    mediaId,
    fileName,
    fileType = '',
  } = JSON.parse(body['msgParam']) as Record<string, string>
  if (body['msgKey'] === 'sampleImageMsg' && !isUploaded(photoURL ?? '')) return 'resource.not.found'
  if (body['msgKey'] === 'sampleFile') {
    if (!isUploaded(mediaId ?? '')) return 'resource.not.found'
    if (!fileName || !fileTypes.includes(fileType)) return 'invalidParameter.msgParam.invalid'
  }
  if (via === 'group') return body['openConversationId'] ? undefined : 'miss.openConversationId'
  const userIds = body['userIds']
  if (!Array.isArray(userIds) || userIds.length === 0) return 'invalidParameter.userIds.empty'
  return userIds.length > 20 ? 'invalidParameter.userIds.overMax' : undefined
}
