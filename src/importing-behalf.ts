// Numbers that a file brings, or takes back, for others: each unit's secretaries hear of theirs (`domain.md` C2, C3.6).
import { secretariesIn } from './database/clerks.ts'
import type { Executor } from './database/connection.ts'
import { type Roster, readRoster } from './database/roster.ts'
import type { CellChange } from './database/row-images.ts'
import type { Sender } from './importing-file.ts'
import { moved } from './importing-words.ts'
import { lines } from './message.ts'
import type { Push, Pushing } from './push.ts'
import { ownOf } from './turn.ts'

const mostTold = 8

interface Import {
  id: number
  fileName: string
  person: Sender
  now: Date
  push: Pushing
  undone?: boolean
}

/** Queues one private message a unit and secretary, whatever the number of changes; none to who brought the file. */
export async function tellOthers(
  tx: Executor,
  { campaign, cells }: { campaign: number; cells: CellChange[] },
  { id, fileName, person, now, push, undone = false }: Import,
): Promise<void> {
  const own = ownOf(person)
  const others = cells.filter(({ unit_id }) => unit_id !== own)
  const units = [...new Set(others.map(({ unit_id }) => unit_id))]
  if (units.length === 0) return
  const roster = await readRoster(tx, campaign)
  const people = await secretariesIn(tx, units)
  const did = undone ? '撤销了导入' : '导入'
  const pushes = people.flatMap(({ unit, id: to }): Push[] => {
    if (to === person.id) return []
    const mine = others.filter(({ unit_id }) => unit_id === unit)
    const head = `${person.name}${did}《${fileName}》（编号${id}），${roster.units.get(unit)?.name}有 ${mine.length} 个数改了：`
    const rest = mine.length - mostTold
    const reply = lines([
      head,
      ...mine.slice(0, mostTold).map((cell) => changeOf(roster, cell)),
      ...(rest > 0 ? [`另有 ${rest} 个，发“我们的进度”看。`] : []),
      '有不对的，请说“更正：”和正确的数。',
    ])
    const key = `import:${id}:${undone ? 'undo:' : ''}${unit}:${to}`
    return [{ campaign, to: { person: to }, kind: 'notice', reply, key, due: now }]
  })
  await push(tx, pushes)
}

/** Who brought a file hears that somebody else has taken it back, and what came of it. */
export function tellLoader(
  tx: Executor,
  campaign: number,
  to: number,
  { id, fileName, person, now, push }: Import,
  outcome: string[],
): Promise<void> {
  const reply = lines([`${person.name}撤销了您导入的《${fileName}》（编号${id}）：`, ...outcome])
  const key = `import:${id}:undo:loader:${to}`
  return push(tx, [{ campaign, to: { person: to }, kind: 'notice', reply, key, due: now }])
}

function changeOf(roster: Roster, cell: CellChange): string {
  const indicator = roster.indicators.get(cell.indicator_id)
  return indicator ? `${indicator.name} ${moved(indicator, cell)}` : ''
}
