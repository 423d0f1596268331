// What is wanted of a bulletin: a draft, a look at it, its release, a sentence under it. Pure.
import {
  findSentence,
  isErasing,
  isOfSentence,
  speaksOfSentence,
  withoutBeside,
} from './bulletin-sentence.ts'
import { findNumbers } from './numerals.ts'

export type BulletinWish = 'draft' | 'show' | 'list' | 'resend' | 'errata' | Decision | Change
type Decision = 'publish' | 'hold' | 'drop' | 'withdraw'
/** `body`: of what is not the sentence, and cannot be changed. */
type Change = 'edit' | 'erase' | 'body'

export interface BulletinAsked {
  want: BulletinWish
  /** 第3号. */
  number?: number
  kind: 'weekly' | 'red_black'
  /** What is to stand under it; empty = not said yet. */
  sentence?: string
  /** 加一句, and not 改成. */
  adds?: true
  /** The sentence was the answer to the question for it. */
  answered?: true
  /** More was said than is understood: nothing may come of it that cannot be taken back. */
  vague?: true
  /** What the person was shown: 发布 of something else is asked about first. */
  mark?: string
  /** 仍然发布: although somebody else has put it by. */
  sure?: true
  /** 重发 to whom. */
  to?: 'failed' | 'all'
  /** 撤回勘误: of errata, not of what they correct. */
  errata?: true
  /** 能撤回吗: it is asked, not ordered. */
  asks?: true
}

/** Words of the bot's own choices: the content that was shown. */
const marked = /#([0-9a-f]{6})$/
/** 明天, 等书记看了, 改好: when it is 再发, it is not sent again but later. */
const later =
  '(?:等|待|[明后]天|[明今][早晚]|今天|晚上|[上下中]午|早上|(?:周|星期|礼拜)[一二三四五六日天末]|下个?[周月]|月底|过(?:一?会|几|两|些|段|了)|会儿|回头|改天|[以之]后|[看改想定问审批弄核][好完过了]了?)'
/** Not at all, or not now; 发不发 and 能不能发 are questions, 不发给全区 is about to whom. */
const holding = new RegExp(
  [
    '缓发|缓签|停发|推迟发|晚点再?发|取消(?:重发|发布|签发)|先[别不](?![加改写删换附补添])|先[放压等]|压一?[压下住着]|放一放|等等再|缓一?缓|暂[缓不]|暂时[不别先压放停]|不同意|不批准|不签发|不发布',
    '(?:别|甭|勿|不要|不用|不必|(?<!能)不能|(?<!可)不可以)(?:先|急着)?[发签批]',
    '(?<![发能])不发(?!布|给|到|在|[了吧,]*作废)',
    '(?:等等|等一?[下会]|别急|不急|稍[等后])[吧了]?$',
    `${later}[^,]{0,12}再发(?!布)|再(?:说|定|议)(?!一)`,
  ].join('|'),
)
/** 点评那句, 标题, 第一段: what the bot wrote itself. */
const parts =
  /点评|点名|标题|题目|正文|名次|排名|末位|倒数|前三|红灯|口径|数|第[\d一二三四五六七八九十]+[段句行条]|[这那哪]一?段|开头|前[面头边]/
const changing = /删|去掉|拿掉|去除|抹|不要|取消|改|换/

/** 改成85, 改成4个: a number, and no sentence. */
const figure = /^[\d.%]+\p{Script=Han}?[了吧]?$/u

/** Beside its verb nothing else may be said: with 明天, 等 or 点评 in it, it is another sentence. */
const releaseWords =
  /(?:已经?|都|我|俺|书记|领导|主任|\p{Script=Han}(?=书记|主任))+(?:看|审|核|阅|同意|批准?|点头)[过完了罢]*(?:[一几两三四五\d]+遍)?|[一几两三]遍|[改弄做写]好了?|中了?(?=[,，])|行了?(?=[,，])|往外|对外|往群里?|正式|推送?|吧|呗|(?:看|审|核)[过完了]+|发布|签发|同意了?|批准|发出去|发到群里|仍然|还是|可以|能|草稿|稿子?|没(?:啥|什么)?(?:问题|意见|毛病)|无误|内容|定稿|[这本][期份个周]|发/gu
const dropWords = /作废|不要|废掉|废|删[掉除]?|取消|不发|仍然|还是|算了|不用/g
const withdrawWords =
  /撤[回销下掉]?|收回|[发写弄搞出做]错|错|重新?发|再发|能不能|能|可不可以|可以|[吗么]|来|去|掉|[发出]布?/g
const resendWords =
  /(?:上个?|这个?|本|前)?(?:周|星期|礼拜|月|期|次)|[昨前今]天|\d{1,2}月份?|那[期份个]|好?几?个?人|看漏|漏|[再重补]发|重新发|没(?:有)?(?:收到|发出去|看到)|失败|全部|所有|都|各?个?群里?|[到去]|一?[遍次回]|大家|有人|有的/g

/** In this order: 不同意发布 is no 发布, and 重发 no 发. The last are the words that may stand in it. */
const wishes: [BulletinWish, RegExp, RegExp?][] = [
  // 别作废, 谁撤回的: nothing is done.
  ['show', /(?:别|勿|不要|不用|不能|先不|没有?|谁|怎么|咋)(?:把.{1,8}?)?(?:作废|废|删|撤|收回|取消)/],
  ['show', /为什么|为啥|怎么|咋|(?:什么|啥)时候/],
  ['withdraw', /撤(?:回|销|下|掉|了)|收回/, withdrawWords],
  ['hold', holding],
  ['resend', /重发|重新发|补发|重新推|再推/],
  ['resend', /再发(?!布|[一两]?[份个期篇])/, resendWords],
  [
    'list',
    /列表|清单|目录|(?:哪些|哪?几[个份期]|所有|全部|历史)的?(?:通报|红黑榜|勘误)|(?:通报|红黑榜|勘误)都?有(?:哪|几|多少)/,
  ],
  ['drop', /作废|不要了|废掉|废了|删[掉除了]|取消/, dropWords],
  [
    'draft',
    /(?:出|写|拟|起草|做|弄|生成|整|编)(?:一?[份个期篇版]|一下)?[^,看]{0,10}(?:通报|红黑榜)的?(?:初稿|草稿|稿子?|草案)/,
  ],
  // 草稿看过了，没问题，可以发布: looked at and found good, in so many words.
  [
    'publish',
    /(?:[看审阅核]过|[看审阅核]完|[看审阅核][了罢毕]|已[看审阅核]|[改弄做写]好了?|[看审][几两三\d]遍|中了?[,，]|行了?[,，]|没(?:啥|什么)?(?:问题|意见|毛病)|无误|没问题|没意见|没毛病|定稿|可以|能)[^没吗么?？]{0,8}(?:发布|签发|发出去|发)(?:到?群里)?[了吧啦]*$/,
    releaseWords,
  ],
  ['show', /(?:发布|签发|发出去|发|批准|批)了?(?:没有|没|吗|么|不)|谁(?:签发|批准|批|发)|草稿|看/],
  ['publish', /发布|签发|同意|批准|发出去/, releaseWords],
  ['errata', /勘误/],
  [
    'draft',
    /(?:出|发|做|写|弄|拟|生成|起草|编|整|搞|来)[^,]{0,12}(?:通报|红黑榜)(?:做|出|写|弄|拟)?(?:出来|一下)?(?:吧|啊|嘛|呗)?$|(?:通报|红黑榜)(?:做|出|写|弄|拟|生成)出?来?(?:吧|一下)?$|(?:通报|红黑榜).{0,8}?(?:出|做|写|弄|拟|起草|来|编|整|搞|生成)(?:一[份个期版篇下]|[份个版]|出来)/,
  ],
  // 红色物业的通报, 汝河路街道红黑榜: whose or of what is said, and nothing else.
  ['draft', /.(?:通报|红黑榜)$|^红黑榜$/],
]

/**
 * @param text the normalised sentence, one that the phrases of 通报 have selected
 * @param whose the units that are named in front of 通报: they say which one is meant
 */
export function readBulletin(text: string, whose: string[] = []): BulletinAsked {
  const kind = /红黑榜|红榜|黑榜/.test(text) ? 'red_black' : 'weekly'
  const bared = whose.reduce((rest, name) => rest.replace(name, ''), text)
  const edit = findSentence(bared)
  const number = numberIn(edit ? edit.before : text)
  const found = { kind, ...(number !== undefined && { number }) } as const
  if (isErasing(bared)) return { ...found, want: 'erase' }
  if (edit && isOfSentence(edit)) {
    const { sentence, adds, answered } = edit
    // 通报第1号改成：删掉 is the answer to what it should say.
    if (isErasing(sentence, true)) return { ...found, want: 'erase' }
    if (!adds && figure.test(sentence)) return { ...found, want: 'body' }
    return { ...found, want: 'edit', sentence, ...(adds && { adds }), ...(answered && { answered }) }
  }
  if (edit && !holding.test(edit.before) && (!edit.adds || parts.test(edit.before)))
    return { ...found, want: 'body' }
  const mark = marked.exec(text)?.[1]
  const said = bared.replace(marked, '')
  return {
    ...{ ...found, ...wishIn(said, text, number !== undefined) },
    ...(mark && { mark }),
    ...(/仍然|还是/.test(said) && { sure: true }),
    ...(/勘误/.test(said) && { errata: true }),
    ...(/[吗么]$|能|可以/.test(said) && { asks: true }),
    ...toWhom(said),
  }
}

/** @param whole with the names in it: 红色物业的通报 and 汝河路街道通报 are drafted, 通报 alone is shown */
function wishIn(said: string, whole: string, isNumbered: boolean): Pick<BulletinAsked, 'want' | 'vague'> {
  const isBare = isNumbered || /^(?:(?:本|这)周)?通报$/.test(whole)
  const wish = wishes.find(([name, words]) => words.test(whole) && !(isBare && name === 'draft'))
  const [want, , alone] = wish ?? []
  const isPart = changing.test(said) && parts.test(said) && !speaksOfSentence(said)
  if (isPart && (!want || want === 'drop')) return { want: 'body' }
  // What is not quite clear is shown, with the digits to decide.
  const isVague = alone
    ? withoutBeside(said, alone) !== ''
    : !want && withoutBeside(said, /[本这]周|看/g) !== ''
  if (!isVague) return { want: want ?? 'show' }
  return { want: want === 'withdraw' ? 'withdraw' : 'show', vague: true }
}

/** To whom it is said again, when nothing but that is said. */
function toWhom(said: string): Pick<BulletinAsked, 'to'> {
  if (withoutBeside(said, resendWords) !== '') return {}
  if (/没|失败/.test(said)) return { to: 'failed' }
  return /全部|都|所有/.test(said) ? { to: 'all' } : {}
}

/** 第3号, 第三号, 通报3号; 11月27号 is a day, and 第一段 a part of it. */
function numberIn(text: string): number | undefined {
  const said =
    /(?:第|通报|草稿|勘误)\s?([\d一二三四五六七八九十百]+)(?![\d一二三四五六七八九十百段句行条名位次])/.exec(
      text,
    )?.[1]
  if (said === undefined || /月[\d]+号/.test(text)) return undefined
  const [found] = findNumbers(said)
  const number = Number(found?.value)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}
