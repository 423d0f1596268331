// The permission matrix of `domain.md` C2 as sentences that people say: one row an action, or a way to do it.
import type { Action } from '../../src/campaign/permissions.ts'
import { mayCallAll } from '../../src/database/reminders-due.ts'
import { above, everywhere, leaves, type Row, type Stage } from './matrix.ts'
import { once, personOf, remind } from './reminders.ts'

/** What 红色物业 may become without a doubt: more than it is, and not more than the target. */
const amounts: Record<string, number> = { 金苑社区: 3, 汝河小区社区: 8, 西站路社区: 5 }
const amount = (unit: string) => amounts[unit] ?? 3
const isSummed: Row['instead'] = [above, /由各村（社区）报|下面加起来/]
const inGroups = ['street', 'district'] as const
/** Who is bound. */
const bound = 'all all all all all all all –'

export const rows: Row[] = [
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
    ...{ action: 'draft_bulletin', reach: '– – tree – – all – –', scopes: above },
    instead: [leaves, /^通报只出街道的和全区的/],
    say: (unit) => `${unit}出一份通报`,
    done: /^通报草稿第\d+号/,
  },
  {
    ...{ action: 'draft_bulletin', reach: '– – tree – – all – –', scopes: above },
    before: draftOf,
    say: (_unit, number) => `通报第${number}号加一句：大家辛苦了`,
    done: /^通报草稿第\d+号/,
  },
  {
    ...{ action: 'publish_bulletin', reach: '– – tree – – all all –', scopes: above },
    before: draftOf,
    say: (_unit, number) => `暂缓通报第${number}号`,
    done: /先压着，不发/,
  },
  {
    ...{ action: 'publish_bulletin', reach: '– – tree – – all all –', scopes: ['street', 'district'] },
    instead: [['otherStreet'], /还没有绑定的群/],
    before: draftOf,
    say: (_unit, number) => `发布通报第${number}号`,
    // Whoever has not seen it gets to see it first, from a group in private.
    done: /发布了，签发：|私聊发您了/,
  },
  {
    ...{ action: 'remind', reach: bound, scopes: 'chat' },
    say: () => '明天上午9点提醒我开会',
    done: /^第\d+个提醒：/,
  },
  {
    ...{ action: 'cancel_reminder', reach: '– – tree – – all – –', scopes: 'chat', places: inGroups },
    before: reminderIn,
    say: () => '取消开碰头会的提醒',
    done: /^已取消第\d+个提醒/,
  },
  {
    ...{ action: 'cancel_reminder', reach: '– – tree – – all – –', scopes: 'chat', places: inGroups },
    before: reminderIn,
    say: () => '开碰头会的提醒改到上午10点',
    done: /^改好了，第\d+个提醒/,
  },
  {
    ...{ action: 'cancel_reminder', reach: '– – tree – – all – –', scopes: everywhere },
    say: (unit) => `${unit}停工到12月10日，先不催`,
    done: /的期限不催，到12月10日/,
  },
  {
    ...{ action: 'mention_all', reach: '– – tree – – all – –', scopes: 'chat', places: inGroups },
    say: () => '提醒大家周五下午5点前报周报',
    done: /^第\d+个提醒：/,
    // Everybody who is bound may say it; of who may not call all nobody is @-ed when it is due.
    weaker: { told: /没有@所有人的权限，到时不@人/, strong: callsAll },
  },
  {
    ...{ action: 'mute', reach: bound, scopes: 'chat' },
    say: () => '今天别@我',
    done: /^好，今天不@您/,
  },
  {
    ...{ action: 'bind_chat', reach: '– – tree – – all – –', scopes: everywhere },
    ...{ places: [...inGroups, 'new'], takesGroup: true },
    say: (unit) => `把这个群绑定到${unit}`,
    done: /^这个群现在是.+的群了/,
  },
  {
    ...{ action: 'bind_person', reach: '– – tree – – all – –', scopes: everywhere },
    before: requestFor,
    say: (_unit, number) => `同意绑定 编号${number}`,
    done: /^绑定好了：/,
  },
  {
    ...{ action: 'bind_robot', reach: '– – tree – – all – –', scopes: 'chat', places: inGroups },
    say: () => '解绑机器人',
    done: /^解绑了。/,
  },
  {
    ...{ action: 'bind_robot', reach: '– – tree – – all – –', scopes: 'chat', places: inGroups },
    say: () => '绑定机器人 demo-dingtalk-matrix SEC-demo',
    done: /^接好了：/,
  },
  {
    ...{ action: 'bind_robot', reach: '– – tree – – all – –', places: ['private'] },
    ...{ scopes: ['street', 'district'], instead: [[...leaves, 'otherStreet'], /没有钉钉群/] },
    say: (unit) => `绑定机器人 ${unit} demo-dingtalk-matrix SEC-demo`,
    done: /^接好了：/,
  },
  {
    ...{ action: 'deadline', reach: bound, scopes: everywhere, reads: 'anywhere' },
    say: (unit) => `${unit}红色物业什么时候截止`,
    done: /12月31日/,
  },
  {
    ...{ action: 'ranking', reach: bound, scopes: everywhere, reads: 'anywhere' },
    say: (unit) => `${unit}排名`,
    done: /排名|名次/,
  },
  {
    ...{ action: 'progress', reach: 'all all all all all all all chat', scopes: everywhere },
    ...{ reads: 'anywhere' },
    say: (unit) => `${unit}进度`,
    done: /总体完成/,
  },
  {
    // In a group everybody who is bound sees the group's own.
    ...{ action: 'delivery', reach: bound, scopes: 'chat', places: inGroups, reads: true },
    say: () => '送达',
    done: /送达（11月22日）/,
  },
  {
    ...{ action: 'delivery', reach: '– – tree tree – all all –', scopes: everywhere },
    ...{ places: ['private'], reads: true },
    say: (unit) => `${unit}送达`,
    done: /送达（11月22日）/,
  },
  {
    ...{ action: 'help', reach: 'all all all all all all all all', scopes: 'chat', reads: true },
    say: () => '帮助',
    done: /^我会这些/,
  },
  {
    ...{ action: 'identify', reach: 'all all all all all all all all', scopes: 'chat', reads: true },
    say: () => '我是谁',
    done: /账号 /,
  },
]

/** Nobody can say these yet: whoever adds the command adds its row. */
/** Whose rights are tried by tests of their own: 谁没报, 催报, 交接. */
export const triedElsewhere: Action[] = ['missing', 'nudge', 'handover']

export const withoutCommand: Action[] = [
  ...(['rules', 'veto', 'chat_quiet', 'bind_alias', 'phone'] as const),
  ...(['export', 'export_findings', 'record_visit', 'read_register', 'update_register'] as const),
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

/** A draft of the district's clerk. */
async function draftOf({ unit, say }: Stage): Promise<number> {
  return Number(/通报草稿第(\d+)号/.exec(await say('hexiaowen', `${unit}出一份通报`))?.[1])
}

/** 李秀英's, in the group. */
async function reminderIn({ db, place }: Stage): Promise<undefined> {
  const chat_id = place === 'district' ? 'cid-zhongyuan' : 'cid-ruhelu'
  await remind(db, once('2026-11-25', '09:00'), { by: 'lixiuying', chat_id, text: '开碰头会' })
}

/** Whether the reminder that was just made would call everybody. */
async function callsAll({ db }: Pick<Stage, 'db'>): Promise<boolean> {
  const made = await db
    .selectFrom('reminder')
    .innerJoin('chat', (join) =>
      join.onRef('chat.chat_id', '=', 'reminder.chat_id').onRef('chat.platform', '=', 'reminder.platform'),
    )
    .orderBy('reminder.id', 'desc')
    .limit(1)
    .select(['reminder.id as reminder', 'chat.id as chat', 'owner_id as owner'])
    .executeTakeFirstOrThrow()
  return (await mayCallAll(db, [{ ...made, day: '2026-11-26' }])).size > 0
}

/** Somebody says to be a person of the unit. */
async function requestFor({ db, campaign, unitId }: Stage): Promise<number> {
  const { person_id } = await db
    .selectFrom('assignment')
    .where('unit_id', '=', unitId)
    .orderBy('id')
    .select('person_id')
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('binding_request')
    .values({
      campaign_id: campaign,
      platform: 'dingtalk',
      userid: 'newcomer',
      nick: '新人',
      person_id,
      created_by: 'newcomer',
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
