// Which numbers of a sentence come on top of what is there, and what is said to be no more (`domain.md` C3.1, N3). Pure.

export interface Span {
  start: number
  end: number
}

/** 增加到3个 is what there is in all; 再报一次 adds nothing. */
const addWords =
  /新增|新签|新建|新(?=到岗|上岗|成立|组建|招|聘|来|加入|发展|引进|挂牌|搞|弄|办|添|配|派)|[又再](?!次|[报说发看讲议交补核问等])|多了|(?<=[比较][^\d,;。]{2,5})多|增加?(?!加?长?了?[到至])|(?<![增参追更附叠])加(?=了?[上了]?[一二两三四五六七八九十\d]+(?:个|家|人|名|户|处|$|[,，。]))|(?:[本这]个?月|[本这]周|今[天日]|当[月周日])(?=(?:完成|有|是)?[一二两三四五六七八九十\d]+[个家人名户处条项][,，、](?:累计|总共|一共|共计))|\+/g
/** 没有新增, 又没新增, 不再增加: no more than there was. */
const noMore =
  /[又再也都均还仍]*(?:暂|并|尚|还)?(?:没有?|无|未|不)(?:再|又|什么|啥|任何|有|新)*(?:新?增加?(?!加?长?了?[到至])|新签|新建)(?:的|了|数|量)?/g
/** 现在一共3个: what there is in all. */
const inAll = /累计|总数|达|现在|目前|现有|已有|还是|仍|变成|[到至](?!岗|位|任|账)/
// 共建项目 is a name.
const together = /共(?![建同产享])|总|合计/
const isInAll = (words: string) => inAll.test(words) || together.test(words)
const comparison =
  '(?:[比较](?:上周|上个?月|上期|上次|上回|前期|昨[天日]|前天|之前|以前|原来|年初)(?:同期)?(?:相比)?|其中|[本这]一?周|本月|这个月|本期|当[周日月期])'
/** 本周新增, 较上周增加, 比昨天多: since when something is new says nothing about the day of the number. */
const since = new RegExp(
  `(?:${comparison}){1,3}(?=[又再也都均]*(?:暂|并|尚|还)?(?:没有?|无|未|不)?[再有]?[新增多])`,
  'g',
)
/** 累计新增3个: three in all, or three more? */
const allNew = /(?:累计|总共|一共|共计?)(?:已经?)?(?:新增加?|新签|新建|增加)/g
/** 3+1个: four, or one more? */
const sum = /\d\s*\+\s*\d+/g
/** Parts of a sentence; a word of adding stays within its own. */
const bounds = /[,;。!\n、()]/

export interface Adding<T extends Span> {
  /** The numbers that come on top of what is there. */
  increments: Set<T>
  /** 没有新增, without a number of its own. */
  noMore: Span[]
  /** 没有新增2个, 累计新增3个: who can tell? */
  unclear: Span[]
}

/**
 * A word of adding is said of one number: the next in its clause, else the one before it, and of all that are counted up
 * behind it (新增红色物业1个、监督员2人).
 * @param numbers and the names of what is counted, both from left to right
 */
export function addingIn<T extends Span>(text: string, numbers: T[], names: Span[]): Adding<T> {
  const negations = spansOf(text, noMore)
  const plain = negations.reduce((left, { start, end }) => blank(left, start, end), text)
  const increments = new Set<T>()
  for (const word of spansOf(plain, addWords))
    for (const one of meantBy(plain, word, numbers, names)) increments.add(one)
  /** The number that is denied: the next in the same clause, unless it is said to be all there is. */
  const denied = ({ end }: Span) => {
    const next = numbers.find(({ start }) => start >= end)
    const between = text.slice(end, next?.start)
    return bounds.test(between) || isInAll(between) ? undefined : next
  }
  return {
    increments,
    noMore: negations.filter((words) => !denied(words)),
    unclear: [
      ...spansOf(text, allNew),
      ...spansOf(text, sum),
      ...spansOf(plain, addWords).filter((word) => mayGoOn(text, word, numbers, names, increments)),
      ...negations.flatMap((words) => {
        const number = denied(words)
        return number ? [{ start: words.start, end: number.end }] : []
      }),
    ],
  }
}

/** 本周, 较上周 before a word of adding. */
export const sinceWhen = (text: string): Span[] => spansOf(text, since)

/** Whether a heading speaks of what is new: 本周新增接龙; 请不要报新增 does not. */
export const speaksOfMore = (heading: string): boolean =>
  /新增|新签|新建|净增|增量|增加(?![到至])/.test(
    heading.replace(/(?:没|无|未|不|别|勿|非)[^,;。()\s]{0,4}(?:新[增签建]|增[加量])/g, ' '),
  )

/** Whether the number is said to be all there is: 现在一共3个. */
export const isTotal = (text: string, { start }: Span): boolean =>
  isInAll(text.slice(0, start).match(/[^\d,;。!\n、()]*$/)?.[0] ?? '')

function meantBy<T extends Span>(text: string, word: Span, numbers: T[], names: Span[]): T[] {
  const next = numbers.find(({ end }) => end > word.start)
  const last = numbers.findLast(({ end }) => end <= word.start)
  const between = next ? text.slice(word.end, next.start) : ''
  if (next && !bounds.test(between) && !inAll.test(between))
    return countedUp(text, word, next, numbers, names)
  if (last && /[都均](?:是|为)?$/.test(text.slice(last.end, word.start)))
    return numbers.filter(({ end }) => end <= word.start)
  if (last) return [last]
  return next && !isInAll(between) ? [next] : []
}

/** 新增红色物业1个、监督员2人: both are new. 红色物业新增1个、监督员2人 does not say so. */
function countedUp<T extends Span>(text: string, word: Span, first: T, numbers: T[], names: Span[]): T[] {
  const clause = text.slice(0, word.start).search(/[^,;。!\n、()]*$/)
  if (names.some(({ start }) => start >= clause && start < word.start)) return [first]
  const counted = [first]
  for (const number of numbers.slice(numbers.indexOf(first) + 1)) {
    const between = text.slice(counted.at(-1)?.end, number.start)
    if (!/[、和及]/.test(between) || /[,;。!\n()]/.test(between) || isInAll(between)) break
    counted.push(number)
  }
  return counted
}

/** 新增红色物业1个，共建项目2个: whether the second is new as well nobody can tell. */
function mayGoOn<T extends Span>(
  text: string,
  word: Span,
  numbers: T[],
  names: Span[],
  increments: Set<T>,
): boolean {
  if (names.length < 2 || names.some(({ start }) => start < word.start)) return false
  const end = text.slice(word.end).search(/[;。!\n]/)
  const sentence = end < 0 ? text.length : word.end + end
  return numbers.some(
    (one) => one.start > word.end && one.end <= sentence && !increments.has(one) && !isTotal(text, one),
  )
}

const spansOf = (text: string, pattern: RegExp): Span[] =>
  [...text.matchAll(pattern)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }))
const blank = (text: string, start: number, end: number) =>
  text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)
