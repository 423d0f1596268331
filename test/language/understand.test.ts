import { describe, expect, it } from 'vitest'
import { commandOf, itemsOf, meaningOf } from './small.ts'

describe('numbers and what they belong to', () => {
  it.each([
    ['the number behind', '红色物业完成3个', ['红色物业·3']],
    ['the number before', '新签了一个红色物业', ['红色物业·+1']],
    ['with a unit', '金苑社区红色物业3个', ['金苑社区·红色物业·3']],
    ['the unit behind', '红色物业3个，金苑社区', ['金苑社区·红色物业·3']],
    ['several', '红色物业3个，监督员2人，共建项目1个', ['红色物业·3', '物业项目监督员·2', '共建项目·1']],
    ['several without commas', '红色物业3个监督员2人', ['红色物业·3', '物业项目监督员·2']],
    ['several, numbers first', '8个指导员、9个监督员', ['非公党建指导员·8', '物业项目监督员·9']],
    [
      'three, numbers first',
      '3个红色物业，2个监督员和1个共建项目',
      ['红色物业·3', '物业项目监督员·2', '共建项目·1'],
    ],
    ['both orders in one line', '新签1个红色物业，监督员2人', ['红色物业·+1', '物业项目监督员·2']],
    [
      'units of their own',
      '金苑社区红色物业3个，汝河小区监督员2人',
      ['金苑社区·红色物业·3', '汝河小区社区·物业项目监督员·2'],
    ],
    [
      'one unit for a list',
      '金苑社区：红色物业3个\n监督员2人',
      ['金苑社区·红色物业·3', '金苑社区·物业项目监督员·2'],
    ],
    ['a number without an indicator', '报数 汝河小区 5', ['汝河小区社区·5']],
    ['an indicator without a number', '报数 红色物业', ['红色物业·?']],
    ['the number rather than 完成', '老旧小区改造全部完成8个', ['老旧小区改造·8']],
    ['what there is, not what is missing', '非公指导员派了五个，还差一个', ['非公党建指导员·5']],
    ['a step of a milestone', '示范楼院过了初验', ['示范楼院建设·初验']],
    ['a name with a digit in it', '三官庙社区红色物业2个', ['三官庙社区·红色物业·2']],
    ['nothing at all', '大家好', []],
  ])('%s: %s', (_what, text, items) => {
    expect(itemsOf(text)).toEqual(items)
  })

  it.each([
    ['居民自治组织新增2个', ['居民自治组织组建·+2']],
    ['红色物业又签了一个', ['红色物业·+1']],
    ['共建项目+1', ['共建项目·+1']],
    ['监督员多了俩', ['物业项目监督员·+2']],
    ['红色物业新增2个，监督员3人', ['红色物业·+2', '物业项目监督员·3']],
    ['红色物业3个，新增监督员2人', ['红色物业·3', '物业项目监督员·+2']],
    ['红色物业3个，监督员新增2人，共建项目1个', ['红色物业·3', '物业项目监督员·+2', '共建项目·1']],
    ['交叉任职又落实了', ['交叉任职落实·yes']],
    ['本周新增红色物业1个、监督员2人', ['红色物业·+1', '物业项目监督员·+2']],
    ['红色物业新增1个、监督员2人', ['红色物业·+1', '物业项目监督员·2']],
    ['红色物业新增1个，累计3个', ['红色物业·3']],
    ['上周新增1个，现在红色物业3个', ['红色物业·3']],
    ['红色物业增加到3个', ['红色物业·3']],
    ['红色物业3个，监督员2人，都是新增的', ['红色物业·+3', '物业项目监督员·+2']],
  ])('an increment is one for its own number only: %s', (text, items) => {
    expect(itemsOf(text)).toEqual(items)
  })

  it.each([
    ['a second number', '红色物业6→7', '6→7'],
    ['a second number', '红色物业共4个，完成3个', '4个,完成3个'],
    ['a second number', '红色物业6 7', '6 7'],
    ['a second unit', '金苑、汝河小区红色物业3个', '金苑'],
    ['a word that turns it round', '红色物业没到3个', '没到'],
    ['a word that makes it vague', '红色物业约3个', '约3'],
    ['a word that nobody knows', '红色物业大概3个', '大概'],
    ['a number that is denied', '红色物业没有新增2个', '没有新增2个'],
    ['a place with nothing new', '金苑红色物业3个，汝河小区没有新增', '汝河小区没有新增'],
  ])('%s is not passed over in silence: %s', (_what, text, rest) => {
    expect(meaningOf(text).rest).toBe(rest)
  })

  it.each([
    '红色物业现在一共完成了3个',
    '汝河路街道金苑社区红色物业3个',
    '共建项目昨天完成了，一共4个',
    '红色物业累计3个，其中本周新增1个，监督员2人，较上周没有增加',
    '麻烦记一下，我们社区的监督员已经到2人了',
    '没有新进展',
    '撤回刚才那条',
    '撤回 编号12',
  ])('nothing is left over of %s', (text) => {
    expect(meaningOf(text).rest).toBe('')
  })
})

describe('what else a sentence says', () => {
  it('the day', () => {
    expect(meaningOf('汝河小区昨天新签了一个红色物业').day).toBe('2026-11-21')
    expect(meaningOf('红色物业3个').day).toBeUndefined()
  })

  it('that nothing is new', () => {
    for (const text of ['今天没有新进展', '暂无变化', '无变化', '零报告', '没什么进展'])
      expect(meaningOf(text).nothingNew).toBe(true)
    expect(meaningOf('红色物业3个').nothingNew).toBe(false)
  })

  it('the number of a report or request, which is no amount', () => {
    expect(meaningOf('撤回 编号12')).toMatchObject({ number: 12, items: [] })
    expect(meaningOf('同意绑定 编号 3')).toMatchObject({ number: 3, items: [] })
  })

  it('people', () => {
    expect(meaningOf('绑定 张建国').people).toMatchObject([{ candidates: [{ name: '张建国' }] }])
  })

  it('names by their sound in this chat, not beyond it', () => {
    expect(itemsOf('今院社区红色无业完成三个')).toEqual(['金苑社区·红色物业·3'])
    expect(meaningOf('今院社区进度', { everywhere: true }).units[0]?.candidates).toHaveLength(2)
    expect(meaningOf('锦苑社区进度').units).toMatchObject([{ candidates: [{ name: '锦苑社区' }] }])
  })

  it.each([
    ['汝河路街道金苑社区红色物业3个', '汝河路街道金苑社区', [3]],
    ['汝河路的金苑进度', '汝河路的金苑', [3]],
    ['莲湖街道莲湖进度', '莲湖街道莲湖', [9]],
  ])('%j is about one place, said together with where it is', (text, place, ids) => {
    const { text: said, units } = meaningOf(text, { everywhere: true })
    expect(units.map(({ start, end }) => said.slice(start, end))).toEqual([place])
    expect(units.flatMap(({ candidates }) => candidates.map(({ id }) => id))).toEqual(ids)
  })

  it('places of which neither is part of the other, or that stand apart, are two', () => {
    for (const text of ['汝河路街道锦苑社区进度', '金苑社区汝河路街道进度', '汝河路街道和金苑社区比一比'])
      expect(meaningOf(text, { everywhere: true }).units, text).toHaveLength(2)
  })

  it('short forms, when they are all that is left', () => {
    expect(meaningOf('汝小进度').units).toMatchObject([
      { how: 'short', candidates: [{ name: '汝河小区社区' }] },
    ])
    expect(meaningOf('红物完成3个').items).toMatchObject([
      { indicator: { how: 'short' }, amount: { value: '3' } },
    ])
  })

  it('keeps a short form that could be a unit or an indicator unexplained', () => {
    expect(meaningOf('汝物进度').units).toEqual([])
  })
})

describe('which command is meant', () => {
  it.each([
    ['进度', '进度'],
    ['我们完成多少了', '进度'],
    ['金苑社区', '进度'],
    ['红色物业完成3个了吗', '进度'],
    ['红色物业完成3个', '报数'],
    ['今天没有新进展', '报数'],
    ['撤回', '撤回'],
    ['确认', '确认'],
    ['绑定 张建国', '绑定'],
    ['我是谁', '我是谁'],
    ['怎么报数', '帮助'],
    ['', '帮助'],
    ['红色物业下周签2个', undefined],
    ['争取弄到4个红色物业', undefined],
    ['大家辛苦了', undefined],
  ])('%s: %s', (text, command) => {
    expect(commandOf(meaningOf(text))).toBe(command)
  })
})
