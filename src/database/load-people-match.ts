// Who an entry of a workbook is: known by account first, then by phone, then by name and place.
import type { PersonEntry } from '../sheet/campaign.ts'
import type { Load } from './load-common.ts'

/** What is, or should be, true of a person. */
export interface Wish {
  name: string
  status: 'active' | 'left'
  phoneMark: string | null
  role: PersonEntry['role'] | null
  unitId: number | null
  team: string | null
  /** `platform/userid`, sorted. */
  accounts: string[]
}

export type Wanted = { entry: PersonEntry; wish: Wish }

export type Post = Pick<Wish, 'role' | 'unitId' | 'team'>

export interface Known extends Pick<Wish, 'name' | 'status' | 'phoneMark' | 'accounts'> {
  id: number
  posts: Post[]
}

const noPost: Post = { role: null, unitId: null, team: null }
const samePost = (a: Post, b: Post) => a.role === b.role && a.unitId === b.unitId && a.team === b.team

/** Everybody of the campaign with their accounts and the posts that they hold in their own right. */
export async function readPeople({ tx, campaignId }: Load): Promise<Known[]> {
  const inCampaign = ['campaign_id', '=', campaignId] as const
  const people = await tx
    .selectFrom('person')
    .where(...inCampaign)
    .select(['id', 'name', 'status', 'phone_mark as phoneMark'])
    .orderBy('id')
    .execute()
  const accounts = await tx
    .selectFrom('account')
    .where(...inCampaign)
    .select(['person_id', 'platform', 'userid'])
    .execute()
  const posts = await tx
    .selectFrom('assignment')
    .where(...inCampaign)
    .where('valid_to', 'is', null)
    .where('delegate_of', 'is', null)
    .select(['person_id', 'role', 'unit_id as unitId', 'team'])
    .orderBy('id')
    .execute()
  const known = new Map(
    people.map((person): [number, Known] => [person.id, { ...person, accounts: [], posts: [] }]),
  )
  for (const { person_id, platform, userid } of accounts)
    known.get(person_id)?.accounts.push(`${platform}/${userid}`)
  for (const { person_id, ...post } of posts) known.get(person_id)?.posts.push(post)
  for (const person of known.values()) person.accounts.sort()
  return [...known.values()]
}

/** A person as compared with a wish: somebody with several posts is seen in the one that is wished for. */
export function standingOf({ posts, name, status, phoneMark, accounts }: Known, wish: Wish): Wish {
  const post = posts.find((held) => samePost(held, wish)) ?? posts[0] ?? noPost
  return { name, ...post, status, phoneMark, accounts }
}

/** Pairs entries with people, the surest way first; nobody is taken twice. */
export function matchPeople(wanted: Wanted[], known: Known[]): Map<PersonEntry, Known> {
  const pairs = new Map<PersonEntry, Known>()
  const taken = new Set<Known>()
  const post = (name: string, { unitId, team }: Post) => `${name}/${unitId}/${team}`
  const ways: { of(wish: Wish): string[]; by(person: Known): string[] }[] = [
    { of: ({ accounts }) => accounts, by: ({ accounts }) => accounts },
    { of: ({ phoneMark }) => marks(phoneMark), by: ({ phoneMark }) => marks(phoneMark) },
    { of: (wish) => [post(wish.name, wish)], by: ({ name, posts }) => posts.map((held) => post(name, held)) },
  ]
  for (const { of, by } of ways) {
    const index = new Map<string, Known[]>()
    for (const person of known)
      for (const sign of by(person)) index.set(sign, [...(index.get(sign) ?? []), person])
    for (const { entry, wish } of wanted) {
      if (pairs.has(entry)) continue
      const person = of(wish)
        .flatMap((sign) => index.get(sign) ?? [])
        .find((candidate) => !taken.has(candidate))
      if (!person) continue
      pairs.set(entry, person)
      taken.add(person)
    }
  }
  return pairs
}

const marks = (mark: string | null) => (mark === null ? [] : [mark])
