// Plays every conversation in test/transcripts through the whole bot, on both databases.
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInMemory, type Store } from '../src/database/connection.ts'
import { loadExample } from '../src/example.ts'
import type { Hear } from '../src/message.ts'
import { openTestPostgres } from './support/databases.ts'
import { botOn, stillClock } from './support/example.ts'
import { testKeys } from './support/keys.ts'
import { matches, play, readTranscript, transcripts } from './support/transcript.ts'

async function openPglite(): Promise<Store> {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, stillClock().now())
  return store
}
const openPostgres = () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })

describe.each([
  ['PGlite', openPglite],
  ['PostgreSQL', openPostgres],
])('on %s', (_name, open) => {
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
})
