// What a request to the clerk's page must bring: an origin of ours, and a form that this session was given.
import { randomBytes } from 'node:crypto'
import type { Context } from 'koa'
import getRawBody from 'raw-body'
import type { Keyring } from '../../crypt.ts'
import { UserError } from '../../errors.ts'
import { nameOf } from '../../importing-chat.ts'
import { mostBytes } from '../../importing-file.ts'
import { isSame } from '../../links.ts'

/** A form of a few fields is smaller. */
const mostFormBytes = 16 << 10
/** Beside the file, of a form that has one. */
const mostAround = 64 << 10
const tooLarge = `文件太大，最大 ${mostBytes >> 20} MB。请删掉图片和多余的工作表，再上传。`

/** Whether one of our own pages sent it. Browsers say so; what says nothing is no page. @param base where people reach us */
export function isFromOurPage(ctx: Context, base: string): boolean {
  const [site, origin] = [ctx.get('Sec-Fetch-Site'), ctx.get('Origin')]
  if (site && site !== 'same-origin') return false
  return origin ? origin === new URL(base).origin : site !== ''
}

/** What makes a form this session's own. Each is good for one deed: sent twice, it does nothing twice. */
export interface Forms {
  issue(session: string): string
  /** @returns the number of the form; undefined when it was not issued to this session */
  read(session: string, token: string): string | undefined
}

export function createForms(keyring: Keyring): Forms {
  const sign = (session: string, number: string) => keyring.mark(`desk form ${session} ${number}`)
  return {
    issue(session) {
      const number = randomBytes(9).toString('base64url')
      return `${number}.${sign(session, number)}`
    },
    read(session, token) {
      const [number = '', signature = ''] = token.split('.')
      return isSame(signature, sign(session, number)) ? number : undefined
    },
  }
}

/** @throws UserError when it is none, or too large */
export async function fieldsOf(ctx: Context): Promise<URLSearchParams> {
  return new URLSearchParams(
    (await bodyOf(ctx, mostFormBytes, '写得太长了，什么都没有改。')).toString('utf8'),
  )
}

export interface Upload {
  form: string
  name: string
  bytes: Buffer
}

/** @throws UserError in words for who sends it */
export async function uploadOf(ctx: Context): Promise<Upload> {
  const body = await bodyOf(ctx, mostBytes + mostAround, tooLarge)
  const headers = { 'content-type': ctx.get('content-type') }
  const form = await new Response(body as Uint8Array<ArrayBuffer>, { headers })
    .formData()
    .catch(() => undefined)
  const [file, token] = [form?.get('file'), form?.get('form')]
  if (!file || typeof file === 'string' || typeof token !== 'string' || file.name === '')
    throw new UserError('没有收到文件。请先选一个 .xlsx 或 .xls 文件，再上传。')
  return { form: token, name: nameOf(file), bytes: Buffer.from(await file.arrayBuffer()) }
}

async function bodyOf(ctx: Context, limit: number, tooMuch: string): Promise<Buffer> {
  try {
    return await getRawBody(ctx.req, { length: ctx.request.length, limit })
  } catch (error) {
    const { type } = error as { type?: string }
    if (type === 'entity.too.large') throw new UserError(tooMuch)
    if (type === 'request.aborted' || type === 'request.size.invalid')
      throw new UserError('没有传完就断了，什么都没有写入。请再传一次。')
    throw error
  }
}
