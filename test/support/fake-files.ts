// Where a platform keeps the files that people send: on 127.0.0.1, and it remembers what was asked for.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface KeptFile {
  bytes?: Buffer
  status?: number
  headers?: Record<string, string>
}

export async function startFakeFiles(files: Record<string, KeptFile>) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://fake')
    asked.push(pathname)
    const file = files[pathname]
    const { bytes, status = bytes ? 200 : 404, headers = {} } = file ?? {}
    response.writeHead(status, { 'content-type': 'application/octet-stream', ...headers }).end(bytes)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      const closed = once(server.close(), 'close')
      server.closeAllConnections()
      await closed
    },
  }
}
