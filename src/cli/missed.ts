// npm run --silent understand -- --missed [--days N]: what people said and nobody understood, the most frequent first.
import { parseArgs } from 'node:util'
import { addDays, type Clock, dateOf, realClock } from '../clock.ts'
import { activeCampaigns } from '../database/campaigns.ts'
import { openDatabase, type Store } from '../database/connection.ts'
import { type Missed, missedDays, readMissed } from '../database/missed.ts'
import { readRoster } from '../database/roster.ts'
import { UserError } from '../errors.ts'

export interface MissedIo {
  config: { DATABASE_URL: string; DATA_DIR: string }
  out(line: string): void
  err(line: string): void
  clock?: Clock
  open?(): Promise<Store>
}

const usage = `用法：npm run --silent understand -- --missed [--days 1到${missedDays}]`

/**
 * Lists by campaign: how often, on which day last, what.
 * @param args with `--missed`; `--days N` = of the last N days, today among them
 * @returns the exit code: 1 when the arguments are wrong
 */
export async function missed(args: string[], io: MissedIo): Promise<number> {
  try {
    await list(readDays(args), io)
    return 0
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err(error.message)
    return 1
  }
}

async function list(days: number, io: MissedIo): Promise<void> {
  const { config, out, clock = realClock, open = () => openDatabase(config) } = io
  const since = addDays(dateOf(clock.now()), 1 - days)
  const store = await open()
  try {
    const campaigns = await activeCampaigns(store.db, ['active', 'closing'])
    if (campaigns.length === 0) out('还没有导入攻坚方案。')
    for (const { id } of campaigns) {
      const { campaign } = await readRoster(store.db, id)
      const found = await readMissed(store.db, id, since)
      for (const line of linesOf(campaign.name, days, found)) out(line)
    }
  } finally {
    await store.close()
  }
}

function linesOf(name: string, days: number, found: Missed[]): string[] {
  const head = `「${name}」最近${days}天没听懂的话`
  if (found.length === 0) return [`${head}：没有。`]
  const all = found.reduce((sum, { times }) => sum + times, 0)
  const rows = found.map(
    ({ text, times, last }) => `${String(times).padStart(4)}次  ${last}  ${text.replaceAll('\n', ' / ')}`,
  )
  return [`${head}：${found.length}句，${all}次（次数、最后一天、原话）`, ...rows]
}

function readDays(args: string[]): number {
  try {
    const { values } = parseArgs({
      args,
      options: {
        missed: { type: 'boolean', default: false },
        days: { type: 'string', default: `${missedDays}` },
      },
    })
    const days = Number(values.days)
    if (values.missed && Number.isInteger(days) && days >= 1 && days <= missedDays) return days
  } catch {
    // An unknown option: the usage says it all.
  }
  throw new UserError(usage)
}
