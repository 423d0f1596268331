// The board in a browser: opened by a signed link, then under an address of its own with a cookie, up to date by itself.
import { PassThrough } from 'node:stream'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import { atMost } from '../../at-most.ts'
import type { Unit } from '../../database/roster.ts'
import { screenSeen } from '../../database/screens.ts'
import type { Links } from '../../links.ts'
import { seesAll, seesPlace } from '../../ranking-sight.ts'
import { seesScores } from '../../score-sight.ts'
import { compiledScripts, sendFile } from '../assets.ts'
import { pageHeaders } from '../notice.ts'
import { gridPieces } from './grid.ts'
import { live, type Topic } from './live.ts'
import { boardPage } from './page.ts'
import { forged, gone, over, refuse } from './refusals.ts'
import { closed, screenDoor } from './screen.ts'
import { unitPieces } from './unit.ts'
import { type BoardPass, type Seen, type ViewingTools, viewings } from './viewing.ts'

/** `clock`: the bot's. */
export interface BoardSettings extends ViewingTools {
  links: Links
  /** Where people reach the page. */
  base: string
  log: Logger
  /** Folder of the pages' compiled scripts; absent = where the build puts them. */
  scripts?: URL
}

/** A screen is forgotten when its page was not opened for so long. */
const screenMs = 30 * 24 * 3600_000

/** However many pages come at once, the chats find the database's connections free. */
const mostAtOnce = 4

/** `stamp`: the state of the campaign before anything of it was read. */
type Found = Seen & { pass: BoardPass; token: string; unit: Unit; stamp: string }

export function board(settings: BoardSettings) {
  const { db, links, clock, base, log, scripts = compiledScripts } = settings
  const inTurn = atMost(mostAtOnce)
  const seenNow = viewings(settings)
  const seenBy = (pass: BoardPass) => inTurn(() => seenNow(pass))
  const boards = live({ db, clock, log })

  /** What a cookie stands for. */
  const passOf = (token: string): BoardPass | 'expired' | undefined =>
    links.read('board', token) ?? links.read('screen', token)

  /** The address of the link itself: the token goes into a cookie, and out of the address that people see and send on. */
  const enter: Middleware = async (ctx, next) => {
    const token = one(ctx.query['k']) ?? ''
    if (links.read('opening', token)) return door.knock(ctx, next)
    const pass = links.read('board', token)
    if (pass === 'expired') return over(ctx)
    if (!pass) return forged(ctx)
    const seen = await seenBy(pass)
    if (!seen) return gone(ctx)
    begin(ctx, pass, token, seen)
  }

  const begin = (ctx: Context, pass: BoardPass, token: string, { top }: Seen) => {
    const place = `/board/${placeOf(token)}/`
    keep(ctx, pass, place, token)
    ctx.set(pageHeaders)
    ctx.redirect(`${place}${top.id}`)
    // Whatever was sent, the board is asked for.
    if (ctx.method === 'POST') ctx.status = 303
  }
  const door = screenDoor({ db, links, clock, base, seenBy, begin })

  /** @param token the link's own, which a screen's is not: that one is made anew whenever its page is opened */
  const keep = (ctx: Context, pass: BoardPass, place: string, token: string) => {
    const isScreen = pass.use === 'screen'
    const kept = isScreen ? links.token(pass, screenMs) : token
    const maxAge = isScreen ? screenMs : links.left(kept)
    ctx.cookies.set(cookie, kept, { path: place, maxAge, httpOnly: true, sameSite: 'lax', overwrite: true })
  }

  /** @returns what may be seen; undefined after the answer was given */
  const found = async (ctx: Context, id: unknown): Promise<Found | undefined> => {
    const token = ctx.cookies.get(cookie) ?? ''
    const pass = passOf(token)
    if (pass === 'expired' || (!pass && token === '')) return over(ctx)
    if (!pass) return forged(ctx)
    const stamp = await boards.stamp(pass.campaign)
    const seen = await seenBy(pass)
    if (!seen) return closed(ctx, db, pass)
    const { viewing, top } = seen
    const unit = viewing.roster.units.get(Number(id))
    if (!unit || !viewing.roster.isWithin(unit.id, top.id))
      return refuse(ctx, 403, '这里看不到', `这个链接只能看${top.name}和它下面的单位。`)
    return { ...seen, pass, token, unit, stamp }
  }

  /** Whoever sees the same shares it, and what one may see is in the key: nothing else of the viewer shows. */
  const topicOf = ({ pass, unit, viewing }: Found): Topic => {
    const sights = [seesAll(viewing, unit), seesPlace(viewing, unit), seesScores(viewing, unit)]
    const isGrid = viewing.roster.children(unit.id).length > 0
    return {
      key: [pass.campaign, unit.id, viewing.message.chat.kind, ...sights].join('/'),
      campaign: pass.campaign,
      compose: () => inTurn(() => (isGrid ? gridPieces : unitPieces)(viewing, unit)),
    }
  }

  /** What a page's own link shows of its unit now. */
  const lookBy =
    ({ unit: { id }, ...found }: Found) =>
    async (): Promise<Topic | undefined> => {
      const seen = await seenBy(found.pass)
      const unit = seen?.viewing.roster.units.get(id)
      if (!seen || !unit || !seen.viewing.roster.isWithin(id, seen.top.id)) return undefined
      return topicOf({ ...found, ...seen, unit })
    }

  const show: Middleware = async (ctx) => {
    const what = await found(ctx, ctx.params['unit'])
    if (!what) return
    const { viewing, top, unit, pass } = what
    const shown = await boards.look(topicOf(what), what.stamp)
    if (pass.use === 'screen') {
      keep(ctx, pass, `/board/${ctx.params['place']}/`, what.token)
      await screenSeen(db, pass.screen, clock.now())
    }
    const above = viewing.roster.above(unit.id).filter(({ id }) => viewing.roster.isWithin(id, top.id))
    ctx.set(pageHeaders)
    ctx.type = 'html'
    ctx.body = boardPage(viewing, unit, above.reverse(), shown)
  }

  const events: Middleware = async (ctx) => {
    const what = await found(ctx, one(ctx.query['unit']))
    if (!what) return
    const { pass, stamp } = what
    const stream = new PassThrough()
    stream.write('retry: 3000\n\n')
    const follower = { stream, stamp, topic: topicOf(what), pass: JSON.stringify(pass), look: lookBy(what) }
    const end = await boards.follow(follower, one(ctx.query['v']) ?? '')
    const timer = setTimeout(end, Math.min(links.left(what.token), 24 * 3600_000)).unref()
    // Koa destroys the stream when the page goes away.
    stream.once('close', () => clearTimeout(timer))
    // Kept alive, the connection would hold up the server's stop after the stream has ended.
    ctx.set({ ...pageHeaders, Connection: 'close', 'X-Accel-Buffering': 'no' })
    ctx.type = 'text/event-stream'
    ctx.body = stream
  }

  return {
    async listen(router: Router) {
      const folder = new URL('board/', scripts)
      router.get('/board/files/:name', async (ctx) => {
        ctx.set({ ...pageHeaders, 'Cache-Control': 'no-cache' })
        await sendFile(ctx, ctx.params['name'] ?? '', folder)
      })
      router.get('/board/', enter)
      router.post('/board/open', door.enter)
      router.get('/board/:place/events', events)
      router.get('/board/:place/:unit', show)
      return async () => boards.stop()
    },
  }
}

const cookie = 'board'
const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

/** Each link has a place of its own, so that two of them in one browser do not take each other's cookie. */
const placeOf = (token: string): string => (token.split('.')[1] ?? '').slice(0, 12)
