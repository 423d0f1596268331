// One message of the chat as an element.
import type { Entry, Look, SaidByBot, SaidByPerson, World } from '../../../platforms/playground/entry.ts'
import { card } from './card.ts'
import { make } from './dom.ts'
import { mention, typed } from './inline.ts'
import { markdown } from './markdown.ts'
import { calledBeside, dialectOf, shownOf } from './payload.ts'

export interface View {
  look: Look
  /** The person whose phone this is. */
  me: string
  world: World
}

export function bubble(entry: Entry, view: View): HTMLElement {
  return entry.kind === 'bot' ? ofBot(entry, view) : ofPerson(entry, view)
}

/** A line in the middle, such as a time. */
export function divider(text: string): HTMLElement {
  return make('p', { class: 'divider' }, text)
}

function ofPerson({ person, name, text, toBot }: SaidByPerson, { me, world }: View): HTMLElement {
  const words = make('div', { class: 'bubble typed' }, ...withMention(text, world.botName))
  const unheard = make('p', { class: 'unheard' }, `没有@${world.botName}，机器人收不到`)
  const side = person === me ? 'mine' : 'theirs'
  return make(
    'div',
    { class: `message ${side}` },
    make('span', { class: `avatar tone${tone(person)}`, 'aria-hidden': 'true' }, name.slice(-2)),
    make('div', { class: 'said' }, make('p', { class: 'name' }, name), words, ...(toBot ? [] : [unheard])),
  )
}

function ofBot(said: SaidByBot, { look, me, world }: View): HTMLElement {
  const { payload, quote } = said
  const names = new Map(world.people.map(({ id, name }) => [id, name]))
  const dialect = dialectOf(look, said, { names, me })
  const shown = shownOf(payload)
  const drawn = (): (Node | string)[] => {
    if (shown.kind === 'picture') return [picture(shown.media)]
    if (shown.kind === 'file') return [file(shown)]
    if (shown.kind === 'card') return [card(shown.card)]
    if (shown.kind === 'markdown') return [markdown(shown.text, dialect)]
    return [
      ...typed(shown.text, dialect),
      ...calledBeside(payload).flatMap((id) => [' ', mention(id, dialect)]),
    ]
  }
  const quoted = quote === undefined ? [] : [make('p', { class: 'quoted' }, quote)]
  const name = make('p', { class: 'name' }, world.botName, make('span', { class: 'tag' }, '机器人'))
  return make(
    'div',
    { class: 'message theirs bot' },
    make('img', { class: 'avatar', src: '/playground/files/playground.svg', alt: '' }),
    make(
      'div',
      { class: 'said' },
      name,
      make('div', { class: `bubble ${shown.kind === 'text' ? 'typed' : 'drawn'}` }, ...quoted, ...drawn()),
    ),
  )
}

function picture(media: string): HTMLElement {
  const src = `/playground/media/${encodeURIComponent(media)}`
  return make(
    'a',
    { href: src, target: '_blank' },
    make('img', { class: 'picture', src, alt: '机器人发的图片' }),
  )
}

function file({ media, name, size }: { media: string; name: string; size: number }): HTMLElement {
  return make(
    'a',
    { class: 'file', href: `/playground/media/${encodeURIComponent(media)}`, download: name },
    make('span', { class: 'file-name' }, name),
    make('span', { class: 'file-size' }, `${sizeText(size)} · 点击下载`),
  )
}

const sizeText = (bytes: number): string =>
  bytes < 1024 * 1024
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 / 1024).toFixed(1)} MB`

function withMention(text: string, botName: string): (Node | string)[] {
  const parts = text.split(`@${botName}`)
  return parts.flatMap((part, at) =>
    at === 0 ? [part] : [make('span', { class: 'at' }, `@${botName}`), part],
  )
}

/** One of six colours, always the same for a person. */
function tone(id: string): number {
  return [...id].reduce((sum, sign) => (sum * 40 + (sign.codePointAt(0) ?? 0)) % 9973, 0) % 6
}
