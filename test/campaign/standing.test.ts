import Fraction from 'fraction.js'
import { describe, expect, it } from 'vitest'
import { percent } from '../../src/campaign/completion.ts'
import { gap, overall, type Part, standing, together } from '../../src/campaign/standing.ts'

const today = '2026-11-22'
const year = { starts: '2026-03-01', due: '2026-12-31', plan: [] }
const part = (over: Partial<Part>): Part => ({
  ...{ kind: 'count', direction: 'up', baseline: '0', target: '4', zeroTarget: 'na' },
  ...{ value: null, num: null, den: null, applies: true, reported: true },
  ...over,
})
const share = (text: string) => new Fraction(text)

describe('the worked example of the rules', () => {
  it.each([
    ['红色物业 3/4', '0.75', '-12.25', 'yellow'],
    ['红色物业 5/4', '1.25', '12.75', 'done'],
    ['覆盖 38/40', '0.95', '7.75', 'green'],
    ['未销号问题 10→2', '0.8', '-7.25', 'green'],
    ['never reported', '0', '-87.25', 'red'],
  ])('%s', (_case, completed, deviation, lamp) => {
    const where = standing(share(completed), year, today, { yellow: 10, red: 30 })
    expect(where.lamp).toBe(lamp)
    expect(percent((gap(where) ?? share('0')).div(100))).toBe(deviation)
  })

  it('覆盖 0/0 and target 0 are not concerned, and have no deviation', () => {
    const where = standing('na', year, today, { yellow: 10, red: 30 })
    expect(where.lamp).toBe('grey')
    expect(gap(where)).toBeUndefined()
  })

  const weights = ['10', '10', '8', '8', '8', '6', '6', '6', '14', '8', '5', '5', '6']
  const shares = ['0.95', '0.75', '1', 'na', '1', '1', '5/6', '2/3', '1', '0.8', '0.75', '0', '0.86']
  const parts = shares.map((one, at) => ({
    ...{ share: one === 'na' ? ('na' as const) : share(one), weight: weights[at] ?? '0', cap: '1' },
  }))

  it('金苑社区 has 84.03 points', () => {
    expect(percent(overall(parts) ?? share('0'))).toBe('84.03')
  })

  it('would have 88.86 if what was never reported were left out, which it is not', () => {
    const wrong = parts.map((one, at) => (at === 11 ? { ...one, share: 'na' as const } : one))
    expect(percent(overall(wrong) ?? share('0'))).toBe('88.86')
  })
})

describe('the weighted whole', () => {
  it('pays no more than the cap', () => {
    expect(overall([{ share: share('1.5'), weight: '1', cap: '1' }])?.equals(1)).toBe(true)
    expect(overall([{ share: share('1.5'), weight: '1', cap: '1.2' }])?.equals('1.2')).toBe(true)
  })

  it('is nothing when nothing applies, or nothing weighs', () => {
    expect(overall([])).toBeUndefined()
    expect(overall([{ share: 'na', weight: '10', cap: '1' }])).toBeUndefined()
    expect(overall([{ share: share('1'), weight: '0', cap: '1' }])).toBeUndefined()
  })

  it('does not care for the order', () => {
    const three = ['0.2', '0.9', '1.3'].map((one, at) => ({
      share: share(one),
      weight: `${at + 1}.5`,
      cap: '1',
    }))
    expect(overall(three)?.equals(overall(three.toReversed()) ?? 0)).toBe(true)
  })
})

describe('a street is what its communities add up to', () => {
  it('adds values and targets of counts; who never reported counts with the baseline', () => {
    const whole = together([
      part({ value: '3' }),
      part({ value: '5', target: '6' }),
      part({ reported: false, target: '10' }),
    ])
    expect(whole).toMatchObject({ value: '8', target: '20', applicable: 3, reported: 2 })
    expect(whole.share !== 'na' && percent(whole.share)).toBe('40')
  })

  it('adds baselines of amounts', () => {
    const amount = { kind: 'amount', baseline: '10' } as const
    const whole = together([
      part({ ...amount, value: '15', target: '20' }),
      part({ ...amount, target: '30', reported: false }),
    ])
    expect(whole).toMatchObject({ value: '25', target: '50' })
    expect(whole.share !== 'na' && percent(whole.share)).toBe('16.67')
  })

  it('loses nothing behind the fifteenth decimal', () => {
    const whole = together([part({ kind: 'amount', value: '0.3', target: '0.30000000000000004' })])
    expect(whole.share !== 'na' && whole.share.lt(1)).toBe(true)
  })

  it('leaves out those that are not concerned, by decision or by target 0', () => {
    const whole = together([
      part({ value: '3' }),
      part({ applies: false, value: '9', target: '9' }),
      part({ target: '0' }),
    ])
    expect(whole).toMatchObject({ value: '3', target: '4', applicable: 1, reported: 1 })
  })

  it('is not concerned only if none of them is', () => {
    expect(together([part({ applies: false }), part({ target: '0' })])).toEqual({
      ...{ share: 'na', value: null, num: null, den: null, target: null, applicable: 0, reported: 0 },
    })
    expect(together([])).toMatchObject({ share: 'na', applicable: 0 })
  })

  it('adds what is covered and what is to be covered; who never reported lowers the share', () => {
    const ratio = { kind: 'ratio', target: '100' } as const
    const two = [part({ ...ratio, num: '38', den: '40' }), part({ ...ratio, num: '2', den: '10' })]
    expect(together(two)).toMatchObject({ num: '40', den: '50', applicable: 2 })
    const share = (parts: Part[]) => {
      const whole = together(parts)
      return whole.share === 'na' ? 'na' : percent(whole.share)
    }
    expect(share(two)).toBe('80')
    expect(share([...two, part({ ...ratio, reported: false })])).toBe('53.33')
    expect(share([...two, part({ ...ratio, num: '0', den: '0' })])).toBe('80')
    expect(share([part({ ...ratio, reported: false })])).toBe('0')
  })

  it('weighs a percentage without its parts like the others on average, and leaves it out of the sums', () => {
    const ratio = { kind: 'ratio', target: '90' } as const
    const whole = together([part({ ...ratio, num: '9', den: '10' }), part({ ...ratio, value: '79' })])
    expect(whole).toMatchObject({ num: '9', den: '10', target: '90' })
    expect(whole.share !== 'na' && percent(whole.share)).toBe('93.89')
  })

  it('takes the share of those that said yes', () => {
    const yesNo = { kind: 'yes_no', target: null } as const
    const whole = together([
      part({ ...yesNo, value: '1' }),
      part({ ...yesNo, value: '0' }),
      part({ ...yesNo, reported: false }),
    ])
    expect(whole).toMatchObject({ value: '1', target: '3', applicable: 3, reported: 2 })
    expect(whole.share !== 'na' && percent(whole.share)).toBe('33.33')
  })

  it('takes the mean of milestones and of scores', () => {
    const milestone = { kind: 'milestone', target: null } as const
    const steps = together([
      part({ ...milestone, value: '0.8' }),
      part({ ...milestone, value: '0.5' }),
      part({ ...milestone, reported: false }),
    ])
    expect(steps.share !== 'na' && percent(steps.share)).toBe('43.33')
    const score = { kind: 'score', target: '100' } as const
    const scores = together([part({ ...score, value: '86' }), part({ ...score, value: '91' })])
    expect(scores).toMatchObject({ value: null, target: null })
    expect(scores.share !== 'na' && percent(scores.share)).toBe('88.5')
  })

  it('adds up what should shrink', () => {
    const down = { direction: 'down', baseline: '10', target: '0' } as const
    const whole = together([part({ ...down, value: '2' }), part({ ...down, value: '10' })])
    expect(whole.share !== 'na' && percent(whole.share)).toBe('40')
  })
})
