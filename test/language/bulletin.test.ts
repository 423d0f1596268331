// What a sentence wants of a bulletin.
import { describe, expect, it } from 'vitest'
import { type BulletinWish, readBulletin } from '../../src/language/bulletin.ts'

const wanted: [string, BulletinWish, number?][] = [
  ['出一份通报', 'draft'],
  ['发个周通报', 'draft'],
  ['生成本周通报', 'draft'],
  ['做一期红黑榜', 'draft'],
  ['红色物业的通报', 'draft'],
  ['汝河路街道通报', 'draft'],
  ['红黑榜', 'draft'],
  ['给我写一份这周的通报吧', 'draft'],
  ['通报帮我做一份', 'draft'],
  ['发现通报里的数错了', 'show'],
  ['通报里金苑的数不对', 'show'],
  ['本周通报', 'show'],
  ['看通报', 'show'],
  ['通报', 'show'],
  ['通报第3号', 'show', 3],
  ['第三号通报', 'show', 3],
  ['看看第12号通报', 'show', 12],
  ['通报发了没', 'show'],
  ['第3号通报签发了吗', 'show', 3],
  ['谁签发的第3号通报', 'show', 3],
  ['发布通报第3号', 'publish', 3],
  ['同意发布', 'publish'],
  ['签发第3号通报', 'publish', 3],
  ['把通报发出去', 'publish'],
  ['不同意发布', 'hold'],
  ['先别发', 'hold'],
  ['通报先不发', 'hold'],
  ['暂缓通报第3号', 'hold', 3],
  ['作废通报第3号', 'drop', 3],
  ['通报第3号不要了', 'drop', 3],
  ['通报不发了', 'hold'],
  ['重发通报', 'resend'],
  ['通报第3号再发一遍', 'resend', 3],
  ['出勘误', 'errata'],
  ['发布勘误', 'publish'],
  ['作废勘误', 'drop'],
  ['看勘误', 'show'],
  ['通报第3号勘误', 'errata', 3],
  ['撤回通报第3号', 'withdraw', 3],
  ['通报发错了,撤回来', 'withdraw'],
  ['把通报撤下来', 'withdraw'],
  ['撤回勘误', 'withdraw'],
  ['通报发错了,撤回重发', 'withdraw'],
  ['通报第3号不要撤回', 'show', 3],
  ['别作废通报第3号', 'show', 3],
  ['谁撤回的通报', 'show'],
  ['不发', 'hold'],
  ['不发了', 'hold'],
  ['通报列表', 'list'],
  ['有哪些通报', 'list'],
  ['所有的通报', 'list'],
  ['通报有几份', 'list'],
  ['通报里有哪些社区', 'show'],
  ['批准通报', 'publish'],
  ['发布第3号', 'publish', 3],
  ['把通报第3号附言删掉', 'erase', 3],
  ['通报第3号附言删除', 'erase', 3],
  ['通报第3号不要附言了', 'erase', 3],
  ['通报第3号去掉那句话', 'erase', 3],
  ['把第三号通报后面加的那句话删了吧', 'erase', 3],
  ['通报第3号改成: 删掉', 'erase', 3],
  ['去掉那句话', 'erase'],
  ['附言不要了', 'erase'],
  ['通报第3号附言不要删', 'show', 3],
  ['通报第3号附言写得不好', 'show', 3],
  ['撤回通报里的附言', 'erase'],
  ['通报第3号改成: 撤回', 'edit', 3],
  // Not now.
  ['通报暂时不发', 'hold'],
  ['通报第4号今天不发', 'hold', 4],
  ['通报第1号周末不发', 'hold', 1],
  ['通报先不要发', 'hold'],
  ['通报等书记看了再发', 'hold'],
  ['通报改好再发', 'hold'],
  ['明天再发通报', 'hold'],
  ['通报过会儿再发', 'hold'],
  ['通报第2号周五再发,现在不发', 'hold', 2],
  ['通报第1号 下周再说吧', 'hold', 1],
  ['通报领导还没看,等等', 'hold'],
  ['再发一份通报', 'draft'],
  ['通报没收到的再发一遍', 'resend'],
  ['通报写错了重新出一份', 'draft'],
  // More than 作废 is said, and what cannot be changed.
  ['通报第2号附言里的联系李主任删掉', 'show', 2],
  ['通报不发给全区,只发给街道', 'show'],
  ['通报发不发', 'show'],
  ['为什么不发通报', 'show'],
  ['通报第3号作废重出', 'show', 3],
  ['通报第1号把点评那句删掉', 'body', 1],
  ['通报第3号点评不要了', 'body', 3],
  ['通报取消点名', 'body'],
  ['通报第5号第一段删除', 'body', 5],
  ['通报第一段删除', 'body'],
  ['通报第1号把84.67改成85', 'body', 1],
  ['通报第1号标题改成金苑要加油', 'body', 1],
  ['通报末位改成后三名', 'body'],
  ['通报第1号 改成4个', 'body', 1],
  ['通报开头加一句:各社区', 'body'],
  ['通报第1号先别加一句:大家好', 'show', 1],
]

it.each(wanted)('%s', (text, want, number) => {
  const asked = readBulletin(text)
  expect(asked.want).toBe(want)
  expect(asked.number).toBe(number)
})

describe('a sentence under it', () => {
  it.each([
    ['通报第3号加一句:大家辛苦了', { number: 3, sentence: '大家辛苦了', adds: true }],
    ['通报第3号改成:12月3号前补齐,17:00截止!', { number: 3, sentence: '12月3号前补齐，17:00截止！' }],
    ['通报第3号改成', { number: 3, sentence: '' }],
    ['通报第3号附言改成:周六前报', { number: 3, sentence: '周六前报' }],
    ['通报第3号附言:周六前报', { number: 3, sentence: '周六前报', adds: true }],
    ['通报第3号加一句:那句话不要忘了', { number: 3, sentence: '那句话不要忘了', adds: true }],
    ['附言改成:下周一开会', { sentence: '下周一开会' }],
    ['把附言改成大家再加把劲', { sentence: '大家再加把劲' }],
    ['通报第3号 改成:再接再厉', { number: 3, sentence: '再接再厉' }],
    ['通报第3号改一句:请来说明', { number: 3, sentence: '请来说明' }],
    ['通报里写上大家辛苦了', { sentence: '大家辛苦了', adds: true }],
    ['通报最后写一句:辛苦', { sentence: '辛苦', adds: true }],
    ['通报第3号后面补一句:辛苦', { number: 3, sentence: '辛苦', adds: true }],
    ['通报第3号末尾加上周五见', { number: 3, sentence: '周五见', adds: true }],
    ['通报第3号改成# 先这样', { number: 3, sentence: '先这样', answered: true }],
    ['通报加一句', { sentence: '', adds: true }],
    ['给第三号通报加上一句话:发布以后不要再发', { number: 3, sentence: '发布以后不要再发', adds: true }],
  ])('%s', (text, found) => {
    const { want, kind, ...rest } = readBulletin(text)
    expect([want, kind]).toEqual(['edit', 'weekly'])
    expect(rest).toEqual(found)
  })
})

it('nothing is published by a sentence that says no', () => {
  const later = ['明天', '5点', '等书记看了再', '谁', '什么时候', '怎么', '能不能', '差不多']
  for (const when of later) expect(readBulletin(`${when}发布通报第3号`).want, when).toBe('show')
  for (const no of [
    '别发布',
    '不同意签发',
    '先不批准',
    '不批准',
    '不签发',
    '不发布',
    '没同意发布',
    '取消发布',
    '还没发布',
    '勿发布',
  ])
    for (const which of ['', '通报第3号', '第3号通报'])
      expect(readBulletin(`${no}${which}`).want, no).not.toBe('publish')
})

it('a street that is named in front of it says whose it is', () => {
  expect(readBulletin('作废汝河路的通报', ['汝河路']).want).toBe('drop')
  expect(readBulletin('汝河路的通报末尾加上周五见', ['汝河路'])).toMatchObject({
    want: 'edit',
    sentence: '周五见',
  })
})

it('more than is understood is told apart from a look', () => {
  for (const said of ['通报第3号作废,数错了', '通报里有个错,撤回改一下', '通报随便怎样', '明天发布通报'])
    expect(readBulletin(said).vague, said).toBe(true)
  for (const said of ['看通报', '通报', '本周通报', '通报第3号', '撤回通报第3号', '通报发错了,撤回来'])
    expect(readBulletin(said).vague, said).toBeUndefined()
})

it('the day of a month is no number of a bulletin', () => {
  expect(readBulletin('看11月27号的通报').number).toBeUndefined()
})

it('the mark of what was shown, and to whom it is said again', () => {
  expect(readBulletin('发布通报第3号#0a1b2c')).toMatchObject({ want: 'publish', number: 3, mark: '0a1b2c' })
  expect(readBulletin('仍然发布通报第3号#0a1b2c')).toMatchObject({ want: 'publish', sure: true })
  expect(readBulletin('重发通报第3号给没收到的')).toMatchObject({ want: 'resend', to: 'failed' })
  expect(readBulletin('重发通报第3号给全部')).toMatchObject({ want: 'resend', to: 'all' })
  expect(readBulletin('取消重发通报第3号').want).toBe('hold')
})
