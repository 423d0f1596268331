// What a load says of numbers and targets that a person should look at, and of what its file no longer has.
import { beforeEach, describe, expect, it } from 'vitest'
import { describeChanges } from '../../src/database/load.ts'
import type { Cell } from '../../src/sheet/read.ts'
import { type Pages, put, smallCampaign } from '../sheet/small-campaign.ts'
import { onBothDatabases } from './loading.ts'

onBothDatabases(({ db, load, cell }) => {
  beforeEach(async () => {
    await load(smallCampaign())
  })

  const saidOf = async (pages: Pages) => describeChanges(await load(pages))
  const withNumber = (day: string, value: Cell) => {
    const pages = smallCampaign()
    pages['数据']?.push(['金苑社区', '红色物业', day, value, null, null, null, null])
    return pages
  }
  const without = (sheet: string, ...words: Cell[]) => {
    const pages = smallCampaign()
    pages[sheet] = (pages[sheet] ?? []).filter((row) => !words.every((word) => row.includes(word)))
    return pages
  }

  describe('a number that a chat would ask about', () => {
    it('is written and named when it jumps, with what stood before and the target', async () => {
      expect(await saidOf(withNumber('2026-11-22', 400))).toContain(
        '注意：有 1 个数请核对（金苑社区 红色物业 2个→400个，比目标4个多出太多）。按文件记；写错了的，请改文件再导入。',
      )
      expect(await cell('S1', 'M1')).toMatchObject({ value: '400' })
    })

    it('is named when it is lower than before', async () => {
      expect((await saidOf(withNumber('2026-11-22', 1))).join()).toContain(
        '（金苑社区 红色物业 2个→1个，比上次（2个）少）',
      )
    })

    it('is told with the old one when it replaces it', async () => {
      const lines = await saidOf(put(smallCampaign(), '数据', 3, '数值', 3))
      expect(lines.find((line) => line.startsWith('数据'))).toContain(
        '修改 1（金苑社区 红色物业 2026-11-20 2→3）',
      )
      expect(lines.join()).not.toContain('注意')
    })

    it('is no matter of the past, nor when it is as planned', async () => {
      expect((await saidOf(withNumber('2026-11-10', 400))).join()).not.toContain('注意')
      expect((await saidOf(withNumber('2026-11-22', 4))).join()).not.toContain('注意')
    })
  })

  describe('a target that is lowered', () => {
    it('is told by name, old and new, and what has been reported beyond it', async () => {
      const lines = await saidOf(put(smallCampaign(), '任务', 2, '目标', 1))
      expect(lines.find((line) => line.startsWith('任务'))).toContain('修改 1（金苑社区 红色物业 目标 4→1）')
      expect(lines).toContain(
        '注意：目标改低了，有 1 个已报的数超过目标（金苑社区 红色物业 目标1个，已报2个）。请核对目标。',
      )
    })

    it('is told so too where the indicator’s own target counts', async () => {
      expect((await saidOf(put(without('数据', '政策掌握'), '指标', 7, '目标', 80))).join('\n')).toContain(
        '（金苑社区 政策掌握 目标80分，已报86.5分）',
      )
    })

    it('is nothing to look at when it is raised, or still above', async () => {
      expect((await saidOf(put(smallCampaign(), '任务', 2, '目标', 3))).join()).not.toContain('注意')
      expect((await saidOf(put(smallCampaign(), '任务', 2, '目标', 8))).join()).not.toContain('注意')
    })
  })

  describe('what the file no longer has', () => {
    /** How many cells do not apply. */
    const applies = async () => {
      const rows = await db().selectFrom('target').orderBy('unit_id').select('applies').execute()
      return rows.filter((row) => !row.applies).length
    }

    it('stays and is named: a 不涉及, and how to take it back', async () => {
      const withRow = (...cells: Cell[]) => {
        const pages = smallCampaign()
        pages['任务']?.push(['须水村', '交叉任职', null, null, null, null, ...cells])
        return pages
      }
      await load(withRow('只有一人', '何晓雯'))
      expect(await saidOf(smallCampaign())).toEqual([
        '没有变化：文件里有的都与库里一致。',
        '文件里没有、库里还有的任务 1 项（须水村 交叉任职 不涉及：只有一人）：目标、期限和不涉及照旧；要改，请写回这一行再改，取消不涉及就把不涉及原因和批准人空着。',
      ])
      expect(await applies()).toBe(2)
      const lines = await saidOf(withRow())
      expect(lines.find((line) => line.startsWith('任务'))).toContain('修改 1（须水村 交叉任职 不涉及→涉及）')
      expect(await applies()).toBe(1)
    })

    it('is named: a unit, a number, a person and a chat', async () => {
      const pages = smallCampaign()
      for (const sheet of ['单位', '任务', '数据'])
        pages[sheet] = (pages[sheet] ?? []).filter((row) => !row.includes('锦苑社区'))
      pages['人员'] = (pages['人员'] ?? []).filter((row) => !row.includes('锦苑社区'))
      pages['群'] = (pages['群'] ?? []).filter((row) => !row.includes('wr-1'))
      const lines = (await saidOf(pages)).join('\n')
      expect(lines).toContain('文件里没有、库里还有的单位 1 项（锦苑社区）：单位不会删除，照常计分、排名')
      expect(lines).toContain('文件里没有、库里还有的人员 1 项（李梅）')
      expect(lines).toContain('文件里没有、库里还有的任务 1 项（锦苑社区 红色物业 目标3）')
      expect(lines).toContain('文件里没有、库里还有的数据 1 项（锦苑社区 覆盖率 2026-11-01 95）')
      expect(lines).toContain('文件里没有、库里还有的群 1 项（区攻坚群）')
    })
  })
})
