import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { PlatformError } from '../src/errors.ts'
import { call, closeHttp, isOurs } from '../src/http.ts'

const bases = ['https://api.dingtalk.com', 'https://oapi.dingtalk.com:443/robot', 'http://127.0.0.1:8080']

describe('an address found in a payload', () => {
  it.each([
    'https://api.dingtalk.com/v1.0/x?y=1',
    'https://api.dingtalk.com:443/x',
    'HTTPS://API.DINGTALK.COM/x',
    'https://oapi.dingtalk.com/elsewhere',
    'http://127.0.0.1:8080',
  ])('is ours: %s', (url) => {
    expect(isOurs(url, ...bases)).toBe(true)
  })

  it.each([
    ['another scheme', 'http://api.dingtalk.com/x'],
    ['another scheme', 'ftp://api.dingtalk.com/x'],
    ['another scheme', 'javascript:alert(1)'],
    ['another scheme', 'data:text/html,https://api.dingtalk.com'],
    ['another scheme', 'file://api.dingtalk.com/x'],
    ['another port', 'https://api.dingtalk.com:8443/x'],
    ['another port', 'http://127.0.0.1/x'],
    ['another host', 'https://api.dingtalk.com.evil.cn/x'],
    ['another host', 'https://evil.cn/api.dingtalk.com'],
    ['another host', 'https://evil.cn#@api.dingtalk.com'],
    ['another host', 'https://api.dingtalk.com@@evil.cn/x'],
    ['a neighbour of the host', 'https://xapi.dingtalk.com/'],
    ['a dot at its end', 'https://api.dingtalk.com./'],
    ['a name before it', 'https://user@api.dingtalk.com/x'],
    ['a name and password', 'https://user:pass@api.dingtalk.com/x'],
    ['only a password', 'https://:pass@api.dingtalk.com/x'],
    ['the metadata service', 'http://169.254.169.254/latest'],
    ['no host', '/robot/sendBySession'],
    ['nothing', ''],
    ['no text', undefined],
    ['no text', null],
    ['no text', 42],
    ['no text', ['https://api.dingtalk.com']],
    ['an object', { toString: () => 'https://api.dingtalk.com' }],
  ])('is not ours with %s: %s', (_what, url) => {
    expect(isOurs(url, ...bases)).toBe(false)
  })

  it('is nobody’s when there are no bases', () => {
    expect(isOurs('https://api.dingtalk.com')).toBe(false)
  })
})

describe('a call', () => {
  const servers: Server[] = []
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener)
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const at = server.address()
    return `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`
  }
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections()
      server.close()
    }
  })
  afterAll(closeHttp)

  const failure = async (work: Promise<unknown>): Promise<PlatformError> => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof PlatformError)) throw new Error(`not a PlatformError: ${error}`)
    return error
  }

  it('posts JSON and reads JSON', async () => {
    const origin = await serve((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        const { method, url, headers } = request
        response.end(
          JSON.stringify({ method, url, type: headers['content-type'], token: headers['x-token'], body }),
        )
      })
    })
    const { status, json } = await call(`${origin}/a?b=1`, { text: '进度' }, { headers: { 'x-token': 't' } })
    expect(status).toBe(200)
    expect(json).toEqual({
      ...{ method: 'POST', url: '/a?b=1', type: 'application/json; charset=utf-8', token: 't' },
      body: '{"text":"进度"}',
    })
  })

  it('gets when there is nothing to send', async () => {
    const origin = await serve((request, response) => void response.end(JSON.stringify(request.method)))
    expect(await call(origin)).toEqual({ status: 200, json: 'GET' })
  })

  it('tells the status of a refusal, with its JSON', async () => {
    const origin = await serve((_request, response) => void response.writeHead(429).end('{"errcode":88}'))
    expect(await call(origin)).toEqual({ status: 429, json: { errcode: 88 } })
  })

  it.each(['', '<html>blocked</html>', '{"half":'])(
    'gives nothing for a body that is no JSON: %j',
    async (body) => {
      const origin = await serve((_request, response) => void response.writeHead(502).end(body))
      expect(await call(origin)).toEqual({ status: 502, json: undefined })
    },
  )

  it('does not follow a redirect', async () => {
    let followed = false
    const elsewhere = await serve((_request, response) => {
      followed = true
      response.end('{}')
    })
    const origin = await serve(
      (_request, response) => void response.writeHead(302, { location: elsewhere }).end(),
    )
    expect(await call(origin, {})).toEqual({ status: 302, json: undefined })
    expect(followed).toBe(false)
  })

  it('ends in time when nothing is answered', async () => {
    const origin = await serve(() => undefined)
    const error = await failure(call(`${origin}/?access_token=secret`, {}, { timeoutMs: 50 }))
    expect(error).toMatchObject({ code: 'timeout', retryAfter: 5 })
    expect(error.message).toBe(`no answer from ${origin}`)
  })

  it('ends in time when the answer stops in the middle', async () => {
    const origin = await serve((_request, response) => void response.writeHead(200).write('{"half":'))
    expect(await failure(call(origin, {}, { timeoutMs: 50 }))).toMatchObject({ code: 'timeout' })
  })

  it('tells a connection that is refused or cut', async () => {
    const cut = await serve((request) => void request.socket.destroy())
    expect(await failure(call(cut, {}))).toMatchObject({ code: 'network', retryAfter: 5 })
    const half = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setImmediate(() => request.socket.destroy())
    })
    expect(await failure(call(half, {}))).toMatchObject({ code: 'network' })
    expect(await failure(call('http://127.0.0.1:1/'))).toMatchObject({ code: 'network' })
  })

  it('stops reading an answer that is too large', async () => {
    const origin = await serve((_request, response) => void response.end(Buffer.alloc((1 << 20) + 1, 32)))
    expect(await failure(call(origin))).toMatchObject({ code: 'too-large', retryAfter: undefined })
  })

  it('reads an answer that is just not too large', async () => {
    const origin = await serve(
      (_request, response) => void response.end(JSON.stringify('x'.repeat((1 << 20) - 2))),
    )
    expect((await call(origin)).json).toHaveLength((1 << 20) - 2)
  })

  it('says nothing of the address but where it is: the rest may be secret', async () => {
    const error = await failure(call('http://127.0.0.1:1/robot?access_token=secret'))
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('secret')
  })
})
