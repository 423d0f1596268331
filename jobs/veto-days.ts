// 每天零点过五分：一票否决从哪天起、到哪天止，到了那天重新算一次分。

import { dateOf } from '../src/clock.ts'
import { hasVetoes } from '../src/database/adjustments.ts'
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { rebuildTotals } from '../src/database/rebuild.ts'
import { readRoster } from '../src/database/roster.ts'
import { writing } from '../src/database/writing.ts'
import { job } from '../src/job.ts'

/** `domain.md` C4.6: kept totals are of the day on which they were written, and most days change nothing. */
export default job({
  name: 'veto-days',
  cron: '5 0 * * *',
  catchUp: 'latest',
  async run({ db, due }) {
    await eachCampaign(await activeCampaigns(db), async ({ id }) => {
      if (!(await hasVetoes(db, id))) return
      await writing(db, id, async (tx) => rebuildTotals(tx, await readRoster(tx, id), dateOf(due)))
    })
  },
})
