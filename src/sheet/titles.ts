// Column titles as people write them: 「单位名称」, 「社区（村）名称」, 「完成数（个）」, 「截止时间」.
import { key } from './values.ts'

/** Other titles of a column. Where a sheet has two columns that one of them could mean, it means neither. */
const synonyms: Record<string, string[]> = {
  项目: ['项目名称', '事项', '设置项'],
  内容: ['取值', '设置值', '值'],
  编码: ['代码', '编号', '单位编码', '社区编码', '村编码', '指标编码', '单位代码', '指标代码'],
  名称: [
    '单位名称',
    '社区名称',
    '村名称',
    '社区村名称',
    '社区/村名称',
    '村社区名称',
    '全称',
    '指标名称',
    '任务名称',
  ],
  简称: ['别名', '别称', '其他名称', '常用名'],
  级别: ['层级', '单位级别', '单位类型', '类别'],
  上级: ['上级单位', '所属街道', '街道', '街道名称', '所属上级', '隶属'],
  同类组: ['分组', '组别', '考核组'],
  名册序号: ['排序', '顺序', '顺序号'],
  姓名: ['名字', '人员姓名', '联系人'],
  角色: ['职务', '身份', '岗位'],
  单位: [
    ...['单位名称', '社区', '村', '社区名称', '村名', '村名称', '社区村', '社区/村', '村/社区', '社区村名称'],
    ...['社区/村名称', '村社区', '村居', '所属单位', '所在单位', '填报单位', '上报单位', '计量单位', '量纲'],
  ],
  组: ['所在组', '小组', '督导组'],
  手机: ['手机号', '手机号码', '联系电话', '电话', '联系方式'],
  钉钉账号: ['钉钉', '钉钉id', '钉钉userid'],
  企业微信账号: ['企业微信', '企业微信id', '企微账号', '企微'],
  部分: ['所属部分', '板块', '篇章'],
  类型: ['指标类型', '数据类型'],
  方向: ['指标方向'],
  来源: ['指标来源', '任务来源'],
  权重: ['分值权重', '权重分', '权重分值', '指标权重'],
  封顶: ['封顶倍数', '封顶比例'],
  基数: ['起始值', '基础值', '期初数'],
  目标: ['目标值', '目标数', '任务数', '目标任务', '目标任务数', '任务目标'],
  开始日期: ['开始时间', '起始日期', '起始时间', '启动时间'],
  结束日期: ['结束时间'],
  截止日期: ['截止时间', '完成时限', '期限', '最后期限', '到期日', '到期时间'],
  序时计划: ['序时进度', '进度计划', '序时'],
  节点: ['当前节点', '所处节点', '节点名称', '阶段'],
  适用: ['适用范围', '适用单位', '适用对象'],
  指标: ['指标名称', '任务', '任务名称', '工作任务', '考核指标', '事项', '项目', '项目名称'],
  责任人: ['负责人', '责任人姓名'],
  不涉及原因: ['不涉及理由', '不适用原因'],
  批准人: ['审批人'],
  日期: [
    '数据日期',
    '统计日期',
    '填报日期',
    '上报日期',
    '统计时间',
    '填报时间',
    '上报时间',
    '时间',
    '截至日期',
  ],
  数值: [
    '数',
    '完成',
    '完成数',
    '完成值',
    '完成情况',
    '完成数量',
    '实际完成',
    '累计完成',
    '已完成',
    '实绩',
    '数量',
    '值',
  ],
  分子: ['分子数'],
  分母: ['分母数'],
  报送人: ['填报人', '上报人', '填表人'],
  平台: ['所属平台'],
  群号: ['群id', '群编号', '会话id'],
  群名: ['群名称', '群聊名称'],
  机器人: ['推送机器人'],
  '班/休': ['班休', '上班/休息', '类型'],
  分值: ['加减分', '加减分值', '分数', '得分'],
  文号: ['文件号', '文件编号', '发文字号', '依据文号'],
  事由: ['原因', '理由', '加减分事由'],
  影响: ['影响方式', '后果'],
  起: ['起始日期', '开始日期', '自'],
  止: ['终止日期', '结束日期', '至'],
}

const others = new Map(Object.entries(synonyms).map(([title, same]) => [title, new Set(same.map(key))]))

/** A title without what decorates it: brackets, numbering, stars, 「必填」. */
export function plainTitle(title: string): string {
  const said = key(title)
  const bare = said
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '')
    .replace(/^(\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、)/, '')
    .replace(/[:;,.、*#]+$/, '')
  return bare === '' ? said : bare
}

export interface Columns {
  columns: Map<string, number>
  /** Wanted titles that several columns have or could mean. */
  several: Map<string, number[]>
}

/**
 * Finds wanted columns among titles: by the very title, without its decoration, by another name for it, and then, for
 * those in `needed`, by a title that has it inside. A title that could mean two wanted columns means none.
 */
export function matchTitles(
  titles: string[],
  wanted: readonly string[],
  needed: readonly string[] = [],
): Columns {
  const columns = new Map<string, number>()
  const several = new Map<string, number[]>()
  const plain = titles.map(plainTitle)
  const exact = titles.map(key)
  const ways: ((title: string, column: number) => boolean)[] = [
    (title, column) => exact[column] === key(title),
    (title, column) => plain[column] === key(title),
    (title, column) => others.get(title)?.has(plain[column] ?? '') ?? false,
    (title, column) => needed.includes(title) && holds(plain[column] ?? '', key(title)),
  ]
  for (const fits of ways) {
    const open = wanted.filter((title) => !columns.has(title) && !several.has(title))
    const taken = new Set(columns.values())
    const free = titles.flatMap((title, column) => (title !== '' && !taken.has(column) ? column : []))
    const meant = new Map(free.map((column) => [column, open.filter((title) => fits(title, column))]))
    for (const title of open) {
      const places = free.filter(
        (column) => meant.get(column)?.length === 1 && meant.get(column)?.[0] === title,
      )
      if (places.length === 1 && places[0] !== undefined) columns.set(title, places[0])
      if (places.length > 1) several.set(title, places)
    }
  }
  return { columns, several }
}

/** 「本次数值」 holds 「数值」. A title of one character is in too many words. */
const holds = (long: string, title: string): boolean =>
  title.length > 1 && long.length <= title.length + 4 && (long.endsWith(title) || long.startsWith(title))
