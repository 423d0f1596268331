// What the ways of deciding about a bulletin have in common: who does it, and what somebody else did first.
import { deedText, titleOf } from './bulletin-view.ts'
import { dateOf, timeOf } from './clock.ts'
import { type Hand, lastDeed } from './database/bulletin-deeds.ts'
import { type Bulletin, bulletinWith } from './database/bulletins.ts'
import { UserError } from './errors.ts'
import type { Turn } from './turn.ts'
import { day } from './wording.ts'

/** Who was first, and when. */
export async function whatHappened({ db, roster }: Turn, { number }: Bulletin): Promise<string> {
  const campaign = roster.campaign.id
  const now = await bulletinWith(db, campaign, number)
  if (now?.state === 'published' && now.publishedAt)
    return `${titleOf(now)}${now.approverName}${day(dateOf(now.publishedAt))}${timeOf(now.publishedAt)}已经签发发布了。`
  const last = await lastDeed(db, campaign, number)
  const deed = last ? deedText(last) : '变了'
  return now?.state === 'dropped'
    ? `第${number}号通报${deed}，要发请重新起草。`
    : `第${number}号通报${deed}，刚才的没有办。说“看通报第${number}号”看现在的。`
}

/** Nothing can be done to it any more. */
export const isDecided = ({ state }: Bulletin) => state === 'published' || state === 'dropped'

/** @throws UserError for somebody who is not known */
export function handOf({ person, now }: Turn): Hand & { id: number } {
  if (!person) throw new UserError('我还不认识您。')
  return { id: person.id, name: person.name, at: now }
}
