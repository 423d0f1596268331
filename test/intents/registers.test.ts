// The registers (`domain.md` C1) and the lists of the year's end.
import { describe, expect, it } from 'vitest'
import { type Row, understood } from './understood.ts'

const rows: Row[] = [
  [
    '152号院结对区司法局支部，包院干部是张志强，结对联建给登记上',
    'register.update',
    { yard: '152号院', branch: '区司法局支部', cadre: '张志强' },
  ],
  [
    '结对联建登记：汝河路36号院，结对支部区住建局第二支部，下沉干部吴斌',
    'register.update',
    { yard: '汝河路36号院', branch: '区住建局第二支部', cadre: '吴斌' },
  ],
  ['191号院包联干部换人了，登记一下', 'register.update', { yard: '191号院', needs_confirm: true }],
  ['大年三十不说，11月29日值班李秀英', 'register.update', { person: '李秀英', needs_confirm: true }],
  ['后天值班人换一下，换成周敏', 'register.update', { date: '2026-11-24', person: '周敏' }],
  ['秦岭路以后杨帆当路长', 'register.update', { road: '秦岭路', person: '杨帆' }],
  ['明儿谁值班嘞', 'register.query', { register: '值班', date: '2026-11-23' }],
  ['楼院下沉干部还差几个', 'register.query', { register: '结对联建', filter: 'no_cadre', agg: 'count' }],
  ['哪些楼院没有结对支部', 'register.query', { register: '结对联建', filter: 'no_branch' }],
  ['帐篷支部到期的有几个', 'register.query', { register: '临时党支部', filter: 'expired', agg: 'count' }],
  ['嵩山路谁是路长', 'register.query', { register: '路长', query: '嵩山路' }],
  ['后天值班由王海涛换成赵铁柱', 'register.update', { date: '2026-11-24', person: '赵铁柱' }],
  ['值班 28号 王海涛', 'register.update', { date: '2026-11-28', person: '王海涛' }],
  ['值班改成王海涛', 'register.update', { person: '王海涛', missing: ['at'] }],
  ['路长改成吴斌', 'register.update', { person: '吴斌', missing: ['query'] }],
  ['嵩山路路长由陈大力担任', 'register.update', { road: '嵩山路', person: '陈大力' }],
  [
    '结对台账更新 桐柏路191号院 区民政局机关党支部 干部李强',
    'register.update',
    { yard: '桐柏路191号院', branch: '区民政局机关党支部', cadre: '李强' },
  ],
  [
    '桐柏路改造项目成立临时党支部，书记张建国',
    'register.update',
    { project: '桐柏路改造', person: '张建国' },
  ],
  ['明天谁的班', 'register.query', { register: '值班', date: '2026-11-23' }],
  ['没落实包联干部的院子', 'register.query', { register: '结对联建', filter: 'no_cadre' }],
  ['周五的班换成赵铁柱', 'register.update', { register: '值班', date: '2026-11-27', person: '赵铁柱' }],
  [
    '结对联建登记：82号院，支部区财政局支部，干部孙磊',
    'register.update',
    { yard: '82号院', branch: '区财政局支部', cadre: '孙磊' },
  ],
  [
    '新增临时党支部，项目地铁14号线，书记刘志强',
    'register.update',
    { project: '地铁14号线', person: '刘志强' },
  ],
  ['今天结对联建活动照片已发群里', 'unknown', { kind: 'chat' }],
  ['提醒李秀英明天值班', 'reminder.create', {}],
  ['红色物业3个', 'progress.report', {}],
  ['咱能评上十佳不', 'award.query', { award: '十佳' }],
  ['会不会约谈俺', 'award.query', { award: '约谈' }],
  ['十佳评选标准是啥', 'policy.search', { query: '十佳 评选 标准' }],
  ['路长制是个啥', 'policy.search', { query: '路长制' }],
]

describe('what is said of registers and lists', () => {
  const found = understood(rows.map(([said]) => said))
  // Reminders are read elsewhere; here it only matters that no register is written.
  it.each(rows.map((row, at) => [...row, found[at]] as const))('%s', (_said, intent, slots, answer) => {
    if (intent === 'reminder.create') expect(answer?.intent).not.toMatch(/^register/)
    else expect(answer).toMatchObject({ intent, slots })
  })
})
