// Names that are mixed up by tongue or keyboard, or typed by their initials: guesses, which are never sure.
import { describe, expect, it } from 'vitest'
import { isGuess, lexicon, type Named } from '../../src/language/lexicon.ts'
import { meaningOf, words } from './small.ts'

/** The units of 汝河路街道. */
const here = ({ kind, id }: Named) => kind === 'indicator' || (kind === 'unit' && id >= 2 && id <= 6)
const everything = () => true
const spotted = (text: string, counts = here) =>
  words.spot(text, counts).map(({ start, end, candidates, how }) => {
    const names = candidates.map(({ name }) => name).join('/')
    return `${text.slice(start, end)}=${names}(${how})`
  })

describe('sounds that are mixed up', () => {
  it.each([
    ['n, l and r', '卢河小区进度', '卢河小区=汝河小区社区(fuzzy)'],
    ['in and ing', '京苑社区进度', '京苑社区=金苑社区(fuzzy)'],
    ['z and zh', '桐柏的叫叉任资', '叫叉任资=交叉任职落实(fuzzy)'],
    ['c and ch', '交擦任职', '交擦任职=交叉任职落实(fuzzy)'],
    ['s and sh', '金苑色区', '金苑色区=金苑社区(exact)'],
    ['s and sh, with all else by sound', '今院色区', '今院色区=金苑社区(sound)'],
    ['f and h', '坏河路社区', '坏河路社区=淮河路社区(sound)'],
    ['an and ang', '非公当建子导员', '非公当建子导员=非公党建指导员(fuzzy)'],
  ])('are a guess: %s', (_what, text, spot) => {
    expect(spotted(text)).toContain(spot)
  })

  it('mean only what is of this chat', () => {
    expect(spotted('京苑社区进度', everything)).toEqual(['京苑社区=金苑社区/锦苑社区(fuzzy)'])
    expect(spotted('京苑社区进度')).toEqual(['京苑社区=金苑社区(fuzzy)'])
    expect(spotted('京苑社区进度', () => false)).toEqual([])
  })

  it('of two syllables are a name only where they mean nothing else', () => {
    expect(spotted('京苑进度')).toEqual([])
    expect(meaningOf('京苑红色物业3个').units).toMatchObject([
      { how: 'fuzzy', candidates: [{ name: '金苑社区' }] },
    ])
    expect(meaningOf('京苑进度', { everywhere: true }).units).toMatchObject([
      { candidates: [{ id: 3 }, { id: 7 }] },
    ])
  })

  it('leave what was read for certain alone', () => {
    expect(spotted('金苑社区红色物业')).toEqual(['金苑社区=金苑社区(exact)', '红色物业=红色物业(exact)'])
    expect(spotted('锦苑社区红色物业')).toEqual(['锦苑社区=锦苑社区(exact)', '红色物业=红色物业(exact)'])
    expect(spotted('今院社区红色无业')).toEqual(['今院社区=金苑社区(sound)', '红色无业=红色物业(sound)'])
  })

  it('may be mixed up between what is said first and second', () => {
    const place = lexicon([
      { kind: 'unit', id: 1, name: '华山社区', others: ['华山'] },
      { kind: 'unit', id: 2, name: '华山路社区', others: ['华山路'] },
    ])
    // 华山 is there, but 怒社区 is not nothing: the longer guess is asked about.
    expect(place.spot('华山怒社区', everything)).toMatchObject([{ how: 'fuzzy', candidates: [{ id: 2 }] }])
  })
})

describe('initials', () => {
  it.each([
    ['rhxq进度', 'rhxq=汝河小区社区(initials)'],
    ['RHXQ 红色物业3个', 'RHXQ=汝河小区社区(initials)'],
    ['jysq3个', 'jysq=金苑社区(initials)'],
    ['金苑hswy3', 'hswy=红色物业(initials)'],
    ['jy 监督员2人', 'jy=金苑社区(initials)'],
    ['金苑 jdy 2', 'jdy=物业项目监督员(initials)'],
  ])('are a guess: %s', (text, spot) => {
    expect(spotted(text)).toContain(spot)
  })

  it.each([
    '发个ppt',
    'ok',
    'hhhh',
    '选B',
    'ACD',
    '3 km',
    'www.jysq.com',
    'hswy@qq.com',
    'jysqx',
    'xjysq',
    'a_jysq',
  ])('are not everything in letters: %s', (text) => {
    expect(spotted(text)).toEqual([])
  })

  it('may be a unit and its indicator in one word', () => {
    expect(spotted('rhxqhswy3')).toEqual(['rhxq=汝河小区社区(initials)', 'hswy=红色物业(initials)'])
    expect(spotted('hswyrhxq3')).toEqual([])
  })

  it('of two letters mean one thing only', () => {
    expect(spotted('jy进度', everything)).toEqual([])
    expect(spotted('jysq进度', everything)).toEqual(['jysq=金苑社区/锦苑社区(initials)'])
  })
})

describe('half by characters, half by sound', () => {
  it.each([
    ['红色无业完成3个', '红色物业', 'sound'],
    ['物业项目监督圆2人', '物业项目监督员', 'sound'],
    ['五业项目监督员2人', '物业项目监督员', 'exact'],
    ['局民自制组织组建新增2个', '居民自治组织组建', 'sound'],
    ['项目监督圆2人', '物业项目监督员', 'sound'],
    ['非公挡建指导圆5人', '非公党建指导员', 'sound'],
    ['集体手入18万', '村集体经营性收入', 'sound'],
  ])('%s', (text, name, how) => {
    expect(meaningOf(text).indicators).toMatchObject([{ how, candidates: [{ name }] }])
  })

  it('as in a short form without its ending', () => {
    expect(meaningOf('今院红色无业3个').units).toMatchObject([{ how: 'sound', candidates: [{ id: 3 }] }])
    expect(meaningOf('例江勾集体收入18万').units).toMatchObject([{ how: 'sound', candidates: [{ id: 6 }] }])
  })

  it('lets the characters that are right decide between names of one sound', () => {
    expect(spotted('金苑设区', everything)).toEqual(['金苑设区=金苑社区(exact)'])
    expect(spotted('锦苑设区', everything)).toEqual(['锦苑设区=锦苑社区(exact)'])
    expect(spotted('汝河小去', everything)).toEqual(['汝河小去=汝河小区社区(sound)'])
  })

  it('takes no number for a character that sounds like it', () => {
    expect(meaningOf('派了五监督员').items).toMatchObject([{ amount: { value: '5' } }])
  })

  it('does not hear a short form that may be two things, nor one of two syllables', () => {
    const two = lexicon([
      { kind: 'indicator', id: 1, name: '物业项目监督员', others: [] },
      { kind: 'indicator', id: 2, name: '工程项目监督员', others: [] },
    ])
    expect(two.standsFor('监督圆', everything)).toBeUndefined()
    expect(two.standsFor('督圆', everything)).toBeUndefined()
    expect(two.standsFor('物业监督圆', everything)).toMatchObject({ how: 'sound', candidates: [{ id: 1 }] })
  })
})

describe('words of every day', () => {
  it.each([
    '如何报数',
    '攻坚进度怎么样',
    '现在完成多少了',
    '今天昨天明天都没有进展',
    '通报发一下',
    '提醒大家明天交材料',
    '催一下没报的',
    '大家辛苦了',
    '这周谁倒数',
    '联户工作怎么开展',
    '得以完成',
    '哪个社区排第一',
    '三个社区没报',
    '我们社区还差几项没完成',
  ])('are no names: %s', (text) => {
    const everywhere = meaningOf(text, { everywhere: true })
    expect([...everywhere.units, ...everywhere.indicators]).toEqual([])
  })

  it('are part of a longer name that sounds like them', () => {
    expect(meaningOf('如何小区进度').units).toMatchObject([{ how: 'sound', candidates: [{ id: 4 }] }])
  })
})

it('a place said together with where it is is as uncertain as its less certain half', () => {
  const { units } = meaningOf('如何路街道京苑社区红色物业3个')
  expect(units.map(({ how, candidates }) => [how, candidates[0]?.name])).toEqual([['fuzzy', '金苑社区']])
  expect(units.every(isGuess)).toBe(true)
})
