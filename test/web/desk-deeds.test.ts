// What is done at the clerk's page: workbooks in and back, bulletins, screens; twice, late, broken, with HTML in it.
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { openInMemory } from '../../src/database/connection.ts'
import type { Pass } from '../../src/links.ts'
import { toFile } from '../sheet/small-campaign.ts'
import { openTestPostgres } from '../support/databases.ts'
import { type Demo, startDemo } from '../support/demo.ts'
import { formFor, type Visitor, visitor } from './desk-visitor.ts'

describe.each([
  ['PGlite', openInMemory],
  ['PostgreSQL', () => openTestPostgres(inject('postgresUrl'), { template: inject('template') })],
])('on %s', (_name, open) => {
  let demo: Demo
  let street: Visitor
  let district: Visitor
  beforeAll(async () => {
    demo = await startDemo({ open })
    street = await seated('周敏')
    district = await seated('何晓雯')
  })
  afterAll(() => demo.stop())
  afterEach(() => expect(demo.complaints.splice(0)).toEqual([]))

  let links = 0
  async function seated(name: string): Promise<Visitor> {
    const query = demo.db.selectFrom('person').where('name', '=', name).select('id')
    const { id: person } = await query.executeTakeFirstOrThrow()
    const pass: Pass = { use: 'desk', campaign: 1, person, once: `link-${++links}` }
    const there = visitor(demo)
    const page = await there.post('/desk/open', { k: demo.links.token(pass, 600_000) })
    expect(page.status).toBe(200)
    return there
  }
  const said = (text: string) => expect.stringContaining(text)
  let spoken = 0
  const say = (text: string, id = 'hexiaowen') =>
    demo.hear({
      ...{ platform: 'dingtalk', robot: 'r', id: `desk-${++spoken}`, kind: 'text', text },
      ...{ chat: { id, kind: 'single' }, sender: { id, name: id } },
    })

  const table = async (rows: (string | number | null)[][]) => Buffer.from(await toFile({ 进度: rows }))
  const numberOf = async (unit: string, indicator: string) => {
    const { rows } = await sql<{ value: string }>`select value from cell
    join unit_version on unit_version.unit_id = cell.unit_id join indicator on indicator.id = cell.indicator_id
    where unit_version.name = ${unit} and indicator.name = ${indicator}`.execute(demo.db)
    return rows[0]?.value
  }
  const loads = async () =>
    Number(
      (await sql<{ n: number }>`select count(*) as n from workbook where state = 'loaded'`.execute(demo.db))
        .rows[0]?.n,
    )
  /** Addresses of forms on a page. */
  const formsOn = ({ text }: { text: string }, words: string) =>
    [...text.matchAll(/action="([^"]+)"/g)].flatMap(([, action = '']) =>
      action.endsWith(words) ? [action] : [],
    )

  describe('a workbook', () => {
    const head = ['单位', '红色物业']
    const name = '进度（截至11月21日）.xlsx'

    it('is shown as what it would change, imported once however often it is clicked, and undone', async () => {
      const before = await numberOf('金苑社区', '红色物业')
      const preview = await street.upload(name, await table([head, ['金苑社区', 4]]))
      expect(preview).toMatchObject({ status: 200, text: said('会改什么') })
      expect(preview.text).toContain(`金苑社区：红色物业 ${before}→4个`)
      expect(await numberOf('金苑社区', '红色物业')).toBe(before)
      const [action = ''] = formsOn(preview, '/accept')
      const fields = formFor(preview.text, action)
      const twice = await Promise.all([street.post(action, fields), street.post(action, fields)])
      for (const answer of twice)
        expect(answer).toMatchObject({ status: 200, text: said(`已导入《${name}》。`) })
      expect(await loads()).toBe(1)
      expect(await numberOf('金苑社区', '红色物业')).toBe('4')

      const id = /\/desk\/imports\/(\d+)\/undo/.exec((await street.get('/desk/')).text)?.[1]
      const question = await street.get(`/desk/imports/${id}/undo`)
      expect(question.text).toContain(`整个撤销《${name}》吗？`)
      expect(await street.click(`/desk/imports/${id}/undo`, `/desk/imports/${id}/undo`)).toMatchObject({
        text: said(`已撤销导入《${name}》。`),
      })
      expect(await numberOf('金苑社区', '红色物业')).toBe(before)
      expect((await street.get('/desk/')).text).toMatch(/周敏撤销了/)
      expect(await street.get(`/desk/imports/${id}/undo`)).toMatchObject({
        status: 409,
        text: said('撤销了'),
      })
    })

    it('can be had again as it was sent, by who sent it and the district, and by nobody else', async () => {
      const bytes = await table([head, ['金苑社区', 3]])
      const preview = await street.upload("报表 “七”'.xlsx", bytes)
      const [action = ''] = formsOn(preview, '/accept')
      await street.post(action, formFor(preview.text, action))
      const id = /offers\/(\d+)/.exec(action)?.[1]
      const file = await street.get(`/desk/imports/${id}/file`)
      expect(file.bytes.equals(bytes)).toBe(true)
      expect(file.headers['content-disposition']).toBe(
        `attachment; filename="file.xlsx"; filename*=UTF-8''%E6%8A%A5%E8%A1%A8%20%E2%80%9C%E4%B8%83%E2%80%9D%27.xlsx`,
      )
      expect((await district.get(`/desk/imports/${id}/file`)).status).toBe(200)
      expect((await (await seated('何晓雯')).get('/desk/')).text).toContain('报表')
      const other = await seated((await otherClerk()) ?? '')
      expect((await other.get(`/desk/imports/${id}/file`)).status).toBe(404)
      expect((await other.get('/desk/')).text).not.toContain('报表')
      expect(await other.get(`/desk/imports/${id}/undo`)).toMatchObject({
        status: 409,
        text: said('不是您导入的'),
      })
    })

    it('that somebody else sent is neither shown nor imported', async () => {
      const preview = await street.upload(name, await table([head, ['金苑社区', 5]]))
      const [action = ''] = formsOn(preview, '/accept')
      expect((await district.get(action.replace('/accept', ''))).status).toBe(409)
      const { form = '' } = formFor((await district.get('/desk/')).text, '/desk/leave')
      expect(await district.post(action, { form })).toMatchObject({ text: said('是周敏发来的文件') })
      expect(await numberOf('金苑社区', '红色物业')).toBe('3')
      const [drop = ''] = formsOn(preview, '/drop')
      expect((await street.get('/desk/')).text).toContain('还没有导入。')
      expect(await street.post(drop, formFor(preview.text, drop))).toMatchObject({ text: said('没有导入。') })
    })

    it('with something wrong in it is answered with a table of that, and the file with that in it', async () => {
      const foreign = await street.upload(name, await table([head, ['西站路社区', 3]]))
      expect(foreign.text).toContain('您不能报「西站路社区」的数')
      const rows = [head, ['<script>alert(1)</script>', 1], ['金苑社区', '=1+1']]
      const answer = await street.upload('<b onload=x>&.xlsx', await table(rows))
      expect(answer.text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
      expect(answer.text).not.toMatch(/<script>|<b onload/)
      expect(answer.text).toMatch(/有 \d+ 处问题，什么都没有写入/)
      const marked = await street.get('/desk/marked')
      expect(marked.headers['content-disposition']).toContain(encodeURIComponent('（问题已标注）.xlsx'))
      expect(marked.bytes.subarray(0, 2).toString()).toBe('PK')
      expect((await district.get('/desk/marked')).status).toBe(404)
    })

    it('that is none, or too large, or not whole, gets a sentence, and nothing is kept', async () => {
      const before = await sql`select count(*) from workbook`.execute(demo.db)
      expect(await street.upload('图.xlsx', Buffer.from('not a workbook'))).toMatchObject({
        status: 200,
        text: said('class="said wrong"'),
      })
      expect(await street.upload('空.xlsx', Buffer.alloc(0))).toMatchObject({
        text: said('class="said wrong"'),
      })
      expect(await street.upload('大.xlsx', Buffer.alloc(21 << 20))).toMatchObject({
        status: 413,
        text: said('最大 20 MB'),
      })
      const { form = '' } = formFor((await street.get('/desk/')).text, '/desk/upload')
      expect(await street.post('/desk/upload', { form, file: 'x' })).toMatchObject({
        status: 413,
        text: said('没有收到文件'),
      })
      expect(
        await street.upload('x.xlsx', Buffer.from('x'), { origin: 'https://evil.example' }),
      ).toMatchObject({ status: 403 })
      expect((await sql`select count(*) from workbook`.execute(demo.db)).rows).toEqual(before.rows)
    })
  })

  const otherClerk = async () => {
    const { rows } = await sql<{
      name: string
    }>`select person.name from assignment join person on person.id = person_id
    where role = 'street_admin' and person.name <> '周敏' order by person.id limit 1`.execute(demo.db)
    return rows[0]?.name
  }

  describe('a bulletin', () => {
    it('is read, given a sentence, put by and signed', async () => {
      await say('出一份通报')
      const page = await district.get('/desk/bulletins')
      expect(page.text).toContain('通报草稿第1号（周通报）')
      expect(page.text).toContain('（还没有签发）')
      expect((await street.get('/desk/bulletins')).text).not.toContain('草稿第1号')
      const edited = await district.click('/desk/bulletins', '/desk/bulletins/1/edit', {
        sentence: ' 大家<b>辛苦</b>了\n ',
      })
      expect(edited.text).toContain('第1号通报的附言改好了')
      expect(edited.text).toContain('<p>大家&lt;b&gt;辛苦&lt;/b&gt;了</p>')
      expect(
        await district.click('/desk/bulletins', '/desk/bulletins/1/edit', { sentence: '找我13800000000' }),
      ).toMatchObject({ text: said('电话号码') })
      // What was shown before it changed is not signed any more.
      expect(
        await district.post('/desk/bulletins/1/publish', formFor(page.text, '/desk/bulletins/1/publish')),
      ).toMatchObject({ text: said('内容改过，还没有发布') })
      expect(
        await district.post('/desk/bulletins/1/edit', {
          ...formFor(page.text, '/desk/bulletins/1/edit'),
          sentence: '别的',
        }),
      ).toMatchObject({ text: said('刚刚有人改过') })
      expect(await district.click('/desk/bulletins', '/desk/bulletins/1/hold')).toMatchObject({
        text: said('先压着，不发'),
      })
      const held = await district.get('/desk/bulletins')
      const fields = formFor(held.text, '/desk/bulletins/1/publish')
      const twice = await Promise.all([
        district.post('/desk/bulletins/1/publish', fields),
        district.post('/desk/bulletins/1/publish', fields),
      ])
      for (const { text } of twice) expect(text).toContain('发布了，签发：何晓雯')
      const { rows } =
        await sql`select chat_id from outbox where key like 'bulletin:1:%' group by chat_id having count(*) > 1`.execute(
          demo.db,
        )
      expect(rows).toEqual([])
      expect((await district.get('/desk/bulletins')).text).toContain('最近发布的')
      expect(
        await district.post('/desk/bulletins/1/hold', {
          form: formFor(held.text, '/desk/leave')['form'] ?? '',
        }),
      ).toMatchObject({ text: said('已经签发发布了') })
    })

    it('that names the last is signed by another person than who drafted it', async () => {
      await say('出一份汝河路街道红黑榜', 'zhoumin')
      const own = await street.get('/desk/bulletins')
      expect(own.text).toContain('由起草人以外的人签发')
      expect(own.text).not.toContain('/desk/bulletins/2/publish')
      const { form = '' } = formFor(own.text, '/desk/leave')
      expect(await street.post('/desk/bulletins/2/publish', { form })).toMatchObject({
        text: said('另一个人签发'),
      })
      expect(await district.click('/desk/bulletins', '/desk/bulletins/2/publish')).toMatchObject({
        text: said('签发：何晓雯'),
      })
    })

    it('of another street is not signed', async () => {
      await say('出一份通报')
      const { form = '' } = formFor((await street.get('/desk/')).text, '/desk/leave')
      expect(await street.post('/desk/bulletins/3/publish', { form })).toMatchObject({
        text: said('您不能办这份通报'),
      })
      const other = formFor((await street.get('/desk/')).text, '/desk/leave')['form'] ?? ''
      expect(await street.post('/desk/bulletins/99/hold', { form: other })).toMatchObject({
        text: said('没有第99号通报'),
      })
    })
  })

  describe('chats, screens and deliveries', () => {
    it('are listed with what is out of use and why, and without numbers of phones', async () => {
      await sql`update chat set title = '<i>群</i>', push_off_at = '2026-11-22T01:00:00Z', push_off_why = 'robot/send: 300001 x'
      where chat_id = 'cid-ruhelu'`.execute(demo.db)
      const chats = (await street.get('/desk/chats')).text
      expect(chats).toContain('&lt;i&gt;群&lt;/i&gt;')
      expect(chats).toMatch(/▲ 11月22日 9:00起停用：机器人不存在或已被移除，请重新绑定/)
      await sql`insert into outbox (campaign_id, key, chat_id, lane, target, kind, reply, due_at, queued_at, not_before)
      select 1, 'k', id, 'l', 't', 'notice', '{"blocks":[{"kind":"text","text":"请拨13800000000"}]}', now(), now(), now()
      from chat where chat_id = 'cid-ruhelu'`.execute(demo.db)
      const deliveries = (await street.get('/desk/deliveries')).text
      expect(deliveries).toContain('请拨□')
      expect(deliveries).not.toContain('13800000000')
      expect((await street.get('/desk/deliveries?day=2026-11-20')).text).toContain('后一天')
      for (const day of ['2099-01-01', 'x', '2026-99-99', '2026-02-31'])
        expect((await street.get(`/desk/deliveries?day=${day}`)).status).toBe(200)
    })

    it('a screen goes dark for good by one click, and only one of the own street', async () => {
      await say('开大屏 <u>大厅</u>', 'zhoumin')
      await say('开大屏 区政府', 'hexiaowen')
      const page = await street.get('/desk/chats')
      expect(page.text).toContain('&lt;u&gt;大厅&lt;/u&gt;')
      expect(page.text).not.toContain('区政府')
      const [action = ''] = formsOn(page, '/off')
      expect(await street.click('/desk/chats', action)).toMatchObject({
        text: said('停用了，那块屏上马上就看不到了'),
      })
      const form = async () => formFor((await street.get('/desk/')).text, '/desk/leave')['form'] ?? ''
      expect(await street.post(action, { form: await form() })).toMatchObject({
        text: said('已经停用了，或者不归您管'),
      })
      const { rows } = await sql<{ id: number }>`select id from screen where name = '区政府'`.execute(demo.db)
      expect(await street.post(`/desk/screens/${rows[0]?.id}/off`, { form: await form() })).toMatchObject({
        text: said('不归您管'),
      })
    })

    it('and what nobody understood, escaped, for the district', async () => {
      await sql`insert into missed (campaign_id, day, text) values (1, '2026-11-21', '<img src=x onerror=1>')`.execute(
        demo.db,
      )
      expect((await district.get('/desk/missed')).text).toContain('&lt;img src=x onerror=1&gt;')
    })
  })
})
