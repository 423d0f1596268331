// Who is in charge: of an indicator in a unit, of a unit, in a team; and where somebody works. Names, never numbers.
import { indicator as indicatorSaid, strangerInGroup, strangerInPrivate, unit as unitSaid } from './args.ts'
import { type Post, postsOf, teamPosts } from './database/handover-posts.ts'
import { chartCells, leavesOf } from './database/progress.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { officesOf } from './handing-over-words.ts'
import { officesIn } from './language/handover.ts'
import { teamIn } from './language/inspection.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, type Turn } from './turn.ts'

/** A message holds no more people than this; the rest is counted. */
const mostRows = 15

export async function responsibleReply(turn: Turn): Promise<Reply | Question> {
  const { db, roster, meaning } = turn
  const [person] = meaning.people
  const { campaign } = roster
  if (!turn.person)
    throw new UserError(turn.message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
  if (person) {
    const ids = person.candidates.map(({ id }) => id)
    return postsReply(turn, await postsOf(db, campaign.id, { people: ids }), person.candidates[0]?.name ?? '')
  }
  const team = teamIn(meaning.text)?.name
  if (team) {
    const posts = await teamPosts(db, campaign.id, team)
    if (posts.length === 0) throw new UserError(`名册里没有${team}的人。请区专班在工作簿的“人员”表里补上。`)
    return line(`${team}：${namesOf(posts)}`)
  }
  const found = unitSaid('chat')(turn)
  if (found instanceof Question) return found
  const indicator = indicatorSaid()(turn)
  if (indicator instanceof Question) return indicator
  demand(turn, 'progress', found, '看谁负责')
  return indicator ? inCharge(turn, found, indicator) : headsReply(turn, found)
}

/** 张建国：金苑社区书记. Several of one name are all told. */
function postsReply({ roster }: Turn, posts: Post[], name: string): Reply {
  if (posts.length === 0) throw new UserError(`名册里没有在岗的${name}。`)
  const people = [...new Set(posts.map(({ person }) => person))]
  const rows = people.map((id) => {
    const own = posts.filter(({ person }) => person === id)
    return `${own[0]?.name ?? ''}：${officesOf(roster, own)}`
  })
  return rows.length === 1 ? line(rows[0] ?? '') : lines(rows)
}

/** Who holds the post that is named in the unit; without one, its head. */
async function headsReply({ db, roster, meaning }: Turn, unit: Unit): Promise<Reply> {
  const posts = await postsOf(db, roster.campaign.id, { unit: unit.id })
  const asked = officesIn(meaning.text)
  const found = posts.filter(({ role }) => (asked ?? headOf(unit)).includes(role))
  if (found.length > 0) return line(`${officesOf(roster, found.slice(0, 1))}：${namesOf(found)}`)
  const others = posts.length > 0 ? `名册里有：${officesOf(roster, posts)}。` : ''
  throw new UserError(`名册里${unit.name}没有这个职务的人。${others}缺的请区专班补进工作簿的“人员”表。`)
}

const headOf = ({ level }: Unit): Post['role'][] =>
  level === 'district' ? ['district_admin'] : level === 'street' ? ['street_secretary'] : ['secretary']

/** The responsible of each cell; of a street, those of its communities and villages. */
async function inCharge({ db, roster }: Turn, unit: Unit, indicator: Indicator): Promise<Reply> {
  const units = leavesOf(roster, unit.id)
  const found = await chartCells(db, roster, units, [indicator])
  // In the order of the roster.
  const cells = units.flatMap((id) => found.filter((cell) => cell.unit === id))
  if (cells.length === 0) throw new UserError(`${unit.name}没有“${indicator.name}”这项。`)
  const rows = cells
    .filter(({ applies }) => applies)
    .map((cell) => `${roster.units.get(cell.unit)?.short ?? ''} ${cell.responsible ?? '未指定'}`)
  if (rows.length === 0) throw new UserError(`${unit.name}不涉及“${indicator.name}”。`)
  const [only] = cells
  if (cells.length === 1 && only)
    return line(
      only.responsible === null
        ? `${unit.name}·${indicator.name}还没有指定责任人，由书记负责。请区专班在工作簿的“目标”表里填上。`
        : `${unit.name}·${indicator.name}的责任人：${only.responsible}`,
    )
  const shown = rows.slice(0, mostRows)
  const more = rows.length - shown.length
  return lines([
    `${unit.name}·${indicator.name}各单位责任人：`,
    ...shown,
    ...(more > 0 ? [`还有${more}个单位，问“某某社区${indicator.name}归谁管”。`] : []),
  ])
}

const namesOf = (posts: Post[]) => [...new Set(posts.map(({ name }) => name))].join('、')
