// Where a number comes from, as an answer: who said it, when, in which words, and what it was before (`domain.md` N9).
import { show } from './campaign/entry.ts'
import { leavesOf } from './database/progress.ts'
import { type Told, toldOf } from './database/provenance.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { verificationsOf } from './database/verifications.ts'
import { UserError } from './errors.ts'
import type { Reply } from './message.ts'
import { Question } from './question.ts'
import { cellOf } from './reporting.ts'
import { scoreRefusal, seesScores } from './score-sight.ts'
import type { Turn } from './turn.ts'
import { day, moment } from './wording.ts'

const earlierShown = 3
const latestShown = 5

/** One number: everything about the event that made it, and what stood there before. */
export async function oneNumber(turn: Turn, unit: Unit, indicator: Indicator): Promise<Reply> {
  const { db } = turn
  if (indicator.kind === 'score' && !seesScores(turn, unit))
    throw new UserError(scoreRefusal(turn, indicator))
  const cell = await cellOf(turn, unit, indicator)
  if (!cell) throw new UserError(`${unit.name}不涉及“${indicator.name}”这一项。`)
  const all = await toldOf(db, [unit.id], { indicator: indicator.id, limit: 50 })
  const made = all.find(({ id }) => id === cell.report_id)
  const found = await verificationsOf(
    db,
    all.map(({ id }) => id),
  )
  const rejected = new Set(found.flatMap(({ result, report }) => (result === 'rejected' ? report : [])))
  const earlier = all.filter(({ id }) => id !== cell.report_id).slice(0, earlierShown)
  const before: [string, string][] =
    earlier.length > 0
      ? [['以前', earlier.map((one) => earlierText(indicator, one, rejected)).join('；')]]
      : []
  const title = `${unit.name} · ${indicator.name} ${show(indicator, cell)}`
  if (!made) return { title, blocks: [{ kind: 'fields', fields: [['谁报的', '还没有人报过'], ...before] }] }
  const checks = found.filter(({ report, result }) => report === made.id && result === 'verified')
  const fields: [string, string][] = [
    ['谁报的', `${who(made)}${made.on_behalf ? `（代${unit.short}报）` : ''}`],
    ['什么时候', `${moment(made.reported_at)}，${sources[made.platform] ?? made.platform}`],
    [
      '数据',
      `${day(made.as_of)}${made.op === 'add' ? `，新增${show(indicator, { ...made, report_id: made.id })}` : ''}`,
    ],
    ['原话', `“${words(turn, made.first_text ?? made.raw_text)}”`],
    ['核实', checks.map(({ name, at }) => `${name} ${moment(at)}`).join('、') || '还没有人核实'],
  ]
  return { title, blocks: [{ kind: 'fields', fields: [...fields, ...before] }] }
}

/** Several units or indicators: the last numbers that came in; of a value that is named, only those that say so. */
export async function lastNumbers(
  turn: Turn,
  unit: Unit,
  { indicator, value }: { indicator: Indicator | undefined; value: string | undefined },
): Promise<Reply | Question> {
  const { roster, db } = turn
  const leaves = leavesOf(roster, unit.id)
  const told = await toldOf(db, leaves, {
    ...(indicator && { indicator: indicator.id }),
    limit: 500,
    counting: true,
  })
  const meant = told.flatMap((one) => {
    const [at, what] = [roster.units.get(one.unit), roster.indicators.get(one.indicator)]
    if (!at || !what || (what.kind === 'score' && !seesScores(turn, at))) return []
    return value === undefined || [one.value, one.num].includes(value) ? [{ ...one, at, what }] : []
  })
  const [only] = meant
  if (only && meant.length === 1) return oneNumber(turn, only.at, only.what)
  if (!only) {
    const which = value === undefined ? '' : `是${value}的`
    throw new UserError(`${unit.name}还没有${which}数。请说是哪一个，例如“金苑社区红色物业谁报的”。`)
  }
  const options = meant.slice(0, latestShown).map((one) => ({
    label: `${one.at.short}·${one.what.name} ${show(one.what, { ...one, report_id: one.id })}　${who(one)} ${whenOf(one)}`,
    words: `${one.at.name}${one.what.name}谁报的`,
  }))
  return new Question(`${unit.name}最近报的数，看哪一个的来历？`, options)
}

/** Of a file's numbers, which came all at once, the day that they are of. */
const whenOf = ({ platform, as_of, reported_at }: Told): string =>
  platform === 'import' ? `${day(as_of)}的数` : moment(reported_at)

const sources: Record<string, string> = { dingtalk: '钉钉', wecom: '企业微信', import: '工作簿导入' }

/** Who said it, and who confirmed it where that was somebody else. */
function who({ op, reporter, first_reporter: first, platform }: Told): string {
  const by = reporter ?? (platform === 'import' ? '导入' : '不详')
  return op !== 'correct' && first !== null && first !== by ? `${first}报，${by}确认` : by
}

/** The sentence as it was said; in a group without what looks like a phone number. */
function words({ message }: Turn, text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const line = short.replaceAll('\n', ' ').replace('更正 确定 ', '更正：')
  return message.chat.kind === 'group' ? line.replace(/1\d{10}|\d{3,4}-?\d{7,8}/g, '（号码略）') : line
}

function earlierText(indicator: Indicator, one: Told, rejected: Set<number>): string {
  const became = { void: rejected.has(one.id) ? '已退回' : '已撤回', correct: '已更正' }
  const fate = one.replaced === 'void' || one.replaced === 'correct' ? `（${became[one.replaced]}）` : ''
  const amount = `${one.op === 'add' ? '新增' : ''}${show(indicator, { ...one, report_id: one.id })}`
  return `${day(one.as_of)} ${amount} ${who(one)}${fate}`
}
