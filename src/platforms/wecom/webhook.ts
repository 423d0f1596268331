// A group's webhook as a way out: 20 messages a minute, no answer but an errcode (protocols/wecom.md §4).
import { createHash, randomUUID } from 'node:crypto'
import type { Channel } from '../../channel.ts'
import { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
import { beforehand } from '../beforehand.ts'
import { multipart, namedFile } from '../multipart.ts'
import { fileBytes } from '../page-address.ts'
import { mediaIdOf } from './api.ts'
import { accepted } from './errcode.ts'
import { type WebhookPart, webhookParts } from './webhook-render.ts'

/** 18 a minute at most, never 20 (§4.3). */
const gapMs = 3_400
const maxImageBytes = 2 * 1024 * 1024

/** @param key the webhook's whole credential; it stands in the address and nowhere else */
export function groupWebhook({ key, apiBase }: { key: string; apiBase: string }): Channel {
  return {
    gapMs,
    parts: webhookParts,
    async send(part) {
      const body = await bodyOf(part as WebhookPart)
      const url = `${apiBase}/cgi-bin/webhook/send?${new URLSearchParams({ key })}`
      accepted(await call(url, body), 'webhook/send', [key])
    },
  }

  /** What is sent in the place of a file is good for this webhook only (§4.2). */
  async function upload({ name, data }: { name: string; data: string }): Promise<string> {
    const file = namedFile(name, fileBytes('webhook/upload_media', data))
    const { body, headers } = multipart('media', file, randomUUID().replaceAll('-', ''))
    const url = `${apiBase}/cgi-bin/webhook/upload_media?${new URLSearchParams({ key, type: 'file' })}`
    return mediaIdOf(accepted(await call(url, body, { headers }), 'upload_media', [key]), 'upload_media')
  }

  async function bodyOf(part: WebhookPart): Promise<object> {
    if (part.msgtype !== 'file') return withPicture(part)
    return { msgtype: 'file', file: { media_id: await beforehand(upload(part.file)) } }
  }
}

function withPicture(part: WebhookPart): object {
  if (part.msgtype !== 'image') return part
  const bytes = Buffer.from(part.image.base64, 'base64')
  if (bytes.length > maxImageBytes)
    throw new PlatformError(`webhook/send: a picture of ${bytes.length} bytes, over 2 MB`, 'image-too-large')
  // §4.1: of the raw bytes; base64 without line breaks.
  const md5 = createHash('md5').update(bytes).digest('hex')
  return { msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } }
}
