// Drafts a bulletin from the latest snapshot, on a person's word (`domain.md` C8).
import { indicator as indicatorArg, pickUnit } from './args.ts'
import { showBulletin } from './bulletin-showing.ts'
import { draftNotice, howToDecide, kindNames, needsAnother } from './bulletin-view.ts'
import { weekOf } from './bulletin-week.ts'
import { indicatorBulletin, redBlackBulletin, weeklyBulletin } from './bulletin-words.ts'
import { draftBulletin, type Hand } from './database/bulletin-deeds.ts'
import { approversBeside, noticeKey } from './database/bulletin-people.ts'
import { type Bulletin, bulletinsOf } from './database/bulletins.ts'
import type { Executor } from './database/connection.ts'
import type { Indicator, Roster, Unit } from './database/roster.ts'
import type { BulletinKind } from './database/schema-scores.ts'
import { lastSnapshot, type Snapshot } from './database/snapshots.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import type { Reply } from './message.ts'
import type { Push } from './push.ts'
import { Question } from './question.ts'
import { demand, ownUnit, type Turn } from './turn.ts'
import type { Week } from './weekly-words.ts'

/** 出一份通报: what is drafted already from the same snapshot is shown, not drafted twice. */
export async function draft(turn: Turn, { kind: said }: BulletinAsked): Promise<Reply | Question> {
  const { roster, db, now, person } = turn
  const unit = unitFor(turn)
  if (unit instanceof Question) return unit
  demand(turn, 'draft_bulletin', unit, '出通报')
  if (!person) throw new UserError('我还不认识您。')
  if (roster.children(unit.id).length === 0)
    throw new UserError('通报只出街道的和全区的。请说是哪个街道，例如“汝河路街道出一份通报”。')
  const indicator = indicatorArg()(turn)
  if (indicator instanceof Question) return indicator
  if (indicator?.kind === 'score') throw new UserError(`“${indicator.name}”是个人测试成绩，不出通报。`)
  const kind = said === 'weekly' && indicator ? 'indicator' : said
  const campaign = roster.campaign.id
  const { bulletin, intro } = await writing(db, campaign, async (tx) => {
    const snapshot = await lastSnapshot(tx, campaign, now)
    if (!snapshot) throw new UserError('还没有定格过排名，出不了通报。每周五18:00定格一次，之后再说。')
    const reply = contentOf(roster, unit, kind, indicator, await weekOf(tx, roster, snapshot))
    const same = (await bulletinsOf(tx, { unit: unit.id, kind, snapshot: snapshot.id })).filter(
      ({ reply: { title } }) => title === reply.title,
    )
    const open = same.find(({ state }) => state === 'draft' || state === 'held')
    if (open) return { bulletin: open, intro: '这份已经起草过了，' }
    const made = await draftBulletin(
      tx,
      campaign,
      { unit: unit.id, kind, reply, snapshot: snapshot.id },
      { id: person.id, name: person.name, at: now },
    )
    await askAnother(tx, turn, made)
    const earlier = same.findLast(({ state }) => state === 'published')
    return { bulletin: made, intro: earlier ? `同一次排名的第${earlier.number}号已经发布过。` : '' }
  })
  return showBulletin(turn, bulletin, intro)
}

/** A red and black list is another person's to sign: they are told (`domain.md` N13). */
export async function askAnother(tx: Executor, turn: Pick<Turn, 'push' | 'roster' | 'now'>, made: Bulletin) {
  if (!needsAnother(made)) return
  const campaign = turn.roster.campaign.id
  const people = await approversBeside(tx, campaign, made.unit, made.drafter)
  const intro = `${made.drafterName ?? ''}起草的${kindNames[made.kind]}，等您签发。`
  await turn.push(tx, noticesTo(people, campaign, made, { intro, now: turn.now }))
}

/**
 * The Friday draft of the whole district, made by the bot and sent to the district's clerks alone (`domain.md` C8).
 * @returns undefined when it was drafted before
 */
export async function fridayDraft(
  tx: Executor,
  roster: Roster,
  snapshot: Snapshot,
  by: Hand,
): Promise<Bulletin | undefined> {
  const unit = roster.root
  const same = await bulletinsOf(tx, { unit: unit.id, kind: 'weekly', snapshot: snapshot.id })
  if (same.length > 0) return undefined
  const reply = weeklyBulletin(roster, unit, await weekOf(tx, roster, snapshot))
  const made = { unit: unit.id, kind: 'weekly' as const, reply, snapshot: snapshot.id }
  return draftBulletin(tx, roster.campaign.id, made, by)
}

/** A draft for each of these people, once. */
export const noticesTo = (
  people: number[],
  campaign: number,
  bulletin: Bulletin,
  { intro, now }: { intro: string; now: Date },
): Push[] =>
  people.map((person) => ({
    ...{ campaign, to: { person }, kind: 'notice', due: now, key: noticeKey(bulletin, person) },
    reply: draftNotice(bulletin, intro, howToDecide(bulletin, !needsAnother(bulletin))),
  }))

/** The unit that is said, in a group the group's, in private one's own. */
function unitFor(turn: Turn): Unit | Question {
  const [spot] = turn.meaning.units
  if (spot) return pickUnit(turn, spot)
  return turn.chatUnit ?? ownUnit(turn) ?? turn.roster.root
}

function contentOf(
  roster: Roster,
  unit: Unit,
  kind: BulletinKind,
  indicator: Indicator | undefined,
  week: Week,
): Reply {
  if (indicator && kind === 'indicator') return indicatorBulletin(roster, unit, indicator, week)
  if (kind === 'weekly') return weeklyBulletin(roster, unit, week)
  const list = redBlackBulletin(roster, unit, week)
  if (!list) throw new UserError(`${unit.name}参加排名的单位太少，不出红黑榜。`)
  return list
}
