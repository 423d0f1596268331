// Numbers that wait for an answer, asked about again: what has been overtaken meanwhile is said, the rest is asked (`domain.md` C3.5).
import { show } from './campaign/entry.ts'
import { ofMessage } from './database/reports.ts'
import { type Pending, type ReportRow, sayersOf } from './database/reports-read.ts'
import { Question } from './question.ts'
import { doubtful } from './receipts.ts'
import { cellOf } from './reporting.ts'
import type { Turn } from './turn.ts'
import { moment } from './wording.ts'

/** How long a doubted number waits for its answer (`domain.md` C3.1). */
export const waitsMs = 24 * 3600_000

/** How many numbers the person agreed to: 「确认 其余2项 编号12」; undefined where nobody was told of a rest. */
export function restIn(text: string): number | undefined {
  const count = text.match(/其余(\d+)项/)?.[1]
  return count === undefined ? undefined : Number(count)
}

/** @param head what is said before it */
export async function askPending(turn: Turn, { waiting, overtaken }: Pending, head = ''): Promise<Question> {
  const [first] = waiting
  if (!first) throw new Error('nothing waits')
  const { message, db } = turn
  const platform = first.platform as typeof message.platform
  const said = { ...message, platform, robot: first.robot, id: first.message_id }
  const written = (await ofMessage(db, said)).filter((one) => waiting.some(({ id }) => id === one.id))
  const rest = overtaken.length > 0 ? `其余${waiting.length}项 ` : ''
  const { text, options } = doubtful(turn, written, `${rest}编号${first.id}`)
  const gone = overtaken.length > 0 ? `${await overtakenText(turn, overtaken)}其余还没有记：` : ''
  return new Question(`${head}${gone}${text}`, options, { yes: true })
}

/** What stands, or waits, in the place of each of these numbers, and whose it is. */
export async function overtakenText(turn: Turn, overtaken: ReportRow[]): Promise<string> {
  const { roster, db } = turn
  const texts: string[] = []
  for (const row of overtaken) {
    const [unit, indicator] = [roster.units.get(row.unit_id), roster.indicators.get(row.indicator_id)]
    const cell = unit && indicator && (await cellOf(turn, unit, indicator))
    if (!cell) continue
    const waits = cell.pending_id !== null && cell.pending_id > row.id
    const by = waits ? cell.pending_id : cell.report_id
    const name = by === null ? undefined : (await sayersOf(db, [by])).get(by)
    const who = name === turn.person?.name ? '您' : (name ?? '别人')
    const old = `${unit.short}·${indicator.name} ${show(indicator, { ...row, report_id: row.id })}`
    const now = waits ? '又报了一个数，等确认' : `后来报了，现在是${show(indicator, cell)}`
    texts.push(`${old}没有记（${who}${now}）`)
  }
  return texts.length > 0 ? `${texts.join('；')}。` : ''
}

/** 金苑·红色物业 新增2个（11月22日 10:06） */
export function inWords({ roster }: Turn, row: ReportRow): string {
  const [unit, indicator] = [roster.units.get(row.unit_id), roster.indicators.get(row.indicator_id)]
  if (!unit || !indicator) return `编号${row.id}`
  const amount = row.op === 'zero' ? '没有新进展' : show(indicator, { ...row, report_id: row.id })
  return `${unit.short}·${indicator.name} ${row.op === 'add' ? '新增' : ''}${amount}（${moment(row.reported_at)}）`
}
