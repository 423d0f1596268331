// What is told around a number in clauses of their own: 俺这两天忙坏了，红色物业3个. It changes no number and is no reason to ask. Pure.
import type { Span } from './adding.ts'
import { withoutIdle } from './harmless.ts'

/** Words that may say that a number is none, is not yet, is somebody's guess, or comes on top of another. */
const weighty =
  /不|没|未|无|别|非|否|勿|约|大概|左右|上下|可能|也许|或|差|估|如果|要是|假如|万一|争取|力争|计划|打算|准备|预|拟|想|该|希望|目标|任务|缺|欠|剩|只|错|改|待|等|在建|在办|正在|还在|明|后天|下个?[周月]|下一?步|将|会|能|尽快|听说|据|好像|似乎|吗|么|吧|除|含|包|其中|上[个周月次回]|去年|另|再|又|以[外上下内]|超|多|少|退|撤|取消|作废|核|审|验|比|到期|假|虚|反悔|跑路|停工|停了|搁置|卡|举报|凑|口头|谈|点头|表决|表上|上去|答应|承诺|商量|犹豫|拖|黄|吹|撂|泡汤|流产|暂停|受阻|烂尾|落空|失败|问题|纠纷|矛盾|闹|反对|换人|辞|离职|调走|走了|死|病|注销|过期|缓|流程|签合同|积极|意向|意愿|手续走|新增|增|减|累计|总|共|合计|每|各|分别|全|>|<|=|[\d一二三四五六七八九十百千万半]/
/** 这两天, 那几家 count nothing. */
const idle =
  /[这那前头][两几一二三]?[天家个年阵下]|一[直下起点些样般定]|[两几]天|第一|[一半]整?[天晚上下][午上]?|总算|总归|总是|总得|开会|会议|大会|例会|社会|机会|不好意思|没问题|别提|一起|一块|大?半(?:天|个多?月|年)|[一两三几](?:天|宿|晚上?|上午|下午|个月|星期|礼拜|趟|圈|遍|回|阵)|都(?=很|挺|交|签|支持|满意|高兴|同意|配合|齐|是)|会计|[累忙卷困烦气急愁乐高兴笑热冷]死(?:我|人|个人)?了?|腿[都也]?[跑走]断|没带(?:手机|电话)|没(?:空|时间|信号|网|顾上|腾出手)|没来得及|第[一二三四五六七八九十\d](?=[家个次轮批])|(?:手机|电话)不方便|[跑去][了过]?[一两二三四五六七八九十几\d]+[趟回次]/g

/**
 * @param left a stretch that nobody explained
 * @param tokens names and numbers of the sentence: a clause with one of them is no aside
 */
export function isAside(text: string, left: Span, tokens: Span[]): boolean {
  const { start, end } = clauseAround(text, left)
  if (tokens.some((token) => token.start < end && token.end > start)) return false
  const words = text.slice(start, end)
  return (
    !isWeighty(words) &&
    !mayBeName(words) &&
    !scattered.test(words.replaceAll(/[嗯啊呃哦呀哈噢]/g, ' ')) &&
    !placeLike.test(words)
  )
}

/** 李 江 沟村老: what ends like a place may be one. */
const placeLike = /村|社区|小区|街道|苑|家属院/

/** 金 苑: characters of a word that came apart. */
const scattered = /(?:^|[\s、])\p{Script=Han}[\s、]+\p{Script=Han}(?=$|[\s、])/u

/** The clause a stretch stands in, as far as no name or number cuts it. */
export function stretchAround(text: string, left: Span, tokens: Span[]): string {
  const clause = clauseAround(text, left)
  const start = Math.max(clause.start, ...tokens.map(({ end }) => (end <= left.start ? end : 0)))
  const end = Math.min(clause.end, ...tokens.map((one) => (one.start >= left.end ? one.start : text.length)))
  return text.slice(start, end)
}

function clauseAround(text: string, left: Span): Span {
  const start = left.start - (/[^,，。;；!！\n]*$/.exec(text.slice(0, left.start))?.[0].length ?? 0)
  const end = left.end + (/^[^,，。;；!！\n]*/.exec(text.slice(left.end))?.[0].length ?? 0)
  return { start, end }
}

/** Whether words may change what a number means. */
export const isWeighty = (words: string): boolean => weighty.test(words.replaceAll(idle, ''))

/** 翠竹, 翠竹的, 河南: a few characters by themselves, in which nothing is told. */
export function mayBeName(words: string): boolean {
  const bare = words.replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/^(?:那|这)?是|的$/gu, '')
  const residue = withoutIdle(bare)
  if (residue !== bare && residue.length < 2) return false
  return /^\p{Script=Han}{1,4}$/u.test(bare) && !/(?:[了着过呢吧哈好成到的行对]|完|早|嗨)$/.test(bare)
}
