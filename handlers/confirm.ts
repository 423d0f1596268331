// 确认：回答机器人对一个可疑数字的提问；24小时内都可以补确认。
import { command } from '../src/command.ts'
import { supersede } from '../src/database/reports.ts'
import { pendingOf } from '../src/database/reports-read.ts'
import { UserError } from '../src/errors.ts'
import { line } from '../src/message.ts'
import { afterwards, authorOf, reasonIn } from '../src/on-behalf.ts'
import { told } from '../src/receipts.ts'
import { demand } from '../src/turn.ts'

/** How long a doubted number waits for its answer (`domain.md` C3.1). */
const waitsMs = 24 * 3600_000

export default command<{ how: 'accept' | 'add' | 'void' }>({
  name: '确认',
  summary: '确认或取消我问过您的数',
  examples: ['确认', '取消', '按新增 编号12'],
  action: 'report',
  seldom: true,
  phrases: ['^(确认|取消|按新增)(的|了|吧|登记|记)?$', '^(确认|取消|按新增)(编号)?'],
  args: {
    how: ({ meaning: { text } }) =>
      text.startsWith('取消') ? 'void' : text.startsWith('按新增') ? 'add' : 'accept',
  },
  async run({ how }, turn) {
    const { person, roster, now } = turn
    if (!person) throw new UserError('我还不认识您，没有等您确认的数。')
    const since = new Date(now.getTime() - waitsMs)
    const pending = await pendingOf(turn.db, person.id, since, turn.meaning.number)
    if (pending.length === 0) throw new UserError('没有等您确认的数。')
    for (const { unit_id } of pending) {
      const unit = roster.units.get(unit_id)
      if (unit) demand(turn, 'report', unit, '报数')
    }
    const reason = reasonIn(pending.map(({ raw_text }) => raw_text))
    const then = how === 'void' ? undefined : afterwards(turn, { ...(reason && { reason }) })
    const written = await supersede(turn.db, authorOf(turn), pending, how, then)
    if (written.length === 0) throw new UserError('这条刚才已经处理过了。')
    return how === 'void' ? line('好，没有记。') : told(turn, written)
  },
})
