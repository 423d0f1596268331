// `npm run rank`: numbers however they are written, what is said of broken fixtures, and strange ones that are whole.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cellOf, empty, file, fixture, folder, rowsOf, rowsWith, run, today, unitOf } from './rank-run.ts'

describe('numbers', () => {
  const only = (value: unknown, target: unknown = 3) => {
    const rows = rowsOf(
      file(`{"campaign":{"start":"2026-03-01","end":"2026-12-31"},"units":[{"code":"A","level":"community"}],
        "indicators":[{"code":"N","kind":"amount","weight":1,"target":${target}}],
        "cells":[{"unit":"A","indicator":"N","value":${value}}]}`),
    )
    return cellOf(rows, 'A', 'N')
  }

  it.each([
    ['2', '3', '66.67'],
    ['"2.000"', '"3"', '66.67'],
    ['0.1', '0.3', '33.33'],
    ['0.30000000000000004', '0.3', '100.00'],
    ['1e-7', '"0.0000002"', '50.00'],
    ['-5', '3', '0.00'],
    ['1e300', '1e300', '100.00'],
    ['1.005', '100', '1.01'],
    ['"0.335"', '100', '0.34'],
  ])('%s of %s is exactly %s', (value, target, completion) => {
    expect(only(value, target)?.completion).toBe(completion)
  })

  it('just short of the target is not done, however little is missing', () => {
    expect(only('0.29999999999999999999', '"0.3"')?.lamp).toBe('done')
    expect(only('"0.29999999999999999999"', '"0.3"')?.lamp).toBe('green')
  })

  it.each(['1e400', '"Infinity"', '"0x10"', '"1/3"', '"١"', '""', '" "', '[]', '"1_000"'])(
    '%s is no number',
    (value) => {
      const broken = file(`{"campaign":{"start":"2026-03-01","end":"2026-12-31"},"units":[],"indicators":[],
        "cells":[{"unit":"A","indicator":"N","value":${value}}]}`)
      const { code, out, err } = run('--fixture', broken, '--as-of', today)
      expect([code, out, err.length]).toEqual([1, [], 2])
      expect(err[1]).toMatch(/^「cells」第1条「value」：.*数字$/)
    },
  )
})

describe('a broken fixture', () => {
  const errorsOf = (name: string) => {
    const { code, out, err } = run('--fixture', name, '--as-of', today)
    expect([code, out]).toEqual([1, []])
    return err
  }

  it('with mistakes of form has each of them said, with its place', () => {
    expect(errorsOf(fixture('broken/forms')).slice(1)).toEqual([
      '「campaign」「start」：没有这一天',
      '「campaign」「end」：日期要写成 2026-11-22 的样子',
      '「indicators」第1条「kind」：只能是 count、amount、ratio、yes_no、milestone、score',
      '「indicators」第1条「weight」：“ten”不是数字',
      '「indicators」第2条「code」：没有写',
      '「indicators」第2条「weight」：不能小于 0',
      '「cells」第1条「value」：要是数字',
      '「cells」第2条「value」：“3个”不是数字',
      '「cells」第2条「na」：要是 true 或 false',
      '「adjustments」第1条「doc」：加减分要有文号',
      '「previous」「ranks」「JY」：名次从 1 开始',
    ])
  })

  it('that contradicts itself has every contradiction said', () => {
    expect(errorsOf(fixture('broken/conflicts')).slice(1)).toEqual([
      '单位 JY 写了两次',
      '指标 M02 写了两次',
      'V 的 M02 写了两次',
      '单位 V 的上级 JY 级别不比它高',
      '指标 M03：截止日期早于开始日期',
      '单位 RHL 有下级，它的数由下级汇总，不能单独写',
      '数据里的单位 XX 不在单位表里',
      '数据里的指标 M99 不在指标表里',
      'V 的 M03：截止日期早于开始日期',
      'V 的 M03：分子和分母要一起写',
      'V 的 M06：是否类只能是 0 或 1',
      'V 的 M10：没有“constructor”这个节点',
      '加减分里的单位 XX 不在单位表里',
      '单位 V 的加减分没有文号',
    ])
  })

  it.each(['comma', 'cut-off'])('that is no JSON is said to be none: %s', (name) => {
    expect(errorsOf(fixture(`broken/${name}`))[0]).toMatch(/不是合法的 JSON$/)
  })

  it.each([
    ['nothing', '', /不是合法的 JSON/],
    ['no object', '[]', /要是对象/],
    ['null', 'null', /要是对象/],
    ['another encoding', Buffer.from([0xff, 0xfe, 0x7b, 0x00]), /不是 UTF-8 编码/],
    ['very deep', `{"campaign":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /要是对象/],
    [
      'a unit above itself',
      { ...empty(), units: [{ code: 'A', level: 'street', parent: 'A' }] },
      /级别不比它高/,
    ],
  ])('%s', (_what, content, message) => {
    expect(errorsOf(file(content)).join('\n')).toMatch(message)
  })

  it('with a thousand mistakes has twenty of them said', () => {
    const units = [...Array(1000).keys()].map(() => ({ code: 'A', level: 'city' }))
    const err = errorsOf(file({ ...empty(), units }))
    expect([err.length, err[0]?.includes('1000 处'), err.at(-1)]).toEqual([22, true, '还有 980 处'])
  })

  it.each([
    ['no arguments', []],
    ['no date', ['--fixture', fixture('places')]],
    ['no file', ['--as-of', today]],
    ['something more', ['--fixture', fixture('places'), '--as-of', today, 'more']],
    ['an unknown option', ['--fixture', fixture('places'), '--as-of', today, '--all']],
  ])('%s: the usage is said', (_what, args) => {
    expect(run(...args)).toEqual({
      ...{ code: 1, out: [] },
      err: ['用法：npm run --silent rank -- --fixture 文件.json --as-of 2026-11-22'],
    })
  })

  it.each([
    [['--fixture', fixture('places'), '--as-of', '2026-02-30'], /^--as-of 2026-02-30：没有这一天$/],
    [['--fixture', fixture('places'), '--as-of', '今天'], /^--as-of 今天：日期要写成/],
    [['--fixture', fixture('missing'), '--as-of', today], /^找不到文件/],
    [['--fixture', folder, '--as-of', today], /是文件夹/],
  ])('%j', (args, message) => {
    const { code, out, err } = run(...args)
    expect([code, out]).toEqual([1, []])
    expect(err[0]).toMatch(message)
  })
})

describe('strange but whole fixtures', () => {
  it('may be empty, or begin with a byte order mark', () => {
    expect(rowsOf(file(empty()))).toEqual({ schedule: {}, units: [] })
    expect(rowsOf(file(`\ufeff${JSON.stringify(empty())}`))).toEqual({ schedule: {}, units: [] })
  })

  it('may have codes that mean something to a programming language', () => {
    const text = JSON.stringify({
      ...empty(),
      units: ['__proto__', 'constructor'].map((code) => ({ code, level: 'community' })),
      indicators: [{ code: 'toString', kind: 'yes_no', weight: 1 }],
      cells: [{ unit: 'constructor', indicator: 'toString', value: 1 }],
      previous: { rule_version: 1, ranks: { hasOwnProperty: 2 } },
    })
    const rows = rowsOf(file(text))
    expect(rows.units.map(({ code, total, change }) => [code, total, change])).toEqual([
      ['__proto__', '0.00', 'new'],
      ['constructor', '100.00', 'new'],
    ])
  })

  it('may have weights of nothing: then nobody takes part', () => {
    const rows = rowsWith('worked-example', ({ indicators }) => {
      for (const one of indicators) one['weight'] = 0
    })
    expect(rows.units.map(({ total, rank: place }) => [total, place])).toEqual(Array(3).fill([null, null]))
  })

  it('may be of any day: what is overdue is red, and before the start nothing is behind', () => {
    expect(cellOf(rowsOf(fixture('worked-example'), '2099-12-31'), 'JY', 'M02')?.lamp).toBe('red')
    const { cells, ...given } = JSON.parse(readFileSync(fixture('worked-example'), 'utf8'))
    const undated = cells.map((cell: { as_of: string }) => ({ ...cell, as_of: undefined }))
    const before = rowsOf(file({ ...given, cells: undated }), '2000-01-01')
    expect(cellOf(before, 'JY', 'D12')?.lamp).toBe('green')
  })

  it('may be of ten thousand communities', () => {
    const streets = [...Array(100).keys()].map((n) => ({ code: `S${n}`, level: 'street', parent: 'D' }))
    const leaves = [...Array(10_000).keys()].map((n) => ({
      code: `C${n}`,
      level: 'community',
      parent: `S${n % 100}`,
    }))
    const rows = rowsOf(
      file({
        ...empty(),
        units: [{ code: 'D', level: 'district' }, ...streets, ...leaves],
        indicators: [
          { code: 'N', kind: 'count', weight: 1, target: 100 },
          { code: 'R', kind: 'ratio', weight: 1, target: 90 },
        ],
        cells: leaves.flatMap(({ code }, n) => [
          { unit: code, indicator: 'N', value: n % 100, as_of: '2026-11-20' },
          { unit: code, indicator: 'R', num: n % 7, den: 7 },
        ]),
      }),
    )
    expect(unitOf(rows, 'D')?.cells['N']?.completion).toBe('49.50')
    expect(rows.units).toHaveLength(10_101)
  })
})
