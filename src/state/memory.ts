// The in-process twin of the Redis state: same contract, one process only.
import { type Clock, realClock } from '../clock.ts'
import { inTurn } from './in-turn.ts'
import type { State } from './state.ts'

/** @param clock decides when things expire */
export function memoryState(clock: Clock = realClock): State {
  const kept = new Map<string, { value: string; until: number }>()
  const turns = inTurn()
  const sweep = setInterval(() => {
    for (const [key, { until }] of kept) if (until <= clock.now().getTime()) kept.delete(key)
  }, 60_000).unref()

  const read = (key: string) => {
    const found = kept.get(key)
    return found && found.until > clock.now().getTime() ? found.value : undefined
  }
  const write = (key: string, value: string, seconds: number) =>
    kept.set(key, { value, until: clock.now().getTime() + seconds * 1000 })

  return {
    async put(key, value, seconds) {
      write(key, value, seconds)
    },
    async get(key) {
      return read(key)
    },
    async take(key) {
      const value = read(key)
      kept.delete(key)
      return value
    },
    async claim(key, value, seconds) {
      if (read(key) !== undefined) return false
      write(key, value, seconds)
      return true
    },
    exclusively: turns,
    async ping() {},
    async close() {
      clearInterval(sweep)
    },
  }
}
