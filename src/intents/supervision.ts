// Inspection: visits and findings, what was put right, what is still open (`domain.md` C9).
import { dueIn, pastDayIn } from '../language/due.ts'
import { findingIn, findingText, isClean, roundIn, severityIn, teamIn } from '../language/inspection.ts'
import { type Heard, type Intent, intent, type OpenFinding, type Slots } from './intent.ts'
import { periodSlot } from './periods.ts'
import { pickedUnit, unitSlot, unsaidUnit } from './places.ts'

const blank = (text: string, { start, end }: { start: number; end: number }) =>
  text.slice(0, start) + ' '.repeat(end - start) + text.slice(end)

/** 督导 金苑社区 楼道堆放杂物 限3天整改; 今天跑了汝河小区，没发现问题. */
export function visitIntent(heard: Heard): Intent {
  const { meaning, now, calendar, person } = heard
  const { text, units } = meaning
  const due = dueIn(text, now, calendar)
  const undue = due ? blank(text, due) : text
  const serious = severityIn(undue)
  const team = teamIn(text)
  const places = units.map((spot) => pickedUnit(heard, spot))
  const doubtful = places.find(({ one }) => !one)
  const named = places.flatMap(({ one }) => one?.name ?? [])
  const place: Slots =
    doubtful?.slots ??
    (named.length > 1 ? { units: named } : named.length === 1 ? { unit: named[0] } : { missing: ['unit'] })
  const spans = [...units, ...[due, serious, team].filter((span) => span !== undefined)]
  const found = findingText(text, spans)
  const saysClean = isClean(undue)
  const clean = found === '' && saysClean && !due
  const isMissing = found === '' && !clean
  return intent('supervision.report', {
    ...place,
    team: team?.name ?? person?.duties.find((duty) => duty.team !== null)?.team ?? undefined,
    date: pastDayIn(undue.replaceAll(/[一半]点儿?(?!钟|半)/g, ' '), now, calendar),
    ...(clean ? { finding: false } : { text: found || undefined }),
    ...(!clean && { severity: serious?.severity, due: due?.date }),
    ...(isMissing && { missing: [...((place['missing'] as string[]) ?? []), 'text'] }),
    // 没发现大问题，楼道有点乱: whether that is one is asked.
    ...((due?.isDoubtful || (saysClean && !clean && !exceptions.test(text)) || strays.test(found)) && {
      needs_confirm: true,
    }),
  })
}

/** 没啥大问题，就是门口有点乱: but for this one. */
const exceptions =
  /就是|只是|不过|但|可是|除了|另外|还有|其他|其余|别的|发现(?:了)?[一两几\d]|有[一两几\d]?[个处]/
/** What tells of the visit and no finding. */
const strays = /^(?:我|俺|咱)们?组?|^.{0,2}组|特此|^第?\d+号|(?:没|未)有?(?:发现|看见|看到|瞅见|找)/

const rejected =
  /不合格|不达标|不到位|没(?:有)?(?:整?改|清|弄|处理|搞)?(?:到位|干净|彻底|合格|好|完|掉|通过)|退回|打回|驳回|重(?:新)?(?:整|改|弄|来|清)|返工|不通过|(?:未|没)(?:有|能|予)?(?:通过|过关?)(?![没吗])|(?:不给|不能|不予|不让|甭|别)(?:他|它|他们)?(?:销|过|通过)|糊弄|应付|老样子|原样|不行|反弹|又(?:堆|出现|有)|不彻底/
const word = /问题|整改|督导|隐患|销号|闭环|复查|复核|回头看|验收|退回|打回|重改|重弄|返工/

/** 12号问题已整改到位，销号; 金苑楼道杂物已经清完了. */
export function resolveIntent(heard: Heard): Intent {
  const { text, units } = heard.meaning
  const id = findingIn(text)
  const result = rejected.test(text) ? 'rejected' : undefined
  const found = id === undefined ? openFindings(heard) : []
  const [only] = found
  // 楼道杂物清完了 is said of a finding only where there is one; with 问题, 整改, 销号 it is said of one anyway.
  if (id === undefined && !only && !(word.test(text) && (units.length > 0 || /督导|问题|隐患/.test(text))))
    return intent('unknown', { kind: text.length > 10 ? 'chat' : 'needs_context' })
  const said = id === undefined ? whatIn(heard) : ''
  const [spot] = units
  const place: Slots = spot
    ? pickedUnit(heard, spot).slots
    : found.length === 1 && only
      ? { unit: heard.roster.units.get(only.unit)?.name }
      : id === undefined
        ? unitSlot(heard, 'mine')
        : {}
  const single = found.length === 1 ? only : undefined
  // 快改完了, 改完一半: not yet.
  const isPart =
    /快(?:要)?(?:整改|改|弄|清|处理|修)|一半|部分|正在|还剩|基本|差不多|大概|可能|好像|据说|听说/.test(
      heard.meaning.text,
    )
  return intent('supervision.resolve', {
    ...(isPart && { needs_confirm: true }),
    finding_id: id ?? single?.id,
    ...place,
    text: said || single?.text,
    result,
    ...(id === undefined && !single && said === '' && { missing: ['text'] }),
    ...(id === undefined && found.length > 1 && said === '' && { needs_confirm: true }),
  })
}

/** Whether a sentence that names no finding may speak of one that is open: its words are in it, in order. */
export function openFindings(heard: Heard): OpenFinding[] {
  const { meaning, findings = [], roster } = heard
  const [spot] = meaning.units
  const place = spot ? pickedUnit(heard, spot).one : undefined
  const here = findings.filter(({ unit }) =>
    spot ? place !== undefined && roster.isWithin(unit, place.id) : roster.isWithin(unit, unsaidOf(heard)),
  )
  const said = whatIn(heard)
  if (said === '') return word.test(meaning.text) ? here : []
  return here.filter(
    ({ text }) => sharedOf(said, text) >= Math.min(4, text.length, Math.max(3, said.length - 1)),
  )
}

const unsaidOf = (heard: Heard) => (heard.chatUnit ?? unsaidUnit(heard, 'mine') ?? heard.roster.root).id

/** How many characters of what is said stand in the finding, in order. */
function sharedOf(said: string, text: string): number {
  let at = -1
  let count = 0
  for (const character of said) {
    const next = text.indexOf(character, at + 1)
    if (next < 0) continue
    at = next
    count++
  }
  return count
}

const after =
  /(?:已经?|连夜|赶紧|[我俺咱]们?|都|全部?|全都|也|刚|今天|昨天|上午|下午|还是|还|又|依然|仍|基本|,|，|那个|这个|那处|这处|的|问题|隐患|整改|情况|督导|组|\s)*(?:整改|清理?|处理|解决|搞|弄|拆|修|换|搬|撤|拉走|拖走|运走|拾掇|归置|收拾|打扫|清运|疏通|补|装|改|更新|没|不|未|退回|打回|重|返工|完成|合格|销号|闭环|办结|到位|复查|复核|验收|检查).*$/

/** What was found, as the sentence calls it. */
function whatIn({ meaning }: Heard): string {
  const { text, units } = meaning
  const left = units.reduce(blank, text)
  return left
    .replace(
      /^(?:\s|把|将|督导|报告|汇报|反馈|我们?|俺们?|咱们?|社区|村|的|那[个堆处些]|这[个堆处些]|说的?|上次|上回|之前|,|，|:|问题)+/,
      '',
    )
    .replace(after, '')
    .replace(/(?:那个|这个|那处|这处|的|问题|隐患|督导|已经?|都|全部?|,|，|。|\s)+$/g, '')
    .replace(/^(?:的|社区|村|街道|督导|问题)+/, '')
    .trim()
}

const statuses: [RegExp, string][] = [
  [/超期|逾期|过期|超时|过了(?:期|限|时)|到期(?:没|未|还)|拖/, 'overdue'],
  [
    /(?:没|未|还没)(?:有)?(?:整改|改|销号|解决|处理|办结|闭环|完成|清|关)|没改|待整改|未结|开着|遗留|存在|还有(?:几|多少|哪|啥|什么)|剩(?:下|余)?|挂着|在整改|正在/,
    'open',
  ],
  [
    /销号|已(?:经)?(?:整改|解决|办结|关闭|闭环|完成)|(?:整改|改|解决|办结|闭环)(?:完|好|到位|了的|完成)|改完|闭环/,
    'closed',
  ],
]
const levels: [RegExp, string][] = [
  [
    /(?:哪些?|哪几个|哪个|几个|多少个?|各个?|所有|啥|什么)(?:的)?街道|街道.{0,4}(?:没|未)(?:去|跑|覆盖|到)|(?:没|未)(?:有)?(?:去|跑|走|覆盖|轮|到)(?:过|到)?的?街道/,
    'street',
  ],
  [/(?:哪些?|哪几个|哪个|几个|多少个?|各个?|所有|啥|什么)(?:的)?社区|(?:没|未).{0,6}的社区/, 'community'],
  [/(?:哪些?|哪几个|哪个|几个|多少个?|各个?|所有|啥|什么)(?:的)?村|(?:没|未).{0,6}的村/, 'village'],
]
const coverage =
  /(?:去|跑|走|查|到|督导|检查)[过了](?:的)?(?:哪|几|多少)(?:些|个)?(?:街道|社区|村)|轮.{0,4}[差剩]|(?:没|未|还没)(?:有)?(?:去|跑|到|走|覆盖|督导|检查|查|轮)(?:过|到|的|完|遍)?|覆盖|去过哪|跑了哪|走了哪|去了哪|跑遍|全跑|都(?:去|跑)(?:了|过|完|遍)/
const visits =
  /(?:跑|去|走访|督导|检查|走|下去|出动)(?:了|过)?(?:一共|总共)?(?:多少|几)(?:次|趟|回|家|个)|(?:多少|几)(?:次|趟|回)|走访(?:数|次数|量)|次数/

/** 去过几个村: which places, and not how often. */
const toured = /(?:去|跑|走|到)[过了](?:哪|几|多少)(?:些|个)?(?:街道|社区|村)/

/** 还有几个问题没整改, 这一轮还有哪个街道没去, 第三轮跑了多少次. */
export function findingsIntent(heard: Heard): Intent {
  const { text } = heard.meaning
  const id = findingIn(text)
  const round = roundIn(text)
  const field = toured.test(text)
    ? 'coverage'
    : visits.test(text)
      ? 'visits'
      : coverage.test(text)
        ? 'coverage'
        : undefined
  const status = field ? undefined : statuses.find(([pattern]) => pattern.test(text))?.[1]
  const isRound = field !== undefined && heard.meaning.units.length === 0
  return intent('supervision.query', {
    finding_id: id,
    ...(isRound ? {} : unitSlot(heard, 'chat')),
    team: teamIn(text)?.name,
    unit_level: levels.find(([pattern]) => pattern.test(text))?.[1],
    ...{ round: round ?? (field === 'coverage' ? 'current' : undefined), status, field },
    ...periodSlot(heard, 'back'),
  })
}
