// Who leaves and who follows: found in the roster, or asked for by number (`domain.md` N18, N19).
import { pickUnit } from './args.ts'
import { titles } from './campaign/permissions.ts'
import type { Executor } from './database/connection.ts'
import { type Candidate, candidates, type Post, postsOf } from './database/handover-posts.ts'
import type { Unit } from './database/roster.ts'
import { UserError } from './errors.ts'
import { unitOf } from './handing-over-done.ts'
import { officeOf, officesOf } from './handing-over-words.ts'
import { type HandoverSaid, officesIn } from './language/handover.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'

/** The post that is handed over. @param words what the person could have said to mean this one */
export async function leaverOf(
  turn: Turn,
  { leaving: { start, end } }: HandoverSaid,
  words: (post: Post) => string,
): Promise<Post | Question> {
  const { roster, meaning, db } = turn
  const isIn = (spot: { start: number; end: number }) => spot.start >= start && spot.end <= end
  const person = meaning.people.findLast(isIn)
  const spot = meaning.units.findLast(isIn)
  const unit = spot && pickUnit(turn, spot)
  if (unit instanceof Question) return unit
  const roles = officesIn(meaning.text.slice(start, end))
  const campaign = roster.campaign.id
  const found = person
    ? await postsOf(db, campaign, { people: person.candidates.map(({ id }) => id) })
    : unit
      ? await postsOf(db, campaign, { unit: unit.id })
      : []
  const here = found.filter((post) => !unit || post.unit === unit.id)
  const meant = here.filter(({ role }) => (roles ?? (person ? [role] : headsOf(unit))).includes(role))
  const [first] = meant
  if (!first) throw new UserError(nobody(turn, person?.candidates[0]?.name, unit, found))
  const mine = meant.filter((post) => may(turn, 'handover', unitOf(roster, post)))
  const [only = first] = mine
  demand(turn, 'handover', unitOf(roster, only), '办交接')
  if (mine.length === 1) return only
  return new Question(
    '交接哪一项？',
    mine.map((post) => ({ label: `${post.name}（${officeOf(roster, post)}）`, words: words(post) })),
  )
}

/** 金苑社区以后由李强负责: whoever is at the head of it. */
const headsOf = (unit: Unit | undefined): Post['role'][] =>
  unit?.level === 'street' ? ['street_secretary'] : unit?.level === 'district' ? [] : ['secretary']

function nobody({ roster }: Turn, name: string | undefined, unit: Unit | undefined, found: Post[]): string {
  if (name && found.length > 0)
    return `${name}现在是${officesOf(roster, found)}，不是您说的职务。请核对后再说一次。`
  if (name) return `${name}现在没有职务，不用交接。`
  if (unit && found.length > 0)
    return `${unit.name}有${found.map((post) => `${titles[post.role]}${post.name}`).join('、')}。交接谁的？请说名字，例如“${found[0]?.name}换成李强”。`
  if (unit) return `名册里${unit.name}没有人任职。新任的请补进工作簿的“人员”表，再导入一次。`
  return '交接谁的？没找到这个人。请说名册里的姓名或职务，例如“金苑社区书记换成李强”。'
}

export type Successor = { known: Candidate } | { fresh: string }

/** Somebody of the roster or somebody new; whoever might be meant is asked for. */
export async function successorOf(
  turn: Turn,
  db: Executor,
  post: Post,
  { name, phoneMark }: { name: string; phoneMark: string | undefined },
  words: (to: { id: number } | 'fresh') => string,
): Promise<Successor | Question> {
  const { roster } = turn
  const campaign = roster.campaign.id
  if (phoneMark !== undefined) {
    const [owner] = await candidates(db, campaign, { phoneMark })
    if (owner && owner.name !== name)
      throw new UserError(`这个手机号在名册里是${owner.name}的。请核对后再说一次。`)
    if (owner && !needsConsent(owner, post)) return { known: owner }
    if (owner) return askAbout(turn, post, [owner], words)
  }
  const found = (await candidates(db, campaign, { name })).filter(({ id }) => id !== post.person)
  const [only] = found
  if (!only && name === post.name) throw new UserError(`接手的还是${name}本人，没有要交接的。`)
  if (!only) return { fresh: name }
  if (found.length === 1 && !needsConsent(only, post)) return { known: only }
  return askAbout(turn, post, found, words)
}

/** One who works elsewhere, or is said to have left, may be another of that name. */
const needsConsent = ({ status, posts }: Candidate, { unit }: Post) =>
  status === 'left' || posts.some((held) => held.unit !== unit)

function askAbout(
  { roster }: Turn,
  post: Post,
  found: Candidate[],
  words: (to: { id: number } | 'fresh') => string,
): Question {
  const [only] = found
  const name = only?.name ?? ''
  const another = { label: `是另一位同名的${name}（新登记）`, words: words('fresh') }
  const isLeft = (one: Candidate) => one.status === 'left'
  if (only && found.length === 1) {
    const asking = isLeft(only)
      ? `名册里有一位已经离开的${name}，是他吗？`
      : `${name}现在是${officesOf(roster, only.posts)}，也让他兼任${officeOf(roster, post)}吗？`
    return new Question(asking, [
      { label: isLeft(only) ? '是他' : '是，让他兼任', words: words(only) },
      another,
    ])
  }
  const place = (one: Candidate) => (isLeft(one) ? '已离开' : officesOf(roster, one.posts) || '还没有职务')
  return new Question(`名册里有${found.length}位${name}，是哪一位？`, [
    ...found.map((one) => ({ label: `${name}（${place(one)}）`, words: words(one) })),
    another,
  ])
}
