// Who is in charge, whose phone it is, what is bound to what, and what the rules say (`domain.md` §1).
import { describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { command } from '../../src/command.ts'
import { aliasIntent } from '../../src/intents/binding.ts'
import { aliasPhrases } from '../../src/language/alias.ts'
import { type Row, understood } from './understood.ts'

const rows: Row[] = [
  ['交叉任职这事儿该问谁', 'responsible.query', { indicator: '交叉任职落实' }],
  ['谁是汝河路街道的组织委员', 'responsible.query', { unit: '汝河路街道', query: '组织委员' }],
  ['督导二组是谁', 'responsible.query', { query: '第二督导组' }],
  ['刘洋是哪个组的', 'responsible.query', { person: '刘洋', field: 'unit' }],
  ['怎么联系刘洋', 'responsible.query', { person: '刘洋', field: 'phone' }],
  [
    '金苑红色物业负责人电话',
    'responsible.query',
    { unit: '金苑社区', indicator: '红色物业', field: 'phone' },
  ],
  ['王海涛手机号多少来着，我换手机了', 'responsible.query', { person: '王海涛', field: 'phone' }],
  ['咋跟王海涛联系啊', 'responsible.query', { person: '王海涛', field: 'phone' }],
  ['把三官庙社区书记的号给俺', 'responsible.query', { unit: '三官庙社区', field: 'phone' }],
  ['西站路社区现在是谁当书记', 'responsible.query', { unit: '西站路社区' }],
  ['赵坡村书记换成谁了', 'responsible.query', { unit: '赵坡村' }],
  ['吴斌在几组', 'responsible.query', { person: '吴斌', field: 'unit' }],
  ['@李秀英 李姐，你们小区那个停车棚是找谁家做的呀', 'unknown', { kind: 'chat' }],
  ['刚才电话通知的事都知道了吧', 'unknown', { kind: 'chat' }],
  ['三捡三提是捡啥提啥', 'policy.search', { query: '三捡三提' }],
  ['啥样的楼院才能叫示范楼院', 'policy.search', {}],
  ['红色物业申报要交哪些材料', 'policy.search', {}],
  ['什么情况下会被一票否决', 'policy.search', {}],
  ['红色物业有啥要求', 'policy.search', { query: '红色物业 要求' }],
  ['红色物业咋才算达标', 'policy.search', {}],
  ['五全是哪五全', 'policy.search', { query: '五全' }],
  ['查一下政策', 'policy.search', { missing: ['query'] }],
  ['这个群归金苑社区用，给绑定一下', 'admin.bind', { bind: 'group', unit: '金苑社区' }],
  ['绑定群', 'admin.bind', { bind: 'group', missing: ['unit'] }],
  ['张建国调走了，由李强接', 'admin.bind', { bind: 'person', person: '李强' }],
  ['赵铁柱不当书记了，换孙立新', 'admin.bind', { bind: 'person', person: '孙立新' }],
  ['把孙立新绑定成淮河路社区的书记', 'admin.bind', { unit: '淮河路社区', person: '孙立新' }],
  ['赵铁柱调离，陈卫东接任李江沟村书记', 'admin.bind', { unit: '李江沟村', person: '陈卫东' }],
  ['李秀英退了，汝河小区现在刘志强当书记', 'admin.bind', { person: '刘志强' }],
  ['咱这群是淮河路社区的，绑定下', 'admin.bind', { bind: 'group', unit: '淮河路社区' }],
  ['李秀英接替张建国', 'admin.bind', { bind: 'person', person: '李秀英' }],
  ['翠竹社区由张三接替李秀英', 'admin.bind', { bind: 'person', person: '张三', missing: ['unit'] }],
  ['绑定翠竹社区', 'admin.bind', { bind: 'group', missing: ['unit'] }],
  ['淮河路社区书记由王海涛变更为何平', 'admin.bind', { unit: '淮河路社区', person: '何平' }],
  ['汝河小区书记不是李秀英了，现在是徐亮', 'admin.bind', { unit: '汝河小区社区', person: '徐亮' }],
  ['咱这个群往后就是柿园村的了', 'admin.bind', { bind: 'group', unit: '柿园村' }],
  ['汝河小区换书记了', 'admin.bind', { unit: '汝河小区社区', missing: ['person'] }],
  ['共建项目谁没完成', 'progress.query', { indicator: '共建项目', filter: 'incomplete' }],
  ['共建项目还差谁', 'progress.query', { indicator: '共建项目', filter: 'incomplete' }],
  ['红灯最多的街道', 'progress.query', { lamp: 'red', agg: 'count' }],
  ['红色物业谁报的', 'progress.query', { agg: 'provenance' }],
  ['红色物业要完成几个', 'progress.query', { agg: 'target' }],
]

describe('people, rules and bindings', () => {
  const found = understood(rows.map(([said]) => said))
  it.each(rows.map((row, at) => [...row, found[at]] as const))('%s', (_said, intent, slots, answer) => {
    expect(answer).toMatchObject({ intent, slots })
  })
})

describe('another name for a unit', () => {
  const names: [said: string, slots: Record<string, unknown>][] = [
    ['以后“老六院”就是指汝河小区，记住啊', { alias: '老六院', unit: '汝河小区社区' }],
    ['俺们这儿都管金苑社区叫纺机家属院，加个别名', { alias: '纺机家属院', unit: '金苑社区' }],
    ['李江沟村也叫老沟村，别名记上', { alias: '老沟村', unit: '李江沟村' }],
    ['别名 老沟村 李江沟村', { alias: '老沟村', unit: '李江沟村' }],
    ['以后三官庙社区叫庙上', { alias: '庙上', unit: '三官庙社区' }],
    ['记住，老六院指的是汝河小区社区', { alias: '老六院', unit: '汝河小区社区' }],
    ['往后说“铁中院”就是说须水村', { alias: '铁中院', unit: '须水村' }],
    ['以后河东就叫汝河小区社区', { alias: '河东', unit: '汝河小区社区' }],
    ['记住，河湾=汝河小区社区', { alias: '河湾', unit: '汝河小区社区' }],
    ['以后说铁院就是说金苑', { alias: '铁院', unit: '金苑社区' }],
    ['“火车头家属院”以后就指西站路社区', { alias: '火车头家属院', unit: '西站路社区' }],
    ['俺们说的铁院就是金苑', { alias: '铁院', unit: '金苑社区' }],
    ['纺机院就是金苑', { alias: '纺机院', unit: '金苑社区', needs_confirm: true }],
    ['红物指的是红色物业', { alias: '红物', indicator: '红色物业' }],
    ['汝小不是汝河小区社区的简称', { alias: '汝小', unit: '汝河小区社区', remove: true }],
    ['以后老福别叫汝河小区社区了', { alias: '老福', unit: '汝河小区社区', remove: true }],
    ['给金苑社区加个别名', { unit: '金苑社区', missing: ['text'] }],
    ['加个别名', { missing: ['unit'] }],
  ]
  const alias = command({
    ...{ name: '别名', summary: '', examples: [], action: 'bind_alias', phrases: aliasPhrases, args: {} },
    intent: aliasIntent,
    run: async () => ({ blocks: [] }),
  })
  const found = understood(
    names.map(([said]) => said),
    ['--sender', '周敏'],
    [...commands, alias],
  )
  it.each(names.map((row, at) => [...row, found[at]] as const))('%s', (_said, slots, answer) => {
    expect(answer).toMatchObject({ intent: 'admin.bind', slots: { bind: 'alias', ...slots } })
  })
})
