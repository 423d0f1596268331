// What the bot says about numbers that were just written: the receipt, the question, the withdrawal.
import { show } from './campaign/entry.ts'
import type { Written } from './database/reports.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { placeOf } from './ranking.ts'
import { cellOf } from './reporting.ts'
import type { Turn } from './turn.ts'
import { receipt } from './wording.ts'

/** What was done, in one line a number; or the question about what is doubted (`domain.md` N1). */
export async function told(turn: Turn, written: Written[]): Promise<Reply | Question> {
  if (written.every(({ entry }) => entry.op === 'void')) return withdrawn(turn, written)
  if (written.every(({ entry }) => entry.op === 'zero')) return unchanged(turn, written)
  const lines: string[] = []
  for (const one of written) {
    const unit = turn.roster.units.get(one.unit)
    const indicator = turn.roster.indicators.get(one.indicator)
    const cell = unit && indicator && (await cellOf(turn, unit, indicator))
    // One number moves one unit; of several it would be said again and again.
    const place = unit && written.length === 1 && !one.pending ? await placeOf(turn, unit) : ''
    lines.push(withPlace(receipt(turn.roster, one, cell, turn.today), place, turn))
  }
  const [first] = written
  const number = `编号${first?.id}`
  if (!written.some(({ pending }) => pending))
    return new Question(`已记 ${lines.join('\n已记 ')}`, [{ label: '回1撤回', words: `撤回 ${number}` }], {
      done: true,
    })
  return doubtful(turn, written, number)
}

/** A line of 40 characters, where names allow (`domain.md` N1): that a place is the same is the first thing to go. */
function withPlace(words: string, place: string, { message }: Turn): string {
  const whole = place ? `${words} ${place}` : words
  const around = message.chat.kind === 'group' ? '已记  @我 回1撤回' : '已记  回1撤回'
  return [...whole, ...around].length > 40 ? whole.replace(/\(持平\)$/, '') : whole
}

/** Nothing counts yet: what was understood, why it is doubted, and what may be answered. */
function doubtful(turn: Turn, written: Written[], number: string): Question {
  const described = written.map((one) => {
    const unit = turn.roster.units.get(one.unit)
    const indicator = turn.roster.indicators.get(one.indicator)
    if (!unit || !indicator) throw new Error(`report ${one.id} is of no known unit or indicator`)
    const amount = `${one.entry.op === 'add' ? '新增' : ''}${show(indicator, { ...one.after, ...one.entry, report_id: one.id })}`
    return {
      what: `${unit.short}·${indicator.name} ${amount}`,
      doubt: one.doubt,
      indicator,
      entry: one.entry,
    }
  })
  const asked = described.map(({ what, doubt }) => (doubt === undefined ? what : `${what}（${doubt}）`))
  const [only] = described
  const mayBeIncrement =
    described.length === 1 &&
    only?.entry.op === 'set' &&
    only.doubt?.startsWith('比上次') === true &&
    (only.indicator.kind === 'count' || only.indicator.kind === 'amount')
  return new Question(
    `${asked.join('；')}。这样记吗？`,
    [
      { label: '对，就这样记', words: `确认 ${number}` },
      ...(mayBeIncrement ? [{ label: '是新增的，加到原来的数上', words: `按新增 ${number}` }] : []),
      { label: '不对，不记', words: `取消 ${number}` },
    ],
    { yes: true },
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
