// The address of a page in a reply, made fit for every place in which it may stand; what stands for a picture or file.
import { PlatformError } from '../errors.ts'
import type { Block, Reply } from '../message.ts'

const longest = 1_000

/**
 * @returns the address with everything encoded that ends a Markdown link, is markup, or could pass for a mention;
 * undefined for what is not a web page
 */
export function pageAddress(link: string | undefined): string | undefined {
  if (!link || !URL.canParse(link)) return undefined
  const { protocol, username, password, href } = new URL(link)
  if (!/^https?:$/.test(protocol) || username || password) return undefined
  const encoded = href.replace(
    /[()[\]<>@*`|\\^{}"'~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return encoded.length <= longest ? encoded : undefined
}

/** What the link is called. */
export const pageName = '查看详情'

/** A picture where none can be shown. */
export const pictureLine = (alt: string): string => `［图］${alt}`

/** A file where none can be sent. */
export const fileLine = (name: string): string => `［文件］${name}`

/** What the link to a file is called; how long it is good for, `src/attachments.ts` decides. */
export const fileLinkName = '下载（24小时内有效）'

/** Under a file that can be had neither here nor by a link. */
export const filePrivately = '（这里发不了文件，请私聊我要）'

/** The most that any platform takes as a file (`protocols/dingtalk.md` §8.5, `protocols/wecom.md` §4.2, §5.2). */
const maxFileBytes = 20 * 1024 * 1024

/** Of base64. */
export const sizeOf = (data: string): number =>
  Math.floor((data.length * 3) / 4) - (data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0)

type FileBlock = Extract<Block, { kind: 'file' }>

/** Whether a file goes as such: one that is too large goes as a link, where it has one. */
export const isSendable = ({ data, url }: FileBlock): boolean =>
  sizeOf(data) <= maxFileBytes || pageAddress(url) === undefined

/** @throws PlatformError when a platform would not take it */
export function fileBytes(call: string, data: string): Buffer {
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > maxFileBytes)
    throw new PlatformError(`${call}: a file of ${bytes.length} bytes, over 20 MB`, 'file-too-large')
  return bytes
}

/** A reply without the pictures and files that are sent beside its words. */
export const wordsOf = (reply: Reply): Reply => ({
  ...reply,
  blocks: reply.blocks.filter(
    (block) => block.kind !== 'image' && !(block.kind === 'file' && isSendable(block)),
  ),
})
