// A real Redis for the tests: REDIS_TEST_URL, else redis-server on PATH, else Debian's package unpacked into a cache.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, onPath } from './ports.ts'

export interface Service {
  url: string
  port: number
  stop(): Promise<void>
}

/** Starts a server of its own on a free port, without persistence. */
export async function startRedis(port?: number): Promise<Service> {
  const at = port ?? (await freePort())
  const { program, libraries } = findRedis()
  const directory = mkdtempSync(join(tmpdir(), 'guatu-redis-'))
  const server = spawn(
    program,
    ['--port', String(at), '--bind', '127.0.0.1', '--dir', directory, '--save', '', '--appendonly', 'no'],
    { env: { ...process.env, LD_LIBRARY_PATH: libraries }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  await new Promise<void>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      if (output.includes('Ready to accept connections')) resolve()
    })
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`redis-server exited with ${code}: ${output}`)))
  })
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    stop: () =>
      new Promise((resolve) => {
        server.removeAllListeners('exit')
        server.once('exit', () => {
          rmSync(directory, { recursive: true, force: true })
          resolve()
        })
        server.kill('SIGKILL')
      }),
  }
}

function findRedis(): { program: string; libraries: string } {
  const installed = onPath('redis-server')
  if (installed) return { program: installed, libraries: process.env['LD_LIBRARY_PATH'] ?? '' }
  const cache = join(tmpdir(), `guatu-redis-${process.getuid?.() ?? 0}`)
  if (!existsSync(join(cache, 'ok'))) unpack(cache)
  // The package calls one binary by several names; the name decides what it does.
  return { program: join(cache, 'redis-server'), libraries: join(cache, 'root/usr/lib/x86_64-linux-gnu') }
}

/** Downloads Debian's packages with a private apt state (no root needed) and unpacks them. */
function unpack(cache: string): void {
  const apt = onPath('apt-get')
  if (!apt)
    throw new Error(
      'The tests need a Redis: install redis-server, or set REDIS_TEST_URL to one that may be used.',
    )
  const packages = join(cache, 'debs')
  for (const folder of ['debs', 'root', 'apt/lists/partial', 'apt/cache/archives/partial'])
    mkdirSync(join(cache, folder), { recursive: true })
  const options = [
    `Dir::State=${cache}/apt`,
    `Dir::State::lists=${cache}/apt/lists`,
    `Dir::Cache=${cache}/apt/cache`,
    'Dir::State::status=/var/lib/dpkg/status',
    `APT::Sandbox::User=${execFileSync('id', ['-un'], { encoding: 'utf8' }).trim()}`,
    'Debug::NoLocking=1',
  ].flatMap((option) => ['-o', option])
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { cwd: packages, stdio: ['ignore', 'ignore', 'inherit'] })
  run(apt, ...options, '-qq', 'update')
  run(apt, ...options, '-qq', 'download', 'redis-tools', 'libjemalloc2', 'liblzf1', 'libatomic1')
  run('sh', '-c', `for f in *.deb; do dpkg -x "$f" ${cache}/root; done`)
  const link = join(cache, 'redis-server')
  rmSync(link, { force: true })
  symlinkSync(join(cache, 'root/usr/bin/redis-check-rdb'), link)
  writeFileSync(join(cache, 'ok'), '')
}
