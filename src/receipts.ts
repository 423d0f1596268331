// What the bot says about numbers that were just written: the receipt, the question, the withdrawal.
import { show } from './campaign/entry.ts'
import { type Zeroing, zeroing } from './chart.ts'
import { type ChartCell, chartCells } from './database/progress.ts'
import type { Written } from './database/reports.ts'
import { isActive } from './database/roster.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { placeOf } from './ranking.ts'
import { ownUnit, type Turn } from './turn.ts'
import { day, receipt } from './wording.ts'

/** More numbers than this are added up in one line, and only those that changed are shown. */
const few = 6
const mostShown = 20

/** What was done, in one line a number; or the question about what is doubted (`domain.md` N1). */
export async function told(turn: Turn, written: Written[]): Promise<Reply | Question> {
  if (written.every(({ entry }) => entry.op === 'void')) return withdrawn(turn, written)
  if (written.every(({ entry }) => entry.op === 'zero')) return unchanged(turn, written)
  const number = `编号${written[0]?.id}`
  if (written.some(({ pending }) => pending)) return doubtful(turn, written, number)
  const cells = await cellsOf(turn, written)
  const text =
    written.length > few
      ? summary(turn, written, cells, await zeroing(turn))
      : (await receipts(turn, written, cells)).join('\n')
  return new Question(text, [{ label: '回1撤回', words: `撤回 ${number}` }], { done: true })
}

type Cells = (one: Written) => ChartCell | undefined

async function cellsOf({ db, roster }: Turn, written: Written[]): Promise<Cells> {
  const [units, ids] = [new Set(written.map(({ unit }) => unit)), written.map(({ indicator }) => indicator)]
  const indicators = [...new Set(ids)].flatMap((id) => roster.indicators.get(id) ?? [])
  const cells = await chartCells(db, roster, [...units], indicators)
  return (one) => cells.find(({ unit, indicator }) => unit === one.unit && indicator === one.indicator)
}

async function receipts(turn: Turn, written: Written[], cells: Cells): Promise<string[]> {
  const lines: string[] = []
  const vetoes = await zeroing(turn)
  for (const one of written) {
    const [unit, indicator] = [turn.roster.units.get(one.unit), turn.roster.indicators.get(one.indicator)]
    // One number moves one unit; of several it would be said again and again.
    const isTold = unit && indicator && isActive(indicator) && written.length === 1
    const place = isTold ? await placeOf(turn, unit) : ''
    const isCorrection = one.entry.op === 'correct'
    const behalf = one.unit !== ownUnit(turn)?.id && !isCorrection ? '代报' : ''
    const words = `${behalf}${receipt(turn, one, cells(one), vetoes)}`
    lines.push(withPlace(`${isCorrection ? '已更正' : '已记'} ${words}`, place, turn))
  }
  return lines
}

/** A line of 40 characters, where names allow (`domain.md` N1): that a place is the same is the first thing to go. */
function withPlace(words: string, place: string, { message }: Turn): string {
  const whole = place ? `${words} ${place}` : words
  const around = message.chat.kind === 'group' ? ' @我 回1撤回' : ' 回1撤回'
  return [...whole, ...around].length > 40 ? whole.replace(/\(持平\)$/, '') : whole
}

/** Many numbers: how many, and those that changed. */
function summary(turn: Turn, written: Written[], cells: Cells, vetoes: Zeroing): string {
  const lines = written.map((one) => receipt(turn, one, cells(one), vetoes))
  const changed = lines.filter((each) => !each.includes(' 仍是'))
  const same = lines.length - changed.length
  const others = written.some(({ unit }) => unit !== ownUnit(turn)?.id) ? '（代报）' : ''
  const hidden = changed.length - mostShown
  return [
    `已记 ${lines.length}项${others}：${changed.length}项有变化${same > 0 ? `，${same}项没变` : ''}`,
    ...changed.slice(0, mostShown),
    ...(hidden > 0 ? [`还有${hidden}项有变化，没有列出`] : []),
  ].join('\n')
}

/** Nothing counts yet: what was understood, why it is doubted, and what may be answered. */
export function doubtful(turn: Turn, written: Written[], number: string): Question {
  const described = written.map((one) => {
    const unit = turn.roster.units.get(one.unit)
    const indicator = turn.roster.indicators.get(one.indicator)
    if (!unit || !indicator) throw new Error(`report ${one.id} is of no known unit or indicator`)
    const amount = `${one.entry.op === 'add' ? '新增' : ''}${show(indicator, { ...one.after, ...one.entry, report_id: one.id })}`
    const when = one.asOf === turn.today ? '' : day(one.asOf)
    const what = `${unit.short}·${indicator.name} ${when && `${when} `}${amount}`
    const place = `${when}${unit.name}${indicator.name}`
    return { what, doubt: one.doubt, indicator, entry: one.entry, place, amount }
  })
  const isMany = described.length > few
  const asked = described
    .filter(({ doubt }) => !isMany || doubt !== undefined)
    .map(({ what, doubt }) => (doubt === undefined ? what : `${what}（${doubt}）`))
  const clear = described.length - asked.length
  const list = [...asked.slice(0, mostShown), ...(asked.length > mostShown ? [`等${asked.length}项`] : [])]
  const [only] = described
  // Marks like this one are the bot's own: in what people say they are （ no more.
  const lower = described.filter(({ doubt }) => doubt?.includes('比上次（'))
  const mayBeIncrement =
    lower.length > 0 &&
    lower.every(
      ({ entry, indicator: { kind } }) => entry.op === 'set' && (kind === 'count' || kind === 'amount'),
    )
  const whose = described.length > lower.length ? '变少的' : ''
  const why = turn.meaning.reason ? `，原因:${turn.meaning.reason.reason}` : ''
  return new Question(
    `${list.join('；')}。${clear > 0 ? `其余${clear}项没有疑问。` : ''}这样记吗？`,
    [
      { label: '对，就这样记', words: `确认 ${number}` },
      ...(mayBeIncrement ? [{ label: `${whose}是新增的，加到原来的数上`, words: `按新增 ${number}` }] : []),
      { label: '不对，不记', words: `取消 ${number}` },
    ],
    {
      yes: true,
      ...(described.length === 1 &&
        only?.entry.op === 'set' && { instead: { before: only.place, amount: only.amount, after: why } }),
    },
  )
}

function withdrawn({ roster }: Turn, written: Written[]): Reply {
  const changes = written.flatMap(({ unit, indicator, before, after }) => {
    const [at, what] = [roster.units.get(unit), roster.indicators.get(indicator)]
    if (!at || !what) return []
    const [old, now] = [show(what, before), show(what, after)]
    return `${at.short}·${what.name} ${old === now ? `仍是${now}` : `${old}→${now}`}`
  })
  if (changes.length > 1 && changes.every((change) => change.includes('仍是')))
    return line(`已撤回，${changes.length}项数字没有变。`)
  if (changes.length > few)
    return line([`已撤回 ${changes.length}项`, ...changes.slice(0, mostShown)].join('\n'))
  return line(`已撤回 ${changes.join('；')}`)
}

/** Nothing new: one line for all of the numbers that stay as they are. */
function unchanged({ roster }: Turn, written: Written[]): Question {
  const [first] = written
  const unit = roster.units.get(first?.unit ?? 0)
  const indicator = written.length === 1 ? roster.indicators.get(first?.indicator ?? 0) : undefined
  const what = indicator
    ? `·${indicator.name} 没有新进展，仍是${first ? show(indicator, first.after) : ''}`
    : ` 没有新进展，${written.length}项数字照旧`
  return new Question(
    `已记 ${unit?.short}${what}。`,
    [{ label: '回1撤回', words: `撤回 编号${first?.id}` }],
    { done: true },
  )
}
