// Two processes on one data directory would destroy each other's data: the second one is refused, whatever became of
// the first. The other process is a real one.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/database/connection.ts'
import { lockDirectory } from '../../src/database/lock.ts'
import { holdAlone, holdTogether } from '../../src/database/sole.ts'
import { onServer, openTestPostgres } from '../support/databases.ts'

const root = mkdtempSync(join(tmpdir(), 'guatu-lock-'))
let directory: string
let count = 0
const others: ChildProcess[] = []

beforeAll(() => {
  // The other process runs the same code, compiled: Node 20 does not read TypeScript.
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const options = ['--module', 'nodenext', '--target', 'es2023', '--rewriteRelativeImportExtensions']
  const where = ['--outDir', join(root, 'code'), '--rootDir', 'src', '--types', 'node', '--skipLibCheck']
  execFileSync(process.execPath, [tsc, '--ignoreConfig', 'src/database/lock.ts', ...where, ...options])
  writeFileSync(join(root, 'code', 'package.json'), '{"type":"module"}')
})
beforeEach(() => {
  directory = join(root, `data-${++count}`)
  mkdirSync(directory)
})
afterEach(async () => {
  for (const other of others.splice(0)) await end(other, 'SIGKILL')
})
afterAll(() => rmSync(root, { recursive: true }))

/** Another process that takes the directory and keeps it. @returns what it said: locked, or why not */
function elsewhere(): Promise<{ said: string; process: ChildProcess }> {
  const code = `import { lockDirectory } from ${JSON.stringify(join(root, 'code/database/lock.js'))}
    const keep = setInterval(() => {}, 1000)
    try {
      const unlock = await lockDirectory(${JSON.stringify(directory)})
      process.once('SIGTERM', () => { unlock(); clearInterval(keep) })
      console.log('locked')
    } catch (error) { clearInterval(keep); console.log(error.message) }`
  const other = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  others.push(other)
  return new Promise((resolve) => {
    other.stdout?.once('data', (said) => resolve({ said: String(said).trim(), process: other }))
  })
}

function end(other: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    if (other.exitCode !== null || other.signalCode !== null) return resolve()
    other.once('exit', () => resolve())
    other.kill(signal)
  })
}

const file = () => join(directory, 'guatu.lock')

describe('a data directory', () => {
  it('is for one process: another is refused, in words for the administrator', async () => {
    const unlock = await lockDirectory(directory)
    const { said } = await elsewhere()
    expect(said).toContain(`数据目录 ${directory} 正被另一个挂图进程使用`)
    expect(said).toContain('in use by another process')
    unlock()
  })

  it('that another process has is refused to this one', async () => {
    const { said } = await elsewhere()
    expect(said).toBe('locked')
    await expect(lockDirectory(directory)).rejects.toThrow('另一个挂图进程')
    // The refusal leaves the owner's mark as it was.
    expect(readFileSync(file(), 'utf8')).not.toContain(` ${process.pid}\n`)
  })

  it('is refused to a second taker in the same process', async () => {
    const unlock = await lockDirectory(directory)
    await expect(lockDirectory(directory)).rejects.toThrow('另一个挂图进程')
    unlock()
    ;(await lockDirectory(directory))()
  })

  it('is free at once when its process was killed', async () => {
    const { process: other } = await elsewhere()
    await end(other, 'SIGKILL')
    expect(existsSync(file())).toBe(true)
    ;(await lockDirectory(directory))()
  })

  it('is free when its process gave it back', async () => {
    const { process: other } = await elsewhere()
    await end(other, 'SIGTERM')
    expect(existsSync(file())).toBe(false)
    ;(await lockDirectory(directory))()
  })

  it('says who has it', async () => {
    const unlock = await lockDirectory(directory)
    expect(readFileSync(file(), 'utf8')).toBe(`${hostname()} ${process.pid}\n`)
    unlock()
    expect(existsSync(file())).toBe(false)
  })

  it('of another name is another directory', async () => {
    const unlock = await lockDirectory(directory)
    const neighbour = `${directory}-neighbour`
    mkdirSync(neighbour)
    ;(await lockDirectory(neighbour))()
    unlock()
  })
})

describe('a mark of another host, as of two containers on one volume', () => {
  it('that is fresh is believed', async () => {
    writeFileSync(file(), 'another-host 17\n')
    await expect(lockDirectory(directory)).rejects.toThrow('另一个挂图进程')
    expect(readFileSync(file(), 'utf8')).toBe('another-host 17\n')
  })

  it('that was not touched for a while is of a host that died', async () => {
    writeFileSync(file(), 'another-host 17\n')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(file(), longAgo, longAgo)
    ;(await lockDirectory(directory))()
  })

  it('a refused taker may take it later', async () => {
    writeFileSync(file(), 'another-host 17\n')
    await expect(lockDirectory(directory)).rejects.toThrow()
    rmSync(file())
    ;(await lockDirectory(directory))()
  })

  it('a broken mark does no harm', async () => {
    writeFileSync(file(), '')
    utimesSync(file(), new Date(0), new Date(0))
    ;(await lockDirectory(directory))()
  })
})

describe('a database', () => {
  it('in a directory that is in use is not opened', async () => {
    await elsewhere()
    await expect(openDatabase({ DATABASE_URL: '', DATA_DIR: directory })).rejects.toThrow('另一个挂图进程')
  })

  it('lets those that share their state in Redis in together, and one without Redis not among them', async () => {
    const own = await openTestPostgres(inject('postgresUrl'))
    const letGo = await Promise.all([holdTogether(own.url), holdTogether(own.url)])
    await expect(holdAlone(own.url, () => undefined)).rejects.toThrow('请给每个进程设置 REDIS_URL')
    await Promise.all(letGo.map((go) => go()))
    const alone = await holdAlone(own.url, () => undefined)
    await expect(holdTogether(own.url)).rejects.toThrow('请给每个进程设置 REDIS_URL')
    await alone()
    await own.close()
  })

  it('on PostgreSQL without Redis is for one process, until that one lets go or dies', async () => {
    const own = await openTestPostgres(inject('postgresUrl'))
    let lost = 0
    const letGo = await holdAlone(own.url, () => lost++)
    await expect(holdAlone(own.url, () => undefined)).rejects.toThrow('请给每个进程设置 REDIS_URL')
    await letGo()
    expect(lost).toBe(0)
    let tell = (): void => undefined
    const told = new Promise<void>((resolve) => {
      tell = resolve
    })
    await holdAlone(own.url, tell)
    const holders = `select pid from pg_stat_activity where application_name = 'guatu place' and datname = '${new URL(own.url).pathname.slice(1)}'`
    await onServer(own.url, `select pg_terminate_backend(pid) from (${holders}) as holder`)
    await told
    await (await holdAlone(own.url, () => undefined))()
    await own.close()
  })
})
