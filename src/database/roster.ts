// Units, indicators and people of a campaign as the bot holds them in memory: read once, again when they change.

import type { Measure } from '../campaign/completion.ts'
import { type Lexicon, lexicon, type Named } from '../language/lexicon.ts'
import type { Admission } from './admission.ts'
import { readAliases } from './aliases.ts'
import type { Db } from './connection.ts'
import type { Level, Settings } from './schema.ts'

export interface Unit {
  id: number
  code: string
  name: string
  /** Without 街道, 社区, 村: for receipts and lists. */
  short: string
  aliases: string[]
  level: Level
  parent: number | null
  /** Only units of one peer group are compared (`domain.md` C5.5). */
  peer: string
  roster: number
}

export interface Indicator extends Omit<Measure, 'target'> {
  id: number
  code: string
  /** The part of the plan that it belongs to, from 1. */
  part: number
  name: string
  aliases: string[]
  uom: string
  weight: string
  cap: string
  starts: string
  due: string
  plan: [string, number][]
  steps: Record<string, number>
  appliesTo: Level[]
  /** What units have to reach that have no target of their own. */
  targetDefault: string | null
  /** How many days a number is good for. */
  cadence: number
  /** Where its numbers come from; only `chat` is reported in a chat. */
  source: string
}

/**
 * Whether an indicator is switched on: its weight is more than 0. One that is not has no lamp, is due to nobody and is in
 * no ranking; what is reported of it is taken and kept all the same.
 */
export const isActive = ({ weight }: Pick<Indicator, 'weight'>): boolean => Number(weight) > 0

export interface Roster {
  campaign: {
    id: number
    name: string
    starts: string
    ends: string
    ruleVersion: number
    /** Raised when units, indicators, people or targets change. */
    version: number
    settings: Settings
  }
  units: Map<number, Unit>
  indicators: Map<number, Indicator>
  lexicon: Lexicon
  root: Unit
  /** Units directly below, in roster order. */
  children(unit: number): Unit[]
  /** The street and the district of a unit, nearest first. */
  above(unit: number): Unit[]
  /** Whether `unit` is `ancestor` or below it. */
  isWithin(unit: number, ancestor: number): boolean
}

export type RosterOf = (
  campaign: Pick<NonNullable<Admission['campaign']>, 'id' | 'roster_version'>,
) => Promise<Roster>

/** @returns a function that gives the roster of a campaign, read once for each version of it */
export function rosters(db: Db): RosterOf {
  const kept = new Map<number, { version: number; roster: Promise<Roster> }>()
  return ({ id, roster_version: version }) => {
    const known = kept.get(id)
    if (known && known.version >= version) return known.roster
    const roster = readRoster(db, id)
    kept.set(id, { version, roster })
    // A failed reading is not kept: the next message tries again.
    roster.catch(() => kept.delete(id))
    return roster
  }
}

/** Reads those of all campaigns that are not over, so that nobody who comes first waits for it. */
export async function readAhead(db: Db, rosterOf: RosterOf): Promise<void> {
  const running = await db
    .selectFrom('campaign')
    .where('status', 'in', ['active', 'closing'])
    .select(['id', 'roster_version'])
    .execute()
  for (const campaign of running) await rosterOf(campaign)
}

export async function readRoster(db: Db, campaignId: number): Promise<Roster> {
  // One after the other: inside a transaction there is one connection.
  const campaign = await db
    .selectFrom('campaign')
    .where('id', '=', campaignId)
    .selectAll()
    .executeTakeFirstOrThrow()
  // What a clerk said in a chat counts as much as what the workbook says.
  const given = await readAliases(db, campaignId)
  const givenTo = (which: 'unit' | 'indicator', id: number) =>
    given.flatMap((one) => (one[which] === id ? one.alias : []))
  const unitRows = await readUnits(db, campaignId, (id) => givenTo('unit', id))
  const indicatorRows = await db
    .selectFrom('indicator')
    .where('campaign_id', '=', campaignId)
    .orderBy('ordinal')
    .selectAll()
    .execute()
  const people = await db
    .selectFrom('person')
    .where('campaign_id', '=', campaignId)
    .where('status', '=', 'active')
    .select(['id', 'name'])
    .execute()
  const indicators = indicatorRows.map(
    (row): Indicator => ({
      ...{ id: row.id, code: row.code, part: row.part, name: row.name, kind: row.kind, uom: row.uom },
      aliases: [...row.aliases, ...givenTo('indicator', row.id)],
      ...{
        direction: row.direction,
        weight: row.weight,
        cap: row.cap,
        baseline: row.baseline,
        plan: row.plan,
        steps: inOrder(row.steps),
      },
      ...{ starts: row.starts ?? campaign.starts, due: row.due ?? campaign.ends, source: row.source },
      ...{ appliesTo: row.applies_to, zeroTarget: campaign.settings.zero_target },
      ...{ targetDefault: row.target_default, cadence: row.cadence_days },
    }),
  )
  return rosterFrom(
    {
      ...{ id: campaign.id, name: campaign.name, starts: campaign.starts, ends: campaign.ends },
      ...{ ruleVersion: campaign.rule_version, settings: campaign.settings },
      version: campaign.roster_version,
    },
    { units: unitRows, indicators, people },
  )
}

/**
 * @param campaign its name, dates and settings; `units` in roster order, one of them without a parent
 * @throws Error when there is no such unit
 */
export function rosterFrom(
  campaign: Roster['campaign'],
  {
    units: unitRows,
    indicators: all,
    people,
  }: { units: Unit[]; indicators: Indicator[]; people: { id: number; name: string }[] },
): Roster {
  const units = new Map(unitRows.map((unit) => [unit.id, unit]))
  const indicators = new Map(all.map((one) => [one.id, one]))
  const root = unitRows.find(({ parent }) => parent === null)
  if (!root) throw new Error(`campaign ${campaign.id} has no units`)
  const below = new Map<number, Unit[]>()
  for (const unit of unitRows) {
    if (unit.parent === null) continue
    const siblings = below.get(unit.parent)
    if (siblings) siblings.push(unit)
    else below.set(unit.parent, [unit])
  }
  const isWithin = (unit: number | null | undefined, ancestor: number): boolean =>
    unit != null && (unit === ancestor || isWithin(units.get(unit)?.parent, ancestor))

  // Jobs have no use for names: they are only prepared when somebody speaks.
  let names: Lexicon | undefined
  const above = (unit: number): Unit[] => {
    const parent = units.get(units.get(unit)?.parent ?? 0)
    return parent ? [parent, ...above(parent.id)] : []
  }

  return {
    campaign,
    units,
    indicators,
    get lexicon() {
      names ??= lexicon([...unitRows.map(unitNames), ...all.flatMap(indicatorNames), ...people.map(named)])
      return names
    },
    root,
    children: (unit) => below.get(unit) ?? [],
    above: (unit) => above(unit),
    isWithin,
  }
}

async function readUnits(db: Db, campaignId: number, givenTo: (unit: number) => string[]): Promise<Unit[]> {
  const rows = await db
    .selectFrom('unit')
    .innerJoin('unit_version as version', 'version.unit_id', 'unit.id')
    .where('unit.campaign_id', '=', campaignId)
    .where('version.valid_to', 'is', null)
    .orderBy('version.roster')
    .orderBy('unit.id')
    .select(['unit.id', 'code', 'name', 'aliases', 'level', 'parent_id as parent', 'roster'])
    .select('peer_group as peer')
    .execute()
  // One text and one empty list for all that have the same, not one for each.
  const same = new Map<string, string>()
  const shared = <T extends string>(text: T): T => {
    if (!same.has(text)) same.set(text, text)
    return (same.get(text) ?? text) as T
  }
  const none: string[] = []
  const givenOr = (aliases: string[], given: string[]) =>
    aliases.length + given.length > 0 ? [...aliases, ...given] : none
  return rows.map(({ id, code, name, aliases, level, parent, roster, peer }) => ({
    id,
    code,
    name,
    short: shortName(name),
    aliases: givenOr(aliases, givenTo(id)),
    parent,
    roster,
    level: shared(level),
    peer: shared(peer),
  }))
}

/** jsonb keeps no order: milestones stand in the order of the work. */
function inOrder(steps: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(steps).sort(([, a], [, b]) => a - b))
}

/** 金苑社区 → 金苑; a name of fewer than two characters without its ending keeps it. */
export function shortName(name: string): string {
  const short = name.replace(/(?:街道办事处|街道|社区|村)$/, '')
  return short.length >= 2 ? short : name
}

const unitNames = ({ id, name, short, aliases }: Unit): Named => ({
  kind: 'unit',
  id,
  name,
  others: [short, ...aliases],
})
const named = ({ id, name }: { id: number; name: string }): Named => ({
  kind: 'person',
  id,
  name,
  others: [],
})

function indicatorNames({ id, name, aliases, steps, kind, uom }: Indicator): Named[] {
  return [
    { kind: 'indicator', id, name, others: aliases, measure: kind, uom },
    ...Object.keys(steps).map((step): Named => ({ kind: 'step', id, name: step, others: [] })),
  ]
}
