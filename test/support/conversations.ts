// Plays every conversation in test/transcripts through the whole bot.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../src/database/connection.ts'
import type { Hear } from '../../src/message.ts'
import { botOn, stillClock } from './example.ts'
import { matches, play, readTranscript, transcripts } from './transcript.ts'

/** @param open a database with the example campaign; each conversation has one of its own */
export function playConversations(open: () => Promise<Store>): void {
  describe.each(transcripts())('%s', (file) => {
    const clock = stillClock()
    let store: Store
    let hear: Hear
    beforeAll(async () => {
      store = await open()
      hear = botOn(store, { clock })
    })
    afterAll(() => store.close())

    for (const exchange of readTranscript(file))
      it(`line ${exchange.line}: ${exchange.person} says ${exchange.said}`, async () => {
        clock.pass(exchange.after)
        const text = await play(hear, exchange, `${file}:${exchange.line}`)
        if (!matches(text, exchange.expected)) expect(text).toBe(exchange.expected)
      })
  })
}
