// 撤回：收回自己刚报的数，恢复到报之前。
import { command } from '../src/command.ts'
import { supersede } from '../src/database/reports.ts'
import { lastOf, type ReportRow, withNumber } from '../src/database/reports-read.ts'
import { UserError } from '../src/errors.ts'
import { told } from '../src/receipts.ts'
import { demand, type Turn } from '../src/turn.ts'

/** How long a number may be taken back (`domain.md` C2). */
const undoMs = 24 * 3600_000

export default command<Record<string, never>>({
  name: '撤回',
  aliases: ['撤销', '收回'],
  summary: '收回刚报的数（24小时内），恢复到报之前',
  examples: ['撤回', '撤回刚才那条', '撤回 编号12'],
  action: 'undo',
  phrases: ['(撤回|撤销|收回)'],
  unless: ['别|不要|不用|不能|吗|么$|没$|谁|怎么|咋|为什么|可以|能不能'],
  args: {},
  async run(_args, turn) {
    const { person, message, meaning, roster, now } = turn
    if (!person) throw new UserError('我还不认识您，没有可以撤回的数。')
    const campaign = roster.campaign.id
    const since = new Date(now.getTime() - undoMs)
    const old = meaning.number
      ? await withNumber(turn.db, campaign, meaning.number)
      : await lastOf(turn.db, person.id, since, named(turn))
    check(turn, old, since)
    const written = await supersede(turn.db, { roster, person, message, now }, old, 'void')
    if (written.length === 0) throw new UserError('这条刚才已经撤回了。')
    return told(turn, written)
  },
})

/** 撤回监督员: the newest report of what is named, not the newest of all. */
function named({ meaning: { units, indicators } }: Turn): { units: number[]; indicators: number[] } {
  const ids = (spots: typeof units) => spots.flatMap(({ candidates }) => candidates.map(({ id }) => id))
  return { units: ids(units), indicators: ids(indicators) }
}

function check(turn: Turn, old: ReportRow[], since: Date): void {
  const [first] = old
  if (!first)
    throw new UserError(
      turn.meaning.number ? '没有这个编号的数，或者已经撤回了。' : '24小时内您没有报过数，没有可以撤回的。',
    )
  if (first.reported_at < since)
    throw new UserError('这个数报了超过24小时，不能撤回了；数字不对请直接报正确的累计数。')
  for (const { unit_id } of old) {
    const unit = turn.roster.units.get(unit_id)
    if (unit) demand(turn, 'undo', unit, '撤回')
  }
}
