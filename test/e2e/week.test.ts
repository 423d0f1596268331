// A week of the example campaign, Sunday to Sunday, on a fake DingTalk and a fake WeCom, with what goes wrong in a week:
// a robot over its limit, an answer that is lost, a night without the bot, a robot that is removed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../../src/message.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { startWorld, type World } from '../support/world.ts'

const group = { id: 'cid-ruhelu', kind: 'group', title: '汝河路街道攻坚群' } as const
let said = 0
/** What somebody says in 汝河路街道's DingTalk group; any replica hears it. */
async function say(world: World, person: string, text: string): Promise<string> {
  const message: Message = {
    ...{ platform: 'dingtalk', robot: 'r', id: `week-${++said}`, chat: group, kind: 'text' },
    ...{ sender: { id: person, name: person }, text: `@小图 ${text}` },
  }
  const reply = await world.replicas[said % world.replicas.length]?.hear(message)
  return reply ? plainText(reply) : ''
}

async function live(world: World): Promise<void> {
  const { dingtalk, wecom } = world
  expect(await say(world, 'zhoumin', '提醒大家周五下午5点前报周报')).toContain('11月27日(周五)17:00前 报周报')
  expect(await say(world, 'zhoumin', '每周六早上8点提醒三捡三提')).toContain('每周六8:00')
  expect(await say(world, 'zhangjianguo', '工作日每天下午4点提醒我报数')).toContain('每个工作日16:00')
  await world.passUntil('2026-11-23T08:30')
  // Monday: DingTalk says that the street's robot sends too fast.
  dingtalk.next('/robot/send', { json: { errcode: 410100, errmsg: 'send too fast' } }, 'demo-dingtalk-ruhelu')
  await world.passUntil('2026-11-24T08:30')
  // Tuesday: WeCom takes the street's message, and its answer is lost.
  wecom.next('/cgi-bin/webhook/send', 'cut-after-accepting', 'demo-wecom-ruhelu')
  await world.passUntil('2026-11-25T21:00')
  // Wednesday night to Thursday morning the bot is down, and nobody is there at nine.
  await world.passUntil('2026-11-26T09:40', 'down')
  await world.passUntil('2026-11-26T20:00')
  // Thursday evening somebody removes the district's WeCom robot.
  wecom.removeWebhook('demo-wecom-zhongyuan')
  await world.passUntil('2026-11-29T20:00')
}

/** Without what differs by the order in which replicas work: which of two messages put together comes first. */
const told = (world: World) =>
  world.seen().map((line) =>
    line
      .replace(/[#*【】]/g, '')
      .split(' ')
      .toSorted()
      .join(' ')
      .trim(),
  )

const timelines: string[][] = []
describe.each([1, 3])('a week with %i replicas', (replicas) => {
  let world: World
  beforeAll(async () => {
    world = await startWorld({ replicas })
    await live(world)
    timelines.push(told(world))
    if (process.env['SHOW_WEEK']) process.stdout.write(`${inShort(world.seen())}\n`)
  }, 240_000)
  afterAll(() => world.stop())
  const linesWith = (...parts: string[]) =>
    world.seen().filter((line) => parts.every((part) => line.includes(part)))

  it('every message has its ending, and nothing waits but for the robot that is gone', async () => {
    const rows = await world.db
      .selectFrom('outbox')
      .select(['state', 'code'])
      .select((e) => e.fn.countAll<number>().as('n'))
      .groupBy(['state', 'code'])
      .execute()
    const endings = rows.map(({ state, code }) => `${state} ${code ?? ''}`.trim()).toSorted()
    // What could not go out for a day for want of a robot is listed.
    const good = /^(?:accepted|queued 93000|queued|failed expired)$/
    expect(endings.filter((one) => !good.test(one))).toEqual([])
  })

  it('hits no limit of its own accord, and says nothing twice but what it marks', () => {
    const refused = [...world.dingtalk.timeline, ...world.wecom.timeline].flatMap((entry) =>
      entry.kind === 'refused' ? entry.code : [],
    )
    // Tokens live by real time, in which a week is half a minute: that they are refused is the simulation's doing.
    expect(refused.filter((code) => code !== 'InvalidAuthentication').toSorted()).toEqual(['410100', '93000'])
    const unmarked = world.seen().filter((line) => !line.includes('可能重复'))
    expect(unmarked.filter((line, at) => unmarked.indexOf(line) !== at)).toEqual([])
  })

  it('alerts the groups in the morning, in one message, and waits ten minutes when it must', () => {
    const [monday] = linesWith('11-23', 'demo-dingtalk-ruhelu', '今天（11月23日）到期', '共建项目')
    expect(monday?.slice(6, 11)).toBe('09:10')
    expect(linesWith('11-23 09:00', 'demo-wecom-ruhelu', '共建项目')).toHaveLength(1)
    expect(
      linesWith('11-24', 'demo-wecom-ruhelu', '逾期1天').map((line) => line.includes('可能重复')),
    ).toEqual([false, true])
    const mornings = linesWith('demo-dingtalk-zhongyuan', '期限提醒').map((line) => line.slice(0, 11))
    expect(new Set(mornings).size).toBe(mornings.length)
  })

  it('fires what people set, at its time', () => {
    expect(linesWith('demo-dingtalk-ruhelu', '提醒：报周报').map((line) => line.slice(0, 11))).toEqual([
      '11-26 09:40',
      '11-27 15:00',
    ])
    expect(linesWith('demo-dingtalk-ruhelu', '提醒：三捡三提').map((line) => line.slice(0, 11))).toEqual([
      '11-28 08:00',
    ])
    expect(linesWith('demo-dingtalk-ruhelu', '提醒：报数').map((line) => line.slice(0, 11))).toEqual(
      ['23', '24', '25', '26', '27'].map((day) => `11-${day} 16:00`),
    )
  })

  it('says what was missed in the night when it is back, with 补发', () => {
    expect(linesWith('11-26 09:40', '补发').length).toBeGreaterThan(0)
  })

  it('ranks on Friday at six, in every group that still has a robot', () => {
    const rankings = linesWith('11-27 18:00', '周排名').map((line) => line.split(' ')[3])
    expect(rankings.toSorted()).toEqual([
      'demo-dingtalk-ruhelu',
      'demo-dingtalk-zhongyuan',
      'demo-wecom-ruhelu',
    ])
  })

  it('drafts a bulletin for the clerk alone, and holds it when nobody says a word', () => {
    expect(linesWith('通报草稿').map((line) => line.slice(0, 11))).toEqual(['11-27 18:00'])
    expect(linesWith('hexiaowen', '通报草稿第1号')).toHaveLength(1)
    expect(linesWith('第1号全区周通报', '先压着').map((line) => line.slice(0, 11))).toEqual(['11-27 18:30'])
    expect(linesWith('demo-', '通报')).toEqual([])
  })

  it('tells the clerk once that the robot is gone', () => {
    expect(linesWith('hexiaowen', '推送机器人用不了')).toHaveLength(1)
  })

  it('no group hears more than four unprompted messages a day', () => {
    const unprompted = linesWith('demo-').filter((line) => /期限提醒|周排名/.test(line))
    for (const line of unprompted) {
      const [day, , , to] = line.split(' ')
      expect(
        unprompted.filter((other) => other.startsWith(`${day} `) && other.includes(` ${to} `)).length,
      ).toBeLessThanOrEqual(4)
    }
  })
})

it('three replicas say exactly what one says', () => {
  const [one, three] = timelines
  expect(three?.toSorted()).toEqual(one?.toSorted())
})

/** The groups line by line; of private notices only how many there were at a moment. */
function inShort(lines: string[]): string {
  const groups = lines.filter((line) => line.includes(' demo-'))
  const people = lines.filter((line) => !line.includes(' demo-')).map((line) => line.slice(0, 11))
  const counts = [...new Set(people)].map(
    (moment) => `${moment} private notices: ${people.filter((other) => other === moment).length}`,
  )
  return [...groups.map((line) => line.slice(0, 170)), ...counts].toSorted().join('\n')
}
