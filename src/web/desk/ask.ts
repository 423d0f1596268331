// What a request to the clerk's page brings: a form that this session was given, and a file.
import { randomBytes } from 'node:crypto'
import type { Context } from 'koa'
import type { Keyring } from '../../crypt.ts'
import { UserError } from '../../errors.ts'
import { nameOf } from '../../importing-chat.ts'
import { mostBytes } from '../../importing-file.ts'
import { isSame } from '../../links.ts'
import { bodyOf } from '../form.ts'

/** Beside the file, of a form that has one. */
const mostAround = 64 << 10
const tooLarge = `文件太大，最大 ${mostBytes >> 20} MB。请删掉图片和多余的工作表，再上传。`

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
