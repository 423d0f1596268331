// Plays every conversation in test/transcripts on PostgreSQL.
import { inject } from 'vitest'
import { playConversations } from './support/conversations.ts'
import { openTestPostgres } from './support/databases.ts'

playConversations(() => openTestPostgres(inject('postgresUrl'), { template: inject('template') }))
