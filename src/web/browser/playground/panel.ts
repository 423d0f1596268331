// The panel: platform, sentences, chats, people; on a phone a drawer.
import type { World } from '../../../platforms/playground/entry.ts'
import { button, make, part } from './dom.ts'
import type { Place } from './place.ts'

/** People listed when nothing is searched for: the best known, and the stranger at the end. */
const listed = 6
const mostFound = 30

interface PanelUse {
  world: World
  go(change: Partial<Place>): void
  say(sentence: string): void
}

/** @returns shows where the visitor is */
export function panel({ world, go, say }: PanelUse): (place: Place) => void {
  const chats = part('chats', HTMLUListElement)
  const people = part('people', HTMLUListElement)
  const search = part('search', HTMLInputElement)
  const looks = document.querySelectorAll<HTMLInputElement>('input[name=look]')
  let here: Place

  part('campaign', HTMLParagraphElement).textContent = world.campaign
  part('sentences', HTMLDivElement).append(
    ...world.sentences.map((sentence) => button({ class: 'chip' }, sentence, () => say(sentence))),
  )
  for (const look of looks)
    look.addEventListener('change', () => go({ look: look.value === 'dingtalk' ? 'dingtalk' : 'wecom' }))

  const choice = (label: string, detail: string, isCurrent: boolean, choose: () => void) => {
    const inside = make('span', {}, make('b', {}, label), ' ', make('small', {}, detail))
    return make('li', {}, button({ 'aria-pressed': String(isCurrent) }, inside, choose))
  }
  const showPeople = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean)
    const found = world.people.filter(({ id, name, duty }, at) =>
      words.length > 0
        ? words.every((word) => `${name} ${duty} ${id}`.includes(word))
        : at < listed || at === world.people.length - 1 || id === here.person,
    )
    people.replaceChildren(
      ...found
        .slice(0, mostFound)
        .map(({ id, name, duty }) => choice(name, duty, id === here.person, () => go({ person: id }))),
    )
    const more = found.length > mostFound ? `共${found.length}人，只列出前${mostFound}人。` : ''
    part('found', HTMLParagraphElement).textContent = found.length === 0 ? '没有找到。' : more
  }
  search.addEventListener('input', showPeople)

  return (place) => {
    here = place
    for (const look of looks) look.checked = look.value === place.look
    const all = [
      ...world.groups[place.look].map(({ id, title }) => ({ id, title, detail: '群' })),
      ...world.people
        .filter(({ id }) => id === place.person)
        .map(({ privateChat }) => ({
          id: privateChat,
          title: `私聊${world.botName}`,
          detail: '只有自己看得到',
        })),
    ]
    chats.replaceChildren(
      ...all.map(({ id, title, detail }) => choice(title, detail, id === place.chat, () => go({ chat: id }))),
    )
    showPeople()
  }
}
