// The table that a clerk loaded, with the numbers of an export in it: her rows, columns and styles (`domain.md` N8).

import { type LoadedTable, loadedTables } from './database/loaded-tables.ts'
import { leavesOf } from './database/progress.ts'
import { bytesOf } from './database/workbooks.ts'
import { changesIn, currentSheets, type OwnChanges } from './exporting-own-fill.ts'
import type { ExportView } from './exporting-view.ts'
import { seesAll } from './importing-undo.ts'
import { type Filled, fill } from './sheet/fill.ts'
import { withDay } from './sheet/fill-dates.ts'
import type { Places } from './sheet/fill-found.ts'
import { placesIn } from './sheet/fill-places.ts'
import type { Known } from './sheet/numbers.ts'
import { readSheets } from './sheet/read.ts'
import { may, type Turn } from './turn.ts'

/** Looked into, newest first, until one is wholly within what may be exported. */
const mostTables = 3
/** Larger tables take too long while others wait. */
const mostRows = 3_000
/** Named in a note. */
const mostNamed = 8

export interface OwnLayout {
  file?: { name: string; bytes: Buffer }
  /** For 说明. */
  notes: string[]
  /** For the answer; '' = nothing. */
  said: string
}

/** The person's own table; for one who sees all imports, if she has none, that of the unit's people. */
export async function ownLayout(turn: Turn, view: ExportView): Promise<OwnLayout> {
  const { db, roster, person } = turn
  const { unit } = view
  const units = leavesOf(roster, unit.id)
  const whose = { person: person?.id ?? 0, ...(person && seesAll(person) && { others: unit.id }) }
  let large: string | undefined
  for (const table of await loadedTables(db, roster.campaign.id, { ...whose, units, most: mostTables })) {
    const bytes = await bytesOf(db, table.id)
    const sheets = await readSheets(bytes)
    if (sheets.reduce((sum, { rows }) => sum + rows.length, 0) > mostRows) {
      large ??= `${table.isOwn ? '您' : table.by}导入的表超过${mostRows}行，没有填。`
      continue
    }
    const places = await placesIn(sheets, knownOf(view), { today: turn.today, fileName: table.fileName })
    if (places.places.length > 0 && isOf(units, table, places))
      return filled(turn, view, { ...table, bytes }, places)
  }
  const hint = may(turn, 'report', unit)
  return {
    notes: large ? [large] : [],
    said: large ?? (hint ? `想要自己的表样，先把${unit.name}的那张表导入一次。` : ''),
  }
}

/** Not a place of others: its numbers are not this person's to take away. Of somebody else's, one of most of the places. */
function isOf(units: number[], { isOwn }: LoadedTable, { places }: Places): boolean {
  const named = new Set(places.map(({ unit }) => unit))
  const known = new Set(units)
  return [...named].every((id) => known.has(id)) && (isOwn || named.size * 2 >= units.length)
}

function knownOf({ roster }: ExportView): Known {
  const { starts, ends } = roster.campaign
  return { units: [...roster.units.values()], indicators: [...roster.indicators.values()], starts, ends }
}

async function filled(
  turn: Turn,
  view: ExportView,
  table: LoadedTable & { bytes: Buffer },
  places: Places,
): Promise<OwnLayout> {
  const { fileName, bytes, isOwn } = table
  const made = changesIn(view, places, { starts: view.roster.campaign.starts, today: turn.today }, isOwn)
  const only = isOwn ? {} : { only: shownOf(places) }
  const done = await fill(bytes, { changes: made.changes, renamed: made.renamed, ...only })
  const name = nameOf(table, made.day)
  const file = `《${name}》`
  const from = isOwn
    ? `您导入的表${/\.xls$/i.test(fileName) ? '（旧版 .xls 的颜色、列宽和公式带不过来）' : ''}`
    : `${table.by}导入的表的样子，只带了单位、指标和合计，认不出的列和工作表没有带`
  const left = leftIn(made, done)
  return {
    file: { name, bytes: done.bytes },
    notes: [
      `另附${file}：${from}。数是截至${made.day}的，灯用底色和数后面的符号标出。${isOwn ? '有公式的格子没有动，打开时重新计算。' : ''}`,
      ...left,
      ...(isOwn ? [`${file}是您自己的表，里面您写的别的内容（包括手机号）原样还给您。`] : []),
    ],
    said: saidOf(turn, table, `填上了截至${made.day}的数。`, left),
  }
}

/** What a file is called, and what is in it, is not the group's to know. */
function saidOf(
  { message }: Turn,
  { isOwn, by, fileName }: LoadedTable,
  what: string,
  left: string[],
): string {
  const whose = `另附${isOwn ? '您' : by}导入的`
  if (message.chat.kind === 'group')
    return `${whose}表，${what}${left.length > 0 ? '清空了什么，见表里的“说明”。' : ''}`
  return `${whose}《${fileName}》，${what}${left.join('')}`
}

/** What is not true any more, and could not be made so. */
function leftIn({ emptied, unreported, outdated }: OwnChanges, { formulas, unnamed }: Filled): string[] {
  const empty = [...new Set([...emptied].flatMap(([change, what]) => (formulas.has(change) ? [] : what)))]
  const old = [...outdated, ...unnamed].map((text) => `“${text}”`)
  const listed = (all: string[]) =>
    `${all.slice(0, mostNamed).join('、')}${all.length > mostNamed ? `等${all.length}处` : ''}`
  const unknown = [...unreported].map((name) => `“${name}”`)
  return [
    ...(unknown.length > 0 ? [`${listed(unknown)}没有登记过的数，清空了。`] : []),
    ...(empty.length > 0 ? [`${listed(empty)}算不出来，清空了，请自己填。`] : []),
    ...(old.length > 0 ? [`${listed(old)}里的日期没有改。`] : []),
  ]
}

/** What others than who made it may see: that which was recognised, of the newest tables. */
function shownOf(places: Places): Map<string, Set<string>> {
  const isCurrent = currentSheets(places)
  const shown = new Map(
    places.sheets.filter(({ name }) => isCurrent(name)).map(({ name }) => [name, new Set<string>()]),
  )
  for (const { sheet, row, at } of places.kept) shown.get(sheet)?.add(`${row}/${at}`)
  return shown
}

function nameOf({ fileName, isOwn }: LoadedTable, day: string): string {
  const base = fileName.replace(/\.[a-z]{2,5}$/i, '')
  // Her macros stay in it, and then no program opens it as another kind.
  const kind = isOwn && /\.xlsm$/i.test(fileName) ? 'xlsm' : 'xlsx'
  return `${withDay(base, day) ?? `${base}_${day}`}.${kind}`
}
