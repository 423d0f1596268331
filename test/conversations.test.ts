// Plays every conversation in test/transcripts on the database that comes with the bot.
import { openInMemory, type Store } from '../src/database/connection.ts'
import { loadExample } from '../src/example.ts'
import { playConversations } from './support/conversations.ts'
import { stillClock } from './support/example.ts'
import { testKeys } from './support/keys.ts'

playConversations(async (): Promise<Store> => {
  const store = await openInMemory()
  await loadExample(store.db, testKeys, stillClock().now())
  return store
})
