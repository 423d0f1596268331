// What a monitoring system may count: results, never people (`domain.md` N12).
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Hear } from './message.ts'

export interface Metrics {
  registry: Registry
  /** The same hearing, counted: how many messages, how they ended, how long they took. */
  counting(hear: Hear): Hear
  /** Counts how an attempt to push ended. */
  pushed(platform: string, outcome: string): void
  /** Counts what came of asking the language model, where there is one. */
  helped(outcome: string): void
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const labelNames = ['platform', 'outcome']
  const registers = [registry]
  const heard = new Counter({ name: 'guatu_messages_total', help: 'Messages heard', labelNames, registers })
  const pushed = new Counter({
    ...{
      name: 'guatu_pushes_total',
      help: 'Attempts to push a message, by how they ended',
      labelNames,
      registers,
    },
  })
  const helped = new Counter({
    ...{
      name: 'guatu_helper_total',
      help: 'Sentences that the rules could not read, by what the model made of them',
    },
    ...{ labelNames: ['outcome'], registers },
  })
  const took = new Histogram({
    ...{ name: 'guatu_reply_seconds', help: 'From hearing a message to its reply', registers },
    buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3],
  })
  return {
    registry,
    counting: (hear) => async (message) => {
      const stop = took.startTimer()
      const count = (outcome: string) => heard.inc({ platform: message.platform, outcome })
      try {
        const reply = await hear(message)
        count(reply ? 'answered' : 'silent')
        return reply
      } catch (error) {
        count('refused')
        throw error
      } finally {
        stop()
      }
    },
    pushed: (platform, outcome) => pushed.inc({ platform, outcome }),
    helped: (outcome) => helped.inc({ outcome }),
  }
}
