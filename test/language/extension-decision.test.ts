// Who decides on a request says so in many orders; what follows a refusal is its reason.
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { readOtherWish } from '../../src/language/extension.ts'
import { readDecision, readRefusal } from '../../src/language/extension-decision.ts'

describe('a decision', () => {
  it.each([
    ['同意延期 编号3', true, undefined],
    ['同意编号3', true, undefined],
    ['编号3同意', true, undefined],
    ['金苑共建项目的延期申请,同意', true, undefined],
    ['张建国的延期我同意', true, undefined],
    ['延期都同意', true, undefined],
    ['全部同意延期', true, undefined],
    ['把延期批了', true, undefined],
    ['不同意延期,时间还够', false, '时间还够'],
    ['不批准 编号1 时间还够', false, '时间还够'],
    ['驳回编号1', false, undefined],
    ['不同意延期 编号3', false, undefined],
    ['不同意延期 编号3 原因时间还够', false, '时间还够'],
    ['不同意延期 编号3,时间还够,抓紧', false, '时间还够，抓紧'],
    ['金苑的延期申请,不同意,说好不延期了', false, '说好不延期了'],
    ['不同意,编号3', false, undefined],
    ['金苑的延期行', true, undefined],
    ['给金苑批了延期吧', true, undefined],
    ['延期不能批', false, undefined],
    ['延期不行', false, undefined],
  ])('“%s”', (text, isYes, reason) => {
    expect(readDecision(text)?.isYes).toBe(isYes)
    expect(isYes ? undefined : readRefusal(text)).toBe(reason)
  })

  it.each([
    '共建项目申请延期5天',
    '延期同意了吗',
    '延期批了没',
    '共建项目延期5天,请领导批准',
    '谁同意延期',
    '批延期',
    '延期批一下',
    '延期行不行',
    '延期审批',
  ])('is not made by “%s”', (text) => expect(readDecision(text)).toBeUndefined())
})

describe('another date in the place of a reason', () => {
  const now = new Date('2026-11-22T10:00:00+08:00')
  it.each([
    ['说错了,是10天', { shift: { days: 10 } }],
    ['不对,改成10天', { shift: { days: 10 } }],
    ['不是5天,是10天', { shift: { days: 10 } }],
    ['错了,到12月10日', { to: '2026-12-10' }],
    ['10天', { shift: { days: 10 } }],
    ['12月10号吧', { to: '2026-12-10' }],
    ['场地12月1日才腾出来', undefined],
    ['下雨5天', undefined],
    ['改造方案12月1日才批', undefined],
    ['说错了', undefined],
  ])('“%s”', (text, wish) => expect(readOtherWish(text, now, calendarOf([]))).toEqual(wish))
})
