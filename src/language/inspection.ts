// What an inspection says: which team, how serious, what was found, which finding, which round (`domain.md` C9). Pure.
import { isPraise, isVisitTalk } from './inspection-talk.ts'
import { numberOf, numeral } from './when-numbers.ts'

export type Severity = 'low' | 'medium' | 'high'

const team = new RegExp(
  `第?(${numeral})(?:督导|督查|检查)?(?:小|大)?组|(?:督导|督查)(?:第?(${numeral})(?:小|大)?组)`,
)
const characters = '零一二三四五六七八九十'

/** 第1组, 督导一组, 第一督导组: as the roster writes it. */
export function teamIn(text: string): { name: string; start: number; end: number } | undefined {
  const found = team.exec(text)
  const number = found && numberOf(found[1] ?? found[2] ?? '')
  const character = number ? characters[number] : undefined
  if (!found || !character) return undefined
  return { name: `第${character}督导组`, start: found.index, end: found.index + found[0].length }
}

const what = '(?:问题|情况|情节|程度|性质|等级|属于?|算|是|定为)*'
const severities: [RegExp, Severity][] = [
  [new RegExp(`${what}(?:不(?:太|算)?严重|不(?:太|算)?重|轻微|较轻|很轻|不大)(?:问题|隐患)?`), 'low'],
  [
    new RegExp(`${what}(?:比?较(?:严重|重|大)|较为?严重|有点儿?(?:严重|重)|中等)(?:的)?(?:问题|隐患)?`),
    'medium',
  ],
  [
    new RegExp(
      `${what}(?:特别|非常|很|十分|挺|相当|老|可|性质)?(?:严重|重大|恶劣)(?:得很|嘞很|的)?(?:问题|隐患)?`,
    ),
    'high',
  ],
  [
    /(?:问题|情况|程度|性质|等级|属于?|算|定为)+一般|一般(?:性|的)?(?:问题|隐患)|(?<=^|[,，。;\s])一般(?=$|[,，。;\s])/,
    'low',
  ],
]

/** 一般, 较重, 严重, and where it is said. */
export function severityIn(text: string): { severity: Severity; start: number; end: number } | undefined {
  for (const [pattern, severity] of severities) {
    const found = pattern.exec(text)
    if (found) return { severity, start: found.index, end: found.index + found[0].length }
  }
  return undefined
}

/** 没发现问题, 都没啥问题, 一切正常: a visit is recorded all the same. 没有问题台账 lacks a ledger and no problem. */
export const isClean = (text: string): boolean => clean.test(text)
/** The sentence without it: 未发现异常情况 asks for nothing. */
export const withoutClean = (text: string): string => text.replaceAll(new RegExp(clean, 'gu'), '')
const trouble = '(?:问题|毛病|隐患|情况|异常|不妥|纰漏|漏洞|短板|事儿?|岔子|啥儿?)'
const seen =
  '(?:发现|看到|看见|查到|找到|找着|瞅见|瞧见|挑出|挑着|见着?|看出|查出|瞅出|找出|查着|存在|出现|有)'
const clauseEnd =
  '(?:的|了|啊|呀|吧|哈|呢|嘞|哦|哩|咧|嘛|存在|来|可报|可说|发生)*(?=$|[\\p{P}\\s\\p{Extended_Pictographic}]|暂|整体|总体)'
const clean = new RegExp(
  [
    `(?<!有)(?:啥|什么|任何|一点儿?|半点儿?)(?:大|明显|突出)?${trouble}{1,2}(?:都|也|还|暂)?(?:没有?|未|无|木有|不)(?:${seen})?(?:着|到|出来?)?${clauseEnd}`,
    `(?<!有)(?:没有?|没能|未|无|木有|冇|挑不|找不|看不|查不)(?:再|曾|能|着|到|出来?){0,2}(?:${seen}(?:着|到|出来?|过)?){0,2}(?:一个|半点儿?)?(?:什么|啥子?|任何|明显|重大|大|突出|其他|新){0,4}(?:的)?${trouble}{1,2}${clauseEnd}`,
    '零(?:问题|隐患)|未见异常|没得(?:说|挑|问题)|没(?:的|啥|什么)(?:说|好说|挑|可挑)的?|挑不出(?:刺|毛病|啥)|没挑出',
    `(?:一切|都|全部?|样样|啥都|哪[儿哪]都|处处|各方面|整体|总体)(?:都|还|比较|很|挺)*(?:正常|良好|挺好|很好|不错|合格|达标|没事儿?|好|可以|行|中|到位|规范|妥当|OK|ok)${clauseEnd}`,
    `(?:情况|状况|秩序|环境)(?:都|很|总体|整体)*(?:良好|正常|不错|挺好|很好)`,
  ].join('|'),
  'u',
)

const findingId =
  /(\d{1,6})\s*[号#](?:的)?(?:督导)?(?:问题|隐患|整改|单子?)|(?:问题|隐患|编号|整改单)(?:编号)?[:#是]?\s*(\d{1,6})号?(?!\s*[天日个户处条])|第(\d{1,6})号|(?:销号|退回)\s*(\d{1,6})号?$|^(\d{1,6})[号#]/
const spoken = new RegExp(`(?<![\\d月])(${numeral})号(?:的)?(?:督导)?(?:问题|隐患|整改)`)

/** 12号问题, 问题12, 编号12, 十二号问题. */
export function findingIn(text: string): number | undefined {
  const found = findingId.exec(text)
  const digits = found?.slice(1).find((one) => one !== undefined)
  if (digits) return Number(digits)
  const number = spoken.exec(text)?.[1]
  return number ? numberOf(number) : undefined
}

/** 第三轮 → 3; 这一轮, 本轮 → current. */
export function roundIn(text: string): number | 'current' | undefined {
  const number = new RegExp(`第(${numeral})轮|(?<!这|那|本|每|上|下)(\\d)轮`).exec(text)
  const round = number && numberOf(number[1] ?? number[2] ?? '')
  if (round) return round
  return /(?:这|本|当前|目前|现在)(?:这)?(?:一)?轮|这回督导|这次督导/.test(text) ? 'current' : undefined
}

const heads =
  /^(?:\s|[,，。;:])*(?:(?:督导|督查|巡查|检查|暗访|走访|记录|登记|反馈|记|一条|新增|录入|问题|:)(?:组|一下)?)+(?:[,，\s:]+|$)|^(?:督导|督查|巡查|检查|暗访|走访)(?:组|时|中)?(?=发现)/
const visiting =
  /(?:我们?|俺们?|咱们?|我组|本组|组里)?(?:今天|今儿|今日|昨天|昨儿|昨日|前天|前儿|刚才|刚刚|刚|上午|下午|早上|晚上|中午)*(?:我们?|俺们?|咱们?)?(?:走访|暗访|巡查|检查|督导|督查|实地|现场|赴|前往|深入|去|到|在|来|跑|走|转|查|看|对)+(?:了)?(?:一下|一?趟|一?圈)?$/
const saw =
  /^(?:社区|街道|村(?!口|里|头|民|委|部|道|路|内)|那边|那儿|这边|里头|里|辖区|内|的)?(?:走访了?|暗访了?|[看查瞅](?![到见出着])了?|转了?|跑了?|走了?|检查了?|督导了?|实地|现场)*(?:看|一下|一趟|一圈|了|咧|啦|过|时|后|中|的时候)*(?:发现|查出|查着|查到|看到|看见|瞅见|瞅着|找着|存在|有|见)?(?:了|有)?(?:个|一个|一处|这么个)?(?:问题)?(?:是|就是)?[:,，\s]*/
const tails = /(?:的)?(?:问题|现象|情况)?(?:,|，|。|;|\s|!|请|要求|责令|责成|需要?|让(?:他们|她们)?)*$/

/** 挺好，就是门口有点乱 */
const exceptIn = (text: string): boolean => /[,，。;；\s](?:就是|只是|不过|但是?|可是|除了)/.test(text)

/** What was found, in the inspector's words: the sentence without whom, when, how serious and by when. */
export function findingText(text: string, without: { start: number; end: number }[]): string {
  let left = text
  for (const { start, end } of without)
    left = left.slice(0, start) + '\n'.repeat(end - start) + left.slice(end)
  // 挺好，没啥毛病 praises; 挺好 alone may be anything.
  const praised = isClean(left) || exceptIn(left)
  const pieces = left
    .split(/[\n,，。;；!！]+/)
    .filter((piece) => !isClean(piece) && !isVisitTalk(piece) && !(praised && isPraise(piece)))
    .map(clip)
    .filter((piece) => piece !== '')
  return pieces.join('，')
}

function clip(piece: string): string {
  let text = piece.trim()
  for (let before = ''; before !== text; ) {
    before = text
    text = text
      .replace(heads, '')
      .replace(saw, '')
      .replace(tails, '')
      .replace(visiting, '')
      .replace(
        /^(?:今天|今儿|昨天|昨儿|前天|上午|下午|刚才|刚刚|刚|(?:\d{1,2}月)?\d{1,2}[日号]|上?周[一二三四五六日天]|完毕|结束|一共|分别|[一二两三四五六七八九十\d]+个(?:点位?|社区|村|单位|地方)|啊(?=,|，|$)|那个|嗯+|呃+|这个|就是|然后|和|跟|、|\.|,|:|-|@)+/,
        '',
      )
      .replace(/(?:和|跟|、|\.|,|:|-|哈|啊|呀|吧|了吧|哦|嘛)+$/, '')
      .trim()
  }
  return /^(?:社区|街道|村|我组|本组|的|在|到|去|问题|情况|我们?|俺|组|督导|检查|都|也|还|今|年|整改)?$/.test(
    text,
  )
    ? ''
    : text
}
