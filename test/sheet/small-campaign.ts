// A small campaign with one indicator of every kind, as sheets: tests change one cell and look what happens.
import type { Cell, Sheet } from '../../src/sheet/read.ts'
import { writeWorkbook } from '../../src/sheet/write.ts'

export type Pages = Record<string, Cell[][]>

/** A fresh copy; the first row of every sheet is its titles. */
export function smallCampaign(): Pages {
  return {
    方案: [
      ['项目', '内容'],
      ['名称', '小活动'],
      ['开始日期', '2026-03-01'],
      ['结束日期', '2026-12-31'],
      ['规则版本', 1],
      ['零目标口径', '不涉及'],
      ['黄灯偏差', 10],
      ['红灯偏差', 30],
      ['排名公开', '全部'],
      ['一票否决', '关'],
    ],
    单位: [
      ['编码', '名称', '简称', '级别', '上级', '同类组', '名册序号'],
      ['Q', '全区', '中原区', '区', null, null, 0],
      ['J1', '汝河路街道', null, '街道', '全区', null, 1],
      ['J2', '须水街道', null, '街道', 'Q', null, 2],
      ['S1', '金苑社区', '金苑、金苑小区', '社区', '汝河路街道', null, 3],
      ['S2', '锦苑社区', null, '社区', '汝河路街道', '大社区', 4],
      ['C1', '须水村', null, '村', '须水街道', null, 5],
    ],
    人员: [
      ['姓名', '角色', '单位', '组', '手机', '钉钉账号', '企业微信账号'],
      ['何晓雯', '区专班', '全区', null, '19900000001', 'hexiaowen', 'hexiaowen'],
      ['刘洋', '督导组', null, '第一督导组', 19900000002, 'liuyang', null],
      ['周敏', '街道组织委员', '汝河路街道', null, null, 'zhoumin', null],
      ['张建国', '书记', '金苑社区', null, '199 0000 0003', 'zhangjianguo', 'zhangjianguo'],
      ['李梅', '书记', '锦苑社区', null, null, null, null],
      ['李梅', '书记', '须水村', null, null, null, null],
    ],
    指标: [
      [
        ...['编码', '部分', '名称', '简称', '类型', '单位', '方向', '来源', '权重', '封顶', '基数', '目标'],
        ...['开始日期', '截止日期', '序时计划', '节点', '适用'],
      ],
      [
        'M1',
        1,
        '红色物业',
        null,
        '数量',
        '个',
        '越多越好',
        '市定',
        20,
        1,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
      ],
      [
        'M2',
        1,
        '集体收入',
        '收入',
        '金额',
        '万元',
        null,
        '市定',
        16.5,
        null,
        5,
        20,
        null,
        null,
        null,
        null,
        '村',
      ],
      [
        'M3',
        2,
        '覆盖率',
        null,
        '比率',
        '%',
        null,
        '市定',
        20,
        null,
        null,
        '90%',
        null,
        null,
        null,
        null,
        '社区、村',
      ],
      [
        'M4',
        2,
        '交叉任职',
        null,
        '是否',
        null,
        null,
        '市定',
        13.5,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
      ],
      [
        ...[
          'M5',
          3,
          '示范楼院',
          null,
          '节点',
          null,
          null,
          '市定',
          10,
          '120%',
          null,
          null,
          null,
          '2026/11/27',
        ],
        ...['2026-06-30:40%；2026-09-30:70%', '申报:20%；创建:50%；验收:100%', null],
      ],
      [
        'D6',
        4,
        '政策掌握',
        null,
        '得分',
        '分',
        null,
        '区定',
        20,
        null,
        null,
        100,
        null,
        null,
        null,
        null,
        null,
      ],
    ],
    任务: [
      ['单位', '指标', '目标', '基数', '截止日期', '责任人', '不涉及原因', '批准人'],
      ['金苑社区', '红色物业', 4, null, '2026年11月30日', '张建国', null, null],
      ['锦苑社区', '红色物业', 3, null, null, '李梅', null, null],
      ['须水村', '红色物业', null, null, null, null, '没有物业', '何晓雯'],
      ['须水村', '收入', 22.5, 6, null, '李梅（须水村）', null, null],
    ],
    数据: [
      ['单位', '指标', '日期', '数值', '分子', '分母', '节点', '报送人'],
      ['金苑社区', '红色物业', '2026-10-01', 1, null, null, null, '张建国'],
      ['金苑社区', '红色物业', '2026-11-20', 2, null, null, null, '张建国'],
      ['金苑社区', '覆盖率', 46346, null, 38, 40, null, null],
      ['锦苑社区', '覆盖率', '2026.11.1', '95%', null, null, null, null],
      ['须水村', '覆盖率', '2026-11-01', null, 0, 0, null, null],
      ['须水村', '收入', '2026-11-01', '1,018.50', null, null, null, '李梅'],
      ['金苑社区', '交叉任职', '2026-11-01', '√', null, null, null, null],
      ['金苑社区', '示范楼院', '2026-11-01', null, null, null, '创建', null],
      ['金苑社区', '政策掌握', '2026-11-16', 86.5, null, null, null, null],
    ],
    群: [
      ['平台', '群号', '群名', '单位', '机器人', '密钥'],
      ['钉钉', 'cid-1', '汝河路攻坚群', '汝河路街道', 'token-1', 'SEC-1'],
      ['企业微信', 'wr-1', '区攻坚群', '全区', 'key-1', null],
    ],
  }
}

export function toSheets(pages: Pages): Sheet[] {
  return Object.entries(pages).map(([name, rows]) => ({
    name,
    rows: rows.map((cells, index) => ({ row: index + 1, cells })),
  }))
}

/** Changes one cell. `row` is the row as the sheet shows it, `column` its title. */
export function put(pages: Pages, sheet: string, row: number, column: string, value: Cell): Pages {
  const rows = pages[sheet] ?? []
  const index = rows[0]?.indexOf(column) ?? -1
  if (index < 0) throw new Error(`no column ${column}`)
  const cells = rows[row - 1] ?? []
  while (cells.length < index) cells.push(null)
  cells[index] = value
  rows[row - 1] = cells
  return pages
}

/** The sheets as a real .xlsx file. */
export function toFile(pages: Pages): Promise<Uint8Array> {
  return writeWorkbook(
    Object.entries(pages).map(([name, [titles = [], ...rows]]) => ({
      ...{ name, rows },
      columns: titles.map((title) => ({ title: String(title), width: 12 })),
    })),
    new Date('2026-11-20T00:00:00Z'),
  )
}
