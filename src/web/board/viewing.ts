// What a link stands for, looked up anew each time: whose it is, what that one may see now, and how the campaign stands.
import type { Clock } from '../../clock.ts'
import { dateOf } from '../../clock.ts'
import type { Admission } from '../../database/admission.ts'
import type { Db } from '../../database/connection.ts'
import { type RosterOf, rosters, type Unit } from '../../database/roster.ts'
import { screenInUse } from '../../database/screens.ts'
import { dutiesOf } from '../../database/viewers.ts'
import type { PassFor } from '../../links.ts'
import type { Message, PlatformName } from '../../message.ts'
import { remember } from '../../remember.ts'
import { may, type Viewing } from '../../turn.ts'

export type BoardPass = PassFor<'board'> | PassFor<'screen'>

export interface Seen {
  viewing: Viewing
  /** The link shows this unit and what is below it. */
  top: Unit
}

export interface ViewingTools {
  db: Db
  clock: Clock
  /** Shared, so that one roster is in memory; absent = one of its own. */
  rosterOf?: RosterOf
}

type Look = (pass: BoardPass) => Promise<Seen | undefined>

/** @returns a function that looks a link up; undefined when what it was made for is no more */
export function viewings({ db, clock, rosterOf = rosters(db) }: ViewingTools): Look {
  const remembered = remember()
  return async (pass) => {
    const campaign = await campaignOf(db, pass.campaign)
    if (!campaign) return undefined
    const now = clock.now()
    const today = dateOf(now)
    const roster = await rosterOf(campaign)
    const cached: Viewing['cached'] = (key, compute) =>
      remembered(`${campaign.id}:${key}`, `${campaign.revision}:${today}`, compute)
    const common = { db, now, today, roster, cached }
    if (pass.use === 'screen') {
      const unit = roster.units.get((await screenInUse(db, pass))?.unit ?? 0)
      // A screen on a wall is looked at by everybody who passes: it shows what the unit's group may see.
      return unit && { top: unit, viewing: { ...common, message: from('group', 'screen'), chatUnit: unit } }
    }
    const top = roster.units.get(pass.unit)
    if (!top) return undefined
    if (pass.chat !== undefined) {
      const chat = await chatOf(db, pass.campaign, pass.chat)
      const chatUnit = roster.units.get(chat?.unit ?? 0)
      return chat && chatUnit && { top, viewing: { ...common, message: from('group', chat.id), chatUnit } }
    }
    const person = pass.person === undefined ? undefined : await dutiesOf(db, campaign.id, pass.person, today)
    const viewing = person && { ...common, person, message: from('single', String(person.id)) }
    return viewing && may(viewing, 'progress', top) ? { top, viewing } : undefined
  }
}

/** What is shown depends on nothing of a message but where it would be said. */
function from(kind: Message['chat']['kind'], id: string): Message {
  const platform: PlatformName = 'wecom'
  return {
    platform,
    robot: 'board',
    chat: { id, kind },
    sender: { id: '', name: '' },
    kind: 'text',
    text: '',
  }
}

/** @returns undefined for one that is over */
export const campaignOf = (db: Db, id: number): Promise<Admission['campaign']> =>
  db
    .selectFrom('campaign')
    .where('id', '=', id)
    .where('status', 'in', ['active', 'closing'])
    .select(['id', 'name', 'revision', 'roster_version', 'settings'])
    .executeTakeFirst()

async function chatOf(db: Db, campaign: number, id: number) {
  return db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .where('id', '=', id)
    .select(['chat_id as id', 'unit_id as unit'])
    .executeTakeFirst()
}
