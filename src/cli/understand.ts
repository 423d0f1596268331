// npm run --silent understand -- --fixture FILE.json --now ISO: what the bot makes of sentences, one JSON object a line.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { calendarOf } from '../campaign/calendar.ts'
import type { Command } from '../command.ts'
import { UserError } from '../errors.ts'
import { intents } from '../intents/read.ts'
import type { Place } from '../turn.ts'
import { type Known, knownFrom, understandFixture } from './understand-fixture.ts'

export interface UnderstandIo {
  out(line: string): void
  err(line: string): void
  /** Standard input, whole. */
  input(): string
  commands: Command[]
  botName: string
}

const usage =
  '用法：npm run --silent understand -- --fixture 文件.json --now 2026-11-22T10:00:00+08:00 [--sender 姓名] [--chat 单位|private]，每行一句从标准输入读'

/** Needs no database and no settings. @returns the exit code: 1 when the fixture or an option is wrong */
export function understandCli(args: string[], io: UnderstandIo): number {
  try {
    const options = readOptions(args)
    const { fixture, known } = readKnown(options.fixture)
    const now = new Date(options.now)
    if (Number.isNaN(now.getTime())) throw new UserError(`--now ${options.now} 不是时间。${usage}`)
    const sender = options.sender ?? fixture.default_context.sender
    const chat = options.chat ?? fixture.default_context.group_unit
    const place = placeOf(known, sender, chat)
    const supervisor = fixture.default_context.supervision_utterances_sender?.replace(/\(.*$|（.*$/, '')
    const { standing, findings } = known
    const base = {
      commands: io.commands,
      now,
      calendar: calendarOf(),
      standing,
      findings,
      botName: io.botName,
    }
    const read = intents({ ...base, place })
    const inspect =
      options.sender === undefined && supervisor
        ? intents({ ...base, place: placeOf(known, supervisor, chat) })
        : read
    for (const line of linesOf(io.input())) {
      const said = line.replaceAll('\\n', '\n')
      const found = read(said)
      io.out(JSON.stringify(found.intent.startsWith('supervision.') ? inspect(said) : found))
    }
    return 0
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    io.err(error.message)
    return 1
  }
}

function placeOf({ roster, people }: Known, sender: string, chat: string | undefined): Place {
  const person = people.find(({ name }) => name === sender)
  if (!person) throw new UserError(`文件里没有叫“${sender}”的人`)
  const isPrivate = chat === undefined || chat === 'private'
  const unit = [...roster.units.values()].find(({ name }) => name === chat)
  if (!isPrivate && !unit) throw new UserError(`文件里没有叫“${chat}”的单位`)
  return {
    message: {
      ...{ platform: 'dingtalk', robot: 'understand', sender: { id: sender, name: sender }, text: '' },
      ...{ kind: 'text', chat: { id: 'understand', kind: isPrivate ? 'single' : 'group' } },
    },
    roster,
    person,
    ...(unit && !isPrivate && { chatUnit: unit }),
  }
}

/** The last line break ends the last line; a blank line is a sentence too. */
function linesOf(input: string): string[] {
  const lines = input.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function readKnown(file: string) {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    throw Object.assign(new UserError(`读不了文件：${file}`), { cause })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw Object.assign(new UserError(`${file} 不是合法的 JSON`), { cause })
  }
  const { data, error } = understandFixture.safeParse(json)
  if (error) {
    const [first] = error.issues
    throw new UserError(`${file} 不是这种文件：${first?.path.join('.')} ${first?.message}`)
  }
  return { fixture: data, known: knownFrom(data) }
}

function readOptions(args: string[]) {
  const options = (() => {
    try {
      const text = { type: 'string' } as const
      return parseArgs({ args, options: { fixture: text, now: text, sender: text, chat: text } }).values
    } catch {
      throw new UserError(usage)
    }
  })()
  const { fixture, now } = options
  if (!fixture || !now) throw new UserError(usage)
  return { ...options, fixture, now }
}
