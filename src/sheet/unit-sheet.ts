// The sheet 单位: the tree of district, streets, communities and villages.
import type { Level } from '../database/schema.ts'
import type { UnitEntry } from './campaign.ts'
import { type Find, finder } from './find.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { key, list, text, whole, word } from './values.ts'

const sheet = '单位'
export const levels = { 区: 'district', 街道: 'street', 社区: 'community', 村: 'village' } as const
const levelNames = { district: '区', street: '街道', community: '社区', village: '村' } as const
/** Every level has its one possible level above, so the tree cannot have a circle. */
const above = { district: null, street: 'district', community: 'street', village: 'street' } as const

export interface Units {
  units: UnitEntry[]
  findUnit: Find<UnitEntry>
}

export function readUnits(sheets: Sheet[], problems: Problem[]): Units {
  const form = { sheet, required: ['编码', '名称', '级别', '上级'], optional: ['简称', '同类组', '名册序号'] }
  const rows = tableRows(sheets, form, problems)
  const entries = rows.map((row, index) => ({ row, unit: toUnit(row, index) }))
  const units = entries.flatMap(({ unit }) => unit ?? [])
  const findUnit = finder('单位', units, [(u) => [u.code], (u) => [u.name], (u) => u.aliases], '请写编码')
  for (const { row, unit } of entries) if (unit) unit.parent = parentOf(row, unit, findUnit)?.code ?? null
  const filled = entries.flatMap(({ row, unit }) => (unit ? { row, unit } : []))
  noteRepeats(
    filled,
    ({ unit }) => unit.code,
    ({ row }, first) => row.problem('编码', `与第${first.row.row}行重复`),
  )
  noteRepeats(
    filled,
    ({ unit }) => `${unit.parent}/${unit.name}`,
    ({ row, unit }, first) =>
      row.problem('名称', `与第${first.row.row}行重复：同一上级下有两个「${unit.name}」`),
  )
  noteRoots(filled, rows.length, problems)
  return { units, findUnit }
}

function toUnit(row: Row, index: number): UnitEntry | undefined {
  const code = row.need('编码', text)
  const name = row.need('名称', text)
  const level = row.need('级别', word(levels))
  const roster = Number(row.read('名册序号', whole) ?? index + 1)
  if (code === null || name === null || level === null) return undefined
  const aliases = (row.read('简称', list) ?? []).filter((alias) => alias !== name)
  return { code, name, aliases, level, parent: null, peerGroup: row.text('同类组') || level, roster }
}

function parentOf(row: Row, unit: UnitEntry, findUnit: Find<UnitEntry>): UnitEntry | undefined {
  const wanted: Level | null = above[unit.level]
  if (wanted === null) {
    if (row.text('上级') !== '') row.problem('上级', '区没有上级，请空着')
    return undefined
  }
  if (row.text('上级') === '') row.problem('上级', `不能空着，请写所属的${levelNames[wanted]}`)
  // A street and a community may share a name: the level decides.
  const parent = findUnit(row, '上级', ({ level }) => level === wanted)
  if (parent && parent.level !== wanted)
    row.problem(
      '上级',
      `「${parent.name}」是${levelNames[parent.level]}，${levelNames[unit.level]}的上级应当是${levelNames[wanted]}`,
    )
  return parent
}

function noteRoots(filled: { row: Row; unit: UnitEntry }[], rows: number, problems: Problem[]): void {
  const roots = filled.filter(({ unit }) => unit.level === 'district')
  if (roots.length === 0 && rows > 0) problems.push({ sheet, row: 0, message: '缺少级别为「区」的一行' })
  for (const { row } of roots.slice(1)) row.problem('级别', '只能有一个「区」')
}

/** Calls `note` for every item whose name an earlier one has. */
export function noteRepeats<T>(
  items: T[],
  nameOf: (item: T) => string,
  note: (item: T, first: T) => void,
): void {
  const seen = new Map<string, T>()
  for (const item of items) {
    const name = key(nameOf(item))
    const first = seen.get(name)
    if (first === undefined) seen.set(name, item)
    else note(item, first)
  }
}
