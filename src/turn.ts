// One message being dealt with: who says it, where, when, and what the campaign looks like at that moment.
import { type Action, type Reach, type Role, reach, whoMay } from './campaign/permissions.ts'
import type { Command } from './command.ts'
import type { Keyring } from './crypt.ts'
import type { Admission } from './database/admission.ts'
import type { Db } from './database/connection.ts'
import type { Roster, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { Meaning } from './language/understand.ts'
import type { Links } from './links.ts'
import type { Message, PlatformName } from './message.ts'
import type { Pushing } from './push.ts'
import type { State } from './state/state.ts'

export interface Turn {
  message: Message
  meaning: Meaning
  now: Date
  /** Calendar date in Asia/Shanghai. */
  today: string
  /** The words are a choice that the bot itself offered: their names are meant as they stand. */
  chosen: boolean
  /** Nothing comes of it but an answer: the command only looks something up. */
  looksUp: boolean
  roster: Roster
  /** Absent = a guest: the account is not bound to anybody. */
  person?: NonNullable<Admission['person']>
  /** The unit that the group is bound to. */
  chatUnit?: Unit
  db: Db
  keyring: Keyring
  /** For what a conversation remembers for minutes. */
  state: State
  /** Queues what is to be said to somebody else, or later. */
  push: Pushing
  /** Understands other words as if this person had said them here: each line of a list. */
  read(words: string): Meaning
  /** On which platforms people can be written to privately. */
  privately: PlatformName[]
  /** Makes addresses of pages; absent where nobody can open one. */
  links?: Links
  /** All commands, for 帮助. */
  commands: Command[]
  /** Remembers what is dear to compute until the campaign's numbers or the date change. */
  cached<T>(key: string, compute: () => Promise<T>): Promise<T>
}

export type Place = Pick<Turn, 'message' | 'roster' | 'person' | 'chatUnit'>
/** Who looks at the chart, from where and when: enough to show it. */
export type Viewing = Place & Pick<Turn, 'db' | 'now' | 'today' | 'cached'>
/** What is said, in its place: enough to tell what is meant. */
export type Sentence = Place & Pick<Turn, 'meaning' | 'chosen' | 'looksUp'>

/** The person's own unit: the first of the duties; undefined for guests and supervision teams. */
export function ownUnit({ person, roster }: Place): Unit | undefined {
  const id = person && ownOf(person)
  return id == null ? undefined : roster.units.get(id)
}

/** Its id. */
export const ownOf = ({ duties }: NonNullable<Turn['person']>): number | null =>
  duties.find(({ unit }) => unit !== null)?.unit ?? null

/** The units whose names may be meant by sound: the chat's; in private one's own street's, or all. */
export function scopeOf(place: Place): Unit {
  const { chatUnit, roster } = place
  if (chatUnit) return chatUnit
  const own = ownUnit(place)
  const street = own && own.level !== 'street' && own.parent !== null ? roster.units.get(own.parent) : own
  return street ?? roster.root
}

/** Whether the person may use a command at all, anywhere. */
export function mayEver({ person }: Pick<Turn, 'person'>, action: Action): boolean {
  return rolesOf(person).some((role) => reach(role, action) !== undefined)
}

/**
 * Whether the person may do this to that unit (`domain.md` C2). Writes reach no further than the group they are
 * said in: scope = min(role scope, chat scope).
 */
export function may(place: Omit<Place, 'message'>, action: Action, unit: Unit): boolean {
  const { person, roster, chatUnit } = place
  const reaches = (how: Reach | undefined, own: number | null) =>
    how === 'all' ||
    (how === 'chat' && unit.id === chatUnit?.id) ||
    (how === 'own' && unit.id === own) ||
    (how === 'tree' && own !== null && roster.isWithin(unit.id, own))
  if (!person?.duties.length) return reaches(reach('guest', action), null)
  return person.duties.some((duty) => reaches(reach(duty.role, action), duty.unit))
}

/** @throws UserError that says who may do it, or where */
export function demand(place: Place, action: Action, unit: Unit, doing: string): void {
  const { person, chatUnit, roster } = place
  if (!person)
    throw new UserError(`我还不认识您。私聊我发“绑定 手机号”，或在群里发“绑定 姓名”，绑定后就能${doing}。`)
  if (!may(place, action, unit))
    throw new UserError(`您不能${doing}（${unit.name}）。能办的人：${whoMay(action)}，限本单位范围。`)
  if (chatUnit && !roster.isWithin(unit.id, chatUnit.id))
    throw new UserError(`这个群只办${chatUnit.name}的事；${unit.name}的请在它自己的群里说，或私聊我。`)
}

/** Somebody without a duty may do what a guest may. */
function rolesOf(person: Turn['person']): Role[] {
  const roles = person?.duties.map(({ role }) => role) ?? []
  return roles.length > 0 ? roles : ['guest']
}
