// A week of the example campaign, from Sunday to Sunday, with what goes wrong in a week.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWorld, type World } from '../support/world.ts'

describe.each([1, 3])('a week with %i replicas', (replicas) => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ replicas })
  })
  afterAll(() => world.stop())

  it('passes', async () => {
    await world.passUntil('2026-11-24T12:00')
    expect(world.seen().length).toBeGreaterThan(1)
  }, 120_000)
})
