// Which bulletin is meant: by number, or the only one that it can be; of several it is asked.

import { guessed } from './args.ts'
import { deedText, titleOf } from './bulletin-view.ts'
import { lastDeed } from './database/bulletin-deeds.ts'
import { type Bulletin, bulletinWith, openBulletins, publishedBulletins } from './database/bulletins.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import type { Meaning } from './language/understand.ts'
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
  const guess = guessed(turn)
  if (guess) return guess
  const own = (await candidates()).filter((one) => isVisible(turn, one))
  const [only, another] = own
  if (only && !another) return only
  if (!only) throw new UserError(await nothing(turn, asked))
  const isMixed = own.some(({ state }) => state !== 'published')
  const marks = { draft: '', held: '（压着）', published: isMixed ? '（已发布）' : '', dropped: '' }
  const offered = own.toSorted((a, b) => a.number - b.number).slice(-mostOffered)
  const options = offered.map((one) => ({
    label: `第${one.number}号 ${one.reply.title}${marks[one.state]}`,
    words: wordsFor(asked, one),
  }))
  const more = own.length - offered.length
  const earlier = more > 0 ? `（前面还有${more}份，说“看通报”和它的号，例如“看通报第1号”）` : ''
  return new Question(`哪一份通报？${earlier}`, options)
}

/** Those that wait for a decision. */
export const open = (turn: Turn): Promise<Bulletin[]> => openBulletins(turn.db, turn.roster.campaign.id)

/** Those that were published in the last weeks, and errata only where they are asked for again. */
export const published = (turn: Turn): Promise<Bulletin[]> =>
  publishedBulletins(turn.db, turn.roster.campaign.id, new Date(turn.now.getTime() - offeredMs))

/**
 * Who may put a name under it may see it; in a group only what is of the group's unit, and where one is named in front
 * of it (汝河路的通报) only what is of that one.
 */
export function isVisible(turn: Turn, bulletin: Bulletin): boolean {
  const { chatUnit, roster } = turn
  const unit = unitOf(turn, bulletin)
  const named = namedBefore(turn.meaning).filter(({ candidates }) =>
    candidates.some(({ id }) => roster.children(id).length > 0),
  )
  const isMeant =
    named.length === 0 || named.some(({ candidates }) => candidates.some(({ id }) => id === unit.id))
  return (
    isMeant && may(turn, 'publish_bulletin', unit) && (!chatUnit || roster.isWithin(unit.id, chatUnit.id))
  )
}

/** The units that are named in front of 通报, as they were written: behind it they may be in its sentence. */
export const whose = (meaning: Meaning): string[] =>
  namedBefore(meaning).map(({ start, end }) => meaning.text.slice(start, end))

function namedBefore({ text, units }: Meaning): Meaning['units'] {
  const at = text.search(/通报|红黑榜|勘误/)
  return units.filter(({ end }) => end <= at)
}

/**
 * What choosing one does. What cannot be taken back is shown first: the digit that was answered stands beside another
 * number, the bulletin's own.
 */
function wordsFor({ want, sentence, adds }: BulletinAsked, { number, state }: Bulletin): string {
  const which = `通报第${number}号`
  if (want === 'edit') return `${which}${adds ? '加一句' : '改成'}：${sentence}`
  if (want === 'erase') return `${which}不要附言了`
  if (want === 'withdraw' && state === 'published') return `撤回${which}`
  const verbs = { hold: '暂缓', resend: '重发', errata: '勘误' }
  return `${verbs[want as keyof typeof verbs] ?? '看'}${which}`
}

/** There is none; the newest one that there was explains it. */
async function nothing(turn: Turn, { want, errata }: BulletinAsked): Promise<string> {
  if (want === 'withdraw') return `最近没有${errata ? '勘误' : '通报'}，没有可以撤回的。`
  if (want === 'list') return '还没有通报。说“出一份通报”起草一份。'
  if (want === 'errata') return '没有发布过以后又更正了数的通报，不用勘误。'
  if (want === 'resend') return '最近没有发布过通报。'
  const last = (await published(turn)).filter((one) => isVisible(turn, one)).at(-1)
  const deed = last && (await lastDeed(turn.db, turn.roster.campaign.id, last.number))
  const earlier = last && deed ? `${titleOf(last)}${deedText(deed)}。` : ''
  return `没有等着签发的通报。${earlier}说“出一份通报”起草一份。`
}
