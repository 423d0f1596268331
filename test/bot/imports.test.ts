// A clerk's table in a private chat: previewed, confirmed, dropped, undone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlatformError } from '../../src/errors.ts'
import type { IncomingFile, Message } from '../../src/message.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { toFile } from '../sheet/small-campaign.ts'
import {
  admin,
  clerk,
  eventsIn,
  message,
  numberOf,
  privately,
  replicas,
  stranger,
  type Talk,
  talk,
  words,
} from './harness.ts'

let talking: Talk
beforeAll(async () => {
  talking = await talk()
})
afterAll(() => talking.close())

/** One row a unit, one column an indicator. */
async function table(rows: Cell[][], name = '进度表（截至11月20日）.xlsx'): Promise<IncomingFile> {
  const bytes = Buffer.from(await toFile({ 进度: rows }))
  return { name, fetch: async () => bytes }
}
const sent = (file: IncomingFile | undefined, over: Partial<Message> = privately(clerk)): Message =>
  message('', { kind: 'media', ...(file && { file }), ...over })
const send = async (file: IncomingFile | undefined, over?: Partial<Message>) =>
  words(await talking.hear(sent(file, over)))
const say = (text: string, person = clerk) => talking.say(text, privately(person))
const numberIn = (text: string) => Number(/编号(\d+)/.exec(text)?.[1])

const head = ['单位', '红色物业', '监督员']

describe('a table of numbers', () => {
  it('is shown as what it would change, and written when it is confirmed with one digit', async () => {
    const before = await numberOf(talking.db, '金苑社区', '红色物业')
    const preview = await send(
      await table([head, ['金苑社区', 3, null], ['汝河小区社区', 5, null], ['合计', 8, null]]),
    )
    expect(preview).toMatch(
      /^收到《进度表（截至11月20日）\.xlsx》（数据表，截至11月20日，编号\d+），还没有写入。导入后：\n/,
    )
    expect(preview).toContain(`金苑社区：红色物业 ${before}→3个`)
    expect(preview).toContain('合计')
    expect(preview).toMatch(/1 确认导入\n2 不导入/)
    expect(preview.split('\n').length).toBeLessThanOrEqual(18)
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).toBe(before)
    const done = await say('1')
    expect(done).toMatch(/^已导入《进度表（截至11月20日）\.xlsx》（编号\d+）：\n数据：新增 2/)
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).toBe('3')
    expect(await eventsIn(talking.db)).toBe(0)
  })

  it('sent again changes nothing', async () => {
    const again = await send(await table([head, ['金苑社区', 3, null], ['汝河小区社区', 5, null]]))
    expect(again).toMatch(/^《进度表（截至11月20日）\.xlsx》没有变化/)
  })

  it('stands in the list of imports, and is taken back as a whole after one question', async () => {
    expect(await say('导入记录')).toMatch(
      /导入记录\n编号\d+ 11月22日 10:00 周敏《进度表（截至11月20日）\.xlsx》：数据：新增 2/,
    )
    const question = await say('撤销导入')
    expect(question).toMatch(/^整个撤销《进度表（截至11月20日）\.xlsx》（编号\d+）吗？/)
    expect(await say('1')).toMatch(
      /^已撤销导入《.*》（编号\d+）：\n2 项的数收回了，恢复到导入之前。\n同一个文件可以再导入。$/,
    )
    expect(await numberOf(talking.db, '金苑社区', '红色物业')).not.toBe('3')
    expect(await say('导入记录')).toMatch(/（11月22日 10:00 周敏撤销）/)
    expect(await say('撤销导入')).toBe('没有可以撤销的导入。')
    expect(await send(await table([head, ['金苑社区', 3, null], ['汝河小区社区', 5, null]]))).toMatch(/^收到/)
    expect(await say('0')).toBe('好，《进度表（截至11月20日）.xlsx》没有导入。')
  })

  it('works in one line and after a restart, without the digit', async () => {
    const id = numberIn(await send(await table([head, ['金苑社区', 4, null]], '甲.xlsx')))
    talking.clock.pass(3600)
    expect(await say(`确认导入 编号${id}`)).toMatch(/^已导入《甲\.xlsx》/)
    expect(await say(`确认导入 编号${id}`)).toMatch(/^《甲\.xlsx》11月22日 11:00已经导入，没有再写一遍。/)
    expect(await say(`取消导入 编号${id}`)).toMatch(/^《甲\.xlsx》已经导入了。要撤销请说“撤销导入 编号/)
    expect(await say(`撤销导入 编号${id}`, admin)).toMatch(/^整个撤销《甲\.xlsx》/)
    expect(await say('1', admin)).toMatch(/^已撤销导入/)
  })

  it('of another street is refused row by row, and comes back marked', async () => {
    const told = await send(await table([head, ['金苑社区', 3, null], ['桐柏路社区', 3, null]], '两街.xlsx'))
    expect(told).toMatch(
      /^《两街\.xlsx》有 1 处问题，什么都没有写入：\n进度 第3行「红色物业」：您不能报「桐柏路社区」的数，请删掉这一行再发\n/,
    )
    expect(told).toMatch(/问题都标在文件里了，马上发给您；改好再发一次。$/)
    const queued = await talking.db
      .selectFrom('outbox')
      .select('reply')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    expect(queued?.reply.blocks).toEqual([
      { kind: 'file', name: '两街（问题已标注）.xlsx', data: expect.any(String) },
    ])
  })

  it('of another clerk is confirmed by that one only', async () => {
    const id = numberIn(await send(await table([head, ['金苑社区', 4, null]], '乙.xlsx')))
    expect(await say(`确认导入 编号${id}`, admin)).toBe(`编号${id} 是周敏发来的文件，由周敏自己确认。`)
    expect(await say('取消导入')).toBe('好，《乙.xlsx》没有导入。')
  })

  it('is shown anew when a number has come from a chat meanwhile', async () => {
    const id = numberIn(await send(await table([head, ['金苑社区', 4, null]], '丙.xlsx')))
    await talking.say('金苑社区红色物业3个')
    const again = await say(`确认导入 编号${id}`)
    expect(again).toMatch(/刚才又有人改过数，请再看一遍/)
    expect(await say('0')).toMatch(/没有导入/)
  })

  it('delivered twice is offered once', async () => {
    const twice = sent(await table([head, ['金苑社区', 4, null]], '丁.xlsx'))
    const { bots, close } = await replicas(talking)
    const answers = await Promise.all(bots.map(async (hear) => words(await hear(twice))))
    await close()
    expect(answers.filter((text) => text.startsWith('收到'))).toHaveLength(1)
    const kept = await talking.db
      .selectFrom('workbook')
      .where('file_name', '=', '丁.xlsx')
      .select('id')
      .execute()
    expect(kept).toHaveLength(1)
  })
})

describe('what cannot be loaded', () => {
  it.each([
    ['a picture', undefined, privately(clerk), /^我只看得懂文字/],
    [
      'a file that is no workbook',
      '报告.pdf',
      privately(clerk),
      /^这是 PDF，不是表格。请发原来的 Excel 文件。$/,
    ],
    ['a stranger’s', '表.xlsx', privately(stranger), /^我还不认识您/],
    ['one in a group', '表.xlsx', { sender: clerk }, /^表格请私聊发给我/],
  ])('%s', async (_what, name, over, answer) => {
    const file = name === undefined ? undefined : { name, fetch: async () => Buffer.from('%PDF-1.4') }
    expect(await send(file, over)).toMatch(answer)
  })

  it('a file that does not come, and one that is too large', async () => {
    const gone = async () => {
      throw new PlatformError('expired', 'invalidParameter')
    }
    expect(await send({ name: '表.xlsx', fetch: gone })).toBe(
      '文件没有取下来（可能过期了，或者平台一时忙）。请再发一次。',
    )
    const huge = async () => Buffer.alloc((20 << 20) + 1)
    expect(await send({ name: '表.xlsx', fetch: huge })).toMatch(/^文件太大（21 MB），最大 20 MB。/)
  })

  it('a campaign’s workbook of somebody who is not the district’s clerk', async () => {
    const plan = await toFile({
      方案: [
        ['项目', '内容'],
        ['名称', '别的活动'],
      ],
    })
    const file = { name: '方案.xlsx', fetch: async () => Buffer.from(plan) }
    expect(await send(file)).toMatch(/方案/)
  })
})

describe('the words', () => {
  it('tell how, in private', async () => {
    expect(await say('导入')).toMatch(/^把 \.xlsx 或 \.xls 文件直接发给我/)
    expect(await talking.say('导入记录', { sender: clerk })).toBe('导入请私聊我办：把 .xlsx 文件发给我。')
    expect(await say('确认导入 编号99999')).toMatch(/^没有这个编号的文件/)
    expect(await say('撤销导入 编号99999')).toBe('没有这个编号的导入。')
  })
})
