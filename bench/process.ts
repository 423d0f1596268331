// A program under measurement: started, waited for, its CPU time and memory read from /proc, stopped.
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface Measured {
  pid: number
  /** Seconds from starting it until it said that it is ready. */
  startedIn: number
  /** CPU seconds used so far, by all its threads. */
  cpu(): number
  /** Resident memory in MB, now. */
  memory(): number
  stop(): Promise<void>
}

/** @param ready what it prints when it is ready */
export async function start(
  command: string[],
  environment: Record<string, string>,
  ready: RegExp,
): Promise<Measured> {
  const [program = '', ...args] = command
  const begun = performance.now()
  const child: ChildProcess = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      if (ready.test(output)) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => reject(new Error(`${command.join(' ')} ended with ${code}: ${output}`)))
  })
  const pid = child.pid ?? 0
  return {
    pid,
    startedIn: (performance.now() - begun) / 1000,
    cpu: () => ticks(pid) / 100,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.removeAllListeners('exit')
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** utime + stime, in hundredths of a second. */
function ticks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return Number(fields[11]) + Number(fields[12])
}
