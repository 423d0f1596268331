// What 帮助 promises works: every example of every command is understood as that command, word for word.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { botOn, stillClock } from '../support/example.ts'
import { admin, message, privately, secretary, type Talk, talk, words } from './harness.ts'

let talking: Talk
beforeAll(async () => {
  talking = await talk()
})
afterAll(() => talking.close())

const cases = commands.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const))

describe('every example of the help', () => {
  it.each(cases)('%s: “%s”', async (name, example) => {
    let ran = ''
    const spying = commands.map((command) => ({
      ...command,
      run: async (...given: Parameters<typeof command.run>) => {
        ran = command.name
        return command.run(...given)
      },
    }))
    const hear = botOn(talking.store, { clock: stillClock(), commands: spying })
    const reply = words(await hear(message(example)))
    expect(reply).not.toContain('没听懂')
    expect(reply).not.toContain('系统出错')
    // An example may be answered by a question, or refused to this person: then no command ran.
    if (ran) expect(ran).toBe(name)
  })

  it.each([
    ['a secretary', secretary],
    ['the district’s clerk', admin],
  ])('the help for %s fits on a screen', async (_who, sender) => {
    const help = await talking.say('帮助', { sender })
    expect(help.split('\n').length).toBeLessThanOrEqual(14)
    for (const row of help.split('\n')) expect(row.length).toBeLessThanOrEqual(50)
  })

  it.each(['进度', '报数', '撤回', '确认', '绑定'])('the help for %s is found by its name', async (name) => {
    const help = await talking.say(`${name}怎么用`)
    expect(help.split('\n')[0]).toBe(name)
  })

  it('tells to mention the bot in a group, and not in private', async () => {
    expect(await talking.say('帮助')).toContain('在群里要先 @我')
    expect(await talking.say('帮助', privately())).not.toContain('@我')
  })
})
