// The permission matrix of `domain.md` C2 as sentences: what is done with numbers, from reporting to deadlines moved.
import { above, everywhere, leaves, type Row, type Stage } from './matrix.ts'
import { personOf } from './reminders.ts'

/** What 红色物业 may become without a doubt: more than it is, and not more than the target. */
const amounts: Record<string, number> = { 金苑社区: 3, 汝河小区社区: 8, 西站路社区: 5 }
const amount = (unit: string) => amounts[unit] ?? 3
const isSummed: Row['instead'] = [above, /由各村（社区）报|下面加起来/]

export const numberRows: Row[] = [
  {
    ...{ action: 'report', reach: 'own own tree – – all – –', scopes: leaves, instead: isSummed },
    say: (unit) => `${unit}红色物业${amount(unit)}个，原因：按台账补报`,
    done: /^已记 /,
  },
  {
    ...{ action: 'report', reach: 'own own tree – – all – –', scopes: leaves },
    say: (unit) => `${unit}没有新进展，原因：按台账补报`,
    done: /^已记 .*没有新进展/,
  },
  {
    ...{ action: 'report', reach: 'own own tree – – all – –', scopes: ['sibling', 'otherCommunity'] },
    say: (unit) => `红色物业接龙\n1. ${unit} ${amount(unit)}，原因：按台账补报`,
    done: /^已记 /,
  },
  {
    ...{ action: 'correct', reach: 'own own tree – – all – –', scopes: leaves, instead: isSummed },
    say: (unit) => `更正：${unit}红色物业是${amount(unit)}个，原因：台账漏登`,
    done: /^已更正 /,
  },
  {
    ...{ action: 'undo', reach: 'own own tree – – all – –', scopes: leaves },
    before: (stage) => reportOf(stage),
    say: (_unit, number) => `撤回 编号${number}，原因：重复统计`,
    done: /^已撤回 /,
  },
  {
    ...{ action: 'verify', reach: '– – tree – all all – –', scopes: leaves, instead: isSummed },
    say: (unit) => `核实${unit}红色物业`,
    done: /^已核实 /,
  },
  {
    ...{ action: 'verify', reach: '– – tree – all all – –', scopes: leaves, instead: isSummed },
    say: (unit) => `退回${unit}红色物业，数不对`,
    done: /^已退回 /,
  },
  {
    ...{ action: 'provenance', reach: 'own own tree tree all all all –', scopes: everywhere, reads: true },
    // A sentence with a phone number in it is told, in a group without the number.
    before: (stage) => reportOf(stage, `按台账补报，电话${stage.phone}`),
    say: (unit) => `${unit}红色物业谁报的`,
    done: /· 红色物业 \d+个[\s\S]*电话|最近报的数/,
  },
  {
    ...{ action: 'ask_extension', reach: 'own own – – – – – –', scopes: everywhere },
    say: (unit) => `${unit}共建项目申请延期到12月10日，因为场地没腾出来`,
    done: /^已申请延期/,
  },
  {
    ...{ action: 'pass_extension', reach: '– – tree – – – – –', scopes: ['own', 'sibling'] },
    before: (stage) => extensionOf(stage, 'asked'),
    say: (_unit, number) => `同意延期 编号${number}`,
    done: /^已同意编号/,
  },
  {
    ...{ action: 'grant_extension', reach: '– – – – – all – –', scopes: leaves },
    before: (stage) => extensionOf(stage, 'passed'),
    say: (_unit, number) => `同意延期 编号${number}`,
    done: /^已批准编号/,
  },
  {
    ...{ action: 'grant_extension', reach: '– – – – – all – –', scopes: leaves },
    before: (stage) => extensionOf(stage, 'passed'),
    say: (_unit, number) => `不同意延期 编号${number} 原因：时间还够`,
    done: /^没有批准编号/,
  },
  {
    ...{ action: 'missing', reach: '– – tree tree – all all –', scopes: everywhere, reads: true },
    say: (unit) => `${unit}今天谁没报`,
    done: /没报情况/,
  },
  {
    ...{ action: 'nudge', reach: '– – tree tree – all – –', scopes: everywhere },
    say: (unit) => `催一下${unit}今天没报的`,
    done: /^已排好/,
  },
]

/** A number of the unit that the district's clerk reported just now. */
async function reportOf({ db, unit, say }: Stage, reason = '按台账补报'): Promise<number | undefined> {
  await say('hexiaowen', `${unit}红色物业${amount(unit)}个，原因：${reason}`)
  const newest = await db
    .selectFrom('report')
    .select((e) => e.fn.max('id').as('id'))
    .executeTakeFirst()
  return newest?.id
}

async function extensionOf({ db, campaign, unitId }: Stage, state: 'asked' | 'passed'): Promise<number> {
  const { id: asker } = await personOf(db, 'lixiuying')
  const indicator = await db
    .selectFrom('indicator')
    .where('name', '=', '共建项目')
    .select('id')
    .executeTakeFirstOrThrow()
  const cell = { campaign_id: campaign, unit_id: unitId, indicator_id: indicator.id }
  const asked = {
    due_before: '2026-11-23',
    due: '2026-12-10',
    reason: '场地没腾出来',
    asked_by: asker,
    state,
  }
  const { id } = await db
    .insertInto('extension')
    .values({ ...cell, ...asked, created_by: '李秀英', ...(state === 'passed' && { passed_by: '周敏' }) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
