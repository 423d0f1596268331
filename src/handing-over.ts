// 交接: what was said, the preview, and what is done at the answer, when everything is checked again (`domain.md` N19).
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { readCalendar } from './database/calendar.ts'
import type { Executor } from './database/connection.ts'
import { newPerson, planHandover, plannedHandovers, setPhone } from './database/handover.ts'
import { holdingsOf } from './database/handover-holdings.ts'
import {
  type Candidate,
  candidates,
  otherDistrictClerk,
  type Post,
  postsOf,
} from './database/handover-posts.ts'
import { writing } from './database/writing.ts'
import { UserError } from './errors.ts'
import { awayText } from './handing-over-away.ts'
import { below, handOver, noticeTo, unitOf } from './handing-over-done.ts'
import { leaverOf, successorOf } from './handing-over-who.ts'
import { doneText, officeOf, plannedText, previewOf, type Told } from './handing-over-words.ts'
import { isTemporary, readFirstDay, readHandover } from './language/handover.ts'
import { dayText } from './language/when-format.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'

/** What is settled so far; it travels in the words behind a digit. */
const draftShape = z.object({
  /** The leaver's post. */
  post: z.number(),
  /** The successor: a name that is still to be found, an id, or the name of somebody new. */
  to: z.union([z.string(), z.number()]),
  fresh: z.boolean().optional(),
  on: z.string(),
  /** Sealed. */
  phone: z.string().optional(),
  /** What the preview said, as a hash: only that is agreed to. */
  seen: z.string().optional(),
})
type Draft = z.infer<typeof draftShape>

const mark = '交接#'
const wordsOf = (draft: Draft) => `${mark}${JSON.stringify(draft)}`

/** @returns the draft behind a digit: nobody can type one */
export function draftIn({ chosen, meaning: { text } }: Turn): Draft | undefined {
  if (!chosen || !text.startsWith(mark)) return undefined
  return draftShape.parse(JSON.parse(text.slice(mark.length)))
}

export const howToSay = '请这样说：“张建国换成李强”“金苑社区书记换成李强，从12月1日起”；带手机号请私聊我说。'

/** Also of one that was mistyped: it must not pass in silence. */
const speaksOfPhone = /电话|手机|联系方式|(?:\d[\s-]?){7,}/

/** 张建国换成李强: up to the preview. */
export async function prepare(turn: Turn): Promise<Question> {
  const { meaning, message, today, now, keyring, roster, db } = turn
  const { text } = meaning
  if (message.chat.kind === 'group' && speaksOfPhone.test(text))
    throw new UserError('手机号请私聊发给我，不要发在群里。')
  if (isTemporary(text)) throw new UserError(awayText(turn, await readCalendar(db)))
  const said = readHandover(text)
  if (!said) throw new UserError(`交接给谁？${howToSay}`)
  const on = readFirstDay(text, today, await readCalendar(db))
  if (!on) throw new UserError('从哪天起交接？请说今天或以后的一个日子，例如“从12月1日起”；不说就从今天起。')
  if (on > roster.campaign.ends) throw new UserError(`${dayText(on, now)}行动已经结束了，不用交接。`)
  const { successor, phone } = said
  if (!phone && speaksOfPhone.test(text)) throw new UserError('没看清手机号，要11位数字。请核对后再说一次。')
  const rest = { on, ...(phone && { phone: keyring.seal(phone) }) }
  const post = await leaverOf(turn, said, ({ id }) => wordsOf({ post: id, to: successor ?? '', ...rest }))
  if (post instanceof Question) return post
  return follow(turn, { post: post.id, to: successor ?? '', ...rest })
}

/** The next question of a draft: who the successor is, or the preview. */
export async function follow(turn: Turn, draft: Draft): Promise<Question> {
  const { db, roster } = turn
  const post = await postIn(turn, db, draft)
  if (draft.to === '') return askWho(turn, post, draft)
  if (typeof draft.to === 'string' && !draft.fresh) {
    const phoneMark = phoneOf(turn, draft)?.mark
    const found = await successorOf(turn, db, post, { name: draft.to, phoneMark }, (to) =>
      wordsOf(to === 'fresh' ? { ...draft, fresh: true } : { ...draft, to: to.id }),
    )
    if (found instanceof Question) return found
    return follow(turn, 'known' in found ? { ...draft, to: found.known.id } : { ...draft, fresh: true })
  }
  const text = previewOf(roster, await gather(turn, db, draft))
  return new Question(text, [{ label: '交接（回0不办）', words: wordsOf({ ...draft, seen: hash(text) }) }], {
    yes: true,
  })
}

/** 张建国调走了: the name that is said next completes the sentence. */
function askWho({ roster, today, now }: Turn, post: Post, { on }: Draft): Question {
  const from = on === today ? '' : `从${dayText(on, now).replace(/\(.*/, '')}起`
  const said = `${from}${post.name}换成`
  return new Question(`谁来接${post.name}的${officeOf(roster, post)}？`, [], { said })
}

/** The answer to the preview: does it, or shows the preview again when it would do something else by now. */
export async function agree(turn: Turn, draft: Draft): Promise<Reply | Question> {
  const { db, roster, today, now, person, push } = turn
  const campaign = roster.campaign.id
  const by = { campaign, at: now, actor: person?.name ?? '', person: person?.id ?? null }
  const done = await writing(db, campaign, async (tx) => {
    const told = await gather(turn, tx, draft)
    if (hash(previewOf(roster, told)) !== draft.seen) return undefined
    const phone = phoneOf(turn, draft)
    if (phone && told.to && !told.to.hasPhone) await setPhone(tx, told.to.id, phone)
    const to = told.to ?? (await newPerson(tx, by, { name: told.name, ...(phone && { phone }) }))
    const { holdings, starts } = told
    if (starts <= today) {
      await handOver(tx, { roster, holdings, to, starts, by, push })
      return line(doneText(roster, told))
    }
    const text = `${officeOf(roster, holdings.post)}${dayText(starts, now)}起由${holdings.post.name}交给${to.name}，到那天零点办。`
    const id = await planHandover(tx, { holdings, to, starts, by }, text)
    const [from] = await candidates(tx, campaign, { id: holdings.post.person })
    const reached = [from, to].filter((one) => one && one.accounts.length > 0)
    await push(
      tx,
      reached.flatMap((one) => (one ? [noticeTo(one.id, text, `handover-plan:${id}:${one.id}`, by)] : [])),
    )
    const zero = { label: '回0取消', words: `取消交接 编号${id}` }
    return new Question(plannedText(roster, told, id), [], { zero })
  })
  if (done) return done
  const { seen, ...again } = draft
  const question = await follow(turn, again)
  return new Question(`刚才有变化，请再看一遍：${question.text}`, question.options, { yes: question.yes })
}

/** Everything that the handover is made of, checked; read it inside the transaction that writes. */
async function gather(turn: Turn, db: Executor, draft: Draft): Promise<Told> {
  const { roster, now } = turn
  const campaign = roster.campaign.id
  const post = await postIn(turn, db, draft)
  const [to] = typeof draft.to === 'number' ? await candidates(db, campaign, { id: draft.to }) : []
  const name = to?.name ?? String(draft.to)
  if (to?.id === post.person) throw new UserError(`接手的还是${name}本人，没有要交接的。`)
  const hasNumber = await checkPhone(turn, db, draft, to)
  const held = await postsOf(db, campaign, { people: [post.person] })
  const holdings = await holdingsOf(db, campaign, {
    ...{ post, held, below: below(roster, post), now, ...(to && { to }) },
  })
  for (const plan of await plannedHandovers(db, campaign)) {
    const at = `${dayText(plan.starts, now)}起${officeOf(roster, plan)}由${plan.fromName}交给${plan.toName}`
    if (plan.assignment === post.id || (holdings.leaves && plan.to === post.person))
      throw new UserError(`已经定了：${at}。要改先说“取消交接 编号${plan.id}”。`)
  }
  const isReachable = hasNumber || (to?.accounts.length ?? 0) > 0
  if (
    post.role === 'district_admin' &&
    !isReachable &&
    !(await otherDistrictClerk(db, campaign, post.person))
  )
    throw new UserError(`交接后全区就没有专班能用我了。请私聊我带上${name}的手机号再说一次。`)
  return { holdings, name, to, hasPhone: hasNumber, starts: draft.on, now }
}

/** The post, while it is held and the person may hand it over. */
async function postIn(turn: Turn, db: Executor, draft: Draft): Promise<Post> {
  const [post] = await postsOf(db, turn.roster.campaign.id, { id: draft.post })
  if (!post) throw new UserError('这项职务刚才已经交接过了。说“交接”看看还有什么。')
  demand(turn, 'handover', unitOf(turn.roster, post), '办交接')
  return post
}

function phoneOf({ keyring }: Turn, { phone }: Draft): { sealed: string; mark: string } | undefined {
  return phone === undefined ? undefined : { sealed: phone, mark: keyring.mark(keyring.open(phone)) }
}

/**
 * A number opens an account: it is written only for somebody new, or without a number and within the clerk's reach.
 * @returns whether the successor has, or will have, a number in the roster
 */
async function checkPhone(
  turn: Turn,
  db: Executor,
  draft: Draft,
  to: Candidate | undefined,
): Promise<boolean> {
  const phone = phoneOf(turn, draft)
  if (!phone) return to?.hasPhone ?? false
  const [owner] = await candidates(db, turn.roster.campaign.id, { phoneMark: phone.mark })
  if (owner && owner.id !== to?.id)
    throw new UserError(`这个手机号在名册里是${owner.name}的。请核对后再说一次。`)
  if (!to || owner) return true
  if (to.hasPhone)
    throw new UserError(`名册里${to.name}的手机号不是这个。号码换了请先改名册，或者不带手机号再说一次。`)
  if (!to.posts.every((held) => may(turn, 'bind_person', unitOf(turn.roster, held))))
    throw new UserError(`${to.name}的手机号要由区专班登记。请不带手机号再说一次。`)
  return true
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16)
