// Inspection (`domain.md` C9): visits, findings, what was put right.
import { describe, expect, it } from 'vitest'
import { type Row, understood } from './understood.ts'

const rows: Row[] = [
  ['俺们组今儿去了柿园村督导，里里外外转了一圈，没发现啥问题', 'supervision.report', { finding: false }],
  ['今日督查须水村，经查未发现突出问题，特此报告', 'supervision.report', { unit: '须水村', finding: false }],
  ['跑了一趟柿园村，样样齐整，挑不出啥毛病', 'supervision.report', { unit: '柿园村', finding: false }],
  ['去须水村转悠了半天，没看见有啥问题', 'supervision.report', { unit: '须水村', finding: false }],
  [
    '汝河小区督导，没发现大问题，楼道有点乱',
    'supervision.report',
    { text: '楼道有点乱', needs_confirm: true },
  ],
  ['督导金苑，挺好，就是门口有点乱', 'supervision.report', { text: '门口有点乱' }],
  ['督导柿园村没有问题整改台账', 'supervision.report', { text: '没有问题整改台账' }],
  [
    '暗访棉纺西路社区：值班室没人，问题严重，立即整改',
    'supervision.report',
    { text: '值班室没人', severity: 'high' },
  ],
  ['12号那个问题俺们整改利索了，都收拾得干干净净', 'supervision.resolve', { finding_id: 12 }],
  ['12号那个问题糊弄事儿，不给销', 'supervision.resolve', { finding_id: 12, result: 'rejected' }],
  ['没销号的问题拉个单子', 'supervision.query', { status: 'open' }],
  ['第二轮各督导组走访次数', 'supervision.query', { round: 2, field: 'visits' }],
  ['金苑 楼道堆物 限三天', 'supervision.report', { unit: '金苑社区', text: '楼道堆物', due: '2026-11-25' }],
  [
    '督导 西站路社区 墙皮脱落 限5日整改',
    'supervision.report',
    { unit: '西站路社区', text: '墙皮脱落', due: '2026-11-27' },
  ],
  [
    '到赵坡村看了看，宣传栏破了，12月5号前整改',
    'supervision.report',
    { text: '宣传栏破了', due: '2026-12-05' },
  ],
  [
    '第三督导组21号查了中原中路社区，宣传栏破损，12月1号前换好',
    'supervision.report',
    { team: '第三督导组', date: '2026-11-21', text: '宣传栏破损', due: '2026-12-01' },
  ],
  ['督导三组到柿园村，没毛病', 'supervision.report', { team: '第三督导组', unit: '柿园村', finding: false }],
  ['锦苑社区楼顶漏水，比较严重，马上处理', 'supervision.report', { severity: 'medium', due: '2026-11-22' }],
  ['督导须水村，路灯不亮，问题不大', 'supervision.report', { text: '路灯不亮', severity: 'low' }],
  ['昨天督导李江沟村，台账造假，性质严重，三日内说明情况', 'supervision.report', { due: '2026-11-25' }],
  ['督导 楼道堆放杂物 限3天整改', 'supervision.report', { missing: ['unit'] }],
  ['督导 金苑社区', 'supervision.report', { missing: ['text'] }],
  ['督导 金苑社区 墙皮脱落 本周五前整改', 'supervision.report', { needs_confirm: true }],
  ['楼道杂物已经清完了', 'supervision.resolve', { finding_id: 12, unit: '金苑社区' }],
  ['12号整改完成', 'supervision.resolve', { finding_id: 12 }],
  ['汝河小区消防通道的问题解决了', 'supervision.resolve', { unit: '汝河小区社区', text: '消防通道' }],
  ['十二号问题没改好，打回去', 'supervision.resolve', { finding_id: 12, result: 'rejected' }],
  ['路灯修好了', 'unknown', {}],
  ['金苑楼道杂物清完没', 'supervision.query', { unit: '金苑社区' }],
  ['超期未销号的列一下', 'supervision.query', { status: 'overdue' }],
  ['金苑已经销号的问题', 'supervision.query', { unit: '金苑社区', status: 'closed' }],
  ['已销号的问题列一列', 'supervision.query', { status: 'closed' }],
  ['李江沟超期的问题', 'supervision.query', { unit: '李江沟村', status: 'overdue' }],
  ['第四轮没走到的社区', 'supervision.query', { round: 4, field: 'coverage', unit_level: 'community' }],
  ['第二轮去过几个村', 'supervision.query', { round: 2, field: 'coverage', unit_level: 'village' }],
  ['本轮督导覆盖情况', 'supervision.query', { round: 'current', field: 'coverage' }],
  ['请报送超期问题', 'supervision.query', { status: 'overdue' }],
  ['今儿个跑了汝河小区，挺好，没啥毛病', 'supervision.report', { unit: '汝河小区社区', finding: false }],
  ['俺们上午去了锦苑社区，啥问题没有', 'supervision.report', { unit: '锦苑社区', finding: false }],
  ['绿东村社区，下水道堵，较重，两天', 'supervision.report', { text: '下水道堵', due: '2026-11-24' }],
  ['淮河路飞线充电的隐患排除了', 'supervision.resolve', { unit: '淮河路社区' }],
  ['12 号问题已经改完了哈', 'supervision.resolve', { finding_id: 12 }],
  ['没去过的街道还有几个', 'supervision.query', { field: 'coverage', unit_level: 'street' }],
]

describe('what an inspection says', () => {
  const found = understood(rows.map(([said]) => said))
  it.each(rows.map((row, at) => [...row, found[at]] as const))('%s', (_said, intent, slots, answer) => {
    expect(answer).toMatchObject({ intent, slots })
  })

  it('never takes a plan or a report for a finding', () => {
    const sentences = [
      '金苑社区月底前弄完红色物业3个',
      '老旧小区改造全部完成',
      '红色物业3个',
      '老旧小区改造弄完了',
    ]
    expect(understood(sentences).filter(({ intent }) => intent.startsWith('supervision'))).toEqual([])
  })
})
