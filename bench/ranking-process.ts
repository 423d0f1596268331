// The weekly ranking in a process of its own, so that its memory is that of a bot which ranks and nothing else.
import { openDatabase } from '../src/database/connection.ts'
import { benchRanking } from './scores.ts'

const store = await openDatabase({ DATABASE_URL: process.argv[2] ?? '', DATA_DIR: '' })
process.stdout.write(JSON.stringify(await benchRanking(store.db)))
await store.close()
