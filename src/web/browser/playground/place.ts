// Where the visitor is: platform, chat, person. Kept in the address, so that a reload stays there.
import type { Look, World } from '../../../platforms/playground/entry.ts'

export interface Place {
  look: Look
  chat: string
  person: string
}

export const isPrivate = ({ chat, person }: Place, world: World): boolean =>
  chat === privateChat(person, world)

const privateChat = (person: string, { people }: World): string =>
  people.find(({ id }) => id === person)?.privateChat ?? ''

/** What the address says, as far as it exists; else the first group and person. */
export function placeFrom(hash: string, world: World): Place {
  const [look, chat = '', person = ''] = hash.replace(/^#/, '').split('/').map(decodeURIComponent)
  const start: Place = {
    look: look === 'dingtalk' ? 'dingtalk' : 'wecom',
    person: world.people.some(({ id }) => id === person) ? person : (world.people[0]?.id ?? ''),
    chat: '',
  }
  const isKnown =
    world.groups[start.look].some(({ id }) => id === chat) || chat === privateChat(start.person, world)
  return {
    ...start,
    chat: isKnown ? chat : (world.groups[start.look][0]?.id ?? privateChat(start.person, world)),
  }
}

export function hashOf({ look, chat, person }: Place): string {
  return `#${[look, chat, person].map(encodeURIComponent).join('/')}`
}

/** The same place after a change: a private chat goes with the person, a group has a twin on the other platform. */
export function moved(from: Place, change: Partial<Place>, world: World): Place {
  const { groups } = world
  const to = { ...from, ...change }
  if (change.chat !== undefined) return to
  if (isPrivate(from, world)) return { ...to, chat: privateChat(to.person, world) }
  if (change.look === undefined) return to
  const title = groups[from.look].find(({ id }) => id === from.chat)?.title
  const twin = groups[to.look].find((group) => group.title === title) ?? groups[to.look][0]
  return { ...to, chat: twin?.id ?? privateChat(to.person, world) }
}
