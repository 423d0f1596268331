// What it costs to answer, as a ratio against a bare way that is measured in the same minutes.
import { keyring } from '../src/crypt.ts'
import { openDatabase } from '../src/database/connection.ts'
import { exampleBeginning, loadExample } from '../src/example.ts'
import { freePort } from '../test/support/ports.ts'
import { memory, out, secret, secretKey, withSink } from './ground.ts'
import { saturate, type Target } from './load.ts'
import { start } from './process.ts'

const rounds = 3

/** What it costs to answer: 「进度」 against a bare Koa app that reads and writes as much. */
export async function answering(server: string): Promise<void> {
  const people = await prepare(server)
  const port = { bot: await freePort(), bare: await freePort() }
  await withSink(server, async (shared, sink) => {
    const bot = await start(
      ['node', ...memory, 'dist/src/main.js', 'start'],
      { ...shared, PORT: String(port.bot) },
      /"ready"/,
    )
    const bare = await start(
      ['node', 'dist/bench/baseline.js'],
      { ...shared, PORT: String(port.bare) },
      /ready/,
    )
    const idle = bot.memory()

    const targetOf = (at: number): Target => ({ origin: `http://127.0.0.1:${at}`, secret, sink, people })
    const results: { bot: Round; bare: Round }[] = []
    for (const at of [port.bare, port.bot]) await saturate(targetOf(at), { messages: 3_000, outstanding: 64 })
    for (let round = 0; round < rounds; round++)
      results.push({
        bare: await measure(targetOf(port.bare), bare.cpu),
        bot: await measure(targetOf(port.bot), bot.cpu),
      })
    report(results)
    out(
      `memory of npm start on PostgreSQL: ${idle.toFixed(0)} MB idle, ${bot.memory().toFixed(0)} MB after the load (goal ≤ 200)`,
    )
    await bot.stop()
    await bare.stop()
  })
}

interface Round {
  perSecond: number
  cpuPer10k: number
  p50: number
  p99: number
}

async function measure(target: Target, cpu: () => number): Promise<Round> {
  const messages = 8_000
  const before = cpu()
  const { seconds, latencies } = await saturate(target, { messages, outstanding: 64 })
  const used = cpu() - before
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0
  return { perSecond: messages / seconds, cpuPer10k: (used / messages) * 10_000, p50: at(0.5), p99: at(0.99) }
}

function report(results: { bot: Round; bare: Round }[]): void {
  const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
  const of = (who: 'bot' | 'bare', what: keyof Round) => median(results.map((round) => round[who][what]))
  for (const who of ['bare', 'bot'] as const)
    out(
      `${who === 'bot' ? 'guatu   ' : 'bare Koa'} 「进度」: ${of(who, 'perSecond').toFixed(0)}/s, ` +
        `${of(who, 'cpuPer10k').toFixed(2)} CPU s/10k, p50 ${of(who, 'p50').toFixed(1)} ms, p99 ${of(who, 'p99').toFixed(1)} ms`,
    )
  const ratio = (what: (round: { bot: Round; bare: Round }) => number) => median(results.map(what)).toFixed(2)
  out(
    `ratio, messages a second: ${ratio(({ bot, bare }) => bot.perSecond / bare.perSecond)} of bare Koa (goal ≥ 0.5)`,
  )
  out(`ratio, messages a CPU second: ${ratio(({ bot, bare }) => bare.cpuPer10k / bot.cpuPer10k)} of bare Koa`)
}

/** The example campaign on a fresh database. @returns the account ids of its people */
async function prepare(url: string): Promise<string[]> {
  const store = await openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  await loadExample(store.db, keyring(secretKey), new Date(exampleBeginning))
  const accounts = await store.db
    .selectFrom('account')
    .where('platform', '=', 'dingtalk')
    .select('userid')
    .execute()
  await store.close()
  return accounts.map(({ userid }) => userid)
}
