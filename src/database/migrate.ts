// Brings a database to the newest schema. Kysely's migrator holds an advisory lock, so replicas may start together.
import { type Kysely, Migrator } from 'kysely'
import * as core from './migrations/001-core.ts'
import * as speakingFirst from './migrations/002-speaking-first.ts'
import * as scores from './migrations/003-scores.ts'
import * as silences from './migrations/004-silences.ts'
import * as handovers from './migrations/005-handovers.ts'
import * as nudges from './migrations/006-nudges.ts'
import * as sayings from './migrations/007-sayings.ts'
import * as workbooks from './migrations/008-workbooks.ts'
import * as deliveries from './migrations/009-deliveries.ts'
import type { Database } from './schema.ts'

const migrations = {
  ...{ '001-core': core, '002-speaking-first': speakingFirst, '003-scores': scores },
  ...{ '004-silences': silences, '005-handovers': handovers, '006-nudges': nudges },
  ...{ '007-sayings': sayings, '008-workbooks': workbooks, '009-deliveries': deliveries },
}

/** @throws Error when a migration fails; nothing of a failed migration stays. */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}
