import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { audit, chained, type Deed } from '../../src/database/audit.ts'
import { writing } from '../../src/database/writing.ts'
import { openTestPostgres } from '../support/databases.ts'

let store: Awaited<ReturnType<typeof openTestPostgres>>
let campaign: number
beforeAll(async () => {
  store = await openTestPostgres(inject('postgresUrl'), { template: inject('template') })
  const { id } = await store.db.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  campaign = id
  for (const subject of ['一', '二', '三']) await note({ subject })
})
afterAll(() => store.close())

const note = (over: Partial<Deed>, db = store.db) =>
  writing(db, campaign, (tx) =>
    audit(tx, {
      ...{
        campaign,
        at: new Date('2026-11-22T02:00:00.123Z'),
        actor: '周敏',
        action: 'bind_chat',
        subject: '群',
      },
      ...over,
    }),
  )
const rows = () =>
  store.db.selectFrom('audit').where('campaign_id', '=', campaign).orderBy('id').selectAll().execute()

/** What anybody can do with the rows alone: the first row that does not follow from the one before. */
function firstBreak(chain: Awaited<ReturnType<typeof rows>>): number {
  return chain.findIndex(
    (row, at) => row.previous !== (chain[at - 1]?.hash ?? '') || row.hash !== chained(row),
  )
}

describe('the record of what was done', () => {
  it('is a chain that anybody can recompute', async () => {
    const chain = await rows()
    expect(chain.length).toBeGreaterThanOrEqual(3)
    expect(firstBreak(chain)).toBe(-1)
  })

  it('shows a row that is missing', async () => {
    const chain = await rows()
    expect(firstBreak(chain.filter((_, at) => at !== chain.length - 2))).toBe(chain.length - 2)
    expect(firstBreak(chain.slice(1))).toBe(0)
  })

  it.each(['actor', 'action', 'subject', 'reason'] as const)('shows a changed %s', async (field) => {
    const chain = await rows()
    expect(firstBreak(chain.map((row, at) => (at === 1 ? { ...row, [field]: '别的' } : row)))).toBe(1)
  })

  it('shows a changed moment, and rows that changed places', async () => {
    const chain = await rows()
    expect(firstBreak(chain.map((row) => ({ ...row, at: new Date(0) })))).toBe(0)
    expect(firstBreak(chain.toReversed())).toBe(0)
  })

  it('keeps hashes of what was before and after, not the things themselves', async () => {
    await note({ before: { unit: 1 }, after: { unit: 2, phone: '13900000000' }, reason: '试' })
    const last = (await rows()).at(-1)
    expect(last?.before_hash).toMatch(/^[0-9a-f]{64}$/)
    expect(last?.after_hash).not.toBe(last?.before_hash)
    expect(JSON.stringify(last)).not.toContain('139')
    await note({ before: null })
    expect((await rows()).at(-1)).toMatchObject({ after_hash: null })
    expect(firstBreak(await rows())).toBe(-1)
  })

  it('refuses to be changed, deleted or truncated', async () => {
    await expect(store.db.updateTable('audit').set({ actor: '别人' }).execute()).rejects.toThrow(
      'append-only',
    )
    await expect(store.db.deleteFrom('audit').execute()).rejects.toThrow('append-only')
    await expect(sql`truncate audit`.execute(store.db)).rejects.toThrow('append-only')
  })

  it('stays one chain when two replicas write at once', async () => {
    const twin = await store.twin()
    const before = (await rows()).length
    const both = Array.from({ length: 20 }, (_, n) =>
      note({ subject: `同时${n}` }, n % 2 ? store.db : twin.db),
    )
    await Promise.all(both)
    await twin.close()
    expect(await rows()).toHaveLength(before + 20)
    expect(firstBreak(await rows())).toBe(-1)
  })

  it('leaves nothing of a deed that failed', async () => {
    const before = await rows()
    const failing = writing(store.db, campaign, async (tx) => {
      await audit(tx, { campaign, at: new Date(0), actor: '周敏', action: 'x', subject: '不会留下' })
      throw new Error('half-way')
    })
    await expect(failing).rejects.toThrow('half-way')
    expect(await rows()).toEqual(before)
  })
})
