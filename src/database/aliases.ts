// Short names that clerks give in a chat. They stand beside those of the workbook: loading it again takes none away.
import { audit } from './audit.ts'
import type { Actor } from './bindings.ts'
import type { Db, Executor } from './connection.ts'
import { writing } from './writing.ts'

export interface Alias {
  alias: string
  unit: number | null
  indicator: number | null
  by: string
}

/** What a short name stands for. */
export type Meant = { unit: number } | { indicator: number }

/** Of a campaign, in the order in which they were given. */
export function readAliases(db: Executor, campaign: number): Promise<Alias[]> {
  return db
    .selectFrom('alias')
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .select(['alias', 'unit_id as unit', 'indicator_id as indicator', 'created_by as by'])
    .execute()
}

/**
 * Gives one. Every replica reads the names again with the next message.
 * @param name of what it stands for, for the audit
 * @returns false when it stands for something already
 */
export function giveAlias(db: Db, by: Actor, alias: string, meant: Meant, name: string): Promise<boolean> {
  return writing(db, by.campaign, async (tx) => {
    const row = {
      ...{ campaign_id: by.campaign, alias, created_by: by.actor, created_at: by.at },
      unit_id: 'unit' in meant ? meant.unit : null,
      indicator_id: 'indicator' in meant ? meant.indicator : null,
    }
    const given = await tx
      .insertInto('alias')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!given) return false
    await audit(tx, { ...by, action: 'give_alias', subject: `${alias} → ${name}`, after: meant })
    await noteNames(tx, by.campaign)
    return true
  })
}

/** Takes one back. @returns false when there was none */
export function dropAlias(db: Db, by: Actor, alias: string, meant: Meant, name: string): Promise<boolean> {
  return writing(db, by.campaign, async (tx) => {
    const dropped = await tx
      .deleteFrom('alias')
      .where('campaign_id', '=', by.campaign)
      .where('alias', '=', alias)
      .where(
        'unit' in meant ? 'unit_id' : 'indicator_id',
        '=',
        'unit' in meant ? meant.unit : meant.indicator,
      )
      .returning('id')
      .executeTakeFirst()
    if (!dropped) return false
    await audit(tx, { ...by, action: 'drop_alias', subject: `${alias} → ${name}`, before: meant })
    await noteNames(tx, by.campaign)
    return true
  })
}

const noteNames = (tx: Executor, campaign: number) =>
  tx
    .updateTable('campaign')
    .set((e) => ({ roster_version: e('roster_version', '+', 1) }))
    .where('id', '=', campaign)
    .execute()
