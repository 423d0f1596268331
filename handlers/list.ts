// 接龙：一次贴上来的许多行数，要么全记，要么一行也不记。

import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { record } from '../src/database/reports.ts'
import { UserError } from '../src/errors.ts'
import { listIntent } from '../src/intents/report.ts'
import { readList } from '../src/language/list.ts'
import { findReason } from '../src/language/reason.ts'
import { reportsIn, whichForAll } from '../src/list-reporting.ts'
import { line } from '../src/message.ts'
import { afterwards, authorOf, reasonAsked } from '../src/on-behalf.ts'
import { told } from '../src/receipts.ts'

/** 上报, 填报 or 没有变化 in a list makes no single report of it, nor 完成情况 a question. */
const severalLines = [
  '(接龙)…\n',
  '(接龙)…{amount}',
  '{indicator}…\n…{unit}…{amount}',
  '{indicator}…\n…{unit}…\n…{unit}…{amount}',
  '{unit}…\n…{indicator}…{amount}',
  '{unit}…{amount}…\n…{amount}',
  '{indicator}…{amount}…\n…{indicator}…{amount}',
  '\n…{amount}…{unit}…{amount}',
  // In one breath: 红色物业：金苑3个，汝河小区8个.
  '{indicator}(完成)?(情况|数)?(:|,)?({amount}:)?{unit}…{amount}(,|;|、|。){unit}{amount}',
  '{unit}(的)?{indicator}(完成|是|有|:|,)?(了)?{amount}(,|;|、|。){unit}{amount}',
]

export default command<Record<string, never>>({
  name: '接龙',
  summary: '一次登记许多行：第一行写指标，下面一行一个单位',
  examples: ['红色物业接龙\n1. 金苑 3\n2. 汝河小区 8', '金苑：红色物业3，监督员4\n汝河小区：红色物业8'],
  action: 'report',
  numbers: true,
  long: true,
  seldom: true,
  phrases: [
    '接龙',
    '{amount}…\n…{amount}',
    '{amount}…\n…{unit}',
    '{indicator}…\n…{amount}',
    '{indicator}…\n…{unit}',
    ...severalLines,
  ],
  unless: [
    '提醒|督导|检查|整改|更正|改成|撤回|核实|退回|延期|答题|题|接龙(怎么|咋|如何)|^(绑定|帮助)',
    // Who comes along is no number: 周六活动接龙.
    '\n({amount})?(.|、|:|,)?{person}(\n|$)',
    '排名|名次|得分|第几|通报|催|为什么|为啥|核验|驳回|打回|作废|改为|报错|写错|记错',
  ],
  decisive: severalLines,
  intent: listIntent,
  args: {},
  async run(_args, heard) {
    const { person, message, commands } = heard
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    // Why stands behind the last line, further back than what is read of other sentences.
    const reason = findReason(heard.meaning.text)
    const turn = { ...heard, meaning: { ...heard.meaning, ...(reason && { reason }) } }
    const list = readList(turn.meaning.text, {
      read: turn.read,
      isReport: ({ command }) => ['报数', '接龙'].includes(commands[command ?? -1]?.name ?? ''),
      isWithin: turn.roster.isWithin,
    })
    if (typeof list === 'string') throw new UserError(list)
    if (list.isWithoutIndicator) return whichForAll(turn)
    const reports = await reportsIn(turn, list)
    if (!Array.isArray(reports)) return reports
    const units = reports.map(({ unit }) => unit)
    const asked = reasonAsked(turn, 'report', units)
    if (asked) return asked
    const written = await record(turn.db, authorOf(turn), reports, afterwards(turn))
    if (written === 'repeated') return line('刚才已记过这些数，没有重复登记。')
    return told(turn, written)
  },
})
