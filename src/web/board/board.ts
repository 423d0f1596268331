// The board in a browser: opened by a signed link, then under an address of its own with a cookie, up to date by itself.
import { PassThrough } from 'node:stream'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../database/connection.ts'
import type { Unit } from '../../database/roster.ts'
import { screenSeen } from '../../database/screens.ts'
import type { Links } from '../../links.ts'
import { seesAll, seesPlace } from '../../ranking-sight.ts'
import { compiledScripts, sendFile } from '../assets.ts'
import { notice, pageHeaders } from '../notice.ts'
import { gridPieces } from './grid.ts'
import { live, type Topic } from './live.ts'
import { boardPage } from './page.ts'
import { unitPieces } from './unit.ts'
import { type BoardPass, type Seen, viewings } from './viewing.ts'

export interface BoardSettings {
  db: Db
  links: Links
  /** The bot's. */
  clock: Clock
  log: Logger
  /** Folder of the pages' compiled scripts; absent = where the build puts them. */
  scripts?: URL
}

/** A screen is forgotten when its page was not opened for so long. */
const screenMs = 30 * 24 * 3600_000

/** A screen that was switched off goes dark so soon. */
const screenCheckMs = 3_000

type Found = Seen & { pass: BoardPass; token: string; unit: Unit }

export function board({ db, links, clock, log, scripts = compiledScripts }: BoardSettings) {
  const seenBy = viewings({ db, clock })
  const boards = live({ db, clock, log })

  const passOf = (token: string | undefined): BoardPass | 'expired' | undefined =>
    links.read('board', token) ?? links.read('screen', token)

  /** The address of the link itself: the token goes into a cookie, and out of the address that people see and send on. */
  const enter: Middleware = async (ctx) => {
    const token = one(ctx.query['k'])
    const pass = passOf(token)
    if (pass === 'expired') return over(ctx)
    if (!pass || !token) return forged(ctx)
    const seen = await seenBy(pass)
    if (!seen) return gone(ctx)
    const place = `/board/${placeOf(token)}/`
    keep(ctx, pass, place)
    ctx.redirect(`${place}${seen.top.id}`)
  }

  const keep = (ctx: Context, pass: BoardPass, place: string, token = one(ctx.query['k']) ?? '') => {
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
    const seen = await seenBy(pass)
    if (!seen) return gone(ctx)
    const { viewing, top } = seen
    const unit = viewing.roster.units.get(Number(id))
    if (!unit || !viewing.roster.isWithin(unit.id, top.id))
      return refuse(ctx, 403, '这里看不到', `这个链接只能看${top.name}和它下面的单位。`)
    return { ...seen, pass, token, unit }
  }

  const topicOf = ({ pass, unit, viewing }: Found): Topic => {
    const sight = [viewing.message.chat.kind, seesAll(viewing, unit), seesPlace(viewing, unit)]
    return {
      ...{ key: [pass.campaign, unit.id, ...sight].join('/'), campaign: pass.campaign },
      async compose() {
        const seen = await seenBy(pass)
        const now = seen?.viewing.roster.units.get(unit.id)
        if (!seen || !now) return undefined
        const hasParts = seen.viewing.roster.children(now.id).length > 0
        return hasParts ? gridPieces(seen.viewing, now) : unitPieces(seen.viewing, now)
      },
    }
  }

  const show: Middleware = async (ctx) => {
    const what = await found(ctx, ctx.params['unit'])
    if (!what) return
    const { viewing, top, unit, pass } = what
    const shown = await boards.look(topicOf(what))
    if (!shown) return gone(ctx)
    if (pass.use === 'screen') {
      keep(ctx, pass, `/board/${ctx.params['place']}/`)
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
    const stream = new PassThrough()
    stream.write('retry: 3000\n\n')
    const end = () => stream.end('event: over\ndata: ""\n\n')
    const timers = [setTimeout(end, Math.min(links.left(what.token), 24 * 3600_000)).unref()]
    const { pass } = what
    // A phone's link is over soon enough; a screen would stay on for weeks.
    if (pass.use === 'screen')
      timers.push(
        setInterval(async () => {
          const seen = await seenBy(pass).catch(() => 'out of reach')
          if (!seen) end()
        }, screenCheckMs).unref(),
      )
    // Koa destroys the stream when the page goes away.
    stream.once('close', () => {
      for (const timer of timers) clearTimeout(timer)
    })
    await boards.follow(topicOf(what), stream, one(ctx.query['v']) ?? '')
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

function refuse(ctx: Context, status: number, title: string, what: string): undefined {
  ctx.set(pageHeaders)
  notice(ctx, status, title, what)
}
const over = (ctx: Context) =>
  refuse(ctx, 410, '链接已过期', '看板的链接10分钟内有效。请回到群里或私聊，对小图说“看板”，再点新的链接。')
const forged = (ctx: Context) =>
  refuse(ctx, 404, '链接不对', '这个链接不完整或被改动过。请回到群里或私聊，对小图说“看板”，再点新的链接。')
const gone = (ctx: Context) =>
  refuse(ctx, 410, '看板已关闭', '这个看板已停用，或者单位、人员有变动。要看，请在群里对小图说“看板”。')
