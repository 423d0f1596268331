// What people say that asks nothing of the bot: thanks, talk among themselves, insults, attempts to talk it round. Pure.
import type { Span } from './adding.ts'
import { quotedIn } from './spoken.ts'

/** Nobody is answered for these: they end a conversation (`domain.md` N26). Nor is a message of emoji alone. */
export const isAcknowledgement = (text: string): boolean =>
  text.length <= longestTalk && acknowledgement.test(text) && !media.test(text)
/** 收到 is short, however often it is said; what is longer is not tried. */
const longestTalk = 120

export interface Talk {
  intent: 'ack' | 'abuse' | 'unknown' | 'confirm' | 'deny'
  /** `insult`, `manipulation`; `garbage`, `offtopic`, `media`, `needs_context`, `chat`. */
  kind?: string
}

const who = '(?:(?:我|俺|咱)们?(?:社区|村|街道|这边|这儿)?)?'
const thanks =
  '(?:都|也|全部?)?(?:已经?)?(?:收到(?:并(?:转发|传达|落实|照办)(?:到位|下去)?)?|收悉|已阅|知悉|悉知|获悉|阅|看到|瞅见|听见|听到|记住|记下|接收)|好|好嘞|得嘞|得令|好滴|好咧|好勒|嗯|哦|噢|okay|okk?|k|(?:谢谢|多谢|感谢)(?:提醒|通知|领导|支持|关心|大家|各位|.)?|嗯呐|辛苦(?:您|你)?|明白|知道|晓得|清楚|了解|遵命|照办|没问题|妥|赞|\\+1|\\d\\p{M}|谢[了啦过]|roger|copy|got ?it'
const whom =
  '(?:\\p{Script=Han}?(?:书记|主任|领导|老师|同志|委员|组长)|各位|大家|同志们|同志|小图|机器人|@\\S{1,8})'
const soon =
  '(?:会后|散会|回去|开完会|下午|上午|今天|明天|马上|立马|立即|立刻|这就|现在就|回头就|一会儿?就|待会儿?就|尽快|抓紧|赶紧|赶快|认真|坚决|一定|按(?:要求|时|照要求))(?:就|来|给)?'
const then = `(?:将|会|就)?(?:${soon}){1,2}(?:去?办理?|落实|安排|报|弄|处理|整改|执行|完成|去?搞|去?干|去?弄|传达|通知|整|去)(?:下去|到位|好)?`
const mark = '[\\p{P}\\p{S}\\p{M}\\p{Extended_Pictographic}\\s]'
const face = '\\[[\\p{Script=Han}a-z]{1,4}\\]'
const end = '(?:了|啦|啊|呀|哈|哩|嘞|的|您|呢|咯|喽|哦)*'
/** 中，俺知道了: agreed to, and nothing is to be written because of it; 中 alone is a yes. */
const agreed = '中|行|成|可以|是的?|对的?|管|要得'
const heard = `(?:(?:${who}(?:${thanks}|${then})${end}(?:${mark}*${whom})*|${face})${mark}*)`
const acknowledgement = new RegExp(
  `^${mark}*(?:${whom}${mark}*)?(?:(?:${agreed})${end}${mark}+(?=.*(?:收到|知道|晓得|明白|了解|照办|谢|辛苦|${soon})))?${heard}{0,20}${mark}*$`,
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

const record = '(?:登记?|记录?|办|报|录入?|写|来|弄|存|入账|入库|定)'
/** A yes, or an order to note it. */
const yes = [
  '对着?的?|没毛病|没意见|没问题|没有?差错?|没得错|没跑儿?|对头|正确|正是|正解|是的?|没错儿?|错不了|确认|确定|核对|无误|准确?|行|可以的?|可中|中|要得|成|管|同意|肯定|必须的?|yes|yep|okk?|k',
  '(?:就(?:是|按|照|依)?|按|照|依)(?:这样|这么|那样|那么|恁么?|这个?数?|那个?数?|这些|它|你说的|上面(?:的|这个)?|刚才(?:的|那个|说的)?)(?:多|些|定)?',
  `${record}(?:上|下|下来|进去|入|好|住|在案|着)+|${record}(?:下来|进去|上)*(?:吧|呗)`,
  '(?:这|那)个?意思|你(?:说|理解|听)得?的?(?:对|没错)|(?:数|数字|数据)(?:是)?(?:对着?|没错|没问题|不错|准|正确)的?',
].join('|')
/** What a yes may stand among. */
const around = `就|以及|都|那|这样?|这么|那么|恁么?|多|个|数|数字|数据|给我|帮我|你|请|予以?|直接|赶紧|马上|可以|${record}|吧|着|住|上`
const no = [
  '不对头?|不是(?:这个?|它|那个?)?(?:数|意思|单位|社区|村|指标|项|样)?的?|不|(?:你)?(?:搞|弄|听|记|理解|整|看|想|领会)?(?:错|岔|反|拧|劈叉|偏)了?|不行|不中|不成|不管|不可以|不要了?|否|算了|取消|不用了?|不正确|有误',
  `(?:先|你|可|千万|暂时)*(?:别|甭|不要|不用|勿|莫|不|不予)(?:给我)?${record}(?:上|入)?了?|不确认|不同意|别`,
  '(?:我)?(?:说|要|问|报|指|讲)?的?(?:真|也|可)?不是(?:这|那)个?(?:意思|数|单位|社区|村|指标|项)?|(?:我)?没(?:说|讲)过?(?:这个?|那个?)(?:话|数|意思)?|打住|停|慢着|且慢|no|nope|(?:数|数字|数据|这个?数?)(?:是)?(?:不对|错|有问题)的?|不是(?:我)?(?:说|要|报|问)的(?:这个?|那个?)?|(?:跟|和)我说的(?:不一样|不是一回事)|说的不是(?:这个?|它|那个?)',
].join('|')
const tail = '(?:了|啊|呀|吧|嘞|哩|哈|的|呢|嘛|咧|啦|喽|呗|哦)*'
/** 嗯, 哦 before an answer. */
const hesitant = '(?:(?:好[的嘞咧滴]|收到|[嗯哦噢啊呃哎诶欸唉好额])+[,，!。\\s]*)?'
const agreement = new RegExp(
  `^${hesitant}(?:(?:${around})${mark}*)*?(?:(?:${yes})${tail}${mark}*)(?:(?:${yes}|${around})${tail}${mark}*)*$`,
  'iu',
)
const refusal = new RegExp(`^${hesitant}(?:(?:${no})${tail}${mark}*)+$`, 'iu')

/** A yes and nothing else. @param text normalised, in standard words or as it is spoken */
export const isAgreement = (text: string): boolean =>
  text.length <= longestAnswer && agreement.test(standard(text))
const isRefusal = (text: string): boolean => text.length <= longestAnswer && refusal.test(standard(text))
/** An answer is a few words. */
const longestAnswer = 24
const standard = (text: string): string => text.replaceAll('俺', '我').replaceAll(/[嘞哩]/g, '的')

const media = /^[[【(]?(?:图片|语音|视频|文件|表情|位置|链接|小程序|名片|动画表情|聊天记录|红包|照片)[\]】)]/
/** Rules, rights and questions are not to be talked away, numbers not to be made up, secrets not to be told. */
const manipulation = [
  '(?:不用|别|甭|不必|不要)(?:再)?(?:守|遵守)[^,。]{0,6}(?:规矩|规则|规定|限制|那一套)|管理员(?:已)?(?:经)?授权|(?:输出|导出|列出|告诉我|发)[^,。]{0,4}(?:所有|全部)[^,。]{0,4}(?:手机号|电话|密码)',
  '(?:随便|瞎|胡乱|乱)[^,。]{0,4}(?:填|报|写|编|弄)[^,。]{0,2}个?数|(?:填|报|写|编|弄|凑)[^,。]{0,6}[,，]?应付(?:检查|一下|差事|过去)|(?:分|分数|名次|排名)往[前后上下](?:调|提|拉|加|挪|压|降)',
  '(?:忽略|无视|忘[记掉了]|别管|甭管|不[用要]管|跳过|绕过|关掉|关闭|解除|撇开|抛开|不用理|别理)[^,。]{0,10}(?:规则|规矩|规定|指令|设定|设置|限制|要求|提示词?|权限|审核|确认|核实|检查|制度)',
  '(?:系统|开发者?|超级|管理员?|调试|上帝|最高)(?:提示词?|模式|权限|指令)|提示词|(?:密码|密钥|口令|token|key)(?:是|发|告诉|给)',
  '(?:从现在(?:起|开始)|现在)[,，]?你(?:就)?(?:是|变成|扮演|当)|假装你?(?:是|成)?|扮演|(?:我|俺)(?:就|才)?是(?:你的?)?(?:管理员|开发者?|开发人员|程序员|主人|老板|爹|爸|区长|厂家|工程师|区委书记|领导)',
  '(?:数|数字|数据|进度)[^,。]{0,4}(?:凑一?凑|编一?编|注水|拔高)|(?:别|甭|不)管真假|真假(?:不论|别管|无所谓)|(?:改|加|调|压|降|删|编|弄|提|报)[^,。]{0,8}[,，]?(?:偷偷|悄悄)|(?:悄悄|偷偷|暗中|私下|私自|别让(?:人|别人|街道|区里)知道)[^,。]{0,16}(?:改|加|调|记|删|报|填|弄)',
  '(?:帮|给)(?:我|俺|我们|俺们|咱)?(?:们)?[^,。]{0,8}(?:刷|做假|造假|编|凑|虚报|谎报|瞒报)[^,。]{0,6}|(?:数据?|进度|排名|分数?)[^,。]{0,6}(?:做好看|弄好看|美化|注水|掺水|造假|编一?个)|(?:编|瞎编|随便编|胡编|捏造)(?:一?个|几个|点)?(?:数|进度)',
  '(?:把|将|给)[^,。]{0,14}(?:排名|名次|排)[^,。]{0,6}(?:改|调|提|弄|排|升|拉)(?:到|成|至)?(?:第|前|一)|(?:把|将|给)[^,。]{0,14}(?:排名|名次)[^,。]{0,4}往?[前后上下](?:压|调|挪|拉|降|提|排|靠|放)|(?:改|加|调|压|降|删|编|弄|提|挪)[^,。]{0,12}[,，]?(?:别|不要|甭|不)让[^,。]{0,5}(?:知道|发现|看见|看出来)|(?:把|将)(?:别人|其他|人家|他们|对手)[^,。]{0,10}(?:改|调|降|弄|删)',
  '(?:不用|别|不要|甭)(?:再)?(?:问|确认|核对|核实|审核|让我确认)[^,。]{0,6}(?:直接|就)?(?:写|改|记|入|登|报)|(?:不用|别|不要|甭)(?:再)?(?:问|确认|核对|核实|审核)[^,。]{0,4}[,，]\\s*直接|直接(?:写进|改|入)(?:库|数据库|后台)|(?:drop|delete|update|insert|select)\\s|ignore (?:all|previous|the)',
].join('|')
/** 垃圾清了, 废物回收: what is cleaned up and is nobody's name. */
const refuse =
  '(?!清|分类|分捡|分拣|桶|站|堆|箱|房|车|袋|池|点|场|处理|回收|利用|治理|问题|收集|转运|外溢|满|多|乱|没|还|都|已|太|成|遍地|到处|围|死角|焚烧)'
const [waste, machine] = ['(?:垃圾|废物)', '(?:机器人|系统|软件|程序|小图|东西|玩意儿?)']
const insult = new RegExp(
  `(?:你|${machine})[^,，。]{0,8}${waste}${refuse}|(?:真|真是|就是|纯|好|这么|那么|个)${waste}${refuse}|${waste}(?:的)?(?:${machine}|货|人)|^${waste}[\\p{P}\\s]*$|${
    /没用的(?:东西|玩意)|摆设|(?:啥|什么|屁|一点)用(?:都|也)?(?:没有?|不顶)|智障|傻(?:不|了吧|[吗啊蛋叉缺货样]|乎乎|$)|睁眼瞎|瞎了?眼|没脑子|笨蛋|狗屎|吃屎|一坨|要你(?:干啥|干嘛|何用|有啥用|啥用)|饭桶|草包|窝囊|怂包|闭嘴|一边(?:去|凉快)|气死|坑(?:人|爹|货)|不如(?:一?条)?狗|算个(?:啥|屁|球)|废柴|傻[逼比bx叉子瓜帽]|(?<![a-z])sb(?![a-z])|蠢|笨|憨货|憨憨|二货|信球|二百五|鳖孙|龟孙|龟儿子|孬孙|智障|弱智|白痴|脑残|脑子(?:有病|进水|坏)|滚(?:蛋|开|吧|犊子|远点)?[!。\s]*$|去死|(?<![我俺咱你他她])妈的|他妈(?!妈)|你妈(?!妈)|尼玛|tmd|nmd|操你|我操|卧槽|猪(?:脑|头|吗|啊|一样)|瞎?胡闹|狗(?:东西|屁)|屁用|神经病|王八|混蛋|混账|放屁|破(?:机器人|玩意儿?|东西|软件|系统|程序)|(?:没|不)(?:一点)?(?:卵|鸟|屁|球)用|有病(?:吧|啊)|骗子|啥也不是|什么(?:破|鬼|烂)|(?:真|太|咋这么|怎么这么|这么)(?:烂|差劲|没用|不中用|难用|废)|缺心眼|不长脑子|白养|吃干饭|丢人现眼/
      .source
  }`,
  'iu',
)
const offTopic =
  /便宜|修(?:车|手机|电动?车|空调|电脑|水管)|去哪儿?(?:玩|吃|买)|哪儿?(?:有?卖|修|好玩)|旅游|抖音|游戏|算命|属相|脑筋急转弯|猜谜|成语接龙|天气|下[雨雪]|气温|降温|几度|冷不冷|热不热|笑话|段子|唱(?:一?首|个)?歌|首歌|写(?:一?[首篇个段份])?(?:入党申请书?|申请书|心得|检查|思想汇报|诗|歌|作文|检讨|文章|讲话稿?|发言稿?|总结|情书|对联|祝福)|讲个|故事|股票|股市|基金|彩票|双色球|足球|篮球|球赛|世界杯|电影|电视剧|明星|几点(?:了|钟)|现在几点|星期几|(?:今天|明天)?(?:是)?(?:几号|礼拜几|周几)|你(?:叫|是)(?:啥|谁|什么)|你(?:今年)?(?:多大|几岁)|你.{0,3}(?:男|女)的|吃(?:饭|了)(?:吗|没)|吃(?:啥|什么)|吃[^,。]{1,6}还是|烩面|胡辣汤|火锅|饺子|包子铺|做饭|咋做|菜谱|红烧肉|快递|外卖|打车|路况|堵车|限号|翻译|英语|对象|结婚|爱你|星座|减肥|感冒|发烧|吃药|医院|[股房油菜肉金]价|多少钱一斤|(?:咋|怎么|这么|恁么?|真|老|可|挺|又)(?:贵|便宜)|[涨降掉]价|养老金|医保|社保|麻将|打牌|新闻|导航|怎么走|附近|推荐(?:个|一下|点)|放假(?:安排|几天|吗|不)?|放几天|春节|火车|高铁|飞机|机票|车票|等于几|等于多少|加起来是|\d+\s*[+*/x×÷]\s*\d+\s*(?:=|等于)|好吃|哪家.{0,6}(?:好|便宜|正宗)|陪我聊|聊聊天|你好吗|早上好|晚安/i
const pronoun =
  '那个|这个|那条|这条|那|后来|[他她]家|[那这]家|它|他|她|他们|她们|人家|哪个|谁|多少|几个|第[一二三四五六七八九十\\d]+[个条项]?|上面(?:那|的)?[个条]?|前面(?:那|的)?[个条]?|后面(?:那|的)?[个条]?|刚才(?:那|说的|的)?(?:那)?[个条]?|同上|一样|跟(?:上次|之前|刚才)(?:的)?一样|老规矩|再来一(?:个|遍|次)|再说一(?:遍|次)|继续|还有|然后|另外|还有别的|其他的?|别的|下一个|上一个|为啥|为什么|怎么办|咋办|咋回事|怎么回事|啥意思|什么意思|啥时候|什么时候|哪里|哪儿|怎么样|咋样|改一下|换一个|换成|按这个'
const needsContext = new RegExp(
  `^(?:那|嗯|哎|诶|哦|对了|就)?[,，\\s]*(?:${pronoun}|刚才?|刚刚|上次|昨天|今天|上周|上个月)(?:的|那)?(?:${pronoun})?(?:呢|嘞|啊|吧|呀|哩|也|都|是|咋样|怎么样|咋弄|怎么弄|中不中|行不行|可以不|改一下|呗|了)*[?!。~\\s]*$`,
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
  if (/^(\p{Script=Han})\1{2,}[^\p{L}\d]*$/u.test(text) && !isAgreement(text) && !isRefusal(text))
    return { intent: 'unknown', kind: 'garbage' }
  if (/^\d+\s*[-+*/x×÷]\s*\d+\s*(?:=|等于|是几)/.test(text)) return { intent: 'unknown', kind: 'offtopic' }
  if (isAgreement(text)) return { intent: 'confirm' }
  if (isRefusal(text)) return { intent: 'deny' }
  if (isNotice(text)) return { intent: 'unknown', kind: 'chat' }
  return undefined
}

/** @param text normalised, not understood as anything that is asked of the bot */
export function talkElse(text: string): Talk {
  if (insult.test(text)) return { intent: 'abuse', kind: 'insult' }
  if (offTopic.test(text)) return { intent: 'unknown', kind: 'offtopic' }
  if (needsContext.test(text)) return { intent: 'unknown', kind: 'needs_context' }
  // 先别记,数还没核: why it is told besides.
  const [, clause = ''] = /^([^,，。;；!！]+)[,，。;；!！]/.exec(text) ?? []
  if (new RegExp(record).test(clause) && isRefusal(clause)) return { intent: 'deny' }
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
