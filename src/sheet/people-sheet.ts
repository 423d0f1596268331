// The sheet 人员: who does what for which unit or team, and by which accounts they are known.
import type { PersonEntry, UnitEntry } from './campaign.ts'
import { type Find, finder } from './find.ts'
import type { Problem } from './problems.ts'
import type { Sheet } from './read.ts'
import { type Row, tableRows } from './table.ts'
import { noteRepeats, type Units } from './unit-sheet.ts'
import { phone, text, word } from './values.ts'

const roles = {
  区专班: 'district_admin',
  区领导: 'district_leader',
  督导组: 'supervisor',
  街道组织委员: 'street_admin',
  街道书记: 'street_secretary',
  书记: 'secretary',
  '村（社区）书记': 'secretary',
  填报员: 'reporter',
} as const

const roleNames = new Map<string, string>(
  Object.entries(roles)
    .map(([name, role]) => [role, name] as const)
    .toReversed(),
)

export interface People {
  people: PersonEntry[]
  findPerson: Find<PersonEntry>
}

export function readPeople(sheets: Sheet[], { units, findUnit }: Units, problems: Problem[]): People {
  const optional = ['单位', '组', '手机', '钉钉账号', '企业微信账号']
  const rows = tableRows(sheets, { sheet: '人员', required: ['姓名', '角色'], optional }, problems)
  const entries = rows.flatMap((row) => {
    const person = toPerson(row, findUnit)
    return person ? { row, person } : []
  })
  const accounts = entries.flatMap(({ row, person }) => person.accounts.map((account) => ({ row, account })))
  noteRepeats(
    accounts,
    ({ account }) => `${account.platform}/${account.userid}`,
    ({ row, account }, first) =>
      row.problem(
        account.platform === 'dingtalk' ? '钉钉账号' : '企业微信账号',
        `账号「${account.userid}」与第${first.row.row}行重复`,
      ),
  )
  noteRepeats(
    entries.filter(({ person }) => person.phone !== null),
    ({ person }) => person.phone ?? '',
    ({ row }, first) => row.problem('手机', `与第${first.row.row}行重复`),
  )
  const people = entries.map(({ person }) => person)
  const unitNames = new Map(units.map(({ code, name }) => [code, name]))
  const places = ({ name, unit, team }: PersonEntry) =>
    [unitNames.get(unit ?? ''), team].flatMap((place) => (place ? `${name}(${place})` : []))
  const findPerson = finder('人员', people, [places, (p) => [p.name]], '请写成「姓名（单位）」')
  return { people, findPerson }
}

/**
 * Who approved what a row says: one of the 区专班, who alone decide what does not apply and whom a veto hits (`domain.md`
 * C2).
 * @returns the person, with the name as it is written; undefined when it is not clear who, or somebody who may not (then
 * a problem has been noted)
 */
export function approver(
  row: Row,
  column: string,
  findPerson: Find<PersonEntry>,
): { person: PersonEntry; said: string } | undefined {
  const person = findPerson(row, column, ({ role }) => role === 'district_admin')
  if (!person) return undefined
  const said = row.text(column)
  if (person.role === 'district_admin') return { person, said }
  row.problem(column, `「${said}」在「人员」里是${roleNames.get(person.role)}，批准人应当是区专班的人`)
  return undefined
}

function toPerson(row: Row, findUnit: Find<UnitEntry>): PersonEntry | undefined {
  const name = row.need('姓名', text)
  const role = row.need('角色', word(roles))
  const unit = findUnit(row, '单位')
  const team = row.text('组') || null
  if (row.text('单位') === '' && team === null) row.problem('单位', '单位和组不能都空着')
  const number = row.read('手机', phone)
  const accounts = (
    [
      ['dingtalk', row.text('钉钉账号')],
      ['wecom', row.text('企业微信账号')],
    ] as const
  ).flatMap(([platform, userid]) => (userid === '' ? [] : { platform, userid }))
  if (name === null || role === null) return undefined
  noteWrongPlace(row, role, unit)
  return { name, role, unit: unit?.code ?? null, team, phone: number, accounts }
}

/** A role reaches as far as its unit: a street's clerk placed at the district would be given the whole district. */
function noteWrongPlace(row: Row, role: PersonEntry['role'], unit: UnitEntry | undefined): void {
  if (!unit) return
  const street = unit.level === 'street'
  if ((role === 'street_admin' || role === 'street_secretary') && !street)
    row.problem('单位', `「${unit.name}」不是街道，${row.text('角色')}应当属于街道`)
  if (role === 'secretary' && (street || unit.level === 'district'))
    row.problem('单位', `「${unit.name}」不是社区或村，街道书记请写「街道书记」`)
}
