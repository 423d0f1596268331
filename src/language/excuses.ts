// How a slip came about: 手一哆嗦, 老花眼看岔行了, 多打了个0. It says nothing of what is right. Pure.

const slipped = '(?:岔|串|混|反|漏|重|歪|偏|跑|多|少|错|差|糊涂|花)'
const done = '(?:发|报|填|弄|搞|算|点|按|看|听|打|说|讲|念|记|数|算|带|整|发|统|写|输|录|抄|登|敲|选|翻)'
const excuses = new RegExp(
  [
    '眼神不(?:好|济|中)|[看听]花了?[眼耳]了?|手(?:一|太|又)?(?:滑|误|快|抖|哆嗦|颤|贱|残|欠|生|潮|笨|痒)(?:了一?下|一下|了)?',
    '(?:老花|[眼脑嘴](?:睛|子|巴)?(?:又|有点|一|太)?(?:花|拙|神|瘸|瓢|快|秃噜|昏|热|乱|糊涂|短路|进水))眼?(?:了一?下|了)?',
    '老花眼?|老糊涂|糊涂|迷糊|花了?眼|没(?:看清|看清楚|戴眼镜|留神|注意|核对)|不小心|马虎|粗心|大意|口误|笔误|手误|失误|疏忽|嘴瓢|迷瞪|犯晕|脑子一热',
    `${done}${slipped}了?(?:[两一]?个?(?:行|列|格|页|排|栏|个数|数|字|位))?了?`,
    `[多少漏](?:${done}|带|加|按)了?(?:一|两)?个?(?:[0零](?!\\d)|小数点|数字|字)`,
    '(?:不好意思|对不住|对不起|抱歉|见谅|莫怪|丢人|罪过|哎呦|哎哟|哎呀|[呦哟吆]|老天爷?|哎妈|妈呀|乖乖|我去|救命|完了|糟了|坏了|尴尬)+',
    '[白瞎]报了?|(?:上报|填报|报送|统计|录入)时|核[减增]|分数|(?:系|属|是)?(?:笔误|误报|口误|手误|误填|误录)',
    '头前|前头|头里|方才|将才|适才|先头|头先|上午|下午|晚上|今早|一大早|昨晚|夜里',
    '(?:请)?(?:予以?|给予)|特此(?:说明|更正|报告)?|为盼|为荷|谢谢|多谢|感谢|麻烦|劳驾|求求|烦请|[恳敬]请',
  ].join('|'),
  'gu',
)

/** @returns what is left when it is told only how the slip came about, politely or not */
export const withoutExcuses = (text: string): string =>
  text.replaceAll(excuses, (words) => ' '.repeat(words.length))

/** 多打了个0: the 0 is no number that anybody reported. */
export const slippedDigits = /[多少漏](?:打|按|写|填|输|敲|加|录|报|带)了?(?:一|两|俩)?个?[0零](?!\d|[./])/g

/** Days, of which one is the report's, and numbers of reports. */
export const whens =
  /(?:\d{1,2}月份?)?\d{1,2}[日号](?!楼|院)|编号\s?\d+|[今昨前](?:[天日儿]个?|晚上?)|大前[天儿]|(?:上上?|[这本下])?个?(?:周|星期|礼拜)[一二三四五六日天末]/g
export const excusesIn = (text: string): string[] => [...text.matchAll(excuses)].map(([words]) => words)
