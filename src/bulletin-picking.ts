// Which bulletin is meant: by number, or the only one that it can be; of several it is asked.

import { deedText, titleOf } from './bulletin-view.ts'
import { lastDeed } from './database/bulletin-deeds.ts'
import { type Bulletin, bulletinWith, openBulletins, publishedBulletins } from './database/bulletins.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked, BulletinWish } from './language/bulletin.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'

/** How long a published bulletin is offered without its number. */
const offeredMs = 35 * 24 * 3600_000
const mostOffered = 6

export function unitOf({ roster }: Pick<Turn, 'roster'>, { unit }: Pick<Bulletin, 'unit'>): Unit {
  return roster.units.get(unit) ?? roster.root
}

/**
 * The bulletin with the number that was said; without one the only one of `candidates`.
 * @throws UserError when there is none, or it is not the person's to see
 */
export async function pickBulletin(
  turn: Turn,
  asked: BulletinAsked,
  candidates: () => Promise<Bulletin[]>,
): Promise<Bulletin | Question> {
  const campaign = turn.roster.campaign.id
  if (asked.number !== undefined) {
    const found = await bulletinWith(turn.db, campaign, asked.number)
    if (!found) throw new UserError(`没有第${asked.number}号通报。说“看通报”看有哪些。`)
    demand(turn, 'publish_bulletin', unitOf(turn, found), '办这份通报')
    return found
  }
  const own = (await candidates()).filter((one) => isVisible(turn, one))
  const [only, another] = own
  if (only && !another) return only
  if (!only) throw new UserError(await nothing(turn, asked.want))
  const options = own.slice(-mostOffered).map((one) => ({
    label: `第${one.number}号 ${one.reply.title}${one.state === 'held' ? '（压着）' : ''}`,
    words: wordsFor(asked, one),
  }))
  return new Question('哪一份通报？', options)
}

/** Those that wait for a decision. */
export const open = (turn: Turn): Promise<Bulletin[]> => openBulletins(turn.db, turn.roster.campaign.id)

/** Those that were published in the last weeks, and errata only where they are asked for again. */
export const published = (turn: Turn): Promise<Bulletin[]> =>
  publishedBulletins(turn.db, turn.roster.campaign.id, new Date(turn.now.getTime() - offeredMs))

/** Who may put a name under it may see it; in a group only what is of the group's unit. */
export function isVisible(turn: Turn, bulletin: Bulletin): boolean {
  const { chatUnit, roster } = turn
  const unit = unitOf(turn, bulletin)
  return may(turn, 'publish_bulletin', unit) && (!chatUnit || roster.isWithin(unit.id, chatUnit.id))
}

function wordsFor({ want, sentence, adds }: BulletinAsked, { number }: Bulletin): string {
  const which = `通报第${number}号`
  if (want === 'edit') return `${which}${adds ? '加一句' : '改成'}：${sentence}`
  const verbs = { publish: '发布', hold: '暂缓', drop: '作废', resend: '重发', errata: '勘误', show: '看' }
  return `${verbs[want as keyof typeof verbs] ?? '看'}${which}`
}

/** There is none; the newest one that there was explains it. */
async function nothing(turn: Turn, want: BulletinWish): Promise<string> {
  if (want === 'errata') return '没有发布过以后又更正了数的通报，不用勘误。'
  if (want === 'resend') return '最近没有发布过通报。'
  const last = (await published(turn)).filter((one) => isVisible(turn, one)).at(-1)
  const deed = last && (await lastDeed(turn.db, turn.roster.campaign.id, last.number))
  const earlier = last && deed ? `${titleOf(last)}${deedText(deed)}。` : ''
  return `没有等着签发的通报。${earlier}说“出一份通报”起草一份。`
}
