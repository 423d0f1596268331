// Carries a handover out and tells both sides: at once when a clerk says so, or on its day.
import type { Actor } from './database/bindings.ts'
import type { Executor } from './database/connection.ts'
import { carryOut } from './database/handover.ts'
import type { Holdings } from './database/handover-holdings.ts'
import type { Candidate, Post } from './database/handover-posts.ts'
import type { Roster, Unit } from './database/roster.ts'
import { farewellText, officeOf, type Told, welcomeText } from './handing-over-words.ts'
import { line } from './message.ts'
import type { Push, Pushing } from './push.ts'

/** The unit that a post belongs to; teams work for the whole campaign. */
export const unitOf = ({ root, units }: Roster, { unit }: Pick<Post, 'unit'>): Unit =>
  (unit === null ? undefined : units.get(unit)) ?? root

/** Every unit of the post's, itself included. */
export function below(roster: Roster, post: Pick<Post, 'unit'>): number[] {
  const top = unitOf(roster, post).id
  return [...roster.units.keys()].filter((id) => roster.isWithin(id, top))
}

interface Done {
  roster: Roster
  holdings: Holdings
  to: Candidate
  starts: string
  by: Actor & { person: number | null }
  push: Pushing
  /** The number of the plan, if there was one. */
  planned?: number
}

/** Call it inside `writing`, with what was counted there. */
export async function handOver(tx: Executor, done: Done): Promise<void> {
  const { roster, holdings, to, starts, by, push, planned } = done
  const { post } = holdings
  const told: Told = { holdings, name: to.name, to, hasPhone: to.hasPhone, starts, now: by.at }
  const subject = `${officeOf(roster, post)}：${post.name} → ${to.name}，${starts}`
  const farewell = noticeTo(post.person, farewellText(roster, told), `handover:${post.id}:from`, by)
  const welcome = noticeTo(to.id, welcomeText(roster, told), `handover:${post.id}:to`, by)
  await carryOut(
    tx,
    { holdings, to, starts, by },
    { subject, farewell, push, ...(planned !== undefined && { planned }) },
  )
  // Whoever has no account is told by the clerk, who is told so.
  if (to.accounts.length > 0) await push(tx, [welcome])
}

export const noticeTo = (person: number, text: string, key: string, { campaign, at }: Actor): Push => ({
  ...{ campaign, to: { person }, kind: 'notice', reply: line(text), key, due: at },
})
