import { describe, expect, it } from 'vitest'
import {
  type Action,
  permissions,
  type Reach,
  type Role,
  reach,
  titles,
  whoMay,
} from '../../src/campaign/permissions.ts'

const roles: Role[] = [
  ...(['secretary', 'reporter', 'street_admin', 'street_secretary', 'supervisor'] as const),
  ...(['district_admin', 'district_leader', 'guest'] as const),
]

// One line an action: how far each role reaches, in the order above. – = not at all.
const table: Record<Action, string> = {
  help: 'all all all all all all all chat',
  progress: 'all all all all all all all chat',
  identify: 'all all all all all all all chat',
  report: 'own own tree – – all – –',
  undo: 'own own tree – – all – –',
  bind_chat: '– – tree – – all – –',
  bind_person: '– – tree – – all – –',
  remind: 'all all all all all all all –',
  cancel_reminder: '– – tree – – all – –',
  mention_all: '– – tree – – all – –',
  mute: 'all all all all all all all –',
  ranking: 'all all all all all all all –',
  deadline: 'all all all all all all all –',
  delivery: 'chat chat tree tree chat all all –',
  bind_robot: '– – tree – – all – –',
}

describe('who may do what', () => {
  const cases = Object.entries(table).flatMap(([action, row]) =>
    row.split(' ').map((how, at) => [roles[at], action, how === '–' ? undefined : how]),
  )
  it.each(cases as [Role, Action, Reach | undefined][])('%s %s: %s', (role, action, how) => {
    expect(reach(role, action)).toBe(how)
  })

  it('no action is missing in this table', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(permissions).sort())
  })

  it('a stranger may write nothing', () => {
    const allowed = Object.keys(table).filter((action) => reach('guest', action as Action))
    expect(allowed.sort()).toEqual(['help', 'identify', 'progress'])
  })
})

describe('a refusal says who may', () => {
  it.each([
    ['report', '村（社区）书记、村（社区）填报员、街道组织委员、区专班'],
    ['bind_person', '街道组织委员、区专班'],
  ] as const)('%s', (action, text) => {
    expect(whoMay(action)).toBe(text)
  })

  it('and has a word for every role', () => {
    expect(roles.map((role) => titles[role]).every((title) => title.length >= 2)).toBe(true)
  })
})
