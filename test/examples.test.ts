// The example campaign: what every release is tried with from outside, so its names are promises.
import { pinyin } from 'pinyin-pro'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examplePages } from '../examples/workbook.ts'
import { keyring } from '../src/crypt.ts'
import { openInMemory, type Store } from '../src/database/connection.ts'
import { describeChanges, hasChanges, loadCampaign } from '../src/database/load.ts'
import { readSheets } from '../src/sheet/read.ts'
import { writeWorkbook } from '../src/sheet/write.ts'
import { exampleFile, readExample } from './examples/example.ts'

const { workbook: example, unitBy, nameOf } = await readExample()

const streets =
  '林山寨街道 建设路街道 棉纺路街道 秦岭路街道 桐柏路街道 三官庙街道 绿东村街道 汝河路街道 航海西路街道 中原西路街道 西流湖街道 须水街道 莲湖街道 柳湖街道'
const promised: Record<string, string> = {
  ...{ 金苑社区: '汝河路街道', 汝河小区社区: '汝河路街道', 淮河路社区: '汝河路街道', 李江沟村: '汝河路街道' },
  ...{
    桐柏路社区: '桐柏路街道',
    西站路社区: '桐柏路街道',
    市场街社区: '桐柏路街道',
    林山寨社区: '林山寨街道',
  },
  ...{
    棉纺西路社区: '棉纺路街道',
    秦岭路社区: '秦岭路街道',
    三官庙社区: '三官庙街道',
    绿东村社区: '绿东村街道',
  },
  ...{ 锦苑社区: '航海西路街道', 中原中路社区: '中原西路街道', 须水村: '须水街道', 赵坡村: '须水街道' },
  ...{ 柿园村: '西流湖街道', 莲湖社区: '莲湖街道' },
}
const known: [name: string, role: string, place: string][] = [
  ['张建国', 'secretary', '金苑社区'],
  ['李秀英', 'secretary', '汝河小区社区'],
  ['王海涛', 'secretary', '淮河路社区'],
  ['赵铁柱', 'secretary', '李江沟村'],
  ['周敏', 'street_admin', '汝河路街道'],
  ['马建军', 'street_secretary', '汝河路街道'],
  ['何晓雯', 'district_admin', '全区'],
  ['刘洋', 'supervisor', '第一督导组'],
  ['杨帆', 'supervisor', '第二督导组'],
  ['吴斌', 'supervisor', '第三督导组'],
  ['郑国栋', 'district_leader', '全区'],
]
const short = (name: string) => name.replace(/(街道|社区|村)$/, '')
const sound = (name: string) => pinyin(name, { toneType: 'none', type: 'array' }).join(' ')

describe('the file', () => {
  it('is what the sources make', async () => {
    const made = await readSheets(await writeWorkbook(examplePages(), new Date(0)))
    expect(await readSheets(exampleFile)).toEqual(made)
  })

  it('is the same in every byte when it is made twice', async () => {
    const make = async () => Buffer.from(await writeWorkbook(examplePages(), new Date(0)))
    expect((await make()).equals(await make())).toBe(true)
  })

  it('is small, and says that it is an example', () => {
    expect(exampleFile.length).toBeLessThan(1 << 20)
    expect(example.plan).toMatchObject({ starts: '2026-03-01', ends: '2026-12-31', ruleVersion: 1 })
    expect(example.plan.name).toBe('党建引领攻坚行动（示例数据）')
  })
})

describe('places', () => {
  it('are one district, 14 streets and 149 communities and villages', () => {
    const count = (level: string) => example.units.filter((unit) => unit.level === level).length
    expect([count('district'), count('street'), count('community') + count('village')]).toEqual([1, 14, 149])
    expect(count('village')).toBeGreaterThanOrEqual(15)
    expect(count('village')).toBeLessThanOrEqual(20)
  })

  it('have the real streets, 7 to 14 units in each', () => {
    const names = example.units.filter(({ level }) => level === 'street').map(({ name }) => name)
    expect(names.toSorted()).toEqual(streets.split(' ').toSorted())
    for (const street of names) {
      const members = example.units.filter(({ parent }) => nameOf(parent) === street)
      expect(members.length, street).toBeGreaterThanOrEqual(7)
      expect(members.length, street).toBeLessThanOrEqual(14)
    }
  })

  it('include the promised ones, each in its street and with its other names', () => {
    for (const [name, street] of Object.entries(promised))
      expect(nameOf(unitBy.get(name)?.parent ?? null), name).toBe(street)
    expect(unitBy.get('全区')?.aliases).toEqual(['中原区'])
    expect(unitBy.get('汝河小区社区')?.aliases).toEqual(['汝河小区'])
    expect(unitBy.get('李江沟村')?.aliases).toEqual(['李江沟'])
    expect(unitBy.get('须水村')?.level).toBe('village')
    expect(unitBy.get('绿东村社区')?.level).toBe('community')
  })

  it('have different names, and no street has another name', () => {
    expect(new Set(example.units.map(({ name }) => name)).size).toBe(164)
    expect(example.units.filter(({ level, aliases }) => level === 'street' && aliases.length > 0)).toEqual([])
  })

  it('share a short name or a sound only where people really mix them up', () => {
    const bySound = new Map<string, string[]>()
    for (const { name } of example.units)
      bySound.set(sound(short(name)), [...(bySound.get(sound(short(name))) ?? []), name])
    const mixed = [...bySound.values()].filter((names) => names.length > 1).map((names) => names.join('/'))
    expect(mixed.toSorted()).toEqual(
      [
        ...[
          '林山寨街道/林山寨社区',
          '秦岭路街道/秦岭路社区',
          '桐柏路街道/桐柏路社区',
          '三官庙街道/三官庙社区',
        ],
        ...['绿东村街道/绿东村社区', '须水街道/须水村', '莲湖街道/莲湖社区', '金苑社区/锦苑社区'],
      ].toSorted(),
    )
  })
})

describe('people', () => {
  it('are the promised ones and a secretary for every unit', () => {
    for (const [name, role, place] of known) {
      const person = example.people.find((candidate) => candidate.name === name)
      expect([person?.role, person?.team ?? nameOf(person?.unit ?? null)], name).toEqual([role, place])
    }
    const holders = (role: string) =>
      new Set(example.people.filter((p) => p.role === role).map(({ unit }) => unit))
    expect(holders('secretary').size).toBe(149)
    expect([holders('street_admin').size, holders('street_secretary').size]).toEqual([14, 14])
  })

  it('have the toneless pinyin of their name as account on both platforms, nobody the same', () => {
    const account = (name: string) => example.people.find((person) => person.name === name)?.accounts
    expect(account('张建国')).toEqual([
      { platform: 'dingtalk', userid: 'zhangjianguo' },
      { platform: 'wecom', userid: 'zhangjianguo' },
    ])
    const ids = example.people.map(({ accounts }) => accounts[0]?.userid ?? '')
    expect(new Set(ids).size).toBe(example.people.length)
    expect(ids.filter((id) => !/^[a-z]{4,}$/.test(id))).toEqual([])
    expect(new Set(example.people.map(({ name }) => name)).size).toBe(example.people.length)
  })

  it('have phone numbers that look right and are nobody’s', () => {
    const phones = example.people.map(({ phone }) => phone ?? '')
    expect(new Set(phones).size).toBe(phones.length)
    expect(phones.filter((phone) => !/^1990000\d{4}$/.test(phone))).toEqual([])
  })
})

it('has the chats and push robots of the contract', () => {
  const chats = example.chats.map(({ platform, chatId, unit, push }) => [
    platform,
    chatId,
    nameOf(unit),
    push,
  ])
  expect(chats).toEqual([
    ['dingtalk', 'cid-ruhelu', '汝河路街道', { token: 'demo-dingtalk-ruhelu', secret: 'SEC-demo' }],
    ['wecom', 'wr-ruhelu', '汝河路街道', { key: 'demo-wecom-ruhelu' }],
    ['dingtalk', 'cid-zhongyuan', '全区', { token: 'demo-dingtalk-zhongyuan', secret: 'SEC-demo' }],
    ['wecom', 'wr-zhongyuan', '全区', { key: 'demo-wecom-zhongyuan' }],
  ])
})

describe('in a database', () => {
  let store: Store
  beforeAll(async () => {
    store = await openInMemory()
  })
  afterAll(() => store.close())

  it('loads in seconds, and a second time changes nothing', async () => {
    const options = { now: new Date('2026-11-22T10:00:00+08:00'), by: 'test', keys: keyring('k'.repeat(32)) }
    const started = performance.now()
    const changes = await loadCampaign(store.db, example, options)
    expect(performance.now() - started).toBeLessThan(20_000)
    expect(describeChanges(changes).slice(0, 4)).toEqual([
      ...[
        '活动：新增 1，修改 0',
        '单位：新增 164，修改 0',
        '人员：新增 182，修改 0',
        '指标：新增 13，修改 0',
      ],
    ])
    expect(hasChanges(await loadCampaign(store.db, example, options))).toBe(false)
  })
})
