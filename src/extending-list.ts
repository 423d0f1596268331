// Which requests for an extension wait: those that a person can decide, as a question; the rest of one's own in words.
import { whoMay } from './campaign/permissions.ts'
import { decidersOf, openRequests, type Request } from './database/extensions.ts'
import { UserError } from './errors.ts'
import { askDecision, type How, type Waiting } from './extending-asking.ts'
import { mayDecide } from './extending-decisions.ts'
import { deskOf, moveText, requestText, waitText } from './extending-words.ts'
import { readReason } from './language/extension.ts'
import { readRefusal } from './language/extension-decision.ts'
import type { Spot } from './language/lexicon.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { may, mayEver, type Turn } from './turn.ts'

const mostChoices = 9

/** What the choice among several adds when they are to be refused. */
const refusing = '先看再否决'

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
  if (!mayEver(turn, 'pass_extension') && !mayEver(turn, 'grant_extension'))
    throw new UserError(
      `您不能批延期。能批的人：${whoMay('pass_extension')}（先同意），${whoMay('grant_extension')}（再批准）。`,
    )
  const { units, indicators, people } = turn.meaning
  const isNamed = ({ request }: Waiting) =>
    fits(units, request.unit) && fits(indicators, request.indicator) && fits(people, request.asked_by)
  const mine = (await visibleTo(turn)).filter(({ request, desk }) => mayDecide(turn, request, desk))
  const meant = mine.filter(isNamed)
  if (meant.length === 0)
    throw new UserError(
      mine.length > 0 ? '没有这样的申请在等您批。说“延期申请”看有哪些。' : '没有等您批的延期申请。',
    )
  return choose(turn, meant, howIn(turn, isYes))
}

/** Whatever is not named may be any. */
const fits = (spots: Spot[], id: number): boolean =>
  spots.length === 0 || spots.some(({ candidates }) => candidates.some((one) => one.id === id))

/** 编号3 alone, or chosen from several: what it is, and what can be done. */
export async function showOne(turn: Turn, number: number, isYes?: boolean): Promise<Reply | Question> {
  const visible = await visibleTo(turn)
  const one = visible.find(({ request }) => request.id === number)
  const others = isYes === undefined ? '' : `批别的请说全，如“同意绑定 编号${number}”。`
  if (!one) throw new UserError(`编号${number}不是等着批的延期申请。说“延期申请”看有哪些。${others}`)
  if (mayDecide(turn, one.request, one.desk))
    return choose(turn, [one], howIn(turn, isYes ?? !turn.meaning.text.includes(refusing)))
  return line(`${requestText(turn, one.request)}，${waitText(turn.roster, one.desk)}。`)
}

/** Whether a request of that number waits for this person to decide it. */
export async function isWaiting(turn: Turn, number: number): Promise<boolean> {
  const visible = await visibleTo(turn)
  return visible.some(({ request, desk }) => request.id === number && mayDecide(turn, request, desk))
}

/** What is to be decided, with the reason for a refusal as it goes into the words behind a digit. */
function howIn({ meaning: { text } }: Turn, isYes: boolean): How {
  const reason = isYes ? undefined : text.includes(refusing) ? readReason(text) : readRefusal(text)
  return { isYes, ...(reason && { reason: `,原因:${reason}` }) }
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

function choose(turn: Turn, waiting: Waiting[], how?: How): Question {
  const [first, ...more] = waiting
  if (!first) throw new Error('nothing to choose from')
  if (more.length === 0) return askDecision(turn, first, { ...how, isOver: true })
  const rest = waiting.length > mostChoices ? `，先列${mostChoices}个` : ''
  return new Question(
    `等您批的延期申请有${waiting.length}个${rest}。${how ? '是哪一个？' : '看哪一个？'}`,
    // It is shown once more before it is decided: the digit here is easily mistaken for its number.
    waiting.slice(0, mostChoices).map(({ request }) => ({
      label: labelText(turn, request),
      words: `延期申请 编号${request.id}${how?.isYes === false ? `,${refusing}${how.reason ?? ''}` : ''}`,
    })),
  )
}

/** The number last: in a list each line begins with the digit to answer. */
const labelText = (turn: Turn, request: Request): string =>
  `${moveText(turn, request)}，原因：${request.reason}（${request.asker}，编号${request.id}）`
