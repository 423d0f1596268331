// What the bot holds in memory of a campaign is there before the first message.
import { expect, it } from 'vitest'
import { readAhead, rosters } from '../../src/database/roster.ts'
import { smallCampaign } from '../sheet/small-campaign.ts'
import { onBothDatabases } from './loading.ts'

onBothDatabases(({ db, load }) => {
  it('a campaign that runs is read ahead, and whoever comes first gets what was read; an archived one is not', async () => {
    await load(smallCampaign())
    const { id } = await db().selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const rosterOf = rosters(db())
    const read: ReturnType<typeof rosterOf>[] = []
    const noted: typeof rosterOf = (campaign) => {
      const roster = rosterOf(campaign)
      read.push(roster)
      return roster
    }
    await readAhead(db(), noted)
    expect(read).toHaveLength(1)
    expect(await rosterOf({ id, roster_version: 0 })).toBe(await read[0])

    await db().updateTable('campaign').set({ status: 'archived' }).execute()
    await readAhead(db(), noted)
    expect(read).toHaveLength(1)
  })
})
