// Names of places as there are in Chinese cities, for benchmarks: distinct, and with many characters in common.
import type { Named } from '../src/language/lexicon.ts'

const first = [
  ...'金锦银新建中华兴福安康乐和平长永德仁文明东西南北大小上下前后绿青红白龙凤桂梅松柏杨柳莲荷桃李石沙河湖江湾岭山',
]
const second = [
  ...'苑园庄河湖山岭沟岗寨桥塘坡洼屯堡营楼店铺集口里坊台冈坪峪泉溪源光明华兴盛达通顺祥瑞泰宁和谐美景丽',
]
const endings = ['', '路', '新村', '家园', '苑', '庄', '湾', '花园', '里', '东街', '西街', '小区']
const kinds = ['社区', '社区', '社区', '村']

/** @returns communities and villages with their short names, `count` of them, always the same */
export function placeNames(count: number, firstId = 1): Named[] {
  const names = new Map<string, Named>()
  for (let at = 0; names.size < count; at++) {
    const short = `${pick(first, at)}${pick(second, at * 7 + Math.floor(at / first.length))}${pick(endings, at * 5 + Math.floor(at / 997))}`
    const name = `${short}${pick(kinds, at)}`
    if (!names.has(name)) names.set(name, { kind: 'unit', id: firstId + names.size, name, others: [short] })
  }
  return [...names.values()]
}

const work = [...'党团组织楼院物业企业商圈网格志愿服务结对共建联建积分议事协商巡查培训宣讲走访']
const subject = ['覆盖率', '建设', '落实', '组建', '参与', '指导员', '监督员', '项目', '改造', '收入']

/** @returns indicators of four characters and an ending */
export function indicatorNames(count: number, firstId = 1): Named[] {
  return Array.from({ length: count }, (_, at): Named => {
    const words = [at, at * 3 + 1, at * 7 + 2, at * 11 + 5].map((n) =>
      pick(work, n + Math.floor(n / work.length)),
    )
    return { kind: 'indicator', id: firstId + at, name: `${words.join('')}${pick(subject, at)}`, others: [] }
  })
}

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T
