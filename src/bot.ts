// A message becomes a reply: in order, once, understood, allowed, asked back where needed, run.
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import { whoMay } from './campaign/permissions.ts'
import { type Clock, dateOf } from './clock.ts'
import type { Command } from './command.ts'
import type { Keyring } from './crypt.ts'
import { type Admission, admissions, hearings } from './database/admission.ts'
import type { Db } from './database/connection.ts'
import { ofMessage } from './database/reports.ts'
import { type RosterOf, rosters } from './database/roster.ts'
import { StoreDown, UserError } from './errors.ts'
import { unrepeated } from './group-phones.ts'
import { received } from './importing-chat.ts'
import { normalize } from './language/normalize.ts'
import { acknowledges, isAcknowledgement } from './language/talk.ts'
import type { Meaning } from './language/understand.ts'
import type { Links } from './links.ts'
import type { Helper } from './llm/helper.ts'
import { type Hear, line, type Message, type PlatformName, type Reply } from './message.ts'
import type { Pushing } from './push.ts'
import {
  answerOf,
  deniesNumber,
  isMisplacedYes,
  otherAmount,
  Question,
  questionSeconds,
  render,
  restore,
  secondsLeft,
  store,
  type Waiting,
  zeroOrNever,
} from './question.ts'
import { isOffTopic, phrasingsOf, reading } from './reading.ts'
import { told } from './receipts.ts'
import { recall, remember } from './remember.ts'
import type { State } from './state/state.ts'
import { isConnectionLoss, soon } from './store-trouble.ts'
import { answerToTalk } from './talk.ts'
import { mayEver, type Place, scopeOf, type Turn } from './turn.ts'
import { onceSeconds, unknowns } from './unknown.ts'

export interface BotTools {
  db: Db
  state: State
  clock: Clock
  keyring: Keyring
  log: Logger
  botName: string
  commands: Command[]
  push: Pushing
  /** On which platforms people can be written to privately. */
  privately: PlatformName[]
  /** Shared, so that one roster is in memory; absent = one of its own. */
  rosterOf?: RosterOf
  /** Makes addresses of pages; absent = there are none. */
  links?: Links
  /** Absent = no language model is asked, ever. */
  helper?: Helper
}

/** @returns what every platform hands its messages to. It rejects with StoreDown only: deliver again. */
export function createBot(tools: BotTools): Hear {
  const { db, state, clock, commands, log } = tools
  const admit = admissions(db)
  const note = hearings(db)
  const unknown = unknowns(tools)
  const { rosterOf = rosters(db) } = tools
  const remembered = remember()
  /** Many say the same thing: 进度. A meaning is never changed, so they may share it. */
  const recalled = recall<Meaning>()
  const match = phrasingsOf(commands)

  const hear: Hear = (message) =>
    state.exclusively(`${message.platform}:${message.robot}:${message.chat.id}`, async () => {
      const now = clock.now()
      const today = dateOf(now)
      const reply = await calmly(message, async () => {
        const admission = await soon(admit({ ...message, today }))
        return admission.heard ? undefined : answer(message, now, today, admission)
      })
      // Whoever notes it first answers: a second replica that got the same message stays silent.
      const mine = await calmly(message, () => soon(note(message, now)))
      return mine === false ? undefined : unrepeated(message, reply)
    })

  /** Known failures become words for the person; unknown ones become an id, here and in the log. */
  const calmly = async <T>(message: Message, work: () => Promise<T>): Promise<T | Reply> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof UserError) return line(error.message)
      if (error instanceof StoreDown) throw error
      if (isConnectionLoss(error)) throw new StoreDown('database out of reach', { cause: error })
      const id = randomBytes(2).toString('hex')
      log.error({ id, platform: message.platform, err: error }, 'a message could not be answered')
      return line(`系统出错了（编号 ${id}），请稍后再试。`)
    }
  }

  const answer = async (message: Message, now: Date, today: string, admission: Admission) => {
    const text = message.kind === 'enter' ? '' : normalize(message.text, tools.botName)
    const { campaign, person, chatUnit: unitId } = admission
    if (message.kind === 'media' && !message.file) return line('我只看得懂文字，语音请用输入法转成文字再发。')
    if (!campaign) return line('还没有导入攻坚方案。请管理员先导入工作簿（npm run load）。')
    const roster = await rosterOf(campaign)
    const chatUnit = unitId === undefined ? undefined : roster.units.get(unitId)
    const place: Place = { message, roster, ...(person && { person }), ...(chatUnit && { chatUnit }) }
    const scope = scopeOf(place)
    const version = `${campaign.roster_version}:${today}`
    const read = (words: string) =>
      recalled(`${campaign.id}:${scope.id}:${words}`, version, () => {
        const meaning = reading(roster, match, scope, today, words)
        return commands[meaning.command ?? -1]?.long ? { ...meaning, text: words } : meaning
      })
    const turnOf = (meaning: Meaning, chosen = false): Turn => ({
      ...{ ...place, meaning, chosen, now, today, db, state, commands, read },
      ...{ keyring: tools.keyring, push: tools.push, privately: tools.privately },
      ...(tools.links && { links: tools.links }),
      looksUp: commands[meaning.command ?? -1]?.reads ?? false,
      message: { ...message, text },
      cached: (key, compute) => remembered(`${campaign.id}:${key}`, `${campaign.revision}:${today}`, compute),
    })
    const key = `ask:${message.platform}:${message.robot}:${message.chat.id}:${message.sender.id}`
    /** For as long as it had still to live. */
    const keep = (question: string) => {
      const open = restore(question)
      return state.put(key, question, open ? secondsLeft(open, now) : questionSeconds)
    }
    const said = async (outcome: Reply | Question | undefined) => {
      if (!(outcome instanceof Question)) return outcome
      await keep(store(outcome, now))
      return render(outcome, message.chat)
    }
    if (message.file) return said(await received(turnOf(read('')), message.file))
    // Delivered again after the process ended between writing and answering: what it did is told, not done again.
    if (admission.wrote) return said(await told(turnOf(read(text)), await ofMessage(db, message)))

    const kept = await state.take(key)
    const waiting = restore(kept)
    let isAside = false
    try {
      const words = waiting ? intended(waiting, text, today, read) : text
      if (text !== '' && words === text && isAcknowledgement(text)) {
        // 好的 is no answer to 1 or 2, and silence would pass for one: it is told once.
        const isHalf = waiting && !waiting.done && !waiting.nudged && /^(?!收到|谢|辛苦)[\p{L}+]/u.test(text)
        if (kept) await keep(isHalf ? JSON.stringify({ ...waiting, nudged: true }) : kept)
        return isHalf ? line(choices(waiting)) : undefined
      }
      if (words === 'again' && kept) {
        await keep(kept)
        return line(choices(waiting))
      }
      if (words === 'cancel') return line('好，不办了。')
      if (waiting?.number && waiting.said !== undefined && text === '0')
        return await said(zeroOrNever(waiting.said))
      const meaning = read(words)
      const lost = words === text ? lostNumber(meaning, read, commands) : undefined
      if (lost) return line(`这句话里像有两件事。请分开说：先报“${lost}”，我记下了再说别的。`)
      const isChosen = waiting?.options.includes(words) && !waiting.guess
      // Who looks something up, or was not understood, may still answer (`domain.md` C3.9).
      isAside = !isChosen && words === text && (commands[meaning.command ?? -1]?.reads ?? !isCommand(meaning))
      const outcome = await run(turnOf(meaning, isChosen))
      if (kept && isAside && !(outcome instanceof Question)) await keep(kept)
      return await said(outcome)
    } catch (error) {
      // The message will come again, or was a look-up that is not his: the question must still be there.
      if (kept && (isAside || !(error instanceof UserError))) await keep(kept)
      throw error
    }
  }

  /** Talk is answered once in ten minutes, per person and chat. */
  const once = async ({ message }: Turn, words: string): Promise<Reply | undefined> => {
    const key = `talk:${message.platform}:${message.robot}:${message.chat.id}:${message.sender.id}`
    return (await state.claim(key, '1', onceSeconds)) ? line(words) : undefined
  }

  const isCommand = (meaning: Meaning) => {
    const command = commands[meaning.command ?? -1]
    return command !== undefined && !isOffTopic(meaning, command.whole)
  }

  const run = async (turn: Turn): Promise<Reply | Question | undefined> => {
    const { meaning, person, chosen } = turn
    const command = commands[meaning.command ?? -1]
    const talk = chosen ? undefined : answerToTalk(meaning, isCommand(meaning))
    if (talk !== undefined) return talk === '' ? undefined : once(turn, talk)
    if (!command || !isCommand(meaning)) return unknown(turn)
    if (!mayEver(turn, command.action)) {
      if (person) throw new UserError(`“${command.name}”由${whoMay(command.action)}办理。`)
      throw new UserError(`我还不认识您。请 @我 发“绑定 姓名”，或私聊我发“绑定 手机号”。`)
    }
    const args: Record<string, unknown> = {}
    for (const [name, read] of Object.entries(command.args)) {
      const value = read(turn)
      if (value instanceof Question) return value
      args[name] = value
    }
    return command.run(args, turn)
  }

  return hear
}

/** What may be answered. */
function choices(waiting: Waiting | undefined): string {
  const most = waiting?.options.length ?? 0
  if (most === 0) return '请直接回答；不办了就说“取消”。'
  return `请回复${most > 1 ? ` 1 到 ${most} 的编号` : '编号 1'}；不办了就回复 0。`
}

/** 红色物业完成3个，明天9点提醒我: a number must not be lost to the other thing that is said behind it. */
function lostNumber(
  { text, command }: Meaning,
  read: (words: string) => Meaning,
  commands: Command[],
): string | undefined {
  const [first = '', ...rest] = text.split(/[,;。\n]/)
  if (rest.length === 0 || command === undefined || commands[command]?.numbers) return undefined
  const alone = read(first)
  const isReport =
    commands[alone.command ?? -1]?.name === '报数' &&
    alone.items.some((item) => item.indicator && item.amount)
  return isReport ? first : undefined
}

/** The amount, where there is nothing else in the sentence. */
function onlyAmount({ units, indicators, people, items, rest }: Meaning): string | undefined {
  const [only, ...more] = items
  if (units.length + indicators.length + people.length + more.length > 0 || rest !== '') return undefined
  if (!only?.amount) return undefined
  const { start: _start, end: _end, ...size } = only.amount
  return JSON.stringify({ ...size, add: only.add })
}

/** 不是3个: numbers of nothing that has a name. */
const isBareNumber = ({ units, indicators, people, items }: Meaning) =>
  units.length + indicators.length + people.length === 0 && items.some(({ amount }) => amount)

/** What a message means while a question waits: an answer, its missing piece, or something new. */
function intended(
  waiting: Waiting,
  text: string,
  today: string,
  read: (words: string) => Meaning,
): string | 'cancel' | 'again' {
  const answer = answerOf(waiting, text)
  // A refusal is itself one of the choices where something was kept for the answer.
  if (answer === 'cancel') return waiting.options.findLast((words) => words.startsWith('取消')) ?? 'cancel'
  if (answer !== undefined) return answer
  // 确认, said to a list, must not confirm a number that was asked about before it.
  if (isMisplacedYes(waiting, text)) return 'again'
  if (isAcknowledgement(text) || acknowledges(read(text))) return text
  const other = otherAmount(waiting, text, today, (words) => onlyAmount(read(words)))
  if (other !== undefined) return other
  if ((waiting.instead || waiting.number) && isBareNumber(read(text)) && deniesNumber(text)) return 'again'
  // 不是，李江沟才1个: denied, and what is meant is something else; the number that is asked about is not to be had any more.
  if (waiting.instead && /^(?:不是|不对|错了)/.test(text) && read(text).units.length > 0) return 'cancel'
  if (waiting.said !== undefined && waiting.free === 'all') return `${waiting.said} ${text}`
  const { command, score, items, rest } = read(text)
  const isWhole = items.some(({ indicator, amount }) => indicator && amount)
  // 业主大会没开，进度慢 is a reason: of free words, only what is a command from end to end is something new.
  const isNew = command !== undefined && (score >= 4 || isWhole) && !(waiting.free && rest !== '')
  if (waiting.said !== undefined && !isNew) return `${waiting.said} ${text}`
  return command === undefined && !waiting.done ? 'again' : text
}
