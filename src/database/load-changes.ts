// What a load changes, counted by kind, in words for the clerk who decides whether to go on.

export interface Count {
  added: number
  changed: number
  unchanged: number
  /** In the database but not in the file: left as they are. In words. */
  kept: string[]
  /** In the database, but the file takes them back by not naming them: they stay, and no longer count. In words. */
  withdrawn: string[]
  /** A few of the changes in words. */
  examples: string[]
  /** What the clerk should know whether anything changes or not. */
  notes: string[]
  /** Numbers that are lower than what was reported in a chat before, in words. */
  lower: string[]
  /** Numbers that a chat would have asked about (`domain.md` C3.1), in words. */
  doubtful: string[]
  /** Numbers that were loaded before and are no longer what counts, because somebody said another since. In words. */
  overtaken: string[]
  /** What has been reported beyond a target that was lowered, in words. */
  beyond: string[]
}

const kinds = {
  campaign: '活动',
  units: '单位',
  people: '人员',
  indicators: '指标',
  targets: '任务',
  chats: '群',
  calendar: '日历',
  adjustments: '加减分',
  vetoes: '一票否决',
  reports: '数据',
} as const

export type Changes = Record<keyof typeof kinds, Count>

const mostExamples = 20
const few = 4
/** Most files have none of these, and need no word about them. */
const rare: string[] = ['calendar', 'adjustments', 'vetoes'] satisfies (keyof typeof kinds)[]

export function noChanges(): Changes {
  const none = (): Count => ({
    ...{ added: 0, changed: 0, unchanged: 0, kept: [], withdrawn: [], examples: [], notes: [] },
    ...{ lower: [], doubtful: [], beyond: [], overtaken: [] },
  })
  return {
    ...{ campaign: none(), units: none(), people: none(), indicators: none() },
    ...{ targets: none(), chats: none(), calendar: none(), reports: none() },
    ...{ adjustments: none(), vetoes: none() },
  }
}

/** Notes one thing that is different, with a word about it. */
export function noteChange(count: Count, what: 'added' | 'changed', example: string): void {
  count[what]++
  if (what === 'changed' && count.examples.length < mostExamples) count.examples.push(example)
}

/** Whether anything at all was (or would be) written. */
export function hasChanges(changes: Changes): boolean {
  return Object.values(changes).some(
    ({ added, changed, withdrawn }) => added + changed + withdrawn.length > 0,
  )
}

/** One line a kind, e.g. 「单位：新增 164，修改 0」, with examples; then what to look at, and what only the database has. */
export function describeChanges(changes: Changes): string[] {
  const entries = Object.entries(kinds) as [keyof Changes, string][]
  const lines = entries.flatMap(([kind, name]) => {
    const { added, changed, unchanged, kept, withdrawn, examples } = changes[kind]
    if (rare.includes(kind) && added + changed + unchanged + withdrawn.length === 0) return []
    const rest = [
      ...(withdrawn.length > 0 ? [`撤销 ${withdrawn.length}${some(withdrawn)}`] : []),
      ...(unchanged > 0 ? [`不变 ${unchanged}`] : []),
      ...(kept.length > 0 ? [`文件里没有而保留原样 ${kept.length}`] : []),
    ]
    return [`${name}：新增 ${added}，修改 ${changed}${some(examples, changed)}`, ...rest].join('，')
  })
  const left = entries.flatMap(([kind, name]) => leftOf(name, changes[kind], keeping[kind]))
  const same =
    left.length > 0 || changes.reports.overtaken.length > 0
      ? unchanged(changes)
      : '没有变化：文件内容与库里一致。'
  return [...(hasChanges(changes) ? lines : [same]), ...warnings(changes), ...left, ...notesOf(changes)]
}

/** The head of an answer to a file that changes nothing. */
export const unchanged = ({ reports }: Changes) =>
  reports.overtaken.length > 0 ? '没有变化：文件里的数都导入过了。' : '没有变化：文件里有的都与库里一致。'

const notesOf = (changes: Changes) => Object.values(changes).flatMap(({ notes }) => notes)

/** The same for a small screen: what changes, with the doubtful first, then what is left as it is; a few examples each. */
export function briefChanges(changes: Changes): string[] {
  const entries = Object.entries(kinds) as [keyof Changes, string][]
  const lines = entries.flatMap(([kind, name]) => {
    const { added, changed, withdrawn, examples } = changes[kind]
    const parts = [
      ...(added > 0 ? [`新增 ${added}`] : []),
      // Numbers are shown one by one, as they were and will be.
      ...(changed > 0 ? [`修改 ${changed}${kind === 'reports' ? '' : some(examples, changed, few)}`] : []),
      ...(withdrawn.length > 0 ? [`撤销 ${withdrawn.length}${some(withdrawn, withdrawn.length, few)}`] : []),
    ]
    return parts.length > 0 ? [`${name}：${parts.join('，')}`] : []
  })
  return [...lines, ...warnings(changes, few)]
}

/** What a load leaves as it is, or what else should be known. */
export function briefNotes(changes: Changes): string[] {
  const entries = Object.entries(kinds) as [keyof Changes, string][]
  const left = entries.flatMap(([kind, name]) => {
    const { kept } = changes[kind]
    return kept.length > 0 ? [`${name} ${kept.length} 项`] : []
  })
  return [
    ...(left.length > 0 ? [`文件里没有、库里还有的照旧：${left.join('，')}。`] : []),
    ...notesOf(changes),
  ]
}

/** 「（甲；乙 等 30 项）」 */
function some(words: string[], of = words.length, most = mostExamples): string {
  const first = words.slice(0, most)
  return first.length > 0 ? `（${first.join('；')}${of > first.length ? ` 等 ${of} 项` : ''}）` : ''
}

/** What becomes of things that have left the file, and what to do about them. */
const keeping: Partial<Record<keyof Changes, string>> = {
  units: '单位不会删除，照常计分、排名；是编码改了的，请改回原来的编码',
  people: '仍在名册里；要换人，请发“张三换成李四”交接',
  indicators: '权重是 0，不计分',
  targets: '目标、期限和不涉及照旧；要改，请写回这一行再改，取消不涉及就把不涉及原因和批准人空着',
  chats: '照旧绑定；要换单位，请写回这一行再改',
  calendar: '照旧；要改，请写回这一行再改',
  reports: '照旧计数；要改，请写回这一行改数值，或者在群里更正',
}

const leftOf = (name: string, { kept }: Count, what = '照旧'): string[] =>
  kept.length > 0 ? [`文件里没有、库里还有的${name} ${kept.length} 项${some(kept)}：${what}。`] : []

function warnings(
  { reports: { lower, doubtful, overtaken }, targets: { beyond } }: Changes,
  most = mostExamples,
): string[] {
  // Of two numbers the later day counts, and on one day the later written: the file overrules the chat, but not in silence.
  const rule = '以日期新的为准，同一天的以文件为准'
  return [
    ...(lower.length > 0
      ? [`注意：有 ${lower.length} 个数比群里报的少${some(lower, lower.length, most)}。${rule}。`]
      : []),
    // A number that was loaded once is not written again over a correction: that takes somebody who says so.
    ...(overtaken.length > 0
      ? [
          `有 ${overtaken.length} 个数以前导入过，后来又报过或更正过，照现在的不动${some(overtaken, overtaken.length, most)}。要按文件的改，请说“更正：”和单位、指标、数。`,
        ]
      : []),
    ...(doubtful.length > 0
      ? [
          `注意：有 ${doubtful.length} 个数请核对${some(doubtful, doubtful.length, most)}。按文件记；写错了的，请改文件再导入。`,
        ]
      : []),
    ...(beyond.length > 0
      ? [
          `注意：目标改低了，有 ${beyond.length} 个已报的数超过目标${some(beyond, beyond.length, most)}。请核对目标。`,
        ]
      : []),
  ]
}
