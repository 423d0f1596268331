import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')
const clerk = hearing('周敏', '汝河路街道')

describe('what is to be shown or sent', () => {
  it.each([
    ['上周的挂图还有没，发出来看看', 'board.show', { period: { start: '2026-11-09', end: '2026-11-15' } }],
    ['把俺社区这个月的数导成excel发我', 'export.file', { unit: '金苑社区', format: 'xlsx' }],
    ['给我一份excel表', 'export.file', { unit: '汝河路街道' }],
    ['俺领几个老伙计看看挂图，发一张上来呗', 'board.show', { unit: '汝河路街道' }],
    ['把街道这个月嘞数导成excel，俺叫小年轻打出来', 'export.file', { unit: '汝河路街道' }],
    ['10月下旬的表导出excel', 'export.file', { period: { start: '2026-10-21', end: '2026-10-31' } }],
  ])('%s', (said, name, slots) => {
    expect(say(said)).toMatchObject({ intent: name, slots, ask: false })
  })

  it.each([
    ['本周红黑榜出一版', { kind: 'red_black' }],
    ['上周的通报再发一遍', { action: 'resend' }],
    ['周通报草稿看过了，没问题，可以发布', { action: 'approve' }],
    ['把通报压一下', { action: 'hold' }],
    ['这期通报俺看了三遍，中，往外发吧', { action: 'approve' }],
    ['通报草稿已审，同意发布', { action: 'approve' }],
    ['这期通报缓发', { action: 'hold' }],
  ])('%s', (said, slots) => {
    expect(clerk(said)).toMatchObject({ intent: 'bulletin.create', slots, ask: false })
  })
})

describe('how something is said', () => {
  it.each([
    ['小图小图在不在，能干点啥呀', undefined],
    ['怎么查排名', 'ranking.query'],
    ['俺不会弄提醒，教教俺咋设', 'reminder.create'],
    ['怎样撤回报错的数', 'report.undo'],
    ['咋取消提醒', 'reminder.cancel'],
    ['挂图咋看', 'board.show'],
    ['报数格式', 'progress.report'],
    ['通报怎么出', 'bulletin.create'],
    ['报数是咋个报法', 'progress.report'],
    ['怎样给社区加简称', 'admin.bind'],
  ])('%s', (said, topic) => {
    expect(say(said)).toEqual({ intent: 'help', slots: topic ? { topic } : {}, ask: false })
  })

  it.each(['为什么咱排这么靠后', '怎么排这么后', '红色物业怎么还没人报'])('%s asks why', (said) => {
    expect(say(said).intent).not.toBe('help')
  })

  it('corrects a number that was reported, and no bulletin', () => {
    expect(say('勘误：共建项目应为2个，原报3个有误。')).toMatchObject({
      intent: 'report.correct',
      slots: { indicator: '共建项目', value: 2 },
    })
  })
})

describe('not to be disturbed', () => {
  it.each([
    ['俺明天一整天开会，别艾特俺', { person: '@me', until: '2026-11-23' }],
    ['晚上8点以后别发消息', { kind: 'quiet_hours', from: '20:00' }],
    ['本群晚上9点到早上8点静音', { kind: 'quiet_hours', from: '21:00', until: '08:00' }],
    ['周末别在群里发消息', { kind: 'quiet_hours' }],
    ['夜里九点往后群里别吭气了，俺睡嘞早', { kind: 'quiet_hours', from: '21:00' }],
    ['请勿在晚间22时后推送消息', { kind: 'quiet_hours' }],
    ['请于每日21:00至次日8:00停止群内推送', { kind: 'quiet_hours' }],
    ['我先静音到周五', { person: '@me', until: '2026-11-27' }],
    ['我下午休息，别打扰', { person: '@me', until: '2026-11-22' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'mute', slots, ask: false })
  })
})
