// Where a reason is asked for, not everything that is said is one.
import { describe, expect, it } from 'vitest'
import { secondThought } from '../../src/language/second-thought.ts'

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
