// The board in a real Chromium: opened from the chat, on a wall and on a phone, up to date by itself.

import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { isWiderThanScreen, usePages } from '../support/pages.ts'

const { demo, open, visit, picture, faults } = usePages()

const unitNamed = async (name: string) => {
  const row = await demo()
    .db.selectFrom('unit_version')
    .where('name', '=', name)
    .select('unit_id')
    .executeTakeFirstOrThrow()
  return row.unit_id
}
const personNamed = async (name: string) => {
  const row = await demo()
    .db.selectFrom('person')
    .where('name', '=', name)
    .select('id')
    .executeTakeFirstOrThrow()
  return row.id
}
/** What somebody may see who asks in private. */
const linkFor = async (person: string, unit: string, forMs = 600_000) =>
  demo().links.make(
    '/board/',
    { use: 'board', campaign: 1, unit: await unitNamed(unit), person: await personNamed(person) },
    forMs,
  )
const isTallerThanScreen = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollHeight > document.documentElement.clientHeight')
let said = 0
const say = (text: string, id = 'zhangjianguo') =>
  demo().hear({
    ...{ platform: 'dingtalk', robot: 'r', id: `said-${++said}`, kind: 'text', text },
    ...{ chat: { id: 'cid-ruhelu', kind: 'group' }, sender: { id, name: id } },
  })
const privately = (text: string, id = 'zhoumin') =>
  demo().hear({
    ...{ platform: 'dingtalk', robot: 'r', id: `said-${++said}`, kind: 'text', text },
    ...{ chat: { id, kind: 'single' }, sender: { id, name: id } },
  })

describe('the board', () => {
  it('opens from the chat, where the link is given', async () => {
    const page = await open('desktop', '#dingtalk/cid-ruhelu/zhangjianguo')
    await page.locator('textarea').fill('@小图 看板')
    await page.keyboard.press('Enter')
    const link = page.locator('.bot .bubble a').last()
    const address = await link.getAttribute('href')
    await link.waitFor()
    const board = await visit('phone', address ?? '')
    expect(await board.locator('h1').textContent()).toBe('汝河路街道')
    // Its address can be sent on without giving anything away.
    expect(new URL(board.url()).search).toBe('')
  })

  it('fits a wall with all fourteen streets, and tells where each stands', async () => {
    const page = await visit('wall', await linkFor('何晓雯', '全区'))
    expect(await page.locator('#rows tr').count()).toBe(14)
    expect([await isWiderThanScreen(page), await isTallerThanScreen(page)]).toEqual([false, false])
    expect(await page.locator('#rows tr').first().locator('.rank').textContent()).toBe('1')
    await picture(page, 'board-wall')
  })

  it('is a list of cards on a phone', async () => {
    const page = await visit('phone', await linkFor('周敏', '汝河路街道'))
    await page.locator('#rows tr').first().waitFor()
    expect(await isWiderThanScreen(page)).toBe(false)
    await picture(page, 'board-phone')
  })

  it('leads to a unit and back, by keyboard', async () => {
    const page = await visit('desktop', await linkFor('周敏', '汝河路街道'))
    await page.getByRole('link', { name: '金苑', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '金苑社区' }).waitFor()
    expect(await page.locator('table.unit tbody tr').count()).toBeGreaterThan(10)
    await picture(page, 'board-unit')
    await page.getByRole('navigation', { name: '上级' }).getByRole('link', { name: '汝河路街道' }).click()
    await page.getByRole('heading', { name: '汝河路街道' }).waitFor()
  })

  it('hangs on a screen after one button, which opens it once', async () => {
    const reply = await privately('开大屏 一楼大厅')
    const address = reply?.link ?? ''
    const phone = await visit('phone', address)
    expect(await isWiderThanScreen(phone)).toBe(false)
    await picture(phone, 'screen-opening-phone')
    const page = await visit('wall', address)
    await picture(page, 'screen-opening-wall')
    // By keyboard alone, as at the computer of a screen.
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '汝河路街道' }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await page.reload()
    await page.getByRole('heading', { name: '汝河路街道' }).waitFor()
    await phone.getByRole('button', { name: '在这台电脑上打开大屏' }).click()
    await phone.getByText('重开大屏 一楼大厅').waitFor()
    await picture(phone, 'screen-used-phone')
    faults.length = 0
  })

  it('goes dark on a screen that is stopped: no row stays, and what to do stands there', async () => {
    const page = await visit('wall', (await privately('开大屏 二楼会议室'))?.link ?? '')
    await page.getByRole('button', { name: '在这台电脑上打开大屏' }).click()
    await page.locator('#rows tr').first().waitFor()
    await privately('停用大屏 二楼会议室')
    await page.getByRole('heading', { name: '大屏已停用' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('私聊小图说“开大屏 二楼会议室”')
    expect(await page.locator('#rows').count()).toBe(0)
    await picture(page, 'screen-off-wall')
    faults.length = 0
  })

  it('goes dark on a screen that was out of reach when it got a new address', async () => {
    const page = await visit('wall', (await privately('开大屏 三楼会议室'))?.link ?? '')
    await page.route('**/events?*', async (route) => {
      await privately('重开大屏 三楼会议室')
      await route.continue()
    })
    await page.getByRole('button', { name: '在这台电脑上打开大屏' }).click()
    await page.getByRole('heading', { name: '大屏换了地址' }).waitFor()
    expect(await page.locator('main').textContent()).toContain('私聊小图说“重开大屏 三楼会议室”')
    expect(await page.locator('#rows').count()).toBe(0)
    await picture(page, 'screen-moved-wall')
    faults.length = 0
  })

  it('shows a report within two seconds, and the changed cell flashes', async () => {
    const page = await visit('desktop', await linkFor('周敏', '汝河路街道'))
    const cell = page.locator(`#unit-${await unitNamed('金苑社区')} [data-label="红色物业"]`)
    expect(await cell.getAttribute('title')).toContain('2/4个')
    await say('红色物业完成3个')
    await page.locator(`#unit-${await unitNamed('金苑社区')} [title*="3/4个"]`).waitFor({ timeout: 2_000 })
    expect(await cell.getAttribute('class')).toContain('changed')
    await picture(page, 'board-changed')
  })

  it('leaves out what the filters leave out, also after a change', async () => {
    const page = await visit('desktop', await linkFor('周敏', '汝河路街道'))
    await page.getByLabel('找').fill('金苑')
    const visible = page.locator('#rows tr:not(.peers):visible')
    expect(await visible.count()).toBe(1)
    await page.getByLabel('部分').selectOption('2')
    expect(await page.locator('thead th.p1:visible').count()).toBe(0)
    await say('撤回')
    await page.locator('.changed').first().waitFor({ state: 'attached' })
    expect(await visible.count()).toBe(1)
    await page.getByLabel('找').fill('没有这个单位')
    expect(await page.locator('#none').isVisible()).toBe(true)
  })

  it('holds a street of 40 communities with names of 30 characters, one of which nothing was ever said', async () => {
    const { db } = demo()
    const street = await unitNamed('须水街道')
    const change = sql`update unit_version set name = rpad(name, 30, '很长的名字'), parent_id = ${street}
      where unit_id in (select id from unit where level in ('community', 'village') order by id desc limit 40)`
    await change.execute(db)
    await sql`update campaign set revision = revision + 1, roster_version = roster_version + 1`.execute(db)
    const link = await linkFor('何晓雯', '须水街道')
    for (const size of ['phone', 'wall'] as const) {
      const page = await visit(size, link)
      expect(await page.locator('#rows tr:not(.peers)').count()).toBeGreaterThanOrEqual(40)
      expect(await isWiderThanScreen(page)).toBe(false)
      await picture(page, `board-forty-${size}`)
    }
  })

  it('says when its time is over, and stands as it was', async () => {
    const page = await visit('desktop', await linkFor('周敏', '汝河路街道', 3_000))
    await page.locator('#state.over').waitFor()
    expect(await page.locator('#state').textContent()).toContain('链接到时间了')
    expect(await page.locator('#rows tr').count()).toBeGreaterThan(5)
    const answer = await page.reload()
    expect(answer?.status()).toBe(410)
    expect(await page.locator('h1').textContent()).toBe('链接已过期')
    await picture(page, 'board-over')
    faults.length = 0
  })
})
