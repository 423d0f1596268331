// The self-built app as a way out, to people (protocols/wecom.md §5.2).
import type { Channel } from '../../channel.ts'
import { PlatformError } from '../../errors.ts'
import { beforehand, withState } from '../beforehand.ts'
import { fileBytes, isSendable, wordsOf } from '../page-address.ts'
import type { WecomApi } from './api.ts'
import { renderText } from './render.ts'

/** Per app: far from 10 000 calls a minute; one person's 30 a minute are kept by the outbox (§5.5). */
const gapMs = 50
/** §5.2 */
const maxImageBytes = 10 * 1024 * 1024

type Part = { text: string } | { png: string } | { file: { name: string; data: string } }

/** Text only: markdown is not shown in the WeChat plug-in, where many people read it. */
export function appChannel(api: WecomApi, user: string): Channel {
  return {
    gapMs,
    parts: (reply): Part[] => [
      ...renderText(wordsOf(reply)).map((text) => ({ text })),
      ...reply.blocks.flatMap((block): Part[] => {
        if (block.kind === 'image') return [{ png: block.png }]
        if (block.kind !== 'file' || !isSendable(block)) return []
        return [{ file: { name: block.name, data: block.data } }]
      }),
    ],
    send: (part) => withState(sendPart(part as Part)),
  }

  async function sendPart(part: Part): Promise<void> {
    // Of a resend only the part with the number differs, by its 「（可能重复）」: WeCom drops the others, no more.
    if ('text' in part) return api.sendText(user, part.text, { onlyOnce: true })
    if ('file' in part) {
      const file = fileBytes('media/upload', part.file.data)
      return api.sendFile(user, await beforehand(api.uploadFile(part.file.name, file)))
    }
    const bytes = Buffer.from(part.png, 'base64')
    if (bytes.length > maxImageBytes)
      throw new PlatformError(
        `media/upload: a picture of ${bytes.length} bytes, over 10 MB`,
        'image-too-large',
      )
    await api.sendImage(user, await beforehand(api.uploadImage(bytes)))
  }
}
