// A mistake in a command: the person gets a number, the log gets the rest, the next message is dealt with as ever.
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { type Command, command } from '../../src/command.ts'
import { StoreDown, UserError } from '../../src/errors.ts'
import { line } from '../../src/message.ts'
import { message, type Talk, talk } from './harness.ts'

const failing = (name: string, fail: () => never): Command =>
  command<Record<string, never>>({
    ...{ name, summary: '', examples: [], action: 'help', phrases: [`(${name})`], args: {} },
    run: async () => fail(),
  })
const broken = failing('出错', () => {
  throw new TypeError('secret-token-123 is not a function')
})
const oddly = failing('怪错', () => {
  throw 'no error at all'
})
const refusing = failing('拒绝', () => {
  throw new UserError('这样不行，请那样说。')
})
const away = failing('断线', () => {
  throw new StoreDown('away')
})
const lost = failing('掉线', () => {
  throw Object.assign(new Error('terminating connection'), { code: '57P01' })
})
const asking: Command = command<{ what: string }>({
  ...{ name: '问错', summary: '', examples: [], action: 'help', phrases: ['(问错)'] },
  args: {
    what: () => {
      throw new Error('while reading an argument')
    },
  },
  run: async () => line('never'),
})

describe('a mistake in a command', () => {
  const logged: string[] = []
  const log = pino({ level: 'error' }, { write: (entry: string) => void logged.push(entry) })
  let talking: Talk
  beforeAll(async () => {
    talking = await talk({ log, commands: [...commands, broken, oddly, refusing, away, lost, asking] })
  })
  afterAll(() => talking.close())

  it.each(['出错', '怪错', '问错'])('is told with a number that is found in the log: %s', async (text) => {
    const reply = await talking.say(text)
    const id = reply.match(/^系统出错了（编号 ([0-9a-f]{4})），请稍后再试。$/)?.[1]
    expect(id).toBeDefined()
    expect(logged.some((entry) => JSON.parse(entry).id === id)).toBe(true)
    expect(reply).not.toContain('secret')
  })

  it('does not end anything: the next message is dealt with', async () => {
    await talking.say('出错')
    expect(await talking.say('我是谁')).toContain('您是张建国')
  })

  it('is not repeated when the platform delivers again', async () => {
    const said = message('出错')
    expect(await talking.hear(said)).toBeDefined()
    expect(await talking.hear(said)).toBeUndefined()
  })

  it('does not use a question up', async () => {
    await talking.say('红色物业300个')
    expect(await talking.say('出错')).toContain('系统出错了')
    expect(await talking.say('0')).toBe('好，没有记。')
  })

  it('a refusal is said as it is, and not logged', async () => {
    const before = logged.length
    expect(await talking.say('拒绝')).toBe('这样不行，请那样说。')
    expect(logged).toHaveLength(before)
  })

  it('a store that is away is no mistake: the message is given back, and may come again', async () => {
    const before = logged.length
    for (const text of ['断线', '掉线']) {
      const said = message(text)
      await expect(talking.hear(said)).rejects.toBeInstanceOf(StoreDown)
      await expect(talking.hear(said)).rejects.toBeInstanceOf(StoreDown)
    }
    expect(logged).toHaveLength(before)
  })
})
