// The example campaign as the pages of a workbook: what a clerk would fill in.
import type { Column, Page } from '../src/sheet/write.ts'
import { type ExampleReport, history } from './history.ts'
import { indicators } from './indicators.ts'
import { type ExamplePerson, people } from './people.ts'
import { aliases, type Place, places } from './places.ts'
import { type Task, tasks } from './tasks.ts'

export function examplePages(): Page[] {
  const tree = places()
  const staff = people(tree)
  const work = tasks(tree.filter(({ level }) => level === '社区' || level === '村'))
  const secretaries = new Map(
    staff.filter(({ role }) => role === '书记').map(({ unit, name }) => [unit, name]),
  )
  return [
    page(
      '说明',
      '挂图工作簿:90',
      remarks.map((remark) => [remark]),
    ),
    page('方案', '项目:16 内容:44', plan),
    page('单位', '编码:10 名称:18 简称:16 级别:8 上级:16 同类组:10 名册序号:10', tree.map(unitRow), {
      级别: ['区', '街道', '社区', '村'],
    }),
    page('人员', '姓名:10 角色:14 单位:18 组:14 手机:14 钉钉账号:18 企业微信账号:18', staff.map(personRow), {
      角色: ['区专班', '区领导', '督导组', '街道组织委员', '街道书记', '书记', '填报员'],
    }),
    page(
      '指标',
      '编码:8 部分:6 名称:24 简称:24 类型:8 单位:8 方向:10 来源:8 权重:8 封顶:8 基数:8 目标:8 开始日期:12 截止日期:12 序时计划:34 节点:42 适用:12',
      indicatorRows(),
      {
        类型: ['数量', '金额', '比率', '是否', '节点', '得分'],
        方向: ['越多越好', '越少越好'],
        来源: ['市定', '区定'],
      },
    ),
    page(
      '任务',
      '单位:18 指标:24 目标:8 基数:8 截止日期:12 责任人:10 不涉及原因:34 批准人:10',
      work.map((task) => taskRow(task, secretaries)),
    ),
    page(
      '数据',
      '单位:18 指标:24 日期:12 数值:8 分子:8 分母:8 节点:8 报送人:10',
      history(work).map((report) => reportRow(report, secretaries)),
    ),
    page('群', '平台:10 群号:18 群名:24 单位:16 机器人:26 密钥:12', chats, { 平台: ['钉钉', '企业微信'] }),
  ]
}

type Rows = Page['rows']

/** @param titles column titles with their widths */
function page(name: string, titles: string, rows: Rows, choices: Record<string, string[]> = {}): Page {
  const columns = titles.split(' ').map((column): Column => {
    const [title = '', width] = column.split(':')
    return { title, width: Number(width), ...(choices[title] && { choices: choices[title] }) }
  })
  return { name, columns, rows }
}

const remarks = [
  '这是示例数据：除街道名称和公开报道中的几处名称、数字外，社区、村、人名、电话和数据都是虚构的。',
  '用自己的活动时，照这个格式改各张表，再运行 npm run --silent load -- 文件.xlsx --dry-run 先看会改什么。',
  '列的顺序可以变，多出来的列不看。红色标题是列名，请不要改。',
  '单位、指标、人员互相引用时写名称；名称有重复时写编码，人员写「姓名（单位）」。',
  '比率填分子和分母；「是否」填 是 或 否；「节点」填到达的节点；其余填累计数，不填新增数。',
]

const plan: Rows = [
  ['名称', '党建引领攻坚行动（示例数据）'],
  ['开始日期', '2026-03-01'],
  ['结束日期', '2026-12-31'],
  ['规则版本', 1],
  ['零目标口径', '不涉及'],
  ['黄灯偏差', 10],
  ['红灯偏差', 30],
  ['排名公开', '全部'],
]

const chats: Rows = [
  ['钉钉', 'cid-ruhelu', '汝河路街道攻坚群', '汝河路街道', 'demo-dingtalk-ruhelu', 'SEC-demo'],
  ['企业微信', 'wr-ruhelu', '汝河路街道攻坚群', '汝河路街道', 'demo-wecom-ruhelu', null],
  ['钉钉', 'cid-zhongyuan', '中原区攻坚群', '全区', 'demo-dingtalk-zhongyuan', 'SEC-demo'],
  ['企业微信', 'wr-zhongyuan', '中原区攻坚群', '全区', 'demo-wecom-zhongyuan', null],
]

function unitRow({ code, name, level, parent }: Place, index: number): Rows[number] {
  return [code, name, aliases[name] ?? null, level, parent || null, null, index]
}

function personRow({ name, role, unit, team, phone, account }: ExamplePerson): Rows[number] {
  return [name, role, unit || null, team || null, phone, account, account]
}

function indicatorRows(): Rows {
  return indicators.map(({ code, part, name, aliases: short, kind, uom, origin, weight, due, ...rest }) => [
    ...[code, part, name, short || null, kind, uom || null, '越多越好', origin, weight, 1, 0],
    ...[
      rest.target ?? null,
      day('2026-03-01'),
      day(due),
      rest.plan ?? null,
      rest.steps ?? null,
      rest.applies,
    ],
  ])
}

function taskRow(
  { unit, indicator, target, baseline, exempt }: Task,
  secretaries: Map<string, string>,
): Rows[number] {
  const who = secretaries.get(unit.name) ?? null
  if (exempt) return [unit.name, indicator.name, null, null, null, who, exempt, '何晓雯']
  return [unit.name, indicator.name, target, baseline || null, day(indicator.due), who, null, null]
}

function reportRow({ task, date, value, of }: ExampleReport, secretaries: Map<string, string>): Rows[number] {
  const { unit, indicator } = task
  const head = [unit.name, indicator.name, day(date)]
  const who = secretaries.get(unit.name) ?? null
  if (indicator.kind === '比率') return [...head, null, value, of ?? null, null, who]
  if (indicator.kind === '是否') return [...head, value === 1 ? '是' : '否', null, null, null, who]
  if (indicator.kind === '节点')
    return [...head, null, null, null, stepNames(indicator.steps)[value - 1] ?? null, who]
  return [...head, value, null, null, null, who]
}

const stepNames = (steps = '') => steps.split('；').map((step) => step.split(':')[0] ?? '')

/** A calendar date as a cell. */
function day(date: string): Date {
  return new Date(`${date}T00:00:00Z`)
}
