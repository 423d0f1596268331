// A small campaign for language tests: the names that people stumble over, and the commands of the bot.
import { commands } from '../../handlers/index.ts'
import { type Lexicon, lexicon, type Named, type NameKind } from '../../src/language/lexicon.ts'
import { normalize } from '../../src/language/normalize.ts'
import { matcher } from '../../src/language/phrases.ts'
import { type Meaning, understand } from '../../src/language/understand.ts'

const named = (kind: NameKind, id: number, name: string, ...others: string[]): Named => ({
  ...{ kind, id, name, others },
})

export const names: Named[] = [
  named('unit', 1, '全区'),
  named('unit', 2, '汝河路街道', '汝河路', '汝河'),
  named('unit', 3, '金苑社区', '金苑'),
  named('unit', 4, '汝河小区社区', '汝河小区', '汝河'),
  named('unit', 5, '淮河路社区', '淮河路'),
  named('unit', 6, '李江沟村', '李江沟'),
  named('unit', 7, '锦苑社区', '锦苑'),
  named('unit', 8, '莲湖街道', '莲湖'),
  named('unit', 9, '莲湖社区', '莲湖'),
  named('unit', 10, '三官庙社区', '三官庙'),
  named('unit', 11, '桐柏路街道'),
  named('indicator', 21, '无主管楼院党组织覆盖率', '无主管楼院', '楼院党组织'),
  named('indicator', 22, '红色物业'),
  named('indicator', 23, '非公企业党组织覆盖率', '非公覆盖率', '非公企业'),
  named('indicator', 24, '村集体经营性收入', '集体收入', '经营性收入'),
  named('indicator', 25, '居民自治组织组建', '自治组织'),
  named('indicator', 26, '交叉任职落实', '交叉任职'),
  named('indicator', 27, '非公党建指导员', '指导员'),
  named('indicator', 28, '物业项目监督员', '监督员', '物业监督员'),
  named('indicator', 29, '老旧小区改造', '老旧小区'),
  named('indicator', 30, '示范楼院建设', '示范楼院'),
  named('indicator', 31, '驻区单位参与', '驻区单位'),
  named('indicator', 32, '共建项目', '共建'),
  named('indicator', 33, '政策掌握'),
  ...['申报', '创建', '初验', '验收'].map((step) => named('step', 30, step)),
  named('person', 41, '张建国'),
  named('person', 42, '何晓雯'),
]

export const words: Lexicon = lexicon(names)
export const today = '2026-11-22'
/** 锦苑 and the other streets are outside the chat of 汝河路街道. */
const outside = new Set([1, 7, 8, 9, 10, 11])

const streets = new Map([3, 4, 5, 6].map((unit) => [unit, 2]).concat([[9, 8]]) as [number, number][])
const isWithin = (unit: number, other: number) => unit === other || other === 1 || streets.get(unit) === other

export const match = matcher(
  commands.map(({ name, aliases = [], phrases, unless, decisive }) => ({
    phrases: [`^(${[name, ...aliases].join('|')})`, ...phrases],
    ...{ ...(unless && { unless }), ...(decisive && { decisive }) },
  })),
)

/** A sentence as the bot reads it in the chat of 汝河路街道; in a district-wide chat with `everywhere`. */
export function meaningOf(text: string, { everywhere = false } = {}): Meaning {
  const inScope = (unit: number) => everywhere || !outside.has(unit)
  return understand(normalize(text, '小图'), { lexicon: words, match, inScope, isWithin, today })
}

export const commandOf = ({ command }: Meaning) => commands[command ?? -1]?.name

/** Each number of a sentence as 单位·指标 数 — short enough for a table of examples. */
export function itemsOf(text: string): string[] {
  return meaningOf(text).items.map(({ unit, indicator, amount, add }) => {
    const what = [unit, indicator].map((spot) => spot?.candidates.map(({ name }) => name).join('/'))
    return [...what.filter(Boolean), `${add ? '+' : ''}${amount ? shown(amount) : '?'}`].join('·')
  })
}

function shown(amount: NonNullable<Meaning['items'][number]['amount']>): string {
  if (amount.kind === 'number') return amount.value
  if (amount.kind === 'ratio') return `${amount.num}/${amount.den}`
  if (amount.kind === 'percent') return `${amount.value}%`
  return amount.kind === 'step' ? amount.step : amount.kind
}
