// Who may do what, to which unit, said where: every combination of `domain.md` C2 said to the bot on PostgreSQL (R16).
import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../handlers/index.ts'
import { type Action, permissions } from '../../src/campaign/permissions.ts'
import { type Matrix, openMatrix } from '../support/matrix.ts'
import { rows, withoutCommand } from '../support/matrix-rows.ts'

let matrix: Matrix
let walked = 0
beforeAll(async () => {
  matrix = await openMatrix()
})
afterAll(() => matrix.close())

describe('every role says it of every unit in every place, and writes only what it may:', () => {
  it.each(rows.map((row) => [row.action, row.say('…', 1, 'street'), row] as const))(
    '%s, 「%s」',
    async (_action, _sentence, row) => {
      walked += await matrix.walk(row)
    },
    120_000,
  )

  it('which is more than 3,100 combinations', () => {
    expect(walked).toBeGreaterThan(3_100)
  })
})

describe('no action is left out:', () => {
  const walkedActions = new Set<Action>(rows.map(({ action }) => action))

  it('each has a row, or no command', () => {
    expect([...walkedActions, ...withoutCommand].sort()).toEqual(Object.keys(permissions).sort())
  })

  it('the action of each command has a row', () => {
    expect(commands.flatMap(({ name, action }) => (walkedActions.has(action) ? [] : name))).toEqual([])
  })

  it('so has each action that anything asks the permission of', () => {
    const asked = ['src', 'handlers'].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)])
        .flatMap(([, word]) => (word !== undefined && word in permissions ? [word as Action] : [])),
    )
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((action) => !walkedActions.has(action))).toEqual([])
  })
})
