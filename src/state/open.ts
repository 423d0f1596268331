// Conversation state where the configuration says: Redis, or this process when REDIS_URL is empty.
import { memoryState } from './memory.ts'
import { redisState } from './redis.ts'
import type { State } from './state.ts'

export function openState({ REDIS_URL }: { REDIS_URL: string }, onError: (error: Error) => void): State {
  return REDIS_URL ? redisState(REDIS_URL, onError) : memoryState()
}
