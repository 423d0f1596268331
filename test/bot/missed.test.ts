// What nobody understood is kept for whoever teaches the bot, and for nobody else.
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import tidy from '../../jobs/tidy.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { keepMissed, readMissed } from '../../src/database/missed.ts'
import { pushing, silent, stillClock } from '../support/example.ts'
import { clerk, message, type Talk, talk, words } from './harness.ts'

let talking: Talk
let campaign = 0
const kept = async () =>
  (await readMissed(talking.db, campaign, '2000-01-01')).map(({ text, times }) => `${times} ${text}`)
beforeAll(async () => {
  talking = await talk()
  campaign = (await talking.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
})
afterAll(() => talking.close())
beforeEach(async () => {
  await talking.db.deleteFrom('missed').execute()
})

describe('a sentence that nobody understood', () => {
  it('is kept and counted, whoever says it, answered or not', async () => {
    await talking.say('俺那事儿妥了')
    await talking.say('俺那事儿妥了')
    await talking.say('俺那事儿妥了', { sender: clerk })
    await talking.say('今天天气咋样')
    await vi.waitFor(async () => expect(await kept()).toEqual(['3 俺那事儿妥了', '1 今天天气咋样']))
  })

  it('is kept without who said it and without numbers of phones', async () => {
    await talking.say('老王那事问13800001234他知道')
    await vi.waitFor(async () => expect(await kept()).toEqual(['1 老王那事问□他知道']))
    const rows = await talking.db.selectFrom('missed').selectAll().execute()
    expect(Object.keys(rows[0] ?? {}).toSorted()).toEqual(['campaign_id', 'day', 'id', 'text', 'times'])
  })

  it('is kept in two hundred characters', async () => {
    await talking.say('说'.repeat(500))
    await vi.waitFor(async () => expect(await kept()).toEqual([`1 ${'说'.repeat(200)}`]))
  })

  it('is not what was understood, what is no sentence, and what ends a conversation', async () => {
    for (const text of ['进度', '收到', '好的', '👌', '', '1', '不对', '。。。']) await talking.say(text)
    words(await talking.hear(message('', { kind: 'media' })))
    await talking.say('最后一句没听懂的')
    await vi.waitFor(async () => expect(await kept()).toEqual(['1 最后一句没听懂的']))
  })
})

it('an answer does not wait for it, and does not hear when it fails', async () => {
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (row: string) => void lines.push(row) })
  const broken = await talk({ log })
  onTestFinished(() => broken.close())
  await sql`drop table missed`.execute(broken.db)
  expect(await broken.say('今天天气咋样')).toContain('没听懂“今天天气咋样”')
  await vi.waitFor(() => expect(lines).toHaveLength(1))
  expect(lines[0]).toContain('what was not understood could not be kept')
  expect(lines[0]).not.toContain('天气')
})

describe('the room for them', () => {
  it('is limited: of the rarest the oldest go', async () => {
    const keep = (text: string, day: string) => keepMissed(talking.db, { campaign, day, text }, 3)
    await keep('常说的', '2026-11-01')
    await keep('常说的', '2026-11-01')
    await keep('旧的', '2026-11-02')
    await keep('新的', '2026-11-20')
    for (const text of ['乱一', '乱二', '乱三']) await keep(text, '2026-11-21')
    expect(await kept()).toEqual(['2 常说的', '1 乱三', '1 乱二'])
  })

  it('is given back after thirty days', async () => {
    for (const day of ['2026-10-22', '2026-10-23', '2026-11-22'])
      await keepMissed(talking.db, { campaign, day, text: day })
    const clock = stillClock('2026-11-22T03:00:00+08:00')
    await tidy.run({
      ...{ due: clock.now(), db: talking.db, log: silent, calendar: calendarOf([]), push: pushing(clock) },
      ...{ privately: [], quotas: { webhook: 0, api: 0 } },
    })
    expect(await kept()).toEqual(['1 2026-11-22', '1 2026-10-23'])
  })
})
