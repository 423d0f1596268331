import { describe, expect, it } from 'vitest'
import { audienceOf, isOverdue, type Stage, stageOn } from '../../src/campaign/alerts.ts'
import {
  calendarOf,
  workdayBefore,
  workdayOnOrAfter,
  workdayOnOrBefore,
} from '../../src/campaign/calendar.ts'
import { addDays } from '../../src/clock.ts'

const calendar = calendarOf([])
const stage = (due: string, today: string) => stageOn(due, today, '09:00', calendar)

/** Everything that is told of a deadline, day by day. */
function told(due: string, days = calendar): [stage: Stage, day: string][] {
  const list: [Stage, string][] = []
  for (let day = addDays(due, -40); day <= addDays(due, 60); day = addDays(day, 1))
    for (const slot of ['09:00', '15:00'] as const) {
      const found = stageOn(due, day, slot, days)
      if (found) list.push([found, day])
    }
  return list
}

describe('the stages of a deadline', () => {
  it('on plain days are seven, three and one day before, twice on the day, then later and later', () => {
    expect(told('2026-11-26').slice(0, 8)).toEqual([
      ['T-7', '2026-11-19'],
      ['T-3', '2026-11-23'],
      ['T-1', '2026-11-25'],
      ['T', '2026-11-26'],
      ['T15', '2026-11-26'],
      ['+1', '2026-11-27'],
      ['+3', '2026-11-30'],
      ['+7', '2026-12-03'],
    ])
    const later = told('2026-11-26').slice(8)
    expect(later.map(([one]) => one)).toEqual(['+14', '+21', '+28', '+35', '+42', '+49', '+56'])
  })

  it('roll to the workday before when they are ahead: a Monday is announced on Friday', () => {
    expect(told('2026-11-23').slice(0, 3)).toEqual([
      ['T-7', '2026-11-16'],
      ['T-1', '2026-11-20'],
      ['T', '2026-11-23'],
    ])
    // T-3 would be that Friday too: the later one counts.
    expect(told('2026-11-23').map(([one]) => one)).not.toContain('T-3')
  })

  it('roll to the next workday when they are past: +1 and +3 of a Friday are both a Monday', () => {
    expect(stage('2026-11-27', '2026-11-28')).toBeUndefined()
    expect(stage('2026-11-27', '2026-11-30')).toBe('+3')
    expect(told('2026-11-27').map(([one]) => one)).not.toContain('+1')
  })

  it('announce a deadline on a day off on the last workday before it, at both hours, and do not move it', () => {
    expect(told('2026-11-29').slice(0, 6)).toEqual([
      ['T-7', '2026-11-20'],
      ['T-3', '2026-11-26'],
      ['T', '2026-11-27'],
      ['T15', '2026-11-27'],
      ['+1', '2026-11-30'],
      ['+3', '2026-12-02'],
    ])
  })

  it('know a Saturday that is worked, and a holiday of eight days', () => {
    expect(stage('2026-02-28', '2026-02-28')).toBe('T')
    expect(stage('2026-10-08', '2026-09-30')).toBe('T-1')
    expect(stage('2026-09-30', '2026-10-08')).toBe('+7')
  })

  it('know New Year, although the plan of that year is not there', () => {
    expect(told('2026-12-31').filter(([, day]) => day > '2026-12-31')[0]).toEqual(['+3', '2027-01-04'])
  })

  it('are told at nine; at fifteen only those of the day itself', () => {
    expect(stageOn('2026-11-26', '2026-11-25', '15:00', calendar)).toBeUndefined()
    expect(stageOn('2026-11-26', '2026-11-26', '15:00', calendar)).toBe('T15')
    expect(stageOn('2026-11-26', '2026-11-27', '15:00', calendar)).toBeUndefined()
  })
})

describe('over every deadline of fifteen months', () => {
  const dues = Array.from({ length: 456 }, (_, n) => addDays('2026-01-01', n))

  it('no stage is told twice, or on a day off', () => {
    for (const due of dues) {
      const list = told(due)
      expect(new Set(list.map(([one]) => one)).size, due).toBe(list.length)
      expect(
        list.filter(([, day]) => !calendar.isWorkday(day)),
        due,
      ).toEqual([])
    }
  })

  it('they come in their order: what is ahead by the deadline at the latest, what is past after it', () => {
    const rank = (one: Stage) => ['T-7', 'T-3', 'T-1', 'T', 'T15'].indexOf(one)
    for (const due of dues) {
      const list = told(due)
      const ahead = list.filter(([one]) => !isOverdue(one))
      expect(
        ahead.map(([one]) => rank(one)),
        due,
      ).toEqual(ahead.map(([one]) => rank(one)).toSorted((a, b) => a - b))
      expect(
        ahead.slice(-2).map(([one]) => one),
        due,
      ).toEqual(['T', 'T15'])
      expect(ahead.every(([, day]) => day <= due)).toBe(true)
      const past = list.slice(ahead.length)
      expect(
        past.every(([one, day]) => day >= addDays(due, Number(one.slice(1)))),
        due,
      ).toBe(true)
      expect(
        past.every(([, day], n) => n === 0 || day > (past[n - 1]?.[1] ?? '')),
        due,
      ).toBe(true)
    }
  })

  it('none is lost by rolling: on its day it is told, or one that reaches everybody it would have reached', () => {
    for (const due of dues) {
      const list = told(due)
      const days: [Stage, string][] = [
        ['T-7', workdayOnOrBefore(calendar, addDays(due, -7))],
        ['T-3', workdayOnOrBefore(calendar, addDays(due, -3))],
        ['T-1', workdayBefore(calendar, due)],
        ['T', workdayOnOrBefore(calendar, due)],
        ...([1, 3, 7, 14, 21, 28] as const).map((n): [Stage, string] => [
          `+${n}`,
          workdayOnOrAfter(calendar, addDays(due, n)),
        ]),
      ]
      for (const [one, day] of days) {
        const [instead] = list.find(([, when]) => when === day) ?? []
        expect(instead && audienceOf(instead).told, `${due} ${one}`).toEqual(
          expect.arrayContaining(audienceOf(one).told),
        )
      }
    }
  })

  it('a month of holidays stops nothing: what was due before is told after', () => {
    const off = Array.from({ length: 30 }, (_, n) => addDays('2026-06-01', n))
    const closed = calendarOf(off.map((day) => ({ day, working: false, name: '' })))
    expect(told('2026-06-10', closed).slice(0, 4)).toEqual([
      ['T', '2026-05-29'],
      ['T15', '2026-05-29'],
      ['+21', '2026-07-01'],
      ['+28', '2026-07-08'],
    ])
  })
})

describe('who hears of a stage', () => {
  it('grows from the responsible person to the inspection teams', () => {
    const added = (['T-7', 'T-3', 'T-1', 'T', 'T15', '+1', '+3', '+7', '+14'] as const).map(
      (one) => audienceOf(one).told,
    )
    expect(added.map((told) => told.length)).toEqual([1, 2, 3, 3, 3, 4, 5, 6, 6])
    expect(audienceOf('+7').told).toEqual([
      ...['responsible', 'secretary', 'street_admin', 'street_secretary', 'district_admin', 'supervisor'],
    ])
  })

  it('shows a group nothing, then lamps, then names, and after the deadline only a count', () => {
    const seen = (['T-7', 'T-3', 'T-1', 'T', 'T15', '+1', '+7', '+70'] as const).map(
      (one) => audienceOf(one).chat,
    )
    expect(seen).toEqual(['nothing', 'behind', 'names', 'names', 'names', 'count', 'count', 'count'])
  })
})
