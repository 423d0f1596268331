// Looks for what was corrected after a bulletin went out, drafts the errata, and tells who has to know (`domain.md` N10).
import { errata } from './bulletin-errata.ts'
import { askAnother } from './bulletin-making.ts'
import { isVisible, pickBulletin, unitOf } from './bulletin-picking.ts'
import { showBulletin } from './bulletin-showing.ts'
import { deedText, linesOf, titleOf } from './bulletin-view.ts'
import { keptCompletion } from './campaign/kept-completion.ts'
import { dateOf } from './clock.ts'
import { decisionsOf } from './database/adjustments.ts'
import { correctedCells, touchedBulletins } from './database/bulletin-corrections.ts'
import { decide, draftBulletin, lastDeed } from './database/bulletin-deeds.ts'
import { type Bulletin, bulletinById, lastErrata, openBulletins } from './database/bulletins.ts'
import type { Executor } from './database/connection.ts'
import type { Roster } from './database/roster.ts'
import { allSharesIn, snapshotAt } from './database/snapshots.ts'
import { addUp, type UnitStanding } from './database/standings.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import type { BulletinAsked } from './language/bulletin.ts'
import type { Reply } from './message.ts'
import { Question } from './question.ts'
import { totalsIn } from './ranking.ts'
import { demand, type Turn } from './turn.ts'

/** How far back corrections are looked for when no bulletin is named. */
const lookBackMs = 35 * 24 * 3600_000

/** 出勘误: another bulletin, linked to the one that it corrects; it takes the place of an errata that still waits. */
export async function correct(turn: Turn, asked: BulletinAsked): Promise<Reply | Question> {
  const { roster, db, now, person } = turn
  const campaign = roster.campaign.id
  const found = await pickBulletin(turn, { ...asked, want: 'errata' }, () => touched(turn))
  if (found instanceof Question) return found
  demand(turn, 'draft_bulletin', unitOf(turn, found), '出勘误')
  if (!person) throw new UserError('我还不认识您。')
  if (found.kind === 'errata') throw new UserError('这份本身就是勘误。请说要勘误的是第几号通报。')
  if (found.state !== 'published')
    throw new UserError(`第${found.number}号通报还没有发布，不用勘误，重新起草就行。`)
  const by = { id: person.id, name: person.name, at: now }
  const made = await writing(db, campaign, async (tx) => {
    const reply = await errataOf(tx, roster, found)
    if (!reply) return undefined
    // Told once is enough: the same words under another number would look like another correction.
    const told = await lastErrata(tx, found.id)
    if (told && said(told.reply) === said(reply)) throw new UserError(await toldBefore(tx, turn, told))
    for (const old of await openBulletins(tx, campaign))
      if (old.corrects === found.id) await decide(tx, campaign, old, 'drop', by)
    const draft = { unit: found.unit, kind: 'errata' as const, reply, snapshot: found.snapshot }
    const one = await draftBulletin(tx, campaign, { ...draft, corrects: found.id }, by)
    await askAnother(tx, turn, one)
    return one
  })
  if (!made) throw new UserError(`${titleOf(found)}里的数没有变，不用勘误。`)
  return showBulletin(turn, made)
}

/** Stored and read again, the keys of a reply stand in another order. */
const said = (reply: Reply) => linesOf(reply).join('\n')

async function toldBefore(tx: Executor, { roster }: Turn, told: Bulletin): Promise<string> {
  const published = await lastDeed(tx, roster.campaign.id, told.number, 'publish')
  const deed = published ? deedText(published) : '发布了'
  return `勘误已经出过：第${told.number}号${deed}，之后数没有再变。要再发一遍，说“重发通报第${told.number}号”。`
}

/** What the errata of a bulletin would say; undefined when its numbers are as they were. */
export async function errataOf(db: Executor, roster: Roster, bulletin: Bulletin): Promise<Reply | undefined> {
  const unit = roster.units.get(bulletin.unit)
  const { takenAt } = bulletin
  const snapshot = takenAt && (await snapshotAt(db, roster.campaign.id, takenAt))
  if (!unit || !snapshot) return undefined
  const { cells, corrected, changed } = await correctedCells(db, roster, snapshot)
  if (changed.length === 0) return undefined
  const units = [unit, ...roster.children(unit.id)]
  const date = dateOf(snapshot.takenAt)
  const decisions = await decisionsOf(db, roster.campaign.id, date)
  const total = (some: typeof cells) => addUp(roster, some, date, units, decisions)
  const shares = await allSharesIn(db, snapshot)
  const completion = ({ unit: { id }, completion: exact }: UnitStanding) =>
    keptCompletion(roster.indicators.values(), (indicator) => shares(id, indicator), [
      snapshot.units.get(id)?.total,
      exact,
    ])
  return errata(roster, unit, bulletin, {
    completion,
    ...{ changed, published: { ...totalsIn(snapshot), takenAt: snapshot.takenAt } },
    ...{ without: total(cells), corrected: total(corrected) },
  })
}

/** Published bulletins that need an errata because of corrections in a time, and on which day that was. */
export async function needingErrata(
  db: Executor,
  roster: Roster,
  time: { after: Date; until: Date },
): Promise<{ bulletin: Bulletin; day: string; reply: Reply }[]> {
  const found: { bulletin: Bulletin; day: string; reply: Reply }[] = []
  for (const { id, day } of await touchedBulletins(db, roster.campaign.id, time)) {
    const bulletin = await bulletinById(db, id)
    const reply = bulletin && (await errataOf(db, roster, bulletin))
    if (reply) found.push({ bulletin, day, reply })
  }
  return found
}

async function touched(turn: Turn): Promise<Bulletin[]> {
  const time = { after: new Date(turn.now.getTime() - lookBackMs), until: turn.now }
  const found = await needingErrata(turn.db, turn.roster, time)
  return found.map(({ bulletin }) => bulletin).filter((one) => isVisible(turn, one))
}
