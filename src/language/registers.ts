// The registers and their fields: 结对联建, 临时党支部, 路长, 值班 and the ledgers of relief (`domain.md` C1). Pure.

export type RegisterName =
  | '结对联建'
  | '临时党支部'
  | '路长'
  | '值班'
  | '帮扶'
  | '走访慰问'
  | '退役军人'
  | '矛盾纠纷'
  | '信访'

const names: [RegExp, RegisterName][] = [
  [
    /值班|值守|带班|轮值|值夜|当班|排班|换个?班|替班|调班|夜班|谁的班|(?:[一二三四五六日天末\d]|号|[今明后][天儿晚])的班|的班(?![子级主])/,
    '值班',
  ],
  [/路长|路段(?:的)?(?:责任人|负责人)/, '路长'],
  [/临时(?:党)?支部|帐篷(?:党)?支部|临时党组织/, '临时党支部'],
  [
    /结对|联建|对子|结的对|包联|包保|包院|包楼|下沉|包.{0,7}院|楼院.{0,12}(?:支部|干部)|支部.{0,12}楼院|\d号?院.{0,10}(?:支部|干部)|(?:机关|第[一二三四五六七八九十]+)(?:党)?支部/,
    '结对联建',
  ],
  [/帮扶/, '帮扶'],
  [/走访慰问|慰问/, '走访慰问'],
  [/退役军人|退伍军人/, '退役军人'],
  [/矛盾纠纷|纠纷(?:调解)?|调解/, '矛盾纠纷'],
  [/信访|上访/, '信访'],
]

export const registerIn = (text: string): RegisterName | undefined =>
  names.find(([pattern]) => pattern.test(text))?.[1]

export type RegisterFilter = 'no_cadre' | 'no_branch' | 'expired'

const lack =
  '(?:还?没有?|未|还?没(?:有)?|无|缺|差|少|欠|空着)(?:有|人|派|配|定|安排|落实|明确|确定|指定|结|挂|分|联)*(?:上|到位|好|过|着)?'
const cadre = '(?:包联|下沉|包保|包院|包楼|科级|联系|结对)*(?:干部|科级|包联人|下沉人)'
const branch = '(?:机关|结对|联建|党)*(?:党)?支部'
const filters: [RegExp, RegisterFilter][] = [
  [/过期|到期|失效|超期|该撤|期满|满期/, 'expired'],
  [
    new RegExp(
      `${lack}(?:的)?${cadre}|${cadre}.{0,4}${lack}|${lack}(?:人)?(?:下沉|包联|包保)|没(?:有)?人(?:包|联系|下沉)`,
    ),
    'no_cadre',
  ],
  [
    new RegExp(
      `${lack}(?:的)?${branch}|${branch}.{0,4}${lack}|${lack}(?:对子|结对|联建|结上对)|没(?:有)?(?:[跟和与][^,，]{1,10})?结(?:上)?(?:对|队)`,
    ),
    'no_branch',
  ],
]

/** 没派干部, 没结对支部, 到期: rows that lack something. */
export const filterIn = (text: string): RegisterFilter | undefined =>
  filters.find(([pattern]) => pattern.test(text))?.[1]

const clip = (text: string) =>
  text.replace(/^(?:的|是|把|将|给|请|查|看|一下|,|:|\s|跟|和|与)+/, '').replace(/[的\s,]+$/, '')

const yard =
  /(?:楼院|院子|小区)[:：是为,，\s]+([^,，。;；\s]{2,16})|((?:[\p{Script=Han}]{2,8})?\d{1,4}号(?:家属)?(?:楼)?院|[\p{Script=Han}]{2,10}?(?:家属院|楼院|大院|小院))/u
/** 桐柏路191号院, 191号院, 纺机家属院. */
export function yardIn(text: string): string | undefined {
  const found = yard.exec(text)
  const name = found?.[1] ?? found?.[2]
  const plain =
    name &&
    clip(
      name.replace(
        /^.*(?:更新|登记|加一条|台账|改成|结对联建|结对|联建|新增|录入|查一下|查查|看看|请问|问下|关于|[俺我咱们这那个说想请把将给跟是让的了在已问查你恁包管]|看(?!守))(?=.{2,})/u,
        '',
      ),
    )
  return plain && !/多少|哪|没|未派|^(?:几|还|有|无主管|所有|全|每|各|这|那|个|一个|楼院$)/.test(plain)
    ? plain
    : undefined
}

const branchEnd = /(?:支部|党委|总支)(?!书记|委员|[的]?(?:是|为)?(?:哪|谁|啥|什么))/gu
/** Whatever stands before a branch and is no part of its name: who pairs, the field's name, the verb. */
const beforeBranch =
  /^.*(?:(?:结|联)(?:上|成)?(?:对|队)(?:子|共建)?[了的]?|联建[了的]?|对接[了的]?|包联|号(?:家属)?(?:楼)?院|家属院|楼院|大院|小院|(?:党)?支部(?=.{2})(?:现在)?(?:的)?(?:[是为:]|改[成为由]|换[成为]|变更?[成为]|调整[成为])*|(?:改|换|变更?|调整)[成为由]|登记|录入|更新|由|[是跟与给让:]|和(?!平|谐|顺|睦))/u
const noBranch =
  /^(?:结对|联建|机关|的|哪|临时|帐篷|结对的|对应的?|共建|党|第[一二三四五六七八九十]+)*(?:支部|党委|总支)$|哪|什么|啥|[院号]|登记|结对/

/** 区财政局机关第二党支部: where several are named, the last, which is the one that is entered. */
export function branchIn(text: string): string | undefined {
  return text
    .split(/[,，。;；\s]+/u)
    .flatMap((clause) => branchesOf(clause))
    .filter((name) => !noBranch.test(name))
    .at(-1)
}

/** With the words before it. */
const longestBranch = 60

function branchesOf(clause: string): string[] {
  const ends = [...clause.matchAll(branchEnd)].map(({ index, 0: word }) => index + word.length)
  return ends.map((end) =>
    clip(clause.slice(Math.max(0, end - longestBranch), end).replace(beforeBranch, '')),
  )
}

const road =
  /([\p{Script=Han}]{1,6}?(?:路|街|大道|大街|巷))(?!长|段|社区|街道|\d)(?=$|[的路由归是换改登:：,，。\s、更现从谁变调]|以后|今后|往后|即日|起)|([\p{Script=Han}]{1,6}?(?:路|街|大道|大街|巷))(?=路长|的路长)/u
/** 嵩山路. */
export function roadIn(text: string): string | undefined {
  const plain = text.replace(
    /^(?:请|把|将|给|问一?下|查一?下|查查|看看|现在|那个|嗯+|登记|更新|给|路长|:|：|,|，|\s|以后|今后|咱们?|咱区|俺们?)+/u,
    '',
  )
  const found = road.exec(plain)
  return clip(found?.[1] ?? found?.[2] ?? '') || undefined
}

const project =
  /(?:项目|工程|工地)(?:名称)?[:：是为,，\s]+([^,，。;；\s]{2,20})|(?:^|[,，。;；\s])(?:项目|工程)(?:名称)?(?!部|组|的|上)[是为]?([^,，。;；\s]{2,20})|([^,，。;；:：\s]{2,16}?(?:项目|工程|工地|改造|治理|建设))/u
/** 须水河治理. */
export function projectIn(text: string): string | undefined {
  const plain = text.replace(
    /(?:登记|新增|更新|添加|新建|成立|录入|加)?(?:一个|个|一条|条|了)?(?:临时|帐篷)(?:党)?支部(?:的)?(?:台账)?(?:登记|更新|加一条|新增一条)?[:：,，\s]*/gu,
    ' ',
  )
  const found = project.exec(plain)
  return clip(found?.[1] ?? found?.[2] ?? found?.[3] ?? '') || undefined
}

const notName =
  '(?!谁|哪|啥|什|别|他|她|我|你|新|其|另|人|没|不|有|今|明|昨|下|上|这|那|一|周[一二三四五六日天末]|星期|礼拜|本周)'
const nameEnd =
  '(?=$|[,，。;；\\s!！]|同志|书记|主任|来|去|负责|接|顶|替|值|带|了|的|吧|啊|呀|哈|担任|当|更新|登记|记|嘞)'
const personForms = [
  `(?:换成了?|改成了?|改为|换为|变为|变成|调整为|调整成|改由|换给|交给|安排给?|安排)${notName}(?<p>[\\p{Script=Han}]{2,4}?)${nameEnd}`,
  `(?:书记|干部|路长|人员|责任人|负责人|值班人?|带班人?|包联人|包院人?|联系人)(?:现在|以后|现|今后)*(?:换|改|定|确定|登记|记)?(?:是|为|成|叫|由|:|：|,|，|\\s)+${notName}(?<p>[\\p{Script=Han}]{2,4}?)${nameEnd}`,
  `(?:由|让|叫|请|是|换)${notName}(?<p>[\\p{Script=Han}]{2,4}?)${nameEnd}`,
  `(?:干部|书记|路长|值班|包院人?|包联人?|联系人)${notName}(?<p>[\\p{Script=Han}]{2,3})(?=$|[,，。;；\\s])`,
  `(?:值班|值守|路长|带班)[^,，]{0,6}[\\s:：]${notName}(?<p>[\\p{Script=Han}]{2,3})$`,
  `(?:以后|今后|往后|现在|起)[,，]?${notName}(?<p>[\\p{Script=Han}]{2,3}?)(?:来|接着)?(?:当|任|担任|接任|做)(?:了)?(?:路长|书记|干部)`,
].map((source) => new RegExp(source, 'u'))

/** The person that is entered, by the name as said. Names that nobody knows count too. */
export function personIn(text: string): string | undefined {
  for (const form of personForms) {
    const name = form.exec(text)?.groups?.['p']
    if (
      name &&
      !/^(?:值班|路长|支部|干部|书记|更新|登记|台账|机关|区|街道)/.test(name) &&
      !/(?:支部|路|院|班|的|了)$/.test(name)
    )
      return name
  }
  return undefined
}
