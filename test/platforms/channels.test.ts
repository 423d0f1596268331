// What every way out promises to the outbox, against a platform that behaves like the real one (`domain.md` R4–R6).
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { everyone, line, type Reply } from '../../src/message.ts'
import { firstPart, refusalOf, type Started, start, ways } from './ways.ts'

const digest: Reply = {
  title: '今日到期',
  blocks: [
    { kind: 'text', text: '以下指标今天到期' },
    {
      kind: 'fields',
      fields: [
        ['红色物业', '3/4'],
        ['截止', '11月27日'],
      ],
    },
    {
      kind: 'table',
      head: ['社区', '完成', '得分'],
      rows: [
        ['金苑社区', '75%', '8.50'],
        ['锦绣社区', '100%', '10'],
      ],
    },
    { kind: 'text', text: '编号12' },
  ],
}
const png = (bytes: number) => Buffer.alloc(bytes, 7).toString('base64')
const secrets = /canary|token-[0-9a-f]{8}|access_token=|key=|sign=/

describe.each(ways)('$name', (way) => {
  let at: Started
  beforeEach(async () => {
    at = await start(way)
  })
  afterEach(async () => {
    expect(at.written.join('')).not.toMatch(secrets)
    await at.stop()
  })
  const text = () =>
    at
      .arrivals()
      .map((arrival) => arrival.text)
      .join('\n')
  /** Refused for a reply of one line; the error is looked through for secrets. */
  const refused = async (reply: Reply = line('到期提醒')) => {
    const error = await refusalOf(at.send(reply))
    expect(`${error.message} ${error.code} ${error.stack}`).not.toMatch(secrets)
    return error
  }

  test('delivers a line as it is', async () => {
    await at.send(line('金苑社区 红色物业 3/4（75%） 编号12'))
    expect(at.arrivals()).toMatchObject([{ text: '金苑社区 红色物业 3/4（75%） 编号12', mentions: [] }])
  })

  test('delivers title, fields and table in one message, every value under its name', async () => {
    expect(at.channel.parts(digest)).toHaveLength(1)
    await at.send(digest)
    for (const words of ['今日到期', '红色物业', '3/4', '金苑社区', '完成 75%', '得分 8.50', '编号12'])
      expect(text()).toContain(words)
    expect(text()).not.toMatch(/\|/)
  })

  test('parts are JSON and the same every time', () => {
    const parts = at.channel.parts(digest)
    expect(JSON.parse(JSON.stringify(parts))).toEqual(parts)
    expect(at.channel.parts(structuredClone(digest))).toEqual(parts)
  })

  test(`${way.mentions} who is mentioned`, async () => {
    const mention = ['lisi', 'wang_wu']
    for (const reply of [line('请报数'), digest]) await at.send({ ...reply, mention }, reply.title)
    const notified = way.mentions === 'notifies' ? ['lisi', 'wang_wu'] : []
    expect(at.arrivals().map(({ mentions }) => mentions)).toEqual([notified, notified])
    if (way.mentions === 'writes') expect(text().match(/＠lisi ＠wang/g)).toHaveLength(2)
    if (way.mentions === 'is silent') expect(text()).not.toMatch(/lisi/)
  })

  test('calls everybody once, where it can, also above a long reply', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [`第${i}社区`, `${i}/200`])
    const long: Reply = { title: '紧急', blocks: [{ kind: 'table', head: ['社区', '完成'], rows }] }
    await at.send({ ...line('今天下班前报数'), mention: [everyone] })
    await at.send({ ...long, mention: [everyone] }, 'long')
    const all = at.arrivals().filter(({ mentions }) => mentions.includes(everyone))
    expect(all).toHaveLength(way.mentions === 'notifies' ? 2 : 0)
    expect(text()).toContain('第199社区')
    if (way.mentions === 'writes') expect(text()).toContain('＠所有人')
  })

  test('splits a long reply at line edges, within the limit, and loses nothing', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => [`第${i}社区`, `${i}/150`, '😀'.repeat(10)])
    const parts = at.channel.parts({
      title: '全区',
      blocks: [{ kind: 'table', head: ['社区', '完成', '备注'], rows }],
    })
    expect(parts.length).toBeGreaterThan(way.maxBytes > 10_000 ? 0 : 1)
    for (const [i, part] of parts.entries()) {
      await at.channel.send(part, `u-${i}`)
      at.pass(at.channel.gapMs)
    }
    const texts = at.arrivals().map((arrival) => arrival.text)
    expect(texts).toHaveLength(parts.length)
    for (const one of texts) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(way.maxBytes)
    expect(texts.join('\n').match(/第\d+社区.*?\d+\/150.*?(😀){10}/g)).toHaveLength(150)
    expect(texts.join('')).not.toContain('\uFFFD')
  })

  test('splits one endless line between characters', async () => {
    await at.send(line('😀'.repeat(way.maxBytes / 3)))
    expect(at.arrivals().length).toBeGreaterThan(1)
    const shown = text().replace(/\s/g, '')
    expect(shown).toBe('😀'.repeat(way.maxBytes / 3))
    expect(at.fake.timeline.every(({ kind }) => kind === 'taken')).toBe(true)
  })

  test('sends a huge reply at its own pace without being refused once', async () => {
    const lines = Array.from({ length: 3_000 }, (_, i) => `第${i}行：红色物业完成情况良好`)
    await at.send({ title: '台账', blocks: [{ kind: 'text', text: lines.join('\n') }] })
    expect(at.fake.timeline.filter(({ kind }) => kind !== 'taken')).toEqual([])
    expect(text()).toMatch(/第2999行|内容太长/)
  })

  test('never goes over the limit in steady flow', async () => {
    for (let i = 0; i < 90; i++) await at.send(line(`提醒${i}`), `u${i}`)
    const kinds = new Set(at.fake.timeline.map(({ kind }) => kind))
    // One person's 30 a minute are the outbox's business.
    kinds.delete('dropped')
    expect([...kinds]).toEqual(['taken'])
  })

  const { burst } = way
  if (burst) {
    test('is told when it does go over', async () => {
      const { most, code } = burst
      const send = (i: number) => at.channel.send(firstPart(at.channel, line(`提醒${i}`)), `u${i}`)
      for (let i = 0; i < most; i++) await send(i)
      expect(await refusalOf(send(most))).toMatchObject({ code, kind: 'limit', retryAfter: way.limit.wait })
      at.pass(way.limit.wait * 1_000)
      await send(most)
      expect(at.arrivals()).toHaveLength(most + 1)
    })
  }

  test('waits as long as the platform wants when over its limit', async () => {
    at.next(way.limit.mood)
    expect(await refused()).toMatchObject({ kind: 'limit', code: way.limit.code, retryAfter: way.limit.wait })
  })

  test('gives up on content that is refused', async () => {
    at.next(way.content.mood)
    expect(await refused()).toMatchObject({
      ...{ kind: 'refused', code: way.content.code, retryAfter: undefined },
    })
  })

  test('tells that its target is gone', async () => {
    at.next(way.gone.mood)
    expect(await refused()).toMatchObject({ kind: way.gone.kind, code: way.gone.code })
  })

  test('does not know what became of it when the line is cut after it was taken', async () => {
    at.next('cut-after-accepting')
    expect(await refused()).toMatchObject({ kind: 'unknown', code: 'network' })
    expect(at.arrivals()).toHaveLength(1)
  })

  test(`recognises a resend by ${way.resend}`, async () => {
    at.next('cut-after-accepting')
    await refused()
    await at.send(line('到期提醒'))
    expect(at.arrivals('repeated')).toHaveLength(way.resend === 'nothing' ? 0 : 1)
    expect(at.arrivals()).toHaveLength(way.resend === 'nothing' ? 2 : 1)
    await at.send(line('另一条提醒'), 'other')
    expect(text()).toContain('另一条提醒')
  })

  test.each([
    ['html', way.platform === 'dingtalk' ? 'limit' : 'unknown'],
    [{ status: 502, text: '<html>Bad Gateway</html>' }, 'unknown'],
    ['cut', 'unknown'],
  ] as const)('judges an answer that is none: %j', async (mood, kind) => {
    at.next(mood)
    expect(await refused()).toMatchObject({ kind })
  })

  test('may try again at once when no connection came to be', async () => {
    await at.send(line('热身'))
    await at.fake.stop()
    const error = await refusalOf(at.send(line('到期提醒')))
    // A connection kept from before may be cut instead, which is not the same.
    expect(['busy', 'unknown']).toContain(error.kind)
    const again = await refusalOf(at.send(line('到期提醒')))
    expect(again).toMatchObject({ kind: 'busy', code: 'network' })
    expect(again.message).not.toMatch(secrets)
    at = await start(way)
  })

  test(`${way.pictures} a picture`, async () => {
    const image = { kind: 'image' as const, png: png(400), alt: '全区排名柱状图' }
    await at.send({ ...digest, blocks: [...digest.blocks, image] })
    if (way.pictures === 'describes') {
      expect(text()).toContain('［图］全区排名柱状图')
      expect(JSON.stringify(at.fake.calls.map(({ json }) => json))).not.toContain(png(300).slice(0, 100))
      return
    }
    expect(at.arrivals()).toHaveLength(2)
    const [uploaded] = at.fake === at.wecom ? at.wecom.media.values() : at.dingtalk.media.values()
    const sent = at.arrivals()[1]?.body as { image?: { base64?: string } }
    expect(uploaded?.toString('base64') ?? sent.image?.base64).toBe(png(400))
  })

  test(`${way.files} a file under its name`, async () => {
    const name = '汝河路街道"进度"_2026-11-25.xlsx'
    const file = { kind: 'file' as const, name, data: png(400) }
    const url = 'https://bot.example.cn/files/0?k=abc.def'
    await at.send({ ...digest, blocks: [...digest.blocks, { ...file, url }] })
    if (way.files === 'links') {
      expect(text()).toContain('［文件］汝河路街道"进度"')
      expect(text()).toContain('[下载（24小时内有效）](https://bot.example.cn/files/0?k=abc.def)')
      expect(at.fake.calls.at(-1)?.raw).not.toContain(png(300).slice(0, 100))
      await at.send({ blocks: [file] }, 'alone')
      expect(text()).toContain('（这里发不了文件，请私聊我要）')
      return
    }
    expect(at.arrivals()).toHaveLength(2)
    const { app, webhook } = at.wecom.files
    const files =
      at.fake === at.wecom ? [...app.values(), ...webhook.values()] : [...at.dingtalk.files.values()]
    expect(files).toEqual([{ name: files[0]?.name, bytes: Buffer.from(png(400), 'base64') }])
    // Of quotation marks and line ends a name in a form has only their codes.
    expect(decodeURIComponent(files[0]?.name ?? '')).toBe(name)
    const { msgParam } = (at.arrivals()[1]?.body ?? {}) as { msgParam?: string }
    if (msgParam) expect(JSON.parse(msgParam)).toMatchObject({ fileName: name, fileType: 'xlsx' })
    expect(text()).not.toContain('［文件］')
  })

  if (way.files === 'sends') {
    test('leads to a file that is too large, and refuses it where there is no address', async () => {
      const file = { kind: 'file' as const, name: '大表.xlsx', data: png(20 * 1024 * 1024 + 1) }
      const url = 'https://bot.example.cn/files/0?k=abc.def'
      await at.send({ ...digest, blocks: [...digest.blocks, { ...file, url }] })
      expect(at.arrivals()).toHaveLength(1)
      expect(text()).toContain('［文件］大表.xlsx')
      expect(text()).toContain(url)
      const error = await refusalOf(at.send({ blocks: [file] }, 'alone'))
      expect(error).toMatchObject({ kind: 'refused', code: 'file-too-large' })
      expect(error.message).toContain('over 20 MB')
      expect(at.arrivals()).toHaveLength(1)
    })

    test('may try again when the file could not be handed over', async () => {
      at.fake.next(way.platform === 'dingtalk' ? '/media/upload' : 'upload', 'cut')
      at.fake.next('/webhook/upload_media', 'cut')
      const error = await refusalOf(at.send({ blocks: [{ kind: 'file', name: 'a.xlsx', data: png(40) }] }))
      expect(error).toMatchObject({ kind: 'busy', code: 'network' })
      expect(at.arrivals()).toEqual([])
    })
  }

  if (way.pictures === 'describes') {
    test('shows a picture that has an address, and an address cannot break out of it', async () => {
      const url = 'https://bot.example.cn/pictures/0?k=abc.def)(x'
      await at.send({ blocks: [{ kind: 'image', png: png(40), alt: '挂图](x', url }] })
      expect(text()).toBe('![［图］挂图\\](x](https://bot.example.cn/pictures/0?k=abc.def%29%28x)')
    })
  }

  if (way.pictures === 'shows') {
    test('refuses a picture that is too large before anything is sent', async () => {
      const most = way.to.platform === 'dingtalk' ? 20 : way.to.kind === 'group' ? 2 : 10
      const image = { kind: 'image' as const, png: png(most * 1024 * 1024 + 1), alt: '图' }
      const error = await refusalOf(at.send({ blocks: [image] }))
      expect(error).toMatchObject({ kind: 'refused', code: 'image-too-large' })
      expect(error.message).toContain(`over ${most} MB`)
      expect(at.fake.calls.filter(({ path }) => path !== '/cgi-bin/gettoken')).toEqual([])
    })
  }

  test('makes whole characters of half ones', async () => {
    await at.send({ title: '标题\uD83D', blocks: [{ kind: 'text', text: '一半\uDE00在这里' }] })
    expect(text()).toContain('一半\uFFFD在这里')
    expect(at.fake.calls.at(-1)?.raw).not.toMatch(/\\ud[89a-f]/i)
  })

  test('lets nobody call others or write markup through it', async () => {
    const hostile =
      '<@all> <@zhangsan> @所有人 @all @lisi <font color="warning">红</font> **粗** [链接](javascript:x)'
    await at.send({ title: hostile, blocks: [{ kind: 'text', text: `# 假标题\n${hostile}` }] })
    await at.send(line(hostile), 'plain')
    expect(at.arrivals().flatMap(({ mentions }) => mentions)).toEqual([])
    expect(text()).not.toMatch(/<@|@所有人|@all/)
    if (!way.markup) return
    const [titled] = at.arrivals()
    expect(titled?.text).not.toMatch(/(?<!\\)<font|(?<!\\)\*\*粗|(?<!\\)\[链接|^# /m)
  })

  test('leads to the page of a reply, and to nothing that is no page', async () => {
    await at.send({ ...digest, link: 'https://bot.example.cn/wall?d=(1)' })
    expect(JSON.stringify(at.fake.calls.at(-1)?.json)).toContain('https://bot.example.cn/wall?d=%281%29')
    await at.send({ ...digest, link: 'javascript:alert(1)' }, 'bad')
    expect(at.fake.calls.at(-1)?.raw).not.toContain('javascript')
  })
})
