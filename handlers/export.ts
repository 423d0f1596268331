// 导出：把进度导成表格。
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { exportIntent } from '../src/intents/outputs.ts'

const sheet = '(表格|表|excel|Excel|EXCEL|xlsx|XLSX|xls|电子表格|台账|明细|数据|数|报表|汇总表|总表|进度表)'
const file = '(excel|Excel|EXCEL|xlsx|XLSX|xls|电子表格)'

export default command<Record<string, never>>({
  name: '导出',
  aliases: ['导表', '导出表格'],
  summary: '把进度导出成 Excel 表格',
  examples: ['导出表格', '把全区10月的数据导出来', '汝河小区的数据导个Excel'],
  later: true,
  action: 'progress',
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
    '(导)(一个|一份|一张|个|份|张)',
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
  args: {},
  run() {
    throw new UserError('表格这一版还导不出来。要看各项的数请说“进度”，谁没报请说“谁没报”。')
  },
})
