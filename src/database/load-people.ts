// People of a load: compares the file's with the campaign's and writes the differences.
import type { PersonEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { differences, type Load } from './load-common.ts'
import { type Heir, heirsOf } from './load-people-heirs.ts'
import { matchPeople, readPeople, standingOf, type Wish } from './load-people-match.ts'
import { insertPeople, updatePerson } from './load-people-write.ts'

/**
 * @returns the person's id for every entry, and whose the numbers are that the file says an entry has reported: they
 * stay with their author when the post has gone to somebody else
 */
export async function loadPeople(
  load: Load,
  people: PersonEntry[],
  unitIds: Map<string, number>,
  count: Count,
): Promise<{ people: Map<PersonEntry, number>; authors: Map<PersonEntry, number> }> {
  const named = people.map((entry) => ({ entry, wish: wishOf(load, entry, unitIds) }))
  const known = load.isNew ? [] : await readPeople(load)
  const heirs = load.isNew ? new Map<PersonEntry, Heir>() : await heirsOf(load, named, known)
  const wanted = named.filter(({ entry }) => !heirs.has(entry))
  const matched = matchPeople(wanted, known)
  const added = wanted.filter(({ entry }) => !matched.has(entry))
  for (const { entry } of added) noteChange(count, 'added', entry.name)
  const ids = await insertPeople(load, added)
  for (const { entry, wish } of wanted) {
    const person = matched.get(entry)
    if (!person) continue
    ids.set(entry, person.id)
    const before = standingOf(person, wish)
    const after = keepUnsaid(before, wish)
    if (differences(before, after).length === 0) count.unchanged++
    else {
      noteChange(count, 'changed', before.name === after.name ? after.name : `${before.name}→${after.name}`)
      await updatePerson(load, person.id, { entry, before, after })
    }
  }
  const authors = new Map(ids)
  for (const [entry, { id, from, words }] of heirs) {
    ids.set(entry, id)
    authors.set(entry, from)
    count.notes.push(`交接照旧，没有改回：文件里的${words}。请更新文件`)
  }
  // Of a handover that the file does not know, it has been told just now.
  const seen = [...matched.values(), ...heirs.values()].map(({ id }) => id)
  const told = new Set([...seen, ...[...heirs.values()].map(({ from }) => from)])
  count.kept = known.flatMap(({ id, name, status }) => (told.has(id) || status !== 'active' ? [] : name))
  return { people: ids, authors }
}

function wishOf(
  { keys }: Load,
  { name, role, unit, team, phone, accounts }: PersonEntry,
  unitIds: Map<string, number>,
): Wish {
  return {
    ...{ name, role, team, unitId: unit === null ? null : (unitIds.get(unit) ?? null), status: 'active' },
    phoneMark: phone === null ? null : keys.mark(phone),
    accounts: accounts.map(({ platform, userid }) => `${platform}/${userid}`).sort(),
  }
}

/** A phone number or an account that the file leaves out stays: it may have been given in a chat. */
function keepUnsaid(before: Wish, wish: Wish): Wish {
  const said = new Set(wish.accounts.map(platformOf))
  const kept = before.accounts.filter((account) => !said.has(platformOf(account)))
  return {
    ...wish,
    phoneMark: wish.phoneMark ?? before.phoneMark,
    accounts: [...wish.accounts, ...kept].sort(),
  }
}

const platformOf = (account: string) => account.slice(0, account.indexOf('/'))
