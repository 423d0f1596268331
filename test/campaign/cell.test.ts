import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answered, fold, stateOn } from '../../src/campaign/cell.ts'
import { add, event, history, pending, set, undo, zero } from './events.ts'

describe('what the events of a cell add up to', () => {
  it('nothing, when there are none', () => {
    expect(fold([])).toEqual({
      ...{ value: null, num: null, den: null, step: null, as_of: null },
      ...{ reported_at: null, report_id: null, pending_id: null },
    })
  })

  it('the last total', () => {
    const events = [set(1, 2), set(2, 3)]
    expect(fold(events)).toMatchObject({ value: '3', report_id: 2, reported_at: new Date(120_000) })
  })

  it('totals and increments together', () => {
    expect(fold([set(1, 2), add(2, 1), add(3, 3)]).value).toBe('6')
    expect(fold([add(1, 1), set(2, 5), add(3, 2)]).value).toBe('7')
  })

  it('increments from the baseline, when nothing was reported before', () => {
    expect(fold([add(1, 3)], '12').value).toBe('15')
    expect(fold([add(1, 3)]).value).toBe('3')
  })

  it('decimals exactly', () => {
    const tenths = Array.from({ length: 10 }, (_, at) => event(at + 1, { op: 'add', value: '0.1' }))
    expect(fold(tenths).value).toBe('1')
  })

  it('all parts of a ratio, and the step of a milestone', () => {
    expect(fold([event(1, { num: '38', den: '40' })])).toMatchObject({ num: '38', den: '40', value: null })
    expect(fold([event(1, { step: '初验', value: '0.8' })])).toMatchObject({ step: '初验', value: '0.8' })
    expect(fold([event(1, { num: '38', den: '40' }), event(2, { value: '95' })])).toMatchObject({
      ...{ num: null, den: null, value: '95' },
    })
  })
})

describe('“nothing new”', () => {
  it('refreshes the day and keeps the number', () => {
    const cell = fold([set(1, 2, { as_of: '2026-11-15' }), zero(2)])
    expect(cell).toMatchObject({
      value: '2',
      as_of: '2026-11-22',
      report_id: 1,
      reported_at: new Date(120_000),
    })
  })

  it('is nothing when nothing was reported', () => {
    expect(fold([zero(1)])).toEqual(fold([]))
  })

  it('of an earlier day does not set the day back', () => {
    expect(fold([set(1, 2), zero(2, { as_of: '2026-11-10' })]).as_of).toBe('2026-11-22')
  })
})

describe('a total of an earlier day', () => {
  it('does not replace a later one', () => {
    const cell = fold([set(1, 5), set(2, 3, { as_of: '2026-11-20' })])
    expect(cell).toMatchObject({ value: '5', as_of: '2026-11-22', report_id: 1 })
  })

  it('of the same day does', () => {
    expect(fold([set(1, 5), set(2, 4)]).value).toBe('4')
  })

  it('counts again when the later one is withdrawn', () => {
    const events = [set(1, 5), set(2, 3, { as_of: '2026-11-20' }), undo(3, 1)]
    expect(fold(events)).toMatchObject({ value: '3', as_of: '2026-11-20', report_id: 2 })
  })

  it('as an increment counts, whatever its day', () => {
    const cell = fold([set(1, 5), add(2, 1, { as_of: '2026-11-20' })])
    expect(cell).toMatchObject({ value: '6', as_of: '2026-11-22' })
  })
})

describe('what is withdrawn or corrected', () => {
  it('a withdrawn number is as if it had never been', () => {
    expect(fold([set(1, 2), set(2, 3), undo(3, 2)])).toEqual(fold([set(1, 2)]))
    expect(fold([set(1, 2), undo(2, 1)])).toEqual(fold([]))
  })

  it('a number in the middle can be withdrawn', () => {
    expect(fold([set(1, 2), add(2, 1), add(3, 5), undo(4, 2)]).value).toBe('7')
  })

  it('a correction takes the place of what it corrects', () => {
    const events = [add(1, 3), set(2, 2, { op: 'correct', supersedes: 1 }), add(3, 1)]
    expect(fold(events).value).toBe('3')
  })

  it('withdrawing a correction brings back what it had corrected', () => {
    const events = [set(1, 5), set(2, 4, { op: 'correct', supersedes: 1 }), undo(3, 2)]
    expect(fold(events)).toMatchObject({ value: '5', report_id: 1 })
  })

  it('withdrawing a withdrawal brings the number back', () => {
    expect(fold([set(1, 5), undo(2, 1), undo(3, 2)])).toMatchObject({ value: '5', report_id: 1 })
  })
})

describe('a doubted number', () => {
  it('does not count, but is remembered', () => {
    expect(fold([set(1, 2), pending(2, 300)])).toMatchObject({ value: '2', report_id: 1, pending_id: 2 })
    expect(fold([pending(1, 300)])).toMatchObject({ value: null, report_id: null, pending_id: 1 })
  })

  it('counts when it is confirmed', () => {
    const cell = fold([set(1, 2), pending(2, 300), set(3, 300, { supersedes: 2 })])
    expect(cell).toMatchObject({ value: '300', report_id: 3, pending_id: null })
  })

  it('counts as an increment when that is the answer', () => {
    expect(fold([set(1, 2), pending(2, 1), add(3, 1, { supersedes: 2 })])).toMatchObject({
      value: '3',
      pending_id: null,
    })
  })

  it('is gone when it is refused', () => {
    expect(fold([set(1, 2), pending(2, 300), undo(3, 2)])).toMatchObject({ value: '2', pending_id: null })
  })

  it('is overtaken by a number that counts at once', () => {
    expect(fold([set(1, 2), pending(2, 300), set(3, 3)])).toMatchObject({ value: '3', pending_id: null })
  })

  it('is not overtaken by “nothing new”', () => {
    expect(fold([set(1, 2), pending(2, 300), zero(3)])).toMatchObject({ value: '2', pending_id: 2 })
  })

  it('gives way to a newer doubted one', () => {
    expect(fold([pending(1, 300), pending(2, 400)]).pending_id).toBe(2)
  })

  it('stays used up once it is answered, even when the answer is withdrawn', () => {
    const events = [set(1, 2), pending(2, 300), set(3, 300, { supersedes: 2 }), undo(4, 3)]
    expect(fold(events)).toMatchObject({ value: '2', report_id: 1, pending_id: null })
  })

  it('waits again when the number that had overtaken it is withdrawn', () => {
    expect(fold([pending(1, 300), set(2, 3), undo(3, 2)]).pending_id).toBe(1)
  })
})

describe('whatever happened to a cell', () => {
  it('the events may come in any order: their numbers say what was first', () => {
    const shuffled = history.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
    )
    return fc.assert(
      fc.property(shuffled, ([events, mixed]) => {
        expect(fold(mixed)).toEqual(fold(events))
      }),
      { numRuns: 500 },
    )
  })

  it('the events themselves are not touched', () => {
    return fc.assert(
      fc.property(history, (events) => {
        const before = structuredClone(events)
        fold(events)
        expect(events).toEqual(before)
      }),
    )
  })

  it('withdrawing what was just said restores exactly the state before it', () => {
    const said = fc.tuple(fc.constantFrom(set, add, pending), fc.nat(500), fc.nat(20))
    return fc.assert(
      fc.property(history, said, (events, [make, value, day]) => {
        const as_of = `2026-11-${String(day + 1).padStart(2, '0')}`
        const more = [...events, make(1_000, value, { as_of })]
        expect(fold([...more, undo(1_001, 1_000)])).toEqual(fold(events))
      }),
      { numRuns: 500 },
    )
  })

  it('the value is that of an event that counts: a doubted one never gives it', () => {
    return fc.assert(
      fc.property(history, (events) => {
        const cell = fold(events)
        const made = events.find(({ id }) => id === cell.report_id)
        expect(cell.report_id === null).toBe(cell.value === null)
        if (made) expect(made.status).toBe('accepted')
      }),
      { numRuns: 300 },
    )
  })
})

describe('a correction', () => {
  const correct = (id: number, value: number, supersedes: number, over = {}) =>
    set(id, value, { op: 'correct', supersedes, ...over })

  it('may lower the number, and what it replaced comes back when it is withdrawn', () => {
    expect(fold([set(1, 5), correct(2, 3, 1)])).toMatchObject({ value: '3', report_id: 2 })
    expect(fold([set(1, 5), correct(2, 3, 1), undo(3, 2)])).toMatchObject({ value: '5', report_id: 1 })
  })

  it('of a correction leaves the first number replaced, whichever of the two is withdrawn', () => {
    const twice = [add(1, 5), correct(2, 3, 1), correct(3, 4, 2)]
    expect(fold(twice)).toMatchObject({ value: '4', report_id: 3 })
    expect(fold([...twice, undo(4, 3)])).toMatchObject({ value: '3', report_id: 2 })
    expect(fold([...twice, undo(4, 3), undo(5, 2)])).toMatchObject({ value: '5', report_id: 1 })
  })

  it('stands where the wrong number stood: what was added later is added to the right one', () => {
    const day = { as_of: '2026-11-21' }
    expect(fold([set(1, 5, day), add(2, 1), correct(3, 4, 1, day)])).toMatchObject({
      value: '5',
      report_id: 2,
    })
    expect(fold([set(1, 5, day), set(2, 8), correct(3, 4, 1, day)])).toMatchObject({
      value: '8',
      report_id: 2,
    })
  })

  it('of an increment says the total', () => {
    expect(fold([set(1, 2), add(2, 3), correct(3, 4, 2)]).value).toBe('4')
  })
})

describe('the cell on an earlier day', () => {
  const on = (day: number) => ({ as_of: `2026-11-${day}` })
  const events = [set(1, 2, on(10)), set(2, 3, on(20)), add(3, 1, on(22))]

  it('is made of what speaks of that day or an earlier one', () => {
    expect(stateOn(events, '2026-11-09').report_id).toBeNull()
    expect(stateOn(events, '2026-11-15')).toMatchObject({ value: '2', report_id: 1 })
    expect(stateOn(events, '2026-11-21')).toMatchObject({ value: '3', report_id: 2 })
    expect(stateOn(events, '2026-11-22')).toEqual(fold(events))
  })

  it('does not bring back what was corrected or withdrawn since', () => {
    const corrected = set(4, 9, { op: 'correct', supersedes: 2, ...on(22) })
    expect(stateOn([...events, corrected], '2026-11-21')).toMatchObject({ value: '2', report_id: 1 })
    expect(stateOn([...events, undo(4, 2)], '2026-11-21')).toMatchObject({ value: '2', report_id: 1 })
  })
})

describe('what is answered already', () => {
  const correct = (id: number, supersedes: number) => set(id, 1, { op: 'correct', supersedes })
  it.each([
    ['a number that was corrected', [set(1, 3), correct(2, 1)], [1]],
    ['not one whose correction was taken back', [set(1, 3), correct(2, 1), undo(3, 2)], [2]],
    ['a number that was withdrawn', [set(1, 3), undo(2, 1)], [1]],
    [
      'a doubt for good, even when the answer was taken back',
      [pending(1, 3), set(2, 3, { supersedes: 1 }), undo(3, 2)],
      [1, 2],
    ],
    ['nothing', [set(1, 3), set(2, 4)], []],
  ])('is %s', (_what, events, ids) => {
    expect([...answered(events)].sort()).toEqual(ids)
  })
})
