// Pictures and files that were sent or uploaded: kept beside the log, which goes to every page that is opened. In memory.
import { randomBytes } from 'node:crypto'
import type { Context } from 'koa'
import { disposition } from '../../web/disposition.ts'

const mostKept = 100
const mostBytes = 64 << 20
/** Of an upload, the form around the file included. */
export const mostUploaded = 21 << 20

export interface Media {
  /** @param prefix what the platform's ids begin with. @returns undefined when it is neither PNG nor JPEG */
  add(bytes: Buffer, prefix?: string): string | undefined
  /** Whatever kind of file it is: people may only download it. */
  addFile(file: Uploaded, prefix?: string): string
  has(id: string): boolean
  /** A file that is kept, for its name and size. */
  file(id: string): Uploaded | undefined
  /** Answers with a picture or file; 404 when there is none, or none any more. */
  send(ctx: Context, id: string): void
}

export function media(): Media {
  const kept = new Map<string, { bytes: Buffer; type: string; name?: string }>()
  const forgetOldest = () => {
    let size = [...kept.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
    for (const [id, { bytes }] of kept) {
      if (kept.size <= mostKept && size <= mostBytes) return
      kept.delete(id)
      size -= bytes.length
    }
  }
  const keep = (one: { bytes: Buffer; type: string; name?: string }, prefix: string) => {
    const id = prefix + randomBytes(18).toString('base64url')
    kept.set(id, one)
    forgetOldest()
    return id
  }
  return {
    add(bytes, prefix = '') {
      const type = typeOf(bytes)
      return type && keep({ bytes, type }, prefix)
    },
    addFile: (file, prefix = '') => keep({ ...file, type: 'application/octet-stream' }, prefix),
    has: (id) => kept.has(id),
    file(id) {
      const { bytes, name } = kept.get(id) ?? {}
      return bytes && name !== undefined ? { bytes, name } : undefined
    },
    send(ctx, id) {
      const one = kept.get(id)
      if (!one) return
      if (one.name !== undefined) ctx.set('Content-Disposition', disposition(one.name))
      ctx.set('X-Content-Type-Options', 'nosniff')
      ctx.type = one.type
      ctx.body = one.bytes
    },
  }
}

function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png'
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ? 'image/jpeg' : undefined
}

export interface Uploaded {
  name: string
  bytes: Buffer
}

/** The file in the form of an upload call. @returns undefined when there is none */
export async function uploaded(ctx: Context, bytes: Buffer): Promise<Uploaded | undefined> {
  try {
    const headers = { 'content-type': ctx.get('content-type') }
    const file = (await new Response(new Uint8Array(bytes), { headers }).formData()).get('media')
    if (file === null || typeof file === 'string') return undefined
    return { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) }
  } catch {
    // Not a form.
    return undefined
  }
}
