// Why a score is what it is, in words and as a table; whatever is shown adds up to the score to the cent (`domain.md` N20).
import Fraction from 'fraction.js'
import { beyondLimits } from './campaign/adjustments.ts'
import { type Shown, shownOf } from './campaign/rounding.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { Block } from './message.ts'
import { isPrivate, scoreGap, scoreRefusal } from './score-sight.ts'
import type { Place } from './turn.ts'
import type { Reason, Reasons } from './why.ts'
import { percentText } from './wording.ts'

const named = 2

/** What is missing of a hundred points: the two that cost most with what one more piece would bring, and the rest. */
export function lossText(reasons: Reasons, place: Place): string {
  const open = shownOf(reasons.explanation).filter(({ loss }) => !loss.lost.equals(0))
  if (open.length === 0) return '各项都得满分。'
  const most = costliest(reasons, place)
  const others = open.filter(({ loss }) => !most.some((one) => one.loss === loss))
  const each = most.map((one) => `${one.loss.of.line.indicator.name} ${minus(one.lost)}${whyText(one)}`)
  const hidden = others
    .filter(({ loss }) => isPrivate(place, loss.of.line))
    .map(({ loss }) => loss.of.line.indicator.name)
  const privately = hidden.length > 0 ? `（含${hidden.join('、')}，${scoreGap(place)}）` : ''
  const left = others.reduce((sum, { lost }) => sum + lost, 0)
  const sum = others.length > hidden.length ? `共 ${minus(left)}` : ''
  const rest = others.length > 0 ? [`其余${others.length}项${privately}${sum}`] : []
  return each.length === 0 ? `${rest[0]}。` : `丢分最多的是${[...each, ...rest].join('；')}。`
}

const costliest = ({ explanation }: Reasons, place: Place): Shown<Reason>[] =>
  shownOf(explanation)
    .filter(({ loss: { of, lost } }) => lost.gt(0) && !isPrivate(place, of.line))
    .toSorted((a, b) => b.loss.lost.compare(a.loss.lost))
    .slice(0, named)

/** ※一票否决（否决2号）：…, for every veto that is in force and not told beside its indicator; '' when there is none. */
export function vetoText(reasons: Reasons, place: Place): string {
  const told = costliest(reasons, place).map(({ loss }) => loss.of.line.indicator.id)
  const each = reasons.vetoes.flatMap(({ effect, indicator, document }) => {
    if (effect === 'rank_last') return [`※一票否决（${document}）：名次排在所有同类单位后面，得分照样显示。`]
    if (effect === 'no_award') return [`※一票否决（${document}）：不评先，得分和名次不变。`]
    const of = reasons.explanation.losses.find((loss) => loss.of.line.indicator.id === indicator)?.of
    if (!of || told.includes(of.line.indicator.id)) return []
    return [
      `※一票否决（${document}）：${isPrivate(place, of.line) ? '有一项' : of.line.indicator.name}按0分算。`,
    ]
  })
  return each.join('\n')
}

/** 加减分 +8.5（通报3号 +6、…）。加分合计 14，只计 10。 '' when there is nothing. */
export function adjustmentText({ explanation: { adjustment, cut }, adjustments }: Reasons): string {
  if (adjustments.length === 0) return ''
  const each = adjustments.map(({ points, document }) => `${document} ${signed(new Fraction(points))}`)
  const beyond = beyondLimits(adjustments).map((words) => `${words}。`)
  const limit = cut.equals(0) ? '' : `总分只在0到110之间算，${signed(cut)}。`
  return `加减分 ${signed(adjustment)}（${each.join('、')}）。${beyond.join('')}${limit}`
}

/** How a point comes about, so that everybody can compute it again. */
export function howText({ explanation: { losses } }: Reasons): string {
  const weights = losses.reduce((sum, { of }) => sum.add(of.weight), new Fraction(0))
  const caps = [...new Set(losses.map(({ of }) => percentText(new Fraction(of.cap))))]
  const cap = caps.length === 1 ? `最多算${caps[0]}` : '超额的按各项的封顶算'
  return `每项满分=权重÷涉及的权重合计${weights}×100，得分=满分×完成率（${cap}）；不涉及的不算，没报的算0。各项取两位小数，尾数凑齐总分。`
}

/** How the score comes about, one line an indicator: points earned of those to be had. */
export function sumTable({ explanation, adjustments }: Reasons): Block {
  const rows = shownOf(explanation).map(({ loss: { of }, most, earned }) => [
    of.line.indicator.name,
    new Fraction(of.weight).toString(),
    `${percentText(of.share)}${of.vetoed === undefined ? '' : '※'}`,
    `${points(earned)}/${points(most)}`,
  ])
  const added = adjustments.length > 0 ? [['加减分', '', '', signed(explanation.adjustment)]] : []
  return { kind: 'table', head: ['指标', '权重', '完成率', '得分'], rows: [...rows, ...added] }
}

/** 金苑社区的红色物业丢5.44分（2/4个，再完成1个 +2.72）。 @throws UserError where it may not be told, or is 不涉及 */
export function oneText(unit: Unit, { explanation }: Reasons, { id, name }: Indicator, place: Place): string {
  const one = shownOf(explanation).find(({ loss }) => loss.of.line.indicator.id === id)
  if (!one) throw new UserError(`${unit.name}不涉及“${name}”这一项。`)
  const { loss, most, lost } = one
  if (isPrivate(place, loss.of.line)) throw new UserError(scoreRefusal(place, { name }))
  const missing = loss.lost.gt(0) ? `丢${points(lost)}分` : '没有丢分'
  return `${unit.name}的${name}满分${points(most)}分，${missing}${whyText(one)}。`
}

/** （2/4人，再完成1人 +2.08） */
function whyText({ loss: { of }, gain }: Shown<Reason>): string {
  const { line, words, vetoed } = of
  if (vetoed !== undefined) return `（※一票否决，${vetoed}）`
  const reported = line.cell && !line.cell.reported ? '未报' : line.shown
  const next = gain !== undefined && words !== undefined ? `，${words} +${points(gain)}` : ''
  return `（${reported === '平均' ? `平均${percentText(of.share)}` : reported}${next}）`
}

/** 81.20: hundredths with both decimals, as totals are written. */
export const points = (hundredths = 0): string => new Fraction(hundredths, 100).round(2).valueOf().toFixed(2)
const minus = (hundredths = 0) => (hundredths < 0 ? `+${points(-hundredths)}` : `−${points(hundredths)}`)
const signed = (number: Fraction) => `${number.lt(0) ? '−' : '+'}${number.abs().toString()}`
