// What each column of a clerk's wide table is: the unit, an indicator's value, or something to be left out.
import { kept } from './kept.ts'
import { nearest } from './near.ts'
import type { Known } from './numbers.ts'
import { matchTitles, plainTitle } from './titles.ts'
import { key } from './values.ts'

export type Indicator = Known['indicators'][number]

export type Role =
  | { kind: 'value' | 'num' | 'den'; indicator: Indicator }
  | { kind: 'step'; indicator: Indicator; step: string }
  | { kind: 'unit' | 'street' | 'code' | 'date' | 'skip' }
  /** Belongs to no indicator, or it is not clear what it says of one. */
  | { kind: 'unknown'; of?: Indicator }
  /** Names an indicator, and something that cannot be right. */
  | { kind: 'wrong'; of: Indicator; message: string }

type Label = 'value' | 'num' | 'den' | 'skip'

const numberWords =
  /^(?:累计|目前|当前|截至目前|现|已|实际|全年)*(?:完成|完成数|完成量|完成情况|完成数量|完成额|完成值|完成个数|完成金额|实绩|实际|实际数|实际值|实有|实有数|数值|数量|个数|金额|累计|累计数|现状|现值|进展|进展情况|办结|办结数|落实|落实情况|落实数|当前值|达到|达到数|值|数|是否完成|是否落实|完成状态)$/
const skipWords =
  /目标|任务|计划|应|未完成|未达|完成率|达成率|达标率|进度|得分|分值|扣分|加分|名次|排名|排序|位次|序号|编号|备注|说明|同比|环比|增长|增幅|新增|增加|本月|本周|本期|上月|上周|上期|去年|同期|差额|差距|剩余|尚|欠|责任|负责|联系|电话|权重|时限|期限|截止|等次|评价|亮灯|合计|小计|总计|比重|占比|比例|百分比|率$/
/** Up to when; one month alone may be that month's own number. */
const whenWords =
  /^(?:截[至止])?(?:(?:20\d\d年)?(?:\d{1,2}月(?:底|末|\d{1,2}[日号])|\d{1,2}[-至]\d{1,2}月份?)(?:底|止)?|20\d\d年(?!\d))/
const oneMonth = /^(?:20\d\d年)?\d{1,2}月份?$/

const otherTimes = /上月|上周|上期|去年|同期|本月|本周|本期|新增/
/** What is the number itself for one kind, and something else for the others. */
const ownWords: Partial<Record<Indicator['kind'], RegExp>> = {
  score: /^(?:得分|分数|分值|成绩|总分)$/,
  ratio: /^(?:比率|占比|比例|百分比|(?:覆盖|参与|知晓|满意|合格|组建|建成)?率)$/,
}

export interface Indicators {
  /** The one indicator that a text names, and what else it says; null when it names several. */
  within(text: string): { indicator: Indicator; rest: string } | null | undefined
  all: Indicator[]
}

export function indicatorsOf(all: Indicator[]): Indicators {
  const names = all
    .flatMap((indicator) =>
      [indicator.name, ...indicator.aliases].map((name) => ({ name: key(name), indicator })),
    )
    .filter(({ name }) => name.length > 1)
    .sort((a, b) => b.name.length - a.name.length)
  const codes = new Map(all.map((indicator) => [key(indicator.code), indicator]))
  const within = (text: string) => {
    let rest = key(text)
    const coded = codes.get(rest)
    if (coded) return { indicator: coded, rest: '' }
    const found = new Set<Indicator>()
    // Longest first, and what is found is taken out: 「物业监督员」 does not name 「监督员」 as well.
    for (const { name, indicator } of names) {
      if (!rest.includes(name)) continue
      found.add(indicator)
      rest = rest.replaceAll(name, '\n')
    }
    const [indicator] = found
    if (!indicator) return undefined
    return found.size > 1 ? null : { indicator, rest: rest.replaceAll('\n', '') }
  }
  return { all, within: kept(within) }
}

/**
 * @param paths what stands above each column, from the top down
 * @param context the indicator that the sheet's name means, for columns that only say 「完成数」
 */
export function rolesOf(paths: string[][], indicators: Indicators, context?: Indicator): Role[] {
  const leaves = paths.map((path) => path.at(-1) ?? '')
  const first = paths.find((path) => path.length > 0)?.[0]
  const isHeadline = paths.every((path) => path.length === 0 || (path.length > 1 && path[0] === first))
  const roles = paths.map((path) => {
    const role = roleOf(path, indicators, context)
    // A headline over all columns that names no indicator takes nothing from what the context says.
    return isHeadline && !('indicator' in role) ? roleOf(path.slice(1), indicators, context) : role
  })
  const free = leaves.map((leaf, at) => (roles[at] && 'indicator' in roles[at] ? '' : leaf))
  const titled = (title: string) => {
    const { columns, several } = matchTitles(free, [title])
    return columns.get(title) ?? several.get(title)?.[0]
  }
  // A street's column may be called 单位 where the places have one of their own.
  const plain = free.map(plainTitle)
  const street = plain.findIndex((leaf) => streetTitle.test(leaf))
  if (street >= 0) {
    roles[street] = { kind: 'street' }
    free[street] = ''
  }
  const code = plain.findIndex((leaf) => codeTitle.test(leaf))
  if (code >= 0) roles[code] = { kind: 'code' }
  const unit = titled('单位') ?? titled('名称')
  if (unit !== undefined) roles[unit] = { kind: 'unit' }
  const date = titled('日期')
  if (date !== undefined && date !== unit) roles[date] = { kind: 'date' }
  return roles
}

const streetTitle =
  /^(?:所属|所在)?(?:街道|镇街|街镇|乡镇街道|乡镇|镇办|办事处|街道乡镇|镇街道)(?:名称|办事处|\/镇)?$/
const codeTitle = /^(?:单位|社区|村|行政区划)?(?:编码|代码)$/

function roleOf(path: string[], indicators: Indicators, context: Indicator | undefined): Role {
  const below: string[] = []
  for (const title of path.toReversed()) {
    const found = indicators.within(title)
    if (found) return labelled(found.indicator, found.rest, below)
    // Two indicators in one title: it says of no column which of them it is.
    if (found === null) return below.length === 0 ? { kind: 'unknown' } : inContext(below, context)
    below.unshift(title)
  }
  return inContext(path, context)
}

/** A column below no indicator's name: that of the context counts, unless the titles speak of something else. */
function inContext(path: string[], context: Indicator | undefined): Role {
  const labels = path.map((title) => labelOf(plainTitle(title)))
  if (path.length === 0 || labels.at(-1) === 'skip') return { kind: 'skip' }
  if (labels.includes(undefined) || !context) return { kind: 'unknown' }
  const kind = labels.includes('skip') ? 'skip' : labels.at(-1)
  return kind === 'skip' || !kind ? { kind: 'skip' } : { kind, indicator: context }
}

/** What the words around an indicator's name make of the column: those of its own title, and those below a group's. */
function labelled(indicator: Indicator, rest: string, below: string[]): Role {
  if (below.length > 0 && otherTimes.test(rest)) return { kind: 'skip' }
  const money = [rest, ...below].flatMap(bracketed).find((word) => /^[百千万亿]*元$/.test(word))
  if (money !== undefined && indicator.kind === 'amount' && money !== key(indicator.uom))
    return {
      kind: 'wrong',
      of: indicator,
      message: `「${indicator.name}」按「${indicator.uom}」计，不是「${money}」，请换算后再填`,
    }
  const words = below.length > 0 ? below : [rest]
  const labels = words.flatMap((word) => [
    key(word).replace(brackets, '') === '' ? '' : plainTitle(word),
    // 「红色物业数（目标）」
    ...bracketed(word).filter(labelOf),
  ])
  if ([rest, ...below].flatMap(bracketed).some((word) => oneMonth.test(word)))
    return { kind: 'unknown', of: indicator }
  const said = labels.filter((word) => word !== '' && word !== key(indicator.uom))
  const leaf = said.at(-1)
  if (leaf === undefined) return { kind: 'value', indicator }
  const step = Object.keys(indicator.steps).find((name) => key(name) === leaf)
  if (step !== undefined) return { kind: 'step', indicator, step }
  if (ownWords[indicator.kind]?.test(leaf)) return { kind: 'value', indicator }
  const kinds = said.map(labelOf)
  if (kinds.includes('skip')) return { kind: 'skip' }
  const kind = kinds.at(-1)
  return kind && kind !== 'skip' && kinds.every(Boolean)
    ? { kind, indicator }
    : { kind: 'unknown', of: indicator }
}

const brackets = /\([^()]*\)/g
const bracketed = (word: string): string[] => (key(word).match(brackets) ?? []).map((one) => one.slice(1, -1))

/** What a title says that names no indicator; undefined when that is not clear. */
export function labelOf(plain: string): Label | undefined {
  const word = plain.replace(whenWords, '')
  if (word === '分子') return 'num'
  if (word === '分母') return 'den'
  if (numberWords.test(word)) return 'value'
  return skipWords.test(word) ? 'skip' : undefined
}

/** The indicator that titles which nobody knows come nearest to. */
export function nearestIndicator(path: string[], { all }: Indicators): Indicator | undefined {
  const owners = new Map(all.flatMap((one) => [one.name, ...one.aliases].map((name) => [name, one] as const)))
  const words = path.map((title) => plainTitle(title).replace(/(?:完成数|完成情况|完成|数量|数)$/, ''))
  return words.flatMap((word) => owners.get(nearest(word, owners.keys(), { most: 1 })[0] ?? '') ?? [])[0]
}
