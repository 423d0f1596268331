// Pictures that were sent or uploaded: kept beside the log, which goes to every page that is opened. In memory.
import { randomBytes } from 'node:crypto'
import type { Context } from 'koa'

const mostPictures = 100
const mostBytes = 32 << 20

export interface Media {
  /** @param prefix what the platform's ids begin with. @returns undefined when it is neither PNG nor JPEG */
  add(bytes: Buffer, prefix?: string): string | undefined
  has(id: string): boolean
  /** Answers with a picture; 404 when there is none, or none any more. */
  send(ctx: Context, id: string): void
}

export function media(): Media {
  const pictures = new Map<string, { bytes: Buffer; type: string }>()
  const forgetOldest = () => {
    let size = [...pictures.values()].reduce((sum, { bytes }) => sum + bytes.length, 0)
    for (const [id, { bytes }] of pictures) {
      if (pictures.size <= mostPictures && size <= mostBytes) return
      pictures.delete(id)
      size -= bytes.length
    }
  }
  return {
    add(bytes, prefix = '') {
      const type = typeOf(bytes)
      if (!type) return undefined
      const id = prefix + randomBytes(18).toString('base64url')
      pictures.set(id, { bytes, type })
      forgetOldest()
      return id
    },
    has: (id) => pictures.has(id),
    send(ctx, id) {
      const picture = pictures.get(id)
      if (!picture) return
      ctx.type = picture.type
      ctx.body = picture.bytes
    },
  }
}

function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png'
  return bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) ? 'image/jpeg' : undefined
}

/** The file in the form of an upload call. @returns undefined when there is none */
export async function uploaded(ctx: Context, bytes: Buffer): Promise<Buffer | undefined> {
  try {
    const headers = { 'content-type': ctx.get('content-type') }
    const file = (await new Response(new Uint8Array(bytes), { headers }).formData()).get('media')
    return file === null || typeof file === 'string' ? undefined : Buffer.from(await file.arrayBuffer())
  } catch {
    // Not a form.
    return undefined
  }
}
