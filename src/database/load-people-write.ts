// Writes people, what they are in charge of, and the accounts that they are known by.
import type { PersonEntry } from '../sheet/campaign.ts'
import { chunks, differences, type Load } from './load-common.ts'
import type { Wanted, Wish } from './load-people-match.ts'

type Ids = Map<PersonEntry, number>

export async function insertPeople(load: Load, added: Wanted[]): Promise<Ids> {
  const { tx, campaignId, by, now, keys } = load
  const made = { campaign_id: campaignId, created_by: by, created_at: now }
  const values = added.map(({ entry: { name, phone }, wish }) => ({
    ...{ ...made, name, phone: phone === null ? null : keys.seal(phone), phone_mark: wish.phoneMark },
  }))
  const rows: { id: number }[] = []
  for (const chunk of chunks(values))
    rows.push(...(await tx.insertInto('person').values(chunk).returning('id').execute()))
  const ids: Ids = new Map(added.map(({ entry }, index) => [entry, rows[index]?.id ?? 0]))
  await assign(load, added, ids)
  await bind(load, added, ids)
  return ids
}

/** @param after what shall be true; what the file does not say is as before */
export async function updatePerson(
  load: Load,
  id: number,
  { entry, before, after }: { entry: PersonEntry; before: Wish; after: Wish },
): Promise<void> {
  const { tx, keys, today } = load
  const ids: Ids = new Map([[entry, id]])
  const phone = entry.phone === null ? {} : { phone: keys.seal(entry.phone), phone_mark: after.phoneMark }
  const { name, status } = after
  await tx
    .updateTable('person')
    .set({ name, status, ...phone })
    .where('id', '=', id)
    .execute()
  const changed = differences(before, after)
  if (changed.some((field) => ['role', 'unitId', 'team'].includes(field))) {
    const current = tx.updateTable('assignment').set({ valid_to: today }).where('person_id', '=', id)
    await current.where('valid_to', 'is', null).where('delegate_of', 'is', null).execute()
    await assign(load, [{ entry, wish: after }], ids)
  }
  if (changed.includes('accounts')) {
    const said = entry.accounts.map(({ platform }) => platform)
    await tx.deleteFrom('account').where('person_id', '=', id).where('platform', 'in', said).execute()
    await bind(load, [{ entry, wish: after }], ids)
  }
}

async function assign({ tx, campaignId, today, by, now }: Load, wanted: Wanted[], ids: Ids): Promise<void> {
  const rows = wanted.map(({ entry, wish }) => ({
    ...{ campaign_id: campaignId, person_id: ids.get(entry) ?? 0, unit_id: wish.unitId, team: wish.team },
    ...{ role: entry.role, valid_from: today, created_by: by, created_at: now },
  }))
  for (const chunk of chunks(rows)) await tx.insertInto('assignment').values(chunk).execute()
}

/** An account belongs to one person: the file moves it when somebody else has it. */
async function bind({ tx, campaignId, by, now }: Load, wanted: Wanted[], ids: Ids): Promise<void> {
  const made = { campaign_id: campaignId, created_by: by, created_at: now }
  const rows = wanted.flatMap(({ entry }) =>
    entry.accounts.map((account) => ({ ...account, ...made, person_id: ids.get(entry) ?? 0 })),
  )
  for (const chunk of chunks(rows))
    await tx
      .insertInto('account')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['platform', 'userid', 'campaign_id'])
          .doUpdateSet((e) => ({ person_id: e.ref('excluded.person_id') })),
      )
      .execute()
}
