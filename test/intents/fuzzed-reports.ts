// Reports as people send them, and what happens to them on the way: sounds, fillers, order, spacing, stories, doubts.
import fc from 'fast-check'
import { pinyin } from 'pinyin-pro'

export interface True {
  unit: { words: string; name: string } | undefined
  indicator: { words: string; name: string; uom: string }
  number: { words: string; value: number }
  op: 'set' | 'add'
}

const units = [
  { words: '金苑社区', name: '金苑社区' },
  { words: '金苑', name: '金苑社区' },
  { words: '汝河小区', name: '汝河小区社区' },
  { words: '淮河路社区', name: '淮河路社区' },
  { words: '李江沟村', name: '李江沟村' },
]
const indicators = [
  { words: '红色物业', name: '红色物业', uom: '个' },
  { words: '红物', name: '红色物业', uom: '个' },
  { words: '共建项目', name: '共建项目', uom: '个' },
  { words: '物业监督员', name: '物业项目监督员', uom: '人' },
  { words: '监督员', name: '物业项目监督员', uom: '人' },
  { words: '驻区单位参与', name: '驻区单位参与', uom: '家' },
  { words: '居民自治组织', name: '居民自治组织组建', uom: '个' },
  { words: '老旧小区改造', name: '老旧小区改造', uom: '个' },
]
const numbers = [
  ...[1, 2, 3, 4, 5, 7, 8, 10, 12].map((value) => ({ words: String(value), value })),
  ...['一', '两', '三', '四', '五', '六', '七', '八', '九', '十'].map((words, at) => ({
    words,
    value: at + 1,
  })),
  { words: '３', value: 3 },
  { words: '十二', value: 12 },
]

export const anyReport: fc.Arbitrary<True> = fc.record({
  unit: fc.option(fc.constantFrom(...units), { nil: undefined }),
  indicator: fc.constantFrom(...indicators),
  number: fc.constantFrom(...numbers),
  op: fc.constantFrom('set', 'add'),
})

/** The parts of a report in the order in which they are said. */
export interface Parts {
  unit: string
  indicator: string
  number: string
}

export const partsOf = ({ unit, indicator, number, op }: True): Parts => ({
  unit: unit?.words ?? '',
  indicator: indicator.words,
  number: `${op === 'add' ? '新增' : '完成'}${number.words}${indicator.uom}`,
})

export const orders: ((parts: Parts) => string)[] = [
  ({ unit, indicator, number }) => `${unit}${indicator}${number}`,
  ({ unit, indicator, number }) => `${unit} ${indicator} ${number}`,
  ({ unit, indicator, number }) => `${indicator}${unit}${number}`,
  ({ unit, indicator, number }) => `${unit}${number}${indicator}`,
  ({ unit, indicator, number }) => `${unit ? `${unit}：` : ''}${indicator}：${number}`,
  ({ unit, indicator, number }) => `报数 ${unit}　${indicator}　${number}`,
]

/** Characters of this field and of every day that sound alike, tones aside. */
const characters = [
  ...'金锦今斤近进静京经苑院元园远原社设涉区曲去汝如入儿河何和合核小校晓淮怀槐坏路陆录李里理力江将讲沟够购村存',
  ...'红洪宏虹色瑟物无午务勿业叶夜页共工公功建件见间项相向像目木母监间坚督都毒员原园元圆驻住主祝单担位为未委',
  ...'参餐与于语预居局举民名明自字治制志知组足租织知职老劳姥旧就久改该造早草',
]
const bySound = new Map<string, string[]>()
const soundOf = (character: string) => pinyin(character, { toneType: 'none' })
for (const character of new Set(characters)) {
  const known = bySound.get(soundOf(character)) ?? []
  bySound.set(soundOf(character), [...known, character])
}
/** Another character of the same sound, by chance; itself where there is none. */
export function homophone(character: string, chance: number): string {
  const others = (bySound.get(soundOf(character)) ?? []).filter((one) => one !== character)
  return others[chance % Math.max(1, others.length)] ?? character
}

/** Words around a report that change nothing in it, though a question is allowed. */
export const fillers = [
  ...[
    '嗯',
    '那个，',
    '呃 ',
    '哦对了，',
    '麻烦',
    '请',
    '小图，',
    '@小图 ',
    '👍',
    '😀',
    '[微笑]',
    '  ',
    '\n',
    '　',
  ],
  ...[
    '大家好，',
    '书记好，',
    '周主任您好，',
    '不好意思忘报了，',
    '报告一下，',
    '俺这两天忙坏了，',
    '刚开完会，',
  ],
]
export const endings = [
  ...['了', '嘞', '哈', '啦！！', '。。。', '～', '👌', '[强]', '，谢谢', '，请登记', '，就这些', '，辛苦了'],
  ...['，跑了好几趟总算办成了', '，居民们可高兴了', '，你给记上哈', '，材料我回头补上', '\n'],
]

/** Where a doubt may stand: ahead of all, before the indicator, before the number, behind it. */
export type Where = 'ahead' | 'clause ahead' | 'name' | 'number' | 'behind' | 'clause behind'

export function doubted({ unit, indicator, number }: Parts, doubt: string, where: Where): string {
  switch (where) {
    case 'ahead':
      return `${doubt}${unit}${indicator}${number}`
    case 'clause ahead':
      return `${doubt}，${unit}${indicator}${number}`
    case 'name':
      return `${unit}${doubt}${indicator}${number}`
    case 'number':
      return `${unit}${indicator}${doubt}${number}`
    case 'behind':
      return `${unit}${indicator}${number}${doubt}`
    case 'clause behind':
      return `${unit}${indicator}${number}，${doubt}`
  }
}

const split = (words: string) => words.split(' ')
/** By what makes a number doubtful; none of them may be written down without asking. */
export const doubts: { kind: string; words: string[]; where: Where[] }[] = [
  {
    kind: 'a place that nobody knows',
    words: split('翠竹 阳光社区 东沟村 高新区 隔壁社区 他们社区 人家那边'),
    where: ['ahead', 'clause ahead', 'name'],
  },
  {
    kind: 'a place that nobody knows, said afterwards',
    words: split('是翠竹的 那是翠竹的 阳光社区的 东沟村 是隔壁的 是人家的 翠竹'),
    where: ['behind', 'clause behind'],
  },
  {
    kind: 'a denial',
    words: split('没 没有 不是 还没 未 没到 不到 不足 并未'),
    where: ['number'],
  },
  {
    kind: 'a denial, said afterwards',
    words: split('没弄成 还没到位 没验收 不准 不行 假的 吹的 逗你玩 开玩笑的 黄了 跑了 散了 注销了 没了'),
    where: ['behind', 'clause behind'],
  },
  {
    kind: 'a plan',
    words: split(
      '争取 计划 打算 准备 力争 预计 下周 明天 年底前能 下个月 月底前 快 马上有 即将 在谈 正在谈 拟 意向',
    ),
    where: ['ahead', 'number'],
  },
  {
    kind: 'a plan, said afterwards',
    words: split('年底前能完成 下周签 明天弄 正在谈 快好了 待验收 在建 争取月底前'),
    where: ['behind', 'clause behind'],
  },
  {
    kind: 'hearsay',
    words: split('听说 据说 估计 大概 差不多 可能 好像 说是 应该有 书记说有 老李说'),
    where: ['ahead', 'name', 'number'],
  },
  {
    kind: 'hearsay, said afterwards',
    words: split('听说 估计 可能 好像 左右 上下 书记说的 老李说的 网上说的 我不确定 没准'),
    where: ['behind', 'clause behind'],
  },
  { kind: 'a remainder', words: split('还差 还剩 只剩 还需 还缺 还欠'), where: ['number'] },
  {
    kind: 'a condition',
    words: split('如果 要是 假如 万一 假设有'),
    where: ['ahead', 'clause ahead', 'number'],
  },
  {
    kind: 'a condition, said afterwards',
    words: split('的话 就好了 就够了 才够 才达标 就行了 以后再报 再报 如果验收了'),
    where: ['behind', 'clause behind'],
  },
  { kind: 'a question', words: split('吗 没 ？ 不 对吧 是不是 够吗 行不行 么'), where: ['behind'] },
  {
    kind: 'what somebody asks for',
    words: split('书记说要 上面要求 领导要求 让我们 必须 承诺'),
    where: ['ahead', 'number'],
  },
  {
    kind: 'a target',
    words: split('目标 目标是 任务是'),
    where: ['ahead', 'number', 'clause ahead'],
  },
  { kind: 'a target, said afterwards', words: split('的任务 的目标 的指标 的缺口'), where: ['behind'] },
  {
    kind: 'a part',
    words: split('其中 不含 除了 含 平均 每个小区 分别'),
    where: ['ahead', 'number'],
  },
  {
    kind: 'another time',
    words: split('去年 上个月 上周 上周是 原来 原来是 昨天原来 之前 以前是'),
    where: ['number'],
  },
  {
    kind: 'another time, said afterwards',
    words: split('去年的 是去年的 是上个月的 上个月 原来的 以前的 之前的'),
    where: ['behind', 'clause behind'],
  },
  { kind: 'bounds', words: split('至少 最多 起码 约 近 将近 超过 不止'), where: ['number'] },
  { kind: 'bounds, said afterwards', words: split('以上 以内 左右 出头 开外 打底'), where: ['behind'] },
]
