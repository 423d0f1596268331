// 每周五十八点：替区专班起草一份周通报，只私聊专班；没人签发就不发。
import { fridayDraft, noticesTo } from '../src/bulletin-making.ts'
import { mondayOf } from '../src/campaign/dates.ts'
import { dateOf } from '../src/clock.ts'
import { machine } from '../src/database/bulletin-deeds.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { clerksOf } from '../src/database/clerks.ts'
import { readRoster } from '../src/database/roster.ts'
import { takeSnapshot } from '../src/database/snapshots.ts'
import { writing } from '../src/database/writing.ts'
import { job } from '../src/job.ts'

export default job({
  name: 'weekly-bulletin',
  cron: '0 18 * * 5',
  // Of several missed weeks the last is worth a bulletin.
  catchUp: 'latest',
  async run({ db, due, push }) {
    const date = dateOf(due)
    await eachCampaign(await activeCampaigns(db), async ({ id, starts, ends }) => {
      if (date < starts || mondayOf(date) > ends) return
      await writing(db, id, async (tx) => {
        const roster = await readRoster(tx, id)
        // Whichever of the two Friday jobs comes first takes it; the other gets the same one.
        const snapshot = await takeSnapshot(tx, roster, due)
        const made = await fridayDraft(tx, roster, snapshot, machine(due))
        if (!made) return
        const intro = '本周通报的草稿，点到了靠后的单位，要您签发才发。'
        await push(tx, noticesTo(await clerksOf(tx, id), id, made, { intro, now: due }))
      })
    })
  },
})
