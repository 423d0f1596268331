// The words of a nudge: what is asked before it, what people get, and what is told of it afterwards.
import { exampleOf } from './alert-words.ts'
import { dateOf, timeOf } from './clock.ts'
import type { Told } from './database/alerts.ts'
import { dayText } from './language/when-format.ts'
import type { Lacking } from './missing.ts'
import type { Asked } from './missing-asked.ts'
import { listed, names, shortNames } from './missing-words.ts'
import type { Addressee, Nudge } from './nudging.ts'
import type { Turn } from './turn.ts'

const mostItems = 5

/** To a person: each unit with what it lacks, and how to be done with it. */
export function inPrivate(lacking: Lacking[], by: string): string {
  const units = lacking.map(({ unit, never, carried }) => {
    const items = [
      ...(never.length > 0 ? [`${names(never, mostItems)}还没报过`] : []),
      ...(carried.length > 0 ? [`${names(carried, mostItems)}好久没更新`] : []),
    ]
    return `${unit.name}${items.length > 0 ? `：${items.join('，')}` : '这期还没报数'}`
  })
  const open = lacking.flatMap((one) => [...one.never, ...one.carried].map((each) => ({ ...one, each })))
  const [first] = open
  const example = exampleOf(open.map(({ each }) => ({ indicator: each, cell: { target: null } })))
  const named = lacking.length > 1 ? `${first?.unit.name}${example}` : example
  const how = [
    first ? `直接回“${named}”这样的话就行` : '有变化就把现在的数告诉我',
    // 没有新进展 stands for a number that was reported once.
    ...(lacking.some(({ carried, silent }) => carried.length > 0 || silent)
      ? ['数没变就回“没有新进展”']
      : []),
  ]
  return `${by}催报：${units.join('；')}。${how.join('；')}。`
}

/** In a group, one line for those who can be reached in no other way. */
export function inGroup(lacking: Lacking[], by: string): string {
  const units = shortNames(lacking.map(({ unit }) => unit)).join('、')
  return `${by}催报：${units}还没报数，请 @我 报一下；数没变就说“没有新进展”。`
}

/** What a nudge is about: with an indicator, of that one alone. */
type About = Pick<Asked, 'indicator'>

/** 要催3个单位：金苑、…。1个单位这期催过了，不再催。Of one indicator: 要催3个单位没报“共建项目”：… */
export function previewText(
  turn: Turn,
  { scope, indicator }: About & Pick<Asked, 'scope'>,
  nudge: Nudge,
): string {
  const units = unitsOf(nudge.fresh)
  const list = listed(turn.roster, scope, units)
  const only = indicator ? `没报“${indicator.name}”` : ''
  return sentences([
    `要催${units.length}个单位${only}：${list}`,
    ...restOf(nudge),
    ...later(turn, nudge, '发'),
  ])
}

/** How many were nudged, how, and how many were not, and why. */
export function sentText(turn: Turn, nudge: Nudge): string {
  const { fresh } = nudge
  const privately = fresh.filter(({ way }) => way === 'private').length
  const ways = [
    ...(privately > 0 ? [`私聊${privately}人`] : []),
    ...(fresh.length > privately ? [`群里@${fresh.length - privately}人`] : []),
  ]
  const done = `${nudge.at > turn.now ? '已排好' : '已催'}${unitsOf(fresh).length}个单位（${ways.join('，')}）`
  return sentences([
    done,
    ...restOf(nudge),
    ...later(turn, nudge, '发出，那时报了的不催；不催了说“取消催报”'),
  ])
}

/** 催了没有: what was done about those who have not reported, without doing more. */
export function soFarText(about: About, nudge: Nudge): string {
  if (nudge.lacking.length === 0) return nothingText(about)
  const rest = unitsOf(nudge.fresh)
  const short = shortNames(rest.map(({ unit }) => unit)).map((name) => ({ name }))
  const todo = rest.length > 0 ? [`还没催${rest.length}个单位：${names(short)}；要催说“催一下”`] : []
  const already = unitsOf(nudge.already).length
  return sentences([
    already > 0 ? `没报的里这期催过${already}个单位` : '没报的这期还没催过',
    ...todo,
    ...leftOut(nudge),
  ])
}

/** Why nobody is nudged. */
export function nobodyText(about: About, nudge: Nudge): string {
  return nudge.lacking.length === 0 ? nothingText(about) : sentences(['没有能催的', ...restOf(nudge)])
}

const nothingText = ({ indicator }: About) =>
  indicator ? `“${indicator.name}”该报的都报了，没有要催的。` : '该报的都报了，没有要催的。'

/** Who of those who have not reported is left out. */
const restOf = (nudge: Nudge): string[] => {
  const already = unitsOf(nudge.already).length
  return [...(already > 0 ? [`${already}个单位这期催过了，不再催`] : []), ...leftOut(nudge)]
}

/** Who is not nudged whenever it is said: silenced, or out of reach. */
function leftOut({ silenced, unreached }: Nudge): string[] {
  const quiet = shortNames(silenced.map(({ unit }) => unit))
  const reasons = silenced.map(({ why }, at) => ({ name: `${quiet[at]}（${why}）` }))
  const short = shortNames(unreached.map(({ unit }) => unit))
  const whys = unreached.map(({ person }, at) => ({ name: `${short[at]}（${whyNot(person)}）` }))
  return [
    ...(reasons.length > 0 ? [`${reasons.length}个单位先不催：${names(reasons, mostItems)}`] : []),
    ...(whys.length > 0 ? [`${whys.length}个单位联系不上：${names(whys, mostItems)}`] : []),
  ]
}

function whyNot(person: Told | undefined): string {
  if (!person) return '没有书记'
  return person.accounts.length > 0 ? `发不到${person.name}` : `${person.name}没绑定账号`
}

const unitsOf = (addressees: Addressee[]) => addressees.flatMap(({ lacking }) => lacking)
const sentences = (all: string[]) => `${all.join('。')}。`

/** 11月23日(周一)9:00发; nothing when it goes out at once. */
function later({ now }: Turn, { at }: Nudge, doing: string): string[] {
  if (at <= now) return []
  return [`现在是休息时间，${dayText(dateOf(at), now)}${timeOf(at).replace(/^0/, '')}${doing}`]
}
