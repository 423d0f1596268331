// Who holds which post, and who is called so: what a handover is about.
import type { Role } from '../campaign/permissions.ts'
import type { Executor } from './connection.ts'

/** A duty in force, with the person who has it. */
export interface Post {
  id: number
  person: number
  name: string
  unit: number | null
  team: string | null
  role: Exclude<Role, 'guest'>
  delegate_of: number | null
  /** The holder's first day. */
  since: string
}

/** Somebody of the roster, also of those who have left. */
export interface Candidate {
  id: number
  name: string
  status: 'active' | 'left'
  hasPhone: boolean
  /** Where the person can be reached by the bot. */
  accounts: { platform: string; userid: string }[]
  posts: Post[]
}

/** Posts in force, in the order of their making. */
export function postsOf(
  db: Executor,
  campaign: number,
  of: { people: number[] } | { unit: number } | { id: number } | { standingInFor: number },
): Promise<Post[]> {
  return db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .where('assignment.campaign_id', '=', campaign)
    .where('assignment.valid_to', 'is', null)
    .where('person.status', '=', 'active')
    .where((e) =>
      'people' in of
        ? e('person.id', 'in', of.people.length > 0 ? of.people : [0])
        : 'unit' in of
          ? e('assignment.unit_id', '=', of.unit)
          : 'id' in of
            ? e('assignment.id', '=', of.id)
            : e('delegate_of', '=', of.standingInFor),
    )
    .orderBy('assignment.id')
    .select(['assignment.id', 'person.id as person', 'person.name', 'unit_id as unit', 'team', 'role'])
    .select(['delegate_of', 'valid_from as since'])
    .execute()
}

/** Who is in a supervision team. */
export async function teamPosts(db: Executor, campaign: number, team: string): Promise<Post[]> {
  const people = await db
    .selectFrom('assignment')
    .where('campaign_id', '=', campaign)
    .where('team', '=', team)
    .where('valid_to', 'is', null)
    .select('person_id')
    .execute()
  const posts = await postsOf(db, campaign, { people: people.map(({ person_id }) => person_id) })
  return posts.filter((post) => post.team === team)
}

/** Everybody with that name, that phone number or that id, active ones first. */
export async function candidates(
  db: Executor,
  campaign: number,
  by: { name: string } | { phoneMark: string } | { id: number },
): Promise<Candidate[]> {
  const people = await db
    .selectFrom('person')
    .where('campaign_id', '=', campaign)
    .where((e) =>
      'name' in by
        ? e('name', '=', by.name)
        : 'id' in by
          ? e('id', '=', by.id)
          : e('phone_mark', '=', by.phoneMark),
    )
    .orderBy('status')
    .orderBy('id')
    .select(['id', 'name', 'status', 'phone_mark'])
    .execute()
  const ids = people.map(({ id }) => id)
  if (ids.length === 0) return []
  const posts = await postsOf(db, campaign, { people: ids })
  const accounts = await db
    .selectFrom('account')
    .where('person_id', 'in', ids)
    .select(['person_id', 'platform', 'userid'])
    .orderBy('platform')
    .execute()
  return people.map(({ phone_mark, ...person }) => ({
    ...person,
    hasPhone: phone_mark !== null,
    accounts: accounts.filter(({ person_id }) => person_id === person.id).map(({ person_id, ...at }) => at),
    posts: posts.filter(({ person: holder }) => holder === person.id),
  }))
}

/** Whether somebody else keeps the district's campaign and can be recognised by the bot. */
export async function otherDistrictClerk(db: Executor, campaign: number, but: number): Promise<boolean> {
  const found = await db
    .selectFrom('assignment')
    .innerJoin('person', 'person.id', 'assignment.person_id')
    .innerJoin('account', 'account.person_id', 'person.id')
    .where('assignment.campaign_id', '=', campaign)
    .where('role', '=', 'district_admin')
    .where('valid_to', 'is', null)
    .where('person.status', '=', 'active')
    .where('person.id', '!=', but)
    .select('person.id')
    .executeTakeFirst()
  return found !== undefined
}
