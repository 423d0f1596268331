// 待确认：我问过、您还没回答的数；一天之内都可以补答。
import { command } from '../src/command.ts'
import { pendingOf, type ReportRow, sayersOf, waitingOf } from '../src/database/reports-read.ts'
import { UserError } from '../src/errors.ts'
import { line, lines, type Reply } from '../src/message.ts'
import { askPending, inWords, waitsMs } from '../src/pending.ts'
import { Question } from '../src/question.ts'
import type { Turn } from '../src/turn.ts'
import { moment } from '../src/wording.ts'

export default command<Record<string, never>>({
  name: '待确认',
  aliases: ['待核', '待办', '待确认的数'],
  summary: '看我问过、您还没回答的数',
  examples: ['待确认', '有哪些待确认的'],
  action: 'report',
  reads: true,
  seldom: true,
  phrases: ['(待确认|待核)(的)?', '(有|还有)?(哪些|什么|啥|几个)?(数)?(没确认|等我确认|要我确认|需要我确认)'],
  unless: ['提醒|怎么|咋'],
  args: {},
  async run(_args, turn) {
    const { person, db, now } = turn
    if (!person) throw new UserError('我还不认识您，没有等您确认的数。')
    // As long again, what has expired is still listed (`domain.md` C3.9).
    const rows = await waitingOf(db, person.id, new Date(now.getTime() - 2 * waitsMs))
    const isOpen = ({ reported_at }: ReportRow) => now.getTime() - reported_at.getTime() <= waitsMs
    const open = byMessage(rows.filter(isOpen))
    const expired = rows.filter((row) => !isOpen(row)).map((row) => `${inWords(turn, row)}已过期，请重新报`)
    const { number } = turn.meaning
    const meant = number === undefined ? open : open.filter((group) => group.some(({ id }) => id === number))
    const [only] = meant
    if (!only) {
      if (expired.length === 0 || number !== undefined) return line('没有等您确认的数。')
      return lines(['没有等您确认的数。', expired.join('\n')])
    }
    if (meant.length === 1) return asking(turn, only, number === undefined ? expired : [])
    const options = meant.map((group) => ({
      label: group.map((row) => inWords(turn, row)).join('；'),
      words: `待确认 编号${group[0]?.id}`,
    }))
    return new Question(['这些数等您确认，先办哪一个？', ...expired].join('\n'), options)
  },
})

/** The question as it was asked then; what has been overtaken since is said and not asked about. */
async function asking(turn: Turn, [first]: ReportRow[], expired: string[]): Promise<Question | Reply> {
  const { person, db } = turn
  const found = person && first && (await pendingOf(db, person.id, first.reported_at, first.id))
  if (!first || !found || found.waiting.length === 0) return line('没有等您确认的数。')
  // Taken over with a duty, it is somebody else's.
  const isOwn = first.reporter_id === person.id
  const sayer = isOwn ? '您' : (await sayersOf(db, [first.id])).get(first.id)
  return askPending(turn, found, [...expired, `${moment(first.reported_at)}${sayer ?? ''}报的：`].join('\n'))
}

function byMessage(rows: ReportRow[]): ReportRow[][] {
  const keys = [
    ...new Set(rows.map(({ platform, robot, message_id }) => `${platform}/${robot}/${message_id}`)),
  ]
  return keys.map((key) =>
    rows.filter(({ platform, robot, message_id }) => `${platform}/${robot}/${message_id}` === key),
  )
}
