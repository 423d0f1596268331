// How missing reports are told: what was never reported first, then who was silent, then what has grown old.
import type { Roster, Unit } from './database/roster.ts'
import { lines, type Reply } from './message.ts'
import type { Lacking } from './missing.ts'
import type { Asked } from './missing-asked.ts'
import { day } from './wording.ts'

/** More names than this nobody reads. */
const most = 15

/**
 * The answer. What was never reported, who was silent and what has grown old stay apart: they are different things.
 * @param hint how to nudge them, said where there is anybody
 */
export function missingReply(
  { roster, today }: { roster: Roster; today: string },
  asked: Asked,
  lacking: Lacking[],
  hint: string,
): Reply {
  const { scope, level, units, indicator, isPeriod } = asked
  const title = `${scope.name}${level && `各${level}`}${indicator ? ` · ${indicator.name}` : ''}没报情况（${day(today)}）`
  const [own] = lacking
  const isOne = units.length === 1 && units[0] === scope.id
  const said = isOne ? ofOne(own, asked) : ofSeveral(roster, asked, lacking)
  const hinted = own && !isPeriod && hint !== '' ? [hint] : []
  return lines([...said, ...hinted], title)
}

function ofOne(own: Lacking | undefined, { indicator, isPeriod, when }: Asked): string[] {
  const silent = own?.silent ? `${when}没报过数。` : `${when}${isPeriod ? '报过数' : spoken}。`
  if (isPeriod) return [silent]
  if (indicator)
    return [own?.never.length ? '从没报过。' : own?.carried.length ? '报过，数太旧了，一直沿用。' : '报过。']
  return [
    own?.never.length ? `从没报过：${names(own.never)}` : '从没报过的没有。',
    silent,
    ...(own?.carried.length ? [`数太旧，一直沿用：${names(own.carried)}`] : []),
  ]
}

function ofSeveral(
  roster: Roster,
  { scope, indicator, isPeriod, when }: Asked,
  lacking: Lacking[],
): string[] {
  const list = (found: Lacking[], count?: (one: Lacking) => number) =>
    `（${found.length}个单位）：${listed(roster, scope, found, indicator ? undefined : count)}`
  const silent = lacking.filter((one) => one.silent)
  const never = lacking.filter((one) => one.never.length > 0)
  const carried = lacking.filter((one) => one.carried.length > 0)
  const quiet = `${when}${isPeriod ? '都报过数' : spoken}。`
  const silentLine = silent.length > 0 ? `${when}没报${list(silent)}` : quiet
  if (isPeriod) return [silentLine]
  const oldLine = `数太旧，一直沿用${list(carried, (one) => one.carried.length)}`
  return [
    never.length > 0 ? `从没报过${list(never, (one) => one.never.length)}` : '从没报过的没有。',
    // Of a single indicator nobody is late inside its cadence, however long ago the last ranking was.
    ...(indicator ? [] : [silentLine]),
    ...(carried.length > 0 ? [oldLine] : indicator ? ['其余的都在报送周期内，数没变不用报。'] : []),
  ]
}

/** What is done need not be reported again. */
const spoken = '该报的都报过数'

/**
 * Names as far as they fit: of a street its communities, of the district its streets with sums.
 * @param count how many items of one unit; absent = the units themselves are counted
 */
export function listed(
  roster: Roster,
  scope: Unit,
  found: Lacking[],
  count?: (one: Lacking) => number,
): string {
  const shown = (name: string, n: number) => `${name}${n}${count ? '项' : ''}`
  const parts = roster.children(scope.id)
  if (parts.some(({ id }) => roster.children(id).length > 0)) {
    const sums = parts.flatMap(({ id, short }) => {
      const own = found.filter(({ unit }) => roster.isWithin(unit.id, id))
      const sum = own.reduce((total, one) => total + (count?.(one) ?? 1), 0)
      return sum > 0 ? shown(short, sum) : []
    })
    return cut(sums, '个街道')
  }
  const all = shortNames(found.map(({ unit }) => unit))
  return cut(
    all.map((name, at) => (count && found[at] ? shown(name, count(found[at])) : name)),
    '个',
  )
}

/** A community and a village with the same short name are told apart. */
export function shortNames(units: Unit[]): string[] {
  const isAlone = ({ short }: Unit) => units.filter((other) => other.short === short).length === 1
  return units.map((unit) => (isAlone(unit) ? unit.short : unit.name))
}

export const names = (of: { name: string }[], limit = most) =>
  cut(
    of.map(({ name }) => name),
    '项',
    limit,
  )

const cut = (all: string[], what: string, limit = most): string =>
  all.length > limit ? `${all.slice(0, limit).join('、')} 等${all.length}${what}` : all.join('、')
