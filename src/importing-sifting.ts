// Which numbers of a file its sender may write, and which of them the campaign takes from a file at all: the same rules as
// in the chat (`domain.md` C2, C3.4, C3.6, N12).
import type { Db } from './database/connection.ts'
import type { Roster } from './database/roster.ts'
import type { Sender } from './importing-file.ts'
import { lastFriday, mayReachBack } from './reporting.ts'
import type { NumberEntry } from './sheet/numbers.ts'
import type { Problem } from './sheet/problems.ts'
import { may } from './turn.ts'
import { day } from './wording.ts'

const mostNamed = 3

/** What is wrong with a number of this sender: the unit is not theirs, or its day stands in a ranking. */
export function refusalOf(
  roster: Roster,
  person: Sender,
  { sheet, row, column, at, unit: id, asOf }: NumberEntry,
  today: string,
): Problem[] {
  const unit = roster.units.get(id)
  const problem = (message: string): Problem[] => [{ sheet, row, column, at, message }]
  if (unit && !may({ roster, person }, 'report', unit))
    return problem(`您不能报「${unit.name}」的数，请删掉这一行再发`)
  if (asOf < lastFriday(today) && !mayReachBack(person))
    return problem(`${day(asOf)}的数已经进了上周的排名，要改请找街道组织委员或区专班；是现在的数，请改日期`)
  return []
}

/** Leaves out what does not concern a unit, and what is taken from elsewhere: only the district may still write that. */
export async function sift(
  db: Db,
  roster: Roster,
  person: Sender | undefined,
  numbers: NumberEntry[],
): Promise<{ numbers: NumberEntry[]; notes: string[] }> {
  const exempt = await exemptIn(db, roster.campaign.id)
  const isDistrict = !person || may({ roster, person }, 'rules', roster.root)
  const fits = (one: NumberEntry) => appliesIn(roster, one) && !exempt.has(`${one.unit}/${one.indicator}`)
  const isElsewhere = ({ indicator }: NumberEntry) =>
    !isDistrict && roster.indicators.get(indicator)?.source !== 'chat'
  const strange = numbers.filter((one) => !fits(one))
  const elsewhere = numbers.filter((one) => fits(one) && isElsewhere(one))
  const names = [...new Set(elsewhere.map(({ indicator }) => roster.indicators.get(indicator)?.name ?? ''))]
  const cells = strange.map(
    ({ unit, indicator }) =>
      `${roster.units.get(unit)?.name ?? ''} ${roster.indicators.get(indicator)?.name ?? ''}`,
  )
  return {
    numbers: numbers.filter((one) => fits(one) && !isElsewhere(one)),
    notes: [
      ...(elsewhere.length > 0
        ? [`${listed(names)}由系统从别处取数，不用报：${elsewhere.length} 个数没有记。`]
        : []),
      ...(strange.length > 0 ? [`${strange.length} 个数的指标不涉及该单位，没有记：${listed(cells)}。`] : []),
    ],
  }
}

const listed = (names: string[]) =>
  `${names.slice(0, mostNamed).join('；')}${names.length > mostNamed ? ' 等' : ''}`

function appliesIn({ units, indicators }: Roster, { unit, indicator }: NumberEntry): boolean {
  const level = units.get(unit)?.level
  return level !== undefined && (indicators.get(indicator)?.appliesTo.includes(level) ?? false)
}

async function exemptIn(db: Db, campaign: number): Promise<Set<string>> {
  const rows = await db
    .selectFrom('target')
    .where('campaign_id', '=', campaign)
    .where('applies', '=', false)
    .select(['unit_id', 'indicator_id'])
    .execute()
  return new Set(rows.map(({ unit_id, indicator_id }) => `${unit_id}/${indicator_id}`))
}
