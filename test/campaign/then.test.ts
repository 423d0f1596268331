import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fold } from '../../src/campaign/cell.ts'
import { stateOn } from '../../src/campaign/then.ts'
import { addDays } from '../../src/clock.ts'
import { add, event, firstDay, history, pending, set, undo } from './events.ts'

const october = '2026-10-25'
const valueOn = (date: string, ...events: Parameters<typeof stateOn>[0]) => stateOn(events, date, '0').value

it('a number counts from the day it speaks of, also when it was told later', () => {
  const told = set(1, 3, { as_of: '2026-10-20', reported_at: new Date('2026-11-22T02:00:00Z') })
  expect(valueOn(october, told)).toBe('3')
  expect(valueOn('2026-10-19', told)).toBeNull()
})

it('what was said of later days does not count yet', () => {
  const events = [set(1, 2, { as_of: '2026-10-01' }), add(2, 1, { as_of: '2026-11-02' })]
  expect(valueOn(october, ...events)).toBe('2')
  expect(valueOn('2026-11-02', ...events)).toBe('3')
})

it('a number that was withdrawn since never counted', () => {
  expect(
    valueOn(october, set(1, 2, { as_of: '2026-10-01' }), set(2, 9, { as_of: '2026-10-20' }), undo(3, 2)),
  ).toBe('2')
})

it('a number that was corrected since was always the right one', () => {
  const wrong = set(2, 9, { as_of: '2026-10-20' })
  const right = event(3, { op: 'correct', value: '3', supersedes: 2, as_of: '2026-11-22' })
  expect(valueOn(october, set(1, 2, { as_of: '2026-10-01' }), wrong, right)).toBe('3')
})

it('a number that still waits does not count', () => {
  expect(valueOn(october, pending(1, 300, { as_of: '2026-10-20' }))).toBeNull()
})

it('at the end of all days it is the cell as it stands, unless a correction was told of another day', () => {
  const plain = history.filter((events) => events.every(({ op }) => op !== 'correct'))
  return fc.assert(
    fc.property(plain, (events) => {
      expect(stateOn(events, addDays(firstDay, 400), '0')).toEqual(fold(events, '0'))
    }),
  )
})
