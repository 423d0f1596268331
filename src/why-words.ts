// Why a score is what it is, in words and as a table; whatever is shown adds up to the score to the cent (`domain.md` N20).
import Fraction from 'fraction.js'
import { hundredthsOf, inHundredths, type Loss, namedInHundredths } from './campaign/explain.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { Block } from './message.ts'
import type { Reason, Reasons } from './why.ts'
import { percentText } from './wording.ts'

/** Whether the value of an indicator may be told here (`domain.md` N25). */
export type Hidden = (reason: Reason) => boolean

const named = 2
const whole = 100 * 100

/** What is missing of a hundred points: the two that cost most with what one more piece would bring, and the rest. */
export function lossText({ explanation }: Reasons, isHidden: Hidden): string {
  const { losses, total, adjustment, cut } = explanation
  const open = losses.filter(({ lost }) => !lost.equals(0))
  const most = open
    .filter(({ of, lost }) => lost.gt(0) && !isHidden(of))
    .toSorted((a, b) => b.lost.compare(a.lost))
    .slice(0, named)
  const others = open.filter((loss) => !most.includes(loss))
  const left = others.reduce((sum, { lost }) => sum.add(lost), new Fraction(0))
  const missing = whole + hundredthsOf(adjustment.add(cut)) - hundredthsOf(total)
  const shown = namedInHundredths(
    most.map(({ lost }) => lost),
    left,
    missing,
  )
  if (open.length === 0) return '各项都得满分。'
  const each = most.map((loss, at) => `${loss.of.line.indicator.name} ${minus(shown[at])}${whyText(loss)}`)
  const hidden = others.filter(({ of }) => isHidden(of)).map(({ of }) => of.line.indicator.name)
  const privately = hidden.length > 0 ? `（含${hidden.join('、')}，私聊看）` : ''
  const sum = others.length > hidden.length ? `共 ${minus(shown.at(-1))}` : ''
  const rest = others.length > 0 ? [`其余${others.length}项${privately}${sum}`] : []
  return each.length === 0 ? `${rest[0]}。` : `丢分最多的是${[...each, ...rest].join('；')}。`
}

/** 加减分 −1.5（通报3号 −1.5）; '' when there is nothing. */
export function adjustmentText({ explanation: { adjustment, cut }, adjustments }: Reasons): string {
  if (adjustments.length === 0) return ''
  const each = adjustments.map(({ points, document }) => `${document} ${signed(new Fraction(points))}`)
  const limit = cut.equals(0) ? '' : `总分只在0到110之间算，${signed(cut)}。`
  return `加减分 ${signed(adjustment)}（${each.join('、')}）。${limit}`
}

/** How the score comes about, one line an indicator: points earned of those to be had. */
export function sumTable({ explanation, adjustments }: Reasons): Block {
  const { losses, total, adjustment, cut } = explanation
  const earned = inHundredths(
    losses.map((loss) => loss.earned),
    hundredthsOf(total) - hundredthsOf(adjustment.add(cut)),
  )
  const most = inHundredths(
    losses.map((loss) => loss.most),
    whole,
  )
  const rows = losses.map(({ of: { line, share } }, at) => [
    line.indicator.name,
    percentText(share),
    `${points(earned[at])}/${points(most[at])}`,
  ])
  const added = adjustments.length > 0 ? [['加减分', '', signed(adjustment)]] : []
  return { kind: 'table', head: ['指标', '完成率', '得分'], rows: [...rows, ...added] }
}

/** 金苑社区的红色物业丢5.44分（2/4个，再完成1个 +2.72）。 @throws UserError where it may not be told, or is 不涉及 */
export function oneText(
  unit: Unit,
  { explanation }: Reasons,
  { id, name }: Indicator,
  isHidden: Hidden,
): string {
  const loss = explanation.losses.find(({ of }) => of.line.indicator.id === id)
  if (!loss) throw new UserError(`${unit.name}不涉及“${name}”这一项。`)
  if (isHidden(loss.of)) throw new UserError(`“${name}”的成绩不在群里说，请私聊我问。`)
  const most = `满分${points(hundredthsOf(loss.most))}分`
  const lost = loss.lost.gt(0) ? `丢${points(hundredthsOf(loss.lost))}分` : '没有丢分'
  return `${unit.name}的${name}${most}，${lost}${whyText(loss)}。`
}

/** （2/4人，再完成1人 +2.08） */
function whyText({ of, gain }: Loss<Reason>): string {
  const { line, words, vetoed } = of
  if (vetoed !== undefined) return `（※一票否决，${vetoed}）`
  const reported = line.cell && !line.cell.reported ? '未报' : line.shown
  const next = gain && words !== undefined ? `，${words} +${points(hundredthsOf(gain))}` : ''
  return `（${reported === '平均' ? `平均${percentText(of.share)}` : reported}${next}）`
}

/** 81.20: hundredths with both decimals, as totals are written. */
export const points = (hundredths = 0): string => new Fraction(hundredths, 100).round(2).valueOf().toFixed(2)
const minus = (hundredths = 0) => (hundredths < 0 ? `+${points(-hundredths)}` : `−${points(hundredths)}`)
const signed = (number: Fraction) => `${number.lt(0) ? '−' : '+'}${number.abs().toString()}`
