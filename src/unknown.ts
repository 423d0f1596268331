// What nobody understood: something near is offered, else it is told once what the bot understands (`domain.md` N26).
import type { BotTools } from './bot.ts'
import { keepMissed } from './database/missed.ts'
import { explained } from './explained.ts'
import { hasPhone, phoneInGroup } from './group-phones.ts'
import { longWords, suggesting } from './language/suggest.ts'
import type { Meaning } from './language/understand.ts'
import { unnumbered } from './language/unnumbered.ts'
import { line, type Reply } from './message.ts'
import { isDigit, Question } from './question.ts'
import { mayEver, type Turn } from './turn.ts'

/** A text that nobody understands is answered once in this time, per person and chat; so is each thing that is offered. */
export const onceSeconds = 600

/** @returns what answers a sentence that no command takes; undefined = silence */
export function unknowns({ db, state, commands, helper, log }: BotTools) {
  const nearest = suggesting(
    commands.flatMap(({ name, aliases = [], phrases }) => [name, ...aliases, ...longWords(phrases)]),
  )

  return async (turn: Turn): Promise<Reply | Question | undefined> => {
    const { message, meaning } = turn
    const { text } = meaning
    // A digit that answers nothing is always told so: silence would pass for agreement.
    if (isDigit(text))
      return line(
        '现在没有等您回答的问题（提问过5分钟就作废）。要确认刚才问过的数请说“确认”，要收回请说“撤回”。',
      )
    if (denial.test(text))
      return line('哪个数不对？要收回刚报的说“撤回”，要改就说“更正：红色物业是3个”这样的话。')
    keep(turn)
    const isPhone = hasPhone(text) || (unnumbered(text) !== text && /手机|电话|号码/.test(text))
    if (message.chat.kind === 'group' && isPhone) return line(phoneInGroup)
    const key = `unknown:${message.platform}:${message.robot}:${message.chat.id}:${message.sender.id}`
    const meant = bindingOf(turn) ?? nearestOf(turn) ?? (await helper?.(turn))
    if (meant !== undefined && (await state.claim(`${key}:${meant}`, '1', onceSeconds)))
      return new Question(`您是不是想说“${meant}”？`, [{ label: meant, words: meant }], { guess: true })
    // So is what decides something: it would seem to be decided; and a number, which would seem to be written.
    const decides = /编号|同意|批准|驳回|确认|发布/.test(text) || speaksOfNumbers(meaning)
    if (!(await state.claim(key, '1', onceSeconds)) && !decides) return undefined
    const told = unnumbered(text)
    const heard = told.length > 20 ? `${told.slice(0, 20)}…` : told
    return line(`没听懂“${heard}”。可以说“进度”“红色物业完成3个”“撤回”；全部用法请说“帮助”。`)
  }

  /** The nearest sentence that is a command from end to end, and one that this person may use. */
  function nearestOf(turn: Turn): string | undefined {
    const { units, indicators, people, text } = turn.meaning
    const taken = [...units, ...indicators, ...people].filter(({ how }) => how === 'exact')
    return nearest(text.replace(/[\p{P}\s]+$/u, ''), taken).find((sentence) => {
      const found = explained(turn, sentence)
      return found !== undefined && mayEver(turn, found.command.action)
    })
  }

  /** Nobody waits for it, and nobody hears when it fails. */
  function keep({ meaning, roster, today }: Turn): void {
    const said = { campaign: roster.campaign.id, day: today, text: unnumbered(meaning.text) }
    keepMissed(db, said).catch((error: Error) =>
      log.warn({ reason: error.message }, 'what was not understood could not be kept'),
    )
  }
}

/** 我手机号13812345678, told in private: who tells it wants to be known by it. */
function bindingOf({ meaning: { text } }: Turn): string | undefined {
  const number = ownPhone.exec(text)?.[1]
  return number && `绑定 ${number.replace(/\D/g, '')}`
}

const ownPhone =
  /^(?:[我俺咱]们?|本人)?(?:的)?(?:手机号码?|手机|电话号?码?|联系电话|联系方式|号码)?(?:就?是|:)?\s*(1[3-9]\d(?:[\s-]?\d){8})[\p{P}\s]*$/u

const denial = /^(?:不对|不是|错了|不对啊|(?:报|说|打|写|记|弄|搞)错了?)(?:了|啊|呀|吧)?[\p{P}\s]*$/u

/** An indicator or a unit of ours with a number, understood or not. */
const speaksOfNumbers = ({ units, indicators, items, text }: Meaning) =>
  units.length + indicators.length > 0 &&
  (items.some(({ amount }) => amount) ||
    /[\d一二两俩三仨四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾]/.test(text))
