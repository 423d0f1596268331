// Who and what belongs where: a group to a unit, a name to a unit, a person to a duty (`domain.md` §1).
import { pickUnit } from '../args.ts'
import { readAlias } from '../language/alias-said.ts'
import type { Spot } from '../language/lexicon.ts'
import { Question } from '../question.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { pickedUnit } from './places.ts'

/** What follows 换成, 叫, 是 and is a name that nobody here has yet. */
const newcomer =
  /(?:换成了?|换为|换(?!人|届|成|为|了|书记)|改成|改为|变成|调整为|改由|交给|移交给|转给|由|让|请|是|叫|换了|绑定[成为到]?|绑[成为到]?|把|给|:|,|，|\s)\s*(?:新(?:来|任)?的?书记|同志)?\s*(?!书记|社区|街道|村|别人|他|她|谁|咱|我|你|由|让|请|是|叫|换|改)([\p{Script=Han}]{2,4}?)(?=同志|书记|接|来|去|负责|担任|当|干|顶|替|上任|管|绑|了|吧|啊|呀|,|，|。|;|!|\s|$)/gu
const takes =
  /(?:^|[\s,，。由让请是在])(?!现在|现|在|由|让|请|是|以后|今后)([\p{Script=Han}]{2,4}?)(?:同志)?(?:来)?(?:接的?|接任|接手|接替|接班|顶上|顶替|上任|担任|当)(?:的|了)?/u
const noName =
  /^(?:不|没|调|卸任|免职|病|提拔|升任|退|辞|离|换|书记|社区|街道|村|调走|退休|绑|接|咱|俺|这|那|以后|今后|现在|今天|开始|从|新的|新来|新任|的|了|给|帮|一下|到|成|为|把)|书记|绑[定一]?$|换届|别名/

/** 绑定: the group, somebody's account or, by an alias, a name. */
export function bindIntent(heard: Heard): Intent {
  const { text, people, units } = heard.meaning
  const isGroup = /群/.test(text)
  if (!isGroup && /书记|主任|委员|填报员|督导员/.test(text) && units.length > 0) return successorIntent(heard)
  const person = people[0]?.candidates[0]?.name
  if (!isGroup && (person || units.length === 0)) {
    const name = person ?? /^绑定(?:为|成|到)?\s*(\p{Script=Han}{2,4})$/u.exec(text)?.[1]
    const isWhole = name !== undefined || /1\d{10}|手机|编号/.test(text)
    return intent('admin.bind', {
      bind: 'person',
      person: name ?? (/1\d{10}|手机/.test(text) ? heard.person?.name : undefined),
      ...(!isWhole && { missing: ['person'] }),
    })
  }
  return intent('admin.bind', { bind: 'group', ...theUnit(outsideChat(heard)) })
}

/** 交接: `person` is who takes over. */
export function successorIntent(heard: Heard): Intent {
  const { text, people } = heard.meaning
  const leaver =
    /^(?:把|将)?\s*$/.test(text.slice(0, people[0]?.start ?? 0)) && people.length > 1 ? people[0] : undefined
  const known = people.filter((one) => one !== leaver && !isLeaver(text, one)).at(-1)?.candidates[0]?.name
  const person = known ?? strangerIn(heard)
  return intent('admin.bind', {
    bind: 'person',
    ...unitOr(heard),
    ...(person ? { person } : { missing: ['person'] }),
  })
}

/** 张建国调走了, 张建国换成: who goes. */
const isLeaver = (text: string, { end }: Spot): boolean =>
  /^(?:同志|书记)?(?:就|要|已经?)?(?:调|退(?!回)|离|走|不干|辞|卸|免|不当|不再|不做|换成|换为|改成|改为|移交|交给|转给|换|的)/.test(
    text.slice(end),
  )

function strangerIn(heard: Heard): string | undefined {
  // Names that are known stand for somebody else: they are spaces here.
  const text = [...heard.meaning.units, ...heard.meaning.people].reduce(
    (left, { start, end }) => left.slice(0, start) + ' '.repeat(end - start) + left.slice(end),
    heard.meaning.text,
  )
  const found = [...text.matchAll(newcomer)].map(([, name = '']) => name).filter((name) => !noName.test(name))
  const taking = takes.exec(text)?.[1]
  return found[0] ?? (taking && !noName.test(taking) ? taking : undefined)
}

/** 以后汝小就是汝河小区社区: another name for a unit or an indicator; `remove`: no longer. */
export function aliasIntent(heard: Heard): Intent {
  const { text, units, indicators } = heard.meaning
  const said = readAlias(text, [...units, ...indicators])
  const unit = said?.name === undefined ? units[0] : units[said.name]
  const indicator = said?.name === undefined ? undefined : indicators[said.name - units.length]
  const isNamed = unit !== undefined || indicator !== undefined || said?.kind === 'drop'
  return intent('admin.bind', {
    bind: 'alias',
    alias: said?.alias,
    ...(said?.kind === 'drop' && { remove: true }),
    ...(said?.isDoubtful && { needs_confirm: true }),
    ...(unit && unitSlots(heard, unit)),
    ...(indicator && { indicator: indicator.candidates[0]?.name }),
    ...(isNamed ? !said && { missing: ['text'] } : { missing: ['unit'] }),
  })
}

/** What the group was bound to so far says nothing about what it may be bound to (`handlers/bind.ts`). */
function outsideChat(heard: Heard): Heard {
  const { chatUnit: _, ...rest } = heard
  return rest
}

const theUnit = (heard: Heard): Slots => {
  const [spot] = heard.meaning.units
  return spot ? unitSlots(heard, spot) : { missing: ['unit'] }
}

function unitSlots(heard: Heard, spot: Spot): Slots {
  const found = pickUnit(heard, spot)
  return found instanceof Question ? pickedUnit(heard, spot).slots : { unit: found.name }
}

/** The unit said, else the duty of whoever leaves. */
function unitOr(heard: Heard): Slots {
  const [spot] = heard.meaning.units
  return spot ? pickedUnit(heard, spot).slots : {}
}
