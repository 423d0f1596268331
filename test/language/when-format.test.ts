// A schedule in words is read back as the same schedule.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import type { Schedule } from '../../src/campaign/recurrence.ts'
import { momentOf } from '../../src/clock.ts'
import { normalize } from '../../src/language/normalize.ts'
import { findWhen } from '../../src/language/when.ts'
import { describe, describeFirings, describeFully } from '../../src/language/when-format.ts'
import { firesBetween } from '../support/fires.ts'

const calendar = calendarOf()
const reference = momentOf('2026-11-22', '10:00')

test.each([
  ['周五下午5点前报周报', '11月27日(周五)17:00前', '26日9:00、27日15:00提醒'],
  ['周五前报周报', '11月27日(周五)前', '26日9:00、27日9:00提醒'],
  ['12月1号下午5点前', '12月1日(周二)17:00前', '11月30日9:00、1日15:00提醒'],
  ['每周六早上8点', '每周六8:00', ''],
  ['每周一三五上午9点', '每周一、三、五9:00', ''],
  ['工作日每天下午5点', '每个工作日17:00', ''],
  ['每月最后一个工作日上午9点', '每月最后一个工作日9:00', ''],
  ['每月25号', '每月25日9:00', ''],
  ['每月1号和16号', '每月1日和16日9:00', ''],
  ['每季度末', '每季度末9:00', ''],
  ['每年12月1号', '每年12月1日9:00', ''],
  ['每两周的周三下午2点', '每2周的周三14:00，11月25日(周三)起', ''],
  ['每天上午10点和下午4点', '每天10:00和16:00', ''],
  ['每周五下午5点前报周报', '每周五17:00前', '前一天9:00、提前2小时提醒'],
  ['明年1月5号', '2027年1月5日(周二)9:00', ''],
  ['明天下午3点开会，提前半小时提醒我', '11月23日(周一)15:00', '23日14:30提醒'],
  ['每周五下午3点，共5次', '每周五15:00，共5次', ''],
  ['每周三上午9点，到12月底为止', '每周三9:00，到12月31日(周四)为止', ''],
  ['从12月1号起每天下午5点', '每天17:00，12月1日(周二)起', ''],
  ['今天下午5点前报数', '11月22日(周日)17:00前', '22日15:00提醒'],
])('%s is told as %s', (said, moment, firings) => {
  const found = findWhen(normalize(said, '小图'), reference, calendar)
  if (!found) throw new Error('no time was found')
  expect(describe(found.schedule, reference, calendar)).toBe(moment)
  expect(describeFirings(found.schedule, reference)).toBe(firings)
})

const number = (min: number, max: number) => fc.integer({ min, max })
const oneOf = (...words: string[]) => fc.constantFrom(...words)
const join = (...parts: fc.Arbitrary<string | number>[]) => fc.tuple(...parts).map((all) => all.join(''))
const word = (text: string) => fc.constant(text)
const weekday = oneOf(...'一二三四五六日')

const day = fc.oneof(
  oneOf('今天', '明天', '后天', '大后天', '月底', '年底', '季度末', '下个月底', '元旦', '国庆'),
  join(oneOf('周', '下周', '下下周', '这周'), weekday),
  join(number(1, 12), word('月'), number(1, 31), word('号')),
  join(number(2026, 2029), word('年'), number(1, 12), word('月'), number(1, 28), word('日')),
  join(number(1, 31), word('号')),
  join(word('下个月'), number(1, 28), word('号')),
  join(number(1, 90), oneOf('天后', '周后', '个工作日后')),
  join(word('下个月第'), number(1, 4), word('个周'), weekday),
)
const repetition = fc.oneof(
  oneOf('每天', '每个工作日', '隔天', '每月最后一天', '每月最后一个工作日', '每月第一个工作日', '每月底'),
  oneOf('每季度末', '每季度第一天', '每年年底', '每季度末倒数第3天', '每年年底倒数第5天'),
  join(word('每'), number(2, 30), word('天')),
  fc.subarray([...'一二三四五六日'], { minLength: 1 }).map((days) => `每周${days.join('、')}`),
  join(word('每'), number(2, 6), word('周的周'), weekday),
  fc.uniqueArray(number(1, 31), { minLength: 1, maxLength: 4 }).map((days) => `每月${days.join('号、')}号`),
  join(word('每月'), number(1, 31), word('号和最后一天')),
  join(word('每月倒数第'), number(2, 20), word('天')),
  join(word('每'), number(2, 11), word('个月的'), number(1, 31), word('号')),
  join(word('每月第'), number(1, 5), word('个周'), weekday),
  join(word('每月最后一个周'), weekday),
  join(word('每年'), number(1, 12), word('月'), number(1, 31), word('号')),
)
const clock = fc.oneof(
  oneOf('', '早上', '上午', '中午', '下午', '傍晚', '晚上', '下班'),
  join(oneOf('早上', '上午'), number(7, 11), word('点'), oneOf('', '半', '一刻', '05分')),
  join(oneOf('下午', '晚上'), number(5, 11), word('点'), oneOf('', '半', '三刻', '20')),
  fc
    .tuple(number(0, 23), number(0, 59))
    .map(([hour, minute]) => ` ${hour}:${String(minute).padStart(2, '0')}`),
)
const lead = fc.oneof(
  oneOf('', '', '，提前半小时提醒', '，前一天晚上8点提醒', '，当天早上7点提醒', '，提前三天和一天提醒'),
  join(word('，提前'), number(1, 200), word('分钟提醒')),
  join(word('，提前'), number(1, 40), word('天提醒')),
)
const end = oneOf('', '', '', '，共5次', '，到2029年12月31日为止', '，连续三周', '，从下个月1号起')
const sentence = fc.oneof(
  join(day, clock, oneOf('', '前'), word('报数'), lead),
  join(repetition, clock, oneOf('', '前'), word('报数'), lead, end),
)
const moment = fc
  .tuple(number(0, 900), number(0, 1439))
  .map(
    ([days, minutes]) =>
      new Date(momentOf('2026-01-01', '00:00').getTime() + days * 86_400_000 + minutes * 60_000),
  )

/** What counts: when it is, whether it is a deadline, and when it fires from now on. */
function essence(schedule: Schedule, now: Date) {
  const { on, time, deadline } = schedule
  const fires = firesBetween(schedule, now, momentOf('2060-01-01', '00:00'), calendar, 6)
  return { on, time, deadline: deadline === true, fires }
}

test('every schedule that the grammar reads is read again from its description', () => {
  let described = 0
  void fc.assert(
    fc.property(sentence, moment, (said, now) => {
      const found = findWhen(normalize(said, '小图'), now, calendar)
      fc.pre(found !== undefined && found.doubt === undefined)
      if (!found) return
      const text = describeFully(found.schedule, now, calendar)
      const again = findWhen(normalize(`${text}报数`, '小图'), now, calendar)
      expect(again && { text, doubt: again.doubt, ...essence(again.schedule, now) }).toEqual({
        ...{ text, doubt: undefined },
        ...essence(found.schedule, now),
      })
      described++
    }),
    { numRuns: 1_500 },
  )
  expect(described).toBeGreaterThan(500)
})
