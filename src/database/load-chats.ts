// Chats of a load: which group belongs to which unit, and its push robot, sealed.
import type { Robot } from '../channel.ts'
import { UserError } from '../errors.ts'
import { isSame } from '../robot-address.ts'
import type { ChatEntry } from '../sheet/campaign.ts'
import { type Count, noteChange } from './load-changes.ts'
import { differences, type Load } from './load-common.ts'

export async function loadChats(
  load: Load,
  chats: ChatEntry[],
  unitIds: Map<string, number>,
  count: Count,
): Promise<void> {
  const { tx, campaignId, by, now, keys } = load
  const existing = await readChats(load)
  refuseTaken(chats, existing)
  for (const { platform, chatId, title, unit, push } of chats) {
    const before = existing.get(`${platform}/${chatId}`)
    if (before?.otherCampaign)
      throw new UserError(`群「${title}」正在用于活动「${before.otherCampaign}」，请先在那边结束`)
    const unitId = unitIds.get(unit) ?? 0
    // A robot that the file leaves out stays: it may have been given in the chat.
    const wish = {
      campaignId,
      title,
      unitId,
      push: push === null ? (before?.standing.push ?? null) : JSON.stringify(push),
    }
    if (before && differences(before.standing, wish).length === 0) {
      count.unchanged++
      continue
    }
    noteChange(count, before ? 'changed' : 'added', title)
    const sealed = wish.push === null ? null : keys.seal(wish.push)
    // Another robot begins anew, whatever became of the one before.
    const isOther = before?.standing.push !== wish.push
    const state = isOther && { push_off_at: null, push_off_why: null }
    const values = { campaign_id: campaignId, title, unit_id: unitId, push: sealed, ...state }
    const made = { platform, chat_id: chatId, created_by: by, created_at: now }
    const query = tx.insertInto('chat').values({ ...values, ...made })
    await query
      .onConflict((conflict) => conflict.columns(['platform', 'chat_id']).doUpdateSet(values))
      .execute()
  }
  const ours = [...existing.values()].filter(({ standing }) => standing.campaignId === campaignId)
  const said = new Set(chats.map(({ platform, chatId }) => `${platform}/${chatId}`))
  count.kept = ours.flatMap(({ key, standing }) => (said.has(key) ? [] : standing.title || key))
}

/** A robot pushes into one group only. What a chat of the file had is free when the file gives it another. */
function refuseTaken(chats: ChatEntry[], existing: Awaited<ReturnType<typeof readChats>>): void {
  const renewed = new Set(chats.flatMap((chat) => (chat.push ? `${chat.platform}/${chat.chatId}` : [])))
  const holders = [...existing.values()].flatMap(({ key, standing: { title, push } }) =>
    push === null || renewed.has(key) ? [] : { title: title || key, robot: JSON.parse(push) as Robot },
  )
  for (const { title, push } of chats) {
    const holder = push && holders.find(({ robot }) => isSame(robot, push))
    if (holder)
      throw new UserError(
        `群「${title}」的机器人已经是群「${holder.title}」的，一个机器人只管一个群：请给「${title}」另建一个机器人，填进工作簿再导入`,
      )
  }
}

/** All chats: a chat belongs to one campaign only, whose end frees it for the next. */
async function readChats({ tx, campaignId, keys }: Load) {
  const rows = await tx
    .selectFrom('chat')
    .innerJoin('campaign', 'campaign.id', 'chat.campaign_id')
    .select([
      'platform',
      'chat_id',
      'title',
      'unit_id',
      'push',
      'chat.campaign_id',
      'campaign.name',
      'campaign.status',
    ])
    .execute()
  return new Map(
    rows.map((row) => {
      const key = `${row.platform}/${row.chat_id}`
      const over = row.status === 'closing' || row.status === 'archived'
      const otherCampaign = row.campaign_id === campaignId || over ? undefined : row.name
      const { title, unit_id: unitId, campaign_id } = row
      const standing = { campaignId: campaign_id, title, unitId, push: opened(row.push, keys.open) }
      return [key, { key, otherCampaign, standing }]
    }),
  )
}

/** Sealed with another SECRET_KEY it is as good as lost: the file's is written instead. */
function opened(push: string | null, open: (sealed: string) => string): string | null {
  if (push === null) return null
  try {
    return open(push)
  } catch {
    return null
  }
}
