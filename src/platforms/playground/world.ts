// Who and where a newcomer can be: the campaign's people and groups as the database holds them.

import { titles } from '../../campaign/permissions.ts'
import type { Clock } from '../../clock.ts'
import type { Db } from '../../database/connection.ts'
import { privateChat } from './conversations.ts'
import type { Person, World } from './entry.ts'

/** Shown first: one of every kind of duty. */
const wellKnown = ['张建国', '李秀英', '赵铁柱', '周敏', '马建军', '何晓雯']
const stranger = { id: 'luren', name: '路人', duty: '没有绑定的账号' }
const sentences = [
  '进度',
  '红色物业完成3个',
  '撤回',
  '红色物业3个，监督员2人',
  '排名',
  '提醒大家周五下午5点前报周报',
  '有哪些提醒',
  '这周有什么要交的',
  '红色物业全区进度',
  '我是谁',
  '帮助',
]

/** @param clock the bot's */
export async function readWorld(db: Db, botName: string, clock: Clock): Promise<World> {
  const campaign = await db
    .selectFrom('campaign')
    .where('status', '=', 'active')
    .orderBy('id', 'desc')
    .select(['id', 'name'])
    .executeTakeFirst()
  const [people, chats] = await Promise.all([peopleOf(db, campaign?.id ?? 0), chatsOf(db, campaign?.id ?? 0)])
  const groups = (platform: string) => chats.filter((chat) => chat.platform === platform)
  return {
    ...{ botName, sentences, campaign: campaign?.name ?? '', now: clock.now().toISOString() },
    people: [...people, stranger].map((person) => ({ ...person, privateChat: privateChat(person.id) })),
    groups: { wecom: groups('wecom'), dingtalk: groups('dingtalk') },
  }
}

async function peopleOf(db: Db, campaign: number): Promise<Omit<Person, 'privateChat'>[]> {
  const rows = await db
    .selectFrom('account')
    .innerJoin('person', 'person.id', 'account.person_id')
    .innerJoin('assignment', (join) =>
      join.onRef('assignment.person_id', '=', 'person.id').on('assignment.valid_to', 'is', null),
    )
    .leftJoin('unit_version', (join) =>
      join.onRef('unit_version.unit_id', '=', 'assignment.unit_id').on('unit_version.valid_to', 'is', null),
    )
    .where('account.campaign_id', '=', campaign)
    .where('person.status', '=', 'active')
    .where('account.userid', '!=', stranger.id)
    // Somebody may have an account on both platforms and several duties: the first stands for all.
    .distinctOn(['person.id', 'account.userid'])
    .orderBy('person.id')
    .orderBy('account.userid')
    .orderBy('assignment.id')
    .select(['account.userid as id', 'person.name', 'unit_version.name as unit', 'team', 'role'])
    .execute()
  const rank = ({ name }: { name: string }) => wellKnown.indexOf(name) + 1 || wellKnown.length + 1
  return rows
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ id, name, unit, team, role }) => ({
      id,
      name,
      duty: `${unit ?? team ?? ''} ${titles[role]}`.trim(),
    }))
}

function chatsOf(db: Db, campaign: number) {
  return db
    .selectFrom('chat')
    .where('campaign_id', '=', campaign)
    .orderBy('id')
    .select(['platform', 'chat_id as id', 'title'])
    .execute()
}
