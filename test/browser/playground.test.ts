// The playground's page in a real Chromium, at the size of a phone and of a desktop.
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { toFile } from '../sheet/small-campaign.ts'
import { bubbles, isAtEnd, isWiderThanScreen, usePages } from '../support/pages.ts'

const { open, picture, pictures, faults } = usePages()

/** @returns the bot's answer */
async function say(page: Page, text: string) {
  const before = await bubbles(page).count()
  await page.getByRole('textbox', { name: '消息' }).fill(text)
  await page.keyboard.press('Enter')
  const answer = bubbles(page).nth(before)
  await answer.waitFor()
  return answer
}

describe.each(['desktop', 'phone'] as const)('on a %s', (size) => {
  it.each([
    ['wecom', 'wr-ruhelu', '企业微信'],
    ['dingtalk', 'cid-ruhelu', '钉钉'],
  ])('shows progress, records a number and takes it back: %s', async (look, chat, lookName) => {
    const page = await open(size, `#${look}/${chat}/zhangjianguo`)
    await page.getByText(`${lookName} · 我是张建国`).waitFor()
    await picture(page, `${size}-${look}-empty`)

    const progress = await say(page, '进度')
    expect(await progress.innerText()).toContain('汝河路街道进度')
    expect(await progress.locator('table').count()).toBe(look === 'wecom' ? 1 : 0)
    expect(await page.locator('.mine .bubble').last().innerText()).toBe('@小图 进度')
    await picture(page, `${size}-${look}-progress`)

    expect(await (await say(page, '红色物业完成3个')).innerText()).toMatch(/^已记 金苑·红色物业 2→3\/4/)
    const undo = page.getByRole('button', { name: '1 撤回' })
    await undo.waitFor()
    expect(await isAtEnd(page)).toBe(true)
    await picture(page, `${size}-${look}-receipt`)
    expect(await (await say(page, '撤回')).innerText()).toMatch(/^已撤回 金苑·红色物业 3\D*→2/)
    await picture(page, `${size}-${look}-undone`)
    expect(await isWiderThanScreen(page)).toBe(false)
    expect(await isAtEnd(page)).toBe(true)
  })
})

describe('the chat', () => {
  it('stays when the person changes', async () => {
    const page = await open('desktop', '#wecom/wr-zhongyuan/zhangjianguo')
    expect(await (await say(page, '我是谁')).innerText()).toContain('您是张建国')
    await page.getByRole('button', { name: '李秀英' }).click()
    await page.getByText('我是李秀英（汝河小区社区 书记）').waitFor()
    expect(await page.locator('.theirs:not(.bot)').innerText()).toMatch(/张建国\n+@小图 我是谁/)
    expect(await (await say(page, '我是谁')).innerText()).toContain('您是李秀英')
    await page.getByRole('searchbox').fill('督导')
    await page.getByRole('button', { name: '第一督导组' }).click()
    await page.getByText(/我是刘洋/).waitFor()
    await page.reload()
    await page.getByText(/我是刘洋/).waitFor()
    await picture(page, 'desktop-people')
  })

  it('goes over to the same group on the other platform, and to a private chat', async () => {
    const page = await open('desktop', '#wecom/wr-zhongyuan/luren')
    await page.getByRole('radio', { name: '钉钉' }).check()
    await page.getByText('钉钉 · 我是路人').waitFor()
    expect(page.url()).toContain('#dingtalk/cid-zhongyuan/luren')
    await page.getByRole('button', { name: '私聊小图' }).click()
    expect(await page.locator('#mention').isVisible()).toBe(false)
    await say(page, '我是谁')
    expect(await page.locator('.mine .bubble').innerText()).toBe('我是谁')
    await page.getByRole('button', { name: '何晓雯' }).click()
    await page.getByText('还没有消息').waitFor()
  })

  it('takes a workbook in private, shows what it would change, and does it on 1', async () => {
    const page = await open('phone', '#dingtalk/cid-ruhelu/zhoumin')
    expect(await page.locator('#attach').isVisible()).toBe(false)
    await page.goto(page.url().replace(/#.*/, '#dingtalk/single:zhoumin/zhoumin'))
    await page.reload()
    await page.getByRole('button', { name: '发送文件' }).waitFor()
    const rows = [
      ['单位', '红色物业', '监督员'],
      ['金苑社区', 3, 2],
    ]
    const file = { name: '11月20日进度.xlsx', mimeType: 'application/octet-stream' }
    await page.locator('#file').setInputFiles({ ...file, buffer: Buffer.from(await toFile({ 进度: rows })) })
    await page.getByText('收到《11月20日进度.xlsx》').waitFor()
    await picture(page, 'phone-file')
    expect(await (await say(page, '1')).innerText()).toContain('已导入《11月20日进度.xlsx》')
    await say(page, '撤销导入')
    expect(await (await say(page, '1')).innerText()).toContain('已撤销导入')
    expect(await isWiderThanScreen(page)).toBe(false)
  })

  it('tells that the bot does not hear what does not mention it', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/zhaotiezhu')
    await page.getByRole('button', { name: '@小图', exact: true }).click()
    await page.getByRole('textbox', { name: '消息' }).fill('大家早上好')
    await page.getByRole('button', { name: '发送' }).click()
    await page.getByText('没有@小图，机器人收不到').waitFor()
    expect(await page.locator('.mine .bubble').last().innerText()).toBe('大家早上好')
  })

  it('does not send while Chinese is being composed, and breaks the line with Shift', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/limei')
    const field = page.getByRole('textbox', { name: '消息' })
    await field.fill('hong')
    for (const composing of ['isComposing: true', 'keyCode: 229'])
      await page.evaluate(
        `document.getElementById('text').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ${composing} }))`,
      )
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('se')
    expect(await field.inputValue()).toBe('hong\nse')
  })

  it('offers the numbers of a question to the one who was asked', async () => {
    const page = await open('phone', '#dingtalk/cid-ruhelu/zhangjianguo')
    await say(page, '红色物业完成1个')
    await picture(page, 'phone-question')
    expect(await page.locator('.offers .chip').allInnerTexts()).toEqual([
      '1 对，就这样记',
      '2 是新增的，加到原来的数上',
      '3 不对，不记',
    ])
    const before = await bubbles(page).count()
    await page.getByRole('button', { name: '3 不对，不记' }).click()
    expect(await bubbles(page).nth(before).innerText()).toBe('好，没有记。')
    expect(await page.locator('.mine .bubble').last().innerText()).toBe('@小图 3')
  })

  it('shows what people type as they typed it', async () => {
    const page = await open('desktop', '#wecom/wr-zhongyuan/zhoumin')
    const hostile = '<img src=x onerror=alert(1)> **粗** [点](javascript:alert(1))'
    const answer = await say(page, hostile)
    expect(await page.locator('.mine .bubble').last().innerText()).toBe(`@小图 ${hostile}`)
    expect(await answer.locator('img, a, strong').count()).toBe(0)
  })

  it('has a drawer on a phone with everything in it', async () => {
    const page = await open('phone', '#wecom/wr-ruhelu/zhangjianguo')
    const panel = page.getByRole('complementary', { name: '演示设置' })
    expect(await panel.isVisible()).toBe(false)
    const opener = page.getByRole('button', { name: '换人换群' })
    await opener.click()
    await panel.getByText('机器人的时间').waitFor()
    expect(await page.locator('#clock').innerText()).toMatch(/^11月22日周日 10:\d\d$/)
    await page.waitForTimeout(200)
    await picture(page, 'phone-drawer')
    await panel.getByRole('button', { name: '马建军' }).click()
    await page.keyboard.press('Escape')
    expect(await opener.getAttribute('aria-expanded')).toBe('false')
    await page.getByText('我是马建军').waitFor()
    await opener.click()
    await panel.getByRole('button', { name: '帮助' }).click()
    await page.locator('.mine', { hasText: '帮助' }).waitFor()
    expect(await isWiderThanScreen(page)).toBe(false)
  })
})

describe('a server that is away', () => {
  it('is waited for, and what could not be sent stays in the field', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/zhangjianguo')
    await page.route('**/playground/{say,events*}', (route) => route.abort())
    const field = page.getByRole('textbox', { name: '消息' })
    await field.fill('进度')
    await page.keyboard.press('Enter')
    await page.getByText('没有发出去：服务器没有回应。').waitFor()
    expect(await field.inputValue()).toBe('进度')
    await page.getByRole('button', { name: '中原区攻坚群' }).click()
    await page.getByText('连不上服务器，重新连接中…').waitFor()
    // Nothing of the group before.
    expect(await page.locator('#log > *, .offers > *').count()).toBe(0)
    await picture(page, 'desktop-away')
    await page.unroute('**/playground/{say,events*}')
    await page.locator('#trouble').waitFor({ state: 'hidden' })
    await say(page, '进度')
    // The browser itself reports what was cut off.
    for (const fault of faults.splice(0)) expect(fault).toContain('net::ERR_FAILED')
  })
})

describe('the picture of the documentation', () => {
  it('shows a short conversation of two people and the bot, and is kept when asked for', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/lixiuying')
    await page.getByRole('button', { name: '@小图', exact: true }).click()
    await page.getByRole('textbox', { name: '消息' }).fill('我们社区的监督员下午去核')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '@小图', exact: true }).click()
    await page.getByRole('button', { name: '张建国' }).click()
    await say(page, '金苑社区红色物业进度')
    await say(page, '红色物业完成3个')
    const path =
      process.env['UPDATE_IMAGES'] === '1'
        ? 'docs/images/playground.png'
        : join(pictures, 'documentation.png')
    await page.screenshot({ path })
  })
})
