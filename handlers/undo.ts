// 撤回：收回自己刚报的数，恢复到报之前。
import { guessed } from '../src/args.ts'
import { command } from '../src/command.ts'
import { supersede } from '../src/database/reports.ts'
import {
  inPublished,
  lastOfCell,
  type ReportRow,
  recentOf,
  withNumber,
} from '../src/database/reports-read.ts'
import type { Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { undoIntent } from '../src/intents/corrections.ts'
import { isSeveral, mustAskUndo, unheardUndo } from '../src/language/undoing.ts'
import { afterwards, authorOf, reasonAsked } from '../src/on-behalf.ts'
import { inWords } from '../src/pending.ts'
import { Question } from '../src/question.ts'
import { told } from '../src/receipts.ts'
import { demand, may, mayEver, type Turn } from '../src/turn.ts'
import { day } from '../src/wording.ts'

/** How long a number may be taken back (`domain.md` C2). */
const undoMs = 24 * 3600_000
/** How many messages are offered. */
const mostAsked = 6

export default command<Record<string, never>>({
  name: '撤回',
  aliases: ['撤销', '收回'],
  summary: '收回刚报的数（24小时内），恢复到报之前',
  examples: ['撤回', '撤回刚才那条', '撤回 编号12'],
  action: 'undo',
  phrases: [
    '(撤回|撤销|收回)',
    '(上|前|头|那|这)({amount}|一条|一个|条)…(作废|撤|撤了|撤掉|删了|删掉|不算)(了)?(吧)?($|,|。|;|!)',
    '(报|填|记|发|数|条|那个|这个|刚才|刚刚|{indicator})…(撤|撤了|撤掉|删了|删掉|作废|不算|不作数|去掉|拿掉)(了)?(吧)?($|,|。|;|!)',
    '(^|,|。|!|;)(快|赶紧|先|请|麻烦|你|直接|就)?(给|帮)?(我)?(撤了|撤掉|撤下|撤)(吧)?(,|。|!|$)',
    '(报|填|数|发)(重|串|混|岔)(了)?…(去掉|拿掉|删|撤|抹)',
    '^(撤撤撤|撤撤)',
    '(报|填|记|发|刚才|那条|那个)…(撤一下|撤一撤|撤下来)',
    '(报|填|发|数|那个|那条|这条)…(别算|不算数|不作数)',
    '(报|发)错(了)?(群|窗口)',
    '(刚才|刚刚|刚报)(的)?(那)?(条|个)?(不要了|不要)(吧)?($|,|。)',
    '(取消|删除|删掉|删了|去掉|清掉|清除|抹掉|划掉|撤下|撤掉|撤)…(刚才|刚刚|方才|将才|上一条|上条|上一个|前一条|那条|那个数|报的|填的|上报|填报)',
    '(刚才|刚刚|方才|将才|上一条|上条|前一条|头前|那条|报的|填的|上报)…(取消|抹掉|抹了|划掉|清掉|清了|撤下|拿下来|作废|收回|不作数|当没报)',
    '(当|就当)…(没报|没说|没填|没发)(过)?',
  ],
  // A bulletin has words of its own for it.
  unless: [
    '^(已|已经)?(撤回|撤销)(了)$|别(再|急着|给|把)?(撤|收|删|动|取消|作废)|(不要)(撤|收|删|动|取消|作)|不用|不能|吗|么$|没$|谁|怎么|咋|为什么|可以|能不能',
    '通报|红黑榜|勘误|导入|提醒|闹钟|督导|催报|改成|改为|应该是|不是{amount}是',
  ],
  intent: undoIntent,
  args: {},
  async run(_args, turn) {
    const { person, now } = turn
    if (!person) throw new UserError('我还不认识您，没有可以撤回的数。')
    // 撤销交接 speaks of no number, though the same words take one back.
    if (/交接/.test(turn.meaning.text))
      throw new UserError(
        '办完的交接撤不回，要换回来就再交接一次：说“李强换成张建国”这样的话。还没到日子的，说“取消交接 编号几”。',
      )
    const since = new Date(now.getTime() - undoMs)
    const old = await meantBy(turn, person.id, since)
    if (old instanceof Question) return old
    const units = await check(turn, old, since)
    const asked = reasonAsked(turn, 'undo', units)
    if (asked) return asked
    // Whoever reported it hears that somebody else took it back.
    const also = old.flatMap(({ reporter_id }) => reporter_id ?? [])
    const written = await supersede(turn.db, authorOf(turn), old, 'void', afterwards(turn, { also }))
    if (written.length === 0) throw new UserError('这条刚才已经撤回了。')
    return told(turn, written)
  },
})

/** By number, else one's own last, of what is named and of the day named; a named number of somebody else's at last. */
async function meantBy(turn: Turn, person: number, since: Date): Promise<ReportRow[] | Question> {
  const { meaning, roster, db } = turn
  if (meaning.number) return withNumber(db, roster.campaign.id, meaning.number)
  const asked = guessed(turn)
  if (asked) return asked
  const named = namedIn(turn)
  const recent = await recentOf(db, person, since, named)
  const other = otherThanLast(turn, recent)
  if (other) return other
  const [own = []] = recent
  if (own.length > 0 || named.units.length !== 1 || named.indicators.length !== 1) return own
  const [unit, indicator] = [roster.units.get(named.units[0] ?? 0), named.indicators[0] ?? 0]
  if (!unit || !may(turn, 'undo', unit)) return []
  return lastOfCell(db, { unit: unit.id, indicator }, since)
}

/** 撤回 takes back one message, the last; of others it is asked which, so that none goes that was not meant. */
function otherThanLast(turn: Turn, recent: ReportRow[][]): ReportRow[] | Question | undefined {
  const { text } = turn.meaning
  const [last, before] = recent
  if (!last) return undefined
  if (/上上|倒数第[二2]/.test(text)) {
    if (before && !/上上上/.test(text)) return before
    if (!before) throw new UserError('24小时内您只报过这一条，没有更早的。说“撤回”收回刚报的那条。')
  } else if (!mustAskUndo(turn.meaning)) return undefined
  else if (!before && /(?:全|所有|都).*撤|撤.*(?:全|所有|都)/.test(text)) return last
  const options = recent.slice(0, mostAsked).map((rows) => ({
    label: rows.map((row) => inWords(turn, row)).join('；'),
    words: `撤回 编号${rows[0]?.id}`,
  }))
  const unheard = isSeveral(text) ? '' : unheardUndo(turn.meaning)
  return new Question(unheard ? `“${unheard}”没听懂。撤回哪一条？` : '一次撤回一条，撤回哪一条？', options)
}

/** 撤回昨天报的监督员: the newest report of what is named, not the newest of all (`domain.md` C3.10). */
function namedIn({ meaning: { units, indicators, day: asOf } }: Turn) {
  const ids = (spots: typeof units) => spots.flatMap(({ candidates }) => candidates.map(({ id }) => id))
  return { units: ids(units), indicators: ids(indicators), ...(asOf !== undefined && { asOf }) }
}

/** @returns the units of what is taken back, all of which this person may take back */
async function check(turn: Turn, old: ReportRow[], since: Date): Promise<Unit[]> {
  const [first] = old
  if (!first) throw new UserError(nothing(turn))
  if (first.reported_at < since)
    throw new UserError('这个数报了超过24小时，不能撤回了；数字不对请说“更正：”和正确的数。')
  const units = old.flatMap(({ unit_id }) => turn.roster.units.get(unit_id) ?? [])
  for (const unit of units) demand(turn, 'undo', unit, '撤回')
  const above = [...turn.roster.units.keys()].filter((id) =>
    units.some((unit) => turn.roster.isWithin(unit.id, id)),
  )
  if (
    await inPublished(
      turn.db,
      above,
      old.map(({ id }) => id),
    )
  )
    throw new UserError('这个数已经写进公布了的通报，不能撤回；不对请说“更正：”和正确的数，并请专班发勘误。')
  return units
}

function nothing(turn: Turn): string {
  const { meaning } = turn
  const isBare = meaning.units.length === 0 && meaning.indicators.length === 0
  const bulletin = isBare && mayEver(turn, 'publish_bulletin') ? '要撤通报，说“撤回通报”。' : ''
  if (meaning.number) return '没有这个编号的数，或者已经撤回了。'
  if (meaning.day === undefined) return `24小时内您没有报过数，没有可以撤回的。${bulletin}`
  return `24小时内您没有报过${day(meaning.day)}的数，没有可以撤回的。`
}
