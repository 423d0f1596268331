// 每天凌晨三点：忘掉早已处理过的消息、早已发完的推送、三十天前没听懂的话，库不会越用越大。
import { dateOf } from '../src/clock.ts'
import { forgetMissed } from '../src/database/missed.ts'
import { job } from '../src/job.ts'

/** Platforms deliver a message again within minutes; a whole month can be counted (`delivery-note.ts`). */
const keptDays = 32
/** The history of jobs and messages is for people who ask what happened last quarter. */
const historyDays = 120

export default job({
  name: 'tidy',
  cron: '0 3 * * *',
  catchUp: 'latest',
  async run({ due, db }) {
    const before = (days: number) => new Date(due.getTime() - days * 86_400_000)
    await db.deleteFrom('heard').where('heard_at', '<', before(keptDays)).execute()
    await forgetMissed(db, dateOf(due))
    const old = before(historyDays)
    await db.deleteFrom('job_run').where('slot', '<', old).execute()
    // What may still be sent is not forgotten, however old it is.
    await db.deleteFrom('outbox').where('settled_at', '<', old).where('retry_at', 'is', null).execute()
  },
})
