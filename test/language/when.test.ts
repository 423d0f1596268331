// Times in sentences, on other days than the reference Sunday: turns of years, leap days, nights, other hosts.
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { nextFire } from '../../src/campaign/recurrence.ts'
import { isoOf, momentOf } from '../../src/clock.ts'
import { normalize } from '../../src/language/normalize.ts'
import { readReminder } from '../../src/language/reminder.ts'
import { findWhen, readTimes } from '../../src/language/when.ts'

const calendar = calendarOf()
afterEach(() => vi.unstubAllEnvs())

/** The next firing of the sentence, and its doubt. */
function heard(text: string, now: Date): string {
  const found = findWhen(normalize(text, '小图'), now, calendar)
  if (!found) return '-'
  const fire = nextFire(found.schedule, now, calendar)?.fire
  return [fire ? isoOf(fire).slice(0, 16) : 'never', found.doubt ?? ''].join(' ').trim()
}
const at = (date: string, time: string) => momentOf(date, time)

test.each([
  ['周三', '2026-11-25', '08:00', '2026-11-25T09:00'],
  ['周三', '2026-11-25', '10:00', '2026-12-02T09:00'],
  ['周三下午3点', '2026-11-25', '10:00', '2026-11-25T15:00'],
  ['这周三下午3点', '2026-11-26', '10:00', 'never past'],
  ['下周三', '2026-11-23', '10:00', '2026-12-02T09:00'],
  ['下周日', '2026-11-23', '10:00', '2026-12-06T09:00'],
  ['这周日', '2026-11-23', '10:00', '2026-11-29T09:00'],
  ['下周一', '2026-11-22', '23:59', '2026-11-23T09:00'],
  ['下周一', '2026-11-23', '00:01', '2026-11-30T09:00'],
  ['上周日', '2026-11-22', '10:00', 'never past'],
])('%s said on %s at %s is %s', (text, date, time, expected) => {
  expect(heard(`${text}提醒我`, at(date, time))).toBe(expected)
})

test.each([
  ['明天', '2026-12-31', '2027-01-01T09:00'],
  ['1月1号', '2026-12-31', '2027-01-01T09:00'],
  ['12月31号', '2027-01-02', '2027-12-31T09:00'],
  ['月底', '2026-12-31', '2027-01-31T09:00'],
  ['月底', '2028-02-10', '2028-02-29T09:00'],
  ['年底', '2027-01-01', '2027-12-31T09:00'],
  ['季度末', '2027-02-10', '2027-03-31T09:00'],
  ['下个月5号', '2026-12-20', '2027-01-05T09:00'],
  ['2月29号', '2028-02-01', '2028-02-29T09:00'],
  ['2月29号', '2027-02-01', '2027-02-28T09:00 no_such_day'],
  ['30号', '2027-01-30', '2027-02-28T09:00 no_such_day'],
  ['每年2月29号', '2026-11-22', '2027-02-28T09:00'],
  ['每月31号', '2027-02-01', '2027-02-28T09:00'],
  ['一个月后', '2027-01-31', '2027-02-28T09:00'],
  ['下周五', '2026-12-29', '2027-01-08T09:00'],
  ['三天后', '2028-02-27', '2028-03-01T09:00'],
])('%s said at ten on %s is %s', (text, date, expected) => {
  expect(heard(`${text}提醒我`, at(date, '10:00'))).toBe(expected)
})

test.each([
  ['今晚12点', '21:00', '2026-11-24T00:00'],
  ['今晚凌晨1点', '21:00', '2026-11-24T01:00 unclear'],
  ['凌晨1点', '21:00', '2026-11-24T01:00'],
  ['8点', '21:00', '2026-11-24T08:00'],
  ['8点', '07:00', '2026-11-23T08:00'],
  ['8点', '09:00', '2026-11-24T08:00 unclear'],
  ['12点', '09:00', '2026-11-23T12:00'],
  ['3点', '16:00', '2026-11-24T15:00'],
  ['明天早上8点', '00:30', '2026-11-24T08:00 unclear'],
  ['明天早上8点', '09:00', '2026-11-24T08:00'],
  ['半小时后', '23:45', '2026-11-24T00:15'],
])('%s said on a Monday at %s is %s', (text, time, expected) => {
  expect(heard(`${text}提醒我`, at('2026-11-23', time))).toBe(expected)
})

test('what is counted from now is rounded to the whole minute', () => {
  const now = new Date(at('2026-11-22', '10:00').getTime() + 40_000)
  expect(heard('半小时后提醒我', now)).toBe('2026-11-22T10:31')
})

test('workdays are those of the State Council: worked Saturdays count, holidays do not', () => {
  expect(heard('每个工作日上午9点提醒我', at('2026-09-30', '10:00'))).toBe('2026-10-08T09:00')
  expect(heard('每个工作日上午9点提醒我', at('2026-10-09', '10:00'))).toBe('2026-10-10T09:00')
  expect(heard('节前一天提醒我', at('2026-09-28', '10:00'))).toBe('2026-09-30T09:00')
  expect(heard('节后第一个工作日提醒我', at('2026-09-28', '10:00'))).toBe('2026-10-08T09:00')
})

test('the host lives in another time zone', () => {
  const texts = ['明天早上8点', '今晚12点', '周日', '月底', '年底', '每天0:30', '下周一', '3天后', '半小时后']
  const moments = [at('2026-11-22', '00:10'), at('2026-11-22', '23:50'), at('2027-03-14', '10:00')]
  const all = () => moments.flatMap((now) => texts.map((text) => heard(`${text}提醒我`, now)))
  vi.stubEnv('TZ', 'Asia/Shanghai')
  const home = all()
  for (const zone of ['UTC', 'America/New_York', 'Pacific/Kiritimati']) {
    vi.stubEnv('TZ', zone)
    expect(all()).toEqual(home)
  }
  expect(home.slice(0, 2)).toEqual(['2026-11-23T08:00 unclear', '2026-11-23T00:00'])
})

test('an open question comes with the other readings', () => {
  const others = (text: string) =>
    findWhen(text, at('2026-11-22', '10:00'), calendar)?.others?.map(({ on, time }) => ({ on, time }))
  expect(others('8点提醒我')).toEqual([{ on: { date: '2026-11-22' }, time: '20:00' }])
  expect(others('月底前三天提醒我')).toEqual([
    { on: { repeat: { every: 'day', until: '2026-11-30' }, from: '2026-11-28' }, time: '09:00' },
  ])
  expect(others('每半个月提醒我')).toEqual([
    { on: { repeat: { every: 'day', interval: 14 }, from: '2026-11-23' }, time: '09:00' },
  ])
  expect(others('31号提醒我')).toEqual([{ on: { date: '2026-12-31' }, time: '09:00' }])
})

test('a lead before a deadline of the campaign is told apart', () => {
  const due = (text: string) => readTimes(text, at('2026-11-22', '10:00'), calendar).beforeDue?.leads
  expect(due('红色物业截止前3天提醒我')).toEqual([{ days: 3, time: '09:00' }])
  expect(due('到期提前三天和一天提醒我红色物业')).toEqual([
    { days: 3, time: '09:00' },
    { days: 1, time: '09:00' },
  ])
  expect(due('红色物业截止前提醒我')).toEqual([])
  expect(due('周五17点截止，截止前3小时提醒')).toBeUndefined()
})

const pieces = [
  ...[
    '每',
    '周',
    '月',
    '日',
    '号',
    '天',
    '年',
    '三',
    '五',
    '十',
    '12',
    '8',
    '点',
    '半',
    '前',
    '后',
    '底',
    '末',
    '提前',
    '提醒',
    '我',
    '大家',
  ],
  ...[
    '下午',
    '早',
    '晚',
    '小时',
    '分钟',
    '到',
    '从',
    '起',
    '截止',
    '和',
    '、',
    '，',
    ':',
    '-',
    '.',
    '/',
    '个',
    '第',
    '最后',
    '工作日',
    '一',
    '两',
  ],
]
const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((words) => words.join(''))
const anyMoment = fc
  .integer({ min: 0, max: 3_000_000 })
  .map((minutes) => new Date(1_760_000_000_000 + minutes * 60_000))

test('whatever is said, a schedule without a doubt will fire, and nothing throws', () => {
  void fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'grapheme' })), anyMoment, (said, now) => {
      const text = normalize(said, '小图')
      const { when } = readReminder(text, now, calendar)
      let last = 0
      for (const { start, end } of when?.spans ?? []) {
        expect(start >= last && end > start && end <= text.length).toBe(true)
        last = end
      }
      if (when && !when.doubt) expect(nextFire(when.schedule, now, calendar)).toBeDefined()
    }),
    { numRuns: 3_000 },
  )
})

test('the longest message is read in a moment', () => {
  const text = '每周五下午5点前报周报，提前一天提醒大家，'.repeat(100).slice(0, 2_000)
  const began = performance.now()
  readReminder(text, at('2026-11-22', '10:00'), calendar)
  expect(performance.now() - began).toBeLessThan(1_500)
})
