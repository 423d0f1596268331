// What is said of an extended deadline wherever the deadline itself is shown (`domain.md` C6).
import { decidersOf, requestsOf } from './database/extensions.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { deskOf, firstDueText, waitText } from './extending-words.ts'
import type { Turn } from './turn.ts'
import { day } from './wording.ts'

/**
 * The first deadline of a cell that was extended, and the request that is open: （原11月27日，延期1次）, 已申请到12月4日
 * （编号3），等区专班何晓雯批. Both empty or undefined where there is none.
 */
export async function extensionOf(
  { db, roster, today }: Pick<Turn, 'db' | 'roster' | 'today'>,
  { unit, indicator, due }: { unit: Unit; indicator: Indicator; due: string },
): Promise<{ first: string; open: string | undefined }> {
  const campaign = roster.campaign.id
  const { open, granted } = await requestsOf(db, campaign, { unit: unit.id, indicator: indicator.id })
  const first = firstDueText(granted, due)
  if (!open) return { first, open: undefined }
  const desk = deskOf(roster, await decidersOf(db, campaign, today), open)
  return { first, open: `已申请到${day(open.due)}（编号${open.id}），${waitText(roster, desk)}` }
}
