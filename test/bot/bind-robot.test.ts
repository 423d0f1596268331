// A robot given in a chat: sealed and nowhere else, what waited goes out through it, and no other group's is taken.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import bindRobot from '../../handlers/bind-robot.ts'
import { commands } from '../../handlers/index.ts'
import type { Hear, Message } from '../../src/message.ts'
import { memoryState } from '../../src/state/memory.ts'
import { openTestPostgres } from '../support/databases.ts'
import { botOn } from '../support/example.ts'
import { testKeys } from '../support/keys.ts'
import { dispatchOn, say as push, scriptedWay, wallClock } from '../support/pushes.ts'
import { admin, clerk, message, privately, words } from './harness.ts'

const token = 'fedcba9876543210'.repeat(4)
const secret = `SEC${'fedcba9876543210'.repeat(4)}`
const uuid = '693a91f6-7a0a-4bc4-97a0-0ec2a1fa5aaa'
const dingtalk = `绑定机器人 https://oapi.dingtalk.com/robot/send?access_token=${token} ${secret}`

let store: Awaited<ReturnType<typeof openTestPostgres>>
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
})
afterAll(() => store.close())

const time = wallClock()
let way = scriptedWay(time.clock)
let out = dispatchOn({} as typeof store.db, time, way.channels)
let kept: string[] = []
let hear: Hear
beforeEach(async () => {
  await store.db.deleteFrom('outbox').execute()
  await store.db.deleteFrom('pace').execute()
  time.clock.set('2026-11-23T09:00:00+08:00')
  way = scriptedWay(time.clock)
  out = dispatchOn(store.db, time, way.channels)
  kept = []
  const state = memoryState(time.clock)
  const put: typeof state.put = (key, value, seconds) => {
    kept.push(value)
    return state.put(key, value, seconds)
  }
  const all = [bindRobot, ...commands.filter(({ name }) => name !== bindRobot.name)]
  hear = botOn(store, { clock: time.clock, push: out.push, commands: all, state: { ...state, put } })
})
const say = async (text: string, over: Partial<Message> = { sender: clerk }) =>
  words(await hear(message(text, over)))
const wecom = (sender = clerk) => ({ ...privately(sender), platform: 'wecom' as const })
const chat = (id: string) =>
  store.db.selectFrom('chat').where('chat_id', '=', id).selectAll().executeTakeFirstOrThrow()
const robotOf = async (id: string) => {
  const { push: sealed } = await chat(id)
  return sealed === null ? null : JSON.parse(testKeys.open(sealed))
}
const send = async (seconds: number) => {
  for (let passed = 0; passed < seconds; passed += 5) {
    await out.outbox.sendDue()
    time.clock.pass(5)
  }
}
/** Everything that the database holds, as text. */
async function everything(): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(store.db)
  const tables = await Promise.all(
    rows.map(({ name }) =>
      sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(store.db),
    ),
  )
  return tables.flatMap(({ rows: found }) => found.map(({ row }) => row)).join('\n')
}

describe('a robot said in its group', () => {
  it('is kept sealed, and its key is nowhere else: not in the answer, the database, or the state', async () => {
    const answer = await say(dingtalk)
    expect(answer).toContain('接好了')
    expect(answer).toContain('密钥不要留在群里')
    expect(await robotOf('cid-ruhelu')).toEqual({ token, secret })
    for (const part of [token, secret.slice(3), 'access_token'])
      for (const place of [answer, await everything(), kept.join()]) expect(place).not.toContain(part)
  })

  it('leaves a row in the audit that says who', async () => {
    await say(dingtalk)
    const rows = await store.db
      .selectFrom('audit')
      .orderBy('id')
      .select(['action', 'actor', 'subject'])
      .execute()
    expect(rows.at(-1)).toEqual({
      ...{ action: 'bind_robot', actor: '周敏', subject: 'dingtalk 群 cid-ruhelu 的推送机器人' },
    })
  })

  it('says so in the group at once, through the robot', async () => {
    await say(dingtalk)
    await send(10)
    expect(way.sent.map(({ to, text }) => [to, text.replace(/编号\d+/, '编号N')])).toEqual([
      ['cid-ruhelu', '推送机器人接好了，以后提醒和排名从这里发。 编号N'],
    ])
  })

  it('at night says when it will be tried', async () => {
    time.clock.set('2026-11-23T22:00:00+08:00')
    expect(await say(dingtalk)).toContain('11月24日(周二)7:30发一条试试（现在不打扰）')
  })

  it('sends what has waited since the old one was gone, first', async () => {
    await push(store.db, out, time.clock.now(), ['甲', '乙'])
    await store.db
      .updateTable('chat')
      .set({ push_off_at: new Date(0), push_off_why: 'gone' })
      .execute()
    await send(20)
    expect(way.sent).toEqual([])
    expect(await say(dingtalk)).toContain('攒下的2条也从这里补发')
    expect(await chat('cid-ruhelu')).toMatchObject({ push_off_at: null, push_off_why: null })
    await send(20)
    expect(way.sent[0]?.text).toContain('甲\n乙\n推送机器人接好了')
  })

  it('takes over what would have gone through the app, and gives it back', async () => {
    await store.db.updateTable('chat').set({ push: null }).where('chat_id', '=', 'cid-ruhelu').execute()
    await push(store.db, out, time.clock.now(), ['甲'])
    const lanes = async () => {
      const rows = await store.db.selectFrom('outbox').orderBy('id').select('lane').execute()
      return [...new Set(rows.map(({ lane }) => lane))]
    }
    const { id } = await chat('cid-ruhelu')
    expect(await lanes()).toEqual(['dingtalk:app'])
    await say(dingtalk)
    expect(await lanes()).toEqual([`chat:${id}`])
    await say('解绑机器人')
    expect(await lanes()).toEqual(['dingtalk:app'])
    expect(await robotOf('cid-ruhelu')).toBeNull()
  })

  it('does not wait out the pause of another robot, but its own', async () => {
    const free = async () => {
      const row = await store.db
        .selectFrom('pace')
        .where('key', '=', `chat:${(await chat('cid-ruhelu')).id}`)
        .select('free_at')
        .executeTakeFirst()
      return row?.free_at.getTime()
    }
    const blocked = new Date('2030-01-01T00:00:00Z')
    await say(dingtalk)
    await store.db.updateTable('pace').set({ free_at: blocked }).execute()
    await say(dingtalk)
    expect(await free()).toBe(blocked.getTime())
    await say('绑定机器人 demo-dingtalk-other')
    expect(await free()).toBe(0)
  })

  it('is not taken from another group, and two clerks at once do not both get it', async () => {
    await say(dingtalk)
    const district = { sender: admin, chat: { id: 'cid-zhongyuan', kind: 'group', title: '' } as const }
    const refused = await say(dingtalk, district)
    expect(refused).toBe(
      '这个机器人已经是“汝河路街道攻坚群”的，一个机器人只管一个群。\n密钥不要留在群里：请把刚才那条消息撤回或删掉。',
    )
    expect(await robotOf('cid-zhongyuan')).toEqual({ token: 'demo-dingtalk-zhongyuan', secret: 'SEC-demo' })
    const fresh = '绑定机器人 demo-dingtalk-both-want'
    const answers = await Promise.all([say(fresh), say(fresh, district)])
    expect(answers.filter((answer) => answer.startsWith('接好了'))).toHaveLength(1)
    expect(answers.filter((answer) => answer.includes('已经是'))).toHaveLength(1)
  })

  it('of a group whose seal nobody can open is no obstacle', async () => {
    await store.db
      .updateTable('chat')
      .set({ push: 'unreadable' })
      .where('chat_id', '=', 'cid-zhongyuan')
      .execute()
    expect(await say(dingtalk)).toContain('接好了')
  })
})

describe('in private', () => {
  it('which unit, and which group, is asked without keeping the key in clear', async () => {
    expect(await say(`绑定机器人 汝河 ${uuid}`, wecom(admin))).toContain('您说的是哪个单位？')
    expect(kept.join()).toContain('密封:')
    expect(kept.join()).not.toContain(uuid)
    expect(await say('1', wecom(admin))).toContain('接好了：“汝河路街道攻坚群”')
    expect(await robotOf('wr-ruhelu')).toEqual({ key: uuid })
  })

  it('the unit’s groups are offered when there are several', async () => {
    const { id: _, ...first } = await chat('wr-ruhelu')
    await store.db
      .insertInto('chat')
      .values({ ...first, chat_id: 'wr-second', title: '汝河路街道二群', push: null })
      .execute()
    const second = uuid.replace('693a', '793a')
    expect(await say(`绑定机器人 ${second}`, wecom())).toBe(
      '汝河路街道有2个企业微信群，是哪一个？\n1 “汝河路街道攻坚群”\n2 “汝河路街道二群”\n回复编号',
    )
    expect(kept.join()).not.toContain(second)
    expect(await say('2', wecom())).toContain('接好了：“汝河路街道二群”')
    expect(await robotOf('wr-second')).toEqual({ key: second })
    expect(await say('解绑机器人', wecom())).toContain('是哪一个？')
    expect(await say('2', wecom())).toContain('解绑了')
    expect(await robotOf('wr-second')).toBeNull()
    await store.db.deleteFrom('outbox').execute()
    await store.db.deleteFrom('chat').where('chat_id', '=', 'wr-second').execute()
  })

  it('another unit’s group is not reached by its number', async () => {
    const { id } = await chat('wr-zhongyuan')
    expect(await say(`绑定机器人 编号${id} ${uuid}`, wecom())).toContain('您不能绑定机器人（全区）')
    expect(await say(`绑定机器人 编号999 ${uuid}`, wecom())).toContain('没有这个群')
  })

  it('what was sealed is not taken from somebody who made it up', async () => {
    expect(await say('绑定机器人 密封:AAAA', wecom())).toBe('没有读出来，请把机器人的地址再发一次。')
  })

  it('a WeCom group without a robot keeps what is for it until there is one', async () => {
    await say('解绑机器人', wecom())
    await push(store.db, out, time.clock.now(), ['甲'], { chatId: 'wr-ruhelu' })
    await send(30)
    expect(way.sent).toEqual([])
    expect(await say(`绑定机器人 ${uuid}`, wecom())).toContain('攒下的1条')
    await send(30)
    expect(way.sent[0]?.text).toContain('甲\n推送机器人接好了')
  })
})

describe('who may not', () => {
  it.each([
    ['张建国', '由街道组织委员、区专班办理', { id: 'zhangjianguo', name: '张建国' }],
    ['somebody unknown', '我还不认识您', { id: 'lurenjia', name: '路人甲' }],
    ['the street’s secretary', '由街道组织委员、区专班办理', { id: 'majianjun', name: '马建军' }],
  ])('%s is told so, and nothing changes', async (_who, answer, sender) => {
    const before = await chat('cid-ruhelu')
    for (const text of [dingtalk, '解绑机器人']) expect(await say(text, { sender })).toContain(answer)
    expect(await chat('cid-ruhelu')).toEqual(before)
  })
})
