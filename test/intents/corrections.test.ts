// What is said about numbers that were reported before, and what a person answers to the bot (`domain.md` C3.3, C3.10).
import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')

describe('what is taken back', () => {
  it.each([
    ['哎呦手一哆嗦发错了，头前那条给俺撤回来', { target: 'last' }],
    ['撤！刚才那条报错群了', { target: 'last' }],
    ['刚刚那条取消掉，数搞混了', { target: 'last' }],
    ['刚报的那个先撤回，我再核一核', { target: 'last' }],
    ['老天爷，报成人家的了，快给俺撤咯', { target: 'last' }],
    ['本周五报的驻区单位参与，请予撤回', { indicator: '驻区单位参与', as_of: '2026-11-20' }],
    ['昨天报的共建项目撤了，那个还没签成', { indicator: '共建项目', as_of: '2026-11-21' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'report.undo', slots, ask: false })
  })

  it.each(['撤回他报的', '撤了，红色物业3个', '前两条撤回', '撤回，别的先等等'])(
    '%s is asked about',
    (said) => {
      expect(say(said)).toMatchObject({ intent: 'report.undo', ask: true })
    },
  )
})

describe('what was wrong', () => {
  it.each([
    ['老花眼看岔行了，刚报嘞监督员不是4个，是3个', { old: 4, value: 3 }],
    ['手抖多打了个0，红物是3不是30', { old: 30, value: 3 }],
    ['汝河小区无主管楼院覆盖应为36/38，前面填串行了，请更正', { num: 36, den: 38 }],
    ['楼院覆盖那个不对，分母是40，应该38/40', { num: 38, den: 40 }],
    ['示范楼院不是验收，是初验，打错了', { milestone: '初验' }],
    ['汝河小区上礼拜五报嘞红色物业弄错了，改成4个', { value: 4, as_of: '2026-11-13' }],
    ['李江沟集体收入少报了两万', { delta: 2 }],
    ['监督员应该4个，我少算了一个', { value: 4 }],
    ['昨天驻区单位报多了一家，扣一个', { delta: -1 }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'report.correct', slots, ask: false })
  })

  it('is reported, and corrected nowhere, when it was only forgotten', () => {
    expect(say('上周四又派出去俩非公指导员，漏报了')).toMatchObject({
      intent: 'progress.report',
      slots: { op: 'add', value: 2, as_of: '2026-11-12' },
    })
  })
})

describe('what is answered', () => {
  it.each([
    '嗯，是嘞，就那样记',
    '对着嘞对着嘞，记吧',
    '确认无误，请予登记',
    '中，就恁记',
    '对，就是汝河小区',
  ])('%s is a yes', (said) => {
    expect(say(said).intent).toBe('confirm')
  })

  it.each([
    ['错啦，俺说嘞是李江沟', { unit: '李江沟村' }],
    ['否，我指的是桐柏路街道', { unit: '桐柏路街道' }],
    ['不是金苑，是锦苑', { unit: '锦苑社区' }],
    ['先别记，数还没核', {}],
    ['不是金苑', {}],
  ])('%s is a no', (said, slots) => {
    expect(say(said)).toEqual({ intent: 'deny', slots, ask: false })
  })

  it.each(['收到！！！俺这就去办👍', '中，俺知道了，收到🤝', '好的周主任，我们马上整改', '[OK][OK]'])(
    '%s wants no answer',
    (said) => {
      expect(say(said).intent).toBe('ack')
    },
  )

  it.each(['那个', '这个数', '登记', '可以记上吗', '红色物业3个，对'])('%s is no answer', (said) => {
    expect(['confirm', 'deny', 'ack']).not.toContain(say(said).intent)
  })
})
