// One unit now and then: its score and place of an earlier snapshot, and which indicators moved (`domain.md` C5.6).
import Fraction from 'fraction.js'
import { completion, percent } from './campaign/completion.ts'
import { show } from './campaign/entry.ts'
import { together } from './campaign/standing.ts'
import { chartOf, type Line } from './chart.ts'
import { addDays, momentOf } from './clock.ts'
import { cellsIn, cellsOn, firstSnapshot } from './database/history.ts'
import { type ChartCell, chartCells, leavesOf } from './database/progress.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { allSharesIn, snapshotBefore } from './database/snapshots.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { liveTotals, totalsIn } from './ranking.ts'
import { boardOf, lineOf } from './ranking-board.ts'
import { boardFor, fieldOf } from './ranking-replies.ts'
import { seesPlace } from './ranking-sight.ts'
import { momentText, movedText, rankText, text } from './ranking-words.ts'
import { isPrivate, scoreRefusal } from './score-sight.ts'
import type { Turn } from './turn.ts'
import { day, percentText } from './wording.ts'

export interface Then {
  /** The day whose end is meant. */
  date: string
  /** What it was called: 上周. */
  label: string
}

/** So many indicators are told one by one. */
const mostNamed = 5

/** Everything of a unit, now and in the last snapshot up to the end of that day. */
export async function thenReply(turn: Turn, unit: Unit, { date, label }: Then): Promise<Reply> {
  const { db, roster } = turn
  const { id: campaign, ruleVersion } = roster.campaign
  const until = momentOf(addDays(date, 1), '00:00')
  const snapshot = await snapshotBefore(db, campaign, until)
  if (!snapshot) throw new UserError(await sinceWhen(turn, label))
  const moment = momentText(snapshot.takenAt)
  const now = (await liveTotals(turn, [unit])).units.get(unit.id)?.total
  const then = snapshot.units.get(unit.id)?.total
  const isSame = snapshot.ruleVersion === ruleVersion
  const total =
    now == null
      ? `${unit.name}现在没有参评`
      : then == null
        ? `总分 ${now}（那时还没有参评）`
        : `总分 ${then}→${now}（${change(new Fraction(now).sub(then))}）`
  const place = await placeText(turn, unit, totalsIn(snapshot))
  const sees = unit.parent === null || seesPlace(turn, unit)
  const lines = await chartOf(turn, unit)
  const cells = await chartCells(db, roster, leavesOf(roster, unit.id))
  const kept = await allSharesIn(db, snapshot)
  const earlier = await cellsIn(db, campaign, cells, snapshot)
  // Shares of other rules say nothing of what has been done since.
  const keptOf = isSame && then != null ? ({ id }: Indicator) => kept(unit.id, id) : undefined
  const changes = changesOf(turn, lines, cells, earlier, keptOf)
  return {
    title: `${unit.name}：${label}（${moment}）到现在`,
    blocks: [
      text(
        !sees
          ? `这里看不到${unit.name}的总分和名次，只比各项。`
          : isSame
            ? `${total}${place}。`
            : '规则已调整，总分和名次不作比较。',
      ),
      ...changeTexts(changes, lines.length).map(text),
    ],
  }
}

/** One indicator of a unit, now and at the end of a day. */
export async function indicatorThenReply(
  turn: Turn,
  unit: Unit,
  indicator: Indicator,
  { date }: Then,
): Promise<Reply> {
  const { db, roster } = turn
  const lines = (await chartOf(turn, unit)).filter((one) => one.indicator.id === indicator.id)
  const [one] = lines
  if (!one || one.standing.share === 'na')
    throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项。`)
  if (isPrivate(turn, one)) throw new UserError(scoreRefusal(turn, indicator))
  if (date < addDays(roster.campaign.starts, -1))
    throw new UserError(`攻坚从${day(roster.campaign.starts)}开始，那以前没有数。`)
  const cells = await chartCells(db, roster, leavesOf(roster, unit.id), [indicator])
  const [change] = changesOf(turn, lines, cells, await cellsOn(db, cells, date))
  const head = `${unit.short}·${indicator.name}`
  if (!change) return line(`${head}从${day(date)}到现在没有变化，还是${shownOf(one)}。`)
  return line(`${head}：${day(date)} ${changeText(change)}。`)
}

interface Change {
  line: Line
  /** 1个（25%） */
  before: string
  gap: Fraction
}

/**
 * What is another number than it was, most first.
 * @param kept what a snapshot kept of the unit, in hundredths of a per cent: it is told where units, targets or vetoes
 * were others than today, so that numbers of today's would come to something else
 */
function changesOf(
  turn: Turn,
  lines: Line[],
  now: ChartCell[],
  then: ChartCell[],
  kept?: (indicator: Indicator) => number | undefined,
): Change[] {
  return lines
    .flatMap((one): Change[] => {
      const { indicator, standing } = one
      if (isPrivate(turn, one)) return []
      const of = (cells: ChartCell[]) => cells.filter((each) => each.indicator === indicator.id)
      const earlier = of(then)
      const moved = of(now).some((each, at) => contentOf(each) !== contentOf(earlier[at]))
      const [share, shown] = thenOf(one, earlier)
      const cents = kept?.(indicator)
      if (kept && cents !== centsOf(share, indicator)) {
        const was = cents === undefined ? 'na' : new Fraction(cents, 10_000)
        const isSame = cents === centsOf(standing.share, indicator)
        return isSame ? [] : [{ line: one, before: percentText(was), gap: gapOf(standing.share, was) }]
      }
      if (!moved || standing.share === 'na') return []
      return [{ line: one, before: `${shown}（${percentText(share)}）`, gap: gapOf(standing.share, share) }]
    })
    .toSorted((a, b) => b.gap.abs().compare(a.gap.abs()))
}

/** What these numbers come to by today's units and targets. */
function thenOf({ indicator, cell }: Line, cells: ChartCell[]): [share: Fraction | 'na', shown: string] {
  const [first] = cells
  if (!cell || !first) return [together(cells).share, wholeText(indicator, cells)]
  return [first.applies ? completion(first, first) : 'na', show(indicator, first)]
}

/** As a snapshot keeps it: as far as it counts, half-up; undefined = nothing. */
function centsOf(share: Fraction | 'na', { cap }: Indicator): number | undefined {
  if (share === 'na') return undefined
  return (share.gt(cap) ? new Fraction(cap) : share).mul(10_000).round().valueOf()
}

const gapOf = (now: Fraction | 'na', then: Fraction | 'na'): Fraction =>
  now === 'na' || then === 'na' ? new Fraction(0) : now.sub(then)

function changeTexts(changes: Change[], all: number): string[] {
  if (changes.length === 0) return ['各项都没有变化。']
  const named = changes
    .slice(0, mostNamed)
    .map((change) => `${change.line.indicator.name} ${changeText(change)}`)
  const more = changes.length > mostNamed ? [`另外${changes.length - mostNamed}项也有变化`] : []
  const same = all > changes.length ? [`其余${all - changes.length}项没变`] : []
  const rest = [...more, ...same].join('，')
  return [named.join('\n'), ...(rest ? [`${rest}。`] : [])]
}

/** 1个（25%）→2/4个（50%），+25个百分点 */
const changeText = ({ line, before, gap }: Change): string =>
  `${before}→${shownOf(line)}${gap.equals(0) ? '' : `，${signed(new Fraction(percent(gap)))}个百分点`}`

/** ，名次 第4名→第1名（↑3）; '' where places are not for this chat. */
async function placeText(turn: Turn, unit: Unit, before: ReturnType<typeof totalsIn>): Promise<string> {
  const parent = unit.parent === null ? undefined : turn.roster.units.get(unit.parent)
  if (!parent || !seesPlace(turn, unit)) return ''
  const { units } = fieldOf(turn, parent)
  const found = lineOf(await boardFor(turn, units, undefined), unit.id)
  if (!found || found.group.lines.length < 2) return ''
  const { rank } = found.line
  const earlier = lineOf(boardOf(units, before, undefined), unit.id)
  const where = `${parent.name}${found.group.lines.length}个${found.group.label}`
  if (earlier?.line.peer !== found.line.peer) return `，现在${rankText(found.line)}（${where}）`
  const moved = movedText(earlier.line.rank - rank)
  return `，名次 ${rankText(earlier.line)}→${rankText(found.line)}（${moved}，${where}）`
}

async function sinceWhen({ db, roster }: Turn, label: string): Promise<string> {
  const first = await firstSnapshot(db, roster.campaign.id)
  return first
    ? `${label}还没有排名数据，最早的一次是${momentText(first)}。`
    : '还没有周排名可以比，周五18:00出第一次。'
}

function wholeText(indicator: Indicator, cells: ChartCell[]): string {
  const { kind, uom } = indicator
  const { reported, num, den, value, target } = together(cells)
  if (reported === 0) return '未报'
  if (kind === 'milestone' || kind === 'score') return '平均'
  if (kind === 'yes_no') return `${value}/${target}`
  return kind === 'ratio' ? `${num}/${den}` : `${value}${uom}`
}

const contentOf = (cell: ChartCell | undefined) =>
  JSON.stringify([cell?.value, cell?.num, cell?.den, cell?.step].map((one) => (one == null ? null : one)))
const shownOf = ({ shown, standing: { share } }: Line) =>
  share === 'na' ? shown : `${shown}（${percentText(share)}）`
const change = (points: Fraction) => (points.equals(0) ? '没变' : signed(points))
const signed = (number: Fraction) => (number.lt(0) ? `−${number.abs()}` : `+${number}`)
