// 导出: who gets which workbook, where it goes, and what stands in it.
import { readXlsx, type Sheet } from 'hucre/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withoutPhones } from '../../src/exporting-records.ts'
import { createLinks } from '../../src/links.ts'
import { testKeys } from '../support/keys.ts'
import { admin, clerk, privately, secretary, stranger, type Talk, talk } from './harness.ts'

let bot: Talk
beforeEach(async () => {
  bot = await talk()
})
afterEach(() => bot.close())

/** The files that were queued last, and for whom. */
async function queued() {
  const row = await bot.db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'person_id')
    .orderBy('outbox.id', 'desc')
    .select(['reply', 'person.name', 'chat_id', 'state'])
    .executeTakeFirst()
  const files = row?.reply.blocks.flatMap((block) =>
    block.kind === 'file' ? [{ name: block.name, bytes: Buffer.from(block.data, 'base64') }] : [],
  )
  return { to: row?.name, chat: row?.chat_id, state: row?.state, files: files ?? [] }
}

async function workbook() {
  const { files } = await queued()
  const { sheets } = await readXlsx(files[0]?.bytes ?? Buffer.alloc(0), { readStyles: true })
  const sheet = (name: string): Sheet => {
    const found = sheets.find((one) => one.name === name)
    if (!found) throw new Error(`no sheet ${name}`)
    return found
  }
  /** The rows below the titles, each by its titles. */
  const rows = (name: string) => {
    const [head = [], ...body] = sheet(name).rows
    return body.map((row) => Object.fromEntries(head.map((title, at) => [String(title), row[at] ?? null])))
  }
  const about = () => new Map(sheet('说明').rows.map(([label, text]) => [String(label), String(text)]))
  return { names: sheets.map(({ name }) => name), sheet, rows, about }
}

describe('who asks', () => {
  it('in the group gets it in private, and the group hears one line', async () => {
    expect(await bot.say('导出表格', { sender: clerk })).toBe(
      '汝河路街道的表格做好了，私聊发您了（有个人成绩，不发在群里）。想要自己的表样，先把汝河路街道的那张表导入一次。',
    )
    const { to, chat, files, state } = await queued()
    expect({ to, chat, state }).toEqual({ to: '周敏', chat: null, state: 'queued' })
    expect(files.map(({ name }) => name)).toEqual(['汝河路街道进度_2026-11-22.xlsx'])
  })

  it('as the secretary of a community gets that community only', async () => {
    expect(await bot.say('导出表格')).toMatch(/^金苑社区的表格做好了，私聊发您了/)
    const { rows, names } = await workbook()
    expect(new Set(rows('明细').map((row) => row['单位名称']))).toEqual(new Set(['金苑社区']))
    expect(rows('得分排名').map((row) => row['单位'])).toEqual(['金苑社区'])
    expect(names).not.toContain('送达记录')
    expect(await bot.say('导出汝河路街道的表格')).toContain('您不能导出（汝河路街道）')
  })

  it('as the clerk of the district gets all of it, with the delivery log', async () => {
    expect(await bot.say('把全区的数据导出来', privately(admin))).toMatch(/的表格做好了，马上发给您。/)
    const { names, rows } = await workbook()
    expect(names).toEqual(['说明', '得分排名', '进度', '明细', '报送记录', '送达记录'])
    expect(rows('得分排名').filter((row) => row['类别'] === '街道').length).toBeGreaterThan(10)
  })

  it('without being bound, or from another street, gets nothing', async () => {
    expect(await bot.say('导出表格', { sender: stranger })).toMatch(/^我还不认识您/)
    expect(await bot.say('导出桐柏路街道的表格', privately(clerk))).toContain('您不能导出')
    expect((await queued()).files).toEqual([])
  })
})

describe('the workbook', () => {
  it('has real numbers, dates and percentages, frozen titles and a filter', async () => {
    await bot.say('导出表格', { sender: clerk })
    const { sheet, rows } = await workbook()
    const detail = rows('明细')
    expect(detail[0]).toMatchObject({ 截止: expect.any(Date), 完成率: expect.any(Number) })
    const numbered = detail.find((row) => typeof row['完成数'] === 'number')
    expect(numbered).toBeDefined()
    const { freezePane, autoFilter, cells, pageSetup } = sheet('明细')
    expect(freezePane).toMatchObject({ rows: 1, columns: 3 })
    expect(autoFilter?.range).toMatch(/^A1:R\d+$/)
    expect(cells?.get('1,9')?.style?.numFmt).toBe('0.00%')
    expect(pageSetup).toMatchObject({ orientation: 'landscape', fitToWidth: 1 })
  })

  it('shows every lamp by colour and by mark, and what was not reported hollow', async () => {
    await bot.say('导出表格', { sender: clerk })
    const { sheet } = await workbook()
    const { rows, cells } = sheet('进度')
    const tints = new Map<string, Set<string>>()
    for (const [at, row] of rows.entries())
      for (const [column, value] of row.entries()) {
        if (at === 0 || column < 2 || typeof value !== 'string') continue
        const fill = cells?.get(`${at},${column}`)?.style?.fill
        const rgb = fill?.type === 'pattern' ? (fill.fgColor?.rgb ?? '') : 'none'
        const mark = value.match(/[✔●▲■□—]/)?.[0] ?? '?'
        tints.set(mark, (tints.get(mark) ?? new Set()).add(rgb.slice(-6)))
      }
    expect(Object.fromEntries([...tints].map(([mark, rgb]) => [mark, [...rgb]]))).toMatchObject({
      ...{ '✔': ['CDE5E2'], '●': ['D3E8D4'], '▲': ['FBE6C4'], '■': ['F8D0D0'], '□': ['none'] },
    })
  })

  it('tells the history with corrections and withdrawals', async () => {
    await bot.say('红色物业3个')
    await bot.say('把红色物业改成2个')
    await bot.say('导出表格')
    const { rows, about } = await workbook()
    const [newest] = rows('报送记录')
    expect(newest).toMatchObject({ 动作: '更正', 单位名称: '金苑社区', 结果: '有效' })
    expect(newest).toMatchObject({ 原话: '把红色物业改成2个', 报的数: '2个' })
    expect(rows('报送记录')[1]).toMatchObject({ 动作: '登记', 结果: '已更正' })
    expect(about().get('导出')).toBe('金苑社区书记 张建国，2026-11-22 10:00')
  })

  it('has no phone number in it, whatever somebody typed', () => {
    expect(withoutPhones('3个，有事打138 0000 0000或13900001111')).toBe('3个，有事打（电话略）或（电话略）')
    expect(withoutPhones('打8613800000000、+86 138-0000-0000、138.0000.0000或１３８００００００００')).toBe(
      '打（电话略）、（电话略）、（电话略）或（电话略）',
    )
    expect(withoutPhones('编号202611220001，15个')).toBe('编号202611220001，15个')
  })

  it('of a month shows how things stood at its end, and the history within it', async () => {
    expect(await bot.say('把全区10月的数据导出来', privately(admin))).toContain('10月1日至10月31日的表格')
    const { rows, about } = await workbook()
    expect(about().get('数据截至')).toContain('2026-10-31 24:00')
    const days = rows('报送记录').map((row) => (row['数据日期'] as Date).toISOString().slice(0, 10))
    expect(days.length).toBeGreaterThan(0)
    expect(days.every((day) => day >= '2026-10-01' && day <= '2026-10-31')).toBe(true)
    const latest = rows('明细').map((row) => row['数据日期'] as Date | null)
    expect(latest.every((day) => day === null || day.toISOString() < '2026-11-01')).toBe(true)
    expect(about().get('得分')).toMatch(/排名快照/)
  })

  it('is not made of a time before the campaign, or of the future', async () => {
    expect(await bot.say('把2025年3月的数据导个excel', privately(admin))).toMatch(/那之前没有数/)
    expect((await queued()).files).toEqual([])
  })
})

describe('where nobody can be written to in private', () => {
  const links = () => createLinks({ keyring: testKeys, base: 'https://guatu.example.cn', clock: bot.clock })

  it('the answer in private leads to the file, for a day', async () => {
    await bot.close()
    bot = await talk()
    const own = await talk({ privately: [], links: links() })
    await bot.close()
    bot = own
    const said = await bot.say('导出表格', privately(secretary))
    expect(said).toContain('请在24小时内下载')
    const token = said.match(/\/files\/1\?k=(\S+)/)?.[1]
    expect(links().read('file', token)).toMatchObject({ use: 'file' })
    const { files, state } = await queued()
    expect({ files: files.length, state }).toEqual({ files: 1, state: 'kept' })
    // It is no message that did not arrive.
    expect(await bot.say('送达', privately(admin))).toContain('没有发过消息，也没有等着发的')
    expect(await bot.say('导出表格', privately(admin))).toContain('请在24小时内下载')
    expect((await workbook()).rows('送达记录')).toEqual([])
    expect(await bot.say('导出表格')).toBe('我在这里不能私聊发您文件，请您先私聊我说“导出”，给您下载链接。')
  })

  it('and without pages it is said that nothing can be sent', async () => {
    const own = await talk({ privately: [] })
    await bot.close()
    bot = own
    expect(await bot.say('导出表格', privately(secretary))).toMatch(/^这里发不了文件/)
  })
})
