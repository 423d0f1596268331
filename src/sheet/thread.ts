// A thread of its own for the parser: whatever is in a file, the answer comes in bounded time and memory.
import { Worker } from 'node:worker_threads'
import { atMost } from '../at-most.ts'
import { UserError } from '../errors.ts'

export interface Bounds {
  timeMs: number
  memoryMb: number
}

export const bounds: Bounds = { timeMs: 20_000, memoryMb: 512 }
export const tooFull = '文件内容太多，读不下。请把内容分成几个文件再发。'

/** Each may take as much memory as the bounds say: others wait, and who would wait for long is told so. */
const inTurn = atMost(2, {
  waiting: 10,
  beyond: () => new UserError('现在处理的表格太多，请过几分钟再发一次。'),
})

/**
 * Runs a file of this folder in a thread until `take` has the answer.
 * @param take gets every message; what it returns that is not undefined is the answer
 * @throws UserError when too many wait already, when the thread fails, runs out of memory or takes too long; and what
 * `take` throws
 */
export function inThread<Message, Answer>(
  file: string,
  data: object,
  within: Bounds,
  take: (message: Message) => Answer | undefined,
): Promise<Answer> {
  return inTurn(() => inOwnThread(file, data, within, take))
}

async function inOwnThread<Message, Answer>(
  file: string,
  data: object,
  { timeMs, memoryMb }: Bounds,
  take: (message: Message) => Answer | undefined,
): Promise<Answer> {
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.on('message', (message: Message) => {
        try {
          const answer = take(message)
          if (answer !== undefined) resolve(answer)
        } catch (error) {
          reject(error)
        }
      })
      worker.once('error', (cause: NodeJS.ErrnoException) => reject(inWords(cause)))
      worker.once('exit', () => reject(inWords()))
      timer = setTimeout(() => reject(new UserError('文件读取超时。请把内容分成几个文件再发。')), timeMs)
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function inWords(cause?: NodeJS.ErrnoException): UserError {
  const words =
    cause?.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? tooFull
      : '文件打不开。请用 Excel 或 WPS 打开，另存为新的 .xlsx 再发。'
  return Object.assign(new UserError(words), { cause })
}
