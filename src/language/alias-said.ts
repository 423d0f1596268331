// 以后汝小就是汝河小区社区: what is to be called how, or no longer. Pure.
import type { Span } from './adding.ts'
import { newName } from './alias.ts'

export interface AliasSaid {
  /** Given, or taken back. */
  kind: 'give' | 'drop'
  alias: string
  /** Which of the names in the sentence it stands for; absent where only the short name is said. */
  name?: number
  /** 汝小二就是汝河小区, without 以后: it may only be told, so it is asked. */
  isDoubtful?: boolean
}

const mark = '\uE010'
const from = '(?:以后|今后|往后|从现在起|从今天起)[,，]?'
const noun = '(?:简称|别名|小名|俗称|别称|叫法)'
const end = '(?:了|吧|哈|啊|呢|哦)?[。.!！]?$'
const alias = '(.{1,40}?)'
/** 以后, 记住: what is told from now on, whatever verb follows. */
const lead =
  '(?:(?:请|麻烦|你|您|小图|都|大家)*(?:以后|今后|往后|从现在起|从今天起|记住|记一下|记着|记好|记下|听好|备注一下?|注意)[了啊哈,，:。\\s]*)'
const speak = '(?:(?:(?:我|俺|咱)们?|大家|人家|大伙|只要|一|再)*(?:说起|说到|说|提到|提起|提|讲|喊|叫))?'
const is =
  '(?:(?:以后|今后|往后)?(?:就|都|也)?(?:(?<=[就都也])是|是(?:说的?|指的?)|指的?(?:是|就是)?|说的?(?:是|就是)|叫(?:做|作)?|算(?:是)?|代表|等于|当(?:作|成|是)?|认(?:作|成)?|对应)|=+|->|→)(?:的)?(?:那个|这个)?'
/** What is added so that it is kept. */
const remark =
  /[,，。;!！~\s]*(?:请|你|您|都|大家|小图)*(?:给我|帮我)?(?:记(?:住|好|牢|一下|一记|下|上|着)?|别忘|备注一下|(?:加|定|设)个?(?:别名|简称)|知道)(?:了|啊|喽|哈|吧|呀|吗)*[。.!！~]*$/u
const means = '(?:指的就是|指的是|就是指|是指|就指|就代表|代表)'
const take = '(?:删除|删掉|删了|取消|去掉|撤销|撤掉|不要)'

const patterns: [AliasSaid['kind'], string][] = [
  [
    'drop',
    `^(?:${from})?${alias}(?:以后)?(?:不是|不再是|不叫|不代表|不再代表|不指)${mark}(?:的)?${noun}${end}`,
  ],
  ['drop', `^${from}${alias}(?:就)?(?:不是|不再是|不代表|不再代表)${mark}${end}`],
  ['drop', `^(?:${from})?${alias}(?:就)?(?:不叫|不再叫|别叫|不代表|不再代表|不再是)${mark}${end}`],
  ['drop', `^(?:请)?(?:把)?${take}${mark}(?:的)?${noun}${alias}${end}`],
  [
    'give',
    `^(?:请)?(?:${from})(?:大家|我们?|咱们?)?(?:说|提到|讲|写)?${alias}(?:就是|都是|就算|等于|${means})${mark}(?:的${noun}|的意思)?${end}`,
  ],
  ['give', `^${alias}${means}${mark}(?:的意思)?${end}`],
  ['give', `^${alias}(?:就是|也是|是|算)${mark}的${noun}${end}`],
  [
    'give',
    `^(?:请|麻烦|帮我)?(?:${from})?[把将]${alias}(?:[记当认看算][成作做为]|理解[成为]|识别[成为]|设[成为]|作为)${mark}(?:的${noun})?[。.!！]?$`,
  ],
  [
    'give',
    `^(?:${from})?${mark}(?:的)?${noun}(?:就|可以)?(?:是|叫做|叫作|叫|为|设为|设成|定为|:)?${alias}${end}`,
  ],
  [
    'give',
    `^(?:请)?[给为]${mark}(?:加上|添加|增加|设置|加|添|设|起|取)(?:一?个)?${noun}(?:是|叫做|叫|为|:)?${alias}${end}`,
  ],
  ['give', `^${from}${mark}(?:就|也|都|可以)*(?:简称|叫|称|喊)(?:做|作|为)?${alias}(?:就行|就好)?${end}`],
  [
    'give',
    `^${lead}${speak}${alias}[,，]?(?:这个?(?:叫法|名字|名|说法))?${is}${mark}(?:的意思|的${noun})?${end}`,
  ],
  [
    'give',
    `^(?:我们?|俺们?|咱们?|大家|群众|居民|老百姓)(?:平时|常|老|都)*(?:说|讲|喊|叫|提)的${alias}就?是${mark}${end}`,
  ],
  [
    'give',
    `^(?:只要|一)?(?:说起|说到|说|提到|提起|提)${alias}[,，]?(?:都|就)(?:是|指)(?:说|指)?${mark}${end}`,
  ],
  [
    'give',
    `^${alias}[,，]?(?:以后|今后|往后)?(?:就|都)?(?:是)?(?:指|代表|等于|=+|->|→)${mark}(?:的意思)?${end}`,
  ],
]
const compiled = patterns.map(([kind, source]) => ({ kind, pattern: new RegExp(source, 'u') }))
const nameless = [
  new RegExp(`^(?:请)?(?:把)?${take}(?:这个)?${noun}${alias}${end}`, 'u'),
  new RegExp(`^(?:请)?(?:把)?${take}${alias}(?:这个|的)?${noun}${end}`, 'u'),
]

/** @param names where units and indicators stand in the text @returns undefined when it says no such thing */
export function readAlias(said: string, names: Span[]): AliasSaid | undefined {
  const found = readTold(said, names)
  if (found) return isName(found.alias) ? found : undefined
  for (const [name, span] of names.entries()) {
    const alias = newName(said, span)
    if (alias !== undefined) return { kind: 'give', alias, name }
    const only = bare(onlyTold.exec(masked(said, span))?.[1] ?? '')
    const isDoubtful = !remark.test(said)
    if (only && isName(only)) return { kind: 'give', alias: only, name, ...(isDoubtful && { isDoubtful }) }
  }
  return undefined
}

function readTold(text: string, names: Span[]): AliasSaid | undefined {
  for (const { kind, pattern } of compiled)
    for (const [name, span] of names.entries()) {
      const found = pattern.exec(masked(text, span))
      const said = found && bare(found[1] ?? '')
      if (said && !said.includes(mark)) return { kind, alias: said, name }
    }
  const said = nameless.map((pattern) => bare(pattern.exec(text)?.[1] ?? '')).find(Boolean)
  return said ? { kind: 'drop', alias: said } : undefined
}

/** 汝小二就是汝河小区. 落后的就是金苑 tells of a place and names none. */
const onlyTold = new RegExp(
  `^(?!.*(?:的|最|第|倒数|末|没|未))([\\p{Script=Han}A-Za-z“”"]{2,8}?)[,，]?就是${mark}${end}`,
  'u',
)

const masked = (text: string, { start, end }: Span): string =>
  (text.slice(0, start).trimEnd() + mark + text.slice(end).trimStart()).replace(remark, '')

/** 我指的是金苑: whoever speaks gives no name; 以后老六别叫金苑 forbids one. */
const isName = (alias: string): boolean =>
  !/^(?:[我俺咱你您他她它这那哪谁]们?|.*(?:谁|哪个|什么|啥).*|.*(?:不|别|没|再|不要|甭|莫|勿))$/u.test(alias)

/** Without the marks that people put around a word, and without blanks. */
const bare = (said: string) =>
  said
    .replace(/[\s“”"'‘’「」『』《》<>:,，]/g, '')
    .replace(/^(?:请|你|您)*(?:记住|记一下|记着|记好|记下)(?=..)/, '')
    .replace(/^(?:(?:我|俺|咱)们?|大家)(?:说|喊|提到|讲|叫)(?=..)/, '')
    .replace(/(?<=..)(?:以后|今后|往后)$/, '')
