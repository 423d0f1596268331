// A group's webhook as a way out: 20 messages a minute, no answer but an errcode (protocols/wecom.md §4).
import { createHash } from 'node:crypto'
import type { Channel } from '../../channel.ts'
import { PlatformError } from '../../errors.ts'
import { call } from '../../http.ts'
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
      const body = bodyOf(part as WebhookPart)
      const url = `${apiBase}/cgi-bin/webhook/send?${new URLSearchParams({ key })}`
      accepted(await call(url, body), 'webhook/send', [key])
    },
  }
}

function bodyOf(part: WebhookPart): object {
  if (part.msgtype !== 'image') return part
  const bytes = Buffer.from(part.image.base64, 'base64')
  if (bytes.length > maxImageBytes)
    throw new PlatformError(`webhook/send: a picture of ${bytes.length} bytes, over 2 MB`, 'image-too-large')
  // §4.1: of the raw bytes; base64 without line breaks.
  const md5 = createHash('md5').update(bytes).digest('hex')
  return { msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } }
}
