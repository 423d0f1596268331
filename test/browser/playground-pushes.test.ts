// What the bot says by itself, on the page: the clock is moved, messages come, and one finds them.
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../src/channel.ts'
import { everyone, line, type Reply } from '../../src/message.ts'
import { bubbles, isAtEnd, isWiderThanScreen, usePages } from '../support/pages.ts'

const groups = {
  dingtalk: {
    ...{ kind: 'group', platform: 'dingtalk', chatId: 'cid-ruhelu' },
    robot: { token: 'demo-dingtalk-ruhelu', secret: 'SEC-demo' },
  },
  wecom: { kind: 'group', platform: 'wecom', chatId: 'wr-ruhelu', robot: { key: 'demo-wecom-ruhelu' } },
} as const satisfies Record<string, Address>
const me: Address = { kind: 'person', platform: 'wecom', userid: 'zhangjianguo' }

const alert: Reply = {
  title: '期限提醒 11月23日',
  blocks: [
    { kind: 'text', text: '今天到期：共建项目，9个社区还没完成（金苑、汝河小区、李江沟村等）。' },
    { kind: 'text', text: '完成了请 @我 报数，如“共建项目完成2个”。' },
    { kind: 'text', text: '编号12' },
  ],
  mention: ['zhangjianguo', 'lixiuying'],
}
const ranking: Reply = {
  title: '汝河路街道第47周排名',
  blocks: [
    { kind: 'text', text: '总体完成 71.25%，序时 78.43%，较上周 +2.10。' },
    {
      kind: 'table',
      head: ['村社区', '总分', '名次', '较上周'],
      rows: [
        '金苑社区',
        '汝河小区社区',
        '李江沟村',
        '绿东村社区',
        '后河社区',
        '汝州路社区',
        '华山路社区',
        '秦岭路社区',
      ]
        .concat(['互助路社区', '洛河社区', '伏牛路社区', '嵩山路社区', '桐柏路社区', '百花社区'])
        .map((name, at) => [
          `${at + 1} ${name}`,
          (92.5 - at * 2.37).toFixed(2),
          String(at + 1),
          at % 3 ? '—' : '↑1',
        ]),
    },
    {
      kind: 'fields',
      fields: [
        ['进步最大', '后河社区（↑4）'],
        ['下周到期', '物业项目监督员 11月27日'],
      ],
    },
    { kind: 'text', text: '编号31' },
  ],
  mention: ['zhangjianguo'],
}

/** What the jobs would do on the way. */
let whenMoved = async (): Promise<string[]> => []
const { demo, open, picture, faults } = usePages({ whenMoved: () => whenMoved() })
const passed = (page: Page) => page.locator('#passed')
const last = (page: Page) => bubbles(page).last()

describe('the clock', () => {
  it('is moved by a press, says what ran, and shows what the bot then says, at its time', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/zhangjianguo')
    const elsewhere = await open('desktop', '#dingtalk/cid-zhongyuan/zhoumin')
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    whenMoved = async () => {
      await held
      await demo().tell(groups.wecom, alert)
      return ['deadline-alerts', 'reminders', 'tidy']
    }
    await picture(page, 'clock-before')
    const jump = page.getByRole('button', { name: '→ 11月23日周一 9:00' })
    await jump.focus()
    await page.keyboard.press('Enter')
    await page.getByText('正在过这段时间…').waitFor()
    expect(await jump.isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: '拨到' }).isDisabled()).toBe(true)
    release()
    await page.getByText('跑了：期限提醒、到点提醒、整理。').waitFor()
    expect(await passed(page).getAttribute('role')).toBe('status')
    await picture(page, 'clock-after')
    expect(await last(page).innerText()).toContain('今天到期：共建项目')
    expect(await page.locator('.divider').last().innerText()).toBe('11月23日周一 09:00')
    for (const one of [page, elsewhere])
      expect(await one.locator('#clock').innerText()).toMatch(/^11月23日周一 09:00$/)
    // The next moments are offered, and the keyboard is where it was.
    const names = await page.locator('#moments b').allInnerTexts()
    expect(names).toEqual([
      '→ 11月24日周二 9:00',
      '→ 11月27日周五 15:00',
      '→ 11月27日周五 18:00',
      '→ 11月30日周一 9:00',
    ])
    expect(await page.evaluate('document.activeElement.closest("#moments") !== null')).toBe(true)
  })

  it('goes on an hour, or to any later moment', async () => {
    const page = await open('desktop', '#wecom/wr-ruhelu/zhangjianguo')
    whenMoved = async () => []
    await page.getByRole('button', { name: '+1小时' }).click()
    await page.getByText('这段时间没有要跑的。').waitFor()
    expect(await page.locator('#clock').innerText()).toBe('11月23日周一 10:00')
    const field = page.getByLabel('拨到哪一天几点')
    expect(await field.inputValue()).toBe('2026-11-23T11:00')
    await field.fill('2026-11-20T09:00')
    await page.getByRole('button', { name: '拨到' }).click()
    await page.getByText('时间只能往前拨，请选一个更晚的时间。').waitFor()
    await field.fill('2026-11-24T08:30')
    await page.getByRole('button', { name: '拨到' }).click()
    await page.locator('#clock', { hasText: '11月24日周二 08:30' }).waitFor()
  })

  it('says what is wrong when it cannot be moved', async () => {
    const page = await open('phone', '#wecom/wr-ruhelu/zhangjianguo')
    await page.getByRole('button', { name: '换人换群' }).click()
    await page.route('**/demo/clock', (route) =>
      route.fulfill({ status: 409, json: { message: '时间只能往前拨。' } }),
    )
    const hour = page.getByRole('button', { name: '+1小时' })
    await hour.click()
    await page.getByText('时间只能往前拨。').waitFor()
    expect(await hour.isEnabled()).toBe(true)
    await page.route('**/demo/clock', (route) => route.abort())
    await hour.click()
    await page.getByText('时间没有拨动：服务器没有回应。').waitFor()
    await picture(page, 'clock-trouble')
    // The browser itself reports both.
    expect(faults.splice(0)).toHaveLength(2)
  })
})

describe('a push', () => {
  it.each(['desktop', 'phone'] as const)('is drawn as its platform does, on a %s', async (size) => {
    const ding = await open(size, '#dingtalk/cid-ruhelu/zhangjianguo')
    await demo().tell(groups.dingtalk, alert)
    await last(ding).getByText('今天到期').waitFor()
    expect(await last(ding).locator('.me').allInnerTexts()).toEqual(['@张建国'])
    expect(await last(ding).locator('.at').allInnerTexts()).toEqual(['@张建国', '@李秀英'])
    await picture(ding, `${size}-push-dingtalk`)

    const page = await open(size, '#wecom/wr-ruhelu/zhangjianguo')
    const before = await bubbles(page).count()
    await demo().tell(groups.wecom, ranking)
    await bubbles(page).nth(before).waitFor()
    expect(await last(page).locator('.me').innerText()).toBe('@张建国')
    expect((await last(page).innerText()).split('\n')).toContain('14 百花社区：总分 61.69，名次 14，较上周 —')
    await picture(page, `${size}-push-ranking`)
    await demo().tell(groups.wecom, { ...line('今天下午3点前报周报。编号3'), mention: [everyone] })
    await page.locator('.me', { hasText: '@所有人' }).last().waitFor()
    const link = 'https://example.com/board'
    const card: Reply = {
      ...{ title: '第47周排名已出', link },
      blocks: [
        { kind: 'text', text: '总体完成 71.25%，快于上周。' },
        {
          kind: 'fields',
          fields: [
            ['序时', '78.43%'],
            ['红灯', '3个'],
          ],
        },
      ],
    }
    await demo().tell(groups.wecom, card)
    expect(await page.locator('.card a').last().getAttribute('href')).toBe(link)
    const png = (await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 200 } })).toString('base64')
    await demo().tell(groups.wecom, { blocks: [{ kind: 'image', png, alt: '挂图' }] })
    const drawn = page.locator('img.picture')
    await drawn.last().waitFor()
    await page.waitForFunction(
      '[...document.querySelectorAll("img.picture")].every(({ naturalWidth }) => naturalWidth > 0)',
    )
    expect(await isAtEnd(page)).toBe(true)
    expect(await isWiderThanScreen(page)).toBe(false)
    await picture(page, `${size}-push-card-picture`)
  })
})

describe('a push to a chat that is not open', () => {
  it('leaves a number there until the chat is opened, also over a reload', async () => {
    const page = await open('desktop', '#wecom/wr-zhongyuan/zhangjianguo')
    for (const name of ['汝河路街道攻坚群', '私聊小图', '中原区攻坚群'])
      await page.getByRole('button', { name }).click()
    for (const _time of [1, 2]) await demo().tell(groups.wecom, line('排名出来了'))
    await demo().tell(me, line('您有1项今天到期'))
    await demo().tell(groups.dingtalk, line('排名出来了'))
    const group = page.getByRole('button', { name: '汝河路街道攻坚群' })
    const mine = page.getByRole('button', { name: '私聊小图' })
    await group.getByText('2', { exact: true }).waitFor()
    await mine.getByText('1条新消息').waitFor({ state: 'attached' })
    await page.locator('label', { hasText: '钉钉' }).locator('.badge').waitFor()
    await picture(page, 'desktop-unread')
    await group.focus()
    await page.keyboard.press('Enter')
    await page.getByText('排名出来了').first().waitFor()
    expect(await group.locator('.badge').count()).toBe(0)
    expect(await page.evaluate('document.activeElement.textContent')).toContain('汝河路街道攻坚群')
    await page.reload()
    await mine.getByText('1条新消息').waitFor({ state: 'attached' })
    expect(await group.locator('.badge').count()).toBe(0)
    // Another person's private message is found at the person.
    await page.getByRole('button', { name: '李秀英' }).click()
    await page.getByRole('button', { name: '张建国' }).locator('.badge').waitFor()
  })

  it('shows on a phone at the button that opens the drawer', async () => {
    const page = await open('phone', '#wecom/wr-zhongyuan/zhoumin')
    await demo().tell(groups.wecom, line('排名出来了'))
    const opener = page.getByRole('button', { name: '换人换群' })
    await opener.locator('.badge').waitFor()
    await picture(page, 'phone-unread')
    await opener.click()
    await page.waitForTimeout(200)
    await picture(page, 'phone-drawer-unread')
    expect(await isWiderThanScreen(page)).toBe(false)
    await page.getByRole('button', { name: '汝河路街道攻坚群' }).click()
    await page.keyboard.press('Escape')
    await page.getByText('排名出来了').last().waitFor()
  })
})
