// Who goes, who comes and from when, read from one sentence.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { isTemporary, officesIn, readFirstDay, readHandover } from '../../src/language/handover.ts'

const today = '2026-11-22'
const calendar = calendarOf([])
const read = (text: string) => {
  const said = readHandover(text)
  return said && [text.slice(said.leaving.start, said.leaving.end), said.successor, said.phone]
}

describe('a handover', () => {
  it.each([
    ['金苑社区书记换成李强', '金苑社区书记', '李强'],
    ['张建国换成李强', '张建国', '李强'],
    ['张建国换李强', '张建国', '李强'],
    ['张建国换成李强吧', '张建国', '李强'],
    ['张建国换成李强明天起', '张建国', '李强'],
    ['张建国的活交给李强,从12月1日起', '张建国的活', '李强'],
    ['把张建国的工作移交给李强书记,下周一起', '张建国的工作', '李强'],
    ['金苑社区以后由李强负责', '金苑社区以后', '李强'],
    ['张建国调走了,由李强接', '张建国调走了,', '李强'],
    ['金苑社区书记张建国调走了,李强接任', '金苑社区书记张建国', '李强'],
    ['李强接替张建国', '张建国', '李强'],
    ['让李强接张建国的班', '张建国的班', '李强'],
    ['张建国的班李强接', '张建国', '李强'],
    ['交接 张建国 李强', '张建国', '李强'],
    ['交接 张建国→李强', '张建国', '李强'],
    ['交接张建国给李强', '张建国', '李强'],
    ['张建国和李强交接', '张建国', '李强'],
    ['金苑换书记了,新书记是李强', '金苑', '李强'],
    ['金苑换书记了,新书记李强', '金苑', '李强'],
    ['金苑换了书记,以后李强负责', '金苑', '李强'],
    ['张建国不当书记了,以后李强当', '张建国', '李强'],
    ['张建国提拔了,李强接任', '张建国', '李强'],
    ['金苑书记换人了', '金苑书记', undefined],
    ['金苑换书记了', '金苑', undefined],
    ['张建国换成欧阳建国', '张建国', '欧阳建国'],
    ['张建国换成新来的刘虎', '张建国', '刘虎'],
    ['张建国退休了', '张建国', undefined],
  ])('%s: from %s to %s', (text, from, to) => {
    expect(read(text)).toEqual([from, to, undefined])
  })

  it.each(['张建国换成谁', '张建国换成别人', '金苑社区由专班负责', '交接', '', '取消交接'])(
    'is not read into “%s”',
    (text) => expect(read(text)).toBeUndefined(),
  )

  it.each(['13900001234', '139 0000 1234', '139-0000-1234', '+86 13900001234'])(
    'takes the phone number %s in whatever form, and not into the name',
    (phone) => {
      expect(read(`张建国换成李强${phone}`)).toEqual(['张建国', '李强', '13900001234'])
      expect(read(`金苑社区以后由李强负责,电话${phone}`)).toEqual(['金苑社区以后', '李强', '13900001234'])
    },
  )

  it('never throws, and points into the sentence', () => {
    const piece = fc.constantFrom(
      '张建国',
      '李强',
      '换成',
      '交给',
      '由',
      '负责',
      '接',
      ',',
      '的',
      '139 0000 1234',
      '调走了',
      '金苑社区',
      '从12月1日起',
    )
    const sentence = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.string(),
    )
    return fc.assert(
      fc.property(sentence, (text) => {
        const said = readHandover(text)
        if (!said) return
        const { start, end } = said.leaving
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
        if (said.successor !== undefined) expect(text).toContain(said.successor)
      }),
    )
  })
})

describe('leave, or an end,', () => {
  it.each([
    '张建国请假两周,由李强负责',
    '张建国产假,由李强接',
    '张建国休假期间由李强临时负责',
    '张建国换成李强,到12月10日',
    '张建国换成李强,从12月1日到12月10日',
    '张建国请假到12月5日,由李强代',
    '张建国临时换成李强',
    '张建国的工作暂时由李强代替',
    '张建国去党校培训,由李强接',
    '张建国换成李强三天',
    '张建国换成李强,一个月',
  ])('is no handover in “%s”', (text) => expect(isTemporary(text)).toBe(true))

  it.each([
    '张建国换成李强',
    '张建国换成李强,从12月1日起',
    '张建国换成李强,12月份起',
    '张建国换成李强,两周后',
    '张建国调到西站路社区,由李强接',
    '张建国12月1日退休,由李强接',
    '张建国干到12月5日退休,由李强接',
    '临时党支部书记换成李强',
    '金苑社区书记换成李强,下周一起',
    '张建国的培训工作交给李强',
  ])('is not read into “%s”', (text) => expect(isTemporary(text)).toBe(false))
})

describe('the first day', () => {
  it.each([
    ['张建国换成李强', today],
    ['张建国换成李强,今天起', today],
    ['张建国换成李强,即日起', today],
    ['张建国换成李强,从11月22日起', today],
    ['张建国换成李强,从明天起', '2026-11-23'],
    ['张建国换成李强,下周一起', '2026-11-23'],
    ['张建国换成李强,从12月1日起', '2026-12-01'],
    ['张建国换成李强,1号起', '2026-12-01'],
    ['张建国换成李强,1月1日起', '2027-01-01'],
    ['张建国换成李强,12月1号生效', '2026-12-01'],
    ['张建国换成李强13900001234', today],
  ])('of “%s” is %s', (text, day) => expect(readFirstDay(text, today, calendar)).toBe(day))

  it.each(['从昨天起', '从11月1日起', '从2月31日起', '从下周起'])('stays open with “%s”', (day) =>
    expect(readFirstDay(`张建国换成李强,${day}`, today, calendar)).toBeUndefined(),
  )
})

it.each([
  ['金苑社区书记', ['secretary', 'street_secretary']],
  ['金苑社区填报员', ['reporter']],
  ['汝河路街道组织委员', ['street_admin']],
  ['区专班', ['district_admin']],
  ['金苑社区', undefined],
])('%s is the office of %j', (text, roles) => expect(officesIn(text)).toEqual(roles))
