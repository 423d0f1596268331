// A WeCom card that only tells something (text_notice): title, big number, text, label and value, and where it leads.
import { make } from './dom.ts'
import { link } from './inline.ts'
import { field } from './payload.ts'

export function card(content: unknown): HTMLElement {
  const said = (name: string, part: string): string => words(field(field(content, name), part))
  const paragraph = (kind: string, text: string) => (text ? [make('p', { class: kind }, text)] : [])
  const rows = items('horizontal_content_list').flatMap((row) => [
    make('dt', {}, words(field(row, 'keyname'))),
    make('dd', {}, words(field(row, 'value'))),
  ])
  const jumps = items('jump_list').map((jump) => ({
    url: words(field(jump, 'url')),
    title: words(field(jump, 'title')),
  }))
  // The whole card leads there: here a line that says so.
  const leads = [...jumps, { url: said('card_action', 'url'), title: '查看详情' }].filter(({ url }) => url)

  return make(
    'div',
    { class: 'card' },
    ...paragraph('source', said('source', 'desc')),
    ...paragraph('title', said('main_title', 'title')),
    ...paragraph('second', said('main_title', 'desc')),
    ...paragraph('big', said('emphasis_content', 'title')),
    ...paragraph('second', said('emphasis_content', 'desc')),
    ...paragraph('quoted', said('quote_area', 'quote_text')),
    ...paragraph('sub', words(field(content, 'sub_title_text'))),
    ...(rows.length > 0 ? [make('dl', {}, ...rows)] : []),
    ...leads.map(({ url, title }) => make('p', { class: 'lead' }, link(url, [new Text(title)]))),
  )

  function items(name: string): unknown[] {
    const list = field(content, name)
    return Array.isArray(list) ? list : []
  }
}

const words = (value: unknown): string => (typeof value === 'string' ? value : '')
