// The parts of a load that need no database: who is who, and how changes are told.
import { describe, expect, it } from 'vitest'
import { describeChanges, hasChanges, noChanges, noteChange } from '../../src/database/load-changes.ts'
import { chunks, differences, plain } from '../../src/database/load-common.ts'
import { type Known, matchPeople, standingOf, type Wanted } from '../../src/database/load-people-match.ts'

describe('who an entry is', () => {
  const known = (id: number, more: Partial<Known>): Known => ({
    ...{ id, name: `旧${id}`, status: 'active', phoneMark: null, accounts: [] },
    posts: [{ role: 'secretary', unitId: id, team: null }],
    ...more,
  })
  const wanted = (name: string, more: Partial<Wanted['wish']> = {}): Wanted => ({
    entry: { name, role: 'secretary', unit: 'U', team: null, phone: null, accounts: [] },
    wish: {
      ...{ name, status: 'active', phoneMark: null, role: 'secretary', unitId: 1, team: null, accounts: [] },
      ...more,
    },
  })
  const pairs = (entries: Wanted[], people: Known[]) => {
    const matched = matchPeople(entries, people)
    return entries.map(({ entry }) => matched.get(entry)?.id ?? null)
  }

  it('is told by account before phone, and by phone before name and place', () => {
    const people = [
      known(1, { name: '张建国' }),
      known(2, { phoneMark: 'p' }),
      known(3, { accounts: ['wecom/zjg'] }),
    ]
    const sure = wanted('张建国', { accounts: ['dingtalk/x', 'wecom/zjg'], phoneMark: 'p' })
    expect(pairs([sure], people)).toEqual([3])
    expect(pairs([wanted('张建国', { phoneMark: 'p' })], people)).toEqual([2])
    expect(pairs([wanted('张建国')], people)).toEqual([1])
  })

  it('is somebody new when only the name is the same', () => {
    expect(pairs([wanted('张建国', { unitId: 9 })], [known(1, { name: '张建国' })])).toEqual([null])
  })

  it('never takes the same person twice: the surer entry wins, wherever it stands in the file', () => {
    const people = [known(1, { name: '李梅', accounts: ['dingtalk/limei'] })]
    const byName = wanted('李梅')
    const byAccount = wanted('李红梅', { accounts: ['dingtalk/limei'] })
    expect(pairs([byName, byAccount], people)).toEqual([null, 1])
  })

  it('pairs two people of the same name at the same place with two entries', () => {
    const post = { role: 'reporter', unitId: 1, team: null } as const
    const people = [known(1, { name: '李梅', posts: [post] }), known(2, { name: '李梅', posts: [post] })]
    expect(pairs([wanted('李梅'), wanted('李梅'), wanted('李梅')], people)).toEqual([1, 2, null])
  })

  it('sees a person with several posts in the one that the file speaks of', () => {
    const person = known(1, {
      posts: [
        { role: 'reporter', unitId: 5, team: null },
        { role: 'secretary', unitId: 1, team: null },
      ],
    })
    expect(standingOf(person, wanted('x').wish)).toMatchObject({ role: 'secretary', unitId: 1 })
    expect(standingOf(person, wanted('x', { unitId: 8 }).wish)).toMatchObject({ role: 'reporter', unitId: 5 })
    expect(standingOf(known(2, { posts: [] }), wanted('x').wish)).toMatchObject({ role: null, unitId: null })
  })
})

describe('how changes are told', () => {
  it('one line a kind, with a few examples and what stays', () => {
    const changes = noChanges()
    for (const name of ['甲', '乙', '丙']) noteChange(changes.units, 'changed', name)
    noteChange(changes.units, 'added', '新来的')
    Object.assign(changes.units, { unchanged: 10, kept: ['丁', '戊'] })
    const lines = describeChanges(changes)
    expect(lines[1]).toBe('单位：新增 1，修改 3（甲；乙；丙），不变 10，文件里没有而保留原样 2')
    expect(lines.at(-1)).toMatch(/^文件里没有、库里还有的单位 2 项（丁；戊）：单位不会删除/)
  })

  it('twenty of a kind at most, and how many there are', () => {
    const changes = noChanges()
    const names = Array.from({ length: 30 }, (_, n) => `第${n + 1}`)
    for (const name of names) noteChange(changes.units, 'changed', name)
    changes.targets.kept = names
    changes.reports.doubtful = names
    const lines = describeChanges(changes)
    const twenty = names.slice(0, 20).join('；')
    expect(lines[1]).toContain(`修改 30（${twenty} 等 30 项）`)
    expect(lines.join('\n')).toContain(`库里还有的任务 30 项（${twenty} 等 30 项）`)
    expect(lines.join('\n')).toContain(`有 30 个数请核对（${twenty} 等 30 项）`)
  })

  it('what a file takes back is named, and notes come last whether anything changes or not', () => {
    const changes = noChanges()
    changes.adjustments.notes.push('「金苑社区」加分合计 12，只计 10')
    expect(describeChanges(changes)).toEqual([
      '没有变化：文件内容与库里一致。',
      '「金苑社区」加分合计 12，只计 10',
    ])
    changes.adjustments.withdrawn.push('甲', '乙', '丙', '丁')
    expect(hasChanges(changes)).toBe(true)
    const lines = describeChanges(changes)
    expect(lines).toContain('加减分：新增 0，修改 0，撤销 4（甲；乙；丙；丁）')
    expect(lines.at(-1)).toBe('「金苑社区」加分合计 12，只计 10')
  })

  it('nothing new or changed is one sentence, and what only the database has is not denied', () => {
    const changes = noChanges()
    Object.assign(changes.people, { unchanged: 5 })
    expect(hasChanges(changes)).toBe(false)
    expect(describeChanges(changes)).toEqual(['没有变化：文件内容与库里一致。'])
    changes.people.kept.push('李梅')
    expect(hasChanges(changes)).toBe(false)
    expect(describeChanges(changes)).toEqual([
      '没有变化：文件里有的都与库里一致。',
      '文件里没有、库里还有的人员 1 项（李梅）：仍在名册里；要换人，请发“张三换成李四”交接。',
    ])
  })
})

describe('comparing', () => {
  it('names the fields that differ, deep ones included', () => {
    const before = { name: 'a', list: ['x'], none: null as string | null }
    expect(differences(before, { name: 'a', list: ['x'], none: null })).toEqual([])
    expect(differences(before, { name: 'b', list: ['x', 'y'], none: '' })).toEqual(['name', 'list', 'none'])
  })

  it('takes numbers for the same that differ only in how they are written', () => {
    expect([plain('10.50'), plain('10.5'), plain('0.0'), plain('007'), plain(null)]).toEqual([
      ...['10.5', '10.5', '0', '7', null],
    ])
  })

  it('cuts rows into pieces without losing one', () => {
    const rows = Array.from({ length: 4_001 }, (_, n) => n)
    expect(chunks(rows).map(({ length }) => length)).toEqual([2_000, 2_000, 1])
    expect(chunks(rows).flat()).toEqual(rows)
    expect(chunks([])).toEqual([])
  })
})
