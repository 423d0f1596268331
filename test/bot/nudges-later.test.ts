// A nudge that is asked for when nobody is written to waits for the morning, and reaches who has not reported by then.
import { beforeEach, describe, expect, it } from 'vitest'
import { admin, secretary } from './harness.ts'
import { fire, open, queued, say, sentTo, talking, wecomGroup, wednesday } from './nudge-talk.ts'

describe('when it may not be said now', () => {
  it.each([
    ['on a Sunday', '2026-11-22T10:00:00+08:00', '11月23日(周一)9:00', '2026-11-23T01:00:00.000Z'],
    ['at night', '2026-11-25T22:00:00+08:00', '11月26日(周四)9:00', '2026-11-26T01:00:00.000Z'],
    ['before office hours', '2026-11-25T06:00:00+08:00', '11月25日(周三)9:00', '2026-11-25T01:00:00.000Z'],
  ])('%s it waits for office hours, and says so', async (_when, now, said, at) => {
    await open(now)
    expect(await say('催一下李江沟村')).toContain(`现在是休息时间，${said}发。`)
    expect(await say('1')).toBe(
      `已排好1个单位（私聊1人）。现在是休息时间，${said}发出，那时报了的不催；不催了说“取消催报”。`,
    )
    expect(await queued()).toEqual([])
    await fire(new Date(at))
    expect((await queued()).map(({ not_before }) => not_before.toISOString())).toEqual([at])
  })

  describe('like on a Sunday morning,', () => {
    const monday = new Date('2026-11-23T09:00:00+08:00')
    beforeEach(() => open('2026-11-22T10:00:00+08:00'))

    it('it belongs to the window in which it goes out', async () => {
      await say('催一下李江沟村')
      await say('1')
      await fire(monday)
      talking.clock.set(wednesday)
      expect(await say('催一下李江沟村')).toBe('没有能催的。1个单位这期催过了，不再催。')
    })

    it('it does not reach who has reported by the time it goes, and names nothing that was reported', async () => {
      await say('今天没报的催一下')
      expect(await say('1')).toContain('已排好10个单位')
      talking.clock.set('2026-11-22T20:00:00+08:00')
      await talking.say('没有新进展', { sender: secretary })
      await fire(monday)
      expect(await sentTo()).toHaveLength(9)
      expect(await sentTo()).not.toContain('张建国')
    })

    it('it is sent once, however often it was asked for, in whichever group', async () => {
      for (const over of [{}, {}, { ...wecomGroup, sender: admin }]) {
        await say('催一下李江沟村', over)
        await say('1', over)
      }
      await fire(monday)
      await fire(monday)
      expect(await sentTo()).toEqual(['赵铁柱'])
    })

    it('who asked for it may drop it', async () => {
      expect(await say('取消催报')).toBe('没有排着等发的催报；已经发出去的收不回。')
      await say('催一下')
      await say('1')
      expect(await say('催报取消')).toBe('好，排着的催报不发了。')
      await fire(monday)
      expect(await queued()).toEqual([])
    })

    it('it goes into the group where nobody can be written to privately', async () => {
      await say('催一下')
      await say('1')
      await fire(monday, [])
      expect(await sentTo()).toEqual(['cid-ruhelu'])
    })

    it('it waits for another morning when the bot was away until the evening', async () => {
      await say('催一下李江沟村')
      await say('1')
      await fire(new Date('2026-11-23T21:30:00+08:00'))
      expect(await queued()).toEqual([])
      await fire(new Date('2026-11-24T09:00:00+08:00'))
      expect(await sentTo()).toEqual(['赵铁柱'])
    })
  })
})
