// A Sentinel with one master, and a cluster of one node, from the same program as the Redis of the tests.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from '../support/ports.ts'
import { startRedis } from '../support/redis-server.ts'

export interface Spawned {
  url: string
  stop(): Promise<void>
}

export async function startSentinel(): Promise<Spawned> {
  const master = await startRedis()
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'guatu-sentinel-'))
  const file = join(directory, 'sentinel.conf')
  writeFileSync(
    file,
    `port ${port}\nbind 127.0.0.1\ndir ${directory}\nsentinel monitor mymaster 127.0.0.1 ${master.port} 1\n`,
  )
  const sentinel = await run(await programOf(master.url), [file, '--sentinel'], directory, 'Sentinel ID')
  return {
    url: `redis+sentinel://127.0.0.1:${port}/mymaster`,
    async stop() {
      // Stopped by a test already, perhaps.
      if (await sentinel()) await master.stop()
    },
  }
}

export async function startCluster(): Promise<Spawned> {
  const any = await startRedis()
  const port = await freePort()
  const directory = mkdtempSync(join(tmpdir(), 'guatu-cluster-'))
  const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', '']
  const bus = ['--cluster-port', String(await freePort()), '--cluster-announce-ip', '127.0.0.1']
  const cluster = ['--cluster-enabled', 'yes', ...bus]
  const stop = await run(await programOf(any.url), [...flags, ...cluster], directory, 'Ready to accept')
  await any.stop()
  const node = new Redis(port, '127.0.0.1')
  await node.cluster('ADDSLOTSRANGE', 0, 16_383)
  while (!String(await node.cluster('INFO')).includes('cluster_state:ok'))
    await new Promise((resolve) => setTimeout(resolve, 10))
  node.disconnect()
  return { url: `redis+cluster://127.0.0.1:${port}`, stop: async () => void (await stop()) }
}

/** Which program answers there, and with which libraries: the tests may have unpacked it themselves. */
async function programOf(url: string): Promise<{ program: string; libraries: string }> {
  const redis = new Redis(url)
  const info = await redis.info('server')
  redis.disconnect()
  const field = (name: string) => info.match(new RegExp(`${name}:(.*)`))?.[1]?.trim() ?? ''
  const maps = readFileSync(`/proc/${field('process_id')}/maps`, 'utf8')
  const libraries = [...new Set([...maps.matchAll(/(\/\S+)\/[^/\s]+\.so/g)].map((match) => match[1]))].join(
    ':',
  )
  return { program: field('executable'), libraries }
}

async function run(
  { program, libraries }: { program: string; libraries: string },
  flags: string[],
  directory: string,
  ready: string,
): Promise<() => Promise<boolean>> {
  const server = spawn(program, flags, {
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes(ready)) resolve()
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`exited with ${code}: ${output}`)))
  })
  return () =>
    new Promise((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve(false)
      server.removeAllListeners('exit')
      server.once('exit', () => {
        rmSync(directory, { recursive: true, force: true })
        resolve(true)
      })
      server.kill('SIGKILL')
    })
}
