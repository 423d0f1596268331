// What stands below a list and is no line of it: 合计 11, 截至11月20日 (`domain.md` C3.5). Pure.
import Fraction from 'fraction.js'
import type { ListLine } from './list.ts'
import type { Reading, Row } from './list-rows.ts'
import { saysNumber, withoutHour } from './list-words.ts'
import type { Item } from './pairing.ts'

const total = /^(?:以上|全街道?|全区|全镇|街道)?(?:合计|共计|总计|总数|总共|一共|小计|共)(?![建有同享])/
const footer = /^\(?(?:以上)?(?:数据|统计|时间)?截[止至]/

/** @param lines what stands above it */
export function isTotalRow({ text, alone }: Row, lines: Row[], { isWithin }: Reading): boolean {
  if (!saysNumber(alone)) return false
  const [street] = alone.units
  if (!street) return total.test(text)
  // 汝河路街道合计 11 is no line, 金苑 合计 3 is one.
  const isAround = lines.every(({ alone: { units } }) =>
    units.some(({ candidates }) =>
      candidates.some(({ id }) =>
        street.candidates.some((around) => around.id !== id && isWithin(id, around.id)),
      ),
    ),
  )
  return isAround && total.test(text.slice(street.end).trim())
}

/** @returns 截至11月20日, of which day the numbers are, without its hour; undefined for another row */
export function footerOf(row: Row, { read }: Pick<Reading, 'read'>): Row | undefined {
  if (!footer.test(row.text)) return undefined
  const alone = read(withoutHour(row.text))
  if (saysNumber(alone) || alone.units.length > 0 || alone.indicators.length > 0) return undefined
  return { ...row, alone }
}

export type Kind = 'new' | 'all'
const kinds =
  /^\(?(?:以上|上述|上面)(?:数据|数字|数)?(?:[都均全]|全部)?[是为](?:本周|本月|今[天日])?(累计|新增)(?:完成)?(?:数据?|量|的)?\)?[。!]?$/

/** @returns what 以上是累计数 or 以上均为新增 makes of the lines above it */
export function kindBelow(text: string): Kind | undefined {
  const said = kinds.exec(text)?.[1]
  return said === undefined ? undefined : said === '新增' ? 'new' : 'all'
}

/** 截止11月27日, and it has not come: by then the list is to be handed in; the numbers are of today. */
export function isDueDay(text: string, { read }: Pick<Reading, 'read'>): boolean {
  const [day, today] = [read(text).day, read('今天').day]
  return text.includes('截止') && day !== undefined && today !== undefined && day > today
}

/** @returns why a total does not fit the lines above it; undefined when it does */
export function wrongTotal({ text, alone }: Row, lines: ListLine[]): string | undefined {
  const own = lines.flatMap(({ meaning }) => meaning.items)
  for (const said of alone.items.filter(({ amount }) => amount)) {
    const meant = own.filter((item) => !said.indicator || idOf(item) === idOf(said))
    const sum = sumOf(meant)
    const named = sumOf([said])
    // 合计 3个社区: a total of something else, or of several things at once.
    if (
      sum === undefined ||
      named === undefined ||
      new Set(meant.map(idOf)).size !== 1 ||
      /\d/.test(alone.rest) ||
      (alone.items.length > 1 && !said.indicator)
    )
      return `“${text}”没法和各行核对，一行也没有登记。请去掉这一行，整份重新发。`
    if (named !== sum) return `“${text}”对不上：各行加起来是${sum}。一行也没有登记，请核对后整份重新发。`
  }
  return undefined
}

const idOf = ({ indicator }: Item) => indicator?.candidates[0]?.id

/** 11, or 74/80; undefined for what cannot be added up. */
function sumOf(items: Item[]): string | undefined {
  const amounts = items.flatMap(({ amount }) => amount ?? [])
  const numbers = amounts.flatMap((one) => (one.kind === 'number' ? one : []))
  const ratios = amounts.flatMap((one) => (one.kind === 'ratio' ? one : []))
  const add = (values: string[]) => values.reduce((sum, value) => sum.add(value), new Fraction(0)).toString()
  if (numbers.length > 0 && numbers.length === items.length) return add(numbers.map(({ value }) => value))
  if (ratios.length > 0 && ratios.length === items.length)
    return `${add(ratios.map(({ num }) => num))}/${add(ratios.map(({ den }) => den))}`
  return undefined
}
