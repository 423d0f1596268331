// Changing and cancelling reminders in people's words.
import { expect, test } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { momentOf } from '../../src/clock.ts'
import { normalize } from '../../src/language/normalize.ts'
import { readReminderCancel, readReminderChange } from '../../src/language/reminder-change.ts'

const calendar = calendarOf()
const now = momentOf('2026-11-22', '10:00')
const change = (text: string) => readReminderChange(normalize(text, '小图'), now, calendar)
const cancel = (text: string) => readReminderCancel(normalize(text, '小图'))

test.each([
  ['第1个提醒改到上午9点', { index: 1, time: '09:00' }],
  ['把第二个提醒的时间改为下午3点半', { index: 2, time: '15:30' }],
  ['第二个提醒推迟到下午5点', { index: 2, time: '17:00' }],
  ['把报周报的提醒从5点改到4点', { text: '报周报', time: '16:00' }],
  ['报数的提醒改8点半', { text: '报数', time: '08:30', otherTime: '20:30' }],
  ['下次三捡三提不用提醒了', { text: '三捡三提', skipNext: true }],
  ['三捡三提这次别提醒了', { text: '三捡三提', skipNext: true }],
  ['跳过下次业务测试', { text: '业务测试', skipNext: true }],
  [
    '今天三捡三提不用提醒了',
    { text: '三捡三提', skipNext: true, period: { start: '2026-11-22', end: '2026-11-22' } },
  ],
  [
    '12月5号那次三捡三提不用提醒',
    { text: '三捡三提', skipNext: true, period: { start: '2026-12-05', end: '2026-12-05' } },
  ],
  ['周三吃药不用提醒', { text: '吃药', skipNext: true, period: { start: '2026-11-25', end: '2026-11-25' } }],
  ['下下次三捡三提不用提醒', undefined],
  ['报周报的提醒推迟半小时', { text: '报周报', shiftMinutes: 30 }],
  ['开会的提醒晚一刻钟', { text: '开会', shiftMinutes: 15 }],
  ['报周报的提醒提前一天', { text: '报周报', shiftMinutes: -1440 }],
  ['第3个提前10分钟', { index: 3, shiftMinutes: -10 }],
  ['取消第2个提醒', undefined],
  ['提醒大家报数', undefined],
])('%s changes what it says', (text, meaning) => {
  expect(change(text)).toEqual(meaning)
})

test('a reminder is moved to another day or made a repetition', () => {
  expect(change('第一个提醒改成每周五下午3点')).toMatchObject({
    index: 1,
    when: {
      schedule: { on: { repeat: { every: 'week', weekdays: [5] }, from: '2026-11-27' }, time: '15:00' },
    },
  })
  expect(change('提醒3改到明天')).toMatchObject({
    index: 3,
    when: { schedule: { on: { date: '2026-11-23' }, dateOnly: true } },
  })
  expect(change('报周报的提醒改成周四下午5点前')).toMatchObject({
    text: '报周报',
    when: { schedule: { on: { date: '2026-11-26' }, time: '17:00', deadline: true } },
  })
  expect(change('第1个提醒改到昨天下午3点')).toMatchObject({ when: { doubt: 'past' } })
})

test.each([
  ['取消第2个提醒', { index: 2 }],
  ['删掉第三个提醒', { index: 3 }],
  ['提醒2不要了', { index: 2 }],
  ['把第2个闹钟关了', { index: 2 }],
  ['报周报的提醒不要了', { text: '报周报' }],
  ['报周报那个提醒取消吧', { text: '报周报' }],
  ['三捡三提以后不用提醒了', { text: '三捡三提' }],
  ['俺那个开会的提醒不要了', { text: '开会' }],
  ['所有提醒都取消', { all: true }],
  ['取消所有提醒', { all: true }],
  ['清空提醒', { all: true }],
  ['取消提醒', {}],
])('%s cancels what it says', (text, meaning) => {
  expect(cancel(text)).toEqual(meaning)
})

test.each([
  '下次三捡三提不用提醒了',
  '今天三捡三提不用提醒了',
  '28号的三捡三提不用提醒了',
  '下下次三捡三提不用提醒',
  '明天的提醒取消',
  '第1个和第3个提醒取消',
  '明天提醒我取消订单',
  '别忘了提醒我开会',
])('%s cancels no reminder as a whole', (text) => {
  expect(cancel(text)).toBeUndefined()
})

test.each([
  ['明天的提醒取消', {}],
  ['取消明天的提醒', {}],
  ['明天的提醒不要了', {}],
  ['明天开会的提醒取消', { text: '开会' }],
])('%s cancels what is reminded of on that day', (text, meaning) => {
  const period = { start: '2026-11-23', end: '2026-11-23' }
  expect(readReminderCancel(normalize(text, '小图'), now, calendar)).toEqual({ ...meaning, period })
})

test('a repetition that is cancelled is no single day', () => {
  expect(cancel('每周三吃药不用提醒了')).toEqual({ text: '每周三吃药' })
})
