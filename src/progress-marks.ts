// What stands beside a number that is no ordinary one: never reported, old, waiting for an answer, set to nothing by a
// veto (`domain.md` C4.2, C4.6, N11).
import { effectNames } from './campaign/adjustments.ts'
import { show } from './campaign/entry.ts'
import { isCarried } from './campaign/score.ts'
import type { Line } from './chart.ts'
import { type Veto, vetoesOf } from './database/adjustments.ts'
import { readCalendar } from './database/calendar.ts'
import { waitingNumbers } from './database/reports-waiting.ts'
import type { Turn } from './turn.ts'
import { day, lamps } from './wording.ts'

/** So many are named one by one. */
const mostNamed = 6

export interface Marks {
  /** ✔ ● ▲ ■ ○, or □ for what was never reported. */
  lamp(line: Line): string
  /** 2/4个, 2/4个（待核6个）, 8/8个※, ⚠未报. */
  shown(line: Line): string
  /** The same with the date of what is old: 2/4个（11月13日）. */
  dated(line: Line): string
  isOld(line: Line): boolean
  /** Below the table: what the marks stand for that do not explain themselves. */
  notes: string[]
}

export async function marksOf(turn: Turn, lines: Line[]): Promise<Marks> {
  const { db, roster, today } = turn
  const cells = lines.flatMap(({ cell }) => cell ?? [])
  const calendar = await readCalendar(db)
  const waiting = await waitingNumbers(
    db,
    cells.flatMap(({ pending_id }) => pending_id ?? []),
  )
  const vetoes = await vetoesOf(db, roster.campaign.id, today)
  // What is done, or comes from elsewhere, nobody has to report again.
  const isOld = ({ indicator: { source, cadence }, reached, cell }: Line): boolean =>
    source === 'chat' && reached !== 'na' && reached.lt(1) && isOldOn(cell?.as_of ?? null, cadence)
  const isOldOn = (asOf: string | null, cadence: number) =>
    asOf !== null && isCarried(asOf, today, calendar, cadence)
  const isMissing = ({ applicable, reported }: Line) => applicable > 0 && reported === 0
  const pendingIn = ({ indicator, cell }: Line) => {
    const number = waiting.get(cell?.pending_id ?? 0)
    return (
      number && `${number.op === 'add' ? '+' : ''}${show(indicator, { ...number, report_id: number.id })}`
    )
  }
  const shown = (line: Line, date = '') => {
    const pending = pendingIn(line)
    const number = isMissing(line) ? `⚠未报${line.vetoed === undefined ? '' : '※'}` : line.shown
    return `${number}${date}${pending ? `（待核${pending}）` : ''}`
  }
  return {
    ...{ isOld, shown: (line) => shown(line), notes: notesOf(lines, (unit) => vetoes.get(unit) ?? []) },
    lamp: (line) => (isMissing(line) ? '□' : lamps[line.standing.lamp].mark),
    dated: (line) => shown(line, isOld(line) ? `（${day(line.cell?.as_of ?? '')}）` : ''),
  }
}

/** Vetoes of the units that are shown by themselves, and those that make a shown number nothing. */
function notesOf(lines: Line[], vetoes: (unit: number) => Veto[]): string[] {
  const alone = new Set(lines.filter(({ cell }) => cell).map(({ unit }) => unit.id))
  const zeroed = lines.flatMap(({ indicator, vetoed }) =>
    vetoed === undefined ? [] : `※ 一票否决（${vetoed}）：“${indicator.name}”${effectNames.indicator_zero}。`,
  )
  const others = [...alone].flatMap(vetoes).flatMap(({ document, effect }) => {
    return effect === 'indicator_zero' ? [] : `※ 一票否决（${document}）：${effectNames[effect]}。`
  })
  return [...new Set([...zeroed, ...others])]
}

/**
 * Why 3/4个 may be 66.67%; '' where everything is counted from 0.
 * @param nameOf what tells the lines apart
 */
export function baselineNote(lines: Line[], nameOf: (line: Line) => string): string {
  const begun = lines.flatMap((line) => {
    const { baseline, indicator } = line
    if (baseline === undefined) return []
    return `${nameOf(line)}${baseline}${indicator.uom}${indicator.direction === 'down' ? '（越少越好）' : ''}`
  })
  if (begun.length === 0) return ''
  const more = begun.length > mostNamed ? `等${begun.length}个` : ''
  return `起点不是0的，从起点到目标算完成率：${begun.slice(0, mostNamed).join('、')}${more}。`
}
