// The reminders that have not ended, as tests of the tables look at them.
import type { Db } from '../../src/database/connection.ts'
import { activeReminders } from '../../src/database/reminders.ts'

const here = { platform: 'dingtalk', chat_id: 'cid-ruhelu' }

/** The texts of those in 汝河路街道's group. */
export const activeHere = async (db: Db, campaign: number) =>
  (await activeReminders(db, campaign, here)).map(({ text }) => text)

export async function activeOne(db: Db, campaign: number, id: number) {
  const [found] = await activeReminders(db, campaign, { id })
  if (!found) throw new Error('it has ended')
  return found
}
