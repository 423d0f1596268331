// 大屏：墙上的屏幕常年挂着看板；有名字，随时可以停用。
import { unit } from '../src/args.ts'
import { screenLink, screenLinkHours } from '../src/board-links.ts'
import { command } from '../src/command.ts'
import type { Unit } from '../src/database/roster.ts'
import { openScreen, reopenScreen, type Screen, screensOf, stopScreen } from '../src/database/screens.ts'
import { UserError } from '../src/errors.ts'
import { line, lines, type Reply } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { demand, may, type Turn } from '../src/turn.ts'
import { moment } from '../src/wording.ts'

const screen = '(大屏|大屏幕|电视|屏幕)'
const mostName = 20
/** Of one campaign. */
const mostScreens = 100

export default command<{ unit: Unit }>({
  name: '开大屏',
  aliases: ['停用大屏', '重开大屏', '大屏列表'],
  summary: '在墙上的大屏常年挂看板：开一块、停一块、换个新地址、看有哪些',
  examples: ['开大屏 一楼大厅', '停用大屏 一楼大厅', '重开大屏 一楼大厅', '有哪些大屏'],
  seldom: true,
  action: 'bind_chat',
  phrases: [
    `(开|开通|新开|新建|启用|添加|装|接)(个|一个|一块|块|一下)?${screen}`,
    `(停用|停掉|关闭|关掉|关了|撤掉|撤了|删掉|取消)(一下|掉)?(那个|那块|这块)?${screen}`,
    `(重开|重新开|重新打开|再开)(一下|一次)?(那个|那块|这块)?${screen}`,
    `(有哪些|有几块|有几个|都有哪些|列一下)${screen}`,
    `${screen}(列表|有哪些|清单)`,
  ],
  decisive: [`(开|停用|重开)${screen}`],
  args: { unit: unit('chat') },
  async run({ unit }, turn) {
    const { meaning, message, db, roster } = turn
    if (message.chat.kind === 'group') throw new UserError('大屏的地址只给一个人：请私聊我说“开大屏 名称”。')
    const all = await screensOf(db, roster.campaign.id)
    const mine = ours(turn, all)
    if (/哪些|几块|几个|列|清单/.test(meaning.text)) return listed(turn, mine)
    const name = nameIn(meaning.text)
    // A name may hold any of these words: 关虎屯.
    const [verb] = /^.*?(?:大屏|电视|屏幕)/su.exec(meaning.text) ?? [meaning.text]
    if (/停|关|撤|删|取消/.test(verb)) return stop(turn, mine, name)
    if (/重|再/.test(verb)) return reopen(turn, mine, name)
    demand(turn, 'bind_chat', unit, '开大屏')
    if (!name) throw new UserError('这块屏叫什么？请带上名字说，比如“开大屏 一楼大厅”。')
    if (all.length >= mostScreens)
      throw new UserError(`大屏已经有${all.length}块，请先停用不用的：“停用大屏 名称”。`)
    return open(turn, unit, name)
  },
})

const of = ({ roster }: Turn, one: Screen): Unit | undefined => roster.units.get(one.unit)

/** Those that this person may stop and reopen. */
const ours = (turn: Turn, all: Screen[]): Screen[] =>
  all.filter((one) => {
    const unit = of(turn, one)
    return unit && may(turn, 'bind_chat', unit)
  })

/** 开大屏 一楼大厅 → 一楼大厅 */
function nameIn(text: string): string {
  const [, name = ''] = /(?:大屏幕?|电视|屏幕)(?:列表|清单)?[:：，,\s]*(.*)$/su.exec(text) ?? []
  return short(
    name
      .replace(/\s+/g, ' ')
      .replace(/[。！!，,]+$/u, '')
      .trim(),
  )
}

const short = (name: string): string => [...name].slice(0, mostName).join('')

async function open(turn: Turn, unit: Unit, name: string): Promise<Reply> {
  demandPages(turn)
  const { db, roster, now, person } = turn
  const by = person?.name ?? ''
  const id = await db
    .transaction()
    .execute((tx) => openScreen(tx, { campaign: roster.campaign.id, unit: unit.id, name, by, now }))
  if (id === undefined) throw await taken(turn, unit, name)
  return opened(turn, id, `大屏“${name}”开好了，挂${unit.name}的看板，群里能看的它都显示。`, name)
}

/** Names are told apart in the whole campaign, but nobody reopens somebody else's screen. */
async function taken(turn: Turn, unit: Unit, name: string): Promise<UserError> {
  const all = await screensOf(turn.db, turn.roster.campaign.id)
  return ours(turn, all).some((one) => one.name === name)
    ? new UserError(`已经有叫“${name}”的大屏了。换个名字再说；要给那块屏一个新地址，请说“重开大屏 ${name}”。`)
    : new UserError(
        `别的单位已经有叫“${name}”的大屏了。请起个带自己单位的名字，比如“开大屏 ${short(`${unit.name}${name}`)}”。`,
      )
}

/** A new address for a screen: the page that was opened by the old one goes dark. */
async function reopen(turn: Turn, mine: Screen[], name: string): Promise<Reply | Question> {
  const one = chosen(mine, name, '重开')
  if (one instanceof Question) return one
  demandPages(turn)
  const { db, roster, now, person } = turn
  const id = await reopenScreen(db, one, { campaign: roster.campaign.id, by: person?.name ?? '', now })
  if (id === undefined)
    throw new UserError(`大屏“${one.name}”刚刚有人动过，请再说一遍“重开大屏 ${one.name}”。`)
  return opened(turn, id, `大屏“${one.name}”换了新地址，旧的那块屏马上就看不到了。`, one.name)
}

function demandPages({ links }: Turn): void {
  if (!links) throw new UserError('网页看板还没开通：请工程师先在 .env 里设置 PUBLIC_URL。')
}

function opened(turn: Turn, id: number, first: string, name: string): Reply {
  const link = screenLink(turn, id)
  return {
    ...lines([
      first,
      `请在那块屏的浏览器里打开下面的地址，点一下按钮（${screenLinkHours}小时内，只能打开一次）；以后一直开着，30天没打开过才要重开。不用了说“停用大屏 ${name}”。`,
    ]),
    ...(link && { link }),
  }
}

/** The screen that is named, or the only one. */
function chosen(mine: Screen[], name: string, doing: '停用' | '重开'): Screen | Question {
  const found = mine.filter((one) => one.name === name)
  const [one] = found.length > 0 || name !== '' ? found : mine.length === 1 ? mine : []
  if (one) return one
  if (mine.length === 0) throw new UserError('还没有大屏。要开，请说“开大屏 名称”。')
  const options = mine.slice(0, 9).map((each) => ({ label: each.name, words: `${doing}大屏 ${each.name}` }))
  return new Question(name ? `没有叫“${name}”的大屏。${doing}哪一块？` : `${doing}哪一块大屏？`, options)
}

async function stop(turn: Turn, mine: Screen[], name: string): Promise<Reply | Question> {
  const one = chosen(mine, name, '停用')
  if (one instanceof Question) return one
  const { db, roster, now, person } = turn
  await stopScreen(db, one, { campaign: roster.campaign.id, by: person?.name ?? '', now })
  return line(`大屏“${one.name}”停用了，那块屏上马上就看不到了。`)
}

function listed(turn: Turn, mine: Screen[]): Reply {
  if (mine.length === 0) return line('还没有大屏。要开，请说“开大屏 名称”。')
  return lines(
    mine.map((one) => {
      const seen = one.seenAt ? `${moment(one.seenAt)}打开过` : '还没打开过'
      return `${one.name}：${of(turn, one)?.name ?? ''}，${seen}`
    }),
    `大屏 ${mine.length}块`,
  )
}
