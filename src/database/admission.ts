// The first look at a message: was it dealt with already, who says it, in which chat, of which campaign.
import { type RawBuilder, sql } from 'kysely'
import type { Role } from '../campaign/permissions.ts'
import type { Message } from '../message.ts'
import { batched } from './batch.ts'
import type { Db } from './connection.ts'
import type { Settings } from './schema.ts'

export interface Admission {
  /** Dealt with before: stay silent. */
  heard: boolean
  /** It wrote numbers before, but the process ended before it was answered. */
  wrote: boolean
  campaign?: { id: number; name: string; revision: number; roster_version: number; settings: Settings }
  /** Absent = the account is not bound to anybody in this campaign. */
  person?: { id: number; name: string; duties: Duty[] }
  /** The unit this group is bound to. */
  chatUnit?: number
}

export interface Duty {
  role: Exclude<Role, 'guest'>
  unit: number | null
  team: string | null
}

type Question = Pick<Message, 'platform' | 'robot' | 'id' | 'chat' | 'sender'> & { today: string }

interface Row {
  heard: boolean
  wrote: boolean
  campaign: Admission['campaign'] | null
  person: Admission['person'] | null
  chat_unit: number | null
}

/** @returns a function that looks one message up; messages of one moment share a statement */
export function admissions(db: Db): (question: Question) => Promise<Admission> {
  return batched(async (questions) => {
    const { rows } = await statement(questions).execute(db)
    return rows.map(({ heard, wrote, campaign, person, chat_unit }) => ({
      heard,
      wrote,
      ...(campaign && { campaign }),
      ...(person && { person }),
      ...(chat_unit !== null && { chatUnit: chat_unit }),
    }))
  })
}

// A group belongs to one campaign. Elsewhere it is the one the person works for, else the newest active one.
function statement(questions: Question[]): RawBuilder<Row> {
  const list = (of: (question: Question) => string) => questions.map(of)
  return sql<Row>`
    with asked as (
      select * from unnest(
        ${list((q) => q.platform)}::text[], ${list((q) => q.robot)}::text[], ${list((q) => q.id ?? '')}::text[],
        ${list((q) => (q.chat.kind === 'group' ? q.chat.id : ''))}::text[], ${list((q) => q.sender.id)}::text[],
        ${list((q) => q.today)}::date[]
      ) with ordinality as asked(platform, robot, message_id, chat_id, userid, today, n)
    )
    select heard.message_id is not null as heard,
      exists (select from report where report.platform = asked.platform and report.robot = asked.robot
        and report.message_id = asked.message_id) as wrote, chat.unit_id as chat_unit,
      case when campaign.id is not null then json_build_object('id', campaign.id, 'name', campaign.name,
        'revision', campaign.revision, 'roster_version', campaign.roster_version, 'settings', campaign.settings)
      end as campaign,
      case when person.id is not null then json_build_object('id', person.id, 'name', person.name, 'duties', duties.list)
      end as person
    from asked
    left join heard on heard.platform = asked.platform and heard.robot = asked.robot
      and heard.message_id = asked.message_id
    left join chat on chat.platform = asked.platform and chat.chat_id = asked.chat_id
    left join lateral (
      select account.campaign_id, account.person_id from account
      join campaign on campaign.id = account.campaign_id and campaign.status in ('active', 'closing')
      where account.platform = asked.platform and account.userid = asked.userid
        and (chat.campaign_id is null or account.campaign_id = chat.campaign_id)
      order by account.campaign_id desc limit 1
    ) account on true
    left join campaign on campaign.id = coalesce(chat.campaign_id, account.campaign_id,
      (select max(id) from campaign where status = 'active'))
    left join person on person.id = account.person_id and person.status = 'active'
    left join lateral (
      select coalesce(json_agg(json_build_object('role', role, 'unit', unit_id, 'team', team) order by id), '[]') as list
      from assignment where person_id = person.id and valid_from <= asked.today
        and (valid_to is null or valid_to >= asked.today)
    ) duties on true
    order by asked.n`
}

/** @returns a function that notes a message as dealt with; false when somebody else noted it first */
export function hearings(db: Db): (message: Message, at: Date) => Promise<boolean> {
  const note = batched(
    async (heard: { platform: string; robot: string; message_id: string; heard_at: Date }[]) => {
      const noted = await db
        .insertInto('heard')
        .values(heard)
        .onConflict((conflict) => conflict.doNothing())
        .returning(['platform', 'robot', 'message_id'])
        .execute()
      const mine = new Set(noted.map(key))
      return heard.map((one) => mine.delete(key(one)))
    },
  )
  return ({ platform, robot, id }, at) =>
    id === undefined ? Promise.resolve(true) : note({ platform, robot, message_id: id, heard_at: at })
}

const key = (one: { platform: string; robot: string; message_id: string }) =>
  `${one.platform}\n${one.robot}\n${one.message_id}`
