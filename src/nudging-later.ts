// A nudge that is asked for at night or on a day off: it is kept, and whom it reaches is worked out when it goes, so that
// whoever has reported meanwhile is left in peace (`domain.md` C6, N4).
import { dateOf } from './clock.ts'
import type { Executor } from './database/connection.ts'
import {
  dropNudges,
  dueNudges,
  keepNudge,
  type PlannedNudge,
  postponeNudge,
  takeNudge,
} from './database/nudges-planned.ts'
import { readRoster } from './database/roster.ts'
import { writing } from './database/writing.ts'
import type { JobContext } from './job.ts'
import type { Asked } from './missing-asked.ts'
import { type Nudge, type Nudging, planNudge, sendNudge } from './nudging.ts'
import type { Turn } from './turn.ts'

/** Keeps a nudge until `at`; asked for twice it is one. */
export async function nudgeLater(
  { roster, person, message }: Turn,
  tx: Executor,
  { units, indicator, isPeriod, span }: Asked,
  { at }: Nudge,
): Promise<void> {
  if (!person) throw new Error('a guest cannot nudge')
  await keepNudge(tx, {
    ...{
      campaign: roster.campaign.id,
      at,
      askedBy: person,
      platform: message.platform,
      chat: message.chat.id,
    },
    subject: {
      ...{ units, indicator: indicator?.id ?? null, isPeriod },
      ...{ from: span.from.toISOString(), firstDay: span.firstDay },
    },
  })
}

/** Drops what somebody asked for and has not gone yet. @returns what they are told */
export async function cancelKept({ db, roster, person }: Turn): Promise<string> {
  const count = person ? await dropNudges(db, roster.campaign.id, person.id) : 0
  return count > 0 ? '好，排着的催报不发了。' : '没有排着等发的催报；已经发出去的收不回。'
}

/** Sends what has come due in a campaign, each nudge in a transaction of its own. */
export async function nudgeDue(context: JobContext, campaign: number): Promise<void> {
  for (const { id } of await dueNudges(context.db, campaign, context.due))
    await writing(context.db, campaign, async (tx) => {
      const planned = await takeNudge(tx, id)
      if (planned) await nudgeNow(context, tx, planned)
    })
}

async function nudgeNow(
  { due: now, push, privately, calendar }: JobContext,
  tx: Executor,
  planned: PlannedNudge,
): Promise<void> {
  const { campaign, subject, platform, chat, askedBy } = planned
  const roster = await readRoster(tx, campaign)
  const indicator = subject.indicator === null ? undefined : roster.indicators.get(subject.indicator)
  const nudging: Nudging = {
    ...{ roster, now, today: dateOf(now), privately, push },
    ...{ by: askedBy.name, here: { platform, chat } },
  }
  const span = { from: new Date(subject.from), firstDay: subject.firstDay }
  const nudge = await planNudge(nudging, tx, { ...subject, indicator, span }, calendar)
  // The bot was away at that hour, and now it is late again.
  if (nudge.at > now) await postponeNudge(tx, planned, nudge.at)
  else await sendNudge(nudging, tx, nudge)
}
