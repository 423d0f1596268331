import { describe, expect, it } from 'vitest'
import type { Schedule } from '../../src/campaign/recurrence.ts'
import { atTime, onDay, shifted } from '../../src/campaign/reschedule.ts'

const once: Schedule = { on: { date: '2026-11-27' }, time: '17:00', leads: [] }
const saturdays: Schedule = {
  ...{ on: { repeat: { every: 'week', weekdays: [6] }, from: '2026-11-28' }, time: '08:00', leads: [] },
}
const deadline: Schedule = {
  ...{ on: { date: '2026-11-27' }, time: '17:00', deadline: true },
  leads: [{ days: 1, time: '09:00' }, { minutes: 120 }],
}

describe('another clock time', () => {
  it('keeps the day, and a mere day gets one', () => {
    expect(atTime(saturdays, '09:00')).toEqual([{ ...saturdays, time: '09:00' }])
    expect(atTime({ ...once, time: '09:00', dateOnly: true }, '10:00')).toEqual([{ ...once, time: '10:00' }])
  })

  it('is in the same half of the day where both may be meant', () => {
    expect(atTime(once, '06:00', '18:00')).toEqual([{ ...once, time: '18:00' }])
    expect(atTime(saturdays, '06:00', '18:00')).toEqual([{ ...saturdays, time: '06:00' }])
  })

  it('of a deadline is either its own, or that of its reminders', () => {
    expect(atTime(deadline, '10:00')).toEqual([
      { ...deadline, time: '10:00' },
      {
        ...deadline,
        leads: [
          { days: 1, time: '10:00' },
          { days: 0, time: '10:00' },
        ].slice(0, 1),
      },
    ])
    const day: Schedule = {
      ...deadline,
      time: '23:59',
      dateOnly: true,
      leads: [
        { days: 1, time: '09:00' },
        { days: 0, time: '09:00' },
      ],
    }
    expect(atTime(day, '10:00')).toEqual([
      {
        ...day,
        leads: [
          { days: 1, time: '10:00' },
          { days: 0, time: '10:00' },
        ],
      },
    ])
    const event: Schedule = { ...once, leads: [{ minutes: 30 }] }
    expect(atTime(event, '16:00')).toEqual([{ ...event, time: '16:00' }])
  })
})

describe('later and earlier', () => {
  it('moves the time, and a single day over midnight', () => {
    expect(shifted(saturdays, 30)).toEqual({ ...saturdays, time: '08:30' })
    expect(shifted(saturdays, -60)).toEqual({ ...saturdays, time: '07:00' })
    expect(shifted(once, 1440)).toEqual({ ...once, on: { date: '2026-11-28' } })
    expect(shifted(once, 8 * 60)).toEqual({ ...once, on: { date: '2026-11-28' }, time: '01:00' })
    expect(shifted(once, -18 * 60)).toEqual({ ...once, on: { date: '2026-11-26' }, time: '23:00' })
  })

  it('does not move a repetition to other days', () => {
    expect(shifted(saturdays, 1440)).toBeUndefined()
    expect(shifted(saturdays, -9 * 60)).toBeUndefined()
  })

  it('leaves a deadline where it is, and reminds of it later', () => {
    expect(shifted(deadline, 30)).toEqual({
      ...deadline,
      leads: [{ days: 1, time: '09:30' }, { minutes: 90 }],
    })
    expect(shifted(deadline, -1440)).toEqual({
      ...deadline,
      leads: [{ days: 2, time: '09:00' }, { minutes: 1560 }],
    })
    expect(shifted(deadline, 180)).toBeUndefined()
    const last: Schedule = { ...deadline, leads: [{ days: 0, time: '15:00' }] }
    expect(shifted(last, 120)).toEqual({ ...last, leads: [{ days: 0, time: '17:00' }] })
    expect(shifted(last, 121)).toBeUndefined()
  })
})

describe('another day', () => {
  const day = (date: string): Schedule => ({ on: { date }, time: '09:00', dateOnly: true, leads: [] })

  it('keeps the time that was not said, and takes one that was', () => {
    expect(onDay(once, day('2026-11-28'))).toEqual([{ ...once, on: { date: '2026-11-28' } }])
    const said: Schedule = { on: { date: '2026-11-28' }, time: '10:00', leads: [] }
    expect(onDay(once, said)).toEqual([said])
    expect(onDay(deadline, day('2026-11-28'))).toEqual([{ ...deadline, on: { date: '2026-11-28' } }])
  })

  it('for every week or month may mean every one, or only that one', () => {
    expect(onDay(saturdays, day('2026-11-29'))).toEqual([
      { ...saturdays, on: { repeat: { every: 'week', weekdays: [7] }, from: '2026-11-28' } },
      { ...saturdays, on: { date: '2026-11-29' } },
    ])
    const monthly: Schedule = {
      on: { repeat: { every: 'month', days: [25] }, from: '2026-11-25' },
      time: '09:00',
      leads: [],
    }
    expect(onDay(monthly, day('2026-11-28')).map(({ on }) => on)).toEqual([
      { repeat: { every: 'month', days: [28] }, from: '2026-11-25' },
      { date: '2026-11-28' },
    ])
  })

  it('or another repetition, or a whole deadline, is taken as it is', () => {
    expect(onDay(once, saturdays)).toEqual([saturdays])
    expect(onDay(saturdays, deadline)).toEqual([deadline])
    const daily: Schedule = { on: { repeat: { every: 'day' }, from: '2026-11-22' }, time: '17:00', leads: [] }
    expect(onDay(daily, day('2026-11-28'))).toEqual([{ ...daily, on: { date: '2026-11-28' } }])
  })
})
