// npm run --silent load -- FILE [--dry-run]: loads a campaign workbook, or says what is wrong with it.
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { type Clock, dateOf, realClock } from '../clock.ts'
import { keyring } from '../crypt.ts'
import { openDatabase, type Store } from '../database/connection.ts'
import { describeChanges, loadCampaign } from '../database/load.ts'
import { UserError } from '../errors.ts'
import type { CampaignWorkbook } from '../sheet/campaign.ts'
import { describeProblems } from '../sheet/problems.ts'
import { readSheets } from '../sheet/read.ts'
import { readCampaign } from '../sheet/workbook.ts'
import { secretOf } from './secret.ts'

export interface LoadIo {
  config: { DATABASE_URL: string; DATA_DIR: string; SECRET_KEY: string }
  out(line: string): void
  err(line: string): void
  /** Whether a person is watching: then a long load shows how far it is. */
  isTerminal: boolean
  clock?: Clock
  open?(): Promise<Store>
  /** Writes without a line break, to be overwritten. */
  rewrite?(text: string): void
}

const usage = '用法：npm run --silent load -- 文件.xlsx [--dry-run]'
const mostBytes = 20 << 20
const patienceMs = 1000

/** @returns the exit code: 1 when anything is wrong, and then nothing was written */
export async function load(args: string[], io: LoadIo): Promise<number> {
  try {
    const { file, dryRun } = readArguments(args)
    const { clock = realClock } = io
    const parsed = readCampaign(await readSheets(readWorkbook(file)), dateOf(clock.now()))
    if (parsed.problems) {
      io.err(`${basename(file)} 有 ${parsed.problems.length} 处问题，什么都没有写入：`)
      for (const line of describeProblems(parsed.problems)) io.err(line)
      return 1
    }
    await write(parsed.workbook, { dryRun, by: `导入 ${basename(file)}` }, io)
    return 0
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err(error.message)
    return 1
  }
}

async function write(
  workbook: CampaignWorkbook,
  how: { dryRun: boolean; by: string },
  io: LoadIo,
): Promise<void> {
  const { config, out, clock = realClock, open = () => openDatabase(config) } = io
  // Another key would seal every phone number anew, and the running bot could not read them any more.
  if (config.DATABASE_URL && !config.SECRET_KEY)
    throw new UserError('请先设置 SECRET_KEY，要与正在运行的挂图相同：手机号是用它加密的。')
  const store = await open()
  try {
    const now = clock.now()
    const keys = keyring(secretOf(config))
    const changes = await loadCampaign(store.db, workbook, {
      ...how,
      now,
      keys,
      progress: progressLine(io, clock),
    })
    const { name } = workbook.plan
    out(how.dryRun ? `试运行，什么都没有写入。「${name}」将会：` : `已导入「${name}」：`)
    for (const line of describeChanges(changes)) out(line)
  } finally {
    await store.close()
  }
}

function readArguments(args: string[]): { file: string; dryRun: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean', default: false } },
      allowPositionals: true,
    })
    const [file, ...rest] = positionals
    if (file !== undefined && rest.length === 0) return { file, dryRun: values['dry-run'] }
  } catch {
    // An unknown option: the usage says it all.
  }
  throw new UserError(usage)
}

function readWorkbook(file: string): Buffer {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat?.isDirectory()) throw new UserError(`${file} 是文件夹，请写里面的 .xlsx 或 .xls 文件`)
  if (!stat?.isFile()) throw new UserError(`找不到文件：${file}`)
  if (stat.size > mostBytes)
    throw new UserError(
      `文件太大（${Math.ceil(stat.size / (1 << 20))} MB），最大 ${mostBytes >> 20} MB。请删掉图片和多余的工作表。`,
    )
  try {
    return readFileSync(file)
  } catch (cause) {
    throw Object.assign(new UserError(`读不了文件：${file}（没有读取权限？）`), { cause })
  }
}

function progressLine({ isTerminal, rewrite = toTerminal }: LoadIo, clock: Clock) {
  const started = clock.now().getTime()
  const number = (n: number) => n.toLocaleString('en')
  return (done: number, total: number) => {
    if (!isTerminal || clock.now().getTime() - started < patienceMs) return
    rewrite(`\r正在导入数据 ${number(done)}/${number(total)}${done === total ? '\n' : ''}`)
  }
}

const toTerminal = (text: string) => process.stderr.write(text)
