// Whose phone number is asked for, and who is told it (`domain.md` C2, N25). Only ever called in private.
import { pickIndicator, pickUnit } from './args.ts'
import { alertKey, responsiblesOf } from './database/alerts.ts'
import { type Post, postsOf } from './database/handover-posts.ts'
import { sealedPhones } from './database/phones.ts'
import type { Indicator, Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { unitOf } from './handing-over-done.ts'
import { officesOf } from './handing-over-words.ts'
import { officesIn } from './language/handover.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, may, ownUnit, type Turn } from './turn.ts'

/** 张建国的手机号, 金苑社区书记电话: of whoever is named, or of whoever is at the head of the unit. */
export async function phoneReply(turn: Turn): Promise<Reply | Question> {
  const { db, roster, keyring, meaning } = turn
  const [spot] = meaning.units
  const unit = spot && pickUnit(turn, spot)
  if (unit instanceof Question) return unit
  const [what] = meaning.indicators
  const indicator = what && pickIndicator(turn, what)
  if (indicator instanceof Question) return indicator
  const found = indicator
    ? await inCharge(turn, unit ?? ownUnit(turn) ?? roster.root, indicator)
    : await postsMeant(turn, unit)
  const [first] = found
  if (!first) throw new UserError(nobody(turn, unit))
  const seen = found.filter((post) => may(turn, 'phone', unitOf(roster, post)))
  if (seen.length === 0) demand(turn, 'phone', unitOf(roster, first), '看手机号')
  const people = [...new Set(seen.map(({ person }) => person))]
  const sealed = await sealedPhones(db, people)
  const rows = people.map((id) => {
    const posts = seen.filter(({ person }) => person === id)
    const phone = sealed.get(id)
    const who = `${posts[0]?.name ?? ''}（${officesOf(roster, posts)}）`
    return phone === undefined
      ? `${who}没有登记手机号。请区专班补进工作簿的“人员”表，再导入一次。`
      : `${who}：${keyring.open(phone)}`
  })
  return rows.length === 1 ? line(rows[0] ?? '') : lines(rows)
}

/** Who answers for an indicator in a unit; where nobody is named, its head. */
async function inCharge(turn: Turn, unit: Unit, indicator: Indicator): Promise<Post[]> {
  const { db, roster } = turn
  const person = (await responsiblesOf(db, roster.campaign.id)).get(alertKey(unit.id, indicator.id))
  const posts = person === undefined ? [] : await postsOf(db, roster.campaign.id, { people: [person] })
  return posts.length > 0 ? posts : postsMeant(turn, unit)
}

async function postsMeant(turn: Turn, unit: Unit | undefined): Promise<Post[]> {
  const { db, roster, meaning, person } = turn
  const campaign = roster.campaign.id
  const named = meaning.people.flatMap(({ candidates }) => candidates.map(({ id }) => id))
  const roles = officesIn(meaning.text)
  if (named.length > 0) {
    const posts = await postsOf(db, campaign, { people: named })
    return posts.filter((post) => !unit || post.unit === unit.id)
  }
  if (!unit && roles?.includes('district_admin')) return postsMeant(turn, roster.root)
  if (!unit)
    return person && /我|俺|咱/.test(meaning.text) ? postsOf(db, campaign, { people: [person.id] }) : []
  const posts = await postsOf(db, campaign, { unit: unit.id })
  return posts.filter(({ role }) => (roles ?? headsOf(unit)).includes(role))
}

/** Who is called when only the unit is named. */
const headsOf = ({ level }: Unit): Post['role'][] =>
  level === 'district' ? ['district_admin'] : level === 'street' ? ['street_secretary'] : ['secretary']

function nobody({ meaning }: Turn, unit: Unit | undefined): string {
  const [named] = meaning.people
  const name = named?.candidates[0]?.name
  if (name) return `${unit?.name ?? '名册里'}没有在岗的${name}。`
  if (unit) return `名册里${unit.name}没有这个职务的人。可以说“${unit.name}书记电话”。`
  return '要谁的手机号？请说姓名，或者单位和职务，例如“金苑社区书记电话”。'
}
