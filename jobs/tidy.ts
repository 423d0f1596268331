// 每天凌晨三点：忘掉早已处理过的消息编号，库不会越用越大。
import { job } from '../src/job.ts'

/** Platforms deliver a message again within minutes; a month is safe. */
const keptDays = 30
/** The history of jobs is for people who ask what happened last quarter. */
const historyDays = 120

export default job({
  name: 'tidy',
  cron: '0 3 * * *',
  async run({ due, db }) {
    const before = (days: number) => new Date(due.getTime() - days * 86_400_000)
    await db.deleteFrom('heard').where('heard_at', '<', before(keptDays)).execute()
    await db.deleteFrom('job_run').where('slot', '<', before(historyDays)).execute()
  },
})
