// The clerk's page in a real Chromium: opened from the chat; a workbook uploaded, looked at, imported, undone.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { toFile } from '../sheet/small-campaign.ts'
import { isWiderThanScreen, type Size, usePages } from '../support/pages.ts'
import { nonsense, sayNonsense, sendAll } from './desk-lists.ts'

const { demo, open, visit, picture, pictures, faults } = usePages()

/** Says it in a private chat, and follows the link. */
async function toDesk(size: Size, person: string): Promise<Page> {
  const chat = await open('desktop', `#dingtalk/single:${person}/${person}`)
  const before = await chat.locator('.bot .bubble a').count()
  await chat.getByRole('textbox', { name: '消息' }).fill('工作台')
  await chat.keyboard.press('Enter')
  const link = chat.locator('.bot .bubble a').nth(before)
  await link.waitFor()
  const page = await visit(size, (await link.getAttribute('href')) ?? '')
  await page.getByRole('button', { name: '打开工作台' }).waitFor()
  return page
}
async function enter(page: Page): Promise<void> {
  await page.getByRole('button', { name: '打开工作台' }).click()
  await page.locator('#upload.ready').waitFor()
}
const workbook = async (rows: (string | number | null)[][], name = '进度表（截至11月20日）.xlsx') => ({
  ...{ name, buffer: Buffer.from(await toFile({ 进度: rows })) },
  mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
})

describe.each(['laptop', 'phone'] as const)('on a %s', (size) => {
  it('a table is uploaded, looked at, imported, and undone as a whole', async () => {
    const page = await toDesk(size, 'zhoumin')
    await picture(page, `desk-${size}-door`)
    await enter(page)
    await page.getByRole('heading', { name: '导入', exact: true }).waitFor()
    expect(new URL(page.url()).search).toBe('')
    await picture(page, `desk-${size}-empty`)
    const head = ['单位', '红色物业', '监督员']
    await page
      .locator('#file')
      .setInputFiles(await workbook([head, ['金苑社区', 3, 1], ['汝河小区社区', 5, 9], ['合计', 8, 10]]))
    await page.getByRole('heading', { name: '会改什么' }).waitFor()
    await picture(page, `desk-${size}-preview`)
    expect(await page.locator('main').innerText()).toMatch(/金苑社区：.*红色物业 2→3个/)
    expect(await isWiderThanScreen(page)).toBe(false)
    await page.getByRole('button', { name: '确认导入' }).click()
    await page.getByRole('status').filter({ hasText: '已导入《进度表（截至11月20日）.xlsx》' }).waitFor()
    await picture(page, `desk-${size}-imported`)
    expect(await page.evaluate('document.activeElement.className')).toContain('said')
    await page.getByRole('link', { name: '撤销' }).first().click()
    await page.getByText('整个撤销').waitFor()
    await picture(page, `desk-${size}-undo`)
    await page.getByRole('button', { name: '撤销这次导入' }).click()
    await page.getByText('已撤销导入').waitFor()
    await picture(page, `desk-${size}-undone`)
    expect(await isWiderThanScreen(page)).toBe(false)
  })

  it('a broken table is answered with what is wrong, and the file with that in it', async () => {
    const page = await toDesk(size, 'zhoumin')
    await enter(page)
    const rows = [
      ['单位', '红色物业'],
      ['没有这个社区', 3],
      ['金苑社区', '三个多'],
      ['<b>社区</b>', 1],
    ]
    await page.locator('#file').setInputFiles(await workbook(rows, '<img src=x>.xlsx'))
    await page.getByRole('alert').waitFor()
    await picture(page, `desk-${size}-problems`)
    expect(await isWiderThanScreen(page)).toBe(false)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载标好问题的文件' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/（问题已标注）\.xlsx$/)
  })
})

describe('the lists', () => {
  beforeAll(async () => {
    await sendAll(demo())
    await sayNonsense(demo())
    await demo().hear({
      ...{ platform: 'dingtalk', robot: 'r', id: 'draft', kind: 'text', text: '出一份通报' },
      ...{ chat: { id: 'hexiaowen', kind: 'single' }, sender: { id: 'hexiaowen', name: '何晓雯' } },
    })
  })
  const found: Record<string, (page: Page) => Promise<void>> = {
    async 送达(page) {
      const states = await page.locator('td.state').allInnerTexts()
      expect(new Set(states.map((text) => text.replace('状态', '').trim()))).toEqual(
        new Set(['没发出去', '结果不明，会再发一次', '限流等待', '等待发送', '平台已收']),
      )
    },
    async 没听懂(page) {
      await page.locator('details').filter({ hasText: '云里雾里' }).locator('summary').click()
      const texts = await page.locator('td:first-child').allInnerTexts()
      const long = texts.find((text) => text.includes('云里雾里')) ?? ''
      expect(long.replace(/\s/g, '')).toContain(`${'云里雾里的一番话'.repeat(25)}…`)
      for (const one of nonsense) expect(texts.join('\n')).toContain(one.normalize('NFKC').slice(0, 20))
      expect(texts).toHaveLength(nonsense.length)
    },
  }

  it.each(['wall', 'phone'] as const)('are readable on a %s, however full', async (size) => {
    const page = await toDesk(size, 'hexiaowen')
    await enter(page)
    for (const [name, title] of [
      ['通报', '通报'],
      ['送达', '送达'],
      ['群', '群和大屏'],
      ['没听懂', '没听懂的话'],
    ] as const) {
      await page.getByRole('navigation', { name: '栏目' }).getByRole('link', { name }).click()
      await page.getByRole('heading', { name: title, exact: true, level: 1 }).waitFor()
      await found[name]?.(page)
      await picture(page, `desk-${size}-${name}`, true)
      expect(await isWiderThanScreen(page)).toBe(false)
    }
  })
})

describe('an upload', () => {
  it('shows how far it is, and that it is being checked', async () => {
    const page = await toDesk('laptop', 'zhoumin')
    await enter(page)
    const client = await page.context().newCDPSession(page)
    await client.send('Network.enable')
    await client.send('Network.emulateNetworkConditions', {
      ...{ offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 300_000 },
    })
    const rows = Array.from({ length: 9_000 }, (_, at) => [`没有这个社区${at}`, at, `备注${Math.sin(at)}`])
    await page.locator('#file').setInputFiles(await workbook([['单位', '红色物业', '备注'], ...rows]))
    const status = page.locator('#progress [role=status]')
    await status.filter({ hasText: /正在上传.*[1-9]0%/ }).waitFor()
    await picture(page, 'desk-uploading')
    await status.filter({ hasText: '正在核对' }).waitFor()
    await page.getByRole('alert').waitFor({ timeout: 30_000 })
    await picture(page, 'desk-many-problems')
  })

  it('of what is too large or no workbook is refused before it is sent', async () => {
    const page = await toDesk('laptop', 'zhoumin')
    await enter(page)
    const mimeType = 'application/octet-stream'
    const large = join(pictures, '大.xlsx')
    writeFileSync(large, Buffer.alloc(21 << 20))
    await page.locator('#file').setInputFiles(large)
    await page.getByText('最大 20 MB').waitFor()
    await page.locator('#file').setInputFiles({ name: '照片.png', mimeType, buffer: Buffer.from('x') })
    await page.getByText('不是 .xlsx 或 .xls 文件').waitFor()
    await picture(page, 'desk-refused')
  })

  it('tells when the network is gone, and can be tried again', async () => {
    const page = await toDesk('laptop', 'zhoumin')
    await enter(page)
    await page.context().setOffline(true)
    await page.locator('#file').setInputFiles(
      await workbook([
        ['单位', '红色物业'],
        ['金苑社区', 3],
      ]),
    )
    await page.getByText('网络断了').waitFor()
    await page.context().setOffline(false)
    faults.length = 0
    await page.locator('#file').setInputFiles(
      await workbook([
        ['单位', '红色物业'],
        ['金苑社区', 3],
      ]),
    )
    await page.getByRole('heading', { name: '会改什么' }).waitFor()
  })

  it('may be dropped onto the page', async () => {
    const page = await toDesk('laptop', 'zhoumin')
    await enter(page)
    const { buffer, name } = await workbook([
      ['单位', '红色物业'],
      ['金苑社区', 3],
    ])
    const bytes = [...buffer]
    const transfer = await page.evaluateHandle(
      `(() => { const moved = new DataTransfer(); moved.items.add(new File([new Uint8Array([${bytes}])], ${JSON.stringify(name)})); return moved })()`,
    )
    await page.locator('#upload').dispatchEvent('drop', { dataTransfer: transfer })
    await page.getByRole('heading', { name: '会改什么' }).waitFor()
  })
})
