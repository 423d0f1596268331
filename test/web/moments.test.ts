// Which moments the playground offers to go to, and what it says ran on the way.
import { describe, expect, it } from 'vitest'
import { fieldOf, jumpsFrom, momentOf, nextHour, ranWords } from '../../src/web/browser/playground/moments.ts'

const labels = (now: string) => jumpsFrom(Date.parse(`${now}+08:00`)).map(({ label }) => label)

describe('the moments worth going to', () => {
  it.each([
    ['2026-11-22T10:00:00', ['→ 11月23日周一 9:00', '→ 11月27日周五 15:00', '→ 11月27日周五 18:00']],
    [
      '2026-11-23T08:59:59',
      ['→ 11月23日周一 9:00', '→ 11月24日周二 9:00', '→ 11月27日周五 15:00', '→ 11月27日周五 18:00'],
    ],
    [
      '2026-11-23T09:00:00',
      ['→ 11月24日周二 9:00', '→ 11月27日周五 15:00', '→ 11月27日周五 18:00', '→ 11月30日周一 9:00'],
    ],
    [
      '2026-11-27T17:00:00',
      ['→ 11月27日周五 18:00', '→ 11月28日周六 9:00', '→ 11月30日周一 9:00', '→ 12月4日周五 15:00'],
    ],
    // Before eight in the morning it is still yesterday in Greenwich.
    [
      '2026-12-31T01:00:00',
      ['→ 1月1日周五 9:00', '→ 1月1日周五 15:00', '→ 1月1日周五 18:00', '→ 1月4日周一 9:00'],
    ],
  ])('at %s are all to come, in order, and none twice', (now, expected) => {
    expect(labels(now)).toEqual(expected)
  })
})

describe('a field for date and time', () => {
  it('holds the time of China, wherever the visitor is', () => {
    const moment = Date.parse('2026-11-23T01:30:00Z')
    expect(fieldOf(moment)).toBe('2026-11-23T09:30')
    expect(momentOf('2026-11-23T09:30')).toBe(moment)
    expect(momentOf('')).toBe(undefined)
    expect(fieldOf(nextHour(moment))).toBe('2026-11-23T10:00')
  })
})

describe('what ran', () => {
  it.each([
    [[], '这段时间没有要跑的。'],
    [
      ['tidy', 'deadline-alerts', 'deadline-alerts', 'weekly-ranking'],
      '跑了：周排名、期限提醒（2次）、整理。',
    ],
    [['another', 'reminders'], '跑了：到点提醒、another。'],
  ])('%j is told in words: %s', (jobs, words) => {
    expect(ranWords(jobs.map((job) => ({ job })))).toBe(words)
  })
})
