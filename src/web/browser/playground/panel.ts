// The panel: platform, sentences, chats, people; on a phone a drawer.
import type { Look, World } from '../../../platforms/playground/entry.ts'
import { button, make, part, refill } from './dom.ts'
import type { Place } from './place.ts'

/** People listed when nothing is searched for: the best known, and the stranger at the end. */
const listed = 6
const mostFound = 30

interface PanelUse {
  world: World
  go(change: Partial<Place>): void
  say(sentence: string): void
  /** How many messages of the bot have come in a chat since it was looked at. */
  unread(look: Look, chat: string): number
}

/** @returns shows where the visitor is */
export function panel({ world, go, say, unread }: PanelUse): (place: Place) => void {
  const chats = part('chats', HTMLUListElement)
  const people = part('people', HTMLUListElement)
  const search = part('search', HTMLInputElement)
  const looks = document.querySelectorAll<HTMLInputElement>('input[name=look]')
  let here: Place

  part('campaign', HTMLParagraphElement).textContent = world.campaign
  part('sentences', HTMLDivElement).append(
    ...world.sentences.map((sentence) => button({ class: 'chip' }, sentence, () => say(sentence))),
  )
  for (const look of looks) look.addEventListener('change', () => go({ look: lookOf(look) }))

  const choice = (
    key: string,
    { label, detail, count }: { label: string; detail: string; count: number },
    isCurrent: boolean,
    choose: () => void,
  ) => {
    const inside = make('span', {}, make('b', {}, label), ' ', make('small', {}, detail), ...badge(count))
    return make('li', {}, button({ 'aria-pressed': String(isCurrent), 'data-key': key }, inside, choose))
  }
  const chatsOf = (look: Look): { id: string; label: string; detail: string; count: number }[] =>
    [
      ...world.groups[look].map(({ id, title }) => ({ id, label: title, detail: '群' })),
      ...world.people
        .filter(({ id }) => id === here.person)
        .map(({ privateChat: id }) => ({ id, label: `私聊${world.botName}`, detail: '只有自己看得到' })),
    ].map((chat) => ({ ...chat, count: unread(look, chat.id) }))
  const showPeople = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean)
    const found = world.people.filter(({ id, name, duty }, at) =>
      words.length > 0
        ? words.every((word) => `${name} ${duty} ${id}`.includes(word))
        : at < listed || at === world.people.length - 1 || id === here.person,
    )
    const shown = found.slice(0, mostFound).map(({ id, name, duty, privateChat }) => {
      // Who is me has the private chat above.
      const count = id === here.person ? 0 : unread(here.look, privateChat)
      return choice(id, { label: name, detail: duty, count }, id === here.person, () => go({ person: id }))
    })
    refill(people, shown)
    const more = found.length > mostFound ? `共${found.length}人，只列出前${mostFound}人。` : ''
    part('found', HTMLParagraphElement).textContent = found.length === 0 ? '没有找到。' : more
  }
  search.addEventListener('input', showPeople)

  return (place) => {
    here = place
    const all = chatsOf(place.look)
    let elsewhere = all.reduce((sum, { count }) => sum + count, 0)
    for (const input of looks) {
      input.checked = input.value === place.look
      const other = input.checked ? 0 : chatsOf(lookOf(input)).reduce((sum, { count }) => sum + count, 0)
      elsewhere += other
      showBadge(input.nextElementSibling, other)
    }
    showBadge(part('open-panel', HTMLButtonElement), elsewhere)
    refill(
      chats,
      all.map(({ id, ...chat }) => choice(id, chat, id === place.chat, () => go({ chat: id }))),
    )
    showPeople()
  }
}

const lookOf = ({ value }: HTMLInputElement): Look => (value === 'dingtalk' ? 'dingtalk' : 'wecom')

/** A dot with a number, and words for who cannot see it. */
function badge(count: number): HTMLElement[] {
  if (count <= 0) return []
  const number = make('span', { 'aria-hidden': 'true' }, count > 99 ? '99+' : String(count))
  return [make('span', { class: 'badge' }, number, make('span', { class: 'hidden' }, `${count}条新消息`))]
}

function showBadge(place: Element | null, count: number): void {
  place?.querySelector('.badge')?.remove()
  place?.append(...badge(count))
}
