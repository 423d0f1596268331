// An extension from the request to the new deadline: who is told what, what is written, and what cannot be skipped.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chained } from '../../src/database/audit.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { admin, clerk, message, privately, replicas, secretary, type Talk, talk, words } from './harness.ts'

let talking: Talk
let say: Talk['say']
beforeEach(async () => {
  talking = await talk()
  say = talking.say
})
afterEach(() => talking.close())

const sentence = '共建项目申请延期到12月10日，因为场地没腾出来'
const byClerk = privately(clerk)
const byAdmin = privately(admin)

/** What people were told privately, in order: 「周敏 …」. */
async function told(): Promise<string[]> {
  const rows = await talking.db
    .selectFrom('outbox')
    .innerJoin('person', 'person.id', 'person_id')
    .orderBy('outbox.id')
    .select(['name', 'reply', 'kind', 'state'])
    .execute()
  expect(rows.every(({ kind, state }) => kind === 'notice' && state === 'queued')).toBe(true)
  return rows.map(({ name, reply }) => `${name} ${plainText(reply)}`)
}

const extensions = () => talking.db.selectFrom('extension').orderBy('id').selectAll().execute()

/** The row of 金苑社区's 共建项目. */
const target = () =>
  talking.db
    .selectFrom('target')
    .innerJoin('indicator', 'indicator.id', 'indicator_id')
    .innerJoin('unit_version', (join) =>
      join.onRef('unit_version.unit_id', '=', 'target.unit_id').on('valid_to', 'is', null),
    )
    .where('unit_version.name', '=', '金苑社区')
    .where('indicator.name', '=', '共建项目')
    .select(['target.due', 'target.target', 'target.unit_id', 'target.indicator_id', 'target.campaign_id'])

describe('a request', () => {
  it('goes to the street, then to the district, and everybody concerned hears how it ended', async () => {
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    await say('同意延期 编号1', byAdmin)
    const what = '编号1 金苑·共建项目 11月23日→12月10日(周四)，原因：场地没腾出来（张建国）'
    const ended = '延期批准了（编号1，何晓雯批）：金苑·共建项目 11月23日→12月10日(周四)。'
    expect(await told()).toEqual([
      `周敏 金苑社区申请延期（${what}）。同意就转给区专班：回“同意延期 编号1”；不同意回“不同意延期 编号1 原因…”。`,
      `何晓雯 金苑社区申请延期（${what}，周敏已同意）。同意期限就改：回“同意延期 编号1”；不同意回“不同意延期 编号1 原因…”。`,
      `张建国 ${ended}`,
      `周敏 ${ended}`,
    ])
    expect(await extensions()).toMatchObject([
      {
        state: 'granted',
        due_before: '2026-11-23',
        due: '2026-12-10',
        passed_by: '周敏',
        decided_by: '何晓雯',
      },
    ])
  })

  it('is refused by the street with its words, and the deadline stays', async () => {
    await say(sentence)
    await say('不同意延期 编号1 原因：时间还够，抓紧', byClerk)
    expect((await told()).at(-1)).toBe(
      '张建国 延期没有批准（编号1 金苑·共建项目 11月23日→12月10日(周四)）：周敏说“时间还够，抓紧”。期限还是11月23日。',
    )
    expect(await extensions()).toMatchObject([
      { state: 'refused', decided_by: '周敏', answer: '时间还够，抓紧' },
    ])
    expect(await say('共建项目什么时候截止')).toContain('11月23日(周一)，明天到期')
    expect(await say(sentence)).toContain('已申请延期（编号2）')
  })

  it('that is taken back is no longer waited for, and who waited is told', async () => {
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    await say('撤回延期申请')
    expect((await told()).at(-1)).toBe(
      '何晓雯 张建国撤回了延期申请（编号1 金苑·共建项目 11月23日→12月10日(周四)），不用再批。',
    )
    expect(await say('同意延期 编号1', byAdmin)).toBe('编号1已经由张建国撤回了，不用再批。')
  })

  it('goes straight to the district where the street has no clerk', async () => {
    await talking.db
      .updateTable('assignment')
      .set({ valid_to: '2026-11-01' })
      .where('role', '=', 'street_admin')
      .execute()
    expect(await say(sentence)).toContain('等区专班何晓雯批')
    expect((await told()).map((one) => one.slice(0, 4))).toEqual(['何晓雯 '])
    expect(await say('同意延期 编号1', byAdmin)).toContain('已批准编号1')
  })

  it('that the street left behind with its clerk gone can be granted', async () => {
    await say(sentence)
    expect(await say('同意延期 编号1', byAdmin)).toContain('要先由汝河路街道周敏同意')
    await talking.db
      .updateTable('assignment')
      .set({ valid_to: '2026-11-01' })
      .where('role', '=', 'street_admin')
      .execute()
    expect(await say('同意延期 编号1', byAdmin)).toContain('已批准编号1')
  })

  it('is one for a cell, however many ask at once', async () => {
    const { bots, close } = await replicas(talking)
    const reporters = await Promise.all(
      bots.map(async (hear) => words(await hear(message(sentence, privately(secretary))))),
    )
    const open = await extensions()
    await close()
    expect(open).toHaveLength(1)
    expect(reporters.filter((text) => text.includes('已申请延期'))).toHaveLength(1)
  })

  it('is decided once by two clerks at the same moment', async () => {
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    const { bots, close } = await replicas(talking)
    const answers = await Promise.all(
      bots.map(async (hear, at) =>
        words(await hear(message(at === 0 ? '同意延期 编号1' : '不同意延期 编号1 原因再想想', byAdmin))),
      ),
    )
    await close()
    expect(answers.filter((text) => /^(已批准|没有批准)/.test(text))).toHaveLength(1)
    const [{ state, due } = {}] = await extensions()
    expect((await target().executeTakeFirst())?.due).toBe(state === 'granted' ? due : '2026-11-23')
  })
})

describe('what is granted', () => {
  const grant = async () => {
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    return say('同意延期 编号1', byAdmin)
  }

  it('moves the deadline, and leaves the target as it was', async () => {
    const before = await target().executeTakeFirstOrThrow()
    await grant()
    expect(await target().executeTakeFirstOrThrow()).toEqual({ ...before, due: '2026-12-10' })
    expect(await say('共建项目什么时候截止')).toContain('12月10日(周四)（原11月23日，延期1次），还有18天')
  })

  it('gives a cell without a row of its own one, that keeps what the indicator says', async () => {
    const { unit_id, indicator_id } = await target().executeTakeFirstOrThrow()
    await talking.db
      .deleteFrom('target')
      .where('unit_id', '=', unit_id)
      .where('indicator_id', '=', indicator_id)
      .execute()
    await talking.db
      .updateTable('indicator')
      .set({ target_default: 5 })
      .where('id', '=', indicator_id)
      .execute()
    const campaign = talking.db.updateTable('campaign').set((e) => ({ revision: e('revision', '+', 1) }))
    await campaign.execute()
    await grant()
    expect(await target().executeTakeFirstOrThrow()).toMatchObject({ due: '2026-12-10', target: null })
    expect(await say('共建项目进度', privately(secretary))).toMatch(
      /1\/5个[\s\S]*2026-12-10（原11月23日，延期1次）/,
    )
  })

  it('is in the book of who did what, chained', async () => {
    await grant()
    const rows = await talking.db.selectFrom('audit').orderBy('id').selectAll().execute()
    const deeds = rows.filter(({ action }) => action.endsWith('_extension'))
    expect(deeds.map(({ actor, action }) => [actor, action])).toEqual([
      ['周敏', 'pass_extension'],
      ['何晓雯', 'grant_extension'],
    ])
    expect(deeds.at(-1)).toMatchObject({
      subject: '延期 编号1 金苑·共建项目 11月23日→12月10日(周四)',
      reason: '场地没腾出来',
    })
    for (const row of rows) expect(chained(row)).toBe(row.hash)
  })

  it('counts from the deadline as it is now, when a workbook moved it meanwhile', async () => {
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    const { unit_id, indicator_id } = await target().executeTakeFirstOrThrow()
    const setDue = (due: string) =>
      talking.db
        .updateTable('target')
        .set({ due })
        .where('unit_id', '=', unit_id)
        .where('indicator_id', '=', indicator_id)
        .execute()
    await setDue('2026-12-15')
    expect(await say('同意延期 编号1', byAdmin)).toContain('期限已经改到12月15日，不比申请的12月10日早')
    await setDue('2026-12-01')
    expect(await say('同意延期 编号1', byAdmin)).toContain('12月1日→12月10日(周四)')
  })

  it('cannot be a date that has passed meanwhile', async () => {
    await say('共建项目申请延期到11月25日，因为下雨')
    await say('同意延期 编号1', byClerk)
    talking.clock.pass(5 * 86_400)
    expect(await say('同意延期 编号1', byAdmin)).toContain('申请的11月25日已经过去，不能批')
    expect((await target().executeTakeFirst())?.due).toBe('2026-11-23')
  })
})

describe('digests of the old deadline that have not gone out', () => {
  const slot = new Date('2026-11-20T09:00:00+08:00')

  /** Queues digests of `slot` that told these cells: to the two chats' people and to 张建国. */
  async function digests(others: { unit: string; indicator: string }[]): Promise<string[]> {
    const { db } = talking
    const cell = await target().executeTakeFirstOrThrow()
    const campaign = cell.campaign_id
    const alerts = [{ unit_id: cell.unit_id, indicator_id: cell.indicator_id, due: '2026-11-23' }]
    for (const { unit, indicator } of others) {
      const at = await db
        .selectFrom('unit_version')
        .where('name', '=', unit)
        .select('unit_id')
        .executeTakeFirstOrThrow()
      const what = await db
        .selectFrom('indicator')
        .where('name', '=', indicator)
        .select('id')
        .executeTakeFirstOrThrow()
      alerts.push({ unit_id: at.unit_id, indicator_id: what.id, due: '2026-11-27' })
    }
    await db
      .insertInto('deadline_alert')
      .values(alerts.map((one) => ({ ...one, campaign_id: campaign, stage: 'T-1', slot })))
      .execute()
    const chats = await db.selectFrom('chat').where('platform', '=', 'dingtalk').selectAll().execute()
    const person = await db
      .selectFrom('person')
      .where('name', '=', '张建国')
      .select('id')
      .executeTakeFirstOrThrow()
    const row = {
      ...{ campaign_id: campaign, lane: 'l', target: 't', kind: 'alert' as const, reply: '{"blocks":[]}' },
      ...{ due_at: slot, queued_at: slot, not_before: slot },
    }
    await db
      .insertInto('outbox')
      .values([
        ...chats.map(({ id, chat_id }) => ({ ...row, key: `deadline:${chat_id}`, chat_id: id })),
        { ...row, key: 'deadline:person', person_id: person.id },
      ])
      .execute()
    await say(sentence)
    await say('同意延期 编号1', byClerk)
    await say('同意延期 编号1', byAdmin)
    const left = await db
      .selectFrom('outbox')
      .where('kind', '=', 'alert')
      .orderBy('id')
      .select(['key', 'state'])
      .execute()
    return left.flatMap(({ key, state }) => (state === 'queued' ? key : []))
  }

  it('are cancelled where they speak of this cell alone', async () => {
    expect(await digests([])).toEqual([])
  })

  it('stay where they speak of something else too', async () => {
    expect(await digests([{ unit: '西站路社区', indicator: '物业项目监督员' }])).toEqual([
      'deadline:cid-zhongyuan',
    ])
  })

  it('stay with the person whose other cell is in it', async () => {
    const left = await digests([{ unit: '金苑社区', indicator: '物业项目监督员' }])
    expect(left.toSorted()).toEqual(['deadline:cid-ruhelu', 'deadline:cid-zhongyuan', 'deadline:person'])
  })
})
