// What a load changes, counted by kind, in words for the clerk who decides whether to go on.

export interface Count {
  added: number
  changed: number
  unchanged: number
  /** In the database but not in the file: left as they are. */
  missing: number
  /** A few of the changes in words. */
  examples: string[]
  /** People whom the file still names in a post that they have handed over: the handover stands. */
  handedOver: string[]
}

const kinds = {
  campaign: '活动',
  units: '单位',
  people: '人员',
  indicators: '指标',
  targets: '任务',
  chats: '群',
  calendar: '日历',
  reports: '数据',
} as const

export type Changes = Record<keyof typeof kinds, Count>

const mostExamples = 3

export function noChanges(): Changes {
  const none = (): Count => ({ added: 0, changed: 0, unchanged: 0, missing: 0, examples: [], handedOver: [] })
  return {
    ...{ campaign: none(), units: none(), people: none(), indicators: none() },
    ...{ targets: none(), chats: none(), calendar: none(), reports: none() },
  }
}

/** Notes one thing that is different, with a word about it. */
export function noteChange(count: Count, what: 'added' | 'changed', example: string): void {
  count[what]++
  if (what === 'changed' && count.examples.length < mostExamples) count.examples.push(example)
}

/** Whether anything at all was (or would be) written. */
export function hasChanges(changes: Changes): boolean {
  return Object.values(changes).some(({ added, changed }) => added + changed > 0)
}

/** One line a kind, e.g. 「单位：新增 164，修改 0」, with a few examples of what changes. */
export function describeChanges(changes: Changes): string[] {
  const entries = Object.entries(kinds) as [keyof Changes, string][]
  const lines = entries.flatMap(([kind, name]) => {
    const { added, changed, unchanged, missing, examples } = changes[kind]
    // Most files have no calendar, and need no word about it.
    if (kind === 'calendar' && added + changed + unchanged === 0) return []
    const rest = [
      ...(unchanged > 0 ? [`不变 ${unchanged}`] : []),
      ...(missing > 0 ? [`文件里没有而保留原样 ${missing}`] : []),
    ]
    const some =
      examples.length > 0 ? `（${examples.join('；')}${changed > examples.length ? ' 等' : ''}）` : ''
    return [`${name}：新增 ${added}，修改 ${changed}${some}`, ...rest].join('，')
  })
  const stands = changes.people.handedOver.map((words) => `交接照旧，没有改回：文件里的${words}。请更新文件`)
  return [...(hasChanges(changes) ? lines : ['没有变化：文件内容与库里一致。']), ...stands]
}
