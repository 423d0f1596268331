// `npm run bench`: what the bot costs, as ratios against a bare way measured in the same run. All parts, or only those
// that are named behind `--`: webhook, speaking, scores, understanding, pictures, boards, sheet, export,
// demo.
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { keyring } from '../src/crypt.ts'
import { type Db, openDatabase } from '../src/database/connection.ts'
import { exampleBeginning, loadExample } from '../src/example.ts'
import { onServer } from '../test/support/databases.ts'
import { freePort } from '../test/support/ports.ts'
import { startPostgres } from '../test/support/postgres-server.ts'
import { startRedis } from '../test/support/redis-server.ts'
import { benchBoards } from './boards.ts'
import { exportCosts } from './exports.ts'
import { benchLateness } from './lateness.ts'
import { saturate, startSink, type Target } from './load.ts'
import { addManyUnits } from './many-units.ts'
import { everyUnit, oneRobot } from './morning.ts'
import { benchPictures } from './pictures.ts'
import { start } from './process.ts'
import { benchReminders } from './reminders.ts'
import { benchPlace, type benchRanking, benchReport } from './scores.ts'
import { benchSheet } from './sheet.ts'
import { type Costs, namesOf } from './understanding.ts'

const secret = 'bench-client-secret'
const secretKey = 'bench secret key, long enough to be taken'
/** As `npm start` has it. */
const memory = ['--max-semi-space-size=8', '--max-old-space-size=512']
const rounds = 3
const out = (line: string) => process.stdout.write(`${line}\n`)

const postgres = await startPostgres({ durable: true })
try {
  const parts = {
    webhook: answering,
    speaking,
    scores: scoring,
    understanding,
    pictures,
    boards,
    sheet,
    export: exporting,
    demo,
  }
  const named = process.argv.slice(2)
  const unknown = named.find((name) => !Object.hasOwn(parts, name))
  if (unknown !== undefined) throw new Error(`no part ${unknown}; there are ${Object.keys(parts).join(', ')}`)
  for (const [name, part] of Object.entries(parts))
    if (named.length === 0 || named.includes(name)) await part(postgres.url)
} finally {
  await postgres.stop()
}

/** What the district's wall chart costs. */
async function pictures(): Promise<void> {
  const { first, p50, p95, blocked, kilobytes } = await benchPictures()
  out(
    `wall chart of 14 streets: first ${first.toFixed(0)} ms (goal ≤ 300), then p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (goal ≤ 120), event loop held ${blocked.toFixed(1)} ms at most (goal ≤ 20), ${kilobytes.toFixed(0)} KB`,
  )
}

/** What a clerk's workbook of 20,000 rows costs. */
async function sheet(): Promise<void> {
  for (const line of await benchSheet(memory)) out(line)
}

/** What five hundred open boards cost when a number changes. */
async function boards(server: string): Promise<void> {
  await withSink(server, (shared) =>
    withExample(server, 'bench_boards', async (db, url) => {
      const port = String(await freePort())
      const origin = `http://127.0.0.1:${port}`
      const settings = { ...shared, DATABASE_URL: url, PORT: port, PUBLIC_URL: origin }
      const bot = await start(['node', ...memory, 'dist/src/main.js', 'start'], settings, /"ready"/)
      try {
        const cost = await benchBoards(db, { origin, secretKey, cpu: bot.cpu })
        out(
          `board of the district: ${cost.first.toFixed(0)} ms to the first page of a bot just started, ${cost.again.toFixed(0)} ms to the next (goal ≤ 300), ${cost.kilobytes.toFixed(0)} KB (goal ≤ 150)`,
        )
        out(
          `a number changes, ${cost.boards} boards are open: the first is told after ${cost.soonest.toFixed(0)} ms, the last after ${cost.latest.toFixed(0)} ms (goal ≤ 2000), ${cost.cores.toFixed(2)} cores until then (goal ≤ 1), ${bot.memory().toFixed(0)} MB`,
        )
      } finally {
        await bot.stop()
      }
    }),
  )
}

/** What the district's workbook costs, with all of its history. */
async function exporting(server: string): Promise<void> {
  out(await withExample(server, 'bench_export', exportCosts))
}

/** What it costs to answer: 「进度」 against a bare Koa app that reads and writes as much. */
async function answering(server: string): Promise<void> {
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

/** With Redis and a platform that takes what is said; both end with the work. */
async function withSink(
  server: string,
  work: (shared: Record<string, string>, sink: Awaited<ReturnType<typeof startSink>>) => Promise<void>,
): Promise<void> {
  const redis = await startRedis()
  const sink = await startSink()
  try {
    await work(
      {
        ...{ DATABASE_URL: server, REDIS_URL: redis.url, SECRET_KEY: secretKey, LOG_LEVEL: 'info' },
        ...{ DINGTALK_CLIENT_ID: 'bench', DINGTALK_CLIENT_SECRET: secret, NODE_ENV: 'production' },
        ...{ DINGTALK_API_BASE: sink.base, DINGTALK_OAPI_BASE: sink.base },
      },
      sink,
    )
  } finally {
    await sink.stop()
    await redis.stop()
  }
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

/** What it costs to speak first. Each part has a database of its own. */
async function speaking(server: string): Promise<void> {
  const keys = keyring(secretKey)
  await withSink(server, async (shared) => {
    const late = await withExample(server, 'bench_late', async (_db, url) =>
      benchLateness({ ...shared, DATABASE_URL: url, PORT: String(await freePort()) }, keys),
    )
    const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0
    out(`reminders when idle: late by p50 ${at(0.5)} ms, p99 ${at(0.99)} ms (goal ≤ 1000)`)
  })

  const { bare, firing } = await withExample(server, 'bench_reminders', benchReminders)
  const times = (firing / bare).toFixed(2)
  out(
    `1,000,000 reminders wait, 100 are due: claimed and queued in ${firing.toFixed(1)} ms, bare claim ${bare.toFixed(1)} ms, ratio ${times} (goal ≤ 3)`,
  )
  for (const [name, run] of [
    ['every deadline of every unit on one morning', everyUnit],
    ['163 long messages through one robot', oneRobot],
  ] as const) {
    const all = await withExample(server, 'bench_morning', (db) => run(db, keys))
    const share =
      all.allowed > 0 ? `, ${((all.took / all.allowed - 1) * 100).toFixed(1)} % over (goal ≤ 5)` : ''
    out(
      `${name}: ${all.told}/${all.groups} groups told, ${all.messages} messages, ${all.refused} refused, ` +
        `last after ${all.took.toFixed(1)} s, the limit allows ${all.allowed.toFixed(1)} s${share}; ${all.worked.toFixed(1)} s of work`,
    )
  }
}

/** What scores cost, at the size of a district and at a thousand times that. */
async function scoring(server: string): Promise<void> {
  const keys = keyring(secretKey)
  const { bare, report } = await withExample(server, 'bench_report', benchReport)
  out(
    `one report with its cell, street and district: ${report.toFixed(2)} ms, two bare rows ${bare.toFixed(2)} ms, ` +
      `ratio ${(report / bare).toFixed(2)} (goal ≤ 1.5)`,
  )
  const few = await withExample(server, 'bench_place', (db) => benchPlace(db, keys))
  await withExample(server, 'bench_many', async (db, url) => {
    await addManyUnits(db)
    const many = await benchPlace(db, keys)
    out(
      `「我们排第几」: ${few.toFixed(2)} ms at 149 units, ${many.toFixed(2)} ms at 149,000, ratio ${(many / few).toFixed(2)} (goal ≤ 1.5)`,
    )
    const ranking = await rankingAlone(url)
    out(
      `weekly ranking of 149,000 units × 13: ${ranking.ours.toFixed(0)} ms, rank() over with a row a cell ${ranking.sql.toFixed(0)} ms, ` +
        `${(ranking.sql / ranking.ours).toFixed(1)} times as fast (goal ≥ 5), ${ranking.megabytes.toFixed(0)} MB (goal ≤ 300), ${ranking.differ} ranks differ`,
    )
  })
}

/** What it costs to understand a sentence, with the names of a district and with those of a province. */
async function understanding(server: string): Promise<void> {
  const names = await withExample(server, 'bench_names', namesOf)
  const program = ['--expose-gc', ...memory, 'dist/bench/understanding.js']
  const child = spawn('node', program, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(names))
  const costs: Costs[] = JSON.parse(await text(child.stdout))
  for (const { units, indicators, ...cost } of costs) {
    const isLargest = units === 20_000
    const goal = isLargest ? ' (goal ≤ 5)' : units < 200 ? ' (goal ≤ 2)' : ''
    out(
      `understanding, ${units} units × ${indicators}: p50 ${cost.p50.toFixed(2)} ms, p95 ${cost.p95.toFixed(2)} ms${goal}, ` +
        `finding names ${cost.spotting.toFixed(3)} ms, 2,000 characters ${cost.longest.toFixed(0)} ms`,
    )
    if (isLargest)
      out(
        `loading ${units} names: ${cost.loading.toFixed(0)} ms of CPU (goal ≤ 1000), ${cost.megabytes.toFixed(0)} MB (goal ≤ 100)`,
      )
  }
}

async function rankingAlone(url: string): Promise<Awaited<ReturnType<typeof benchRanking>>> {
  const { stdout } = await promisify(execFile)('node', [...memory, 'dist/bench/ranking-process.js', url])
  return JSON.parse(stdout)
}

async function withExample<T>(
  server: string,
  name: string,
  work: (db: Db, url: string) => Promise<T>,
): Promise<T> {
  await onServer(server, `create database ${name}`)
  const url = server.replace(/\/[^/]*$/, `/${name}`)
  const store = await openDatabase({ DATABASE_URL: url, DATA_DIR: '' })
  try {
    await loadExample(store.db, keyring(secretKey), new Date(exampleBeginning))
    return await work(store.db, url)
  } finally {
    await store.close()
    await onServer(server, `drop database ${name} with (force)`)
  }
}

async function demo(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
  const environment = { DATA_DIR: directory, PORT: '0', DATABASE_URL: '', REDIS_URL: '' }
  // What `npm run demo` does, in one process, so that stopping it waits for it.
  const command = ['sh', '-c', 'npm run --silent build && exec node dist/src/main.js demo']
  const first = await start(command, environment, /http:\/\//)
  await first.stop()
  const second = await start(command, environment, /http:\/\//)
  await second.stop()
  rmSync(directory, { recursive: true, force: true })
  out(
    `demo ready: ${first.startedIn.toFixed(1)} s the first time, ${second.startedIn.toFixed(1)} s again (goal ≤ 20)`,
  )
}
