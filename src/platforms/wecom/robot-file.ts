// A file that somebody sends to the smart robot: its address is good for five minutes, and what lies there is sealed with
// the callback's key (protocols/wecom.md §3.3).
import { createDecipheriv } from 'node:crypto'
import { PlatformError, UserError } from '../../errors.ts'
import { isOurs } from '../../http.ts'
import type { IncomingFile } from '../../message.ts'
import { download } from '../download.ts'

export interface RobotFiles {
  aesKey: string
  apiBase: string
  /** Origins of the storage where files may lie besides the API. */
  fileBases: string[]
  /** Told of an origin that is none of these. */
  onForeign(origin: string): void
}

/** Its name is known with the bytes only. */
export function robotFile(url: string, { aesKey, apiBase, fileBases, onForeign }: RobotFiles): IncomingFile {
  const file: IncomingFile = {
    async fetch() {
      if (!isOurs(url, apiBase, ...fileBases)) {
        onForeign(URL.canParse(url) ? new URL(url).origin : 'none')
        throw new UserError(
          '企业微信放文件的地址还没有放行，文件取不下来。请管理员在 .env 里填 WECOM_FILE_BASE，或者用 npm run load 导入。',
        )
      }
      const { bytes, name } = await download(url, apiBase)
      if (name !== undefined) file.name = name
      return opened(bytes, aesKey)
    },
  }
  return file
}

/** AES-256-CBC; the padding fills blocks of 32 bytes. */
export function opened(sealed: Buffer, aesKey: string): Buffer {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const padded = Buffer.concat([decipher.update(sealed), decipher.final()])
    const padding = padded.at(-1) ?? 0
    const tail = padded.subarray(padded.length - padding)
    if (padding >= 1 && padding <= 32 && tail.every((byte) => byte === padding))
      return padded.subarray(0, padded.length - padding)
  } catch {
    // Not whole blocks.
  }
  throw new PlatformError('a file cannot be opened: another EncodingAESKey?', 'file-seal')
}
