// The moments at which jobs are due: over leap days, years and long gaps, quickly.
import cron from 'node-cron'
import { expect, it } from 'vitest'
import { jobs } from '../jobs/index.ts'
import { job } from '../src/job.ts'
import { slotsBetween } from '../src/slots.ts'

it('finds the slots of a leap day, a year end and a long gap, but not older than 400 days', () => {
  const daily = job({ name: 'daily', cron: '30 23 * * *', catchUp: 'every', run: async () => {} })
  const slots = (from: string, to: string) =>
    slotsBetween([daily], () => new Date(`${from}+08:00`), new Date(`${to}+08:00`)).map(({ due: slot }) =>
      slot.toISOString(),
    )
  expect(slots('2028-02-29T00:00', '2028-03-01T00:00')).toEqual(['2028-02-29T15:30:00.000Z'])
  expect(slots('2026-12-31T23:00', '2027-01-01T00:00')).toEqual(['2026-12-31T15:30:00.000Z'])
  expect(slots('2026-01-01T00:00', '2026-12-01T00:00')).toHaveLength(334)
  expect(slots('2024-01-01T00:00', '2026-12-01T00:00')).toHaveLength(400)
  expect(slots('2026-12-01T00:00', '2026-12-01T23:29')).toEqual([])
})

it('finds the slots of a year within a second, and makes one task of node-cron for each expression', () => {
  const every = jobs.map((one) => ({
    ...one,
    catchUp: one.cron.startsWith('*') ? one.catchUp : ('every' as const),
  }))
  const year = () =>
    slotsBetween(every, () => new Date('2026-01-01T00:00:00Z'), new Date('2027-01-01T00:00:00Z'))
  const started = performance.now()
  const found = year()
  expect(performance.now() - started).toBeLessThan(1_000)
  expect(found.filter(({ job }) => job.name === 'weekly-ranking')).toHaveLength(52)
  const { size } = cron.getTasks()
  expect(year()).toEqual(found)
  expect(cron.getTasks().size).toBe(size)
})
