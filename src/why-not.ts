// 为什么不涉及: who decided that an indicator is not for a unit, and why; or that it does count (`domain.md` C4.2, N11).
import type { Indicator, Unit } from './database/roster.ts'
import { levels } from './ranking-board.ts'
import type { Turn } from './turn.ts'

/**
 * Why an indicator does not count for a unit; undefined where it does.
 * @param isCounted whether it has a completion there
 */
export async function exemptText(
  { db, roster }: Pick<Turn, 'db' | 'roster'>,
  unit: Unit,
  { id, name, appliesTo }: Indicator,
  isCounted: boolean,
): Promise<string | undefined> {
  if (isCounted) return undefined
  const head = `${unit.name}不涉及“${name}”`
  const effect = '不计分，也不丢分。'
  if (roster.children(unit.id).length > 0) return `${head}：下面的村（社区）都不涉及。${effect}`
  if (!appliesTo.includes(unit.level))
    return `${head}：这一项只考核${appliesTo.map((level) => levels[level]).join('、')}。${effect}`
  const row = await db
    .selectFrom('target')
    .where('unit_id', '=', unit.id)
    .where('indicator_id', '=', id)
    .select(['applies', 'na_reason'])
    .executeTakeFirst()
  const reason = row?.applies === false && row.na_reason
  return reason
    ? `${head}：${reason}。${effect}情况变了请找区专班改。`
    : `${head}：目标（或者应有的数）是0，没有可以算的。${effect}不对请找区专班改。`
}
