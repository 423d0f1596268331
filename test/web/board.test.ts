// Who gets to see what of the board, by which link, and what open pages are told.
import { sql } from 'kysely'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Pass } from '../../src/links.ts'
import { type Demo, startDemo } from '../support/demo.ts'

let demo: Demo
beforeAll(async () => {
  demo = await startDemo()
})
afterAll(() => demo.stop())

const idOf = async (table: 'unit_version' | 'person' | 'chat', name: string): Promise<number> => {
  const column = table === 'unit_version' ? 'unit_id' : 'id'
  const { rows } = await sql<{ id: number }>`select ${sql.ref(column)} as id from ${sql.table(table)}
    where ${sql.ref(table === 'chat' ? 'chat_id' : 'name')} = ${name}`.execute(demo.db)
  return Number(rows[0]?.id)
}
const passOf = async (unit: string, whose: { person?: string; chat?: string }): Promise<Pass> => ({
  ...{ use: 'board', campaign: 1, unit: await idOf('unit_version', unit) },
  ...(whose.person && { person: await idOf('person', whose.person) }),
  ...(whose.chat && { chat: await idOf('chat', whose.chat) }),
})
const get = async (address: string, cookie = '') => {
  const url = new URL(address, demo.origin)
  const answer = await request(url, { headers: cookie ? { cookie } : {} })
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
}
/** Follows a link as a browser does. */
const enter = async (pass: Pass, forMs = 600_000) => {
  const first = await get(demo.links.make('/board/', pass, forMs))
  const cookie = String(first.headers['set-cookie'] ?? '').split(';')[0] ?? ''
  const place = String(first.headers['location'] ?? '')
  return { first, cookie, place, page: place ? await get(place, cookie) : first }
}

describe('a link to the board', () => {
  it('leads to an address without the token, and sets a cookie for this place only', async () => {
    const { first, place, page } = await enter(await passOf('汝河路街道', { person: '周敏' }))
    expect(first.status).toBe(302)
    expect(place).toMatch(/^\/board\/[\w-]{12}\/\d+$/)
    expect(first.headers['set-cookie']).toMatch(/path=\/board\/[\w-]{12}\/; .*samesite=lax; httponly/)
    expect(page.status).toBe(200)
    expect(page.text).toContain('<h1>汝河路街道</h1>')
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.headers['cache-control']).toBe('no-store')
    expect(Buffer.byteLength(page.text)).toBeLessThan(150 << 10)
  })

  it('is over when its time is over, and nothing when it was forged or is missing', async () => {
    const pass = await passOf('汝河路街道', { person: '周敏' })
    // The header lets an open page stay as it is; what is gone does not have it.
    expect(await get(demo.links.make('/board/', pass, -1_000))).toMatchObject({
      ...{ status: 410, headers: { 'x-link': 'expired' } },
    })
    const token = demo.links.token(pass, 600_000)
    const forged = await get(`/board/?k=${token.slice(0, -3)}AAA`)
    expect(forged).toMatchObject({ status: 404, text: expect.stringContaining('链接不对') })
    expect(await get('/board/')).toMatchObject({ status: 404 })
    expect(await get('/board/?k=a&k=b')).toMatchObject({ status: 404 })
    const { place } = await enter(pass)
    expect(await get(place)).toMatchObject({ status: 410, text: expect.stringContaining('看板') })
  })

  it('may be opened again within its time: a page is reloaded, chat apps look first', async () => {
    const pass = await passOf('汝河路街道', { person: '周敏' })
    const address = demo.links.make('/board/', pass, 600_000)
    expect((await get(address)).status).toBe(302)
    expect((await get(address)).status).toBe(302)
  })

  it('shows its unit and what is below it, and nothing else', async () => {
    const { place, cookie } = await enter(await passOf('汝河路街道', { person: '周敏' }))
    const at = async (name: string) =>
      get(place.replace(/\d+$/, String(await idOf('unit_version', name))), cookie)
    expect((await at('金苑社区')).status).toBe(200)
    expect(await at('全区')).toMatchObject({ status: 403, text: expect.stringContaining('只能看汝河路街道') })
    expect((await get(place.replace(/\d+$/, 'x'), cookie)).status).toBe(403)
  })

  it('does not open another page of the bot', async () => {
    const token = demo.links.token({ use: 'file', campaign: 1, file: 1 }, 600_000)
    expect((await get(`/board/?k=${token}`)).status).toBe(404)
  })

  it('is over when the person has left', async () => {
    const { place, cookie } = await enter(await passOf('汝河路街道', { person: '张建国' }))
    const left = sql`update person set status = 'left' where name = '张建国'`
    await left.execute(demo.db)
    expect(await get(place, cookie)).toMatchObject({ status: 410, text: expect.stringContaining('已停用') })
    await sql`update person set status = 'active' where status = 'left'`.execute(demo.db)
  })
})

describe('what a group sees', () => {
  it('is nobody’s own test score; a person who looks after the street sees it', async () => {
    const group = await enter(await passOf('汝河路街道', { chat: 'cid-ruhelu' }))
    expect(group.page.text).not.toContain('data-label="政策掌握"')
    expect(group.page.text).toContain('个人成绩不在群里公布')
    const clerk = await enter(await passOf('汝河路街道', { person: '周敏' }))
    expect(clerk.page.text).toContain('data-label="政策掌握"')
  })

  it('is not what a secretary sees in private either: only the own community’s page has the own score', async () => {
    const { page, place, cookie } = await enter(await passOf('汝河路街道', { person: '张建国' }))
    expect(page.text).not.toContain('data-label="政策掌握"')
    expect(page.text).toContain('个人成绩只给本人和上级看')
    const at = async (name: string) =>
      (await get(place.replace(/\d+$/, String(await idOf('unit_version', name))), cookie)).text
    expect(await at('金苑社区')).toContain('政策掌握</th>')
    expect(await at('汝河小区社区')).not.toContain('政策掌握</th>')
  })

  it('is only the first three places where only these are told', async () => {
    const settings = (value: string) =>
      sql`update campaign set settings = settings || jsonb_build_object('ranking_visibility', ${value}::text),
        revision = revision + 1, roster_version = roster_version + 1`.execute(demo.db)
    await settings('top3')
    const { page } = await enter(await passOf('汝河路街道', { chat: 'cid-ruhelu' }))
    const ranks = [...page.text.matchAll(/<td role="cell" class="rank">(\d+)<\/td>/g)].map(([, rank]) => rank)
    await settings('full')
    expect(ranks.slice(0, 3)).toEqual(['1', '2', '3'])
    expect(ranks.every((rank) => Number(rank) <= 3)).toBe(true)
  })
})

describe('names', () => {
  it('are text, whatever is in them', async () => {
    const name = `<img src=x onerror=alert(1)>"'=1+1\u202e社区`
    const rename = (to: string, from: string) =>
      sql`update unit_version set name = ${to} where name = ${from}`.execute(demo.db)
    await rename(name, '金苑社区')
    await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(
      demo.db,
    )
    const { page } = await enter(await passOf('汝河路街道', { person: '周敏' }))
    await rename('金苑社区', name)
    await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(
      demo.db,
    )
    expect(page.text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;=1+1')
    expect(page.text).not.toContain('<img')
    expect(page.text).not.toContain('\u202e')
  })
})

/** Reads a page's events until one of the kind comes. @param then is done once the page is connected */
async function eventOf(
  address: string,
  cookie: string,
  kind: string,
  then: () => Promise<unknown> = async () => {},
): Promise<string> {
  const { body, statusCode } = await request(new URL(address, demo.origin), { headers: { cookie } })
  if (statusCode !== 200) throw new Error(`status ${statusCode}`)
  let heard = ''
  let isConnected = false
  for await (const chunk of body) {
    heard += String(chunk)
    if (!isConnected && heard.includes('event: ')) {
      isConnected = true
      await then()
    }
    const found = new RegExp(`event: ${kind}\\ndata: (.*)\\n\\n`).exec(heard)
    if (found) {
      body.destroy()
      return found[1] ?? ''
    }
  }
  return `ended: ${heard}`
}

let said = 0
const report = (text: string) =>
  demo.hear({
    ...{ platform: 'dingtalk', robot: 'r', id: `board-${++said}`, kind: 'text', text },
    ...{ chat: { id: 'cid-ruhelu', kind: 'group' }, sender: { id: 'zhangjianguo', name: '张建国' } },
  })

describe('an open page', () => {
  it('is told what has changed, and only that', async () => {
    const { place, cookie, page } = await enter(await passOf('汝河路街道', { person: '周敏' }))
    const version = /data-version="([^"]+)"/.exec(page.text)?.[1]
    const events = `${place.replace(/\d+$/, '')}events?unit=${await idOf('unit_version', '汝河路街道')}&v=${version}`
    const told = await eventOf(events, cookie, 'change', () => report('红色物业完成3个'))
    const change = JSON.parse(told) as { pieces: { id: string; html: string }[]; rows: string[] }
    const ids = change.pieces.map(({ id }) => id)
    expect(ids).toContain(`unit-${await idOf('unit_version', '金苑社区')}`)
    expect(ids).toContain('figures')
    expect(ids.length).toBeLessThan(change.rows.length)
  })

  it('that shows an old version gets all of it at once', async () => {
    const { place, cookie } = await enter(await passOf('汝河路街道', { person: '周敏' }))
    const events = `${place.replace(/\d+$/, '')}events?unit=${await idOf('unit_version', '汝河路街道')}&v=old`
    const change = JSON.parse(await eventOf(events, cookie, 'change')) as {
      pieces: unknown[]
      rows: unknown[]
    }
    expect(change.pieces.length).toBeGreaterThan(change.rows.length)
  })

  it('is told when its time is over', async () => {
    const { place, cookie } = await enter(await passOf('汝河路街道', { person: '周敏' }), 2_000)
    const events = `${place.replace(/\d+$/, '')}events?unit=${await idOf('unit_version', '汝河路街道')}`
    expect(await eventOf(events, cookie, 'over')).toBe('""')
  })
})

const privately = (text: string, id = 'zhoumin') =>
  demo.hear({
    ...{ platform: 'dingtalk', robot: 'r', id: `screen-${++said}`, kind: 'text', text },
    ...{ chat: { id, kind: 'single' }, sender: { id, name: id } },
  })
const tokenIn = (link: string | undefined) => new URL(link ?? '').searchParams.get('k') ?? ''
/** Presses the button of a screen's link. */
const press = async (link: string | undefined, from: Record<string, string> = { origin: demo.origin }) => {
  const answer = await request(new URL('/board/open', demo.origin), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...from },
    body: new URLSearchParams({ k: tokenIn(link) }).toString(),
  })
  const cookie = String(answer.headers['set-cookie'] ?? '').split(';')[0] ?? ''
  const place = String(answer.headers['location'] ?? '')
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text(), cookie, place }
}
const eventsAt = (place: string) => `${place.replace(/\d+$/, '')}events?unit=${place.split('/').pop()}`

describe('a screen', () => {
  it('keeps its board by a token of its own, is listed, and goes dark when it is switched off', async () => {
    const opened = await privately('开大屏 一楼大厅')
    expect(JSON.stringify(await privately('有哪些大屏'))).toContain('一楼大厅：汝河路街道，还没打开过')
    const first = await press(opened?.link)
    expect(first.status).toBe(303)
    expect(first.headers['set-cookie']).toMatch(/path=\/board\/[\w-]{12}\/; .*samesite=lax; httponly/)
    const { place, cookie } = first
    const page = await get(place, cookie)
    expect(page.text).toContain('<h1>汝河路街道</h1>')
    // What stands on a wall is what the group may see.
    expect(page.text).not.toContain('data-label="政策掌握"')
    expect(page.headers['set-cookie']).toBeDefined()
    expect(JSON.stringify(await privately('有哪些大屏'))).toMatch(/一楼大厅：汝河路街道，\d+月/)
    const off = () => privately('停用大屏 一楼大厅')
    expect(await eventOf(eventsAt(place), cookie, 'gone', off)).toBe('""')
    const dark = await get(place, cookie)
    expect(dark).toMatchObject({ status: 410, text: expect.stringContaining('大屏已停用') })
    expect(dark.text).toContain('私聊小图说“开大屏 一楼大厅”')
    expect(dark.text).not.toContain('金苑')
  })

  it('is opened by one button, however often its link is looked at before', async () => {
    const { link } = (await privately('开大屏 预览')) ?? {}
    for (let times = 0; times < 3; times++) {
      const page = await get(link ?? '')
      expect(page).toMatchObject({ status: 200, text: expect.stringContaining('在这台电脑上打开大屏') })
      expect(page.text).toContain('大屏“预览”')
      expect(page.headers['set-cookie']).toBeUndefined()
      expect(page.headers['cache-control']).toBe('no-store')
    }
    expect((await press(link)).status).toBe(303)
  })

  it('is opened once: of several that press at once one gets it, the others are told what to say', async () => {
    const { link } = (await privately('开大屏 二号厅')) ?? {}
    const all = await Promise.all([press(link), press(link), press(link)])
    expect(all.map(({ status }) => status).sort()).toEqual([303, 410, 410])
    for (const { status, text, cookie } of [...all, await press(link)]) {
      if (status === 303) continue
      expect(text).toContain('地址只能打开一次')
      expect(text).toContain('私聊小图说“重开大屏 二号厅”')
      expect(cookie).toBe('')
    }
    expect(await get(link ?? '')).toMatchObject({ status: 410, text: expect.stringContaining('重开大屏') })
  })

  it('is not opened by a page of somebody else, nor by the token that it keeps', async () => {
    const { link } = (await privately('开大屏 三号厅')) ?? {}
    expect(await press(link, { origin: 'http://other.example' })).toMatchObject({ status: 403, cookie: '' })
    expect(await press(link, {})).toMatchObject({ status: 403, cookie: '' })
    const { cookie, place } = await press(link)
    const kept = cookie.replace(/^board=/, '')
    expect((await get(`/board/?k=${kept}`)).status).toBe(404)
    expect((await press(`${demo.origin}/?k=${kept}`)).status).toBe(404)
    // And the link's token is no cookie.
    expect((await get(place, `board=${tokenIn(link)}`)).status).toBe(404)
  })

  it('is over unopened after a day, and when it was switched off before', async () => {
    const { link } = (await privately('开大屏 四号厅')) ?? {}
    const row = await demo.db
      .selectFrom('screen')
      .where('name', '=', '四号厅')
      .select('id')
      .executeTakeFirstOrThrow()
    const late = demo.links.make('/board/', { use: 'opening', campaign: 1, screen: row.id }, -1_000)
    expect(await get(late)).toMatchObject({ status: 410, text: expect.stringContaining('重开大屏') })
    expect((await press(late)).status).toBe(410)
    await privately('停用大屏 四号厅')
    expect(await get(link ?? '')).toMatchObject({ status: 410, text: expect.stringContaining('大屏已停用') })
    expect((await press(link)).status).toBe(410)
  })

  it('gets a new address when it is asked for, and what was opened by the old one goes dark', async () => {
    const old = await press((await privately('开大屏 关口'))?.link)
    const again = await privately('重开大屏 关口')
    expect(JSON.stringify(again)).toContain('换了新地址')
    const dark = await get(old.place, old.cookie)
    expect(dark).toMatchObject({ status: 410, text: expect.stringContaining('大屏换了地址') })
    expect(dark.text).toContain('私聊小图说“重开大屏 关口”')
    const fresh = await press(again?.link)
    expect((await get(fresh.place, fresh.cookie)).status).toBe(200)
    expect(JSON.stringify(await privately('重开大屏 没有的'))).toContain('没有叫“没有的”的大屏')
  })

  it('has one name, and is not opened in a group or by a secretary', async () => {
    await privately('开大屏 二楼')
    expect(JSON.stringify(await privately('开大屏 二楼'))).toContain('已经有叫“二楼”的大屏了')
    // The name is another street's: the own street's in it tells them apart.
    const { rows } = await sql<{ account: string }>`select userid as account from account
      join assignment using (person_id) join unit_version using (unit_id)
      where role = 'street_admin' and name = '林山寨街道' and platform = 'dingtalk'`.execute(demo.db)
    const clerk = rows[0]?.account ?? ''
    const other = await privately('开大屏 二楼', clerk)
    expect(JSON.stringify(other)).toContain('别的单位已经有叫“二楼”的大屏了')
    expect(JSON.stringify(other)).not.toContain('重开')
    const [, words = ''] = /比如“(.*?)”/.exec(JSON.stringify(other)) ?? []
    expect(JSON.stringify(await privately(words, clerk))).toContain('开好了')
    expect(JSON.stringify(await report('开大屏 三楼'))).toMatch(/组织委员|私聊/)
    expect(JSON.stringify(await privately('停用大屏 五楼'))).toContain('没有叫“五楼”的大屏')
  })
})

describe('several boards of one unit', () => {
  it('are each checked on their own: one screen switched off, the other and the phone stay', async () => {
    const screens = [
      await press((await privately('开大屏 甲厅'))?.link),
      await press((await privately('开大屏 乙厅'))?.link),
    ]
    const phone = await enter(await passOf('汝河路街道', { chat: 'cid-ruhelu' }))
    const versionOf = async ({ place, cookie }: { place: string; cookie: string }) =>
      /data-version="([^"]+)"/.exec((await get(place, cookie)).text)?.[1]
    const heard = await Promise.all(
      [...screens, phone].map(async (one) =>
        listen(`${eventsAt(one.place)}&v=${await versionOf(one)}`, one.cookie),
      ),
    )
    const [first, second, third] = heard
    try {
      // The first was there first: its pass is the one that the others must not depend on.
      await privately('停用大屏 甲厅')
      await first?.until('event: gone')
      const page = await get(phone.place, phone.cookie)
      expect(page.status).toBe(200)
      expect((await enter(await passOf('汝河路街道', { chat: 'cid-ruhelu' }))).page.status).toBe(200)
      await report('红色物业完成4个')
      await second?.until('event: change')
      await third?.until('event: change')
      for (const one of [second, third]) expect(one?.text()).not.toMatch(/event: (?:over|gone)/)
    } finally {
      for (const one of heard) one.stop()
    }
  })

  it('show more or less when who looks may see more or less: the page comes again for it', async () => {
    const clerk = await enter(await passOf('汝河路街道', { person: '周敏' }))
    const stream = await listen(eventsAt(clerk.place), clerk.cookie)
    const { id } = await demo.db
      .selectFrom('person')
      .where('name', '=', '周敏')
      .select('id')
      .executeTakeFirstOrThrow()
    const become = async (from: string, to: string) => {
      await sql`update assignment set role = ${to} where person_id = ${id} and role = ${from}`.execute(
        demo.db,
      )
      await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(
        demo.db,
      )
    }
    await stream.until('event: change')
    await become('street_admin', 'secretary')
    try {
      await stream.ended
      expect(stream.text()).not.toMatch(/event: (?:over|gone)/)
      expect((await get(clerk.place, clerk.cookie)).text).not.toContain('data-label="政策掌握"')
    } finally {
      stream.stop()
      await become('secretary', 'street_admin')
    }
  })
})

/** A page that stays connected. */
async function listen(address: string, cookie: string) {
  const { body, statusCode } = await request(new URL(address, demo.origin), { headers: { cookie } })
  if (statusCode !== 200) throw new Error(`status ${statusCode}`)
  let heard = ''
  const ended = new Promise<void>((resolve) => body.once('end', resolve))
  body.on('error', () => {})
  const waiting = new Set<() => void>()
  body.on('data', (chunk: Buffer) => {
    heard += String(chunk)
    for (const look of waiting) look()
  })
  return {
    ended,
    text: () => heard,
    until: (words: string) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!heard.includes(words)) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
    stop: () => body.destroy(),
  }
}
