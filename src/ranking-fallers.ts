// 谁退步最大: whoever lost most places is named where the last may be, and nowhere else (`domain.md` C8, N13).
import type { Reply } from './message.ts'
import type { Asked } from './ranking-asked.ts'
import type { Board, BoardLine } from './ranking-board.ts'
import { boardOn, type Field, tooFew } from './ranking-field.ts'
import { ownPlace, sinceText, tableReply, whenText } from './ranking-replies.ts'
import { mayNameLast } from './ranking-sight.ts'
import { nameOf, text } from './ranking-words.ts'
import type { Turn } from './turn.ts'

/** In a group the table with everybody's movement, as for 谁倒数; privately by name to who looks after them. */
export async function fallersReply(turn: Turn, field: Field, asked: Asked): Promise<Reply> {
  const isGroup = turn.message.chat.kind === 'group'
  const now = await boardOn(turn, field, asked.period)
  // As for 谁进步最大: where nobody has moved since the last snapshot, the week before it is told.
  const period = asked.period ?? (fallen(now).length > 0 ? undefined : 'this-week')
  const { period: _, ...rest } = asked
  if (isGroup) return tableReply(turn, field, { ...rest, want: 'table', ...(period && { period }) })
  const board = await boardOn(turn, field, period)
  const few = tooFew(turn, field, board)
  if (few) return few
  if (!mayNameLast(turn, field.scope)) {
    const note = '退步的不单独列给各单位；可以问“谁进步最大”“我们升了几名”。'
    return { blocks: [...ownPlace(turn, board), text(note)] }
  }
  const down = fallen(board)
  const names = down.map(
    (one) => `${nameOf(one)}（↓${-one.movement}，第${one.rank + one.movement}名→第${one.rank}名）`,
  )
  const what = names.length > 0 ? `退步最大：${names.join('、')}。` : '没有退名次的单位。'
  return {
    title: `${field.name}（${whenText(turn, board)}）`,
    blocks: [text(`${what}${sinceText(board)}`)],
  }
}

type Fallen = BoardLine & { movement: number }

/** Those who lost most places in each peer group. */
const fallen = ({ groups }: Board): Fallen[] =>
  groups.flatMap(({ lines }) => {
    const down = lines.filter((one): one is Fallen => typeof one.movement === 'number' && one.movement < 0)
    const most = Math.min(...down.map(({ movement }) => movement))
    return down.filter(({ movement }) => movement === most)
  })
