// Deciding on requests for an extension: the street passes them on, the district grants them (`domain.md` C2, C6).
import { objection } from './campaign/extending.ts'
import { audit } from './database/audit.ts'
import type { Executor } from './database/connection.ts'
import {
  type Clerk,
  cancelAlerts,
  decidersOf,
  moveDue,
  type Request,
  requestWith,
  settle,
} from './database/extensions.ts'
import { chartCells } from './database/progress.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import { askDecision } from './extending-asking.ts'
import {
  type Desk,
  deskOf,
  deskText,
  moveText,
  notices,
  requestText,
  toDecide,
  waitText,
} from './extending-words.ts'
import { readRefusal } from './language/extension-decision.ts'
import { secondThought } from './language/second-thought.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'
import { day } from './wording.ts'

/** Reasons that a digit can give; any other is simply said. */
const usualRefusals = ['时间还够，请按期完成', '理由不充分', '请先报补救办法']

/** 同意延期 编号3, 不同意延期 编号3 原因…: by whom it waits for, and only once. */
export async function decide(turn: Turn, number: number, isYes: boolean): Promise<Reply | Question> {
  const { db, roster, today, person, meaning } = turn
  const campaign = roster.campaign.id
  const request = await requestWith(db, campaign, number)
  if (!request) throw new UserError(`没有编号${number}的延期申请。说“延期申请”看有哪些。`)
  const desk = deskOf(roster, await decidersOf(db, campaign, today), request)
  demandDecision(turn, request, desk)
  const answer = readRefusal(meaning.text)
  if (!isYes && !answer) return askWhyNot(turn, request)
  const thought = isYes || turn.chosen ? undefined : secondThought(answer ?? '')
  // 同意吧, to the question why not: it must not be written as the reason (`domain.md` C3.1).
  if (thought) {
    const isOver = thought === 'agree'
    return askDecision(turn, { request, desk }, { head: `编号${number}还没有否决。`, isYes: true, isOver })
  }
  return writing(db, campaign, async (tx) => {
    const clerks = await decidersOf(tx, campaign, today)
    const by = person?.name ?? ''
    if (!isYes) return refuse(turn, tx, { request, clerks, by, answer: answer ?? '' })
    return desk.at === 'street'
      ? pass(turn, tx, { request, clerks, by })
      : grant(turn, tx, { request, clerks, by })
  })
}

/** Whether somebody may decide now; the district may not skip a street that has a clerk. */
export function mayDecide(turn: Turn, { unit: id }: Pick<Request, 'unit'>, { at }: Desk): boolean {
  const unit = turn.roster.units.get(id)
  return unit !== undefined && may(turn, at === 'street' ? 'pass_extension' : 'grant_extension', unit)
}

/** @throws UserError that says whose turn it is, or what became of it */
function demandDecision(turn: Turn, request: Request, desk: Desk): void {
  const { roster } = turn
  const unit = roster.units.get(request.unit)
  if (!unit) throw new UserError('申请的单位已经不在名册里。')
  const isOurs = may(turn, 'pass_extension', unit) || may(turn, 'grant_extension', unit)
  const { id, state, decided_by: by } = request
  if (isOurs && state === 'withdrawn') throw new UserError(`编号${id}已经由${by}撤回了，不用再批。`)
  if (isOurs && (state === 'granted' || state === 'refused'))
    throw new UserError(`编号${id}已经由${by}${state === 'granted' ? '批准' : '否决'}了。`)
  if (isOurs && !mayDecide(turn, request, desk))
    throw new UserError(
      desk.at === 'street'
        ? `编号${id}要先由${deskText(roster, desk)}同意，再到区里批。`
        : `编号${id}已经转给${deskText(roster, desk)}，由区里批。`,
    )
  demand(turn, desk.at === 'street' ? 'pass_extension' : 'grant_extension', unit, '批延期')
}

function askWhyNot(turn: Turn, request: Request): Question {
  const words = `不同意延期 编号${request.id},原因:`
  return new Question(
    `不同意${requestText(turn, request)}。为什么？`,
    usualRefusals.map((reason) => ({ label: reason, words: `${words}${reason}` })),
    { said: words, free: true },
  )
}

interface Decision {
  request: Request
  clerks: Clerk[]
  by: string
}

const gone = '这个申请刚才已经有人处理了。说“延期申请”看结果。'

async function pass(turn: Turn, tx: Executor, { request, clerks, by }: Decision): Promise<Reply> {
  if (!(await settle(tx, request, { state: 'passed', by }))) throw new UserError(gone)
  const passed: Request = { ...request, state: 'passed', passed_by: by }
  const next = deskOf(turn.roster, clerks, passed)
  await note(turn, tx, request, 'pass_extension')
  await turn.push(tx, toDecide(turn, passed, next))
  return line(`已同意编号${request.id}（${moveText(turn, request)}），${waitText(turn.roster, next)}。`)
}

async function refuse(turn: Turn, tx: Executor, decision: Decision & { answer: string }): Promise<Reply> {
  const { request, by, answer } = decision
  const settled = { state: 'refused', by, at: turn.now, answer: answer.slice(0, 200) } as const
  if (!(await settle(tx, request, settled))) throw new UserError(gone)
  await note(turn, tx, request, 'refuse_extension', answer)
  const text = `延期没有批准（编号${request.id} ${moveText(turn, request)}）：${by}说“${answer}”。期限还是${day(request.due_before)}。`
  await tell(turn, tx, decision, text)
  return line(`没有批准编号${request.id}（${moveText(turn, request)}），已告诉${request.asker}。`)
}

/**
 * The deadline moves, in the same transaction as the decision: from then on alerts follow the new one, and those of the
 * old one that still wait are cancelled where they speak of nothing else.
 */
async function grant(turn: Turn, tx: Executor, decision: Decision): Promise<Reply> {
  const { roster, now, today } = turn
  const { request, by } = decision
  const { unit, indicator, due } = request
  const known = roster.indicators.get(indicator)
  const [cell] = known ? await chartCells(tx, roster, [unit], [known]) : []
  if (!cell) throw new UserError('这一项已经不在方案里了。')
  const problem = objection(due, { due: cell.due, today, ends: roster.campaign.ends })
  if (problem === 'not-later')
    throw new UserError(
      `期限已经改到${day(cell.due)}，不比申请的${day(due)}早。不用批，可以回“不同意延期 编号${request.id} 原因期限已改”。`,
    )
  if (problem)
    throw new UserError(
      `申请的${day(due)}${problem === 'past' ? '已经过去' : '过了活动结束的日子'}，不能批。请回“不同意延期 编号${request.id} 原因…”，让他重新申请。`,
    )
  const settled = { state: 'granted', by, at: now, due_before: cell.due } as const
  if (!(await settle(tx, request, settled))) throw new UserError(gone)
  await moveDue(tx, roster.campaign.id, { unit, indicator, due }, by)
  const units = [...roster.units.keys()].filter((one) => roster.isWithin(unit, one))
  await cancelAlerts(tx, roster.campaign.id, { unit, indicator, due: cell.due }, { units, now })
  await note(turn, tx, { ...request, due_before: cell.due }, 'grant_extension', request.reason)
  const move = moveText(turn, { ...request, due_before: cell.due })
  await tell(turn, tx, decision, `延期批准了（编号${request.id}，${by}批）：${move}。`)
  return line(`已批准编号${request.id}：${move}。已告诉${request.asker}和街道。`)
}

function note(turn: Turn, tx: Executor, request: Request, action: string, reason = ''): Promise<void> {
  const { roster, now, person } = turn
  const { unit, indicator, due_before, due, id } = request
  const deed = { campaign: roster.campaign.id, at: now, actor: person?.name ?? '', action, reason }
  const subject = `延期 编号${id} ${moveText(turn, request)}`
  return audit(tx, {
    ...deed,
    subject,
    before: { unit, indicator, due: due_before },
    after: { unit, indicator, due },
  })
}

/** The outcome goes to whoever asked, and to the street. */
async function tell(turn: Turn, tx: Executor, { request, clerks }: Decision, text: string): Promise<void> {
  const street = deskOf(turn.roster, clerks, { unit: request.unit, state: 'asked' })
  const people = [request.asked_by, ...(street.at === 'street' ? street.clerks.map(({ id }) => id) : [])]
  await turn.push(tx, notices(turn, request.id, 'outcome', people, text))
}
