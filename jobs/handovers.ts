// 每天零点：到了日子的交接这时办，办好（或办不成）告诉定的人。
import { activeCampaigns, eachCampaign } from '../src/database/campaigns.ts'
import { handOverDue } from '../src/handing-over-planned.ts'
import { job } from '../src/job.ts'

export default job({
  name: 'handovers',
  cron: '0 0 * * *',
  catchUp: 'latest',
  async run(context) {
    const campaigns = await activeCampaigns(context.db, ['active', 'closing'])
    await eachCampaign(campaigns, ({ id }) => handOverDue(context, id))
  },
})
