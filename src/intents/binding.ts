// Who and what belongs where: a group to a unit, a name to a unit, a person to a duty (`domain.md` §1).
import { pickUnit } from '../args.ts'
import { readAlias } from '../language/alias-said.ts'
import type { Spot } from '../language/lexicon.ts'
import { Question } from '../question.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { pickedUnit } from './places.ts'

/** What follows 换成, 叫, 是 and is a name that nobody here has yet. */
const newcomer =
  /(?:换成了?|换为|换(?!人|届|成|为|了|书记)|改成|改为|变成|变更为|更换为|调整为|改由|交给|移交给|转给|由|让|请|是|叫|换了|找|新(?:任|来|上任|上来)?的?\s*(?:党支部|党组织)?书记(?:是|叫)?|绑定[成为到]?|绑[成为到]?|把|给|:|,|，|\s)\s*(?:新(?:来|任)?的?书记|同志)?\s*(?!书记|社区|街道|村|别人|他|她|谁|咱|我|你|由|让|请|是|叫|换|改)([\p{Script=Han}]{2,4}?)(?=同志|书记|接|来|去|负责|担任|当|干|顶|替|上任|管|绑|了|吧|啊|呀|,|，|。|;|!|\s|$)/gu
const takes =
  /(?:^|[\s,，。由让请是在]|以后|今后|往后)(?!现在|现|在|由|让|请|是|以后|今后)([\p{Script=Han}]{2,4}?)(?:同志)?(?:来)?(?:接的?|接任|接手|接替|接班|顶上|顶替|上任|担任|当|负责|管|主持)(?:的|了)?/u
const noName =
  /^(?:新|党|支部|同志|上级|组织|不|没|调|卸任|免职|病|提拔|升任|退|辞|离|换|书记|社区|街道|村|调走|退休|绑|接|咱|俺|这|那|以后|今后|现在|今天|开始|从|新的|新来|新任|的|了|给|帮|一下|到|成|为|把)|书记|绑[定一]?$|换届|别名/

/** 绑定: the group, somebody's account or, by an alias, a name. */
export function bindIntent(heard: Heard): Intent {
  const { text, people, units } = heard.meaning
  const isGroup = /群/.test(text)
  if (!isGroup && /书记|主任|委员|填报员|督导员/.test(text) && units.length > 0) return successorIntent(heard)
  const person = people[0]?.candidates[0]?.name
  if (!isGroup && (person || units.length === 0)) {
    if (!person && strangerPlace(heard)) return intent('admin.bind', { bind: 'group', missing: ['unit'] })
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
  const [first] = people
  const isFirst = first && /^(?:把|将)?\s*$/.test(text.slice(0, first.start))
  const leaver = isFirst && people.length > 1 && !takesOver.test(text.slice(first.end)) ? first : undefined
  const known = people.filter((one) => one !== leaver && !isLeaver(text, one)).at(-1)
  // Whoever is not said to take over is not the one, where somebody else is.
  const stranger = strangerIn(heard)
  const person =
    stranger !== undefined && known && !isTaking(text, known)
      ? stranger
      : (known?.candidates[0]?.name ?? stranger)
  const lacks = [...(strangerPlace(heard) ? ['unit'] : []), ...(person ? [] : ['person'])]
  return intent('admin.bind', {
    bind: 'person',
    ...unitOr(heard),
    ...(person && { person }),
    ...(lacks.length > 0 && { missing: lacks }),
  })
}

/** 翠竹社区 where no unit is called so. */
const strangePlace =
  /(?:^|绑[定到上给成]*|[,，。;；:：\s把将给让由])(?!绑|我|俺|咱|本|这|那|该|全|新|老|换|各|同)(?<place>\p{Script=Han}{2,5}?(?:社区|街道|小区|村))(?!委|民|里|的人)/u

/** A place that is said but is none of the roster's. */
const strangerPlace = ({ meaning: { text, units } }: Heard): boolean =>
  units.length === 0 && strangePlace.test(text)

/** 由李秀英, 交给李秀英, 李秀英接: who is said to take over. */
const isTaking = (text: string, { start, end }: Spot): boolean =>
  /(?:由|让|请|给|成|为|是|叫|换|任命|:|把|将)\s*$/.test(text.slice(0, start)) ||
  /^(?:同志|书记)?(?:来|去)?(?:接|顶|替|上任|担任|任|当|负责|管|干)/.test(text.slice(end))

/** 李秀英接替张建国: who follows stands in front, who goes behind. */
const replacing = '(?:接替|顶替|替换|替下|接任|接手|接管|接班|接|取代)'
const takesOver = new RegExp(`^(?:同志)?(?:来)?${replacing}(?!\\s*[的了]?\\s*(?:$|[,，。]))`)
const isReplaced = new RegExp(`${replacing}(?:了|走|下)?\\s*$`)
/** 张建国调走了, 张建国换成: who goes. */
const isLeaver = (text: string, { start, end }: Spot): boolean =>
  /(?:不是|不再是|并非)\s*$/.test(text.slice(0, start)) ||
  isReplaced.test(text.slice(0, start)) ||
  /^(?:同志|书记)?(?:就|要|已经?)?(?:调|退(?!回)|提拔|提任|高升|升|去世|因|请|病|另有|到龄|离|走|不干|辞|卸|免|不当|不再|不做|变更|更换|调整|换成|换为|改成|改为|移交|交给|转给|换|的)/.test(
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
