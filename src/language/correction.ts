// A correction's numbers: which is right, which was wrong, or by how much it was off (`domain.md` C3.3). Pure.

import { type Amount, findAmounts } from './amounts.ts'
import { excusesIn, slippedDigits, whens, withoutExcuses } from './excuses.ts'
import { withoutIdle } from './harmless.ts'
import { someoneIn } from './hedges.ts'
import { findNumbers } from './numerals.ts'
import { leftovers } from './phrases.ts'
import type { Meaning, StepAmount } from './understand.ts'

type Said = Amount | StepAmount

export interface Correction {
  /** What is right. */
  value?: Said
  /** What was wrong, as the person remembers it. */
  old?: Said
  /** 报多了1个: −1, 少报了2个: 2, in plain units. */
  change?: string
  /** The same as an amount, which an indicator has its own unit for: 少报了两万. */
  off?: Amount
  /**
   * `moved`: 从2到3, 2→3, 退回到申报 – what stands in the book was right until now. `misspoken`: 3个，不对，4个 – a slip in
   * the same breath, unless the first is what stands in the book.
   */
  how?: 'moved' | 'misspoken'
  /** Several numbers, and no telling which is right. */
  unclear: boolean
  /** What nobody could explain. */
  rest: string
}

const tooMany = /(?:多(?:报|记|填|算|写)(?:了)?|(?:报|记|填|算|写)多了?|[数算报填]重了?|重复(?:报|算|数)了?)$/
const tooFew = /(?:[少漏](?:报|记|填|算|写)(?:了)?|(?:报|记|填|算|写)[少漏]了?)$/
const wrongAhead =
  /(?:不是|并非|从|由|原来(?:报的|的)?(?:是)?|(?:报|记|填|写|说|弄|录|打|输|登)成了?|(?:[前原误错]|之前|原来|刚才?)(?:报|填|写|录)(?:的|为|成)*(?:是)?)$/
const wrongBehind =
  /^[,;。\s]*(?:改(?:成|为|到|(?=\s*[\d一二两三四五六七八九十]))|更正为|变成|→|-+>|=>|不对|错|是错|(?:报|记|填|写|录|打)错|有误|(?:系|属|为|是)?(?:笔误|误报|口误|误填))/
const rightAhead = /(?:是|为|改(?:成|为|到)?|更正为|应该?|实际|其实|正确|只有|→|-+>|=>|变成)$/
/** 报错单位了: it is no number that is wrong. */
const wrongPlace = /[报填写记]错了?(?:单位|社区|村|街道|指标|地方|项目|项|人)/
/** Between two numbers: the first was a slip of the tongue, 3个，不对，4个. */
const slip =
  /^[,;。.!\s]*[哦噢啊呃]?(?:不+[,;。.!\s]+|不对|(?:说|报|打)?错了?|口误|(?:更正|纠正|订正|修正)(?:一下)?)[,;:。.!\s]*(?:应该?)?[是为]?\s*$/
/** Between two numbers: it grew, fell or went on from the first to the second. */
const move =
  /^[,\s]*(?:(?:现在|如今|目前|眼下)(?:是|有|为|到)?了?|(?:干|弄|搞|做|发展|长|提|增加|增长|上升|提高|提升|推进|进展|升|涨|增|变|减少|下降|回落|降|退回|打回|倒退|回退|退)?(?:[到至]|[成为])了?|→|-+>|=>)\s*$/
const wentBack = /(?:退回|打回|倒退|回退)了?[到至]了?$/
/** Ahead of both: what stands in the book is to be changed. */
const correcting = /更正|纠正|订正|修正|错|改/
const measure = /^(?:万元|元|个|家|人|名|户|处|条|项|件|分|栋|座|所|位)/
const words =
  /更正说明|情况说明|正确(?:的)?(?:数字|数据|数)?|[前原误](?:报|填)(?:的|为|成)?|分[母子]|[打写说填]错(?:字|数|别字)?了?|[给帮]我?[加减补扣](?:上去?|去|掉)?|[加减补扣](?:上去?|去|掉)|[加减补扣](?=[\d一二两俩三四五六七八九十])|原报|原来报|乖乖|哎呀|写错|啦|更正|纠正|订正|修正|改正|[报记填写说弄搞统录打输登看算抄点念听][错多少漏成串岔混反]了?|[多少漏][报记填算写]了?|错了?|不对|有误|不准|不+(?=[,;。.\s])|应该|应当|应|实际|其实|正确|不是|并非|是|改[成为到]|改(?=\s*[\d一二两三四五六七八九十])|变成|更正为|→|-+>|=>|(?:增加|增长|上升|提高|提升|推进|进展|升|涨|增|减少|下降|回落|降|退回|打回|倒退|回退|退)了?[到至]|[到至]|口误|说错|一下|而|从|由|把|将|刚才|刚刚|上一条|上条|前面|那[个条]|这[个条]|完成|了|数据|数字?|原来|确定|对不起|不好意思|抱歉|才|只|成|为/g

/**
 * @param meaning the sentence as understood: its names and days are no numbers
 * @param known the indicator's steps, if it has any
 */
export function readCorrection(
  {
    text,
    units,
    indicators,
    people,
    items,
    reason,
  }: Pick<Meaning, 'text' | 'units' | 'indicators' | 'people' | 'items' | 'reason'>,
  known: string[] = [],
): Correction {
  const dates = [...text.matchAll(whens), ...text.matchAll(slippedDigits)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }))
  const names = [...units, ...indicators, ...people, ...dates, ...(reason ? [reason] : [])]
  const isName = (start: number, end: number) => names.some((one) => start < one.end && end > one.start)
  const offs = findNumbers(text).flatMap(({ start, end, value, scaled }) => {
    const ahead = text.slice(0, start).trimEnd()
    const sign = tooMany.test(ahead) ? '-' : tooFew.test(ahead) ? '' : undefined
    if (sign === undefined || isName(start, end)) return []
    const uom = text.slice(end).match(measure)?.[0] ?? ''
    const change = `${sign}${value}`
    const amount: Amount = { kind: 'number', start, end, value: change, scaled, plus: false, uom }
    return [{ start, end: end + uom.length, change, amount }]
  })
  const heard = items.flatMap(({ amount }) => (amount?.kind === 'step' ? [amount] : []))
  const steps = [...heard, ...stepsIn(text, known)].filter(
    ({ start, end }, at, all) => all.findIndex((one) => one.start === start) === at && !isName(start, end),
  )
  const found: Said[] = [...findAmounts(text, isName), ...steps]
  // 报多了一家,扣一个 says it twice.
  const twice = found.filter((one) => offs.length === 1 && isSaidTwice(text, one, offs[0]?.change ?? ''))
  const all = found
    .filter(
      (one) => offs.every((off) => one.end <= off.start || one.start >= off.end) && !twice.includes(one),
    )
    .sort((a, b) => a.start - b.start)
  // 完成数报错了，应该是3个: a word that could be an amount is none beside a number.
  const numbers = all.filter(({ kind }) => !['yes', 'no', 'whole'].includes(kind))
  const amounts = withoutParts(text, numbers.length > 0 ? numbers : all)
  // 老旧小区改造 asks for no correction.
  const plain = names.reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    text,
  )
  const how = howSaid(plain, amounts)
  // 不是3个,是4个,打错了: what is wrong is said ahead of it.
  const denied = amounts.filter((one) => wrongAhead.test(text.slice(0, one.start).trimEnd()))
  const isWrong = (one: Said) =>
    (how !== undefined && amounts.length === 2 && one === amounts[0]) ||
    (denied.length > 0 ? denied.includes(one) : wrongBehind.test(text.slice(one.end)))
  const old = amounts.find(isWrong)
  const rest = amounts.filter((one) => !isWrong(one))
  const right = rest.filter(({ start }) => rightAhead.test(text.slice(0, start).trimEnd()))
  const value = right.length === 1 ? right[0] : rest.length === 1 ? rest[0] : undefined
  const [off] = offs
  // 少报了一个,应该是4个: what is right is said.
  const isSaid = value !== undefined && value === right[0]
  const used = all.filter(
    (one) => one === value || one === old || !numbers.includes(one) || !amounts.includes(one),
  )
  const explained = [...[...text.matchAll(words)].map(([word]) => word), ...excusesIn(text)]
  return {
    ...(value && { value }),
    ...(old && { old }),
    ...(off && !isSaid && { change: off.change, off: off.amount }),
    ...(how && { how }),
    unclear:
      (!value && rest.length > 1) || offs.length > 1 || (value !== undefined && off !== undefined && !isSaid),
    // 是5,6, 是15-16万: a number that is neither right nor wrong is not passed over in silence.
    rest: [
      ...leftovers(text, [...names, ...used, ...offs, ...twice], explained).map((left) => left.text),
      ...(text.match(wrongPlace) ?? []),
      ...someoneIn(text),
    ].join(''),
  }
}

const isSaidTwice = (text: string, one: Said, change: string): boolean =>
  one.kind === 'number' &&
  /[扣减去加补](?:掉|去|上)?$/.test(text.slice(0, one.start)) &&
  one.value === change.replace('-', '')

/** 分母是40,应该38/40: the 40 is said in the 38/40. */
function withoutParts(text: string, amounts: Said[]): Said[] {
  const ratios = amounts.filter((one) => one.kind === 'ratio')
  const isPart = (one: Said) =>
    one.kind === 'number' &&
    /分[母子](?:应该?|是|为)*$/.test(text.slice(0, one.start)) &&
    ratios.some(({ num, den }) => one.value === num || one.value === den)
  return ratios.length === 1 ? amounts.filter((one) => !isPart(one)) : amounts
}

/** Why somebody was wrong changes no number: 手滑, 看错, 上回, 减掉. */
const excuses =
  /手[滑误快抖]|眼花|糊涂|记[混岔]|[发报写填弄搞算点按看打说记数统][错重漏多少混]|有?问题|误|吧|上(?:一?[条个次回]|面)|补上|[给减去]掉|减[去了]|掉/g

/** Whether words of a correction may change it: 可能是3个, 翠竹是3个, 他报错了. */
export const isUnheard = ({ rest }: Correction): boolean =>
  /[他她]|人家|[\d<>≤≥→]/u.test(rest) ||
  someoneIn(rest).length > 0 ||
  wrongPlace.test(rest) ||
  withoutIdle(withoutExcuses(rest).replaceAll(excuses, ' ')) !== ''

function howSaid(text: string, [first, second, ...more]: Said[]): Correction['how'] {
  if (!first || more.length > 0 || correcting.test(text.slice(0, first.start))) return undefined
  if (!second) return wentBack.test(text.slice(0, first.start)) ? 'moved' : undefined
  const between = text.slice(first.end, second.start)
  if (move.test(between)) return 'moved'
  return slip.test(between) ? 'misspoken' : undefined
}

/** 从创建到初验: the meaning of a sentence has one step for each indicator. */
function stepsIn(text: string, known: string[]): StepAmount[] {
  return known.flatMap((step) => {
    const found: StepAmount[] = []
    for (let start = text.indexOf(step); start >= 0; start = text.indexOf(step, start + step.length))
      found.push({ kind: 'step', step, indicators: [], start, end: start + step.length })
    return found
  })
}
