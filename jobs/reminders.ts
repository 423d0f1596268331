// 每分钟：到点的提醒进发件箱；停机攒下的只说最新一次，过了24小时没发的告诉主人。
import { misfire } from '../src/campaign/misfire.ts'
import type { Executor } from '../src/database/connection.ts'
import { claimDue, mostAtOnce, moveOn } from '../src/database/reminders-due.ts'
import { type JobContext, job } from '../src/job.ts'
import {
  goneNotice,
  listNeedless,
  missedNotices,
  type Plan,
  saying,
  tooLate,
} from '../src/reminder-pushes.ts'

export default job({
  name: 'reminders',
  cron: '* * * * *',
  catchUp: 'latest',
  async run(context) {
    let found = true
    while (found) found = await context.db.transaction().execute((tx) => fireDue(tx, context))
  },
})

/** One batch: what is claimed is moved on and queued, or nothing of it is. @returns whether there may be more */
async function fireDue(tx: Executor, context: JobContext): Promise<boolean> {
  const { due: now, calendar, push, privately } = context
  const due = await claimDue(tx, now)
  if (due.length === 0) return false
  const gone = due.filter(({ is_group, chat }) => is_group && chat === null)
  const plans = due
    .filter((reminder) => !gone.includes(reminder))
    .map((reminder): Plan => ({ reminder, ...misfire(reminder, now, calendar) }))
  const moved = moveOn(tx, [
    ...plans.map(({ reminder: { id }, next }) => ({ id, next })),
    ...gone.map(({ id }) => ({ id, next: undefined })),
  ])
  // The connection does one after the other; what is queued is put together while the database moves them on.
  const queued = saying(tx, plans).then((said) =>
    push(tx, [
      ...said,
      ...tooLate(plans),
      ...missedNotices(plans, now),
      ...gone.map((reminder) => goneNotice(reminder, now)),
    ]),
  )
  await Promise.all([moved, queued])
  await listNeedless(tx, plans, { now, privately })
  return due.length === mostAtOnce || plans.some(({ next }) => next && next.fire <= now)
}
