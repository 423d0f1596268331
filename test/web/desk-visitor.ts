// A browser at the clerk's page, as far as its server can tell: cookies, forms, where they come from.
import { request } from 'undici'
import type { Demo } from '../support/demo.ts'

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  bytes: Buffer
}

export interface Visitor {
  get(path: string): Promise<Answer>
  /** Sends a form that the page at `from` shows for that address, and follows the answer as browsers do. */
  click(from: string, action: string, fields?: Record<string, string>): Promise<Answer>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>
  upload(name: string, bytes: Buffer, headers?: Record<string, string>): Promise<Answer>
  cookie(): string
}

/** The token of the form that goes to that address. */
export const formFor = (page: string, action: string): Record<string, string> => {
  const [, form = ''] = page.split(`action="${action}"`)
  const inputs = form
    .slice(0, form.indexOf('</form>'))
    .matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]))
}

export function visitor(demo: Demo, cookie = ''): Visitor {
  let kept = cookie
  const ours = { origin: demo.origin, 'sec-fetch-site': 'same-origin' }

  const ask = async (
    path: string,
    how: { method?: 'POST'; headers?: Record<string, string>; body?: string | Buffer | FormData } = {},
  ): Promise<Answer> => {
    const { headers = {}, ...more } = how
    const sent = { ...headers, ...(kept && { cookie: kept }) }
    const answer = await request(new URL(path, demo.origin), { ...more, headers: sent } as object)
    const set = answer.headers['set-cookie']
    if (set) kept = String(set).split(';')[0] ?? ''
    const bytes = Buffer.from(await answer.body.arrayBuffer())
    return { status: answer.statusCode, headers: answer.headers, text: bytes.toString('utf8'), bytes }
  }
  const followed = async (answer: Answer) =>
    answer.status === 303 ? ask(String(answer.headers['location'])) : answer

  const post: Visitor['post'] = async (path, fields, headers = ours) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams(fields).toString()
    return followed(await ask(path, { method: 'POST', headers: { ...type, ...headers }, body }))
  }
  return {
    get: (path) => ask(path),
    post,
    async click(from, action, fields = {}) {
      return post(action, { ...formFor((await ask(from)).text, action), ...fields })
    },
    async upload(name, bytes, headers = ours) {
      const form = new FormData()
      form.set('form', formFor((await ask('/desk/')).text, '/desk/upload')['form'] ?? '')
      form.set('file', new Blob([new Uint8Array(bytes)]), name)
      const encoded = new Response(form)
      const type = { 'content-type': encoded.headers.get('content-type') ?? '' }
      const body = Buffer.from(await encoded.arrayBuffer())
      return followed(await ask('/desk/upload', { method: 'POST', headers: { ...type, ...headers }, body }))
    },
    cookie: () => kept,
  }
}
