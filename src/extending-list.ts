// Which requests for an extension wait: those that a person can decide, as a question; the rest of one's own in words.
import { decidersOf, openRequests, type Request } from './database/extensions.ts'
import { UserError } from './errors.ts'
import { mayDecide } from './extending-decisions.ts'
import { type Desk, deskOf, requestText, waitText } from './extending-words.ts'
import { readReason } from './language/extension.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { may, type Turn } from './turn.ts'

const mostChoices = 9

interface Waiting {
  request: Request
  desk: Desk
}

/** 延期申请, 待批的延期: with one that waits for this person the digits decide it, of several they choose. */
export async function list(turn: Turn): Promise<Reply | Question> {
  const visible = await visibleTo(turn)
  const mine = visible.filter(({ request, desk }) => mayDecide(turn, request, desk))
  if (mine.length > 0) return choose(turn, mine)
  if (visible.length === 0) return line('现在没有等着批的延期申请。')
  const rows = visible.map(
    ({ request, desk }) => `${requestText(turn, request)}，${waitText(turn.roster, desk)}`,
  )
  return lines(rows, `等着批的延期申请（${visible.length}个）`)
}

/** 同意延期 without a number: what waits is shown first, and a digit decides. */
export async function decideWhich(turn: Turn, isYes: boolean): Promise<Reply | Question> {
  const { units, indicators, text } = turn.meaning
  const isNamed = ({ request }: Waiting) =>
    [[units, request.unit] as const, [indicators, request.indicator] as const].every(
      ([spots, id]) =>
        spots.length === 0 || spots.some(({ candidates }) => candidates.some((one) => one.id === id)),
    )
  const mine = (await visibleTo(turn)).filter(({ request, desk }) => mayDecide(turn, request, desk))
  const meant = mine.filter(isNamed)
  if (meant.length === 0)
    throw new UserError(
      mine.length > 0 ? '没有这样的申请在等您批。说“延期申请”看有哪些。' : '没有等您批的延期申请。',
    )
  const reason = isYes ? undefined : readReason(text)
  return choose(turn, meant, { isYes, reason: reason ? `,原因:${reason}` : '' })
}

/** 编号3 alone: what it is, and what can be done. */
export async function showOne(turn: Turn, number: number): Promise<Reply | Question> {
  const visible = await visibleTo(turn)
  const one = visible.find(({ request }) => request.id === number)
  if (!one) throw new UserError(`编号${number}不是等着批的延期申请。说“延期申请”看有哪些。`)
  if (mayDecide(turn, one.request, one.desk)) return choose(turn, [one])
  return line(`${requestText(turn, one.request)}，${waitText(turn.roster, one.desk)}。`)
}

/** One's own, one's street's, or all; in a group those of its unit. */
async function visibleTo(turn: Turn): Promise<Waiting[]> {
  const { db, roster, person, chatUnit, today } = turn
  const campaign = roster.campaign.id
  const clerks = await decidersOf(db, campaign, today)
  return (await openRequests(db, campaign)).flatMap((request) => {
    const unit = roster.units.get(request.unit)
    if (!unit || (chatUnit && !roster.isWithin(unit.id, chatUnit.id))) return []
    const sees =
      request.asked_by === person?.id ||
      (['ask_extension', 'pass_extension', 'grant_extension'] as const).some((action) =>
        may(turn, action, unit),
      )
    return sees ? [{ request, desk: deskOf(roster, clerks, request) }] : []
  })
}

function choose(turn: Turn, waiting: Waiting[], how?: { isYes: boolean; reason: string }): Question {
  const [first, ...more] = waiting
  if (!first) throw new Error('nothing to choose from')
  const yes = (id: number) => `同意延期 编号${id}`
  const no = (id: number, reason = '') => `不同意延期 编号${id}${reason}`
  if (more.length === 0) {
    const { request, desk } = first
    const { id } = request
    const consent = { label: desk.at === 'street' ? '同意，转区专班' : '批准', words: yes(id) }
    const refusal = { label: '不同意', words: no(id, how?.reason) }
    const options = how?.isYes === false ? [refusal, consent] : [consent, refusal]
    return new Question(requestText(turn, request), options, { yes: true })
  }
  const rest = waiting.length > mostChoices ? `，先列${mostChoices}个` : ''
  return new Question(
    `等您批的延期申请有${waiting.length}个${rest}。${how ? '是哪一个？' : '看哪一个？'}`,
    waiting.slice(0, mostChoices).map(({ request }) => {
      const { id } = request
      const words = how ? (how.isYes ? yes(id) : no(id, how.reason)) : `延期申请 编号${id}`
      return { label: requestText(turn, request), words }
    }),
  )
}
