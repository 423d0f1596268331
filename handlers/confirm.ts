// 确认：回答机器人对一个可疑数字的提问；24小时内都可以补确认。

import { command } from '../src/command.ts'
import { supersede } from '../src/database/reports.ts'
import { pendingOf, unansweredOf } from '../src/database/reports-read.ts'
import { UserError } from '../src/errors.ts'
import { intent } from '../src/intents/intent.ts'
import { line } from '../src/message.ts'
import { afterwards, authorOf, reasonIn } from '../src/on-behalf.ts'
import { askPending, overtakenText, restIn, waitsMs } from '../src/pending.ts'
import { told } from '../src/receipts.ts'
import { demand } from '../src/turn.ts'

export default command<{ how: 'accept' | 'add' | 'void' }>({
  name: '确认',
  summary: '确认或取消我问过您的数',
  examples: ['确认', '取消', '按新增 编号12'],
  action: 'report',
  seldom: true,
  phrases: [
    '^(确认|取消|按新增)(的|了|吧|登记|记)?$',
    '^(确认|取消|按新增)(编号)?',
    '^(确认|取消|按新增)(其余)',
  ],
  intent: ({ meaning }) => intent(/^(取消|不)/.test(meaning.text) ? 'deny' : 'confirm', {}),
  args: {
    how: ({ meaning: { text } }) =>
      text.startsWith('取消') ? 'void' : text.startsWith('按新增') ? 'add' : 'accept',
  },
  async run({ how }, turn) {
    const { person, roster, now } = turn
    if (!person) throw new UserError('我还不认识您，没有等您确认的数。')
    const since = new Date(now.getTime() - waitsMs)
    const found = await pendingOf(turn.db, person.id, since, turn.meaning.number)
    if (!found) throw new UserError('没有等您确认的数。')
    const { waiting, overtaken } = found
    if (how !== 'void' && overtaken.length > 0) {
      if (waiting.length === 0) throw new UserError(`${await overtakenText(turn, overtaken)}没有再记。`)
      if (restIn(turn.meaning.text) !== waiting.length) return askPending(turn, found)
    }
    // What was refused must not come back when the number that overtook it is withdrawn.
    const refused = [...waiting, ...overtaken]
    const pending = how === 'void' ? await unansweredOf(turn.db, person.id, since, refused) : waiting
    for (const { unit_id } of pending) {
      const unit = roster.units.get(unit_id)
      if (unit) demand(turn, 'report', unit, '报数')
    }
    const reason = reasonIn(pending.map(({ raw_text }) => raw_text))
    const then = how === 'void' ? undefined : afterwards(turn, { ...(reason && { reason }) })
    const written = await supersede(turn.db, authorOf(turn), pending, how, then)
    if (written.length === 0) throw new UserError('这条刚才已经处理过了。还有没定的，说“待确认”看。')
    return how === 'void' ? line('好，没有记。') : told(turn, written)
  },
})
