// Amounts in a sentence: 3个, 38/40, 95%, 九成五, +1, 全部完成, 已落实. What they mean for an indicator is decided later.
import Fraction from 'fraction.js'
import type { Spot } from './lexicon.ts'
import { findNumbers, type NumberSpan } from './numerals.ts'

export type Amount = { start: number; end: number } & (
  | {
      kind: 'number'
      /** Decimal string in plain units, with its sign. */
      value: string
      scaled: boolean
      /** 「+1」: an increment by its form. */
      plus: boolean
      /** 个, 家, 万元 …, as written behind it. */
      uom: string
    }
  | { kind: 'ratio'; num: string; den: string }
  | { kind: 'percent'; value: string }
  /** 全部完成: whatever the target is. */
  | { kind: 'whole' }
  /** 已落实, 没落实. */
  | { kind: 'yes' | 'no' }
)

const unitWords = /^(?:万元|元|块钱|个|家|人|名|户|处|条|项|件|次|分|栋|座|所|支|位|块|只|套)/
const words: [RegExp, 'whole' | 'yes' | 'no'][] = [
  [
    /(?:全部|全都|都|全)(?:已经|已)?(?:完成|落实|到位|覆盖|搞定|弄完|做完|完工|竣工|改完|建完|建成|改好|完)了?/g,
    'whole',
  ],
  [/(?:还)?(?:没有|没|未|尚未)(?:完成|落实|到位|办|弄好)/g, 'no'],
  [/(?:已经|已|都)?(?:落实|到位|办妥|完成)(?:好)?了?/g, 'yes'],
]
/** 一下, 一些, 第一 …: characters of numbers that count nothing. */
const notCounted =
  /^(?:下|些|点儿?|起|直|定|样|般|切|线|把手|号|月|日|年|周|星期|点|季度|轮|期|组|院|楼|遍|趟|上午|下午|晚上|早上|整|宿|大圈|回|圈|声|句|会儿?|阵|辈子|路|边|方面|块儿|步|大早|大堆)/
/** 完成情况, 完成多少, 落实了没: a question, not an amount; 完成3个: the number is the amount. */
const asked =
  /^(?:灯|到(?!位)|得(?!差)|情况|率|度|多少|了多少|几|没|吗|么|得怎么样|[\d一二三四五六七八九十两俩])/
/** 十几个, 30多个, 几十个, 数百个: about so many is not reported; 总数3个 is. */
const about = /^(?:几|多|来|余)/
const isSome = (ahead: string, number: string) =>
  /几$/.test(ahead) || (/数$/.test(ahead) && /^[十百千万亿]/.test(number))
/** 周五4个, 零报告: parts of words that are no numbers. */
const partOfWord = { ahead: /(?:周|星期|礼拜)$/, behind: /^零报/ }
/** 现在就剩3个了 may be what there is. */
const missing = /(?:差|缺|欠|少|(?<!就|只)剩)(?:了|下)?$/

/**
 * @param isName whether a stretch of the text belongs to a name (三官庙 holds no number)
 * @returns amounts from left to right, not overlapping; what is only missing (还差一个) is not among them
 */
export function findAmounts(text: string, isName: (start: number, end: number) => boolean): Amount[] {
  const numbers = findNumbers(text).filter(({ start, end }) => !isName(start, end))
  const counted = numbers.flatMap(
    (number, at) => numeric(text, number, numbers[at - 1], numbers[at + 1]) ?? [],
  )
  const hundred = [...text.matchAll(hundredPercent)].map(
    ({ index: start, 0: words }): Amount => ({
      kind: 'percent',
      value: '100',
      start,
      end: start + words.length,
    }),
  )
  const said = words.flatMap(([pattern, kind]) =>
    [...text.matchAll(pattern)]
      .map((match) => ({ kind, start: match.index, end: match.index + match[0].length }))
      .filter(({ end }) => !asked.test(text.slice(end))),
  )
  const taken: Amount[] = []
  for (const amount of [...hundred, ...counted, ...said])
    if (
      !isName(amount.start, amount.end) &&
      taken.every((other) => amount.end <= other.start || amount.start >= other.end)
    )
      taken.push(amount)
  return taken.filter(({ start }) => !missing.test(text.slice(0, start))).sort((a, b) => a.start - b.start)
}

/** 交叉任职落实了: the name of what is done or not holds the word that says so. */
export function impliedYes(text: string, { candidates, end }: Spot): Amount[] {
  const ahead = text.slice(0, end)
  const isDone = candidates.every(
    ({ measure, name }) => measure === 'yes_no' && /(?:落实|到位|完成)$/.test(name),
  )
  const said = /^(?:好|妥)?了(?!没|吗|么|多少|几)/.exec(text.slice(end))
  if (!isDone || !said || !/(?:落实|到位|完成)$/.test(ahead)) return []
  return [{ kind: 'yes', start: end, end: end + said[0].length }]
}

function numeric(
  text: string,
  number: NumberSpan,
  before?: NumberSpan,
  after?: NumberSpan,
): Amount | undefined {
  const { start, end, value, scaled } = number
  const behind = text.slice(end)
  const ahead = text.slice(0, start)
  if (/\/ ?$/.test(ahead) || (/分之$/.test(ahead) && !/百分之$/.test(ahead))) return undefined
  if (after && /^ ?\/ ?$/.test(text.slice(end, after.start)))
    return { kind: 'ratio', num: value, den: after.value, start, end: after.end }
  if (after && text.slice(end, after.start) === '分之' && value !== '100')
    return { kind: 'ratio', num: after.value, den: value, start, end: after.end }
  if (/百分之$/.test(ahead)) return { kind: 'percent', value, start: start - '百分之'.length, end }
  if (/^ ?%/.test(behind)) return { kind: 'percent', value, start, end: end + behind.indexOf('%') + 1 }
  if (behind.startsWith('成')) return tenths(number, after, text)
  if (before && text.slice(before.end, start) === '成') return undefined
  // 喊一喊, 看一看.
  if (text[start] === '一' && end === start + 1 && ahead.at(-1) === behind[0] && behind !== '')
    return undefined
  if (notCounted.test(behind) || /第$/.test(ahead)) return undefined
  if (partOfWord.ahead.test(ahead) || partOfWord.behind.test(text.slice(start))) return undefined
  if (about.test(behind) || isSome(ahead, text.slice(start))) return undefined
  // 一个半, 两家半: half a piece more.
  const half = /^(?:个|家|人|名|户|处|条|项)半(?!年|月|天|小时)/.exec(behind)
  if (half && !value.includes('.')) {
    const more = { value: `${value}.5`, scaled: false, plus: false, uom: half[0].slice(0, 1) }
    return { kind: 'number', ...more, start, end: end + half[0].length }
  }
  const sign = ahead.match(/([+-])\s?$/)?.[1] ?? (/负$/.test(ahead) ? '-' : '')
  const uom = behind.match(unitWords)?.[0] ?? ''
  // 155000块 are 元; what else comes in 块 is counted all the same.
  const counted = uom.startsWith('块') ? '元' : uom
  const signed = sign === '-' ? `-${value}` : value
  return {
    kind: 'number',
    value: signed,
    scaled,
    plus: sign === '+',
    uom: counted,
    start: start - sign.length,
    end: end + uom.length,
  }
}

/** 百分之百, 百分百: a number that has no digits. */
const hundredPercent = /百分(?:之一?)?百/g

/** 九成 = 90 %, 九成五 = 95 %. */
function tenths({ start, end, value }: NumberSpan, after: NumberSpan | undefined, text: string): Amount {
  const fifth = after && after.start === end + 1 && after.value.length === 1 ? after : undefined
  const half = !fifth && text.startsWith('成半', end)
  const per = new Fraction(value).mul(10).add(fifth ? fifth.value : half ? 5 : 0)
  return { kind: 'percent', value: per.toString(), start, end: fifth?.end ?? end + (half ? 2 : 1) }
}
