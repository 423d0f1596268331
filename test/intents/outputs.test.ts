import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')
const clerk = hearing('周敏', '汝河路街道')

describe('what is to be shown or sent', () => {
  it.each([
    ['上周的挂图还有没，发出来看看', 'board.show', { period: { start: '2026-11-09', end: '2026-11-15' } }],
    ['把俺社区这个月的数导成excel发我', 'export.file', { unit: '金苑社区', format: 'xlsx' }],
    ['给我一份excel表', 'export.file', { unit: '汝河路街道' }],
  ])('%s', (said, name, slots) => {
    expect(say(said)).toMatchObject({ intent: name, slots, ask: false })
  })

  it.each([
    ['本周红黑榜出一版', { kind: 'red_black' }],
    ['上周的通报再发一遍', { action: 'resend' }],
    ['周通报草稿看过了，没问题，可以发布', { action: 'approve' }],
    ['把通报压一下', { action: 'hold' }],
  ])('%s', (said, slots) => {
    expect(clerk(said)).toMatchObject({ intent: 'bulletin.create', slots, ask: false })
  })
})

describe('not to be disturbed', () => {
  it.each([
    ['俺明天一整天开会，别艾特俺', { person: '@me', until: '2026-11-23' }],
    ['晚上8点以后别发消息', { kind: 'quiet_hours', from: '20:00' }],
    ['本群晚上9点到早上8点静音', { kind: 'quiet_hours', from: '21:00', until: '08:00' }],
    ['周末别在群里发消息', { kind: 'quiet_hours' }],
    ['请勿在晚间22时后推送消息', { kind: 'quiet_hours' }],
    ['请于每日21:00至次日8:00停止群内推送', { kind: 'quiet_hours' }],
    ['我先静音到周五', { person: '@me', until: '2026-11-27' }],
    ['我下午休息，别打扰', { person: '@me', until: '2026-11-22' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'mute', slots, ask: false })
  })
})
