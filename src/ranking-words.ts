// How a ranking is written: marks of movement, tables, single places.
import type { Movement } from './campaign/ranking.ts'
import { dateOf, timeOf } from './clock.ts'
import type { Block } from './message.ts'
import type { Board, BoardLine } from './ranking-board.ts'
import { day } from './wording.ts'

/** ↑2, ↓1, →, 新; '' where places are not compared (`domain.md` C5.6). */
export function mark(movement: Movement): string {
  if (movement === undefined) return ''
  if (movement === 'new') return '新'
  return movement === 0 ? '→' : movement > 0 ? `↑${movement}` : `↓${-movement}`
}

/** The same with a word for what an arrow to the right would not tell. */
export const movedText = (movement: Movement): string => (movement === 0 ? '持平' : mark(movement))

/** 11月20日18:00 */
export const momentText = (moment: Date): string => `${day(dateOf(moment))}${timeOf(moment)}`

/** What a table shows of a board. */
export interface Shown {
  /** Up to this rank, ties and all; absent = everybody. */
  most?: number
  /** Heading and writing of what is ranked on. */
  score?: { head: string; text(line: BoardLine): string }
}

const total = { head: '得分', text: (line: BoardLine) => line.total }

/**
 * A table for each peer group: 「1. 桐柏路 92.15 ↑2」. A unit without peers is told, not ranked; where only the first are
 * shown it is left out, as are those who did not take part.
 */
export function tables(
  board: Board,
  { most = Number.POSITIVE_INFINITY, score = total }: Shown = {},
): Block[] {
  const whole = most === Number.POSITIVE_INFINITY
  const ranked = board.groups.filter(({ lines }) => lines.length > 1)
  return board.groups.flatMap(({ label, lines, apart }): Block[] => {
    const absent = whole && apart.length > 0 ? [text(`未参评：${namesOf(apart)}。`)] : []
    const [only, second] = lines
    if (only && !second) {
      const alone = `${only.of.name}${only.vetoed ? '※' : ''} ${score.head} ${score.text(only)}（只有1个${label}，不排名）。`
      return [...(whole ? [text(alone)] : []), ...absent]
    }
    const moved = lines.some(({ movement }) => movement !== undefined)
    const rows = lines
      .filter(({ rank }) => rank <= most)
      .map((line) => [
        `${line.rank}. ${nameOf(line)}${line.tied ? '（并列）' : ''}`,
        score.text(line),
        ...(moved ? [mark(line.movement)] : []),
      ])
    const head = ['名次', score.head, ...(moved ? ['变化'] : [])]
    return [
      ...(ranked.length > 1 ? [text(`${label}（${lines.length}个）`)] : []),
      ...(rows.length > 0 ? [{ kind: 'table' as const, head, rows }] : []),
      ...absent,
    ]
  })
}

/** What has to be said under a table of the first `most`, in one line; '' when nothing has. */
export function footnote(board: Board, most = Number.POSITIVE_INFINITY): string {
  const shown = board.groups.flatMap(({ lines }) => lines.filter(({ rank }) => rank <= most))
  const notes = [
    ...(board.since ? [`变化是和${momentText(board.since)}的排名比。`] : []),
    ...(board.otherRules ? ['规则已调整，不作比较。'] : []),
    ...(shown.some(({ tied }) => tied) ? ['并列的不分先后。'] : []),
    vetoNote(shown),
  ]
  return notes.join('')
}

/** What ※ means, where it stands beside somebody. Nobody is called the last in a group (`domain.md` N13). */
export function vetoNote(lines: Pick<BoardLine, 'vetoed' | 'last'>[]): string {
  const vetoed = lines.filter((one) => one.vetoed)
  if (vetoed.length === 0) return ''
  const last = vetoed.filter((one) => one.last).length
  const placed = last === vetoed.length ? '名次' : '有的'
  return last > 0 ? `※是一票否决，${placed}按否决排在后面，得分照样显示。` : '※是一票否决。'
}

/** 金苑, 金苑※ */
export const nameOf = ({ of, vetoed }: Pick<BoardLine, 'of' | 'vetoed'>): string =>
  `${of.short}${vetoed ? '※' : ''}`

/** A place, and among how many of what it is. */
export interface Found {
  line: Pick<BoardLine, 'rank' | 'tied' | 'movement' | 'vetoed' | 'last'> & { total?: string }
  group: { label: string; lines: { length: number } }
}

/** 在汝河路街道9个社区中排第4名（↑1） */
export function placeText({ line, group }: Found, where = ''): string {
  const { length } = group.lines
  if (length === 1) return `${where}只有1个${group.label}，不排名`
  const moved = movedText(line.movement)
  return `在${where}${length}个${group.label}中排${rankText(line)}${moved && `（${moved}）`}`
}

/** 第一名, 前三名 */
export const topName = (count: number): string =>
  count === 1 ? '第一名' : `前${'零一二三四五六七八九十'[count] ?? count}名`

/** 第4名, 并列第4名 */
export const rankText = ({ rank, tied }: Pick<BoardLine, 'rank' | 'tied'>): string =>
  `${tied ? '并列' : ''}第${rank}名`

/** 金苑（↑3，第7名→第4名） */
export const climbText = (line: BoardLine & { movement: number }): string => {
  const { movement, rank } = line
  return `${nameOf(line)}（↑${movement}，第${rank + movement}名→第${rank}名）`
}

export const namesOf = (units: { short: string }[]): string => units.map(({ short }) => short).join('、')

export const text = (words: string): Block => ({ kind: 'text', text: words })
