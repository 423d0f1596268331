import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { missed } from '../../src/cli/missed.ts'
import { keepMissed } from '../../src/database/missed.ts'
import { openTestPostgres } from '../support/databases.ts'
import { stillClock } from '../support/example.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let campaign = 0
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  campaign = (await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()).id
})
afterAll(() => store.close())

/** Runs the command and gives what it printed. */
async function run(...args: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await missed(args, {
    ...{ config: { DATABASE_URL: '', DATA_DIR: 'nowhere' }, clock: stillClock() },
    ...{ out: (line) => out.push(line), err: (line) => err.push(line) },
    open: async () => ({ ...store, close: async () => undefined }),
  })
  return { code, out, err }
}
const keep = (text: string, day: string) => keepMissed(store.db, { campaign, day, text })

it('says that there is nothing', async () => {
  const { code, out } = await run('--missed')
  expect([code, out]).toEqual([0, ['「党建引领攻坚行动（示例数据）」最近30天没听懂的话：没有。']])
})

it('lists by frequency, and of equals the newest first', async () => {
  for (const [text, ...days] of [
    ['汝小咋样', '2026-11-20', '2026-11-20', '2026-11-21'],
    ['红物弄完了\n没', '2026-11-19'],
    ['再说一遍', '2026-11-22'],
    ['上个月的', '2026-10-24'],
  ] as [string, ...string[]][])
    for (const day of days) await keep(text, day)
  expect((await run('--missed')).out).toEqual([
    '「党建引领攻坚行动（示例数据）」最近30天没听懂的话：4句，6次（次数、最后一天、原话）',
    '   3次  2026-11-21  汝小咋样',
    '   1次  2026-11-22  再说一遍',
    '   1次  2026-11-19  红物弄完了 / 没',
    '   1次  2026-10-24  上个月的',
  ])
  expect((await run('--missed', '--days', '2')).out).toEqual([
    '「党建引领攻坚行动（示例数据）」最近2天没听懂的话：2句，2次（次数、最后一天、原话）',
    '   1次  2026-11-22  再说一遍',
    '   1次  2026-11-21  汝小咋样',
  ])
})

it.each([
  [[]],
  [['--days', '3']],
  [['--missed', '--days', '0']],
  [['--missed', '--days', 'x']],
  [['--nonsense']],
])('tells how it is used when it is called with %j', async (args) => {
  expect(await run(...args)).toEqual({
    code: 1,
    out: [],
    err: ['用法：npm run --silent understand -- --missed [--days 1到30]'],
  })
})
