// 导出 in the layout of the table that a clerk loaded: who gets it, what is in it, and what is said of it.
import { type Cell, readXlsx, writeXlsx } from 'hucre/xlsx'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readRoster } from '../../src/database/roster.ts'
import { offer } from '../../src/importing.ts'
import { partsOf } from '../sheet/xml.ts'
import { testKeys } from '../support/keys.ts'
import { admin, clerk, privately, secretary, type Talk, talk } from './harness.ts'

let bot: Talk
beforeEach(async () => {
  bot = await talk()
})
afterEach(() => bot.close())

type Rows = (string | number | null)[][]

const head: Rows = [
  ['汝河路街道台账（截至11月17日）'],
  ['序号', '单位', '红色物业目标', '红色物业', '红色物业完成率', '名次', '联系电话', '备注'],
]
const rows: Rows = [
  ...head,
  [1, '金苑社区', 4, 1, 0.25, 2, '13800001111', '老王家里有事'],
  [2, '汝河小区社区', 8, 2, 0.25, 1, 13900002222, null],
  ['合计', null, 12, 3, null, null, null, null],
  ['汝河路街道', '汝河路街道', null, 99, null, null, null, null],
  ['填表人：李姐 13700003333', null, null, null, null, null, null, null],
]

/** As somebody has loaded it: 周敏 unless told otherwise. */
async function load(
  table: Rows = rows,
  { by = '周敏', name = '我的台账.xlsx', ago = 0, cells = {} as Record<string, Cell> } = {},
) {
  const { id } = await bot.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  const person = await bot.db.selectFrom('person').where('name', '=', by).select('id').executeTakeFirst()
  const bytes = await writeXlsx({
    properties: { creator: '王科长' },
    sheets: [
      {
        name: '台账',
        rows: table,
        columns: [{ width: 5 }, { width: 30 }],
        cells: new Map(Object.entries(cells)),
      },
      { name: '通讯录', rows: [['王科长', '13600004444']] },
    ],
  })
  const at = new Date(bot.clock.now().getTime() - ago * 60_000)
  const file = { file_name: name, bytes: Buffer.from(bytes), layout: 'numbers' as const, summary: '[]' }
  const loaded = { state: 'loaded' as const, loaded_at: at, loaded_by: by, created_by: by }
  await bot.db
    .insertInto('workbook')
    .values({ campaign_id: id, person_id: person?.id ?? null, ...file, ...loaded })
    .execute()
}

async function queued() {
  const row = await bot.db.selectFrom('outbox').orderBy('id', 'desc').select('reply').executeTakeFirst()
  return (row?.reply.blocks ?? []).flatMap((block) =>
    block.kind === 'file' ? [{ name: block.name, bytes: Buffer.from(block.data, 'base64') }] : [],
  )
}

/** The clerk's own table as it comes back. */
async function own() {
  const [whole, file] = await queued()
  const book = await readXlsx(file?.bytes ?? Buffer.alloc(0), { readStyles: true })
  const about = (await readXlsx(whole?.bytes ?? Buffer.alloc(0))).sheets[0]?.rows ?? []
  const notes = about
    .filter(([title]) => title === '说明' || title === '保密')
    .map(([, text]) => String(text))
  return {
    name: file?.name,
    bytes: file?.bytes ?? Buffer.alloc(0),
    book,
    sheet: book.sheets[0],
    notes: notes.join('\n'),
  }
}

async function counting(name: string) {
  const { units, indicators } = await readRoster(bot.db, 1)
  const unit = [...units.values()].find((one) => one.name === name)?.id ?? 0
  const indicator = [...indicators.values()].find((one) => one.name.includes('红色物业'))?.id ?? 0
  const cell = bot.db.selectFrom('cell').where('unit_id', '=', unit).where('indicator_id', '=', indicator)
  return Number((await cell.select('value').executeTakeFirstOrThrow()).value)
}

describe('her own table', () => {
  it('comes back to her with what counts, and all that she wrote in it', async () => {
    await load()
    await bot.say('红色物业3个')
    const said = await bot.say('导出表格', privately(clerk))
    expect(said).toContain('另附您导入的《我的台账.xlsx》，填上了截至2026-11-22的数。')
    const { name, book, sheet, notes } = await own()
    expect(name).toBe('我的台账_2026-11-22.xlsx')
    expect(sheet?.rows[0]?.[0]).toBe('汝河路街道台账（截至11月22日）')
    const second = await counting('汝河小区社区')
    expect(sheet?.rows.slice(2, 4).map((row) => row[3])).toEqual([3, second])
    expect(sheet?.rows[2]?.slice(6)).toEqual(['13800001111', '老王家里有事'])
    expect(book.sheets.map(({ name }) => name)).toEqual(['台账', '通讯录'])
    expect(notes).toContain('是您自己的表，里面您写的别的内容（包括手机号）原样还给您')
  })

  it('has typed sums and rates worked out, and is emptied of what nobody can work out, which is said', async () => {
    await load()
    await bot.say('红色物业3个')
    const said = await bot.say('导出表格', privately(clerk))
    const { sheet, notes } = await own()
    const second = await counting('汝河小区社区')
    expect(sheet?.rows[4]?.[3]).toBe(3 + second)
    expect(sheet?.rows[2]?.[4]).toBe(0.75)
    expect(sheet?.rows.slice(2, 4).map((row) => row[5] ?? null)).toEqual([null, null])
    expect(sheet?.rows[5]?.[3]).toBeGreaterThan(3 + second)
    for (const told of [said, notes]) expect(told).toContain('“名次”算不出来，清空了，请自己填。')
  })

  it('has no rate of a target that is not hers', async () => {
    await load(rows.map((row) => (row[0] === 1 ? [1, '金苑社区', 10, 1, 0.1, 2, null, null] : row)))
    await bot.say('红色物业3个')
    expect(await bot.say('导出表格', privately(clerk))).toContain('“红色物业完成率”、“名次”算不出来')
    expect((await own()).sheet?.rows[2]?.[4] ?? null).toBeNull()
  })

  it('loses a figure that no report has, and says of which indicator', async () => {
    await load()
    const roster = await readRoster(bot.db, 1)
    const unit = [...roster.units.values()].find(({ name }) => name === '汝河小区社区')?.id ?? 0
    const nothing = { value: null, num: null, den: null, step: null, as_of: null, report_id: null }
    await bot.db.updateTable('cell').set(nothing).where('unit_id', '=', unit).execute()
    const said = await bot.say('导出表格', privately(clerk))
    const { sheet, notes } = await own()
    expect(sheet?.rows[3]?.[3] ?? null).toBeNull()
    for (const told of [said, notes]) expect(told).toContain('“红色物业”没有登记过的数，清空了。')
  })

  it('keeps its formulas, without what they came to before', async () => {
    const formula = { value: 3, type: 'number' as const, formula: 'SUM(D3:D4)', formulaResult: 3 }
    await load(rows, { cells: { '4,3': formula } })
    await bot.say('红色物业3个')
    await bot.say('导出表格', privately(clerk))
    const { sheet } = await own()
    expect(sheet?.cells?.get('4,3')).toMatchObject({ formula: 'SUM(D3:D4)' })
    expect(sheet?.cells?.get('4,3')?.formulaResult ?? null).toBeNull()
  })

  it('loaded again changes nothing', async () => {
    await load(rows.slice(0, 3))
    await bot.say('红色物业3个')
    await bot.say('导出表格', privately(clerk))
    const { bytes, name = '' } = await own()
    const file = { bytes, fileName: name, campaign: 1, by: '周敏', now: bot.clock.now() }
    expect(await offer({ db: bot.db, keys: testKeys }, file)).toMatchObject({ changes: false })
  })

  it('is found behind those that others have loaded since', async () => {
    await load(rows, { ago: 60 })
    for (const ago of [1, 2, 3, 4]) await load(rows, { by: '何晓雯', ago, name: `别人的${ago}.xlsx` })
    await bot.say('红色物业3个')
    await bot.say('导出表格', privately(clerk))
    expect((await own()).name).toBe('我的台账_2026-11-22.xlsx')
  })

  it('is not spoken of in the group beyond that it comes', async () => {
    await load()
    await bot.say('红色物业3个')
    const said = await bot.say('导出表格', { sender: clerk })
    expect(said).toContain('另附您导入的表，填上了截至2026-11-22的数。清空了什么，见表里的“说明”。')
    expect((await own()).notes).toContain('“名次”算不出来')
  })

  it('is missed with a word on how to get it', async () => {
    expect(await bot.say('导出表格', privately(clerk))).toContain(
      '想要自己的表样，先把汝河路街道的那张表导入一次。',
    )
  })
})

describe("somebody else's table", () => {
  it('comes to nobody whose reach merely covers it', async () => {
    await load(await wholeStreet(), { by: '马建军' })
    await load(rows.slice(0, 3), { by: '马建军' })
    for (const sender of [secretary, clerk]) {
      await bot.say('导出表格', privately(sender))
      const names = (await queued()).map(({ name }) => name)
      expect(names).toEqual([`${sender.name === '周敏' ? '汝河路街道' : '金苑社区'}进度_2026-11-22.xlsx`])
    }
  })

  it('comes to who sees all imports with nothing in it but what was recognised', async () => {
    const comment = {
      value: 1,
      type: 'number' as const,
      comment: { text: '问过王科长 13600004444', author: '周敏' },
    }
    await load(await wholeStreet(), { cells: { '2,3': comment } })
    const said = await bot.say('导出汝河路街道的表格', privately(admin))
    expect(said).toContain('另附周敏导入的《我的台账.xlsx》')
    const { book, sheet, bytes, notes } = await own()
    expect(book.sheets.map(({ name }) => name)).toEqual(['台账'])
    expect(sheet?.rows[2]?.slice(0, 2)).toEqual([1, expect.stringMatching(/社区|村/)])
    expect(typeof sheet?.rows[2]?.[3]).toBe('number')
    const text = JSON.stringify([sheet?.rows, [...(sheet?.cells ?? [])], book.properties])
    for (const private_ of ['1380000', '1390000', '1370000', '1360000', '老王', '李姐', '王科长'])
      expect(text).not.toContain(private_)
    for (const [part, xml] of partsOf(bytes))
      expect([part, /1[36]\d{9}|王科长|老王/.test(xml)]).toEqual([part, false])
    expect(notes).toContain('只带了单位、指标和合计')
    expect(notes).not.toContain('原样还给您')
  })
})

/** A row for every place of 汝河路街道. */
async function wholeStreet(): Promise<Rows> {
  const roster = await readRoster(bot.db, 1)
  const street = [...roster.units.values()].find(({ name }) => name === '汝河路街道')
  const units = roster.children(street?.id ?? 0)
  const body = units.map(({ name }, at) => [at + 1, name, 4, 1, 0.25, 2, '13800001111', '老王家里有事'])
  return [
    ...head,
    ...body,
    ['填表人：李姐 13700003333 2026年11月17日', null, null, null, null, null, null, null],
  ]
}
