// From a pasted list to the numbers that are written, or to what is doubtful about its lines (`domain.md` C3.5).
import { whoMay } from './campaign/permissions.ts'
import type { NewReport } from './database/reports.ts'
import { isActive } from './database/roster.ts'
import { UserError } from './errors.ts'
import type { List, ListLine } from './language/list.ts'
import { lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { meantBy, reportsOf } from './reporting.ts'
import { ownUnit, type Turn } from './turn.ts'

/** What a screen holds of a list. */
const shown = 10

/** @returns all numbers of the list; or the lines that are doubtful, and then nothing is to be written */
export async function reportsIn(turn: Turn, list: List): Promise<NewReport[] | Reply> {
  const reports: NewReport[] = []
  const clear: string[] = []
  const doubtful: string[] = []
  for (const line of list.lines) {
    const read = line.why ?? onlyOnce(await readLine(turn, line), reports)
    if (typeof read === 'string') {
      doubtful.push(`第${line.number}行“${cut(line.text, 16)}”：${read}`)
      continue
    }
    reports.push(...read)
    clear.push(`${line.number}. ${read.map(inWords).join('，')}`)
  }
  if (doubtful.length === 0) return reports
  return lines([
    `有${doubtful.length}行没看明白，${list.lines.length}行都没有登记：`,
    some(doubtful),
    ...(clear.length > 0 ? [`看懂了的${clear.length}行：\n${some(clear)}`] : []),
    ...(doubtful.some((why) => why.includes('您不能报数'))
      ? [`不能报的，能办的人：${whoMay('report')}，限本单位范围。`]
      : []),
    '改好后请整份重新发。',
  ])
}

/** The heading does not say it, nor does any line: asked once for all of them. */
export function whichForAll({ roster, meaning: { text } }: Turn): Question {
  const open = [...roster.indicators.values()].filter((one) => one.source === 'chat' && isActive(one))
  const options = open.map(({ name }) => ({ label: name, words: `${name}接龙\n${text}` }))
  return new Question('这份接龙报的是哪一项？', options)
}

/** @returns the line's numbers, or why it cannot be written */
async function readLine(turn: Turn, { meaning }: ListLine): Promise<NewReport[] | string> {
  const mine = { ...turn, meaning }
  try {
    const meant = meantBy(mine, ownUnit(turn))
    const read = meant instanceof Question ? meant : await reportsOf(mine, meant)
    if (!(read instanceof Question)) return read
    return `${read.text}${read.options.map(({ label }) => label).join('、')}`.slice(0, 60)
  } catch (error) {
    if (error instanceof UserError) return error.message.replace(/。.*$/s, '')
    throw error
  }
}

/** 「1. 3个」 means the speaker's own unit, and 「2. 金苑 4」 may name it. */
function onlyOnce(read: NewReport[] | string, before: NewReport[]): NewReport[] | string {
  if (typeof read === 'string') return read
  const twice = read.find(({ unit, indicator }) =>
    before.some((other) => other.unit.id === unit.id && other.indicator.id === indicator.id),
  )
  return twice ? `${twice.unit.short}的这一项上面已经有了` : read
}

function inWords({ unit, indicator, entry: { op, value, num, den, step } }: NewReport): string {
  const amount = step ?? (num !== null ? `${num}/${den}` : `${value}${indicator.uom}`)
  return `${unit.short}·${indicator.name} ${op === 'add' ? '新增' : ''}${amount}`
}

const cut = (text: string, most: number) => (text.length > most ? `${text.slice(0, most)}…` : text)
const some = (all: string[]) =>
  [...all.slice(0, shown), ...(all.length > shown ? [`还有${all.length - shown}行`] : [])].join('\n')
