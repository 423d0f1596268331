// One process per data directory: PGlite takes no lock itself, and two processes would destroy each other's data.
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { realClock } from '../clock.ts'

const beatMs = 4_000
const staleMs = 15_000

/**
 * Takes the directory for this process. Two guards together: an abstract socket, which the kernel frees the moment a
 * process dies (Linux, one network namespace), and a file with a heartbeat for everything else, such as two
 * containers on one volume.
 * @returns a function that gives the directory back
 * @throws Error in words for the administrator when another process has it
 */
export async function lockDirectory(directory: string): Promise<() => void> {
  const file = join(directory, 'guatu.lock')
  const { dev, ino } = statSync(directory)
  const socket = process.platform === 'linux' ? await holdSocket(`\0guatu-${dev}-${ino}`) : undefined
  if (socket === 'taken' || heldElsewhere(file, socket !== undefined)) {
    if (typeof socket === 'object') socket.close()
    throw new Error(
      `数据目录 ${directory} 正被另一个挂图进程使用，请先停掉它；要同时运行多个进程，请改用 DATABASE_URL（PostgreSQL）。` +
        ` / The data directory is in use by another process.`,
    )
  }
  writeFileSync(file, `${hostname()} ${process.pid}\n`)
  const touch = () => utimesSync(file, realClock.now(), realClock.now())
  const beat = setInterval(touch, beatMs).unref()
  return () => {
    clearInterval(beat)
    rmSync(file, { force: true })
    if (typeof socket === 'object') socket.close()
  }
}

function holdSocket(name: string): Promise<{ close(): void } | 'taken'> {
  return new Promise((resolve, reject) => {
    const server = createServer((connection) => connection.destroy()).unref()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve('taken') : reject(error),
    )
    server.listen(name, () => resolve(server))
  })
}

/** @param socketDecides the abstract socket already spoke for processes of this host */
function heldElsewhere(file: string, socketDecides: boolean): boolean {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (!stat) return false
  const [host, pid] = readFileSync(file, 'utf8').trim().split(' ')
  if (host === hostname()) return !socketDecides && isAlive(Number(pid))
  return realClock.now().getTime() - stat.mtimeMs < staleMs
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return pid !== process.pid
  } catch {
    return false
  }
}
