// The walk through the permission matrix: who says what about which unit in which place, what was written, and what
// `domain.md` C2 says of it. Nothing here asks the product who may do what.
import { expect, inject } from 'vitest'
import type { Action, Role } from '../../src/campaign/permissions.ts'
import type { Db } from '../../src/database/connection.ts'
import { createLinks } from '../../src/links.ts'
import { plainText } from '../../src/platforms/terminal/render.ts'
import { readExample } from '../examples/example.ts'
import { openTestPostgres } from './databases.ts'
import { botOn, stillClock } from './example.ts'
import { testKeys } from './keys.ts'
import { openTrials } from './trials.ts'

export const roles = [
  ...(['secretary', 'reporter', 'street_admin', 'street_secretary', 'supervisor'] as const),
  ...(['district_admin', 'district_leader', 'guest'] as const),
] satisfies Role[]

/** All of 汝河路街道 and 金苑社区 where the role has a unit. */
const accounts: Record<Role, string> = {
  ...{ secretary: 'zhangjianguo', reporter: 'matrix-reporter', street_admin: 'zhoumin' },
  ...{ street_secretary: 'majianjun', supervisor: 'liuyang', district_admin: 'hexiaowen' },
  ...{ district_leader: 'zhengguodong', guest: 'lurenjia' },
}

const units = {
  ...{ own: '金苑社区', sibling: '汝河小区社区', street: '汝河路街道' },
  ...{ otherCommunity: '西站路社区', otherStreet: '桐柏路街道', district: '全区' },
}
export type Scope = keyof typeof units
export const everywhere = Object.keys(units) as Scope[]
export const leaves: Scope[] = ['own', 'sibling', 'otherCommunity']
export const above: Scope[] = ['street', 'otherStreet', 'district']

const inside: Record<Scope, Scope[]> = {
  ...{ own: ['own'], sibling: ['sibling'], otherCommunity: ['otherCommunity'] },
  ...{ street: ['own', 'sibling', 'street'], otherStreet: ['otherCommunity', 'otherStreet'] },
  district: everywhere,
}
const homes: Partial<Record<Role, Scope>> = {
  ...{ secretary: 'own', reporter: 'own', street_admin: 'street', street_secretary: 'street' },
}

export const places = ['private', 'street', 'district'] as const
export type Place = (typeof places)[number] | 'new'
const groups = { street: 'cid-ruhelu', district: 'cid-zhongyuan', new: 'cid-matrix' }

/** What a row finds when it prepares something: the database, and people who speak in private. */
export interface Stage {
  db: Db
  campaign: number
  unit: string
  unitId: number
  place: Place | undefined
  say(account: string, text: string): Promise<string>
  phone: string
}

export interface Row {
  action: Action
  /** `domain.md` C2: how far each role reaches, in the order of `roles`. – = not at all. */
  reach: string
  /** Of which units it is said; `chat` = of none, and the group's is meant. */
  scopes: Scope[] | 'chat'
  /** Units of a level at which nothing can be done, and what an allowed person is told there. */
  instead?: [Scope[], RegExp]
  /** Where it is said: everywhere unless told otherwise. */
  places?: readonly Place[]
  /** It only reads. `anywhere`: and what it reads may be told in every group. */
  reads?: true | 'anywhere'
  /** Also what the group belongs to must be within reach. */
  takesGroup?: true
  /** @returns what the sentence needs: a number. Made once for each unit, or group. */
  before?(stage: Stage): Promise<number | undefined>
  say(unit: string, number: number, place: Place): string
  /** What an allowed person is told. */
  done: RegExp
  /** Whoever is bound but not allowed does less than that: it is said so, and `strong` is what is not done then. */
  weaker?: { told: RegExp; strong(stage: Pick<Stage, 'db'>): Promise<boolean> }
}

/** Says who may do it, or where; or that the bot does not know the person. */
const who = '(组织委员|专班|领导|督导员|填报员)'
const refusals = [
  new RegExp(`能办的人：.*${who}`),
  new RegExp(`由.*${who}.*办理`),
  new RegExp(`请找本人或.*${who}`),
  new RegExp(`要由.*所属的.*${who}来确认`),
  /这个群只办.+的事；.+的请在它自己的群里说，或私聊我/,
  /要先由.+同意，再到区里批|已经转给区专班.+，由区里批/,
  /街道的人看本街道的，区里的看全区的；.+您看不了。在群里 @我 说“送达”/,
]

export interface Matrix {
  /** Every combination of one row. @returns how many there were */
  walk(row: Row): Promise<number>
  close(): Promise<void>
}

export async function openMatrix(): Promise<Matrix> {
  const store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const campaign = await addReporter(store.db)
  const { workbook } = await readExample()
  const phones = workbook.people.flatMap(({ phone }) => phone ?? [])
  expect(phones.length).toBeGreaterThan(100)
  const { db, trial, written, close } = await openTrials(store.url)
  const clock = stillClock()
  const links = createLinks({ keyring: testKeys, base: 'https://guatu.example.cn', clock })
  const hear = botOn({ db }, { clock, links })
  let said = 0
  let revision = 1_000_000

  const speak = async (account: string, place: Place, robot: string, text: string) => {
    const chat =
      place === 'private'
        ? { id: account, kind: 'single' as const }
        : { id: groups[place], kind: 'group' as const, title: '群' }
    const sender = { id: account, name: account }
    const id = `matrix-${++said}`
    const reply = await hear({ platform: 'dingtalk', kind: 'text', robot, id, chat, sender, text })
    const answer = reply ? plainText(reply) : '（不回话）'
    if (place !== 'private') withoutPhones(answer, `${place} ${account}：${text}`)
    return answer
  }

  const withoutPhones = (text: string, where: string) => {
    for (const digits of text.match(/\d{11,}/g) ?? [])
      expect(
        phones.filter((phone) => digits.includes(phone)),
        where,
      ).toEqual([])
  }

  /** Says it, and answers what is asked before it is known what was meant. */
  const converse = async (account: string, place: Place, text: string, unit: string) => {
    const robot = `robot-${said}`
    let answer = await speak(account, place, robot, text)
    if (/您说的是哪个单位/.test(answer)) {
      const number = new RegExp(`^(\\d+) ${unit}$`, 'm').exec(answer)?.[1] ?? '1'
      answer = await speak(account, place, robot, number)
    }
    const isOffered = /^1 (发布$|催（|交接（)/m.test(answer) && /^发布|^催|换成/.test(text)
    return isOffered ? speak(account, place, robot, '1') : answer
  }

  /** What the bot remembers of the campaign is told apart by its revision: what was undone is read again. */
  const forget = () => {
    revision += 1000
    return db.updateTable('campaign').set({ revision }).execute()
  }

  const cell = async (row: Row, role: Role, at: { scope: Scope; place: Place; number: number }) => {
    const { scope, place, number } = at
    const unit = units[scope]
    const text = row.say(unit, number, place)
    const label = `${role}, ${place}: ${text}`
    const isAllowed = allowed(row, role, scope, place)
    const before = await written()
    let wrote = false
    await trial(async () => {
      const answer = await converse(accounts[role], place, text, unit)
      wrote = (await written()) > before
      if (row.weaker && role !== 'guest') {
        expect.soft(answer, label).toMatch(row.done)
        expect.soft(row.weaker.told.test(answer), `${label} → ${answer}`).toBe(!isAllowed)
        expect.soft(await row.weaker.strong({ db }), `${label} does it`).toBe(isAllowed)
        return
      }
      if (!isAllowed) {
        expect.soft(wrote, `${label} wrote something: ${answer}`).toBe(false)
        const known = role === 'guest' ? [/我还不认识您/, ...refusals] : refusals
        if (!known.some((words) => words.test(answer)))
          expect.soft(answer, `${label} is refused with who may, or where`).toBe('a refusal')
        return
      }
      const isInstead = row.instead?.[0].includes(scope) ?? false
      expect.soft(answer, label).toMatch(isInstead ? (row.instead?.[1] ?? row.done) : row.done)
      expect.soft(wrote, `${label} → ${answer}`).toBe(!row.reads && !isInstead)
      if (!wrote) return
      const pushed = await db.selectFrom('outbox').where('chat_id', 'is not', null).select('reply').execute()
      withoutPhones(JSON.stringify(pushed), `pushed after ${label}`)
    })
    if (wrote) await forget()
  }

  const walkUnit = (row: Row, scope: Scope, where: readonly Place[]) =>
    trial(async () => {
      const { unit_id: unitId } = await db
        .selectFrom('unit_version')
        .where('name', '=', units[scope])
        .select('unit_id')
        .executeTakeFirstOrThrow()
      const say = (account: string, text: string) => converse(account, 'private', text, units[scope])
      const stage = { db, campaign, unit: units[scope], unitId, say, phone: phones[0] ?? '' }
      await forget()
      const number = (await row.before?.({ ...stage, place: where.length === 1 ? where[0] : undefined })) ?? 0
      for (const place of where) for (const role of roles) await cell(row, role, { scope, place, number })
      return where.length * roles.length
    })

  return {
    async walk(row) {
      const where = row.places ?? places
      const all = row.scopes === 'chat' ? [] : [...row.scopes, ...(row.instead?.[0] ?? [])]
      let count = 0
      for (const scope of all) count += await walkUnit(row, scope, where)
      if (row.scopes === 'chat')
        for (const place of where)
          count += await walkUnit(row, place === 'street' || place === 'district' ? place : 'own', [place])
      return count
    },
    async close() {
      await close()
      await store.close()
    },
  }
}

/** Scope = min(role scope, chat scope). */
function allowed(row: Row, role: Role, scope: Scope, place: Place): boolean {
  const how = row.reach.split(' ')[roles.indexOf(role)]
  const chat = place === 'street' || place === 'district' ? place : undefined
  const reaches = (unit: Scope) => {
    const home = homes[role]
    if (how === 'own') return unit === home
    if (how === 'tree') return home !== undefined && inside[home].includes(unit)
    return how === 'chat' ? unit === chat : how === 'all'
  }
  if (row.takesGroup) return reaches(scope) && (chat === undefined || reaches(chat))
  return reaches(scope) && (!chat || row.reads === 'anywhere' || inside[chat].includes(scope))
}

/** The example has no 填报员: one for 金苑社区. @returns the campaign */
async function addReporter(db: Db): Promise<number> {
  const { unit_id, campaign_id } = await db
    .selectFrom('unit_version')
    .where('name', '=', units.own)
    .select(['unit_id', 'campaign_id'])
    .executeTakeFirstOrThrow()
  const made = { campaign_id, created_by: 'test' }
  const { id: person_id } = await db
    .insertInto('person')
    .values({ ...made, name: '陆小满' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const account = { platform: 'dingtalk', userid: accounts.reporter }
  await db
    .insertInto('account')
    .values({ ...made, ...account, person_id })
    .execute()
  await db
    .insertInto('assignment')
    .values({ ...made, person_id, unit_id, role: 'reporter', valid_from: '2026-08-01' })
    .execute()
  return campaign_id
}
