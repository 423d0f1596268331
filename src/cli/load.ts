// npm run --silent load -- FILE.xlsx [--dry-run] [--campaign NAME]: loads a campaign workbook, or a table of numbers for a
// campaign that exists, or says what is wrong with it.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Clock, dateOf, realClock } from '../clock.ts'
import { keyring } from '../crypt.ts'
import { type Db, openDatabase, type Store } from '../database/connection.ts'
import { describeChanges } from '../database/load.ts'
import { UserError } from '../errors.ts'
import { loadAtOnce, marked } from '../importing.ts'
import { type Content, contentOf, mostBytes, type Parsed, parseFile } from '../importing-file.ts'
import { describeProblems, type Problem } from '../sheet/problems.ts'
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
const patienceMs = 1000

interface Asked {
  file: string
  dryRun: boolean
  /** Which campaign numbers are for, where several are active. */
  campaign: string | undefined
}

/** @returns the exit code: 1 when anything is wrong, and then nothing was written */
export async function load(args: string[], io: LoadIo): Promise<number> {
  try {
    const asked = readArguments(args)
    const { clock = realClock } = io
    const bytes = readWorkbook(asked.file)
    const parsed = await parseFile(bytes, dateOf(clock.now()))
    const problems = parsed.problems ?? (await write(parsed, bytes, asked, io))
    if (!problems) return 0
    io.err(`${basename(asked.file)} 有 ${problems.length} 处问题，什么都没有写入：`)
    for (const line of describeProblems(problems)) io.err(line)
    await mark(asked.file, bytes, problems, io)
    return 1
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err(error.message)
    return 1
  }
}

/** @returns what is wrong; undefined when it was written, or compared */
async function write(
  parsed: Exclude<Parsed, { problems: Problem[] }>,
  bytes: Buffer,
  { file, dryRun, campaign: name }: Asked,
  io: LoadIo,
): Promise<Problem[] | undefined> {
  const { config, out, clock = realClock, open = () => openDatabase(config) } = io
  // Another key would seal every phone number anew, and the running bot could not read them any more.
  if (config.DATABASE_URL && !config.SECRET_KEY)
    throw new UserError('请先设置 SECRET_KEY，要与正在运行的挂图相同：手机号是用它加密的。')
  const store = await open()
  try {
    const now = clock.now()
    const fileName = basename(file)
    const campaign = parsed.layout === 'numbers' ? await campaignNamed(store.db, name) : undefined
    const where = { today: dateOf(now), fileName, ...(campaign && { campaign: campaign.id }) }
    const content = await contentOf(store.db, parsed, where)
    if (content.problems) return content.problems
    const tools = { db: store.db, keys: keyring(secretOf(config)) }
    const from = { bytes, fileName, by: `导入 ${fileName}`, now }
    const changes = await loadAtOnce(tools, from, content, { dryRun, progress: progressLine(io, clock) })
    out(dryRun ? `试运行，什么都没有写入。「${titleOf(content)}」将会：` : `已导入「${titleOf(content)}」：`)
    for (const line of describeChanges(changes)) out(line)
    for (const note of content.layout === 'numbers' ? content.notes : []) out(note)
    return undefined
  } finally {
    await store.close()
  }
}

const titleOf = (content: Content) =>
  content.layout === 'campaign' ? content.workbook.plan.name : content.roster.campaign.name

async function campaignNamed(db: Db, name: string | undefined): Promise<{ id: number }> {
  const query = db.selectFrom('campaign').where('status', '=', 'active').select(['id', 'name'])
  const active = await query.orderBy('id').execute()
  const names = active.map((one) => `「${one.name}」`).join('、')
  const [only, ...more] = name === undefined ? active : active.filter((one) => one.name === name)
  if (only && more.length === 0) return only
  if (active.length === 0)
    throw new UserError('文件里没有「方案」，是一张数据表，可是库里还没有活动：请先导入活动工作簿。')
  if (name !== undefined) throw new UserError(`没有叫「${name}」的活动，现在有：${names}。`)
  throw new UserError(`现在有几个活动：${names}。请加 --campaign 名称，说明这张数据表是哪个活动的。`)
}

/** Beside the file, under a name that is free: nothing of the user's is overwritten. */
async function mark(file: string, bytes: Buffer, problems: Problem[], { err }: LoadIo): Promise<void> {
  const answer = await marked(bytes, basename(file), problems)
  if (!answer) return
  const place = freePlace(join(dirname(file), answer.name))
  try {
    writeFileSync(place, answer.bytes, { flag: 'wx' })
  } catch {
    err('问题也想标在文件里，可是这个文件夹写不进去。')
    return
  }
  err(`问题已标注在 ${place}`)
}

function freePlace(place: string): string {
  const numbered = (n: number) => place.replace(/(\.xlsx)$/, n === 1 ? '$1' : ` ${n}$1`)
  let n = 1
  while (existsSync(numbered(n))) n++
  return numbered(n)
}

function readArguments(args: string[]): Asked {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { 'dry-run': { type: 'boolean', default: false }, campaign: { type: 'string' } },
      allowPositionals: true,
    })
    const [file, ...rest] = positionals
    const { 'dry-run': dryRun, campaign } = values
    if (file !== undefined && rest.length === 0) return { file, dryRun, campaign }
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
