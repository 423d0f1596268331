// How a screen is opened: its link shows one button, and pressing it uses the link up.
import type { Context, Middleware } from 'koa'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../database/connection.ts'
import { claimScreen, endOfScreen, screenInUse } from '../../database/screens.ts'
import { UserError } from '../../errors.ts'
import type { Links, PassFor } from '../../links.ts'
import { fieldsOf, isFromOurPage } from '../form.ts'
import { showOpening } from '../opening.ts'
import { foreign, forged, gone, refuse, screenMoved, screenOff, screenOver, screenUsed } from './refusals.ts'
import type { BoardPass, Seen } from './viewing.ts'

const action = '/board/open'

/** @param begin lets this browser in, once the link is used up */
export function screenDoor({
  db,
  links,
  clock,
  base,
  seenBy,
  begin,
}: {
  db: Db
  links: Links
  clock: Clock
  base: string
  seenBy(pass: BoardPass): Promise<Seen | undefined>
  begin(ctx: Parameters<Middleware>[0], pass: PassFor<'screen'>, token: string, seen: Seen): void
}): { knock: Middleware; enter: Middleware } {
  /** What the link opens; undefined after the answer was given. */
  const opened = async (ctx: Parameters<Middleware>[0], token: string) => {
    const pass = links.read('opening', token)
    if (!pass) return forged(ctx)
    if (pass === 'expired') return screenOver(ctx)
    const { campaign, screen } = pass
    const found = await screenInUse(db, pass)
    const seen = await seenBy({ use: 'screen', campaign, screen })
    if (!found || !seen) return closed(ctx, db, { use: 'screen', campaign, screen })
    return found.seenAt ? screenUsed(ctx, found.name) : { found, seen, pass }
  }

  return {
    async knock(ctx) {
      const token = String(ctx.query['k'])
      const what = await opened(ctx, token)
      if (!what) return
      showOpening(ctx, {
        title: `大屏“${what.found.name}”`,
        what: `在这台电脑上挂${what.seen.top.name}的看板，数字自己会更新。`,
        button: '在这台电脑上打开大屏',
        note: '地址只能打开一次，只在这个浏览器里有效。不是挂大屏的电脑，请不要点。',
        ...{ action, token },
      })
    },
    async enter(ctx) {
      if (!isFromOurPage(ctx, base)) return foreign(ctx)
      let token: string
      try {
        token = (await fieldsOf(ctx)).get('k') ?? ''
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        return refuse(ctx, 413, '没有打开', error.message)
      }
      const what = await opened(ctx, token)
      if (!what) return
      const { found, seen, pass } = what
      if (!(await claimScreen(db, pass, clock.now()))) return screenUsed(ctx, found.name)
      begin(ctx, { ...pass, use: 'screen' }, token, seen)
    },
  }
}

/** Says why nothing is shown any more: on the wall stands what to do there. */
export async function closed(ctx: Context, db: Db, pass: BoardPass): Promise<undefined> {
  const end = pass.use === 'screen' ? await endOfScreen(db, pass) : undefined
  if (!end) return gone(ctx)
  return end.isReopened ? screenMoved(ctx, end.name) : screenOff(ctx, end.name)
}
