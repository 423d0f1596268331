// Who gets to the clerk's page, how often, and for how long; and what is refused there.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Pass } from '../../src/links.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { stillClock } from '../support/example.ts'
import { formFor, type Visitor, visitor } from './desk-visitor.ts'

const real = stillClock('2026-11-22T10:00:00+08:00')
let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ real })
})
afterAll(() => demo.stop())
afterEach(() => expect(demo.complaints.splice(0)).toEqual([]))

let links = 0
const linkFor = async (name: string, forMs = 600_000) => {
  const query = demo.db.selectFrom('person').where('name', '=', name).select('id')
  const { id: person } = await query.executeTakeFirstOrThrow()
  const pass: Pass = { use: 'desk', campaign: 1, person, once: `link-${++links}` }
  const address = new URL(demo.links.make('/desk/', pass, forMs))
  return { address: address.pathname + address.search, k: address.searchParams.get('k') ?? '' }
}
const seated = async (name: string): Promise<Visitor> => {
  const { k } = await linkFor(name)
  const there = visitor(demo)
  const page = await there.post('/desk/open', { k })
  expect(page.status).toBe(200)
  return there
}
const said = (text: string) => expect.stringContaining(text)

describe('a link to the page', () => {
  it('shows a button however often it is looked at, and opens once', async () => {
    const { address, k } = await linkFor('周敏')
    const there = visitor(demo)
    for (let times = 0; times < 3; times++) {
      const door = await there.get(address)
      expect(door).toMatchObject({ status: 200, text: said('打开工作台') })
      expect(door.headers['set-cookie']).toBeUndefined()
      expect(formFor(door.text, '/desk/open')).toEqual({ k })
    }
    expect(await there.post('/desk/open', { k })).toMatchObject({ status: 200, text: said('<h1>导入</h1>') })
    const other = visitor(demo)
    expect(await other.post('/desk/open', { k })).toMatchObject({ status: 410, text: said('链接已经用过') })
    expect(await other.get(address)).toMatchObject({ status: 410, text: said('链接已经用过') })
  })

  it('opens for one of several who press the button at once', async () => {
    const { k } = await linkFor('周敏')
    const all = await Promise.all(Array.from({ length: 5 }, () => visitor(demo).post('/desk/open', { k })))
    expect(all.map(({ status }) => status).toSorted()).toEqual([200, 410, 410, 410, 410])
  })

  it('is over after its ten minutes, and nothing when it was forged', async () => {
    const late = await linkFor('周敏', -1_000)
    const there = visitor(demo)
    expect(await there.get(late.address)).toMatchObject({ status: 410, text: said('链接已过期') })
    expect(await there.post('/desk/open', { k: late.k })).toMatchObject({
      status: 410,
      text: said('链接已过期'),
    })
    const { k } = await linkFor('周敏')
    const forged = `${k.slice(0, -3)}AAA`
    expect(await there.get(`/desk/?k=${forged}`)).toMatchObject({ status: 404, text: said('链接不对') })
    expect(await there.post('/desk/open', { k: forged })).toMatchObject({ status: 404 })
    expect(await there.get('/desk/?k=a&k=b')).toMatchObject({ status: 404 })
    expect(await there.get('/desk/')).toMatchObject({ status: 410, text: said('工作台') })
  })

  it('is no session by itself, and a session is no link', async () => {
    const { k } = await linkFor('周敏')
    expect(await visitor(demo, `desk=${k}`).get('/desk/')).toMatchObject({ status: 404 })
    const there = await seated('周敏')
    const token = there.cookie().split('=')[1] ?? ''
    expect(await visitor(demo).get(`/desk/?k=${token}`)).toMatchObject({ status: 404 })
  })

  it('does not open for who has no such duty', async () => {
    const { k } = await linkFor('张建国')
    expect(await visitor(demo).post('/desk/open', { k })).toMatchObject({
      status: 403,
      text: said('组织委员'),
    })
  })

  it('is not opened by another page, nor by what does not say whose it is', async () => {
    const { k } = await linkFor('周敏')
    const there = visitor(demo)
    for (const headers of [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null' },
      { origin: demo.origin, 'sec-fetch-site': 'same-site' },
      {},
    ] as Record<string, string>[])
      expect(await there.post('/desk/open', { k }, headers)).toMatchObject({
        status: 403,
        text: said('没有办'),
      })
    expect((await there.post('/desk/open', { k })).status).toBe(200)
  })
})

describe('a session', () => {
  it('keeps to its page, away from scripts and other sites', async () => {
    const { k } = await linkFor('周敏')
    const answer = await fetch(`${demo.origin}/desk/open`, {
      ...{ method: 'POST', redirect: 'manual', body: new URLSearchParams({ k }) },
      headers: { origin: demo.origin },
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('set-cookie')).toMatch(/^desk=\S+; path=\/desk\/; .*samesite=strict; httponly$/)
    const there = visitor(demo, answer.headers.get('set-cookie')?.split(';')[0])
    const { headers } = await there.get('/desk/')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' })
  })

  it('lasts while it is used, two hours from one look to the next, and eight in all', async () => {
    const idle = await seated('周敏')
    const busy = await seated('周敏')
    for (let hours = 1.9; hours < 7.9; hours += 1.9) {
      real.pass(1.9 * 3600)
      expect((await busy.get('/desk/')).status).toBe(200)
    }
    expect(await idle.get('/desk/')).toMatchObject({ status: 410, text: said('太久没有用') })
    real.pass(0.5 * 3600)
    expect((await busy.get('/desk/')).status).toBe(410)
  })

  it('is over when the person leaves it, wherever the cookie was copied to', async () => {
    const there = await seated('周敏')
    const copy = visitor(demo, there.cookie())
    expect(await there.click('/desk/', '/desk/leave')).toMatchObject({ status: 200, text: said('已退出') })
    expect((await copy.get('/desk/')).status).toBe(410)
  })

  it('is over at the next look when the duty has ended, or the person has left', async () => {
    const there = await seated('周敏')
    const ends = (to: string | null) =>
      sql`update assignment set valid_to = ${to}::date where person_id = (select id from person where name = '周敏')`
    await ends('2026-11-21').execute(demo.db)
    expect(await there.get('/desk/')).toMatchObject({ status: 403, text: said('没有这个职务') })
    await ends(null).execute(demo.db)
    expect((await there.get('/desk/')).status).toBe(200)
    await sql`update person set status = 'left' where name = '周敏'`.execute(demo.db)
    expect((await there.get('/desk/')).status).toBe(403)
    await sql`update person set status = 'active' where name = '周敏'`.execute(demo.db)
  })

  it('tells the script of the page in JSON that it is over', async () => {
    const answer = await fetch(`${demo.origin}/desk/upload`, {
      ...{ method: 'POST', body: 'x' },
      headers: { accept: 'application/json', origin: demo.origin },
    })
    expect(answer.status).toBe(410)
    expect(await answer.json()).toEqual({ wrong: said('私聊小图说“工作台”') })
  })
})

describe('a form', () => {
  it('does nothing from elsewhere, without its token, or with that of another session', async () => {
    const there = await seated('何晓雯')
    const form = formFor((await there.get('/desk/')).text, '/desk/leave')
    expect(await there.post('/desk/leave', form, { origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    })
    expect(await there.post('/desk/leave', {})).toMatchObject({ status: 403, text: said('刷新') })
    const other = await seated('何晓雯')
    expect(await other.post('/desk/leave', form)).toMatchObject({ status: 403, text: said('刷新') })
    expect((await there.get('/desk/')).status).toBe(200)
  })

  it('that is too large is refused', async () => {
    const there = await seated('何晓雯')
    expect(await there.post('/desk/leave', { form: 'x'.repeat(20_000) })).toMatchObject({ status: 409 })
  })
})

describe('what a clerk sees', () => {
  it('reaches as far as the duty', async () => {
    const street = await seated('周敏')
    const district = await seated('何晓雯')
    expect((await street.get('/desk/')).text).not.toContain('没听懂')
    expect((await street.get('/desk/missed')).status).toBe(409)
    expect((await district.get('/desk/missed')).text).toContain('没听懂的话')
    const [own, all] = [(await street.get('/desk/chats')).text, (await district.get('/desk/chats')).text]
    expect(own).toContain('汝河路街道')
    expect(own).not.toContain('全区')
    expect(all).toMatch(/汝河路街道[\s\S]*全区/)
    for (const page of [own, all, (await district.get('/desk/deliveries')).text])
      expect(page).not.toMatch(/1\d{10}|SEC|token|push_off/)
  })

  it('is nothing of another campaign or another person', async () => {
    const there = await seated('周敏')
    expect((await there.get('/desk/imports/999/file')).status).toBe(404)
    expect((await there.get('/desk/imports/x/file')).status).toBe(404)
    expect((await there.get('/desk/offers/1')).status).toBe(409)
    expect((await there.get('/desk/imports/999/undo')).status).toBe(409)
  })
})
