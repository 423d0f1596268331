import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')

describe('a question about deadlines', () => {
  it.each([
    ['最近要到期的有哪些', { unit: '金苑社区', days: 7 }],
    ['未来两周要到期的', { days: 14 }],
    ['哪些指标快到点了', { days: 7 }],
    ['下个月要截止的', { period: { start: '2026-12-01', end: '2026-12-31' } }],
    ['这个月还有啥要到期', { period: { start: '2026-11-01', end: '2026-11-30' } }],
    ['月底前要交啥', { period: { start: '2026-11-22', end: '2026-11-30' } }],
    ['示范楼院建设哪天之前要弄完', { indicator: '示范楼院建设' }],
    ['最后一天是几号', {}],
    ['五天之内有没有要交的', { days: 5 }],
    ['请告知示范楼院建设完成时限', { indicator: '示范楼院建设' }],
    ['手头有哪些快过期的活儿', { days: 7 }],
    ['红色物业的死线是啥时候', { indicator: '红色物业' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'deadline.query', slots, ask: false })
  })
})

describe('a request for an extension', () => {
  it.each([
    ['红色物业晚一个月交行不行', { indicator: '红色物业', shift_days: 30 }],
    ['红色物业这个月底弄不完，12月10号交中不', { to: '2026-12-10' }],
    ['共建项目能再拖一周不', { indicator: '共建项目', shift_days: 7 }],
    ['居民自治组织组建，申请将截止日期调整为12月5日', { to: '2026-12-05' }],
    ['红色物业再给俺们一周时间', { indicator: '红色物业', shift_days: 7 }],
    ['红色物业截止日期往后挪一挪，挪到下周五', { indicator: '红色物业', to: '2026-11-27' }],
    ['老旧小区改造做不完了，申请延期半个月', { shift_days: 15 }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'deadline.extend', slots, ask: false })
  })

  it.each([
    ['延期到12月10号', { missing: ['indicator'] }],
    ['我想申请红色物业延期', { missing: ['deadline'] }],
    ['红色物业延期到昨天', { needs_confirm: true }],
    ['撤回延期申请', {}],
    ['待批的延期', {}],
  ])('is asked about before anything is written: %s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'deadline.extend', slots, ask: true })
  })
})
