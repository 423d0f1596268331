// The example's people. All names are invented; no two are written or sound the same, so every account is one person's.
import { pinyin } from 'pinyin-pro'
import type { Place } from './places.ts'
import { type Random, random } from './random.ts'

export interface ExamplePerson {
  name: string
  role: string
  unit: string
  team: string
  phone: string
  /** Toneless pinyin of the name: the account id on both platforms. */
  account: string
}

type Post = [role: string, place: string]

/** Who the contract names. */
const known: Record<string, Post> = {
  何晓雯: ['区专班', '全区'],
  郑国栋: ['区领导', '全区'],
  刘洋: ['督导组', '第一督导组'],
  杨帆: ['督导组', '第二督导组'],
  吴斌: ['督导组', '第三督导组'],
  周敏: ['街道组织委员', '汝河路街道'],
  马建军: ['街道书记', '汝河路街道'],
  张建国: ['书记', '金苑社区'],
  李秀英: ['书记', '汝河小区社区'],
  王海涛: ['书记', '淮河路社区'],
  赵铁柱: ['书记', '李江沟村'],
}

const surnames = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范',
  ...'方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解'.split(''),
]
const first = '建国志文海玉秀桂春永明新俊红丽慧雪淑晓国振光学庆德世宏东少立金'.split('')
const second = '华平强军勇杰涛辉鹏飞斌波伟刚峰林山河英兰芳梅霞燕玲娟萍云琴洁颖宁安民生来祥福旺康'.split('')

/** Everybody: the district's people, then each street's two clerks and its secretaries, in roster order. */
export function people(places: Place[]): ExamplePerson[] {
  const chance = random(149)
  const taken = new Set(Object.keys(known).map(accountOf))
  const holders = new Map(Object.entries(known).map(([name, post]) => [post.join('/'), name]))
  const posts = [...Object.values(known).slice(0, 5), ...places.flatMap(postsOf)]
  return posts.map(([role, place], index) => {
    const name = holders.get(`${role}/${place}`) ?? newName(chance, taken)
    const team = place.endsWith('督导组') ? place : ''
    return {
      ...{ name, role, unit: team ? '' : place, team, account: accountOf(name) },
      phone: String(19_900_000_001 + index),
    }
  })
}

function postsOf({ level, name }: Place): Post[] {
  if (level === '区') return []
  if (level !== '街道') return [['书记', name]]
  return [
    ['街道组织委员', name],
    ['街道书记', name],
  ]
}

function newName(chance: Random, taken: Set<string>): string {
  for (;;) {
    const name = chance.pick(surnames) + chance.pick(first) + chance.pick(second)
    const account = accountOf(name)
    if (taken.has(account)) continue
    taken.add(account)
    return name
  }
}

export function accountOf(name: string): string {
  return pinyin(name, { toneType: 'none', type: 'array', surname: 'head', v: true }).join('')
}
