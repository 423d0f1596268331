// 每天凌晨三点：忘掉早已处理过的消息、早已发完的推送和链接过期的图片文件、三十天前没听懂的话，库不会越用越大。
import { fileForMs, pictureForMs } from '../src/attachments.ts'
import { dateOf } from '../src/clock.ts'
import { dropAttachments } from '../src/database/attachments.ts'
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
    const since = (ms: number) => new Date(due.getTime() - ms)
    const before = (days: number) => since(days * 86_400_000)
    await db.deleteFrom('heard').where('heard_at', '<', before(keptDays)).execute()
    await forgetMissed(db, dateOf(due))
    await dropAttachments(db, { files: since(fileForMs), pictures: since(pictureForMs) })
    const old = before(historyDays)
    await db.deleteFrom('job_run').where('slot', '<', old).execute()
    // What may still be sent is not forgotten, however old it is.
    await db.deleteFrom('outbox').where('settled_at', '<', old).where('retry_at', 'is', null).execute()
  },
})
