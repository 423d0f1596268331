import { describe, expect, it } from 'vitest'
import { hearing } from './hearing.ts'

const say = hearing('张建国', '汝河路街道')
const week = { start: '2026-11-16', end: '2026-11-22' }

describe('a question about the ranking', () => {
  it.each([
    ['榜一是谁家', { unit: '汝河路街道', top: 1 }],
    ['前面几家都是谁', { unit: '汝河路街道', top: 3 }],
    ['全区嘞村排一排，俺看看头三名是谁', { unit: '全区', unit_level: 'village', top: 3 }],
    ['西流湖街道在全区的位次', { rank_of: '西流湖街道', unit: '全区', unit_level: 'street' }],
    ['李江沟这个月往前蹿了几名', { rank_of: '李江沟村', metric: 'rank_change' }],
    ['上周咱排老几', { rank_of: '金苑社区', period: { start: '2026-11-09', end: '2026-11-15' } }],
    ['排第几', { rank_of: '汝河路街道', unit: '全区' }],
    ['给俺看看咱社区排多少名', { rank_of: '金苑社区' }],
    ['头三名是谁', { unit: '汝河路街道', top: 3 }],
    ['共建项目谁做得最好', { indicator: '共建项目', top: 1 }],
    ['哪个社区最拉胯', { unit_level: 'community', bottom: 1 }],
    ['退步最快的三个社区', { unit_level: 'community', bottom: 3, metric: 'rank_change' }],
    ['这周谁掉得最狠', { bottom: 1, metric: 'rank_change', period: week }],
    ['须水街道各村排名', { unit: '须水街道', unit_level: 'village' }],
    ['全区前三的街道', { unit: '全区', unit_level: 'street', top: 3 }],
    ['金苑在村里头排第几', { rank_of: '金苑社区', unit_level: 'village' }],
    ['俺社区咋掉恁狠', { rank_of: '金苑社区', metric: 'explain' }],
    ['上周第一是哪家', { top: 1, period: { start: '2026-11-09', end: '2026-11-15' } }],
    ['请提供本街道各社区名次情况', { unit: '汝河路街道', unit_level: 'community' }],
    ['街道里头咱算老几', { rank_of: '金苑社区' }],
    ['驻区单位参与最少的三家', { indicator: '驻区单位参与', bottom: 3 }],
    ['我社区在街道处于什么位次', { rank_of: '金苑社区' }],
    ['咱进前三了没', { rank_of: '金苑社区' }],
    ['我们是不是倒数第一', { rank_of: '金苑社区' }],
    ['top5', { top: 5 }],
    ['领头羊是谁', { top: 1 }],
    ['谁拖咱街道后腿了', { bottom: 1 }],
    ['上周三官庙街道排第几', { period: { start: '2026-11-09', end: '2026-11-15' } }],
    ['为啥我们比上周掉了三名', { metric: 'explain' }],
    ['排名是按啥排的', { metric: 'explain' }],
    ['给我看看排名', { unit: '汝河路街道' }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'ranking.query', slots, ask: false })
  })

  it('asks which one a name means that a street and a community share', () => {
    expect(say('林山寨在全区排第几')).toMatchObject({
      slots: { ambiguous: 'unit', candidates: ['林山寨街道', '林山寨社区'] },
      ask: true,
    })
  })

  it('in the district’s group asks which of two names of one sound is meant', () => {
    expect(hearing('何晓雯', '全区')('锦苑排第几')).toMatchObject({ slots: { ambiguous: 'unit' }, ask: true })
  })
})

describe('a comparison', () => {
  it.each([
    ['汝河路pk桐柏路', { units: ['汝河路街道', '桐柏路街道'] }],
    ['谁在我们前面', { units: ['金苑社区', '@prev'] }],
    ['谁排我后头', { units: ['金苑社区', '@next'] }],
    ['再涨多少能超过汝河小区', { units: ['金苑社区', '汝河小区社区'] }],
    ['我们落后汝河小区多少', { units: ['金苑社区', '汝河小区社区'] }],
    ['请对比汝河路街道与桐柏路街道红色物业完成情况', { units: ['汝河路街道', '桐柏路街道'] }],
    [
      '这周跟上周比，我们进步没',
      { unit: '金苑社区', periods: [week, { start: '2026-11-09', end: '2026-11-15' }] },
    ],
    ['咱跟淮河路谁快', { units: ['金苑社区', '淮河路社区'] }],
    ['咱街道跟林山寨街道差多少', { units: ['汝河路街道', '林山寨街道'] }],
    ['离上一名还有多远', { units: ['金苑社区', '@prev'] }],
    ['我们和第三名差多少', { units: ['金苑社区', '@rank:3'] }],
    ['金苑、汝河小区、淮河路三个比比', { units: ['金苑社区', '汝河小区社区', '淮河路社区'] }],
    [
      '这周较上周有啥变化',
      { unit: '汝河路街道', periods: [week, { start: '2026-11-09', end: '2026-11-15' }] },
    ],
    [
      '10月和11月对比一下',
      {
        periods: [
          { start: '2026-11-01', end: '2026-11-22' },
          { start: '2026-10-01', end: '2026-10-31' },
        ],
      },
    ],
    ['本周环比', { periods: [week, { start: '2026-11-09', end: '2026-11-15' }] }],
  ])('%s', (said, slots) => {
    expect(say(said)).toMatchObject({ intent: 'ranking.compare', slots })
  })

  it('takes the level of a shared name from the other one, in the district’s group too', () => {
    expect(hearing('何晓雯', '全区')('莲湖比柳湖差多少分')).toMatchObject({
      slots: { units: ['莲湖街道', '柳湖街道'] },
      ask: false,
    })
  })

  it.each(['昨晚球赛谁第一', '你家孩子考第几名', '哪个饭店最好吃', '今年比去年冷多了'])(
    'is not heard in talk about everyday life: %s',
    (said) => expect(say(said).intent).toBe('unknown'),
  )

  it('within one month, compared with nothing, is a question about progress', () => {
    expect(say('上个月居民自治组织多了几个')).toMatchObject({
      intent: 'progress.query',
      slots: { agg: 'delta', period: { start: '2026-10-01', end: '2026-10-31' } },
    })
  })

  it('how much something grew, compared with nothing, is a question about progress', () => {
    expect(say('红色物业这周涨了多少')).toMatchObject({ intent: 'progress.query', slots: { agg: 'delta' } })
  })
})
