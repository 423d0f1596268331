// Words near a number that make it no report of one's own: 听说, 快有3个了, 3个的任务, 人家社区3个, 3个黄了. Pure.
//
// They are looked for in the skeleton of a sentence (phrases.ts): U stands for a unit, I for an indicator, A for a
// number and P for a person. What is hedged is asked about; nothing is refused because of it.

const [U, I, A, P, D] = ['\uE000', '\uE001', '\uE002', '\uE003', '\uE004']
const named = `(?=[${U}${I}${A}])`
/** What may stand between a number and what is said of it. */
const then = '[,，。;；:]?'
const others = '(?:人家|别人|他们|她们|他|她|隔壁|对门|邻居|别的|其他|其它|兄弟|友邻|旁边)'
const place = '(?:社区|小区|村|街道|单位|那边|那里|那儿|那|家|的)*'
const past = '(?:原来|原先|之前|以前|过去|当初|往年|前年|上一?年|去年|年初|上个?月|上个?周|上次|上回)'
const pastSaid = '(?:的|就|是|有|报|说|过)*'

const surname =
  '[王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万钱施牛洪龚]'

const address = '(?:书记|主任|支书|领导|会计|经理|老师)'

const hedges = [
  // Somebody else's.
  `${others}${place}${then}${named}`,
  `${A}${then}(?:那|这)?[个些]?(?:都)?(?:是|算|归|属于)?${others}`,
  `${A}${then}(?:那|这)?[个些]?(?:都)?(?:是|算|归|属于)(?!真|实|新|今|昨|准|对|最|目|截|现|累|总|确|我|俺|咱|本|刚)\\p{Script=Han}{2,6}的`,
  `${A}${then}${U}(?:社区|小区|村|街道)?(?:也|呢|同样|一样)`,
  `[\\p{Script=Han}${P}]那[边里儿]?${then}${named}`,
  `(?:书记|主任|支书|老师|同志)(?:家|的)${named}|${A}${then}(?:那|这)?是?\\p{Script=Han}{1,3}(?:书记|主任|支书|老师|同志)[家的]`,
  `(?:你们|他们|她们|人家|大家|大伙儿?|各位|全体)(?:都|已经|也|全|快)*(?=[${I}${A}]|没|零|完成|弄|签|建)`,
  `${surname}\\p{Script=Han}?(?:书记|主任|支书)(?:那[边儿里]?)?(?:都|已经|也|的|家)*(?=[${I}${A}]|零|没)|${address}(?:来|去|要|验收|检查|点头)|(?:帮|替|代|从|听|据|按)${surname}\\p{Script=Han}?${address}|请${address}(?!好|放心|审|过目)`,
  // Hearsay, and what is asked for.
  `(?:书记|领导|主任|经理|他|她|${P}|人|老\\p{Script=Han}|谁|上面|上级|区里|街道|网上|群里)(?:们|家)?(?:都|还|又|也|刚才?|昨天)*(?:说|讲|称|传)(?!让?[^,，。]{0,4}(?:报|记|登|填|催|谢|辛苦))`,
  '说[是好]|据说|听说|传说|听\\p{Script=Han}{1,3}说|(?<![按照据合])要求|承诺|保证(?!真|属实|准|数|没)',
  '(?:区里|上面|上级|领导|街道|会上|开会|文件|新闻|电视)[^,，。;]{0,8}(?:说|讲|要求|布置|传达|通报|公布|下发|听)',
  // Wanted, talked about, or later today.
  `还得|得再|还需|${A}(?:都|全|也)*在?(?:谈|聊|跑|催|宣传|动员|发动|走访|联系|对接|报上去)(?:了|过|着)*(?=[,，。]|$)`,
  `请(?!记|登|帮|给|把|您|你|查|核|审|过目|注意|领导审|领导放|予|示|假)[^,，。]{0,6}(?:完成|弄|签|建|搞|办|加|验收)|(?:努力|加油|冲|稳|赶紧|赶快|抓紧|尽快|先)(?:去|来|把|再|弄|签|搞|建|凑|办|完成|拿下|争取|冲|验收)*(?=[${I}${A}])`,
  `(?<!昨天|昨日|前天|昨|刚)(?:下午|晚上|今晚|傍晚|中午)(?!刚|才|已|又?新|[^,，。${A}]{0,6}了)(?:再|又|要|去|来|签|弄|搞|建|验收|完成|办)*(?=[${A}${I},，。]|合同|$)`,
  `让(?:我们|咱们|俺们)|[让叫](?:我|咱|俺)?(?:完成|达到|搞|弄|建|签|${A}|${I})`,
  // Not yet.
  '快(?![报点给记来乐登帮把速递]|过年)|马上(?![报给记登]|来报|汇报)|即将|眼看|就要',
  '(?<![现实存])在(?:谈|搞|弄|建|办(?!公)|签|申|装|改|跑|推进|做)|[谈搞签跑弄]着|洽谈|意向|待|拟|申报|储备|备案|候选|摸排|排查出',
  // So many are wanted, or would do.
  `(?<!完成了?|干|工作)(?:任务|目标|指标)(?:是|数|量|为|有|要求)*${then}${named}`,
  '(?:任务|目标|指标)(?:是|为|要求)(?:完成|新增|增加|建|签|再)',
  `${A}${then}的?(?:任务|指标|目标|缺口|差距|名额)`,
  '需[要建]?|必须|应[建有]|底数|缺口|符合条件',
  `${A}${then}(?:的话|的时候|时(?=[,，]|$)|之后|以后|后(?![来面期])|前报|就(?:好|够|行|达标|完成|能|可以|成)|[才方]\\p{Script=Han}{0,2}(?:够|行|达标|算|好|能|可以))`,
  `${A}${then}(?:以后|回头|改天|下次|待会儿?|等会儿?|晚点|过后|随后)?(?:[再后前会要想该]|可以)(?:来|去)?(?:报|说(?!一))`,
  // Seen, given or told before, but not done.
  `(?:走访|参观|检查|考察|调研)了?(?=[${I}${A}])|给(?:我们|咱们|俺们|我|咱|俺)${A}|得${A}|请${A}`,
  `${I}(?:再[报来给登填记]|还有)${A}|[${D}已刚][才经]?报了?的?${A}|报的是${A}|${A}中(?=[,，。]|$)`,
  // No longer, or never.
  '黄了|吹了|吹的|注销|散了|散伙|跑了(?![一二两三几好多遍趟\\d])|撤[了走掉出]|退(?!休|伍|役)|关[停了]|倒闭|解[散聘除]|流失|丢了|没了|不干了|取消|作废|[驳打]回',
  '(?<![放请寒暑病事婚产节度休])假(?!期|日)|玩笑|逗你|瞎\\p{Script=Han}|随便|测试|试一?[下试]|[瞒误虚]报|(?<![不无没有])重复|扣[掉除]|去掉|刨[去除]|平均|人均|比如|例如|譬如|就像',
  `${A}${then}(?:有误|有问题|不对)|差一?点|差不离|有戏|太?难了?$`,
  `(?:谈|动员|宣传|发动|(?<![经据])统计|摸底|联系|对接|接触|动工|开工|开建|立项|规划|设计|招标)了?过?${A}`,
  `${A}${then}(?:不|没有?)$`,
  // Thought better of, or of another secretary: 王书记，我们3个 speaks to him.
  `${A}${then}(?:那|就|还是)*算了吧?(?=[,，。;；!！]|$)`,
  // More or less than this.
  `${A}(?:以[上下内外]|出头|开外|打底|封顶|起步|往上)|起码|至少|最[多少]|顶多|不低于|不少于|将近|接近`,
  // Of another time.
  `${past}${pastSaid}${then}${named}`,
  `${A}${then}(?:那|都)?是?${past}(?:的|时|那时)?(?:[,，。;；]|$)`,
  '(?<!没|未|没有|忘了?|忘记)报过',
].map((source) => new RegExp(source, 'gu'))

/** 王书记，我报错了 speaks to him. */
const someone = new RegExp(
  `人家|别人|他们|她们|隔壁|(?:街道|区里|上面|领导|专班)(?:就|已经|都|也)*(?:给)?[把将]|${surname}\\p{Script=Han}?(?:书记|主任|支书)(?![,:：，!\\s]|我|俺|咱|您|好)`,
  'gu',
)
const everybody = /你们|大家|大伙|各位|各社区|各村/g
/** 王书记的撤回, 人家改成3个了: whose number it is. */
export const someoneIn = (text: string): string[] => text.match(someone) ?? []
/** 大家都零报告, 王书记零报告: who has nothing new is somebody else. */
export const othersIn = (text: string): string[] => [...someoneIn(text), ...(text.match(everybody) ?? [])]

const ending = '社区|小区|街道|新区|花园|家属院|区|村|镇|乡|县'
const unknownPlace = new RegExp(
  `(\\p{Script=Han}{1,6}?)(?:${ending})[的里]?${then}(?=[\uE001\uE002])|\uE002${then}(\\p{Script=Han}{1,4})(?:${ending})的?(?=[,，。;；]|$)`,
  'gu',
)
const ours = /(?:我|我们|咱|咱们|俺|俺们|本|这|这个|全)$/

/** Even where a name swallowed part of them: 好像监督员 sounds like 项监督员. */
const guesses = /听说|据说|好像|似乎|估计|可能|大概|差不多/g

/**
 * @param skeleton the sentence with marks for what was understood, without spaces
 * @param text the same without marks
 * @param saysNothing whether words before a bare 社区 name no place: 报一下社区红色物业3个
 * @returns the words, without the marks, that make a number doubtful
 */
export function hedgesIn(skeleton: string, text: string, saysNothing: (words: string) => boolean): string[] {
  const places = [...skeleton.matchAll(unknownPlace)].filter(([, ahead, behind]) => {
    const name = ahead ?? behind ?? ''
    return !ours.test(name) && !saysNothing(name)
  })
  const found = [...hedges.flatMap((hedge) => [...skeleton.matchAll(hedge)]), ...places]
    .map(([words]) => words.replaceAll(/[\uE000-\uE004]/g, ''))
    .filter((words) => words !== '')
  return [...found, ...(skeleton === '' ? [] : (text.match(guesses) ?? []))]
}
