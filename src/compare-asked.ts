// Who is compared with whom, or with which day of the past (`domain.md` C3.9, C7).
import { pickUnit } from './args.ts'
import { dayOf, monthOf } from './campaign/dates.ts'
import { addDays } from './clock.ts'
import type { Unit } from './database/roster.ts'
import type { Level } from './database/schema.ts'
import { UserError } from './errors.ts'
import type { Spot } from './language/lexicon.ts'
import { findNumbers } from './language/numerals.ts'
import { findPeriod } from './language/periods.ts'
import { Question } from './question.ts'
import type { Sentence, Turn } from './turn.ts'
import { ranked } from './whose.ts'
import { standingOf } from './why-place.ts'

/** Places below this may be told only where the whole table may be. */
const best = 3
export const placeWords =
  /(?:跟|和|与|同|比|离|距离?)?(?:((?<!倒数)第一(?!时间|书记|责任人|批|步|督导组|要务)|榜首|头名)|([上前]一名|前面|前头|前边|前一家)|(下一名|后一名|后面|后头|后边)|(?<!倒数)第([一二三四五六七八九十\d]+)(?:名|(?![个条项次批季周届期组督])))/

/** The two units that are meant: both said, one said and one's own, or one and whoever has a place. */
export async function pairOf(turn: Turn): Promise<[Unit, Unit] | Question> {
  const { meaning } = turn
  const spots = meaning.units
  if (spots.length > 2) throw new UserError('一次只比两个单位。可以说“金苑和汝河小区比一比”。')
  const [one, other] = spots
  const place = placeWords.exec(meaning.text)
  if (one && other) return bothOf(turn, one, other)
  if (place) {
    const unit = one ? pickUnit(turn, one) : mine(turn)
    if (unit instanceof Question) return unit
    return [unit, await whoHas(turn, unit, place)]
  }
  const unit = mine(turn)
  if (unit instanceof Question || !one)
    throw new UserError('和谁比？可以说“跟汝河小区比一下”，或“跟上周比怎么样”。')
  const with_ = pickUnit(turn, ofLevel(turn, one, unit.level))
  return with_ instanceof Question ? with_ : [unit, with_]
}

/** The day whose end is looked back at, and what it was called; undefined when no day of the past is said. */
export function thenIn({
  meaning,
  today,
}: Pick<Turn, 'meaning' | 'today'>): { date: string; label: string } | undefined {
  const text = pastPart(meaning.text, today)
  const end = /(上个?|\d{1,2}|[一二三四五六七八九十]{1,2})?月[底末]/.exec(text)
  if (end) {
    const month = endingIn(end[1], today)
    return { date: dayOf(month, -1), label: `${(month % 12) + 1}月底` }
  }
  if (/年初|今年以来/.test(text)) return { date: `${Number(today.slice(0, 4)) - 1}-12-31`, label: '年初' }
  if (/月初|这个月以来|本月以来/.test(text)) return { date: dayOf(monthOf(today) - 1, -1), label: '月初' }
  const found = findPeriod(text, today, 'back')
  if (meaning.day !== undefined && meaning.day < today && !(found && found.period.end < meaning.day)) {
    const { day } = meaning
    return { date: day, label: `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日` }
  }
  if (!found || found.period.start > today) return undefined
  const { start, end: last } = found.period
  const label = text.slice(found.start, found.end)
  // What is still running is compared with how it began.
  return last < today ? { date: last, label } : { date: addDays(start, -1), label: `${label}以前` }
}

/** 这周和上周比: of two times the past one is meant; the other is now. @throws UserError where both are over */
function pastPart(text: string, today: string): string {
  const at = text.search(/(?:跟|和|与|同|比|较)(?:上|去|前|昨|\d|[一二三四五六七八九十]+月|年初|月初)/)
  const first = at > 0 ? findPeriod(text.slice(0, at), today, 'back') : undefined
  if (!first) return text
  const label = text.slice(first.start, first.end)
  if (first.period.end < today)
    throw new UserError(`只比得出从过去到现在的变化。可以说“现在跟${label}比怎么样”。`)
  return text.slice(at)
}

/** Months since the year 0 of the month whose end is meant: the latest that is over. */
function endingIn(word: string | undefined, today: string): number {
  const now = monthOf(today)
  const number = Number(word === undefined ? 0 : (findNumbers(word)[0]?.value ?? 0))
  if (number < 1 || number > 12) return now - 1
  const month = now - (now % 12) + number - 1
  return dayOf(month, -1) < today ? month : month - 12
}

/** 汝河路和桐柏路: a name that a street and a community share is that of the level of the other. */
export function bothOf(turn: Sentence, one: Spot, other: Spot): [Unit, Unit] | Question {
  const level = levelOf(turn, one) ?? levelOf(turn, other)
  const a = level ? pickUnit(turn, ...fixed(turn, one, level)) : pickUnit(turn, one)
  if (a instanceof Question) return a
  const b = pickUnit(turn, ...fixed(turn, other, a.level))
  return b instanceof Question ? b : [a, b]
}

/** The spot narrowed to a level, and that level if any of it is there. */
function fixed(turn: Sentence, spot: Spot, level: Level): [Spot, Level?] {
  const narrowed = ofLevel(turn, spot, level)
  return unitsOf(turn, narrowed).every((unit) => unit.level === level) ? [narrowed, level] : [narrowed]
}

const unitsOf = ({ roster }: Sentence, { candidates }: Spot) =>
  candidates.flatMap(({ id }) => roster.units.get(id) ?? [])

function levelOf(turn: Sentence, spot: Spot): Level | undefined {
  const [only, more] = unitsOf(turn, spot)
  return more ? undefined : only?.level
}

/** The units of that level that a spot may mean; when there is none, all of them. */
export function ofLevel(turn: Sentence, spot: Spot, level: Level): Spot {
  const fitting = new Set(unitsOf(turn, spot).flatMap((unit) => (unit.level === level ? unit.id : [])))
  return fitting.size === 0
    ? spot
    : { ...spot, candidates: spot.candidates.filter(({ id }) => fitting.has(id)) }
}

/** Without a unit in the sentence it is one's own, also where the group's would be meant by a question. */
function mine(turn: Turn): Unit | Question {
  const { meaning } = turn
  const text = /我|俺|咱/.test(meaning.text) ? meaning.text : `我们${meaning.text}`
  return ranked()({ ...turn, meaning: { ...meaning, text, units: [] } })
}

async function whoHas(
  turn: Turn,
  unit: Unit,
  [, first, above, below, number]: RegExpExecArray,
): Promise<Unit> {
  const standing = await standingOf(turn, unit)
  if (!standing) throw new UserError(`${unit.name}没有名次可以比。`)
  const { lines } = standing.group
  const at = lines.findIndex(({ of }) => of.id === unit.id)
  const rank = first ? 1 : Number(findNumbers(number ?? '')[0]?.value ?? 0)
  const found = above ? lines[at - 1] : below ? lines[at + 1] : lines.findLast((line) => line.rank <= rank)
  if (!found || (rank > lines.length && !above && !below))
    throw new UserError(above ? `${unit.name}前面没有别的单位了。` : '没有这个名次。')
  if (!standing.sees && found.rank > best)
    throw new UserError('这里只看得到前三名和本单位的名次。可以问“我们跟第一名差几分”。')
  if (found.of.id === unit.id) throw new UserError(`${unit.name}自己就是第${found.rank}名。`)
  return found.of
}
