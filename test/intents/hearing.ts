// Sentences as `npm run understand` hears them, against the fixture: 2026-11-22 10:00, a Sunday.
import { readFileSync } from 'node:fs'
import { commands } from '../../handlers/index.ts'
import { calendarOf } from '../../src/campaign/calendar.ts'
import { knownFrom, understandFixture } from '../../src/cli/understand-fixture.ts'
import type { Intent } from '../../src/intents/intent.ts'
import { intents } from '../../src/intents/read.ts'

const known = knownFrom(understandFixture.parse(JSON.parse(readFileSync('test/exam/fixture.json', 'utf8'))))

/** @param chat the unit of the group; undefined = in private */
export function hearing(sender: string, chat?: string): (said: string) => Intent {
  const { roster, people, standing } = known
  const person = people.find(({ name }) => name === sender)
  const chatUnit = [...roster.units.values()].find(({ name }) => name === chat)
  if (!person) throw new Error(`nobody is called ${sender}`)
  return intents({
    ...{ commands, standing, now: new Date('2026-11-22T10:00:00+08:00'), calendar: calendarOf() },
    botName: '小图',
    place: {
      message: {
        ...{ platform: 'dingtalk', robot: 'test', sender: { id: sender, name: sender }, text: '' },
        ...{ kind: 'text', chat: { id: 'test', kind: chatUnit ? 'group' : 'single' } },
      },
      ...{ roster, person },
      ...(chatUnit && { chatUnit }),
    },
  })
}
