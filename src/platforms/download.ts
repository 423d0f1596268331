// A file that somebody sent, from where the platform keeps it. Addresses that an API's answer names may lie anywhere in
// the world (DingTalk's storage is under other names than its API, sometimes plain http): so none within our own network
// is ever called, no redirect is followed, and size and time are limited.
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { promisify } from 'node:util'
import { Agent } from 'undici'
import { PlatformError, UserError } from '../errors.ts'

export interface Download {
  bytes: Buffer
  /** Media type, without parameters. */
  type: string
  /** As the answer says the file is called. */
  name?: string
}

const mostBytes = 20 << 20
const patienceMs = 20_000

const inside = new BlockList()
for (const [net, bits] of [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['224.0.0.0', 3],
  ] as const),
])
  inside.addSubnet(net, bits, 'ipv4')
// Addresses of IPv4 in the clothes of IPv6 are judged as what they are by BlockList, but for translated ones.
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

const isInside = (address: string) => inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
const resolve = promisify(lookup)

/** The name is resolved once, and what it stands for is called or refused: it cannot become another one in between. */
const outsideOnly: LookupFunction = (hostname, options, done) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? []
    const refused = addresses?.some(({ address }) => isInside(address))
    if (error || !first || refused) return done(error ?? new Error('inside our network'), '', 0)
    if (options.all) return done(null, addresses)
    return done(null, first.address, first.family)
  })

const outside = new Agent({ connect: { timeout: 5_000, lookup: outsideOnly } })
const anywhere = new Agent({ connect: { timeout: 5_000 } })

/**
 * Fetches a file.
 * @param base the platform's API: only when it is itself within our network (a private deployment) may the file be
 * @throws UserError when it is too large; PlatformError when it is not to be had
 */
export async function download(url: string, base: string): Promise<Download> {
  const { origin, pathname, search, protocol, username, password, hostname } = addressOf(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const isPrivate = await liesInside(new URL(base).hostname)
  const isForbidden = isIP(host) !== 0 && isInside(host) && !isPrivate
  if (!/^https?:$/.test(protocol) || username || password || isForbidden)
    throw new PlatformError('the address of a file must not be called', 'address')
  const signal = AbortSignal.timeout(patienceMs)
  try {
    const response = await (isPrivate ? anywhere : outside).request({
      ...{ origin, path: pathname + search, method: 'GET', reset: true, signal },
    })
    const { statusCode, headers, body } = response
    if (statusCode !== 200) {
      // What it would have said is of no use.
      body.on('error', () => undefined).destroy()
      throw new PlatformError(`a file: HTTP ${statusCode}`, `http-${statusCode}`)
    }
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > mostBytes)
        throw new UserError(`文件太大，最大 ${mostBytes >> 20} MB。请删掉图片和多余的工作表再发。`)
      chunks.push(chunk)
    }
    const [type = ''] = String(headers['content-type'] ?? '').split(';')
    const name = nameIn(String(headers['content-disposition'] ?? ''))
    return { bytes: Buffer.concat(chunks), type: type.trim().toLowerCase(), ...(name && { name }) }
  } catch (cause) {
    if (cause instanceof PlatformError || cause instanceof UserError) throw cause
    // The address is as good as a password, and stands in the cause.
    const what = signal.aborted ? 'timeout' : 'network'
    throw new PlatformError(`no file from ${origin}`, what, 5)
  }
}

function addressOf(url: string): URL {
  if (!URL.canParse(url)) throw new PlatformError('the address of a file is none', 'address')
  return new URL(url)
}

async function liesInside(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isInside(host)
  const found = await resolve(host, { all: true }).catch(() => [])
  return found.length > 0 && found.every(({ address }) => isInside(address))
}

/** filename*=UTF-8''… counts before filename="…". */
function nameIn(disposition: string): string | undefined {
  const coded = /filename\*=(?:utf-8)?''([^;]+)/i.exec(disposition)?.[1]
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  try {
    return decodeURIComponent(coded ?? plain ?? '')
  } catch {
    return plain
  }
}
