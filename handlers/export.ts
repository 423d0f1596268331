// 导出：把得分、进度、明细、报送和送达记录导成表格，私聊发给要的人。
import { pickUnit, strangerInGroup, strangerInPrivate, unit } from '../src/args.ts'
import { type Arg, command } from '../src/command.ts'
import type { Unit } from '../src/database/roster.ts'
import { UserError } from '../src/errors.ts'
import { demandPast, exportFiles, sendPrivately } from '../src/exporting.ts'
import { exportIntent } from '../src/intents/outputs.ts'
import { findPeriod } from '../src/language/periods.ts'
import { demand, may, ownUnit, type Turn } from '../src/turn.ts'
import { day } from '../src/wording.ts'

const sheet = '(表格|表|excel|Excel|EXCEL|xlsx|XLSX|xls|电子表格|台账|明细|数据|数|报表|汇总表|总表|进度表)'
const file = '(excel|Excel|EXCEL|xlsx|XLSX|xls|电子表格)'

export default command<{ unit: Unit }>({
  name: '导出',
  aliases: ['导表', '导出表格'],
  summary: '把得分、进度和报送记录导成 Excel，私聊发您',
  examples: ['导出表格', '把全区10月的数据导出来', '汝河小区的数据导个Excel'],
  action: 'export',
  seldom: true,
  reads: true,
  phrases: [
    '(导出|导个|导成|导一份|导一下|导出来|导张|倒出来)',
    `(导)…${sheet}`,
    `${sheet}…(导)(出|一|个|给|成|下)?`,
    `(发|给|要|来|下载|生成|做|弄|出|打包|整理|拉|拷|转)…${file}`,
    `${file}…(发|给|要|来|下载|生成|做|弄|出|打包|拉|拷|转)`,
    '(下载)…(数据|表|报表|台账)',
    '(要|给|来|整|弄|拉|做|出|发)…(电子版|总表|汇总表|进度表|统计表|电子表格)',
    '(要|给|发|来|导|整|弄|拉|出)(个|张|份|一份|一张|一个|我|我们|我一份)?(表)(格|$|,|，|看|吧)',
    '(要|给|来|求)…(表格|汇总表|总表|报表|电子版)$',
    '(导)(一个|一份|一张|个|份|张)',
    '(进度表|总表|汇总表|明细表|统计表|报表)…(拉|导|给|发|来|整|弄|提供|要|一份|一个|一张)',
    '(提供|报送|推送|传)…(进度表|总表|汇总表|明细表|统计表|报表|表格|电子版)',
    '(表格|汇总表|总表|进度表|报表|电子版|明细|台账表)…(发|给|传|来|弄|整)({amount})',
    '(做|弄|整|变|转)(成|个)(表|表格|excel|Excel|电子表)',
    '(数据|表|报表)…(下载|打包)',
    '(发|给|来|拉|要|出|做|弄|整|生成)(我|俺|一|个|份|张|下)…(表格|汇总表|总表|进度表|报表|电子表|电子版)',
    '(表格|汇总表|总表|进度表|报表|电子版)…(发|给|传)(我|俺|一|给|个|过来|下)',
    '(倒|弄|整|拉)(个|一个|成|一份)(表|excel|Excel|表格|电子版)',
  ],
  unless: [
    '交表|报表(时间|期限)|谁|没报|提醒|(督|指|领|辅|引|主|向|疏)(导)(出|个|一|表|成|下|员)|督导|指导员|值班表',
    '(怎么|咋|如何)(导|用|弄)',
  ],
  decisive: ['(导出|导表|导成)', file],
  intent: exportIntent,
  args: { unit: exported() },
  async run({ unit }, turn) {
    demand(alone(turn), 'export', unit, '导出')
    const found = findPeriod(turn.meaning.text, turn.today, 'back')?.period
    demandPast(turn, found)
    // What reaches up to today is what there is now.
    const isNow = found !== undefined && found.start === found.end && found.end === turn.today
    const period = isNow ? undefined : found
    const days = period
      ? `${day(period.start)}${period.end > period.start ? `至${day(period.end)}` : ''}`
      : ''
    return sendPrivately(turn, `${unit.name}${days}`, () => exportFiles(turn, unit, period))
  },
})

/** The unit that is said; else the group's, as far as it may be exported, else one's own. */
function exported(): Arg<Unit> {
  return (turn) => {
    const { person, message, meaning } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const [spot] = meaning.units
    if (spot) return pickUnit(turn, spot)
    const meant = unit('chat')(turn)
    const own = ownUnit(turn)
    return own && 'level' in meant && !may(alone(turn), 'export', meant) ? own : meant
  }
}

/** The file goes to the person alone: it may be of more than the group is about. */
function alone(turn: Turn): Turn {
  const { chatUnit: _, ...rest } = turn
  return rest
}
