// The playground's page in a real Chromium, at the size of a phone and of a desktop.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { compileScripts, type Demo, startDemo } from '../support/demo.ts'

const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } }
const pictures = mkdtempSync(join(tmpdir(), 'guatu-pictures-'))

let demo: Demo
let browser: Browser
const closers: (() => unknown)[] = []
const pages: Page[] = []
/** What a page must not do: complain, or ask anybody else. */
const faults: string[] = []

beforeAll(async () => {
  const { scripts, remove } = compileScripts()
  closers.push(remove)
  demo = await startDemo({ scripts })
  closers.push(demo.stop)
  browser = await openBrowser()
  closers.push(() => browser.close())
})
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()))
  expect(faults.splice(0)).toEqual([])
  expect(demo.complaints.splice(0)).toEqual([])
})
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

async function open(size: keyof typeof sizes, hash = ''): Promise<Page> {
  const page = await browser.newPage({ viewport: sizes[size] })
  pages.push(page)
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== demo.origin) faults.push(`asked ${request.url()}`)
  })
  await page.goto(`${demo.origin}/${hash}`)
  await page.locator('#title', { hasNotText: '正在打开' }).waitFor()
  await page.locator('#log > *').first().waitFor()
  return page
}

const picture = (page: Page, name: string) => page.screenshot({ path: join(pictures, `${name}.png`) })
const bubbles = (page: Page) => page.locator('.bot .bubble')

/** @returns the bot's answer */
async function say(page: Page, text: string) {
  const before = await bubbles(page).count()
  await page.getByRole('textbox', { name: '消息' }).fill(text)
  await page.keyboard.press('Enter')
  const answer = bubbles(page).nth(before)
  await answer.waitFor()
  return answer
}

const isWiderThanScreen = (page: Page) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
const isAtEnd = (page: Page) =>
  page.evaluate<boolean>(
    `new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.getElementById('log')
      resolve(scrollHeight - scrollTop - clientHeight < 2)
    })))`,
  )

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

describe('markdown', () => {
  const drawn = async (page: Page, text: string, look: 'wecom' | 'dingtalk') =>
    page.evaluate<string>(`(async () => {
      const { markdown } = await import('/playground/files/markdown.js')
      const { dialectOf } = await import('/playground/files/payload.js')
      const place = document.createElement('div')
      const payload = { at: { atUserIds: ['zhangsan'] } }
      place.append(markdown(${JSON.stringify(text)}, dialectOf('${look}', payload, new Map([['zhangsan', '张三'], ['lisi', '李四']]))))
      return place.innerHTML
    })()`)

  it.each([
    ['### 标题\n正文', '<p class="h3">标题</p><p>正文</p>'],
    ['一  \n二\n三\n\n四', '<p>一<br>二 三</p><p>四</p>'],
    ['**粗** *斜* \\*星\\*', '<p><strong>粗</strong> <em>斜</em> *星*</p>'],
    ['> 引用\n> 二行', '<blockquote><p>引用 二行</p></blockquote>'],
    ['- 一\n- 二', '<ul><li>一</li><li>二</li></ul>'],
    ['3. 三\n4. 四', '<ol start="3"><li>三</li><li>四</li></ol>'],
    ['[看](https://a.cn/x)', '<p><a href="https://a.cn/x" target="_blank" rel="noopener">看</a></p>'],
    ['[看](javascript:alert)', '<p><span>看 (javascript:alert)</span></p>'],
    ['@zhangsan @lisi', '<p><span class="at">@张三</span> @lisi</p>'],
    ['<b onclick="x">&amp;</b>', '<p>&lt;b onclick="x"&gt;&amp;amp;&lt;/b&gt;</p>'],
  ])('is the same on both platforms: %j', async (text, html) => {
    const page = await open('desktop')
    for (const look of ['wecom', 'dingtalk'] as const) expect(await drawn(page, text, look)).toBe(html)
  })

  it.each([
    [
      '| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |',
      '<table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['```\n**a**\n```', '<pre>**a**</pre>'],
    ['`a`', '<code>a</code>'],
    ['- 一\n  - 二\n- 三', '<li>一<ul><li>二</li></ul></li><li>三</li>'],
    ['上\n\n---', '<p>上</p><hr>'],
    ['>> 深', '<blockquote><blockquote><p>深</p></blockquote></blockquote>'],
  ])('is richer on WeCom: %j', async (text, html) => {
    const page = await open('desktop')
    expect(await drawn(page, text, 'wecom')).toContain(html)
    expect(await drawn(page, text, 'dingtalk')).not.toContain(html)
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
