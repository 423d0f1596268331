// Files that visitors send: kept for the adapters to fetch, as a platform keeps them. In memory, the last few only.
import { createCipheriv, randomBytes } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Context } from 'koa'

const mostFiles = 20
const mostBytes = 64 << 20
const sentPath = '/playground/sent'

export interface SentFile {
  name: string
  bytes: Buffer
}

export interface SentFiles {
  /** @returns an id that nobody can guess */
  add(file: SentFile): string
  get(id: string): SentFile | undefined
}

export function sentFiles(): SentFiles {
  const files = new Map<string, SentFile>()
  return {
    add(file) {
      const id = randomBytes(18).toString('base64url')
      files.set(id, file)
      let size = [...files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
      for (const [old, { bytes }] of files) {
        if (files.size <= mostFiles && size <= mostBytes) break
        files.delete(old)
        size -= bytes.length
      }
      return id
    },
    get: (id) => files.get(id),
  }
}

/** Where DingTalk's adapter finds a file as it is. */
export const plainAddress = (origin: string, id: string) => `${origin}${sentPath}/dingtalk/${id}`
/** Where WeCom's finds it sealed. */
export const sealedAddress = (origin: string, id: string) => `${origin}${sentPath}/wecom/${id}`

export function servePlain(router: Router, files: SentFiles): void {
  router.get(`${sentPath}/dingtalk/:id`, (ctx) => {
    const file = files.get(ctx.params['id'] ?? '')
    if (file) give(ctx, file.bytes)
  })
}

/** As WeCom seals files: AES-256-CBC, padded to blocks of 32 bytes; the name stands in a header. */
export function serveSealed(router: Router, files: SentFiles, aesKey: string): void {
  const key = Buffer.from(`${aesKey}=`, 'base64')
  router.get(`${sentPath}/wecom/:id`, (ctx) => {
    const file = files.get(ctx.params['id'] ?? '')
    if (!file) return
    const padding = 32 - (file.bytes.length % 32)
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const parts = [cipher.update(file.bytes), cipher.update(Buffer.alloc(padding, padding)), cipher.final()]
    ctx.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    give(ctx, Buffer.concat(parts))
  })
}

function give(ctx: Context, bytes: Buffer): void {
  ctx.type = 'application/octet-stream'
  ctx.body = bytes
}
