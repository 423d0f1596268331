// What open boards cost: the first page, and one report reaching five hundred of them. In a process of its own.
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { Agent, request } from 'undici'
import { keyring } from '../src/crypt.ts'
import type { Db } from '../src/database/connection.ts'
import { createLinks } from '../src/links.ts'

export interface BoardCosts {
  /** Milliseconds to the whole page, of a bot that was just started and then; and its size. */
  first: number
  again: number
  kilobytes: number
  boards: number
  /** Milliseconds from the report to the first and the last board. */
  soonest: number
  latest: number
  /** CPU seconds of the bot a second, from the report until the last board was told. */
  cores: number
}

const boards = 500
const patienceMs = 60_000

/** @param bot where it runs, and the CPU seconds that it has used */
export async function benchBoards(
  db: Db,
  { origin, secretKey, cpu }: { origin: string; secretKey: string; cpu: () => number },
): Promise<BoardCosts> {
  const clock = { now: () => new Date(performance.timeOrigin + performance.now()) }
  const links = createLinks({ keyring: keyring(secretKey), base: origin, clock })
  const { rows } = await sql<{ campaign: number; unit: number; person: number }>`
    select distinct on (role = 'district_admin', person_id) unit.campaign_id as campaign, unit.id as unit, person_id as person
    from unit, assignment where level = 'district' order by role = 'district_admin' desc, person_id`.execute(
    db,
  )
  const [top] = rows
  if (!top) throw new Error('no campaign')
  const dispatcher = new Agent({ connections: boards + 10, headersTimeout: 0, bodyTimeout: 0 })
  try {
    const enter = async (pass: (typeof rows)[number]) => {
      const link = links.make('/board/', { use: 'board', ...pass }, 600_000)
      const entered = await request(link, { dispatcher })
      await entered.body.dump()
      const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
      return { cookie, place: `${origin}${entered.headers['location']}` }
    }
    const { cookie, place } = await enter(top)
    const from = performance.now()
    const page = await request(place, { dispatcher, headers: { cookie } })
    const text = await page.body.text()
    const first = performance.now() - from
    const once = performance.now()
    await (await request(place, { dispatcher, headers: { cookie } })).body.dump()
    const again = performance.now() - once
    const version = /data-version="([^"]+)"/.exec(text)?.[1]
    const arrivals: number[] = []
    // Held until the end: what nobody holds may be collected, and its answer with it.
    const bodies: unknown[] = []
    // People of all kinds, each by a link of their own: what each may see is looked up for each.
    const open = async (_: unknown, at: number) => {
      const { cookie, place } = await enter(rows[at % rows.length] ?? top)
      const events = place.replace(/\d+$/, `events?unit=${top.unit}&v=${version}`)
      const { body, statusCode } = await request(events, { dispatcher, headers: { cookie } })
      if (statusCode !== 200) throw new Error(`status ${statusCode}`)
      bodies.push(body)
      let heard = ''
      body.on('data', (chunk: Buffer) => {
        const before = heard.includes('event: change')
        heard += String(chunk)
        if (!before && heard.includes('event: change')) arrivals.push(performance.now())
      })
      body.on('error', () => {})
    }
    await Promise.all(Array.from({ length: boards }, open))
    const [said, used] = [performance.now(), cpu()]
    await change(db)
    while (arrivals.length < boards && performance.now() - said < patienceMs) await pause(20)
    if (arrivals.length < boards)
      throw new Error(`only ${arrivals.length} of ${boards} boards were told over ${bodies.length} answers`)
    const latest = Math.max(...arrivals) - said
    return {
      cores: ((cpu() - used) * 1000) / latest,
      ...{ first, again, kilobytes: Buffer.byteLength(text) / 1024, boards },
      ...{ soonest: Math.min(...arrivals) - said, latest },
    }
  } finally {
    await dispatcher.destroy()
  }
}

/** What a report leaves behind, as far as boards see it. */
async function change(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update cell set value = value + 1 where value is not null
      and indicator_id = (select min(id) from indicator where kind = 'count')`.execute(tx)
    await sql`update campaign set revision = revision + 1`.execute(tx)
  })
}
