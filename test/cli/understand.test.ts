// npm run understand: what it prints, and what it says about bad input.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { understandCli } from '../../src/cli/understand.ts'

const fixture = new URL('../exam/fixture.json', import.meta.url).pathname
const now = '2026-11-22T10:00:00+08:00'

function run(input: string, args: string[] = ['--fixture', fixture, '--now', now]) {
  const [out, err]: [string[], string[]] = [[], []]
  const io = { out: (line: string) => out.push(line), err: (line: string) => err.push(line) }
  const code = understandCli(args, { ...io, input: () => input, commands, botName: '小图' })
  return { code, out: out.map((line) => JSON.parse(line)), err: err.join('\n') }
}

describe('what is printed', () => {
  it('is one line a sentence, with intent, slots and whether it would be asked', () => {
    expect(run('金苑社区红色物业完成3个\n报数 汝河小区 5\n').out).toMatchObject([
      {
        intent: 'progress.report',
        slots: { unit: '金苑社区', indicator: '红色物业', value: 3, op: 'set' },
        ask: false,
      },
      { intent: 'progress.report', slots: { missing: ['indicator'] }, ask: true },
    ])
  })
  it('has a line for a blank line, and none behind the last line break', () => {
    expect(run('\n进度\n').out.map(({ intent }) => intent)).toEqual(['unknown', 'progress.query'])
    expect(run('').out).toEqual([])
    expect(run('进度').out).toHaveLength(1)
  })
  it('reads a literal \\n as a line break', () => {
    const [list] = run('红色物业接龙\\n金苑 3\\n汝河小区 8\n').out
    expect(list.slots.items).toHaveLength(2)
  })
  it('goes by who says it and where', () => {
    const at = (...more: string[]) =>
      run('我们完成多少了\n', ['--fixture', fixture, '--now', now, ...more]).out[0].slots
    expect(at()).toMatchObject({ unit: '金苑社区' })
    expect(at('--sender', '赵铁柱', '--chat', 'private')).toMatchObject({ unit: '李江沟村' })
  })
})

describe('bad input', () => {
  const broken = (text: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'understand-')), 'fixture.json')
    writeFileSync(file, text)
    return run('进度\n', ['--fixture', file, '--now', now])
  }
  it.each([
    [[], '用法'],
    [['--fixture', fixture], '用法'],
    [['--fixture', fixture, '--now', now, '--what'], '用法'],
    [['--fixture', fixture, '--now', '昨天'], '不是时间'],
    [['--fixture', '/nowhere/fixture.json', '--now', now], '读不了文件'],
    [['--fixture', fixture, '--now', now, '--sender', '无名氏'], '没有叫“无名氏”的人'],
    [['--fixture', fixture, '--now', now, '--chat', '无名街道'], '没有叫“无名街道”的单位'],
  ])('%j ends with 1 and says what is wrong', (args, words) => {
    const { code, out, err } = run('进度\n', args)
    expect([code, out]).toEqual([1, []])
    expect(err).toContain(words)
  })
  it('a fixture that is no JSON, or of another form, is told', () => {
    expect(broken('{').err).toContain('不是合法的 JSON')
    expect(broken('{"units":[]}').err).toContain('不是这种文件')
    const whole = JSON.parse(readFileSync(fixture, 'utf8'))
    whole.units.push({ name: '新社区', level: 'community', parent: '没有的街道' })
    expect(broken(JSON.stringify(whole)).err).toContain('没有的街道')
  })
})
