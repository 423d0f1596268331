// What people say that asks nothing of the bot: thanks, talk among themselves, insults, attempts to talk it round. Pure.
import type { Span } from './adding.ts'
import { quotedIn } from './spoken.ts'

/** Nobody is answered for these: they end a conversation (`domain.md` N26). Nor is a message of emoji alone. */
export const isAcknowledgement = (text: string): boolean => acknowledgement.test(text) && !media.test(text)

export interface Talk {
  intent: 'ack' | 'abuse' | 'unknown' | 'confirm' | 'deny'
  /** `insult`, `manipulation`; `garbage`, `offtopic`, `media`, `needs_context`, `chat`. */
  kind?: string
}

const thanks =
  '(?:已经?)?(?:收到|收悉|已阅|知悉|悉知)|好的?|好嘞|好滴|好咧|嗯+|哦+|噢+|ok|okay|谢谢|谢[了啦过]|多谢|感谢|辛苦了?|明白了?|知道了?|晓得了?|了解|遵命|照办|没问题|妥了?|赞|\\+1|\\d\\p{M}+'
const title = '(?:书记|主任|领导|老师|同志|委员|组长)'
const whom = `(?:各位|大家|同志们|小图|机器人|\\p{Script=Han}?${title})`
const then = '(?:马上|立即|立刻|这就|尽快|抓紧|认真)(?:办理?|落实|去办|安排|报|弄|处理|整改)'
const mark = '[\\p{P}\\p{S}\\p{M}\\p{Extended_Pictographic}\\s]'
const face = '\\[[\\p{Script=Han}a-z]{1,4}\\]'
const acknowledgement = new RegExp(
  `^(?:(?:(?:${thanks}|${then})(?:了|啦|啊|呀|哈|嘞|哩|的|您)*${whom}*|${face})${mark}*){0,20}${mark}*$`,
  'iu',
)
/** What was done already: said behind 收到 it is no news. */
const doneAlready =
  '(?:都|也)?已经?(?:安排|部署|传达|通知|转发|转|布置|落实|办理?|按要求)(?:了|好|完|下去|到位|完毕|落实)*'
/** 已报数, 我报过了: that it was done, without what. */
const reported =
  '(?:我们?|俺们?|咱们?|这边|本?社区|我社区|我村|村里)?(?:(?:已经?|早就?|刚刚?|刚才)(?:上报|填报|报送|报|填)(?:过|完|好|上去|上)?数?了?|(?:上报|填报|报送|报|填)(?:过|完|好)数?了)'
const [hearty, doing] = [
  new RegExp(`^${mark}*(?:${thanks})`, 'iu'),
  new RegExp(`^(.*?)${mark}*${doneAlready}${mark}*$`, 'su'),
]
const reporting = new RegExp(`^${reported}${mark}*$`, 'u')
/** These say of a place how things stand there. */
const aboutPlaces = /妥|赞|没问题/

/** 金苑收到, 收到！金苑张建国, @周敏 收到，已安排: acknowledged by name, or with what was done. */
export function acknowledges({ text, units, people }: Named): boolean {
  const unquoted = quotedIn(text)
  const names = [...units, ...people].filter(({ start }) => start >= unquoted)
  // An @ and what is left of a longer name go with it.
  const plain = names
    .toSorted((a, b) => b.start - a.start)
    .reduce((left, { start, end }) => `${left.slice(0, start)}\n${left.slice(end)}`, text)
    .slice(unquoted)
    .replace(/@?\n(?:社区|街道|村)?/g, '\n')
    .trim()
  if (names.length > 0 && aboutPlaces.test(plain)) return false
  if (reporting.test(plain)) return true
  const head = doing.exec(plain)?.[1] ?? plain
  return hearty.test(head) && isAcknowledgement(head)
}

interface Named {
  text: string
  units: Span[]
  people: Span[]
}

/** 哈哈, 啊: nothing is said, so nothing is answered. 啊？ asks what was meant. */
const murmur =
  /^(?=.*\p{Script=Han})(?:[啊哈嘿呵嘻哦噢喔呃额嗯唉哎哇呀欸诶嗨]|[\s.。!~,，…]|\p{Extended_Pictographic})+$/u

const yes =
  '对+的?|没毛病|没意见|没差错?|对头|是+的?|没错儿?|确认|确定|行|可以的?|中|要得|成|就(?:是)?(?:这样|这个数?|这些|它|按这个(?:来|办|记)?|这么(?:办|记|报))|正确|同意|可以记|记吧|记上吧?'
const no =
  '不对|不是(?:这个|它|的)?|不+|错了?|搞错了?|弄错了?|不行|不中|不要了?|否|算了|取消|不用了?|别记?了?|不确认|不记了?|不办了?'
const tail = '(?:了|啊|呀|吧|嘞|哩|哈|的|呢)*'
/** 嗯, 哦 before an answer. */
const hesitant = '(?:[嗯哦噢啊呃哎好]+[,，\\s]*)?'
const agreement = new RegExp(`^${hesitant}(?:(?:${yes})${tail}${mark}*)+$`, 'u')
const refusal = new RegExp(`^${hesitant}(?:(?:${no})${tail}${mark}*)+$`, 'u')

const media = /^[[【(]?(?:图片|语音|视频|文件|表情|位置|链接|小程序|名片|动画表情|聊天记录|红包|照片)[\]】)]/
/** Rules, rights and questions are not to be talked away, numbers not to be made up, secrets not to be told. */
const manipulation = [
  '(?:忽略|无视|忘[记掉了]|别管|甭管|不[用要]管|跳过|绕过|关掉|关闭|解除|撇开|抛开|不用理|别理)[^,。]{0,10}(?:规则|规矩|规定|指令|设定|设置|限制|要求|提示词?|权限|审核|确认|核实|检查|制度)',
  '(?:系统|开发者?|超级|管理员?|调试|上帝|最高)(?:提示词?|模式|权限|指令)|提示词|(?:密码|密钥|口令|token|key)(?:是|发|告诉|给)',
  '(?:从现在(?:起|开始)|现在)[,，]?你(?:就)?(?:是|变成|扮演|当)|假装你?(?:是|成)?|扮演|(?:我|俺)(?:就|才)?是(?:你的?)?(?:管理员|开发者?|开发人员|程序员|主人|老板|爹|爸|区长|厂家|工程师|区委书记|领导)',
  '(?:悄悄|偷偷|暗中|私下|私自|别让(?:人|别人|街道|区里)知道)[^,。]{0,16}(?:改|加|调|记|删|报|填|弄)',
  '(?:帮|给)(?:我|俺|我们|俺们|咱)?(?:们)?[^,。]{0,8}(?:刷|做假|造假|编|凑|虚报|谎报|瞒报)[^,。]{0,6}|(?:数据?|进度|排名|分数?)[^,。]{0,6}(?:做好看|弄好看|美化|注水|掺水|造假|编一?个)|(?:编|瞎编|随便编|胡编|捏造)(?:一?个|几个|点)?(?:数|进度)',
  '(?:把|将|给)[^,。]{0,14}(?:排名|名次|排)[^,。]{0,6}(?:改|调|提|弄|排|升|拉)(?:到|成|至)?(?:第|前|一)|(?:把|将)(?:别人|其他|人家|他们|对手)[^,。]{0,10}(?:改|调|降|弄|删)',
  '(?:不用|别|不要|甭)(?:再)?(?:问|确认|核对|核实|审核|让我确认)[^,。]{0,6}(?:直接|就)?(?:写|改|记|入|登|报)|直接(?:写进|改|入)(?:库|数据库|后台)|(?:drop|delete|update|insert|select)\\s|ignore (?:all|previous|the)',
].join('|')
/** 垃圾清了, 废物回收: what is cleaned up and is nobody's name. */
const refuse =
  '(?!清|分类|分捡|分拣|桶|站|堆|箱|房|车|袋|池|点|场|处理|回收|利用|治理|问题|收集|转运|外溢|满|多|乱|没|还|都|已|太|成|遍地|到处|围|死角|焚烧)'
const [waste, machine] = ['(?:垃圾|废物)', '(?:机器人|系统|软件|程序|小图|东西|玩意儿?)']
const insult = new RegExp(
  `(?:你|${machine})[^,，。]{0,8}${waste}${refuse}|(?:真|真是|就是|纯|好|这么|那么|个)${waste}${refuse}|${waste}(?:的)?(?:${machine}|货|人)|^${waste}[\\p{P}\\s]*$|${
    /废柴|傻[逼比bx叉子瓜帽]|(?<![a-z])sb(?![a-z])|蠢|笨|憨货|憨憨|二货|信球|二百五|鳖孙|龟孙|龟儿子|孬孙|智障|弱智|白痴|脑残|脑子(?:有病|进水|坏)|滚(?:蛋|开|吧|犊子|远点)?[!。\s]*$|去死|(?<![我俺咱你他她])妈的|他妈(?!妈)|你妈(?!妈)|尼玛|tmd|nmd|操你|我操|卧槽|猪(?:脑|头)|狗(?:东西|屁)|屁用|神经病|王八|混蛋|混账|放屁|破(?:机器人|玩意儿?|东西|软件|系统|程序)|(?:没|不)(?:一点)?(?:卵|鸟|屁|球)用|有病(?:吧|啊)|骗子|啥也不是|什么(?:破|鬼|烂)|(?:真|太|咋这么|怎么这么|这么)(?:烂|差劲|没用|不中用|难用|废)|缺心眼|不长脑子|白养|吃干饭|丢人现眼/
      .source
  }`,
  'iu',
)
const offTopic =
  /天气|下[雨雪]|气温|降温|几度|冷不冷|热不热|笑话|段子|唱(?:一?首|个)?歌|首歌|写(?:一?[首篇个段份])?(?:诗|歌|作文|检讨|文章|讲话稿?|发言稿?|总结|情书|对联|祝福)|讲个|故事|股票|股市|基金|彩票|双色球|足球|篮球|球赛|世界杯|电影|电视剧|明星|几点(?:了|钟)|现在几点|星期几|(?:今天|明天)?(?:是)?(?:几号|礼拜几|周几)|你(?:叫|是)(?:啥|谁|什么)|你(?:今年)?(?:多大|几岁)|你.{0,3}(?:男|女)的|吃(?:饭|了)(?:吗|没)|吃(?:啥|什么)|做饭|咋做|菜谱|红烧肉|快递|外卖|打车|路况|堵车|限号|翻译|英语|对象|结婚|爱你|星座|减肥|感冒|发烧|吃药|医院|[股房油菜肉金]价|多少钱一斤|养老金|医保|社保|麻将|打牌|新闻|导航|怎么走|附近|推荐(?:个|一下|点)|放假(?:安排|几天|吗|不)?|放几天|春节|火车|高铁|飞机|机票|车票|等于几|等于多少|加起来是|\d+\s*[+*/x×÷]\s*\d+\s*(?:=|等于)|好吃|哪家.{0,6}(?:好|便宜|正宗)|陪我聊|聊聊天|你好吗|早上好|晚安/i
const pronoun =
  '那个|这个|那条|这条|那|它|他|她|他们|她们|人家|哪个|谁|多少|几个|第[一二三四五六七八九十\\d]+[个条项]?|上面(?:那|的)?[个条]?|前面(?:那|的)?[个条]?|后面(?:那|的)?[个条]?|刚才(?:那|说的|的)?(?:那)?[个条]?|同上|一样|跟(?:上次|之前|刚才)(?:的)?一样|老规矩|再来一(?:个|遍|次)|再说一(?:遍|次)|继续|还有|然后|另外|还有别的|其他的?|别的|下一个|上一个|为啥|为什么|怎么办|咋办|咋回事|怎么回事|啥意思|什么意思|啥时候|什么时候|哪里|哪儿|怎么样|咋样|改一下|换一个|换成|按这个'
const needsContext = new RegExp(
  `^(?:那|嗯|哎|诶|哦|对了|就)?[,，\\s]*(?:${pronoun}|刚才|上次|昨天|今天|上周|上个月)(?:的|那)?(?:${pronoun})?(?:呢|嘞|啊|吧|呀|哩|也|都|是|咋样|怎么样|咋弄|怎么弄|中不中|行不行|可以不|改一下|呗|了)*[?!。~\\s]*$`,
  'u',
)

/**
 * @param text normalised, not understood as anything that is asked of the bot, or not yet
 * @param isOurs whether names or numbers of the campaign are in it
 * @returns what counts whatever else the sentence seems to ask for
 */
export function talkFirst(text: string, isOurs: boolean): Talk | undefined {
  if (media.test(text)) return { intent: 'unknown', kind: 'media' }
  if (murmur.test(text)) return { intent: 'unknown', kind: 'chat' }
  if (new RegExp(manipulation, 'i').test(text)) return { intent: 'abuse', kind: 'manipulation' }
  if (!isOurs && insult.test(text)) return { intent: 'abuse', kind: 'insult' }
  if (agreement.test(text)) return { intent: 'confirm' }
  if (refusal.test(text)) return { intent: 'deny' }
  if (isNotice(text)) return { intent: 'unknown', kind: 'chat' }
  return undefined
}

/** @param text normalised, not understood as anything that is asked of the bot */
export function talkElse(text: string): Talk {
  if (insult.test(text)) return { intent: 'abuse', kind: 'insult' }
  if (offTopic.test(text)) return { intent: 'unknown', kind: 'offtopic' }
  if (needsContext.test(text)) return { intent: 'unknown', kind: 'needs_context' }
  const words = text.replace(/[^\p{Script=Han}]/gu, '')
  const isGarbage = words.length < 2 || /^(.)\1*$/u.test(words)
  return { intent: 'unknown', kind: isGarbage ? 'garbage' : 'chat' }
}

/** A notice that was passed on, or one to all: nothing in it is said to the bot. */
function isNotice(text: string): boolean {
  if (
    /^[【[(]?(?:转发|转|通知|紧急通知|温馨提示|公告|会议通知)[】\])]?[:：\s]/.test(text) ||
    /^[【[(](?:转发|转|通知|紧急通知|公告|会议通知|温馨提示)/.test(text)
  )
    return true
  const isToAll = /^(?:各|请各|全体|@所有人|各位|同志们|大家)/.test(text)
  const asks =
    /请.{0,12}(?:准时|按时|务必|高度重视|抓好|做好|认真|及时|回复|参加|参会|落实)|收到请回复|不得请假|望(?:各|周知)|特此通知|现将|根据.{2,30}(?:要求|安排|部署|通知)/
  return (
    (isToAll && asks.test(text) && text.length > 15) ||
    (text.length > 60 && asks.test(text) && /(?:\d{4}年)?\d{1,2}月\d{1,2}日\s*$|通知如下|特此/.test(text))
  )
}
