// The example's 13 indicators: ten of the city (their names are invented), three that the district added.

export type Kind = '数量' | '金额' | '比率' | '是否' | '节点' | '得分'

export interface ExampleIndicator {
  code: string
  part: number
  name: string
  aliases: string
  kind: Kind
  uom: string
  origin: '市定' | '区定'
  weight: number
  due: string
  target?: number
  plan?: string
  steps?: string
  applies: string
}

const end = '2026-12-31'
const both = '社区、村'
type Given = Pick<ExampleIndicator, 'code' | 'part' | 'name' | 'aliases' | 'kind' | 'uom' | 'weight'>
const city = (given: Given & Partial<ExampleIndicator>): ExampleIndicator => ({
  ...{ origin: '市定', due: end, applies: both },
  ...given,
})
const own = (given: Given & Partial<ExampleIndicator>) => city({ origin: '区定', ...given })
const count = { kind: '数量' } as const

export const indicators: ExampleIndicator[] = [
  city({
    ...{ code: 'M01', part: 1, name: '无主管楼院党组织覆盖率', aliases: '无主管楼院、楼院党组织' },
    ...{ kind: '比率', uom: '%', weight: 10, target: 100 },
  }),
  city({ code: 'M02', part: 3, name: '红色物业', aliases: '', ...count, uom: '个', weight: 10 }),
  city({
    ...{ code: 'M03', part: 1, name: '非公企业党组织覆盖率', aliases: '非公覆盖率、非公企业' },
    ...{ kind: '比率', uom: '%', weight: 8, target: 90 },
  }),
  city({
    ...{ code: 'M04', part: 3, name: '村集体经营性收入', aliases: '集体收入、经营性收入' },
    ...{ kind: '金额', uom: '万元', weight: 8, applies: '村' },
  }),
  city({
    code: 'M05',
    part: 1,
    name: '居民自治组织组建',
    aliases: '自治组织',
    ...count,
    uom: '个',
    weight: 8,
  }),
  city({ code: 'M06', part: 2, name: '交叉任职落实', aliases: '交叉任职', kind: '是否', uom: '', weight: 6 }),
  city({ code: 'M07', part: 2, name: '非公党建指导员', aliases: '指导员', ...count, uom: '人', weight: 6 }),
  city({
    ...{ code: 'M08', part: 2, name: '物业项目监督员', aliases: '监督员、物业监督员' },
    ...{ ...count, uom: '人', weight: 6, due: '2026-11-27' },
  }),
  city({
    ...{ code: 'M09', part: 3, name: '老旧小区改造', aliases: '老旧小区', ...count, uom: '个', weight: 14 },
    plan: '2026-06-30:40%；2026-09-30:75%',
  }),
  city({
    ...{ code: 'M10', part: 3, name: '示范楼院建设', aliases: '示范楼院', kind: '节点', uom: '', weight: 8 },
    steps: '申报:20%；创建:50%；初验:80%；验收:100%',
  }),
  own({ code: 'D11', part: 4, name: '驻区单位参与', aliases: '驻区单位', ...count, uom: '家', weight: 5 }),
  own({
    ...{ code: 'D12', part: 4, name: '共建项目', aliases: '共建', ...count, uom: '个', weight: 5 },
    due: '2026-11-23',
  }),
  own({
    ...{ code: 'D13', part: 4, name: '政策掌握', aliases: '政策测试、政策得分' },
    ...{ kind: '得分', uom: '分', weight: 6, target: 100 },
  }),
]
