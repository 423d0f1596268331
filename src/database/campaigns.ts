// The campaigns that jobs work for, one after the other.
import type { Executor } from './connection.ts'

export interface CampaignRow {
  id: number
  starts: string
  ends: string
}

export function activeCampaigns(
  db: Executor,
  statuses: ('active' | 'closing')[] = ['active'],
): Promise<CampaignRow[]> {
  return db
    .selectFrom('campaign')
    .where('status', 'in', statuses)
    .orderBy('id')
    .select(['id', 'starts', 'ends'])
    .execute()
}

/**
 * One after the other: what goes wrong in one does not keep the others from their turn.
 * @throws AggregateError at the end, when something went wrong
 */
export async function eachCampaign<C extends { id: number }>(
  campaigns: C[],
  act: (campaign: C) => Promise<void>,
): Promise<void> {
  const errors: { id: number; error: unknown }[] = []
  for (const campaign of campaigns)
    await act(campaign).catch((error: unknown) => errors.push({ id: campaign.id, error }))
  if (errors.length === 0) return
  const words = errors.map(
    ({ id, error }) => `campaign ${id}: ${error instanceof Error ? error.message : String(error)}`,
  )
  throw new AggregateError(
    errors.map(({ error }) => error),
    words.join('; '),
  )
}
