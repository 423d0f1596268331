// How a bulletin looks: as it goes out, as a draft, and what was done to it, in words.
import { createHash } from 'node:crypto'
import { dateOf, timeOf } from './clock.ts'
import type { DeedName } from './database/bulletin-deeds.ts'
import type { Bulletin } from './database/bulletins.ts'
import type { BulletinKind } from './database/schema-scores.ts'
import type { Block, Reply } from './message.ts'
import { day } from './wording.ts'

export const kindNames: Record<BulletinKind, string> = {
  ...{ weekly: '周通报', red_black: '红黑榜', indicator: '指标通报', errata: '勘误' },
}

/** As it goes out; without `approver` as it would (`domain.md` C8, N10: the name stands under it). */
export function finalReply({ number, kind, reply, sentence }: Bulletin, approver?: string): Reply {
  const title = reply.title ?? ''
  return {
    title: kind === 'errata' ? title : `第${number}号通报：${title}`,
    blocks: [
      ...reply.blocks,
      ...(sentence ? [text(sentence)] : []),
      text(approver === undefined ? '（还没有签发）' : `签发：${approver}`),
    ],
  }
}

/** 第3号汝河路街道周通报（11月27日） */
export const titleOf = ({ number, kind, reply }: Bulletin): string =>
  kind === 'errata' ? `第${number}号（${reply.title}）` : `第${number}号${reply.title}`

/** All of it as lines; bulletins are made of text alone. */
export function linesOf({ title, blocks }: Reply): string[] {
  const texts = blocks.map((block) => (block.kind === 'text' ? block.text : ''))
  return [...(title ? [title] : []), ...texts]
}

/** What a draft says, for who has to decide; `how` = what can be done. */
export function draftNotice(bulletin: Bulletin, intro: string, how: string): Reply {
  const [title, ...rest] = linesOf(finalReply(bulletin))
  return {
    title: `通报草稿第${bulletin.number}号（${kindNames[bulletin.kind]}）`,
    blocks: [...(intro ? [text(intro)] : []), text([title, ...rest].join('\n')), text(how)],
  }
}

/** What may be answered to a draft that comes unasked. @param mayEdit whether the sentence is theirs to write */
export function howToDecide({ number }: Bulletin, mayEdit: boolean): string {
  const which = `通报第${number}号`
  const said = [`发布${which}`, `暂缓${which}`, ...(mayEdit ? [`${which}加一句：…`] : [])]
  return `30分钟内请回：${said.map((one) => `“${one}”`).join('、')}。没人签发就先压着，不会自己发出去。`
}

/** What may be done about the sentence under it. */
export function howToEdit({ number, sentence }: Bulletin): string {
  const which = `通报第${number}号`
  return sentence === ''
    ? `要加一句话，回“${which}加一句：…”。`
    : `要换一句话，回“${which}改成：…”；不要这句了，回“${which}不要附言了”。`
}

/** Six characters that are others as soon as one word of it is. */
export const markOf = ({ reply, sentence }: Bulletin): string =>
  createHash('sha256')
    .update(JSON.stringify([reply, sentence]))
    .digest('hex')
    .slice(0, 6)

/** A red and black list never goes out on the word of one person alone (`domain.md` N13). */
export const needsAnother = ({ kind, correctsKind }: Pick<Bulletin, 'kind' | 'correctsKind'>): boolean =>
  kind === 'red_black' || correctsKind === 'red_black'

const deeds: Record<DeedName, string> = {
  ...{
    draft: '起草了',
    edit: '改了附言',
    hold: '暂缓了',
    publish: '签发了',
    drop: '作废了',
    resend: '重发了',
  },
}

/** 周敏11月27日18:12暂缓了 */
export function deedText({ actor, at, deed }: { actor: string; at: Date; deed: DeedName }): string {
  const when = `${day(dateOf(at))}${timeOf(at)}`
  return actor === '系统' && deed === 'hold'
    ? `${when}还没人签发，自动压下了`
    : `${actor}${when}${deeds[deed]}`
}

const text = (words: string): Block => ({ kind: 'text', text: words })
