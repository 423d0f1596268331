// A language model that says what a test wants, and remembers what it was asked.
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FakeLlm {
  address: string
  /** The bodies that arrived, as text, and the headers with them. */
  asked: { path: string; body: string; authorization: string | undefined }[]
  /** What it answers from now on: a proposal, or the whole exchange. */
  answer(how: object | RequestListener): void
  stop(): Promise<void>
}

export async function startFakeLlm(): Promise<FakeLlm> {
  const asked: FakeLlm['asked'] = []
  let respond: RequestListener = (_request, response) => response.writeHead(500).end()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { authorization } = request.headers
    asked.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString('utf8'), authorization })
    respond(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer(how) {
      respond =
        typeof how === 'function'
          ? (how as RequestListener)
          : (_request, response) => response.end(completion(JSON.stringify(how)))
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** As OpenAI-compatible services answer. */
export const completion = (content: string): string =>
  JSON.stringify({
    ...{ id: 'c-1', object: 'chat.completion', model: 'fake' },
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content } }],
  })
