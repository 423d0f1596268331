// Tells a database that is away from a mistake in a statement: the first means "deliver again", the second is a bug.
import { StoreDown } from './errors.ts'

/** The first look-up of a message must answer in this time: with the lock before it, within the second of a callback. */
const patienceMs = 450

/** SQLSTATE classes: connection exceptions, too many connections, operator intervention (shutdown, crash). */
const lossCodes = /^(?:08|53300|57P0|57014|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/
const lossWords =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|client has encountered a connection error|driver has already been destroyed|not queryable/i

export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && lossCodes.test(code)) || lossWords.test(error.message)
}

/** @throws StoreDown when `work` finds no database or does not answer in time */
export async function soon<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StoreDown('database does not answer')), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } catch (error) {
    if (isConnectionLoss(error)) throw new StoreDown('database out of reach', { cause: error })
    throw error
  } finally {
    clearTimeout(timer)
  }
}
