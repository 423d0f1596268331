// What a load changes, counted by kind, in words for the clerk who decides whether to go on.

export interface Count {
  added: number
  changed: number
  unchanged: number
  /** In the database but not in the file: left as they are. */
  missing: number
  /** In the database, but the file takes them back by not naming them: they stay, and no longer count. In words. */
  withdrawn: string[]
  /** A few of the changes in words. */
  examples: string[]
  /** What the clerk should know whether anything changes or not. */
  notes: string[]
  /** Numbers that are lower than what was reported in a chat before, in words. */
  lower: string[]
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

const mostExamples = 3
/** Most files have none of these, and need no word about them. */
const rare: string[] = ['calendar', 'adjustments', 'vetoes'] satisfies (keyof typeof kinds)[]

export function noChanges(): Changes {
  const none = (): Count => ({
    ...{ added: 0, changed: 0, unchanged: 0, missing: 0, withdrawn: [], examples: [], notes: [], lower: [] },
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

/** One line a kind, e.g. 「单位：新增 164，修改 0」, with a few examples of what changes. */
export function describeChanges(changes: Changes): string[] {
  const entries = Object.entries(kinds) as [keyof Changes, string][]
  const lines = entries.flatMap(([kind, name]) => {
    const { added, changed, unchanged, missing, withdrawn, examples } = changes[kind]
    if (rare.includes(kind) && added + changed + unchanged + withdrawn.length === 0) return []
    const rest = [
      ...(withdrawn.length > 0 ? [`撤销 ${withdrawn.length}${some(withdrawn)}`] : []),
      ...(unchanged > 0 ? [`不变 ${unchanged}`] : []),
      ...(missing > 0 ? [`文件里没有而保留原样 ${missing}`] : []),
    ]
    return [`${name}：新增 ${added}，修改 ${changed}${some(examples, changed)}`, ...rest].join('，')
  })
  const notes = Object.values(changes).flatMap((count) => count.notes)
  const told = hasChanges(changes)
    ? [...lines, ...warning(changes.reports)]
    : ['没有变化：文件内容与库里一致。']
  return [...told, ...notes]
}

function some(words: string[], of = words.length): string {
  const first = words.slice(0, mostExamples)
  return first.length > 0 ? `（${first.join('；')}${of > first.length ? ' 等' : ''}）` : ''
}

/** Of two numbers the later day counts, and on one day the later written: the file overrules the chat, but not in silence. */
function warning({ lower }: Count): string[] {
  if (lower.length === 0) return []
  const more = lower.length > mostExamples ? ' 等' : ''
  const some = `${lower.slice(0, mostExamples).join('；')}${more}`
  return [`注意：有 ${lower.length} 个数比群里报的少（${some}）。以日期新的为准，同一天的以文件为准。`]
}
