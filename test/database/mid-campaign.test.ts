// What people do to a campaign half-way: workbooks against chats, units that move, targets and indicators that change.
import { beforeEach, describe, expect, it } from 'vitest'
import { describeChanges } from '../../src/database/load.ts'
import type { Message } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { type Pages, put, smallCampaign } from '../sheet/small-campaign.ts'
import { botOn, stillClock } from '../support/example.ts'
import { onBothDatabases, options } from './loading.ts'

/** The small campaign, with a clerk for the other street too. */
function campaign(): Pages {
  const pages = smallCampaign()
  pages['人员']?.push(['王敏', '街道组织委员', '须水街道', null, null, 'wangmin', null])
  return pages
}
const moved = (pages: Pages) => put(pages, '单位', 5, '上级', '须水街道')
const withNumber = (value: number, day: string) => {
  const pages = campaign()
  pages['数据']?.push(['金苑社区', '红色物业', day, value, null, null, null, '张建国'])
  return pages
}

onBothDatabases(({ db, load, cell }) => {
  let last = 0
  let clock = stillClock()
  let hear: ReturnType<typeof botOn>
  /** Somebody says something in private. */
  async function say(who: string, text: string): Promise<string> {
    clock.pass(700)
    const message: Message = {
      ...{ platform: 'dingtalk', robot: 'r', id: `mid-${++last}`, kind: 'text', text },
      ...{ chat: { id: who, kind: 'single' }, sender: { id: who, name: who } },
    }
    const reply = await hear(message)
    return reply ? plainText(reply) : ''
  }
  beforeEach(async () => {
    await load(campaign())
    clock = stillClock()
    hear = botOn({ db: db() }, { clock })
  })

  describe('a number of the file that is lower than what was reported in a chat', () => {
    it('counts when it is of the same day or a later one, and the load says so', async () => {
      await say('zhangjianguo', '红色物业4个')
      const changes = await load(withNumber(3, '2026-11-22'))
      expect(describeChanges(changes)).toContain(
        '注意：有 1 个数比群里报的少（金苑社区 红色物业 3，群里 4）。以日期新的为准，同一天的以文件为准。',
      )
      expect(await cell('S1', 'M1')).toMatchObject({ value: '3', as_of: '2026-11-22' })
      expect(await say('zhangjianguo', '红色物业谁报的')).toContain('导入：金苑社区 红色物业 3')
    })

    it('of an earlier day is history: the later one of the chat counts, and there is nothing to warn about', async () => {
      await say('zhangjianguo', '红色物业4个')
      const changes = await load(withNumber(1, '2026-11-21'))
      expect(describeChanges(changes).join()).not.toContain('注意')
      expect(await cell('S1', 'M1')).toMatchObject({ value: '4', as_of: '2026-11-22' })
    })

    it('is announced by a dry run too, which writes nothing', async () => {
      await say('zhangjianguo', '红色物业4个')
      const changes = await load(withNumber(3, '2026-11-22'), { ...options, dryRun: true })
      expect(describeChanges(changes).join()).toContain('有 1 个数比群里报的少')
      expect(await cell('S1', 'M1')).toMatchObject({ value: '4' })
    })

    it('may be corrected in the chat, and the same file loaded again leaves the correction', async () => {
      await load(withNumber(3, '2026-11-22'))
      expect(await say('zhangjianguo', '更正：红色物业是2个')).toContain('已更正 金苑·红色物业 3→2/4')
      await load(withNumber(3, '2026-11-22'))
      expect(await cell('S1', 'M1')).toMatchObject({ value: '2' })
    })
  })

  describe('a unit that moves to another street', () => {
    it('is reported for by the new street’s clerk, and no more by the old one’s', async () => {
      expect(await say('zhoumin', '金苑社区红色物业3个')).toContain('已记 代报金苑·红色物业')
      expect(await say('wangmin', '金苑社区红色物业4个')).toContain('您不能报数（金苑社区）')
      await load(moved(campaign()))
      expect(await say('wangmin', '金苑社区红色物业4个')).toContain('已记 代报金苑·红色物业 3→4/4')
      expect(await say('zhoumin', '金苑社区红色物业4个')).toContain('您不能报数（金苑社区）')
      expect(await say('zhoumin', '更正：金苑社区红色物业是1个')).toContain('您不能更正（金苑社区）')
      expect(await say('zhoumin', '撤回')).not.toContain('已撤回')
      expect(await cell('S1', 'M1')).toMatchObject({ value: '4' })
    })

    it('keeps its own secretary', async () => {
      await load(moved(campaign()))
      expect(await say('zhangjianguo', '红色物业3个')).toContain('已记 金苑·红色物业 2→3/4')
    })
  })

  describe('a target that changes after reports', () => {
    it('is what receipts, completion and the question about jumps go by from then on', async () => {
      expect(await say('zhangjianguo', '红色物业3个')).toContain('2→3/4(75%')
      await load(put(campaign(), '任务', 2, '目标', 10))
      expect(await say('zhangjianguo', '红色物业4个')).toContain('3→4/10(40%')
      expect(await say('zhangjianguo', '红色物业')).toContain('4/10个（40%）')
      expect(await say('zhangjianguo', '更正：红色物业是9个')).toContain('4→9/10(90%')
    })
  })

  describe('an indicator that is switched off, and then left out of the file', () => {
    it('stays, with its numbers, and may still be reported', async () => {
      const pages = put(put(campaign(), '指标', 2, '权重', 33.5), '指标', 5, '权重', 0)
      await load(pages)
      pages['指标'] = (pages['指标'] ?? []).filter(([code]) => code !== 'M4')
      pages['数据'] = (pages['数据'] ?? []).filter(([, indicator]) => indicator !== '交叉任职')
      const changes = await load(pages)
      expect(changes.indicators.kept).toEqual(['交叉任职'])
      expect(await cell('S1', 'M4')).toMatchObject({ value: '1' })
      expect(await say('zhangjianguo', '交叉任职没落实')).toContain('已落实')
    })
  })

  describe('a report for a unit outside one’s tree', () => {
    it.each([
      ['zhoumin', '须水村覆盖率 1/2', '您不能报数（须水村）'],
      ['zhangjianguo', '锦苑社区红色物业1个', '您不能报数（锦苑社区）'],
      ['zhangjianguo', '更正：锦苑社区红色物业是1个', '您不能更正（锦苑社区）'],
      ['zhoumin', '核实须水村覆盖率', '您不能核实（须水村）'],
    ])('%s: %s', async (who, text, refusal) => {
      expect(await say(who, text)).toContain(refusal)
    })
  })
})
