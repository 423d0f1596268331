// A file that still names somebody who has handed over: the handover stands, and the load says so (`domain.md` N19).
import { titles } from '../campaign/permissions.ts'
import { dayText } from '../language/when-format.ts'
import type { Load } from './load-common.ts'
import type { Known, Post, Wanted } from './load-people-match.ts'

export interface Heir {
  /** Who has the post now. */
  id: number
  /** Who had it. */
  from: number
  words: string
}

/** Whoever has the post that an entry names, where its holder gave it away and has not got it back. */
export async function heirsOf(
  { tx, campaignId, now }: Load,
  wanted: Wanted[],
  known: Known[],
): Promise<Map<Wanted['entry'], Heir>> {
  const done = await tx
    .selectFrom('handover')
    .innerJoin('person as leaver', 'leaver.id', 'from_id')
    .leftJoin('unit_version as unit', (join) =>
      join.onRef('unit.unit_id', '=', 'handover.unit_id').on('unit.valid_to', 'is', null),
    )
    .where('handover.campaign_id', '=', campaignId)
    .where('state', '=', 'done')
    .orderBy('handover.id')
    .select(['from_id as from', 'to_id as to', 'leaver.name', 'handover.unit_id as unitId', 'team'])
    .select(['role', 'starts', 'unit.name as unit'])
    .execute()
  const people = new Map(known.map((person) => [person.id, person]))
  const heirs = new Map<Wanted['entry'], Heir>()
  if (done.length === 0) return heirs
  for (const { entry, wish } of wanted) {
    const ofPost = done.filter((one) => isSame(one, wish))
    const holds = (id: number) => people.get(id)?.posts.some((post) => isSame(post, wish)) ?? false
    const first = ofPost.findLast(({ name }) => name === wish.name)
    if (!first || known.some(({ id, name }) => name === wish.name && holds(id))) continue
    // It may have gone on from hand to hand.
    let last = first
    for (const one of ofPost)
      if (ofPost.indexOf(one) > ofPost.indexOf(last) && one.from === last.to) last = one
    const heir = people.get(last.to)
    if (!heir || !holds(heir.id)) continue
    const office = `${first.unit ?? first.team ?? ''}${titles[first.role]}`
    const words = `${wish.name}（${office}）${dayText(first.starts, now)}起已由${heir.name}接任`
    heirs.set(entry, { id: heir.id, from: first.from, words })
  }
  return heirs
}

const isSame = (a: Post, b: Post) => a.role === b.role && a.unitId === b.unitId && a.team === b.team
