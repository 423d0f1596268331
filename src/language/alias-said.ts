// 以后汝小就是汝河小区社区: what is to be called how, or no longer. Pure.
import type { Span } from './adding.ts'

export interface AliasSaid {
  /** Given, or taken back. */
  kind: 'give' | 'drop'
  alias: string
  /** Which of the names in the sentence it stands for; absent where only the short name is said. */
  name?: number
}

const mark = '\uE010'
const from = '(?:以后|今后|往后|从现在起|从今天起)[,，]?'
const noun = '(?:简称|别名|小名|俗称|别称|叫法)'
const end = '(?:了|吧|哈|啊|呢|哦)?[。.!！]?$'
const alias = '(.{1,40}?)'
const means = '(?:指的就是|指的是|就是指|是指|就指|就代表|代表)'
const take = '(?:删除|删掉|删了|取消|去掉|撤销|撤掉|不要)'

const patterns: [AliasSaid['kind'], string][] = [
  [
    'drop',
    `^(?:${from})?${alias}(?:以后)?(?:不是|不再是|不叫|不代表|不再代表|不指)${mark}(?:的)?${noun}${end}`,
  ],
  ['drop', `^${from}${alias}(?:就)?(?:不是|不再是|不代表|不再代表)${mark}${end}`],
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
]
const compiled = patterns.map(([kind, source]) => ({ kind, pattern: new RegExp(source, 'u') }))
const nameless = [
  new RegExp(`^(?:请)?(?:把)?${take}(?:这个)?${noun}${alias}${end}`, 'u'),
  new RegExp(`^(?:请)?(?:把)?${take}${alias}(?:这个|的)?${noun}${end}`, 'u'),
]

/** @param names where units and indicators stand in the text @returns undefined when it says no such thing */
export function readAlias(text: string, names: Span[]): AliasSaid | undefined {
  for (const { kind, pattern } of compiled)
    for (const [name, { start, end }] of names.entries()) {
      const found = pattern.exec(text.slice(0, start).trimEnd() + mark + text.slice(end).trimStart())
      const said = found && bare(found[1] ?? '')
      if (said && !said.includes(mark)) return { kind, alias: said, name }
    }
  const said = nameless.map((pattern) => bare(pattern.exec(text)?.[1] ?? '')).find(Boolean)
  return said ? { kind: 'drop', alias: said } : undefined
}

/** Without the marks that people put around a word, and without blanks. */
const bare = (said: string) => said.replace(/[\s“”"'‘’「」『』《》<>:]/g, '')
