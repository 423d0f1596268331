// What was sent and what was not, as a list with numbers, and one message in full (`domain.md` N22).
import type { Deliveries, Delivery } from './database/deliveries.ts'
import {
  countedFates,
  fateOf,
  fates,
  firstLine,
  kinds,
  momentOf,
  reasonOf,
  restOf,
} from './delivery-words.ts'
import type { Block, Reply } from './message.ts'
import { day } from './wording.ts'

/** So many are listed in a chat. */
export const mostListed = 10

/**
 * How many are in which state, and the last ten.
 * @param isHere they are all for the chat that reads it
 * @param off robots that are out of use, in words
 */
export function listOf(
  found: Deliveries,
  { title, date, isHere, off }: { title: string; date: string; isHere: boolean; off: string[] },
): Reply {
  const [newest] = found.shown
  const rest = restOf(found)
  const more = rest > 0 ? `只列了最近${found.shown.length}条，另有${rest}条。` : ''
  return {
    title: `${title}送达（${day(date)}）`,
    blocks: [
      ...off.map(text),
      text(countedFates(found.counts)),
      ...(newest
        ? [table(found.shown, isHere), text(`${more}看一条的详情，说“送达 编号${newest.number}”。`)]
        : []),
    ],
  }
}

/** One in full: for whom, when, how often tried, and what the platform said. */
export function detailOf(found: Delivery, off: string[]): Reply {
  const { queued_at, due_at, not_before, settled_at, tries, code, to } = found
  const why = whyOf(found)
  const since = settled_at ? `（${momentOf(settled_at)}）` : `，${momentOf(not_before)}起可以发`
  const fields: [string, string][] = [
    ['给谁', to],
    ['种类', kindOf(found)],
    ['内容', firstLine(found)],
    ['状态', `${stateOf(found)}${since}`],
    ['原因', why],
    ['代码', code ?? ''],
    ['该发', momentOf(due_at)],
    ['排队', momentOf(queued_at)],
    ['试过', `${tries}次`],
  ]
  return {
    title: `编号${found.number}`,
    blocks: [...off.map(text), { kind: 'fields', fields: fields.filter(([, value]) => value !== '') }],
  }
}

const table = (deliveries: Delivery[], isHere: boolean): Block => ({
  kind: 'table',
  head: ['编号', '时间', '种类', ...(isHere ? [] : ['给谁']), '状态', '原因'],
  rows: deliveries.map((one) => [
    `编号${one.number}`,
    momentOf(one.settled_at ?? one.not_before),
    kindOf(one),
    ...(isHere ? [] : [one.to]),
    stateOf(one),
    whyOf(one),
  ]),
})

/** A bulletin is queued like a ranking, and is none. */
export const kindOf = ({ kind, key, together }: Delivery) =>
  `${key.startsWith('bulletin:') ? '通报' : kinds[kind]}${together > 1 ? `等${together}条` : ''}`
export function stateOf(delivery: Delivery): string {
  if (delivery.state === 'sending') return '正在发送'
  const word = fates[fateOf(delivery)]
  return delivery.state === 'uncertain' && delivery.open ? `${word}，会再发一次` : word
}
export const whyOf = (delivery: Delivery): string =>
  delivery.open && delivery.off ? '等群里换机器人' : (reasonOf(delivery) ?? '')
const text = (words: string): Block => ({ kind: 'text', text: words })
