import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { load } from '../../src/cli/load.ts'
import { secretOf } from '../../src/cli/secret.ts'
import type { Clock } from '../../src/clock.ts'
import { openInMemory, type Store } from '../../src/database/connection.ts'
import { type Pages, put, smallCampaign, toFile } from '../sheet/small-campaign.ts'

const folder = mkdtempSync(join(tmpdir(), 'guatu-load-'))
const at = (name: string) => join(folder, name)
let store: Store
let opened = 0
beforeAll(async () => {
  store = await openInMemory()
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})
beforeEach(() => {
  opened = 0
})

/** Runs the command and gives what it printed. */
async function run(args: string[], more: { isTerminal?: boolean; clock?: Clock } = {}) {
  const out: string[] = []
  const err: string[] = []
  const rewritten: string[] = []
  const code = await load(args, {
    config: { DATABASE_URL: '', DATA_DIR: at('data'), SECRET_KEY: '' },
    ...{ isTerminal: false, clock: { now: () => new Date('2026-11-22T02:00:00Z') }, ...more },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    rewrite: (text) => rewritten.push(text),
    open: async () => {
      opened++
      return { ...store, close: async () => undefined }
    },
  })
  return { code, out, err, rewritten }
}

async function fileOf(pages: Pages, name = '活动.xlsx'): Promise<string> {
  writeFileSync(at(name), await toFile(pages))
  return at(name)
}

const campaigns = () => store.db.selectFrom('campaign').select(['name', 'revision']).execute()

describe('a good file', () => {
  it('is only compared in a dry run', async () => {
    const { code, out, err } = await run(['--dry-run', await fileOf(smallCampaign())])
    expect([code, err]).toEqual([0, []])
    expect(out.slice(0, 3)).toEqual([
      ...['试运行，什么都没有写入。「小活动」将会：', '活动：新增 1，修改 0', '单位：新增 6，修改 0'],
    ])
    expect(await campaigns()).toEqual([])
  })

  it('is loaded, and says so; once more there is nothing to do', async () => {
    const file = await fileOf(smallCampaign())
    const first = await run([file])
    expect([first.code, first.err, first.out[0]]).toEqual([0, [], '已导入「小活动」：'])
    expect(first.out.at(-2)).toBe('数据：新增 9，修改 0')
    const second = await run([file])
    expect(second.out).toEqual(['已导入「小活动」：', '没有变化：文件内容与库里一致。'])
    expect(await campaigns()).toEqual([{ name: '小活动', revision: 1 }])
    const made = await store.db.selectFrom('unit').select('created_by').distinct().execute()
    expect(made).toEqual([{ created_by: '导入 活动.xlsx' }])
  })

  it('shows how far it is when a person waits for more than a second, on one line', async () => {
    let now = Date.parse('2026-11-22T02:00:00Z')
    const slow: Clock = {
      now: () => {
        now += 600
        return new Date(now)
      },
    }
    const pages = put(smallCampaign(), '方案', 2, '内容', '慢活动')
    delete pages['群']
    const watched = await run([await fileOf(pages)], { isTerminal: true, clock: slow })
    expect(watched.code).toBe(0)
    expect(watched.rewritten.join('')).toMatch(/^(\r正在导入数据 [\d,]+\/9)*\n?$/)
    const quiet = await run([await fileOf(pages)], { isTerminal: false, clock: slow })
    expect(quiet.rewritten).toEqual([])
  })
})

describe('a file with problems', () => {
  it('has numbers of days to come: today is the clock’s', async () => {
    const { code, err, out } = await run([
      await fileOf(put(smallCampaign(), '数据', 3, '日期', '2026-11-23')),
    ])
    expect([code, out]).toEqual([1, []])
    expect(err).toEqual([
      '活动.xlsx 有 1 处问题，什么都没有写入：',
      '数据 第3行「日期」：2026-11-23 晚于今天（2026-11-22），日期不能晚于今天',
      `问题已标注在 ${at('活动（问题已标注）.xlsx')}`,
    ])
  })

  it('prints them row by row, exits with 1 and does not even open the database', async () => {
    const pages = put(put(smallCampaign(), '单位', 5, '上级', '汝河街道'), '数据', 2, '数值', '两个')
    const { code, out, err } = await run([await fileOf(pages)])
    expect([code, out, opened]).toEqual([1, [], 0])
    expect(err).toEqual([
      '活动.xlsx 有 2 处问题，什么都没有写入：',
      '单位 第5行「上级」：没有叫「汝河街道」的单位，是不是「汝河路街道」？',
      '数据 第2行「数值」：「两个」不是数字',
      // The file that was marked before is not overwritten.
      `问题已标注在 ${at('活动（问题已标注） 2.xlsx')}`,
    ])
  })

  it('says so when a chat belongs to another campaign, and writes nothing', async () => {
    const before = await campaigns()
    const { code, err } = await run([await fileOf(put(smallCampaign(), '方案', 2, '内容', '又一个活动'))])
    expect([code, err]).toEqual([1, ['群「汝河路攻坚群」正在用于活动「小活动」，请先在那边结束']])
    expect(await campaigns()).toEqual(before)
  })
})

describe('a table of numbers', () => {
  const table = (value: number): Pages => ({
    进度: [
      ['单位', '红色物业'],
      ['金苑社区', value],
    ],
  })
  const cell = async () =>
    (
      await store.db.selectFrom('cell').select('value').orderBy('unit_id').orderBy('indicator_id').execute()
    )[0]?.value

  it('is loaded into the campaign that is named, once, and kept with what it changed', async () => {
    const file = await fileOf(table(3), '进度11月21日.xlsx')
    const named = ['--campaign', '小活动']
    expect((await run([...named, '--dry-run', file])).out[0]).toBe('试运行，什么都没有写入。「小活动」将会：')
    expect(await cell()).toBe('2')
    const { code, out } = await run([...named, file])
    expect([code, out[0], out.find((words) => words.startsWith('数据'))]).toEqual([
      ...[0, '已导入「小活动」：', '数据：新增 1，修改 0'],
    ])
    expect(await cell()).toBe('3')
    expect((await run([...named, file])).out[1]).toBe('没有变化：文件内容与库里一致。')
    const kept = await store.db
      .selectFrom('workbook')
      .select(['file_name', 'state', 'layout'])
      .orderBy('id')
      .execute()
    expect(kept.at(-1)).toEqual({ file_name: '进度11月21日.xlsx', state: 'loaded', layout: 'numbers' })
  })

  it('names the campaign where there are several', async () => {
    const pages = put(smallCampaign(), '方案', 2, '内容', '第二个活动')
    delete pages['群']
    await run([await fileOf(pages, '第二.xlsx')])
    const file = await fileOf(table(4), '进度11月22日.xlsx')
    expect((await run([file])).err[0]).toMatch(
      /^现在有几个活动：「小活动」.*「第二个活动」。请加 --campaign 名称/,
    )
    expect((await run([file, '--campaign', '没有的'])).err[0]).toMatch(/^没有叫「没有的」的活动/)
    expect((await run([file, '--campaign', '第二个活动'])).out[0]).toBe('已导入「第二个活动」：')
    expect(await cell()).toBe('3')
  })

  it('with a unit that nobody knows exits with 1 and comes back marked', async () => {
    const file = await fileOf(
      {
        进度: [
          ['单位', '红色物业'],
          ['无名社区', 3],
        ],
      },
      '错.xlsx',
    )
    const { code, err } = await run([file, '--campaign', '小活动'])
    expect([code, err[0], err.at(-1)]).toEqual([
      ...[1, '错.xlsx 有 1 处问题，什么都没有写入：', `问题已标注在 ${at('错（问题已标注）.xlsx')}`],
    ])
  })
})

describe('what is no workbook', () => {
  it.each([
    ['no file', [], /^用法：npm run --silent load -- 文件.xlsx \[--dry-run\]$/],
    ['two files', ['a.xlsx', 'b.xlsx'], /^用法/],
    ['an unknown option', ['--force', 'a.xlsx'], /^用法/],
    ['a file that is not there', [at('没有.xlsx')], /^找不到文件：.*没有\.xlsx$/],
    ['a folder', [folder], /是文件夹，请写里面的 \.xlsx 或 \.xls 文件$/],
  ])('%s', async (_what, args, words) => {
    const { code, err } = await run(args)
    expect([code, err.length, opened]).toEqual([1, 1, 0])
    expect(err[0]).toMatch(words)
  })

  it('a text file renamed, an old .xls that was cut off, a file over 20 MB', async () => {
    writeFileSync(at('文字.xlsx'), '单位,指标')
    writeFileSync(at('旧.xls'), Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'))
    writeFileSync(at('大.xlsx'), Buffer.alloc((20 << 20) + 1))
    expect((await run([at('文字.xlsx')])).err[0]).toMatch(/^这是文本文件（如 .csv），不是 Excel 文件/)
    expect((await run([at('旧.xls')])).err[0]).toMatch(/^文件不完整或已损坏/)
    expect((await run([at('大.xlsx')])).err[0]).toMatch(/^文件太大（21 MB），最大 20 MB/)
  })
})

describe('the key that seals', () => {
  it('is SECRET_KEY when there is one', () => {
    expect(secretOf({ SECRET_KEY: 'given', DATA_DIR: at('none') })).toBe('given')
    expect(statSync(at('none'), { throwIfNoEntry: false })).toBeUndefined()
  })

  it('is made once for the data directory otherwise, and only its owner may read it', () => {
    mkdirSync(at('fresh'))
    const first = secretOf({ SECRET_KEY: '', DATA_DIR: at('fresh') })
    expect(first.length).toBeGreaterThanOrEqual(32)
    expect(secretOf({ SECRET_KEY: '', DATA_DIR: at('fresh') })).toBe(first)
    expect(readFileSync(at('fresh/secret.key'), 'utf8')).toBe(first)
    expect(statSync(at('fresh/secret.key')).mode & 0o777).toBe(0o600)
  })
})
