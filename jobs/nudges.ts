// 每天9点：夜里和休息日定下的催报这时才发，只催到这时还没报的。
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { job } from '../src/job.ts'
import { nudgeDue } from '../src/nudging-later.ts'

export default job({
  name: 'nudges',
  cron: '0 9 * * *',
  catchUp: 'latest',
  async run(context) {
    const campaigns = await activeCampaigns(context.db, ['active', 'closing'])
    await eachCampaign(campaigns, ({ id }) => nudgeDue(context, id))
  },
})
