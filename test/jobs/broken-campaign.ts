// A campaign that comes first and that nothing can be done for: it has no units.
import { sql } from 'kysely'
import type { Db } from '../../src/database/connection.ts'

export async function brokenCampaign(db: Db): Promise<void> {
  await sql`insert into campaign (id, name, starts, ends, settings, created_by) overriding system value
    select 0, 'broken', starts, ends, settings, 'test' from campaign`.execute(db)
}
