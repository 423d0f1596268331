import { describe, expect, it } from 'vitest'
import { lexicon, type Named } from '../../src/language/lexicon.ts'
import { words } from './small.ts'

const everything = () => true
const nothing = () => false

/** Every name found, as 写法=全名(how). */
const spotted = (text: string, soundCounts: (named: Named) => boolean = everything, inside = words) =>
  inside.spot(text, soundCounts).map(({ start, end, candidates, how }) => {
    const names = candidates.map(({ name }) => name).join('/')
    return `${text.slice(start, end)}=${names}(${how})`
  })

describe('names by their characters', () => {
  it('finds unit, indicator and step where they stand', () => {
    expect(words.spot('金苑社区红色物业3个', nothing)).toMatchObject([
      { kind: 'unit', start: 0, end: 4, how: 'exact' },
      { kind: 'indicator', start: 4, end: 8, how: 'exact' },
    ])
    expect(spotted('示范楼院过了初验', nothing)).toEqual(
      ['示范楼院=示范楼院建设(exact)', '初验=示范楼院建设'].slice(0, 1).concat('初验=初验(exact)'),
    )
  })

  it('takes the longest name: 汝河小区 is not 汝河', () => {
    expect(spotted('汝河小区怎么样', nothing)).toEqual(['汝河小区=汝河小区社区(exact)'])
    expect(spotted('汝河路街道怎么样', nothing)).toEqual(['汝河路街道=汝河路街道(exact)'])
  })

  it('gives all that are called so when a name is shared', () => {
    expect(spotted('汝河怎么样', nothing)).toEqual(['汝河=汝河路街道/汝河小区社区(exact)'])
    expect(spotted('莲湖啥情况', nothing)).toEqual(['莲湖=莲湖街道/莲湖社区(exact)'])
    expect(spotted('莲湖社区啥情况', nothing)).toEqual(['莲湖社区=莲湖社区(exact)'])
  })

  it('widens a name over the neighbours that belong to it', () => {
    expect(spotted('居民自治组织新增2个', nothing)).toEqual(['居民自治组织=居民自治组织组建(exact)'])
    expect(spotted('无主管楼院党组织覆盖38/40', nothing)).toEqual([
      '无主管楼院党组织覆盖=无主管楼院党组织覆盖率(exact)',
    ])
    expect(spotted('非公指导员派了五个', nothing)).toEqual(['非公指导员=非公党建指导员(exact)'])
  })

  it('narrows a shared name down to the one that goes on as the text does', () => {
    expect(spotted('莲湖社进度', nothing)).toEqual(['莲湖社=莲湖社区(exact)'])
  })

  it('never lets two names overlap', () => {
    const spots = words.spot('汝河小区社区汝河路汝河金苑社区红色物业，监督员物业监督员', everything)
    for (const [at, { start }] of spots.entries())
      expect(start).toBeGreaterThanOrEqual(spots[at - 1]?.end ?? 0)
    expect(spots.map(({ candidates }) => candidates[0]?.name)).toEqual([
      ...[
        '汝河小区社区',
        '汝河路街道',
        '汝河路街道',
        '金苑社区',
        '红色物业',
        '物业项目监督员',
        '物业项目监督员',
      ],
    ])
  })
})

describe('names by their sound', () => {
  it('hears what a voice keyboard wrote', () => {
    expect(spotted('今院社区红色无业完成三个')).toEqual([
      '今院社区=金苑社区/锦苑社区(sound)',
      '红色无业=红色物业(sound)',
    ])
    expect(spotted('如何小区进度')).toEqual(['如何小区=汝河小区社区(sound)'])
  })

  it('hears only those that may be meant', () => {
    expect(spotted('今院社区进度', ({ id }) => id !== 7)).toEqual(['今院社区=金苑社区(sound)'])
    expect(spotted('今院社区进度', nothing)).toEqual([])
  })

  it('believes the characters rather than the sound', () => {
    expect(spotted('锦苑社区进度')).toEqual(['锦苑社区=锦苑社区(exact)'])
    expect(spotted('金苑社区进度')).toEqual(['金苑社区=金苑社区(exact)'])
  })

  it('hears no single character and no step of a milestone', () => {
    expect(spotted('出言')).toEqual([])
    expect(spotted('出验')).toEqual([])
  })

  it('reads a character of several sounds alone and in its context', () => {
    const bank = lexicon([{ kind: 'unit', id: 1, name: '行长社区', others: [] }])
    expect(spotted('航掌社区', everything, bank)).toEqual(['航掌社区=行长社区(sound)'])
    expect(spotted('行长社区', everything, bank)).toEqual(['行长社区=行长社区(exact)'])
  })
})

describe('short forms', () => {
  const shortFor = (text: string) => words.shortFor(text, everything).map(({ name }) => name)

  it('are some of the characters, in their order', () => {
    expect(shortFor('汝小')).toEqual(['汝河小区社区'])
    expect(shortFor('红物')).toEqual(['红色物业'])
    expect(shortFor('老改')).toEqual(['老旧小区改造'])
  })

  it('are neither a single character, nor the whole name, nor in another order', () => {
    for (const text of ['红', '红色物业', '物红', '红色物业管理', '']) expect(shortFor(text)).toEqual([])
  })

  it('may be short for several, which is then to be asked', () => {
    expect(shortFor('莲社')).toEqual(['莲湖社区'])
    expect(shortFor('汝河')).toEqual(['汝河路街道', '汝河小区社区'])
  })

  it('are not words that are in every sentence of this field', () => {
    for (const text of ['单位', '社区', '项目', '小区', '各单位', '工作任务', '情况'])
      expect(shortFor(text)).toEqual([])
    expect(shortFor('单位参与')).toEqual(['驻区单位参与'])
  })

  it('count only for what may be meant, and never for people', () => {
    expect(words.shortFor('汝小', nothing)).toEqual([])
    expect(shortFor('张国')).toEqual([])
  })
})

describe('odd texts', () => {
  it('finds a name of one character', () => {
    const short = lexicon([{ kind: 'unit', id: 1, name: '东', others: [] }])
    expect(spotted('东进度', everything, short)).toEqual(['东=东(exact)'])
  })

  it('finds names between emoji, and is not confused by halves of them', () => {
    expect(spotted('👌金苑社区👍红色物业3个💪', nothing)).toEqual([
      '金苑社区=金苑社区(exact)',
      '红色物业=红色物业(exact)',
    ])
    expect(spotted('\uD83D金苑社区\uDE00')).toEqual(['金苑社区=金苑社区(exact)'])
    expect(spotted('👌今院社区', ({ id }) => id === 3)).toEqual(['今院社区=金苑社区(sound)'])
  })

  it('finds nothing in nothing, and works without any names', () => {
    expect(spotted('')).toEqual([])
    expect(spotted('金苑社区', everything, lexicon([]))).toEqual([])
  })

  it('finds every name in two thousand characters', () => {
    const text = '金苑社区红色物业完成三个，'.repeat(153).slice(0, 2_000)
    const spots = words.spot(text, everything)
    expect(spots.filter(({ kind }) => kind === 'unit')).toHaveLength(153)
    expect(spots.every(({ how }) => how === 'exact')).toBe(true)
  })

  it('keeps one entry for a thing that is called the same in two ways', () => {
    const twice = lexicon([{ kind: 'unit', id: 1, name: '金苑', others: ['金苑', '金苑'] }])
    expect(twice.spot('金苑', nothing)).toMatchObject([{ candidates: [{ id: 1 }] }])
  })

  it('keeps things of different kinds with one name apart', () => {
    const mixed = lexicon([
      { kind: 'unit', id: 1, name: '共建', others: [] },
      { kind: 'indicator', id: 2, name: '共建', others: [] },
    ])
    expect(mixed.spot('共建', nothing)).toHaveLength(1)
  })
})
