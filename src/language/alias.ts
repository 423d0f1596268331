// 以后汝小就是汝河小区社区: another name for a unit (`domain.md` C2). Pure.

export interface SaidAlias {
  /** The new name, as said; undefined when none is told. */
  alias?: string
  /** Where in the text it stands. */
  start: number
  end: number
}

const called = '(也叫|又叫|还叫|就叫|俗称|简称|又称|也称|叫做|叫作|外号叫|小名叫)'
const nickname = '(别名|简称|俗称|小名|外号|绰号|叫法)'
/** How a command for it is selected (`phrases.ts`). */
export const aliasPhrases = [
  '(以后|今后|往后|记住|记一下|记着|记好)…(就是说的|就是说|也就是|就是指|就是|是指|指的是|指的就是|说的是|说的就是|都指|指|代表|等于|就指|当成|当作|算){unit}',
  `{unit}…${called}`,
  '{unit}(,)?(大伙|大伙儿|老百姓|群众|大家|居民|村民|都|我们|俺们|咱们)…(喊)',
  '{unit}(老百姓|群众|大家|居民|村民|都|我们|俺们|咱们|平时|以后|今后)…(叫)',
  '(以后|今后|往后){unit}(社区|村|街道)?(叫|就叫)',
  '(习惯|平时|都|一般)…(叫|喊){unit}',
  '(加|添|起|设|记|登记)(个|{amount}|一个)?(别名|简称|小名|外号)',
  '(以后|今后|往后|都|我们|俺们|咱们|大家)…(管|把){unit}…(叫|喊|称|记作|记成)',
  `{unit}…${nickname}`,
  `${nickname}…{unit}`,
  `(记住|记一下)…(就是){unit}`,
  `(就是|是){unit}…(记住|记一下|记上|记着|别忘了)`,
]

const name = '["“”「『\'‘’《]?(?<alias>[\\p{Script=Han}A-Za-z0-9]{1,12}?)["“”」』\'‘’》]?'
/** A place in the forms below for the unit. */
const place = '\uE000'
const call = '(?:也?叫作?|叫做|俗称|简称|又称|也称|称为|称作|喊作?|小名|别名|外号|绰号)'
const from = '(?:以后|今后|往后|从今往后|往后呢|以后呢)'
const means =
  '(?:就|都)?(?:是说|是|指|等于|代表|当|算|表示|说的是|指的是|叫的是|是指|当作|当成)(?:的)?(?:就)?(?:是)?'
const we = '(?:俺|我|咱)们?(?:这儿?|这里|这边|那儿|村|社区|街道|区)?(?:的人|都|管|平时|习惯|一般|老)*'
const end = '(?=$|[,，。;；!！\\s]|吧|啊|呀|哈|了|记|这个|的)'

const forms = [
  // 以后“老六院”就是指汝河小区
  `${from}(?:说|提到|提|我说|俺说|我们说|俺们说|大家说|听到|报|写|只要说)?,?(?:的)?${name}(?:的话)?,?(?:,)?${means}(?:那个|这个)?${place}`,
  // 老六院以后就指汝河小区
  `^(?:把|将|记住|记一下)?[,，:\\s]*${name}(?:这个?(?:名字?|叫法|说法))?[,，]?${from}${means}(?:那个|这个)?${place}`,
  // 以后金苑就叫老六院, 李江沟村也叫老沟村
  `(?:${from}|${we})*(?:管|把|将)?${place}(?:社区|村|街道)?(?:,)?(?:我们|俺们|咱们|咱|俺|大家|大伙儿?|都|平时|以后|今后|往后|就|都|还|又|也|习惯|一般|老百姓|群众|居民|村民|的人)*(?:${call}|叫)(?:是|为|做|作)?:?${name}${end}`,
  // 给金苑加个别名叫老六院; 金苑别名加一个老六院
  `(?:给|为|把)?${place}(?:社区|村|街道)?(?:的|,)?(?:加|添|设|起|记|登记|增加|新增|补|录)?(?:上|个|一个|一条|了)*(?:的)?(?:别名|简称|小名|俗称|外号|叫法)(?:加|添|设|记|登记)?(?:上|个|一个|一条|为|成|:|\\s)*(?:叫做?|是|为|:|,)*(?:加|添)?(?:上|个|一个)?${name}${end}`,
  // 习惯叫李江沟村老沟
  `(?:${we}|习惯|平时|都|一般)+(?:叫|喊)${place}(?:社区|村|街道)?(?:叫|做|为|是)*${name}${end}`,
  // 记住，老六院指的是金苑
  `(?:记住|记一下|记着|记好|请记)[,，:\\s]*${name}\\s*${means}(?:那个|这个)?${place}`,
  // 加个别名：老六院 = 金苑; 别名 老六院 金苑
  `(?:别名|简称|小名|俗称|叫法)[:,，\\s]*(?:把)?${name}\\s*(?:=|＝|→|->|:|对应|${means}|,|\\s)+\\s*${place}`,
  // 老六院就是金苑, 记一下; 把老六院记成金苑
  `^(?:把|将|记住|记一下|请记住|告诉你)?[,，:\\s]*${name}\\s*(?:这个?(?:名字?|叫法))?(?:=|＝|→|->|记成|记作|记为|认成|算成|当成|对应到?|${means})\\s*${place}(?:社区|村|街道)?(?:的)?(?:别名|简称|小名|俗称|外号|叫法|(?:,|，|\\s)*(?:(?:你|请)?记(?:住|一下|上|着|下)|别忘|(?:以后|今后|往后)[^,，]{0,4}这[么样](?:叫|喊|说|称呼)|加个?别名|加上|以后|别弄混))`,
].map((source) => new RegExp(source, 'du'))

const word = /别名|简称|小名|俗称|外号|绰号|叫法/
const empty =
  /^(?:就|都|也|是|指|以后|今后|往后|说|说的|这个?|那个?|它|他|她|我们?|俺们?|啥|什么|谁|一个|个|上|这儿|那儿|别名|简称|社区|村|街道|群|这个群|本群)$/

/**
 * @param unit where in the text the unit stands that is to have the name
 * @returns undefined when no name is given to it; without `alias` when it is asked for but not told
 */
export function readAlias(text: string, unit: { start: number; end: number }): SaidAlias | undefined {
  // The unit is one character, and the rest stays where it is.
  const masked = text.slice(0, unit.start) + place + text.slice(unit.end)
  const shift = unit.end - unit.start - 1
  const back = (at: number) => (at > unit.start ? at + shift : at)
  for (const form of forms) {
    const found = form.exec(masked)
    const at = found?.indices?.groups?.['alias']
    const alias = found?.groups?.['alias']
    if (!at || !alias || empty.test(alias)) continue
    return { alias, start: back(at[0]), end: back(at[1]) }
  }
  return word.test(text) ? { start: unit.end, end: unit.end } : undefined
}
