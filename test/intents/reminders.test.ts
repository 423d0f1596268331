import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')
const at = (date: string, time: string) => `${date}T${time}:00+08:00`

describe('a request for a reminder', () => {
  it.each([
    ['周五17:00前报周报，提醒大家', { audience: '@all', deadline: at('2026-11-27', '17:00') }],
    ['25号前提醒大家交台账', { deadline: '2026-11-25' }],
    [
      '28号上午十点村里开党员大会，提前两天提醒',
      { event_at: at('2026-11-28', '10:00'), lead_days: 2, at: at('2026-11-26', '10:00') },
    ],
    ['30号交总结，提前三天提醒我', { event_at: '2026-11-30', lead_days: 3, at: at('2026-11-27', '09:00') }],
    ['每个月头一个礼拜一上午提醒开支部会', { text: '开支部会', rrule: 'FREQ=MONTHLY;BYDAY=1MO' }],
    ['一天一回，每天晚上九点提醒巡院', { text: '巡院', rrule: 'FREQ=DAILY', time: '21:00' }],
    ['设个闹钟，明天早上六点半起床', { text: '起床', at: at('2026-11-23', '06:30') }],
    ['一三五晚上七点提醒巡逻', { text: '巡逻', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR' }],
    ['礼拜五之前把台账交上来，给大家提个醒', { audience: '@all', deadline: '2026-11-27' }],
    ['帮我记着周三下午两点去区里交材料', { audience: '@me', at: at('2026-11-25', '14:00') }],
    ['工作日早上9点提醒我看群', { rrule: 'FREQ=DAILY', calendar: 'workday', time: '09:00' }],
    ['每月1号16号上午9点提醒业务测试', { rrule: 'FREQ=MONTHLY;BYMONTHDAY=1,16', time: '09:00' }],
    [
      '每月第二个周五下午3点提醒开会',
      { rrule: 'FREQ=MONTHLY;BYDAY=2FR', first_at: at('2026-12-11', '15:00') },
    ],
    ['每年7月1日提醒大家过七一', { rrule: 'FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=1' }],
    ['隔周周五下午提醒例会', { rrule: 'FREQ=WEEKLY;BYDAY=FR;INTERVAL=2' }],
    [
      '每月最后一个工作日下午3点提醒盘台账',
      { cadence: 'month_last_workday', first_at: at('2026-11-30', '15:00') },
    ],
    ['每季度末上午10点提醒整理档案', { cadence: 'quarter_end' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'reminder.create', slots, ask: false })
  })

  it.each([
    ['月底前三天提醒我', { anchor: 'month_end', offset_days: -3, missing: ['text'], needs_confirm: true }],
    ['月底前提醒大家交台账', { deadline: '2026-11-30', missing: ['at'] }],
    ['每半月一次提醒业务测试', { cadence: 'half_monthly', needs_confirm: true }],
    ['今天上午8点提醒我开会', { at: at('2026-11-22', '08:00'), needs_confirm: true }],
    ['这周三提醒大家交表', { at: at('2026-11-18', '09:00'), needs_confirm: true }],
    ['提醒我一下', { missing: ['text', 'at'] }],
    ['红色物业截止前3天提醒我', { indicator: '红色物业', lead_days: 3, needs_confirm: true }],
  ])('is asked about: %s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'reminder.create', slots, ask: true })
  })

  it('in private is for who says it', () => {
    const slots = { audience: '@me', text: '上工地', at: at('2026-11-22', '14:00') }
    expect(hearing('赵铁柱')('两点提醒上工地')).toMatchObject({ intent: 'reminder.create', slots })
  })
})

describe('a reminder that is there', () => {
  it.each([
    ['第1个改到9点', 'reminder.update', { index: 1, time: '09:00' }],
    ['三捡三提改到周日早上7点', 'reminder.update', { text: '三捡三提', at: at('2026-11-29', '07:00') }],
    ['报周报的提醒提前一个小时', 'reminder.update', { text: '报周报', shift_minutes: -60 }],
    ['报数嘞提醒晚半个钟头', 'reminder.update', { text: '报数', shift_minutes: 30 }],
    ['下周六三捡三提先不提醒', 'reminder.update', { text: '三捡三提', skip_next: true }],
    ['明天的报数提醒先停一天', 'reminder.update', { text: '报数', skip_next: true }],
    ['报数那个往后延一刻钟', 'reminder.update', { text: '报数', shift_minutes: 15 }],
    ['不用天天催报数了，那个提醒关了吧', 'reminder.cancel', { text: '报数' }],
    ['俺不想再收到报数提醒了', 'reminder.cancel', { text: '报数' }],
    ['把二号提醒去了吧', 'reminder.cancel', { index: 2 }],
    ['提醒都停了吧，烦', 'reminder.cancel', { all: true }],
    ['第3条删除', 'reminder.cancel', { index: 3 }],
    ['所有提醒一键清空', 'reminder.cancel', { all: true }],
    ['把群里的提醒全都撤了', 'reminder.cancel', { all: true }],
    ['把现在的提醒给我捋一遍', 'reminder.list', {}],
    ['群里的提醒拉个清单', 'reminder.list', {}],
    ['群里现在都挂着啥提醒', 'reminder.list', {}],
    ['请列出本群全部提醒事项', 'reminder.list', {}],
    ['俺的提醒给俺念念', 'reminder.list', { audience: '@me' }],
    ['头一条提醒删了吧', 'reminder.cancel', { index: 1 }],
    ['提醒统统删喽，一个不留', 'reminder.cancel', { all: true }],
    ['报周报嘞提醒甭要了', 'reminder.cancel', { text: '报周报' }],
    ['专门提醒我的有哪几条，列一列', 'reminder.list', { audience: '@me' }],
    ['咱群都定了啥提醒呀', 'reminder.list', {}],
    ['把群里的提醒给我念念', 'reminder.list', {}],
    ['第2个提醒是几点的', 'reminder.list', {}],
  ])('%s', (said, name, slots) => {
    expect(say(said)).toMatchObject({ intent: name, slots, ask: false })
  })

  it('is asked for when the sentence does not tell which one', () => {
    expect(say('把提醒往后推一天')).toMatchObject({ intent: 'reminder.update', slots: { missing: ['text'] } })
    expect(say('取消提醒')).toMatchObject({ intent: 'reminder.cancel', slots: { missing: ['text'] } })
  })
})
