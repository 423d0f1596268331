// Who sits at the clerk's page: let in by a link that opens once, and looked up anew at every request.
import type { Context } from 'koa'
import { type Clock, dateOf } from '../../clock.ts'
import type { Keyring } from '../../crypt.ts'
import type { Db } from '../../database/connection.ts'
import { type RosterOf, rosters } from '../../database/roster.ts'
import { dutiesOf } from '../../database/viewers.ts'
import type { Meaning } from '../../language/understand.ts'
import type { Links, PassFor } from '../../links.ts'
import type { PlatformName } from '../../message.ts'
import type { Pushing } from '../../push.ts'
import { remember } from '../../remember.ts'
import type { State } from '../../state/state.ts'
import { mayEver, type Turn } from '../../turn.ts'
import { campaignOf } from '../board/viewing.ts'
import { createForms } from './ask.ts'
import { forged, over, refuse } from './refusals.ts'

export interface DeskSettings {
  db: Db
  state: State
  links: Links
  keyring: Keyring
  push: Pushing
  privately: PlatformName[]
  /** The bot's. */
  clock: Clock
  /** Real time: how long a session lasts has nothing to do with the bot's clock. */
  real: Clock
  /** Shared, so that one roster is in memory; absent = one of its own. */
  rosterOf?: RosterOf
  /** Where people reach the page. */
  base: string
  /** Folder of the pages' compiled scripts; absent = where the build puts them. */
  scripts?: URL
}

/** A clerk at the page. */
export interface Sitting {
  turn: Turn & { person: NonNullable<Turn['person']> }
  /** Tells sessions apart. */
  session: string
  /** A new form of this session: what it is sent with. */
  form(): string
}

/** A session that is not used ends after so long, and any after the second. */
const idleMs = 2 * 3600_000
const longestMs = 8 * 3600_000
/** The cookie is not renewed at every single request. */
const renewedMs = 60_000

const cookie = 'desk'
const path = '/desk/'
const leftKey = (session: string) => `desk:left:${session}`

export function sessions(settings: DeskSettings) {
  const { db, state, links, keyring, push, privately, clock, real, base } = settings
  const { rosterOf = rosters(db) } = settings
  const remembered = remember()
  const isSecure = base.startsWith('https:')
  const forms = createForms(keyring)

  /** @returns undefined when the person has left, has no such duty any more, or the campaign is over */
  const turnOf = async (pass: { campaign: number; person: number }): Promise<Sitting['turn'] | undefined> => {
    const campaign = await campaignOf(db, pass.campaign)
    if (!campaign) return undefined
    const now = clock.now()
    const today = dateOf(now)
    const person = await dutiesOf(db, campaign.id, pass.person, today)
    if (!person || !mayEver({ person }, 'desk')) return undefined
    return {
      ...{ db, state, keyring, push, privately, links, now, today, person, roster: await rosterOf(campaign) },
      ...{
        commands: [],
        read: () => nothingSaid,
        meaning: nothingSaid,
        looksUp: false,
        message: onPage(person),
      },
      // What a form says is meant as it stands.
      chosen: true,
      cached: (key, compute) => remembered(`${campaign.id}:${key}`, `${campaign.revision}:${today}`, compute),
    }
  }

  const keep = (ctx: Context, pass: PassFor<'session'>) => {
    const end = pass.since * 1000 + longestMs - real.now().getTime()
    const maxAge = Math.min(idleMs, end)
    if (maxAge <= 0) return
    // The address that people open is encrypted, whatever a proxy speaks behind it.
    ctx.cookies.secure = isSecure
    const how = { path, httpOnly: true, sameSite: 'strict', overwrite: true, secure: isSecure } as const
    ctx.cookies.set(cookie, links.token(pass, maxAge), { ...how, maxAge })
  }

  return {
    turnOf,
    readForm: forms.read,
    begin(ctx: Context, { campaign, person, once }: PassFor<'desk'>) {
      const since = Math.floor(real.now().getTime() / 1000)
      keep(ctx, { use: 'session', campaign, person, once, since })
    },
    /** @returns who it is; undefined after the answer was given */
    async sitting(ctx: Context): Promise<Sitting | undefined> {
      const token = ctx.cookies.get(cookie) ?? ''
      const pass = links.read('session', token)
      if (token === '' || pass === 'expired') return over(ctx)
      if (!pass) return forged(ctx)
      if ((await state.get(leftKey(pass.once))) !== undefined) return over(ctx)
      const turn = await turnOf(pass)
      if (!turn) return withoutDuty(ctx)
      if (links.left(token) < idleMs - renewedMs) keep(ctx, pass)
      return { turn, session: pass.once, form: () => forms.issue(pass.once) }
    },
    /** Nobody gets in with that cookie any more, wherever it may lie. */
    async leave(ctx: Context, { session }: Sitting) {
      await state.put(leftKey(session), '1', longestMs / 1000)
      ctx.cookies.set(cookie, null, { path })
    },
  }
}

export const withoutDuty = (ctx: Context) =>
  refuse(
    ctx,
    403,
    '这里您进不了',
    '工作台给街道组织委员和区专班用，您现在没有这个职务，或者活动已经结束。有疑问请问区专班。',
  )

const nothingSaid: Meaning = {
  ...{ text: '', score: 0, units: [], indicators: [], people: [], items: [] },
  ...{ nothingNew: false, isTangled: false, rest: '', unclear: '' },
}

/** As if said in private: what is shown depends on that alone. */
const onPage = ({ id, name }: { id: number; name: string }): Turn['message'] => ({
  ...{ platform: 'wecom', robot: 'desk', kind: 'text', text: '' },
  chat: { id: String(id), kind: 'single' },
  sender: { id: '', name },
})
