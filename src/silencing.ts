// Silences of deadline alerts: whose, until when and why; what is missing is asked for (`domain.md` C6 Silence).
import { pickUnit } from './args.ts'
import { addDays } from './clock.ts'
import { findPeople } from './database/bindings.ts'
import { readCalendar } from './database/calendar.ts'
import type { Unit } from './database/roster.ts'
import { beginSilence, endSilence, type Silence, type Silenced, silencesOn } from './database/silences.ts'
import { UserError } from './errors.ts'
import { reasonOrElse } from './language/second-thought.ts'
import { readSilence } from './language/silence.ts'
import { mostDays } from './language/until.ts'
import { dayText } from './language/when-format.ts'
import { line, lines, type Reply } from './message.ts'
import { Question } from './question.ts'
import { demand, may, type Turn } from './turn.ts'

interface Whose {
  silenced: Silenced
  name: string
  unit: Unit
}

/** 金苑社区停工到12月10日，先不催: needs an end within 30 days, and a reason. */
export async function silence(turn: Turn): Promise<Reply | Question> {
  const { db, now, today, meaning } = turn
  const whose = await whoseIn(turn)
  if (whose instanceof Question) return whose
  demand(turn, 'cancel_reminder', whose.unit, '停催')
  const calendar = await readCalendar(db)
  const { from, until, reason } = readSilence(meaning.text, { now, today, calendar })
  if (until === undefined) return askUntil(turn, whose)
  if (until < today) throw new UserError('那天已经过去了。请说停到哪天，如“到12月1日”。')
  if (until >= addDays(today, mostDays))
    throw new UserError(
      `最多停催${mostDays}天，到${dayText(addDays(today, mostDays - 1), now)}为止。到时候还要停，再说一次。`,
    )
  const thought = turn.chosen || !reason ? undefined : reasonOrElse(reason)
  if (thought === 'drop') return line(`好，没有停催。${whose.name}的期限照常提醒。`)
  if (!reason || thought === 'ask') return askReason(turn, whose, reason)
  const { name, silenced } = whose
  await beginSilence(db, actorOf(turn), silenced, { until, reason: reason.slice(0, 100), subject: name })
  const what = 'person' in silenced ? '的期限提醒不发给本人' : '的期限不催'
  return new Question(
    `好，${name}${what}，${from ? '从今天起，' : ''}到${dayText(until, now)}为止（${reason}）。${from ? '以后才开始的先记不了。' : ''}期限不变，报数照常。`,
    [],
    {
      zero: { label: '回0恢复', words: `恢复提醒${wordsFor(whose)}` },
    },
  )
}

/** 恢复提醒金苑社区 */
export async function restore(turn: Turn): Promise<Reply | Question> {
  const whose = await whoseIn(turn)
  if (whose instanceof Question) return whose
  demand(turn, 'cancel_reminder', whose.unit, '恢复提醒')
  const was = await endSilence(turn.db, actorOf(turn), whose.silenced, whose.name, turn.today)
  return line(was ? `好，${whose.name}恢复提醒。` : `${whose.name}没有停催，该提醒时会提醒。`)
}

/** 静默有哪些: of those units that one is a clerk of. */
export async function listSilences(turn: Turn): Promise<Reply> {
  const { db, roster, today, now, chatUnit } = turn
  const campaign = roster.campaign.id
  const rows: string[] = []
  for (const one of await silencesOn(db, campaign, today)) {
    const unit = await unitOf(turn, one)
    if (!may(turn, 'cancel_reminder', unit) || (chatUnit && !roster.isWithin(unit.id, chatUnit.id))) continue
    const who = one.person === null ? unit.name : `${one.name}（${unit.name}）`
    rows.push(`${who} 到${dayText(one.until, now)}，${one.reason}（${one.by}设）`)
  }
  if (rows.length === 0) return line('现在没有停催的。要停就说“金苑社区停工到12月10日，先不催”。')
  return lines([...rows, '要提前恢复，说“恢复提醒某某”。'], `停催的有${rows.length}个`)
}

/** The person who is named, else the unit. Of several people with one name it is asked which. */
async function whoseIn(turn: Turn): Promise<Whose | Question> {
  const { meaning, roster } = turn
  const [person] = meaning.people
  const [spot] = meaning.units
  const unit = spot ? pickUnit(turn, spot) : undefined
  if (unit instanceof Question) return unit
  if (!person) {
    if (!unit) throw new UserError('停哪个单位或哪个人的提醒？如“金苑社区停工到12月10日，先不催”。')
    return { silenced: { unit: unit.id }, name: unit.name, unit }
  }
  const all: (Whose & { name: string })[] = []
  for (const { id } of person.candidates) {
    const [info] = await findPeople(turn.db, roster.campaign.id, { id })
    const at = info && (roster.units.get(info.unit ?? roster.root.id) ?? roster.root)
    if (info && at && (!unit || roster.isWithin(at.id, unit.id)))
      all.push({ silenced: { person: id }, name: info.name, unit: at })
  }
  const ours = all.filter((one) => may(turn, 'cancel_reminder', one.unit))
  const meant = ours.length > 0 ? ours : all
  const [only, ...more] = meant
  if (!only) throw new UserError(`${unit?.name ?? '名册里'}没有在岗的${person.candidates[0]?.name}。`)
  if (more.length === 0) return only
  if (unit)
    throw new UserError(
      `${unit.name}有${meant.length}位${only.name}，分不清是哪一位。请区专班在名册里改一下名字。`,
    )
  const options = meant.map((one) => ({
    label: `${one.unit.name}${one.name}`,
    words: `${one.unit.name}${meaning.text}`,
  }))
  return new Question('您说的是哪一位？', options)
}

function askUntil({ meaning: { text }, today, now }: Turn, { name }: Whose): Question {
  const options = [2, 6, 13].map((days) => {
    const [, month, day] = addDays(today, days).split('-').map(Number)
    return { label: `到${dayText(addDays(today, days), now)}`, words: `${text} 到${month}月${day}日` }
  })
  return new Question(`${name}停催到哪天？`, options, { said: `${text} 到` })
}

/** @param unfit what was said instead of a reason */
function askReason({ meaning }: Turn, { name, silenced }: Whose, unfit = ''): Question {
  // The question is asked of what was said before the answer, not of both.
  const text = unfit && meaning.reason ? meaning.text.slice(0, meaning.reason.start) : meaning.text
  const usual = 'person' in silenced ? ['请假', '住院', '外出学习'] : ['停工', '换届', '防汛']
  return new Question(
    `${unfit && '还没有停催。'}${name}为什么停催？`,
    usual.map((reason) => ({ label: reason, words: `${text},原因:${reason}` })),
    { said: `${text},原因:`, free: true },
  )
}

async function unitOf({ db, roster }: Turn, { unit, person }: Silence): Promise<Unit> {
  if (unit !== null) return roster.units.get(unit) ?? roster.root
  const [info] = await findPeople(db, roster.campaign.id, { id: person ?? 0 })
  return roster.units.get(info?.unit ?? roster.root.id) ?? roster.root
}

/** Unmistakable: with the unit before the person's name. */
const wordsFor = ({ silenced, name, unit }: Whose) =>
  'person' in silenced && unit.parent !== null ? `${unit.name}${name}` : name

const actorOf = ({ roster, now, person }: Turn) => ({
  ...{ campaign: roster.campaign.id, at: now, actor: person?.name ?? '' },
})
