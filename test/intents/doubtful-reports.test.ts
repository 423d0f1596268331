// A number that was not said to be done, or not of one's own, is never written unasked (`domain.md` C3.6, C3.9).
import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const hear = hearing('张建国', '汝河路街道')

const doubtful = [
  // Talked about, wanted, ordered.
  ...'红色物业谈了3个 红色物业又宣传了1个 红色物业动员了3家 红色物业入户3个 红色物业3个共建项目3个都谈了 红色物业努力弄到3个'.split(
    ' ',
  ),
  ...'红色物业冲3个 红色物业先签3个 赶紧弄3个红色物业 请大家完成3个红色物业 红色物业还得再加1个 红色物业大家全部完成'.split(
    ' ',
  ),
  ...'让金苑赶紧弄3个红色物业 示范楼院请领导验收 示范楼院领导验收 示范楼院下午验收 示范楼院冲验收 红色物业3个算了'.split(
    ' ',
  ),
  ...'拟于12月上旬新增共建项目2个 我寻思着再谈两家驻区单位'.split(' '),
  // Of others.
  ...'王书记红色物业3个 帮王书记报红色物业3个 刚从王书记那儿听来，红色物业3个 人家都4个红色物业了 你们红色物业3个'.split(
    ' ',
  ),
  ...'大家红色物业3个 王书记零报告 大家都零报告 本周人家没变化 昨天区里开会讲的，红色物业3个'.split(' '),
  // Begun, not yet, no more.
  ...'红色物业3个开工了 红色物业动工3个 红色物业下午签3个 晚上签3个红色物业 红色物业3个，下午签合同'.split(
    ' ',
  ),
  ...'红色物业3个停工了 监督员3人离职了 共建项目2个搁置了 红色物业3个泡汤了 监督员走了一个'.split(' '),
  ...'红色物业3个，物业公司反悔了 红色物业3个，被人举报了 红色物业3个，凑数的 红色物业3个，口头答应了'.split(
    ' ',
  ),
  ...'红色物业3个，手续走着 红色物业3个，老板很积极'.split(' '),
  // Of something else.
  ...'红色物业3人 红色物业3户 红色物业3个楼长 红色物业通知3个'.split(' '),
  // Two shares of which one is said.
  '金苑:1、汝河小区:2、红色物业',
]

describe('a doubtful number', () => {
  it.each(doubtful)('%s', (said) => {
    const { intent, ask } = hear(said)
    expect(ask || intent === 'unknown').toBe(true)
  })
})

const plain: [said: string, value: number][] = [
  ['周主任好，金苑红色物业完成了3个，请查收', 3],
  ['红色物业目前完成情况：3个', 3],
  ['红色物业任务4个完成3个', 3],
  ['红色物业四个里头弄成三个了', 3],
  ['红色物业应完成4个，实际完成3个', 3],
  ['红色物业3个，请审阅', 3],
  ['共建项目咱今年一共整了2个', 2],
  ['驻区单位七家都参加了', 7],
  ['书记，红色物业3个', 3],
  ['各位领导好，红色物业3个', 3],
  ['监督员又给俺派来一个小伙子，退伍兵', 1],
  ['街道党工委：按照统一安排，现将红色物业情况报告如下：累计3个。特此报告。', 3],
]

describe('a number that words around it do not change', () => {
  it.each(plain)('%s', (said, value) => {
    const { intent, slots, ask } = hear(said)
    expect({ intent, value: slots['value'], ask }).toEqual({ intent: 'progress.report', value, ask: false })
  })

  it('may stand in a numbered row of several', () => {
    for (const said of [
      '1、红色物业3个；2、监督员4人',
      '一是红色物业3个，二是监督员4人',
      '三样一块儿报：红色物业3个，监督员4人',
    ]) {
      const { slots, ask } = hear(said)
      expect(ask).toBe(false)
      expect(slots['items']).toMatchObject([{ value: 3 }, { value: 4 }])
    }
  })

  it('is a part of its whole', () => {
    for (const said of ['无主管楼院40个覆盖了38个', '无主管楼院一共40个，覆盖了38个'])
      expect(hear(said)).toMatchObject({ slots: { num: 38, den: 40 }, ask: false })
    expect(hear('非公企业覆盖率百分之百')).toMatchObject({ slots: { pct: 100 }, ask: false })
  })
})
