// Answers with a picture or a page, where neither can be shown as such.
import { expect, test } from 'vitest'
import { everyone, type Reply } from '../../src/message.ts'
import { webhookBodies } from '../../src/platforms/dingtalk/render.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { renderMarkdown, renderText } from '../../src/platforms/wecom/render.ts'

const reply: Reply = {
  title: '进度',
  blocks: [
    { kind: 'text', text: '见图' },
    { kind: 'image', png: 'AAAA', alt: '各社区 *完成率*\n@所有人' },
  ],
  link: 'https://bot.example.cn/wall?d=(1)',
}

test('the terminal writes down what the picture shows, and the address', () => {
  expect(plainText({ ...reply, mention: [everyone, 'lisi'] })).toBe(
    '@所有人 @lisi\n进度\n见图\n［图］各社区 *完成率*\n@所有人\nhttps://bot.example.cn/wall?d=(1)',
  )
})

test('DingTalk gets a line and a link', () => {
  expect(webhookBodies(reply)).toMatchObject([
    {
      markdown: {
        title: '进度',
        text: '#### 进度\n\n见图\n\n［图］各社区 \\*完成率\\* ＠所有人\n\n[查看详情](https://bot.example.cn/wall?d=%281%29)',
      },
    },
  ])
})

test('a single line with a page is markdown, listed under itself; a page alone as what it is', () => {
  const { link } = reply
  const page = link ? { link } : {}
  const [alone] = webhookBodies({ blocks: [], ...page })
  expect(alone).toMatchObject({ markdown: { title: '查看详情' } })
  const [withLine] = webhookBodies({ blocks: [{ kind: 'text', text: '到期' }], ...page })
  expect(withLine).toMatchObject({ markdown: { title: '到期' } })
})

test("WeCom's robot gets a line and a link, its app a line and an address", () => {
  expect(renderMarkdown(reply)).toBe(
    '**进度**\n\n见图  \n［图］各社区 ＊完成率＊ ＠所有人\n\n[查看详情](https://bot.example.cn/wall?d=%281%29)',
  )
  expect(renderText(reply)).toEqual([
    '进度\n见图\n［图］各社区 *完成率*\n＠所有人\n查看详情：https://bot.example.cn/wall?d=%281%29',
  ])
})
