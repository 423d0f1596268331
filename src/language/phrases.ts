// How a sentence selects a command: phrases that each command declares, matched on what is left after spotting.
//
// A phrase is plain text in which {unit} {indicator} {amount} {person} {day} stand for what was spotted, … for
// anything, ~ for anything up to a comma, ^ and $ for the ends of the sentence, (a|b) for a choice, (a)? for what
// may be missing, ？ for a question mark.

export type SlotName = 'unit' | 'indicator' | 'amount' | 'person' | 'day'

const marks: Record<SlotName, string> = {
  unit: '\uE000',
  indicator: '\uE001',
  amount: '\uE002',
  person: '\uE003',
  day: '\uE004',
}
const allMarks = /[\uE000-\uE004]/

/** The sentence with one mark for each thing spotted: 金苑社区红色物业完成3个 → U I 完成 A. */
export function skeleton(text: string, spots: { slot: SlotName; start: number; end: number }[]): string {
  let at = 0
  let result = ''
  for (const { slot, start, end } of spots) {
    result += text.slice(at, start) + marks[slot]
    at = end
  }
  return result + text.slice(at)
}

export interface Phrasing {
  phrases: string[]
  /** Words that speak against it: a plan or a question is no report. */
  unless?: string[]
  /** Words that select it whatever else the sentence speaks of: what somebody is to be reminded of may be anything. */
  decisive?: string[]
  /** Words at the head that make the rest a quotation: nothing in it speaks against the command. */
  despite?: string[]
}

interface Compiled {
  phrases: RegExp[]
  unless: RegExp | undefined
  decisive: RegExp | undefined
  despite: RegExp | undefined
}

/** More than any sentence can earn otherwise. */
const decided = 10_000

export interface Match {
  index: number
  /** Two for each literal character of the phrase, one for each slot. */
  score: number
  /** The stretches of the sentence that phrases explain, of this command or another. */
  explained: string[]
}

/** @returns a function from a skeleton to the best command; of equals, the first */
export function matcher(commands: Phrasing[]) {
  const anyOf = (words: string[] | undefined) => words && compile(`(${words.join('|')})`)
  const compiled: Compiled[] = commands.map(({ phrases, unless, decisive, despite }) => ({
    phrases: phrases.map(compile),
    unless: anyOf(unless),
    decisive: anyOf(decisive),
    despite: anyOf(despite),
  }))
  return (skeletonText: string): Match | undefined => {
    let best: Match | undefined
    // 撤回怎么用: what another command understands is not unknown either.
    const explained: string[] = []
    compiled.forEach(({ phrases, unless, decisive, despite }, index) => {
      if (unless?.test(skeletonText) && !despite?.test(skeletonText)) return
      const hits = phrases.map((phrase) => phrase.exec(skeletonText)).filter((hit) => hit !== null)
      explained.push(...hits.flatMap(parts))
      const more = hits.length > 0 && decisive?.test(skeletonText) ? decided : 0
      const score = Math.max(-1, ...hits.map(weight)) + more
      if (score > (best?.score ?? -1)) best = { index, score, explained }
    })
    return best
  }
}

/** Every literal stretch is captured, so that it can be told what of the sentence was understood. */
function compile(phrase: string): RegExp {
  const source = phrase
    .split(/(\{\w+\}|…|~|\)\?|[\^$()|])/)
    .map((part) => {
      if (part === '…') return '[^\\n]*?'
      if (part === '~') return '[^\\n,;。、]*?'
      if (part === '(') return '(?:'
      if (part === '' || /^(?:[\^$)|]|\)\?)$/.test(part)) return part
      if (part.startsWith('{')) return `(${marks[part.slice(1, -1) as SlotName]})`
      return `(${part.replace(/[.*+?[\]\\]/g, '\\$&').replaceAll('？', '\\?')})`
    })
    .join('')
  return new RegExp(source)
}

/** What the phrase found; a choice that was not taken is undefined in a match. */
const parts = (hit: RegExpExecArray): string[] => hit.slice(1).filter((part) => part !== undefined)

/** A word tells more than a slot: 「怎么报」 beats 「报数」, which beats a bare name. */
function weight(hit: RegExpExecArray): number {
  return parts(hit).reduce((sum, part) => sum + (allMarks.test(part) ? 1 : part.length * 2), 0)
}

/** Words that carry nothing: leaving them unexplained is no reason to doubt. */
const fillers = new RegExp(
  [
    '(?:还|只)?(?:差|缺|欠|剩)(?:下|了)?[\\d一二三四五六七八九十两俩]+',
    '来着|拜托|赶紧|赶快|快点|麻烦|请问|帮忙|帮我|帮|谢谢|请|一下|你好|您好|大家好|那个|这个|那条|这条|机器人|什么|您|你|吗|就是|然后|嗯+|呃+|啊+|呀|哈+|哦+|呢|嘞|哩|嘛',
    '我们|咱们|俺们|我|咱|俺|本|社区|街道|村里|村|\\p{Script=Han}?(?:书记|主任|支书)|书记|同志',
    '[这那](?:一?块儿?|边儿?|里|儿|项工作|项|个事|方面|头)|方面|工作上',
    '(?:给(?:我|你|他|她)?|你|帮我?)?(?:记|登|报|录|写)(?:上去?|下来?|一下|个|进去|好)|就这些|就这么多|以上|如下|具体',
    '(?:代|替|帮)(?:他|她|他们|人家)?(?:补?报)?|代报|补报|开会(?:去|呢)?|挂牌|投用|建起来|弄成|办成|谈成|签下|签成|配齐|组建|成立|动工|竣工',
    '现在|目前|到现在|截至|截止|已经|已|累计|总人?数|人数|拢共|统共|总共|一共|合计|共计|共(?!建|产|青)|又|再|还|也|都|刚刚|刚才|刚',
    '完成|达到|达成|报|上报|登记|记|数据|数字|数|有|是|到|了|的|为|个|家|人|新增加?|新签|新建|增加?|多了|签|派|建成|建了|通过|过了|搞了|弄了|做了|搞|弄|做',
    '[\\s,.;:!?，。；：！？、·~～…()（）\\[\\]【】"\'“”‘’*#《》=+-]',
  ].join('|'),
  'gu',
)

/** Whether words carry nothing at all. */
export const isFiller = (words: string): boolean => words.replace(fillers, '').trim() === ''

const longestFirst = (parts: string[]) =>
  parts.filter((one) => !allMarks.test(one)).sort((a, b) => b.length - a.length)

export interface Leftover {
  start: number
  end: number
  text: string
}

/**
 * Stretches of a sentence that nobody explained: neither spotted, nor part of the command's phrases, nor a filler.
 * @param text the sentence; `spots` what was found in it; `explained` the phrases' stretches; `idle` more words that are
 * to be passed over, whole words before single characters
 */
export function leftovers(
  text: string,
  spots: { start: number; end: number }[],
  explained: string[],
  idle?: { words: RegExp; characters: RegExp },
): Leftover[] {
  const blank = (part: string) => ' '.repeat(part.length)
  let masked = text
  for (const { start, end } of spots)
    masked = masked.slice(0, start) + blank(masked.slice(start, end)) + masked.slice(end)
  for (const part of longestFirst(explained)) masked = masked.replace(part, blank)
  if (idle) masked = masked.replace(idle.words, blank)
  masked = masked.replace(fillers, blank)
  if (idle) masked = masked.replace(idle.characters, blank)
  return [...masked.matchAll(/[^\s]+/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }))
}
