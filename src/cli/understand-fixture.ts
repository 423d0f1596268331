// The roster, people and state that sentences are understood against, from a file: the form of `test/exam/fixture.json`.
import { z } from 'zod'
import type { Role } from '../campaign/permissions.ts'
import { type Indicator, type Roster, rosterFrom, shortName, type Unit } from '../database/roster.ts'
import { UserError } from '../errors.ts'
import type { OpenFinding } from '../intents/intent.ts'

const level = z.enum(['district', 'street', 'community', 'village'])
const name = z.string().min(1)
const number = z.union([z.number(), z.string()]).transform(String)

const indicator = z.object({
  code: name,
  name,
  aliases: z.array(name).default([]),
  kind: z.enum(['count', 'amount', 'ratio', 'yes_no', 'milestone', 'score']),
  uom: z.string().default(''),
  steps: z.array(name).default([]),
  applies_to: z.union([level, z.array(level)]).optional(),
  target_pct: number.optional(),
  full: number.optional(),
})
const unit = z.object({ name, level, parent: name.optional(), aliases: z.array(name).default([]) })
const person = z.object({ name, role: z.string(), unit: name.optional(), team: z.string().optional() })

export const understandFixture = z.object({
  campaign: z.object({ name, start: name, end: name }),
  default_context: z.object({
    sender: name,
    group_unit: name.optional(),
    /** Who says what an inspection found, where it is not the sender. */
    supervision_utterances_sender: name.optional(),
  }),
  indicators: z.array(indicator),
  units: z.array(unit).min(1, '至少要有一个单位'),
  people: z.array(person),
  state: z.record(z.string(), z.unknown()).default({}),
})
export type UnderstandFixture = z.infer<typeof understandFixture>

const standing = z.record(z.string(), z.object({ value: number, target: number.nullish() }))
const openFindings = z.array(z.object({ id: z.number(), unit: name, text: name }))
export type Standing = { value: string; target: string | null }

export interface Known {
  roster: Roster
  people: {
    id: number
    name: string
    duties: { role: Exclude<Role, 'guest'>; unit: number | null; team: string | null }[]
  }[]
  standing(unit: number, indicator: number): Standing | undefined
  findings: OpenFinding[]
}

/** @throws UserError when a unit or a parent is named that is not there */
export function knownFrom(fixture: UnderstandFixture): Known {
  const names = fixture.units.map((one) => one.name)
  const idOf = (unitName: string): number => {
    const at = names.indexOf(unitName)
    if (at < 0) throw new UserError(`没有叫“${unitName}”的单位`)
    return at + 1
  }
  const rootName = fixture.units.find((one) => one.level === 'district')?.name ?? names[0] ?? ''
  const units = fixture.units.map(
    (one, at): Unit => ({
      ...{ id: at + 1, code: one.name, name: one.name, short: shortName(one.name), aliases: one.aliases },
      ...{ level: one.level, peer: one.level, roster: at + 1 },
      parent: one.name === rootName ? null : idOf(one.parent ?? rootName),
    }),
  )
  const indicators = fixture.indicators.map((one, at) => indicatorFrom(one, at + 1, fixture.campaign))
  const people = fixture.people.map((one, at) => ({
    id: at + 1,
    name: one.name,
    duties: [
      {
        role: one.role as Exclude<Role, 'guest'>,
        unit: one.unit === undefined ? null : idOf(one.unit),
        team: one.team ?? null,
      },
    ],
  }))
  const { campaign } = fixture
  const settings = {
    zero_target: 'na',
    yellow: 10,
    red: 30,
    ranking_visibility: 'full',
    veto: false,
  } as const
  const roster = rosterFrom(
    {
      id: 1,
      name: campaign.name,
      starts: campaign.start,
      ends: campaign.end,
      ruleVersion: 1,
      version: 1,
      settings,
    },
    { units, indicators, people },
  )
  const numbers = new Map<string, Standing>()
  for (const one of units) {
    const { data } = standing.safeParse(fixture.state[one.name])
    for (const [indicatorName, { value, target }] of Object.entries(data ?? {})) {
      const found = indicators.find((candidate) => candidate.name === indicatorName)
      if (found) numbers.set(`${one.id}/${found.id}`, { value, target: target ?? null })
    }
  }
  const open = openFindings.safeParse(fixture.state['open_findings']).data ?? []
  const findings = open.map((one) => ({ id: one.id, unit: idOf(one.unit), text: one.text }))
  return {
    roster,
    people,
    standing: (unitId, indicatorId) => numbers.get(`${unitId}/${indicatorId}`),
    findings,
  }
}

function indicatorFrom(
  one: UnderstandFixture['indicators'][number],
  id: number,
  { start, end }: UnderstandFixture['campaign'],
): Indicator {
  const steps = one.steps.map((step, at): [string, number] => [step, (at + 1) / one.steps.length])
  const levels = one.applies_to ?? ['community', 'village']
  return {
    ...{ id, code: one.code, part: 1, name: one.name, aliases: one.aliases, kind: one.kind, uom: one.uom },
    ...{ direction: 'up', weight: '1', cap: '1', baseline: '0', starts: start, due: end, plan: [] },
    ...{ steps: Object.fromEntries(steps), appliesTo: Array.isArray(levels) ? levels : [levels] },
    ...{ targetDefault: one.full ?? one.target_pct ?? null, cadence: 7, source: 'chat', zeroTarget: 'na' },
  }
}
