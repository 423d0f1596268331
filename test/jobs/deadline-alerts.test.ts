// The words of deadline alerts, and who gets them, on the example campaign: 共建项目 is due on 23 November (a Monday),
// 物业项目监督员 on the 27th (a Friday), everything else on 31 December.
import { describe, expect, it } from 'vitest'
import { alertsWorld, toldTo } from './alerts-world.ts'

describe('a street’s group', () => {
  it('sees on the last workday before who is not done, and how to answer', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-11-20 09:00')
    expect(toldTo(said, 'cid-ruhelu')).toBe(
      `期限提醒（11月20日 周五 上午）
11月23日（周一）到期，到期前只剩今天上班，还没完成：
共建项目（6个单位）：金苑 1/3、西陈庄 2/3、幸福里 2/3、郑飞 3/4、华达 2/3、兴华里 4/5
完成了请 @我 报数，如“共建项目完成3个”。`,
    )
    expect(toldTo(said, 'wr-ruhelu')).toBe(toldTo(said, 'cid-ruhelu'))
  })

  it('sees on the day who is not done, and those who answer for it are mentioned', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-11-23 09:00')
    expect(toldTo(said, 'cid-ruhelu')).toContain(
      '今天（11月23日）到期，还没完成：\n共建项目（6个单位）：金苑 1/3、',
    )
    const { reply } = said.find(({ to }) => to === 'cid-ruhelu') ?? {}
    expect(reply?.mention).toHaveLength(6)
    expect(reply?.mention).toContain('zhangjianguo')
  })

  it('sees in the afternoon only what is still open', async () => {
    const { run, setCell } = await alertsWorld()
    await run('2026-11-23 09:00')
    await setCell('金苑社区', '共建项目', '3')
    const said = await run('2026-11-23 15:00')
    expect(toldTo(said, 'cid-ruhelu')).toContain(
      '今天（11月23日）到期，下午仍没完成：\n共建项目（5个单位）：西陈庄 2/3、',
    )
    expect(toldTo(said, 'cid-ruhelu')).not.toContain('金苑')
    expect(toldTo(said, '张建国')).toBe('')
    expect(said.find(({ to }) => to === 'cid-ruhelu')?.reply.mention).not.toContain('zhangjianguo')
  })

  it('sees three days before how many are red and yellow, and afterwards a count, without a name', async () => {
    const { run } = await alertsWorld()
    expect(toldTo(await run('2026-11-24 09:00'), 'cid-ruhelu')).toBe(
      `期限提醒（11月24日 周二 上午）
11月27日（周五）到期，还有3天：
物业项目监督员 ■红1个 ▲黄1个
11月23日到期，已逾期1天：
共建项目6个单位
完成了请 @我 报数，如“物业项目监督员完成3人”。`,
    )
  })

  it('does not hear three days before of what is on schedule, unless somebody has to pass it on', async () => {
    const { run, db, idOf, setCell, setTarget } = await alertsWorld()
    await setTarget('金苑社区', '共建项目', { due: '2026-12-01' })
    await setCell('金苑社区', '共建项目', '2.8')
    const said = await run('2026-11-27 09:00')
    expect(toldTo(said, 'cid-ruhelu')).not.toContain('12月1日')
    expect(toldTo(said, '张建国')).toContain('12月1日（周二）到期，还有4天：\n● 共建项目 2.8/3个')
    await db.deleteFrom('deadline_alert').execute()
    await db.deleteFrom('account').where('person_id', '=', idOf('张建国')).execute()
    expect(toldTo(await run('2026-11-27 09:00'), 'cid-ruhelu')).toContain(
      '还有4天：\n共建项目 ●绿1个\n另有1人',
    )
  })

  it('mentions nobody before or after the day', async () => {
    const { run } = await alertsWorld()
    const said = [...(await run('2026-11-20 09:00')), ...(await run('2026-11-24 09:00'))]
    expect(said.filter(({ reply }) => reply.mention)).toEqual([])
  })

  it('does not see people’s scores', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-12-30 09:00')
    expect(toldTo(said, 'cid-ruhelu')).toContain('\n政策掌握：10个单位\n')
    expect(toldTo(said, '周敏')).toContain('政策掌握（10个单位）：金苑 83分、')
  })

  it('of one community does not see the score of its own secretary', async () => {
    const { run, db } = await alertsWorld()
    const unit = db.selectFrom('unit_version').where('name', '=', '金苑社区').select('unit_id').limit(1)
    await db.updateTable('chat').set({ unit_id: unit }).where('chat_id', '=', 'wr-ruhelu').execute()
    const said = await run('2026-12-30 09:00')
    expect(toldTo(said, 'wr-ruhelu')).toMatch(/^. 政策掌握$/m)
    expect(toldTo(said, '张建国')).toMatch(/^. 政策掌握 83分$/m)
  })
})

describe('the district’s group', () => {
  it('sees each indicator by street, and mentions nobody', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-11-23 09:00')
    expect(toldTo(said, 'cid-zhongyuan')).toBe(
      `期限提醒（11月23日 周一 上午）
今天（11月23日）到期，还没完成：
共建项目（62个单位）：林山寨4、建设路5、棉纺路5、秦岭路4、桐柏路6、三官庙5、绿东村4、汝河路6、航海西路3、中原西路5、西流湖2、须水7、柳湖3、莲湖3
完成了请 @我 报数，如“共建项目完成3个”。`,
    )
    expect(said.find(({ to }) => to === 'cid-zhongyuan')?.reply.mention).toBeUndefined()
  })

  it('sees all streets together when eleven indicators are due: none is left out', async () => {
    const { run } = await alertsWorld()
    const text = toldTo(await run('2026-12-31 09:00'), 'cid-zhongyuan')
    expect(text).toContain('\n红色物业：90个单位\n')
    expect(text.match(/各街道合计（项）：(.*)/)?.[1]?.split('、')).toHaveLength(14)
  })
})

describe('privately', () => {
  it('the responsible person hears of it a week before, and nobody else does', async () => {
    const { run } = await alertsWorld()
    const said = await run('2026-11-16 09:00')
    expect(toldTo(said, '张建国')).toBe(
      `期限提醒（11月16日 周一 上午）
金苑社区，11月23日（周一）到期，还有7天：
■ 共建项目 1/3个
完成了直接回我报数，如“共建项目完成3个”。没有新进展不用回。`,
    )
    expect(said.map(({ to }) => to)).not.toContain('周敏')
    expect(said.filter(({ push }) => 'chat' in push.to)).toEqual([])
  })

  it('what is ahead and what is overdue is one message', async () => {
    const { run } = await alertsWorld()
    const text = toldTo(await run('2026-11-24 09:00'), '张建国')
    expect(text).toContain('金苑社区，11月27日（周五）到期，还有3天：\n■ 物业项目监督员 2/4人')
    expect(text).toContain('金苑社区，11月23日到期，已逾期1天：\n■ 共建项目 1/3个')
  })

  it('the street’s clerk hears it by name from the day before, its secretary when it is overdue', async () => {
    const { run } = await alertsWorld()
    const before = await run('2026-11-26 09:00')
    expect(toldTo(before, '周敏')).toContain('物业项目监督员（2个单位）：金苑 2/4、郑飞 4/5')
    expect(toldTo(before, '马建军')).not.toContain('物业项目监督员')
    const after = await run('2026-11-30 09:00')
    expect(toldTo(after, '马建军')).toContain(
      '11月27日到期，已逾期3天：\n物业项目监督员（2个单位）：金苑 2/4、郑飞 4/5',
    )
    expect(toldTo(after, '周敏')).toContain('代报请写单位，如“金苑')
    expect(toldTo(after, '马建军')).not.toContain('代报')
  })

  it('the district’s clerk hears after three days, the inspection teams after seven, by street', async () => {
    const { run } = await alertsWorld()
    expect((await run('2026-11-24 09:00')).map(({ to }) => to)).not.toContain('何晓雯')
    const third = await run('2026-11-26 09:00')
    expect(toldTo(third, '何晓雯')).toContain('共建项目（62个单位）：林山寨4、建设路5、')
    expect(toldTo(third, '何晓雯')).not.toContain('物业项目监督员')
    expect(toldTo(third, '刘洋')).toBe('')
    const seventh = await run('2026-11-30 09:00')
    for (const name of ['刘洋', '杨帆', '吴斌'])
      expect(toldTo(seventh, name)).toContain('共建项目（62个单位）')
  })
})

describe('nothing is said', () => {
  it('on a day off, or in the afternoon when nothing is due that day', async () => {
    const { run } = await alertsWorld()
    for (const moment of ['2026-11-22 09:00', '2026-11-28 09:00', '2026-11-24 15:00', '2026-11-25 09:00'])
      expect(await run(moment), moment).toEqual([])
  })

  it('of what is done, or does not concern the unit', async () => {
    const { run, setCell, setTarget } = await alertsWorld()
    await setCell('金苑社区', '共建项目', '3')
    await setTarget('西陈庄社区', '共建项目', {
      applies: false,
      na_reason: '没有结对',
      approved_by: '何晓雯',
    })
    const text = toldTo(await run('2026-11-23 09:00'), 'cid-ruhelu')
    expect(text).toContain('共建项目（4个单位）：幸福里 2/3、')
  })

  it('of a campaign that is not active', async () => {
    const { run, db } = await alertsWorld()
    await db.updateTable('campaign').set({ status: 'closing' }).execute()
    expect(await run('2026-12-31 09:00')).toEqual([])
  })
})
