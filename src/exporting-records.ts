// The sheets of an export that show what happened: 报送记录 and 送达记录; and 说明, which says how to read them all.
import { show } from './campaign/entry.ts'
import { titles } from './campaign/permissions.ts'
import { dateOf, timeOf } from './clock.ts'
import type { Reported, Sending } from './database/exports.ts'
import { fateOf, fates, kinds, reasonOf } from './delivery-words.ts'
import { dayCell, momentCell, placeOf } from './exporting-grid.ts'
import { type ExportView, mostReports } from './exporting-view.ts'
import type { ExportCell, ExportSheet } from './sheet/export.ts'
import { lampCells } from './sheet/lamps.ts'
import type { Turn } from './turn.ts'
import { lamps } from './wording.ts'

const operations: Record<Reported['op'], string> = {
  ...{ set: '登记', add: '增加', correct: '更正', void: '撤回', zero: '退回' },
}
const sources: Record<string, string> = { dingtalk: '钉钉', wecom: '企业微信', import: '导入' }
const ends: Record<Reported['op'], string> = {
  ...{ set: '已确认', add: '已确认', correct: '已更正', void: '已撤回', zero: '已退回' },
}

/** Whatever somebody typed: phone numbers are not exported (`domain.md` N25). */
export const withoutPhones = (text: string): string => text.replace(mobile, '（电话略）')

const mobile = (() => {
  const [d, gap] = ['[\\d０-９]', '[\\s.－-]?']
  const start = `(?:[+＋]?(?:86|８６)${gap})?[1１][3-9３-９]${d}`
  return new RegExp(`(?<!${d})${start}${gap}${d}{4}${gap}${d}{4}(?!${d})`, 'g')
})()

export function reportsSheet(view: ExportView): ExportSheet {
  return {
    ...{ name: '报送记录', rows: reportRows(view) },
    columns: [
      { title: '编号', width: 8 },
      { title: '时间', width: 17, format: 'moment' },
      ...[
        { title: '上级', width: 14 },
        { title: '单位名称', width: 16 },
        { title: '指标名称', width: 18 },
      ],
      ...[
        { title: '动作', width: 7 },
        { title: '报的数', width: 12 },
      ],
      { title: '数据日期', width: 12, format: 'date' },
      ...[
        { title: '报送人', width: 10 },
        { title: '代报', width: 6 },
        { title: '来源', width: 10 },
      ],
      ...[
        { title: '结果', width: 10 },
        { title: '针对编号', width: 9 },
      ],
      { title: '原话', width: 40, format: 'text' },
    ],
  }
}

function* reportRows(view: ExportView): Generator<ExportCell[]> {
  const { roster, reports } = view
  for (const report of reports) {
    const unit = roster.units.get(report.unit)
    const indicator = roster.indicators.get(report.indicator)
    if (!unit || !indicator) continue
    const hasNumber = report.op !== 'void' && report.op !== 'zero'
    yield [
      report.id,
      momentCell(report.reported_at),
      placeOf(view, unit),
      ...[unit.name, indicator.name, operations[report.op]],
      hasNumber
        ? `${report.op === 'add' ? '+' : ''}${show(indicator, { ...report, report_id: report.id })}`
        : null,
      dayCell(report.as_of),
      report.reporter,
      report.on_behalf ? '代报' : null,
      sources[report.platform] ?? report.platform,
      statusOf(report),
      report.supersedes,
      withoutPhones(report.raw_text),
    ]
  }
}

function statusOf({ status, replaced }: Reported): string {
  if (replaced) return ends[replaced]
  return status === 'pending' ? '待核' : '有效'
}

export function sendingsSheet(sendings: Sending[]): ExportSheet {
  const rows = sendings.map((one): ExportCell[] => [
    one.number,
    momentCell(one.due_at),
    momentCell(one.settled_at),
    one.key.startsWith('bulletin:') ? '通报' : kinds[one.kind],
    one.to,
    fates[fateOf(one)],
    reasonOf(one) ?? null,
    one.tries,
    withoutPhones((one.said ?? '').split('\n')[0]?.slice(0, 100) ?? ''),
  ])
  return {
    ...{ name: '送达记录', rows },
    columns: [
      { title: '编号', width: 8 },
      { title: '该发时间', width: 17, format: 'moment' },
      { title: '结束时间', width: 17, format: 'moment' },
      ...[
        { title: '种类', width: 10 },
        { title: '给谁', width: 20 },
        { title: '状态', width: 10 },
      ],
      ...[
        { title: '原因', width: 26 },
        { title: '试过', width: 6 },
      ],
      { title: '内容', width: 44, format: 'text' },
    ],
  }
}

/** @param notes what has to be said of this very file */
export function aboutSheet(view: ExportView, turn: Turn, notes: string[]): ExportSheet {
  const { roster, unit, date, now, period, snapshot, boards, reports, sendings } = view
  const isThen = date < turn.today
  const person = turn.person
  const duty = person?.duties[0]
  const left = (sendings?.[0]?.total ?? 0) - (sendings?.length ?? 0)
  const place = duty?.unit == null ? '' : (roster.units.get(duty.unit)?.name ?? '')
  const who = person ? `${place}${duty ? titles[duty.role] : ''} ${person.name}`.trim() : ''
  const scores =
    boards.length === 0
      ? `${date} 以前还没有排名快照，那时的得分和名次没有，“得分排名”是空的。`
      : snapshot
        ? `得分和名次取 ${stamp(snapshot.takenAt)} 的排名快照；各项得分按 ${date} 的数算。`
        : '得分和名次是现在的；变化是和最近一次周排名比。'
  const rows: ExportCell[][] = [
    ['活动', roster.campaign.name],
    ['单位', unit.name],
    ['数据截至', isThen ? `${date} 24:00（按今天所知：后来更正的按更正后的算）` : stamp(now)],
    ...(period ? [['时间段', `${period.start} 至 ${period.end}，报送记录、送达记录只列这段时间的`]] : []),
    ['规则', `第${roster.campaign.ruleVersion}版`],
    ['导出', `${who}，${stamp(now)}`],
    ['得分', scores],
    ['各项得分', '权重 × 完成率（完成率封顶）；总分按涉及的指标折算，不涉及的不计。※ = 有一票否决。'],
    ...Object.entries(lamps).map(([lamp, { long }]): ExportCell[] => {
      const { mark } = lampCells[lamp as keyof typeof lamps]
      return [{ value: `灯 ${mark}`, lamp: lamp as keyof typeof lamps }, long]
    }),
    [{ value: `灯 ${lampCells.missing.mark}`, lamp: 'missing' }, '还没报过数（空心，不涂色）'],
    ['待核', '括号里的“待核”是还没确认的数，没有计入。'],
    ...(reports.length >= mostReports ? [['报送记录', `太多，只列了最近的 ${mostReports} 条`]] : []),
    ...(left > 0 ? [['送达记录', `太多，只列了最近的 ${sendings?.length} 条，另有 ${left} 条`]] : []),
    ...notes.map((note): ExportCell[] => ['说明', note]),
    ['保密', '表内有个人成绩和姓名，请不要转发到群里。这个文件里没有手机号：原话里的也略去了。'],
  ]
  const columns: ExportSheet['columns'] = [
    { title: '项目', width: 14 },
    { title: '内容', width: 80 },
  ]
  return { name: '说明', columns, rows, letter: true }
}

const stamp = (at: Date): string => `${dateOf(at)} ${timeOf(at)}`
