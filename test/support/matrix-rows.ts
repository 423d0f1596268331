// The permission matrix of `domain.md` C2 as sentences that people say: one row an action, or a way to do it.
import type { Action } from '../../src/campaign/permissions.ts'
import { mayCallAll } from '../../src/database/reminders-due.ts'
import { above, everywhere, leaves, type Row, type Stage } from './matrix.ts'
import { numberRows } from './matrix-rows-numbers.ts'
import { once, remind } from './reminders.ts'

const inGroups = ['street', 'district'] as const
/** Who is bound. */
const bound = 'all all all all all all all –'

export const rows: Row[] = [
  ...numberRows,
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
    ...{ action: 'bind_alias', reach: '– – tree – – all – –', scopes: everywhere },
    say: (unit) => `以后老地方就是${unit}`,
    done: /^记下了：“老地方”就是/,
  },
  {
    ...{ action: 'bind_person', reach: '– – tree – – all – –', scopes: everywhere },
    before: requestFor,
    say: (_unit, number) => `同意绑定 编号${number}`,
    done: /^绑定好了：/,
  },
  {
    ...{ action: 'handover', reach: '– – tree – – all – –', scopes: [...leaves, 'street', 'otherStreet'] },
    say: (unit) => `${unit}${unit.endsWith('街道') ? '组织委员' : '书记'}换成李强`,
    done: /^已交接 /,
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
    ...{
      action: 'desk',
      reach: '– – tree – – all – –',
      scopes: ['street'],
      places: ['private'],
      reads: true,
    },
    say: () => '工作台',
    done: /^您的工作台，10分钟内点开有效/,
  },
  {
    // A secretary knows the numbers of the own unit, everybody else all (`domain.md` C2).
    ...{ action: 'phone', reach: 'tree tree all all all all all –', reads: true },
    ...{ scopes: [...leaves, 'street', 'otherStreet'], places: ['private'] },
    say: (unit) => `${unit}书记电话`,
    done: /书记）：1\d{10}|没有登记手机号/,
  },
  {
    ...{ action: 'deadline', reach: bound, scopes: everywhere, reads: 'anywhere' },
    say: (unit) => `${unit}红色物业什么时候截止`,
    done: /12月31日/,
  },
  {
    ...{ action: 'ranking', reach: bound, scopes: everywhere, reads: 'anywhere' },
    say: (unit) => `${unit}排名`,
    done: /排名|名次|排第/,
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
    // Said in a group the file goes to the person alone: it is the same in every place.
    ...{ action: 'export', reach: 'own own tree tree – all all –', places: ['private'] },
    scopes: [...leaves, 'street'],
    say: (unit) => `${unit}的数据导个Excel`,
    done: /的表格做好了，马上发给您/,
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
export const withoutCommand: Action[] = [
  ...(['rules', 'veto', 'chat_quiet'] as const),
  ...(['export_findings', 'record_visit', 'read_register', 'update_register'] as const),
]

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
