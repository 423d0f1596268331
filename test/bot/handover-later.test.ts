// A handover for a coming day, and what a file that is older than a handover brings back.
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import handovers from '../../jobs/handovers.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { describeChanges, loadCampaign } from '../../src/database/load.ts'
import type { Job } from '../../src/job.ts'
import type { CampaignWorkbook } from '../../src/sheet/campaign.ts'
import { readSheets } from '../../src/sheet/read.ts'
import { readCampaign } from '../../src/sheet/workbook.ts'
import { pushing, silent } from '../support/example.ts'
import { testKeys } from '../support/keys.ts'
import { pointingTo } from '../support/pointing.ts'
import { outboxOf, personOf } from '../support/reminders.ts'
import { clerk, privately, secretary, type Talk, talk } from './harness.ts'

let talking: Talk
let say: Talk['say']
let leaver: number
beforeEach(async () => {
  talking = await talk()
  say = talking.say
  leaver = (await personOf(talking.db, secretary.id)).id
})
afterEach(() => talking.close())

const byClerk = { sender: clerk }
const successor = { id: 'liqiang', name: '李强' }
/** 李强 is new, has a number in the roster and binds his account with it. */
async function handOver(sentence = '张建国换成李强，13900001234') {
  const preview = await say(sentence, privately(clerk))
  return `${preview}\n${await say('1', privately(clerk))}`
}
const bind = (platform: 'dingtalk' | 'wecom' = 'dingtalk') =>
  say('绑定 13900001234', { ...privately(successor), platform })
const run = (job: Job, moment: string) => {
  talking.clock.set(moment)
  return job.run({
    ...{ due: talking.clock.now(), db: talking.db, calendar: calendarOf([]), log: silent },
    ...{ push: pushing(talking.clock), privately: ['dingtalk', 'wecom'], quotas: { webhook: 0, api: 0 } },
  })
}
const said = async (name: string) =>
  (await outboxOf(talking.db)).filter(({ to }) => to === name).map(({ text }) => text)

describe('a coming day', () => {
  const plan = () => handOver('张建国换成李强，从12月1日起，13900001234')

  it('brings it at midnight, and the clerk is told', async () => {
    expect(await plan()).toContain('定好了')
    await run(handovers, '2026-11-30T00:00:00+08:00')
    expect(await say('我是谁')).toContain('您是张建国，金苑社区书记')
    await run(handovers, '2026-12-01T00:00:00+08:00')
    expect(await pointingTo(talking.db, leaver)).toEqual({})
    expect(await say('我是谁')).toContain('我还不认识您')
    expect(await said('周敏')).toEqual([
      expect.stringContaining('已交接 金苑社区书记：张建国→李强，从12月1日(周二)起'),
    ])
    await bind()
    expect(await say('我是谁', { sender: successor })).toContain('您是李强，金苑社区书记')
    const before = await outboxOf(talking.db)
    await run(handovers, '2026-12-01T00:00:00+08:00')
    expect(await outboxOf(talking.db)).toEqual(before)
  })

  it('brings it late after downtime, but from its own day', async () => {
    await plan()
    await run(handovers, '2026-12-03T00:00:00+08:00')
    const { valid_to } = await talking.db
      .selectFrom('assignment')
      .where('person_id', '=', leaver)
      .select('valid_to')
      .executeTakeFirstOrThrow()
    expect(valid_to).toBe('2026-11-30')
  })

  it('does not bring what is not possible any more: the clerk is told why', async () => {
    await plan()
    await talking.db
      .updateTable('assignment')
      .set({ valid_to: '2026-11-25' })
      .where('person_id', '=', leaver)
      .execute()
    await run(handovers, '2026-12-01T00:00:00+08:00')
    expect(await said('周敏')).toEqual([expect.stringContaining('没有办成：张建国已经不担任这个职务')])
  })

  it('can be called off with a digit, and then does not come', async () => {
    await plan()
    expect(await say('0', privately(clerk))).toContain('不交接了')
    await run(handovers, '2026-12-01T00:00:00+08:00')
    expect(await say('我是谁')).toContain('您是张建国')
  })
})

describe('the old workbook, loaded again', () => {
  let workbook: CampaignWorkbook
  beforeEach(async () => {
    const read = readCampaign(await readSheets(await readFile('examples/中原区.xlsx')))
    if (read.problems) throw new Error('the example has mistakes')
    workbook = read.workbook
  })
  const load = (book: CampaignWorkbook) =>
    loadCampaign(talking.db, book, { now: talking.clock.now(), by: '测试', keys: testKeys })

  it('does not bring the leaver back, and says so', async () => {
    await handOver()
    const changes = await load(workbook)
    expect(describeChanges(changes)).toContain(
      '交接照旧，没有改回：文件里的张建国（金苑社区书记）11月22日(周日)起已由李强接任。请更新文件',
    )
    expect(describeChanges(changes)[0]).toBe('没有变化：文件内容与库里一致。')
    expect(await pointingTo(talking.db, leaver)).toEqual({})
    await bind()
    expect(await say('我是谁', { sender: successor })).toContain('您是李强，金苑社区书记')
  })

  it('follows the duty from hand to hand, and back', async () => {
    await handOver()
    await say('金苑社区书记换成王五', byClerk)
    await say('1', byClerk)
    expect(describeChanges(await load(workbook)).join()).toContain('11月22日(周日)起已由王五接任')
    await say('金苑社区书记换成张建国', byClerk)
    await say('1', byClerk)
    await say('1', byClerk)
    expect(describeChanges(await load(workbook)).join()).not.toContain('交接照旧')
    expect(await say('我是谁')).toContain('您是张建国，金苑社区书记')
  })

  it('does bring him back for another post', async () => {
    await handOver()
    const people = workbook.people.map((entry) =>
      entry.name === '李秀英'
        ? { ...entry, name: '张建国', accounts: [{ platform: 'dingtalk' as const, userid: 'zhangjianguo' }] }
        : entry,
    )
    await load({ ...workbook, people })
    expect(await say('我是谁')).toContain('汝河小区社区书记')
  })
})
