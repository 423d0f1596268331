// What a platform knows by itself and the playground looks up in the bot's database: whose robot, which group, who.
import type { Robot } from '../../channel.ts'
import type { Keyring } from '../../crypt.ts'
import type { Db } from '../../database/connection.ts'
import type { Look } from './entry.ts'

export interface Directory {
  /** The group that has a robot with these credentials. */
  robotOf(look: Look, fits: (robot: Robot) => boolean): Promise<{ group: string; robot: Robot } | undefined>
  isGroup(look: Look, id: string): Promise<boolean>
  /** Those of `ids` that are somebody's account. */
  accounts(look: Look, ids: string[]): Promise<string[]>
}

export function directory(db: Db, keyring: Keyring): Directory {
  return {
    async robotOf(look, fits) {
      const chats = await db
        .selectFrom('chat')
        .where('platform', '=', look)
        .where('push', 'is not', null)
        .select(['chat_id as group', 'push'])
        .execute()
      for (const { group, push } of chats) {
        const robot = opened(push ?? '', keyring)
        if (robot && fits(robot)) return { group, robot }
      }
      return undefined
    },
    async isGroup(look, id) {
      const found = await db
        .selectFrom('chat')
        .where('platform', '=', look)
        .where('chat_id', '=', id)
        .select('id')
        .executeTakeFirst()
      return found !== undefined
    },
    async accounts(look, ids) {
      if (ids.length === 0) return []
      const rows = await db
        .selectFrom('account')
        .where('platform', '=', look)
        .where('userid', 'in', ids)
        .select('userid')
        .distinct()
        .execute()
      return rows.map(({ userid }) => userid)
    },
  }
}

/** @returns undefined when it was sealed with another SECRET_KEY: then nobody here has that robot */
function opened(sealed: string, keyring: Keyring): Robot | undefined {
  try {
    return JSON.parse(keyring.open(sealed)) as Robot
  } catch {
    return undefined
  }
}
