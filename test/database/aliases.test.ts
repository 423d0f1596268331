// Short names given in a chat stay when the workbook is loaded again, and every replica knows them.
import { describe, expect, it, onTestFinished } from 'vitest'
import { giveAlias } from '../../src/database/aliases.ts'
import { readRoster } from '../../src/database/roster.ts'
import { clerk, message, replicas, talk, words } from '../bot/harness.ts'
import { smallCampaign } from '../sheet/small-campaign.ts'
import { onBothDatabases, renamedCampaign } from './loading.ts'

onBothDatabases(({ db, load, revisions }) => {
  it('a workbook that is loaded again takes no short name away that was given in a chat', async () => {
    await load(smallCampaign())
    const { id } = await db().selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const before = await readRoster(db(), id)
    const [unit] = [...before.units.values()].filter(({ name }) => name === '金苑社区')
    const [indicator] = before.indicators.values()
    const by = { campaign: id, at: new Date('2026-11-22T02:00:00Z'), actor: '何晓雯' }
    expect(await giveAlias(db(), by, '老金', { unit: unit?.id ?? 0 }, '金苑社区')).toBe(true)
    expect(await giveAlias(db(), by, '红物', { indicator: indicator?.id ?? 0 }, '红色物业')).toBe(true)
    expect(await giveAlias(db(), by, '老金', { indicator: indicator?.id ?? 0 }, '红色物业')).toBe(false)
    expect(await revisions()).toMatchObject({ roster_version: 3 })

    await load(renamedCampaign())
    const after = await readRoster(db(), id)
    expect(after.units.get(unit?.id ?? 0)).toMatchObject({ name: '金苑南社区' })
    expect(after.units.get(unit?.id ?? 0)?.aliases).toEqual([...(unit?.aliases ?? []), '老金'])
    expect(after.indicators.get(indicator?.id ?? 0)?.aliases).toEqual([...(indicator?.aliases ?? []), '红物'])
    expect(after.lexicon.spot('老金', () => false)).toMatchObject([{ how: 'exact' }])
  })
})

describe('a short name', () => {
  it('is known to another replica with the next message, and who gave it is in the audit', async () => {
    const talking = await talk()
    const two = await replicas(talking)
    onTestFinished(async () => {
      await two.close()
      await talking.close()
    })
    const [one, other] = two.bots
    const say = async (bot: typeof one, text: string) => words(await bot?.(message(text, { sender: clerk })))
    expect(await say(other, '老金进度')).not.toContain('金苑社区进度')
    expect(await say(one, '以后老金就是金苑社区')).toContain('记下了')
    expect(await say(other, '老金进度')).toContain('金苑社区进度')
    expect(await say(other, '老金不是金苑社区的简称')).toContain('不再是')
    expect(await say(one, '老金进度')).not.toContain('金苑社区进度')
    const deeds = await talking.db
      .selectFrom('audit')
      .where('action', 'like', '%_alias')
      .orderBy('id')
      .select(['actor', 'action', 'subject'])
      .execute()
    expect(deeds).toEqual([
      { actor: '周敏', action: 'give_alias', subject: '老金 → 金苑社区' },
      { actor: '周敏', action: 'drop_alias', subject: '老金 → 金苑社区' },
    ])
  })
})
