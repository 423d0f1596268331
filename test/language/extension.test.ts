import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { readExtension, readReason, reportBeside, saysWish } from '../../src/language/extension.ts'
import { readSilence } from '../../src/language/silence.ts'

const now = new Date('2026-11-22T10:00:00+08:00')
const calendar = calendarOf([])

describe('an extension', () => {
  it.each([
    ['红色物业申请延期到12月10号', { to: '2026-12-10' }, undefined],
    ['红色物业延期至十二月十号', { to: '2026-12-10' }, undefined],
    ['共建项目能不能推迟到下周五', { to: '2026-11-27' }, undefined],
    ['共建项目延到月底', { to: '2026-11-30' }, undefined],
    ['共建项目延期5天', { shift: { days: 5 } }, undefined],
    ['共建项目延期3日', { shift: { days: 3 } }, undefined],
    ['监督员能不能宽限一周', { shift: { days: 7 } }, undefined],
    ['监督员延期半个月', { shift: { days: 15 } }, undefined],
    ['监督员延期1个月', { shift: { months: 1 } }, undefined],
    ['监督员延期5个工作日', { shift: { workdays: 5 } }, undefined],
    ['共建项目申请延期 12月10日', { to: '2026-12-10' }, undefined],
    ['申请延期', undefined, undefined],
    ['共建项目延期到下周', undefined, undefined],
    ['共建项目延期到下个月', undefined, undefined],
    ['共建项目延期5天,因为场地12月1日才腾出来', { shift: { days: 5 } }, '场地12月1日才腾出来'],
    ['因为连着下雨3天,共建项目延期5天', { shift: { days: 5 } }, '连着下雨3天'],
    ['由于资金拨付推迟了,监督员宽限两周', { shift: { days: 14 } }, '资金拨付推迟了'],
    ['共建项目延期到12月10日,原因:资金,手续都没到位', { to: '2026-12-10' }, '资金，手续都没到位'],
    ['共建项目延期5天,原因: 资金拨付推迟了,要缓几天', { shift: { days: 5 } }, '资金拨付推迟了，要缓几天'],
    ['共建项目延期5天,原因: 因为下雨', { shift: { days: 5 } }, '下雨'],
    ['监督员延期到12月10日,场地没腾出来', { to: '2026-12-10' }, '场地没腾出来'],
    ['监督员延期5天,场地没腾出来,材料也没到', { shift: { days: 5 } }, '场地没腾出来，材料也没到'],
    ['监督员延期5天,行不行', { shift: { days: 5 } }, undefined],
    ['延期5天,共建项目', { shift: { days: 5 } }, undefined],
    ['申请延期,共建项目还没签', undefined, undefined],
    ['共建项目延期5天,理由是换了施工队。', { shift: { days: 5 } }, '换了施工队'],
  ])('%s', (text, wish, reason) => {
    const said = readExtension(text, now, calendar)
    expect(said.wish).toEqual(wish)
    expect(said.reason).toBe(reason)
  })

  it('is refused for a reason', () => {
    expect(readReason('不同意延期 编号3 原因时间还够')).toBe('时间还够')
    expect(readReason('不同意延期 编号3,原因: 时间还够,抓紧')).toBe('时间还够，抓紧')
    expect(readReason('不同意延期 编号3')).toBeUndefined()
    expect(readReason('不同意延期 编号3 原因')).toBeUndefined()
  })
})

describe('a silence', () => {
  it.each([
    ['金苑社区停工到12月10日,先不催', '2026-12-10', '停工'],
    ['王海涛请假到周五,先别提醒他', '2026-11-27', '请假'],
    ['王海涛请假到周五之前,先别提醒他', '2026-11-26', '请假'],
    ['王海涛休假两周,先别提醒他', '2026-12-05', '休假'],
    ['金苑社区停工一个月,先不催', '2026-12-21', '停工'],
    ['金苑社区停工三天,先不催', '2026-11-24', '停工'],
    ['金苑社区停工到十二月十号,先不催', '2026-12-10', '停工'],
    ['金苑社区今天停电,先不催', '2026-11-22', '停电'],
    ['金苑社区先不催', undefined, undefined],
    ['金苑社区先不催 到12月1日,原因: 换了办公地点,在搬家', '2026-12-01', '换了办公地点，在搬家'],
    ['金苑社区因为修路,到25号先不催', '2026-11-25', '修路'],
  ])('%s', (text, until, reason) => {
    expect(readSilence(text, { now, today: '2026-11-22', calendar })).toEqual({ until, reason })
  })
})

describe('a number that is told besides', () => {
  it.each([
    ['共建项目申请延期到12月10日,还没验收,完成2个', '完成2个'],
    ['申请延期5天,共建项目完成2个', '共建项目完成2个'],
    ['共建项目申请延期5天,只完成2个', undefined],
    ['共建项目申请延期5天,因为完成2个就没地方了', undefined],
    ['共建项目申请延期5天', undefined],
    ['共建项目延期,再给5天', undefined],
  ])('“%s”: %s', (text, clause) => expect(reportBeside(text)).toBe(clause))
})

it.each([
  ['延期5天', true],
  ['延到月底', true],
  ['批延期', false],
  ['有人申请延期吗', false],
  ['延期审批', false],
])('%s asks for a length or a day: %s', (text, isWish) => expect(saysWish(text)).toBe(isWish))
