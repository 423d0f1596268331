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
  desk: '– – tree – – all – –',
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
  correct: 'own own tree – – all – –',
  verify: '– – tree – all all – –',
  provenance: 'own own tree tree all all all –',
  missing: '– – tree tree – all all –',
  nudge: '– – tree tree – all – –',
  rules: '– – – – – all – –',
  veto: '– – – – – all – –',
  ask_extension: 'own own – – – – – –',
  pass_extension: '– – tree – – – – –',
  grant_extension: '– – – – – all – –',
  draft_bulletin: '– – tree – – all – –',
  publish_bulletin: '– – tree – – all all –',
  chat_quiet: '– – tree tree – all – –',
  bind_alias: '– – tree – – all – –',
  handover: '– – tree – – all – –',
  phone: 'tree tree all all all all all –',
  export: 'own own tree tree – all all –',
  export_findings: '– – – – all all all –',
  record_visit: '– – – – all all – –',
  read_register: 'own own tree tree all all all –',
  update_register: '– – tree – – all – –',
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
