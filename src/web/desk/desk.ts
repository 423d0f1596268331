// The clerk's page in a browser: opened once by a signed link from a private chat, then kept by a cookie for this session.
import { createHash } from 'node:crypto'
import type { Router } from '@koa/router'
import type { Context, Middleware } from 'koa'
import { StoreDown, UserError } from '../../errors.ts'
import { isConnectionLoss } from '../../store-trouble.ts'
import { mayEver } from '../../turn.ts'
import { compiledScripts, sendFile } from '../assets.ts'
import { fieldsOf, formHeaders, isFromOurPage } from '../form.ts'
import { html } from '../html.ts'
import { showOpening } from '../opening.ts'
import { type Upload, uploadOf } from './ask.ts'
import { bulletinSection, editBulletin, holdBulletin, publishBulletin, waitingFor } from './bulletins.ts'
import { chatSection, screenOff } from './chats.ts'
import { deliverySection } from './deliveries.ts'
import * as imports from './imports.ts'
import { mayTeach, missedSection } from './missed.ts'
import { deskPage, type Section } from './page.ts'
import { expired, foreign, forged, isScript, refuse, stale, unreachable, used } from './refusals.ts'
import { once, type Said, saidUnder } from './said.ts'
import { type DeskSettings, type Sitting, sessions, withoutDuty } from './session.ts'

type Told = Partial<Pick<Said, 'isWrong'>> & Omit<Said, 'isWrong'>
type Show = (sitting: Sitting, ctx: Context) => Promise<Section>
type Deed = (sitting: Sitting, id: number, fields: URLSearchParams) => Promise<Told>

/** So long a link is remembered as used: longer than it lives. */
const usedSeconds = 3600

export function desk(settings: DeskSettings) {
  const { state, links, base, scripts = compiledScripts } = settings
  const { sitting, turnOf, begin, leave, readForm } = sessions(settings)
  const usedKey = (id: string) => `desk:used:${id}`

  /** The link alone opens nothing. */
  const knock: Middleware = async (ctx) => {
    const token = one(ctx.query['k']) ?? ''
    const pass = links.read('desk', token)
    if (!pass) return forged(ctx)
    if (pass === 'expired') return expired(ctx)
    if ((await state.get(usedKey(pass.once))) !== undefined) return used(ctx)
    showOpening(ctx, {
      ...{ title: '工作台', what: '导入表格、签发通报、看送达和群。', button: '打开工作台' },
      note: '链接只能打开一次，只在这个浏览器里有效。请不要转给别人。',
      ...{ action: '/desk/open', token },
    })
  }

  const enter: Middleware = async (ctx) => {
    if (!isFromOurPage(ctx, base)) return foreign(ctx)
    const pass = links.read('desk', (await fieldsOf(ctx)).get('k') ?? '')
    if (!pass) return forged(ctx)
    if (pass === 'expired') return expired(ctx)
    if (!(await turnOf(pass))) return withoutDuty(ctx)
    if (!(await state.claim(usedKey(pass.once), '1', usedSeconds))) return used(ctx)
    begin(ctx, pass)
    go(ctx, '')
  }

  const show =
    (section: Show): Middleware =>
    async (ctx) => {
      const who = await sitting(ctx)
      if (!who) return
      const said = await saidUnder(state, who.session, one(ctx.query['said']) ?? '')
      const waiting = mayEver(who.turn, 'publish_bulletin') ? (await waitingFor(who.turn)).length : 0
      const shown = await section(who, ctx).catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error
        ctx.status = 409
        return notHere(error)
      })
      page(ctx, deskPage(who, shown, said, waiting))
    }

  /** Whose click it is, once it is known that it is one. */
  const acting = async (ctx: Context): Promise<Sitting | undefined> =>
    isFromOurPage(ctx, base) ? sitting(ctx) : foreign(ctx)

  const finish = async (
    ctx: Context,
    who: Sitting,
    { token, of = '', back }: { token: string; of?: string; back: string },
    work: () => Promise<Told>,
  ) => {
    const form = readForm(who.session, token)
    if (form === undefined) return stale(ctx)
    const number = `${form}${of}`
    const told = await once(state, who.session, number, () =>
      work().catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error
        return { to: back, isWrong: true, lines: [error.message] }
      }),
    )
    go(ctx, `${told?.to ?? back}?said=${number}`)
  }

  /** @param back where it is told when it cannot be done */
  const act =
    (back: Section['at'], work: Deed): Middleware =>
    async (ctx) => {
      const who = await acting(ctx)
      if (!who) return
      const fields = await fieldsOf(ctx)
      const id = idIn(ctx)
      await finish(ctx, who, { token: fields.get('form') ?? '', back }, () => work(who, id, fields))
    }

  const receive: Middleware = async (ctx) => {
    const who = await acting(ctx)
    if (!who) return
    let sent: Upload
    try {
      sent = await uploadOf(ctx)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      return refuse(ctx, 413, '没有收下', error.message)
    }
    // The page may send another file with its form when the first did not get through.
    const of = createHash('sha256').update(sent.name).update(sent.bytes).digest('base64url').slice(0, 12)
    await finish(ctx, who, { token: sent.form, of, back: '' }, () => imports.upload(who, sent))
  }

  const send =
    (file: (who: Sitting, id: number) => Promise<imports.Download | undefined>): Middleware =>
    async (ctx) => {
      const who = await sitting(ctx)
      if (!who) return
      const found = await file(who, idIn(ctx))
      if (!found) return refuse(ctx, 404, '没有这个文件', '它放得太久清掉了，或者不归您看。')
      ctx.set({ ...formHeaders, 'Content-Disposition': attachment(found.name) })
      ctx.type = 'application/octet-stream'
      ctx.body = found.bytes
    }

  const exit: Middleware = async (ctx) => {
    const who = await acting(ctx)
    if (!who) return
    if (readForm(who.session, (await fieldsOf(ctx)).get('form') ?? '') === undefined) return stale(ctx)
    await leave(ctx, who)
    refuse(ctx, 200, '已退出', '要再打开，请私聊小图说“工作台”，再点新的链接。')
  }

  return {
    async listen(router: Router) {
      const folder = new URL('desk/', scripts)
      router.get('/desk/files/:name', async (ctx) => {
        ctx.set({ ...formHeaders, 'Cache-Control': 'no-cache' })
        await sendFile(ctx, ctx.params['name'] ?? '', folder)
      })
      const get = (path: string, ...what: Middleware[]) => router.get(path, calmly, ...what)
      const post = (path: string, what: Middleware) => router.post(path, calmly, what)
      get(
        '/desk/',
        (ctx, next) => ('k' in ctx.query ? knock(ctx, next) : next()),
        show(imports.importSection),
      )
      post('/desk/open', enter)
      post('/desk/leave', exit)
      post('/desk/upload', receive)
      get('/desk/marked', send(imports.markedFile))
      get(
        '/desk/offers/:id',
        show((who, ctx) => imports.previewSection(who, idIn(ctx))),
      )
      post('/desk/offers/:id/accept', act('', imports.acceptOffer))
      post('/desk/offers/:id/drop', act('', imports.dropOffer))
      get('/desk/imports/:id/file', send(imports.sentFile))
      get(
        '/desk/imports/:id/undo',
        show((who, ctx) => imports.undoSection(who, idIn(ctx))),
      )
      post('/desk/imports/:id/undo', act('', imports.undoImport))
      get('/desk/bulletins', show(bulletinSection))
      post('/desk/bulletins/:id/publish', act('bulletins', publishBulletin))
      post('/desk/bulletins/:id/hold', act('bulletins', holdBulletin))
      post('/desk/bulletins/:id/edit', act('bulletins', editBulletin))
      get(
        '/desk/deliveries',
        show((who, ctx) => deliverySection(who, one(ctx.query['day']))),
      )
      get('/desk/chats', show(chatSection))
      post('/desk/screens/:id/off', act('chats', screenOff))
      get(
        '/desk/missed',
        show(async (who) => {
          if (!mayTeach(who.turn)) throw new UserError('没听懂的话由区专班看。')
          return missedSection(who)
        }),
      )
      return async () => undefined
    },
  }
}

/** What was asked for is not there: why, and the way back. */
const notHere = ({ message }: UserError): Section => ({
  ...{ at: '', title: '没有办成' },
  body: html`<p>${message}</p><p><a href="/desk/">回到导入</a></p>`,
})

/** Known failures become a page of one sentence. */
const calmly: Middleware = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (error instanceof UserError) refuse(ctx, 409, '没有办成', error.message)
    else if (error instanceof StoreDown || isConnectionLoss(error)) unreachable(ctx)
    else throw error
  }
}

function page(ctx: Context, content: string): void {
  ctx.set(formHeaders)
  ctx.type = 'html'
  ctx.body = content
}

/** @param to below /desk/ */
function go(ctx: Context, to: string): void {
  ctx.set(formHeaders)
  if (isScript(ctx)) {
    ctx.body = { next: `/desk/${to}` }
    return
  }
  ctx.redirect(`/desk/${to}`)
  // Whatever was sent, the next page is asked for.
  ctx.status = 303
}

const attachment = (name: string) =>
  `attachment; filename="file.xlsx"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`

/** No row has the number 0. */
const idIn = ({ params }: Context) => (/^\d{1,9}$/.test(params['id'] ?? '') ? Number(params['id']) : 0)

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)
