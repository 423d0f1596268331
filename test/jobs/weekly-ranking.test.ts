// What every group hears of the week's ranking on a Friday at 18:00.
import { describe, expect, it } from 'vitest'
import { decimal } from '../../src/campaign/shares.ts'
import { duesOf } from '../../src/database/snapshots.ts'
import { linesAt } from '../../src/database/standings.ts'
import { bytes } from '../../src/platforms/wecom/bytes.ts'
import { webhookParts } from '../../src/platforms/wecom/webhook-render.ts'
import { weeklyReply } from '../../src/weekly-words.ts'
import { busyWeek, friday, rankingWorld as world } from './ranking-world.ts'

describe('a street hears', () => {
  it('how far it is, its communities in rank order with how they moved, the lamps, and what falls due', async () => {
    const { db, roster, cast } = await world()
    await busyWeek(db, roster)
    expect((await cast()).get('cid-ruhelu')?.text).toMatchInlineSnapshot(`
      "汝河路街道周排名（11月27日）
      总体完成 86.11%，序时 90.37%（落后4.26个百分点），比上周 +1.44 个百分点。
      名次  得分  变化
      1. 金苑  96.51  ↑8
      2. 淮河路  92.51  ↓1
      3. 幸福里  88.58  ↓1
      4. 汝河小区  88.29  ↓1
      5. 沙口新村  87.42  ↓1
      6. 兴华里  86.68  ↓1
      7. 郑飞  85.51  ↓1
      8. 西陈庄  84.99  ↓1
      9. 华达  84.52  ↓1
      李江沟村 得分 77.60（只有1个村，不排名）。
      变化是和11月20日18:00的排名比。
      前三：金苑、淮河路、幸福里。
      进步最大：金苑（↑8，第9名→第1名）。
      各指标的灯：
      ■ 严重滞后或逾期：共建项目
      ▲ 滞后或临期：非公企业党组织覆盖率、村集体经营性收入、居民自治组织组建、物业项目监督员
      ● 正常：无主管楼院党组织覆盖率、红色物业、非公党建指导员、示范楼院建设、驻区单位参与、政策掌握
      ✔ 已完成：交叉任职落实、老旧小区改造
      下周没有要到期而没完成的任务。
      数据截至11月27日18:00，规则第1版。
      ［图］汝河路街道作战挂图（11月27日）"
    `)
  })

  it('nothing of places moving after the rules have changed', async () => {
    const { db, roster, cast } = await world()
    await busyWeek(db, roster)
    await db.updateTable('campaign').set({ rule_version: 2 }).execute()
    const text = (await cast()).get('cid-ruhelu')?.text ?? ''
    expect(text).toContain('规则已调整，不和上次比。')
    expect(text).toContain('规则已调整，不作比较。')
    expect(text).toContain('规则第2版')
    expect(text).not.toMatch(/[↑↓→]|进步最大/)
  })

  it('what is due from Monday to Sunday of the coming week, and how many have not done it', async () => {
    const { cast } = await world()
    expect((await cast('2026-11-20T18:00:00+08:00')).get('cid-ruhelu')?.text).toContain(
      '下周到期：共建项目（11月23日，6个单位没完成）、物业项目监督员（11月27日，2个单位没完成）。',
    )
  })
})

it('the district hears its streets, not their communities', async () => {
  const { db, roster, cast } = await world()
  await busyWeek(db, roster)
  expect((await cast()).get('wr-zhongyuan')?.text).toMatchInlineSnapshot(`
    "全区周排名（11月27日）
    总体完成 86.61%，序时 90.37%（落后3.76个百分点），比上周 +0.09 个百分点。
    名次  得分  变化
    1. 中原西路  89.02  →
    2. 建设路  88.22  →
    3. 棉纺路  87.93  →
    4. 柳湖  87.77  →
    5. 西流湖  87.44  →
    6. 桐柏路  86.78  →
    7. 秦岭路  86.75  →
    8. 莲湖  86.52  →
    9. 须水  86.47  →
    10. 汝河路  86.11  ↑2
    11. 林山寨  84.96  ↓1
    12. 三官庙  84.77  ↓1
    13. 航海西路  84.64  →
    14. 绿东村  83.32  →
    变化是和11月20日18:00的排名比。
    前三：中原西路、建设路、棉纺路。
    进步最大：汝河路（↑2，第12名→第10名）。
    各指标的灯：
    ■ 严重滞后或逾期：共建项目
    ▲ 滞后或临期：物业项目监督员
    ● 正常：无主管楼院党组织覆盖率、红色物业、非公企业党组织覆盖率、村集体经营性收入、居民自治组织组建、交叉任职落实、非公党建指导员、老旧小区改造、示范楼院建设、驻区单位参与、政策掌握
    下周没有要到期而没完成的任务。
    数据截至11月27日18:00，规则第1版。
    ［图］全区作战挂图（11月27日）"
  `)
})

it('under top3 only the first three and those who moved up are named', async () => {
  const { db, roster, cast, set } = await world()
  await busyWeek(db, roster)
  await set({ ranking_visibility: 'top3' })
  expect((await cast()).get('cid-ruhelu')?.text).toMatchInlineSnapshot(`
    "汝河路街道周排名（11月27日）
    总体完成 86.11%，序时 90.37%（落后4.26个百分点），比上周 +1.44 个百分点。
    名次  得分  变化
    1. 金苑  96.51  ↑8
    2. 淮河路  92.51  ↓1
    3. 幸福里  88.58  ↓1
    变化是和11月20日18:00的排名比。其余单位可私聊我问“我们排第几”。
    进步最大：金苑（↑8，第9名→第1名）。
    各指标的灯：
    ■ 严重滞后或逾期：共建项目
    ▲ 滞后或临期：非公企业党组织覆盖率、村集体经营性收入、居民自治组织组建、物业项目监督员
    ● 正常：无主管楼院党组织覆盖率、红色物业、非公党建指导员、示范楼院建设、驻区单位参与、政策掌握
    ✔ 已完成：交叉任职落实、老旧小区改造
    下周没有要到期而没完成的任务。
    数据截至11月27日18:00，规则第1版。
    ［图］汝河路街道作战挂图（11月27日）"
  `)
})

it('a community that has a group of its own hears its place only', async () => {
  const { db, roster, cast } = await world()
  await busyWeek(db, roster)
  const jinyuan = [...roster.units.values()].find(({ name }) => name === '金苑社区')
  await db
    .updateTable('chat')
    .set({ unit_id: jinyuan?.id ?? 0 })
    .where('chat_id', '=', 'wr-ruhelu')
    .execute()
  const text = (await cast()).get('wr-ruhelu')?.text ?? ''
  expect(text).toContain('金苑社区周排名（11月27日）')
  expect(text).toMatch(/\n金苑社区在汝河路街道9个社区中排第\d名（↑\d）。变化是和11月20日18:00的排名比。\n/)
  expect(text).not.toContain('淮河路')
})

it.each(['full', 'top3'])('under %s nobody is listed as the last', async (ranking_visibility) => {
  const { cast, set } = await world()
  await set({ ranking_visibility })
  for (const { text } of (await cast()).values()) expect(text).not.toMatch(/倒数|末位|垫底|最后|黑榜|红黑/)
})

it('it is one message of a WeCom group robot, for the district and for every street', async () => {
  const { db, roster } = await world()
  const { lines, date } = await db.transaction().execute((tx) => linesAt(tx, roster, new Date(friday)))
  const totals = (turn: (total: number) => number) => ({
    ruleVersion: roster.campaign.ruleVersion,
    units: new Map(
      lines.map(({ unit_id, peer_group: peer, total }) => [
        unit_id,
        { peer, total: total === null ? null : decimal(turn(total)) },
      ]),
    ),
  })
  // Everybody has moved by two digits, as far as that is possible.
  const before = { ...totals((total) => 15_000 - total), takenAt: new Date('2026-11-20T10:00:00Z') }
  const week = {
    ...{ due: new Date(friday), date, before, now: totals((total) => total) },
    ...{
      lines: new Map(lines.map((one) => [one.unit_id, one])),
      dueOf: await duesOf(db, roster.campaign.id),
    },
    shares: { now: () => 8_652, before: () => 7_541 },
  }
  const withParts = [...roster.units.values()].filter(({ id }) => roster.children(id).length > 0)
  expect(Math.max(...withParts.map(({ id }) => roster.children(id).length))).toBeGreaterThanOrEqual(14)
  for (const unit of withParts) {
    const parts = webhookParts(weeklyReply(roster, unit, week))
    expect(parts, unit.name).toHaveLength(1)
    // What is left is for 编号 and for a few more communities.
    const [part] = parts
    expect(part?.msgtype === 'markdown' ? bytes(part.markdown.content) : 0).toBeLessThan(3_000)
  }
})
