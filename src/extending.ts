// Asking for an extension and taking the request back (`domain.md` C6): what is missing is asked for, one thing at a time.
import { demandActive, pickIndicator, pickUnit } from './args.ts'
import { objection, usualDates, wishedDate } from './campaign/extending.ts'
import { chartOf, type Line } from './chart.ts'
import { readCalendar } from './database/calendar.ts'
import type { Executor } from './database/connection.ts'
import {
  addRequest,
  decidersOf,
  openRequests,
  type Request,
  requestsOf,
  settle,
} from './database/extensions.ts'
import { chartCells } from './database/progress.ts'
import type { Unit } from './database/roster.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import { deskOf, moveText, notices, toDecide, waitText } from './extending-words.ts'
import { type ExtensionSaid, readExtension, readOtherWish, reportBeside } from './language/extension.ts'
import type { Spot } from './language/lexicon.ts'
import { secondThought } from './language/second-thought.ts'
import { dayText } from './language/when-format.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { shownTo } from './score-sight.ts'
import { demand, ownUnit, type Turn } from './turn.ts'
import { day } from './wording.ts'

const mostChoices = 9
/** Reasons that a digit can give; any other is simply said. */
const usualReasons = ['手续还没办完', '资金还没到位', '天气影响施工', '需要别的单位配合']

/** 共建项目申请延期5天，因为…: a request, or the question about what it lacks. */
export async function ask(turn: Turn): Promise<Reply | Question> {
  const { meaning, roster, now } = turn
  const calendar = await readCalendar(turn.db)
  const beside = turn.chosen ? undefined : reportBeside(meaning.text)
  if (beside) throw new UserError(twoThings(turn, beside))
  const said = readExtension(meaning.text, now, calendar)
  const unit = unitOf(turn, said)
  if (unit instanceof Question) return unit
  demand(turn, 'ask_extension', unit, '申请延期')
  const open = (await chartOf(turn, unit)).filter(({ reached }) => reached !== 'na' && reached.lt(1))
  const cell = await cellOf(turn, unit, open, said)
  if (cell instanceof Question) return cell
  const known = await requestsOf(turn.db, roster.campaign.id, { unit: unit.id, indicator: cell.indicator.id })
  const other = said.reason && readOtherWish(said.reason, now, calendar)
  const wish = other || said.wish
  if (known.open && !(wish && isMine(turn, known.open))) return already(turn, turn.db, known.open)
  if (!wish) return askDate(turn, cell)
  const due = wishedDate(cell.due, wish, calendar)
  if (known.open?.due === due) return already(turn, turn.db, known.open)
  check(turn, cell, due)
  const thought = other || turn.chosen ? undefined : secondThought(said.reason ?? '')
  if (thought === 'drop')
    return line(`好，没有申请。“${cell.indicator.name}”的期限还是${dayText(cell.due, now)}。`)
  // Another date for one's own request: why is known.
  const reason = (other ? undefined : said.reason) ?? known.open?.reason
  if (thought || !reason) return askReason(turn, cell, due, thought ? '还没有申请。' : '')
  return write(turn, cell, due, reason)
}

/** The number would vanish into the reason. */
function twoThings({ meaning }: Turn, beside: string): string {
  const name = meaning.indicators[0]?.candidates[0]?.name ?? ''
  const isNamed = meaning.indicators.some(({ start, end }) => beside.includes(meaning.text.slice(start, end)))
  return `这句话里像有两件事。请分开说：先报“${isNamed ? '' : name}${beside.trim()}”，我记下了再说延期。`
}

/** 撤回延期申请: one's own, while nobody has decided it. */
export async function withdraw(turn: Turn): Promise<Reply | Question> {
  const { db, roster, person, meaning, now } = turn
  const campaign = roster.campaign.id
  const open = await openRequests(db, campaign)
  const isNamed = ({ indicator }: Request) =>
    meaning.indicators.length === 0 ||
    meaning.indicators.some(({ candidates }) => candidates.some(({ id }) => id === indicator))
  const mine = open.filter((one) => one.asked_by === person?.id && isNamed(one))
  const meant = meaning.number === undefined ? mine : open.filter(({ id }) => id === meaning.number)
  const [request, ...more] = meant
  if (!request)
    throw new UserError(
      meaning.number ? `编号${meaning.number}不是等着批的延期申请。` : '您没有等着批的延期申请。',
    )
  if (request.asked_by !== person?.id)
    throw new UserError(`编号${request.id}是${request.asker}申请的，要由本人撤回。`)
  if (more.length > 0)
    return new Question(
      '撤回哪一个？',
      meant.map((one) => ({ label: moveText(turn, one), words: `撤回延期申请 编号${one.id}` })),
    )
  const text = `${person.name}撤回了延期申请（编号${request.id} ${moveText(turn, request)}），不用再批。`
  await writing(db, campaign, async (tx) => {
    const { clerks } = deskOf(roster, await decidersOf(tx, campaign, turn.today), request)
    if (!(await settle(tx, request, { state: 'withdrawn', by: person.name, at: now })))
      throw new UserError('这个申请刚才已经有人处理了。说“延期申请”看结果。')
    await turn.push(
      tx,
      notices(
        turn,
        request.id,
        'withdrawn',
        clerks.map(({ id }) => id),
        text,
      ),
    )
  })
  return line(`已撤回延期申请：${moveText(turn, request)}。期限还是${dayText(request.due_before, now)}。`)
}

/** What stands in the reason is not what is asked for. */
export function spotsOutside(spots: Spot[], { reasonAt }: Pick<ExtensionSaid, 'reasonAt'>): Spot[] {
  return spots.filter(({ start, end }) => !reasonAt || end <= reasonAt.start || start >= reasonAt.end)
}

function unitOf(turn: Turn, said: ExtensionSaid): Unit | Question {
  const [spot, ...more] = spotsOutside(turn.meaning.units, said)
  if (more.some((one) => !namesTheSame(one, spot)))
    throw new UserError('一次申请一个单位的，请分开说，如“金苑社区共建项目申请延期5天”。')
  return spot ? pickUnit(turn, spot) : (ownUnit(turn) ?? turn.roster.root)
}

async function cellOf(turn: Turn, unit: Unit, open: Line[], said: ExtensionSaid): Promise<Line | Question> {
  const [spot, ...more] = spotsOutside(turn.meaning.indicators, said)
  if (more.some((one) => !namesTheSame(one, spot)))
    throw new UserError('一次申请一项，请分开说，如“共建项目申请延期5天”。')
  if (!spot) return askIndicator(turn, unit, open)
  const indicator = pickIndicator(turn, spot)
  if (indicator instanceof Question) return indicator
  demandActive(indicator)
  const found = open.find((each) => each.indicator.id === indicator.id)
  if (found) return found
  const concerns = (await chartOf(turn, unit)).some(
    (each) => each.indicator.id === indicator.id && each.standing.share !== 'na',
  )
  throw new UserError(
    concerns
      ? `${unit.name}的“${indicator.name}”已经完成，不用延期。`
      : `${unit.name}不涉及“${indicator.name}”，不用延期。`,
  )
}

/** 监督员申请延期5天,监督员…: named twice. */
export const namesTheSame = ({ candidates }: Spot, other: Spot | undefined): boolean =>
  candidates.every(({ id }) => other?.candidates.some((one) => one.id === id))

/** What may still be moved, the nearest deadline first. */
function askIndicator(turn: Turn, unit: Unit, open: Line[]): Question {
  const { meaning, now, roster } = turn
  const movable = open
    .filter(({ due }) => due < roster.campaign.ends)
    .toSorted((a, b) => Number(a.due > b.due) - Number(a.due < b.due))
    .slice(0, mostChoices)
  if (movable.length === 0) throw new UserError(`${unit.name}没有可以延期的：没完成的都到活动结束才截止。`)
  return new Question(
    '哪一项要延期？',
    movable.map((cell) => ({
      label: `${cell.indicator.name} ${shownTo(turn, cell)}，${dayText(cell.due, now)}截止`,
      words: `${cell.indicator.name}${meaning.text}`,
    })),
    { said: meaning.text },
  )
}

function askDate({ meaning, now, today, roster }: Turn, { due, indicator, unit }: Line): Question {
  const { ends } = roster.campaign
  const dates = usualDates(due, today, ends)
  if (dates.length === 0) throw new UserError(atEnd(indicator.name, ends))
  return new Question(
    `${unit.short}·${indicator.name}现在${dayText(due, now)}截止。延到哪天？`,
    dates.map((date) => {
      const [year, month, dayOfMonth] = date.split('-').map(Number)
      return { label: dayText(date, now), words: `${meaning.text} 到${year}年${month}月${dayOfMonth}日` }
    }),
    { said: meaning.text },
  )
}

/** @param head what is said before it */
function askReason(turn: Turn, { due, indicator, unit }: Line, wish: string, head: string): Question {
  const [year, month, date] = wish.split('-').map(Number)
  // The date as it is meant by now, without what was said for a reason.
  const text = `${unit.name}${indicator.name}申请延期到${year}年${month}月${date}日`
  const what = moveText(turn, { unit: unit.id, indicator: indicator.id, due_before: due, due: wish })
  return new Question(
    `${head}${what}，为什么要延期？`,
    usualReasons.map((reason) => ({ label: reason, words: `${text},原因:${reason}` })),
    { said: `${text},原因:`, free: true },
  )
}

const atEnd = (name: string, ends: string) => `“${name}”到活动结束（${day(ends)}）才截止，不能再往后延。`

function check({ now, today, roster }: Turn, { due, indicator }: Line, date: string): void {
  const { ends } = roster.campaign
  const problem = objection(date, { due, today, ends })
  if (problem === undefined) return
  const example = `请说一个新的日期，如“${indicator.name}延期到${day(usualDates(due, today, ends).at(-1) ?? ends)}”。`
  if (due >= ends) throw new UserError(atEnd(indicator.name, ends))
  if (problem === 'after-end')
    throw new UserError(`${dayText(date, now)}过了活动结束的日子（${day(ends)}）。${example}`)
  if (problem === 'past') throw new UserError(`延到${dayText(date, now)}已经过去了。${example}`)
  throw new UserError(
    `“${indicator.name}”现在的期限是${dayText(due, now)}，${dayText(date, now)}不比它晚。${example}`,
  )
}

async function write(turn: Turn, cell: Line, due: string, reason: string): Promise<Reply | Question> {
  const { db, roster, person, now, today } = turn
  const campaign = roster.campaign.id
  const at = { unit: cell.unit.id, indicator: cell.indicator.id }
  if (!person) throw new UserError('我还不认识您。')
  return writing(db, campaign, async (tx) => {
    const { open } = await requestsOf(tx, campaign, at)
    if (open && !isMine(turn, open)) return already(turn, tx, open)
    if (open && !(await settle(tx, open, { state: 'withdrawn', by: person.name, at: now })))
      return already(turn, tx, open)
    const [fresh] = await chartCells(tx, roster, [at.unit], [cell.indicator])
    if (fresh?.due !== cell.due) throw new UserError('期限刚才改过了，请看一下新的期限再申请。')
    const asked = { ...at, due_before: cell.due, due, reason: reason.slice(0, 200) }
    const id = await addRequest(tx, campaign, person, now, asked)
    const request: Request = {
      ...{ ...asked, id, asked_by: person.id, asker: person.name },
      ...{ state: 'asked', passed_by: null, decided_by: null },
    }
    const desk = deskOf(roster, await decidersOf(tx, campaign, today), request)
    await turn.push(tx, toDecide(turn, request, desk, open))
    const words = `撤回延期申请 编号${id}`
    const instead = open ? `，原来的编号${open.id}作废` : ''
    return new Question(
      `已申请延期（编号${id}${instead}）：${moveText(turn, request)}，原因：${asked.reason}。${waitText(roster, desk)}，结果私聊告诉您；这期间不催这一项。`,
      [],
      { zero: { label: '回0撤回', words } },
    )
  })
}

const isMine = ({ person }: Turn, { asked_by }: Request): boolean => asked_by === person?.id

/** Only one request for a cell at a time: one's own is replaced by another date, that of somebody else is not. */
async function already(turn: Turn, db: Executor, open: Request): Promise<never> {
  const { roster, today } = turn
  const desk = deskOf(roster, await decidersOf(db, roster.campaign.id, today), open)
  throw new UserError(
    `这一项已经有一个延期申请：编号${open.id} ${moveText(turn, open)}，${waitText(roster, desk)}。${
      isMine(turn, open) ? '要改就说新的日期，不要了就说“撤回延期申请”。' : `要改请${open.asker}先撤回。`
    }`,
  )
}
