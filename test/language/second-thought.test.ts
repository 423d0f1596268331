// Where a reason is asked for, not everything that is said is one.
import { describe, expect, it } from 'vitest'
import { reasonOrElse, secondThought } from '../../src/language/second-thought.ts'

describe('what is said in the place of a reason', () => {
  it.each([
    ['同意吧', 'agree'],
    ['算了,同意吧', 'agree'],
    ['还是同意吧', 'agree'],
    ['那就批准', 'agree'],
    ['批了吧', 'agree'],
    ['行吧', 'agree'],
    ['点错了,同意', 'agree'],
    ['同意他延期', 'agree'],
    ['不延了', 'drop'],
    ['不申请了', 'drop'],
    ['那先不延期了吧', 'drop'],
    ['我还是不申请了', 'drop'],
    ['不退了', 'drop'],
    ['先不撤', 'drop'],
    ['别改了', 'drop'],
    ['我问一下赵书记', 'wait'],
    ['点错了', 'wait'],
    ['不好意思,点错了', 'wait'],
    ['算了', 'wait'],
    ['再看看', 'wait'],
    ['再想想吧', 'wait'],
    ['等一下我问问', 'wait'],
    ['我先问问再说', 'wait'],
    ['先不同意', 'wait'],
    ['不知道', 'wait'],
    ['说错了,是10天', 'wait'],
  ])('“%s” is no reason: %s', (said, thought) => expect(secondThought(said)).toBe(thought))

  it.each([
    '时间还够',
    '居民还没同意',
    '业主不同意',
    '等街道批准了再说',
    '手续还没批下来',
    '请先报补救办法',
    '场地没腾出来',
    '没有申请表',
    '书记不同意,时间还够',
    '可以先从现有党员里选',
    '人员还在等通知',
    '资金不好落实',
    '等等验收结果',
    '申请书还没报上来',
    '日期写错了,请重新申请',
    '不用延期也能完成',
    '停工了',
  ])('“%s” may be one', (said) => expect(secondThought(said)).toBeUndefined())
})

describe('an answer to 「为什么」', () => {
  it.each(['你好', '在吗', '什么意思', '啥意思？', '第2个', '2', '怎么退', '为什么', '等一下再说', '不知道'])(
    '“%s” cannot be the reason: it is asked for again',
    (said) => expect(reasonOrElse(said)).toBe('ask'),
  )

  it.each(['不退了', '算了', '那就不撤了吧', '还是算了'])('“%s” gives it up', (said) =>
    expect(reasonOrElse(said)).toBe('drop'),
  )

  it.each([
    '数不对',
    '台账里只有一个',
    '没有佐证材料',
    '问过赵书记，少一个人',
    '早就拆了',
    '怎么又是去年的照片',
  ])('“%s” is one', (said) => expect(reasonOrElse(said)).toEqual({ reason: said }))
})
