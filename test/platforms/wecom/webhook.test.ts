import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Block, everyone, line, lines, type Reply } from '../../../src/message.ts'
import { cutNote } from '../../../src/platforms/wecom/render.ts'
import { groupWebhook } from '../../../src/platforms/wecom/webhook.ts'
import { type WebhookPart, webhookParts } from '../../../src/platforms/wecom/webhook-render.ts'
import { type FakeWecom, startFakeWecom } from '../../support/fake-wecom.ts'
import { refusalOf } from '../ways.ts'

const key = 'canary-webhook-key-0001'
const page = 'https://bot.example.cn/wall'
const table: Block = {
  kind: 'table',
  head: ['社区', '完成', '备注'],
  rows: [
    ['金苑社区', '75%', ''],
    ['锦绣社区', '100%', '满'],
  ],
}
const fields: Block = { kind: 'fields', fields: [['截止', '11月27日']] }
const markdownOf = (reply: Reply): string => {
  const [part] = webhookParts(reply)
  if (part?.msgtype !== 'markdown') throw new Error(`not markdown: ${JSON.stringify(part)}`)
  return part.markdown.content
}

describe('a plain reply', () => {
  test('is a text, and notifies by its list', () => {
    expect(webhookParts(line('已到期'))).toEqual([{ msgtype: 'text', text: { content: '已到期' } }])
    expect(webhookParts({ ...lines(['一', '二']), mention: ['lisi', 'lisi', 'wang_wu'] })).toEqual([
      { msgtype: 'text', text: { content: '一\n二', mentioned_list: ['lisi', 'wang_wu'] } },
    ])
  })

  test('longer than a text may be is markdown, up to twice as long', () => {
    const long = (bytes: number) => line('a'.repeat(bytes))
    expect(webhookParts(long(2_048))).toMatchObject([{ msgtype: 'text' }])
    expect(webhookParts(long(2_049))).toMatchObject([{ msgtype: 'markdown' }])
    expect(webhookParts(long(4_096))).toHaveLength(1)
    expect(webhookParts(long(4_097))).toHaveLength(2)
  })

  test('that says nothing is no message', () => {
    expect(webhookParts({ blocks: [] })).toEqual([])
    expect(webhookParts(line(' \n '))).toEqual([])
  })
})

describe('a reply with a title or structure', () => {
  test('is markdown: rows are lines in which every value has its name', () => {
    expect(markdownOf({ title: '进度', blocks: [{ kind: 'text', text: '今天' }, fields, table] })).toBe(
      '**进度**\n今天\n截止：11月27日\n金苑社区：完成 75%\n锦绣社区：完成 100%，备注 满',
    )
  })

  test('mentions within the first message, by account id', () => {
    const rows = Array.from({ length: 200 }, (_, i) => [`第${i}社区`, `${i}/200`, '备注'])
    const parts = webhookParts({
      title: '进度',
      blocks: [{ ...table, rows }],
      mention: ['lisi', 'x y', '<@a>'],
    })
    const texts = parts.map((part) => (part.msgtype === 'markdown' ? part.markdown.content : ''))
    expect(texts.length).toBeGreaterThan(1)
    expect(texts.map((text) => text.match(/<@.*?>/g))).toEqual([
      ['<@lisi>'],
      ...texts.slice(1).map(() => null),
    ])
    expect(texts[0]).toMatch(/^<@lisi>\n\*\*进度\*\*\n第0社区：完成/)
    for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4_096)
    expect(texts.join('\n').match(/第\d+社区：完成 \d+\/200，备注 备注/g)).toHaveLength(200)
  })

  test('is escaped: nothing in it is markup, a tag or a mention', () => {
    const hostile = '<@all><font color="warning">x</font> **y** `z` [t](u) @lisi'
    expect(markdownOf({ title: hostile, blocks: [{ kind: 'text', text: `> ${hostile}\n## 假` }] })).toBe(
      [
        '**＜＠all＞＜font color="warning"＞x＜/font＞ ＊＊y＊＊ ｀z｀ ［t］(u) ＠lisi**',
        '＞ ＜＠all＞＜font color="warning"＞x＜/font＞ ＊＊y＊＊ ｀z｀ ［t］(u) ＠lisi',
        '＃＃ 假',
      ].join('\n'),
    )
  })

  test('too long for ten messages ends with a note that says so', () => {
    const parts = webhookParts(line('长'.repeat(30_000)))
    expect(parts).toHaveLength(10)
    expect(JSON.stringify(parts.at(-1))).toContain(cutNote)
  })
})

describe('everybody', () => {
  test('is called by one text when it fits', () => {
    expect(webhookParts({ title: '紧急', blocks: [fields, table], mention: [everyone], link: page })).toEqual(
      [
        {
          msgtype: 'text',
          text: {
            content:
              '紧急\n截止：11月27日\n金苑社区：完成 75%\n锦绣社区：完成 100%，备注 满\n查看详情：https://bot.example.cn/wall',
            mentioned_list: ['@all'],
          },
        },
      ],
    )
  })

  test('is called by the title when the rest is long', () => {
    const rows = Array.from({ length: 100 }, (_, i) => [`第${i}社区`, `${i}/100`])
    const [call, ...rest] = webhookParts({
      ...{ title: '紧急@all', blocks: [{ ...table, rows }], mention: [everyone, 'lisi'] },
    })
    expect(call).toEqual({
      msgtype: 'text',
      text: { content: '紧急＠all', mentioned_list: ['@all', 'lisi'] },
    })
    expect(new Set(rest.map(({ msgtype }) => msgtype))).toEqual(new Set(['markdown']))
    expect(JSON.stringify(rest)).not.toContain('<@')
  })
})

describe('a short reply with a page', () => {
  const card: Reply = { title: '今日排名', blocks: [{ kind: 'text', text: '金苑第1' }, fields], link: page }

  test('is a card that opens it', () => {
    expect(webhookParts(card)).toEqual([
      {
        msgtype: 'template_card',
        template_card: {
          card_type: 'text_notice',
          main_title: { title: '今日排名' },
          sub_title_text: '金苑第1',
          horizontal_content_list: [{ keyname: '截止', value: '11月27日' }],
          card_action: { type: 1, url: page },
        },
      },
    ])
  })

  const unfit: [string, Partial<Reply>][] = [
    ['its title is too long', { title: '字'.repeat(27) }],
    ['it has no title', { title: '' }],
    ['its text is too long', { blocks: [{ kind: 'text', text: '字'.repeat(113) }] }],
    ['it has a table', { blocks: [table] }],
    ['it has seven fields', { blocks: [{ kind: 'fields', fields: Array(7).fill(['截止', '今天']) }] }],
    ['a label is too long', { blocks: [{ kind: 'fields', fields: [['红色物业覆盖', '1']] }] }],
    ['a value is too long', { blocks: [{ kind: 'fields', fields: [['截止', '字'.repeat(27)]] }] }],
    ['a label is empty', { blocks: [{ kind: 'fields', fields: [['', '今天']] }] }],
    ['somebody is mentioned, which a card cannot', { mention: ['lisi'] }],
  ]
  test.each(unfit)('is markdown with a link when %s', (_, change) => {
    expect(markdownOf({ ...card, ...change })).toMatch(/\n\[查看详情\]\(https:\/\/bot\.example\.cn\/wall\)$/)
  })
})

describe('sending', () => {
  let wecom: FakeWecom
  beforeEach(async () => {
    wecom = await startFakeWecom()
    wecom.addWebhook(key)
  })
  afterEach(() => wecom.stop())
  const webhook = () => groupWebhook({ key, apiBase: wecom.base })
  const send = async (parts: unknown[]) => {
    for (const part of parts) await webhook().send(part, 'u')
  }

  test('takes every kind of message to the group', async () => {
    const image: Block = {
      kind: 'image',
      png: Buffer.from('not really a picture').toString('base64'),
      alt: '图',
    }
    const short = { title: '排名', blocks: [fields] }
    await send([
      ...webhookParts(line('一')),
      ...webhookParts({ ...short, blocks: [fields, image] }),
      ...webhookParts({ ...short, link: page }),
    ])
    expect(wecom.messages.map(({ msgtype }) => msgtype)).toEqual([
      'text',
      'markdown',
      'image',
      'template_card',
    ])
    const md5 = createHash('md5').update('not really a picture').digest('hex')
    expect(wecom.calls[2]?.json).toMatchObject({ image: { md5 } })
    expect(wecom.timeline.filter(({ kind }) => kind === 'refused')).toEqual([])
  })

  test('writes a picture without line breaks, and takes one of exactly 2 MB', async () => {
    const bytes = Buffer.alloc(2 * 1024 * 1024, 1)
    const base64 = bytes.toString('base64').replace(/(.{76})/g, '$1\n')
    const part: WebhookPart = { msgtype: 'image', image: { base64 } }
    await send([part])
    expect(wecom.messages).toHaveLength(1)
  })

  test('tells that the webhook is gone without telling its key', async () => {
    wecom.removeWebhook(key)
    const error = await refusalOf(send(webhookParts(line('x'))))
    expect(error).toMatchObject({
      kind: 'dead',
      code: '93000',
      message: 'webhook/send: 93000 invalid webhook url',
    })
  })

  test('takes HTTP 200 with an errcode for the refusal that it is', async () => {
    const error = await refusalOf(send([{ msgtype: 'markdown', markdown: { content: 'a'.repeat(4_097) } }]))
    expect(error).toMatchObject({ kind: 'refused', code: '40058', retryAfter: undefined })
  })
})
