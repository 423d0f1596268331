// A part and its whole in words: 一共36个院，建起来34个; 40家里有38家; 38家，一共40家. Pure.
import type { Amount } from './amounts.ts'
import type { Spot } from './lexicon.ts'
import type { Said } from './pairing.ts'

type Counted = Extract<Amount, { kind: 'number' }>

const whole =
  /(?:拢共|统共|一共|总共|共有?|合计|总计|总数|应(?:建|覆盖|有)?|全(?:村|社区|街道|部)?)(?:是|有|为)?\s*$/
/** What may stand between a whole and its part: words, no other number, at most one comma. */
const bond = /^\p{Script=Han}{0,6}[,:、]?\s*\p{Script=Han}{0,8}$/u
const within = /^\p{Script=Han}{0,4}(?:里面?|中|当中|之中)[,]?\p{Script=Han}{0,4}$/u
const of =
  /^\p{Script=Han}{0,4}[,:、(/]?\s*(?:拢共|统共|一共|总共|共有?|合计|总计|总数|全部|应(?:建|覆盖|有)?)(?:是|有|为)?$/u
/** 40个覆盖了38个 */
const doneOf =
  /^(?:里|中|,)?(?:已经?|都|现在?|目前|我们|)*(?:党组织)?(?:覆盖|建|成立|组建|建立|建成)(?:了|好|成|到|住|起来)*(?:党组织|的|有)*$/
/** 还有2个没建: what a part leaves of its whole. */
const left = /(?:还有|还差|还剩|剩下?|差|缺|其余|另外?)$/
const more = /新增|又|再|增加|多了|上周|上月|原来|其中没|差|缺|剩|改|不是|错/

/** 四个 四个啊: said twice in one breath it is one number. */
export function withoutEcho(text: string, amounts: Said[]): Said[] {
  const found: Said[] = []
  for (const one of amounts) {
    const before = found.at(-1)
    const isEcho =
      before?.kind === 'number' &&
      one.kind === 'number' &&
      !one.plus &&
      before.value === one.value &&
      before.uom === one.uom
    if (isEcho && /^(?:[\s,，。!啊呀嘛对是]|就是)*$/.test(text.slice(before.end, one.start)))
      found[found.length - 1] = { ...before, end: one.end }
    else found.push(one)
  }
  return found
}

/** The two numbers of each share become one amount. */
export function joinParts(text: string, indicators: Spot[], amounts: Said[]): Said[] {
  return indicators.reduce((all, { candidates, start, end }, at) => {
    const isShare = candidates.every(({ measure }) => measure === 'ratio')
    const until = indicators[at + 1]?.start ?? text.length
    const from = indicators.length === 1 ? 0 : end
    const near = all.filter(
      (one): one is Amount =>
        one.kind === 'number' && one.start >= from && one.end <= until && one.start !== start,
    )
    const mine = isShare && near.length === 3 && isRemainder(text, near) ? near.slice(0, 2) : near
    const joined = isShare ? partOfWhole(text, mine) : doneOfTarget(text, mine)
    return joined ? [...all.filter((one) => !near.includes(one as Amount)), joined] : all
  }, amounts)
}

/** 40个院，覆盖38个，还有2个没人管: the third says nothing new. */
function isRemainder(text: string, [a, b, c]: Amount[]): boolean {
  if (a?.kind !== 'number' || b?.kind !== 'number' || c?.kind !== 'number') return false
  return Math.abs(Number(a.value) - Number(b.value)) === Number(c.value) && left.test(text.slice(0, c.start))
}

const target = /(?:任务数?|目标数?|应(?:完成|建|签|有|配)|指标数|计划数)(?:是|为|有|定的?|:)?\s*$/
const done =
  /^[,，、]?(?:目前|现在|眼下|已经?|实际|现已?|至今|我们|都|,)*(?:完成|建|签|弄|干|办|做|搞|配|落实|有)(?:好|成|完|到|妥)?了?(?:有|:)?$/u
const outOf =
  /^(?:里头?|里面|中|当中|之中)[,，]?(?:已经?|现在|目前)*(?:完成|建|签|弄|干|办|做|搞|配|落实)(?:好|成|完|到|妥)?了?$/u

/** 任务4个，完成3个; 4个里头弄成3个: of a count the second is reported, the first is to be its target. */
function doneOfTarget(text: string, numbers: Amount[]): Amount | undefined {
  const [a, b, ...others] = numbers
  if (a?.kind !== 'number' || b?.kind !== 'number' || others.length > 0 || a.plus || b.plus) return undefined
  const between = text.slice(a.end, b.start)
  const ahead = target.exec(text.slice(0, a.start))?.[0]
  if (ahead === undefined ? !outOf.test(between) : !done.test(between)) return undefined
  return { kind: 'ratio', num: b.value, den: a.value, start: a.start - (ahead?.length ?? 0), end: b.end }
}

/**
 * @param numbers exactly the numbers said of one indicator that is a share, from left to right
 * @returns the ratio, or undefined when it is not plain which is the part and which the whole
 */
function partOfWhole(text: string, numbers: Amount[]): Amount | undefined {
  const [a, b, ...others] = numbers
  if (a?.kind !== 'number' || b?.kind !== 'number' || others.length > 0 || a.plus || b.plus) return undefined
  const [ahead, between] = [text.slice(0, a.start), text.slice(a.end, b.start)]
  if (more.test(text.slice(Math.max(0, a.start - 6), b.end))) return undefined
  const lead = whole.exec(ahead)?.[0].length ?? 0
  const ratio = (num: Counted, den: Counted): Amount => ({
    ...{ kind: 'ratio', num: num.value, den: den.value, start: a.start - lead, end: b.end },
  })
  if (of.test(between)) return ratio(a, b)
  if (doneOf.test(between) && Number(b.value) <= Number(a.value)) return ratio(b, a)
  if (within.test(between) || (whole.test(ahead) && bond.test(between))) return ratio(b, a)
  // 58家，55家已覆盖: what is done of it stands with its part. 38个都建了，一共40 was read above.
  const behind = text.slice(b.end).match(/^[^,，。;；\n]*/)?.[0] ?? ''
  const isDone = (words: string) => /已|都|有|建|覆盖|成立|组建|到位/.test(words)
  const [first = '', second = ''] = between.split(/[,，、;；]/)
  return !isDone(first) && (isDone(second) || isDone(behind)) ? ratio(b, a) : undefined
}
