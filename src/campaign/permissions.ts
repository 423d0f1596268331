// Who may do what, and how far it reaches: the whole table of `domain.md` C2, as data.

export type Role =
  | 'district_admin'
  | 'district_leader'
  | 'supervisor'
  | 'street_admin'
  | 'street_secretary'
  | 'secretary'
  | 'reporter'
  | 'guest'

/** chat = the unit the chat is bound to; own = one's own unit; tree = it and everything below; all = the campaign. */
export type Reach = 'chat' | 'own' | 'tree' | 'all'

const everyone = {
  guest: 'chat',
  secretary: 'all',
  reporter: 'all',
  street_admin: 'all',
  street_secretary: 'all',
  supervisor: 'all',
  district_admin: 'all',
  district_leader: 'all',
} as const satisfies Record<Role, Reach>

const { guest: _, ...bound } = everyone

const reporters = { secretary: 'own', reporter: 'own', street_admin: 'tree', district_admin: 'all' } as const
const clerks = { street_admin: 'tree', district_admin: 'all' } as const
const district = { district_admin: 'all' } as const
const keepers = { ...clerks, street_secretary: 'tree' } as const
/** One's own unit, one's own street, or all of it for those who work for the whole district. */
const readers = {
  secretary: 'own',
  reporter: 'own',
  street_admin: 'tree',
  street_secretary: 'tree',
  supervisor: 'all',
  district_admin: 'all',
  district_leader: 'all',
} as const satisfies Partial<Record<Role, Reach>>

export const permissions = {
  help: everyone,
  /** Progress of units; a guest (account not bound) sees the chat's unit only. */
  progress: everyone,
  /** Asking to be bound, and asking who one is: anybody. */
  identify: everyone,

  /** For others it is on behalf, with both told; the district's clerk says why. */
  report: reporters,
  correct: reporters,
  /** Within a day, and not what a published bulletin was made of. */
  undo: reporters,
  /** Confirming or rejecting a number; the supervisors what they have seen on site. */
  verify: { ...clerks, supervisor: 'all' },
  /** Who reported a number, when and in which words. */
  provenance: readers,
  missing: { ...keepers, district_leader: 'all' },
  nudge: keepers,

  /** Targets, weights, 不涉及, adjustments; a veto needs two persons. */
  rules: district,
  veto: district,
  ask_extension: { secretary: 'own', reporter: 'own' },
  /** The street passes a request on, the district grants it. */
  pass_extension: { street_admin: 'tree' },
  grant_extension: district,

  /** Places and tables; how much of them is shown where, `ranking-sight.ts` decides (`domain.md` N13). */
  ranking: bound,
  /** What is due, of any unit (`domain.md` C6). */
  deadline: bound,
  draft_bulletin: clerks,
  publish_bulletin: { ...clerks, district_leader: 'all' },

  /** One's own reminders, twenty at a time. */
  remind: bound,
  /** Somebody else's. */
  cancel_reminder: clerks,
  /** @所有人, once a day for each group. */
  mention_all: clerks,
  mute: bound,
  chat_quiet: keepers,

  /** The clerk's page in a browser; what stands on it, the other rows say. */
  desk: clerks,
  bind_chat: clerks,
  bind_alias: clerks,
  /** Confirming that an account belongs to a person. */
  bind_person: clerks,
  /** Giving a chat its push robot, or taking it away. */
  bind_robot: clerks,
  /** Giving somebody's duties to a successor. */
  handover: clerks,
  /** What was sent and what was not (`domain.md` N22): a group's own for everybody in it. */
  delivery: {
    ...{ secretary: 'chat', reporter: 'chat', supervisor: 'chat' },
    ...{ street_admin: 'tree', street_secretary: 'tree', district_admin: 'all', district_leader: 'all' },
  },

  /** Phone numbers: only ever in private. */
  phone: { ...readers, secretary: 'tree', reporter: 'tree', street_admin: 'all', street_secretary: 'all' },
  export: {
    ...{ secretary: 'own', reporter: 'own', street_admin: 'tree', street_secretary: 'tree' },
    ...{ district_admin: 'all', district_leader: 'all' },
  },
  export_findings: { supervisor: 'all', district_admin: 'all', district_leader: 'all' },
  record_visit: { supervisor: 'all', district_admin: 'all' },
  read_register: readers,
  update_register: clerks,
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type Action = keyof typeof permissions

/** How far a role reaches for an action; undefined = not at all. */
export function reach(role: Role, action: Action): Reach | undefined {
  const row: Partial<Record<Role, Reach>> = permissions[action]
  return row[role]
}

/** In words for a refusal: who may do it. */
export function whoMay(action: Action): string {
  const row: Partial<Record<Role, Reach>> = permissions[action]
  return (Object.keys(row) as Role[])
    .filter((role) => role !== 'guest')
    .map((role) => `${places[role]}${titles[role]}`)
    .join('、')
}

/** As said behind the unit's name: 汝河路街道 组织委员. */
export const titles: Record<Role, string> = {
  district_admin: '专班',
  district_leader: '领导',
  supervisor: '督导员',
  street_admin: '组织委员',
  street_secretary: '书记',
  secretary: '书记',
  reporter: '填报员',
  guest: '未绑定人员',
}

const places: Record<Role, string> = {
  district_admin: '区',
  district_leader: '区',
  supervisor: '',
  street_admin: '街道',
  street_secretary: '街道',
  secretary: '村（社区）',
  reporter: '村（社区）',
  guest: '',
}
