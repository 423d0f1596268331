// The app's robot as a way out, to groups and people (`protocols/dingtalk.md` §8.2, §8.3).
import type { Address, Channel } from '../../channel.ts'
import { PlatformError } from '../../errors.ts'
import { everyone, type Reply } from '../../message.ts'
import { beforehand, withState } from '../beforehand.ts'
import { fileBytes, isSendable, wordsOf } from '../page-address.ts'
import type { Api } from './api.ts'
import { type ApiMessage, apiMessage, parts } from './render.ts'

/** 20 calls a second for the whole app (§10.1); a picture or file takes two. */
const gapMs = 100
/** §8.5 */
const maxImageBytes = 20 * 1024 * 1024

type Part = ApiMessage | { png: string } | { file: { name: string; data: string } }

export function apiChannel(api: Api, address: Address): Channel {
  const send = (message: ApiMessage): Promise<void> =>
    address.kind === 'group'
      ? api.sendToGroup(address.chatId, message)
      : api.sendToPerson(address.userid, message)
  return {
    gapMs,
    parts: (reply): Part[] => {
      const words = wordsOf(reply)
      const beside = reply.blocks.flatMap((block): Part[] => {
        if (block.kind === 'image') return [{ png: block.png }]
        if (block.kind !== 'file' || !isSendable(block)) return []
        return [{ file: { name: block.name, data: block.data } }]
      })
      return [...parts(address.kind === 'group' ? called(words) : words).map(apiMessage), ...beside]
    },
    send: (part) => withState(sendPart(part as Part)),
  }

  async function sendPart(part: Part): Promise<void> {
    if ('file' in part) return sendFile(part.file)
    if (!('png' in part)) return send(part)
    const bytes = Buffer.from(part.png, 'base64')
    if (bytes.length > maxImageBytes)
      throw new PlatformError(
        `media/upload: a picture of ${bytes.length} bytes, over 20 MB`,
        'image-too-large',
      )
    const photoURL = await beforehand(api.uploadImage(bytes))
    await send({ msgKey: 'sampleImageMsg', msgParam: JSON.stringify({ photoURL }) })
  }

  async function sendFile({ name, data }: { name: string; data: string }): Promise<void> {
    const mediaId = await beforehand(api.uploadFile(name, fileBytes('media/upload', data)))
    const fileType = name.split('.').at(-1)?.toLowerCase() ?? ''
    await send({ msgKey: 'sampleFile', msgParam: JSON.stringify({ mediaId, fileName: name, fileType }) })
  }
}

/** Nobody can be mentioned this way (§8.2): who is meant is written down. */
function called({ mention = [], ...reply }: Reply): Reply {
  if (mention.length === 0) return reply
  const names = [...new Set(mention)].map((id) => (id === everyone ? '＠所有人' : `＠${id}`)).join(' ')
  const [first, ...rest] = reply.blocks
  if (!reply.title && first?.kind === 'text')
    return { ...reply, blocks: [{ kind: 'text', text: `${names} ${first.text}` }, ...rest] }
  return { ...reply, blocks: [{ kind: 'text', text: names }, ...reply.blocks] }
}
