// What is asked of progress: whose, of which indicator, which lamp, how much it grew or lacks (`domain.md` §1).
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { periodSlot } from './periods.ts'
import { indicatorSlot, unitSlot } from './places.ts'

const lamps: [RegExp, string][] = [
  [/红灯|亮红|(?:是|变|标)红的?(?!色物业)|红的/, 'red'],
  [/黄灯|亮黄|黄的/, 'yellow'],
  [/绿灯|亮绿|绿的/, 'green'],
  [/灰灯|灰的|灰色/, 'grey'],
  [/完成灯|亮(?:着|了)?完成|完成的灯/, 'done'],
]
const forecast =
  /照(?:这个?|现在|目前|这)(?:速度|进度|样)|(?:能|可以)不?能?(?:按期|按时|如期|准时)?(?:完成|完得成|干完|弄完|搞完|达标|完)|(?:完得成|完不成|赶得上|赶得及|来得及|来不来得及|能不能成)|预计|预测|(?:啥|什么)时候能(?:完|干完|弄完|做完|达标)/
const scheduleGap =
  /序时|时间进度|(?:比|较|跟|和)(?:计划|进度表|时间表)|(?:落后|超前|拖后)(?:计划|进度)?(?:了)?(?:多少|几)|(?:慢|快)了?(?:多少|几)|进度差多少|欠进度/
const provenance =
  /谁(?:给|帮|替)?(?:报|填|登记|录|记|写|输|弄|加|改)(?:(?:上|进)[去来](?:的|嘞|哩)?|(?:的|嘞|哩))|(?:哪儿?|哪里)来的|怎么来的|咋来的|出处|来源|依据是(?:啥|什么)|谁给的/
const target =
  /(?:目标|任务|指标)(?:数|值|量|任务)?(?:是|[定给派下分](?:达|配|派)?[的了]?是?|有)?(?:多少|几|啥|什么)|(?:要|得|应该?)(?:完成|弄|搞|建|签|做|干|达到)(?:多少|几)|(?:目标|任务数|任务量)(?:呢|是)?[？?]?$/
const gap =
  /(?:还)?(?:差|缺|欠|剩)(?:了|下)?(?:多少|几(?!项|个指标|个没)|啥)|(?:离|距)(?:目标|任务|完成).{0,6}(?:多少|几|多远)|还(?:要|得)(?:弄|搞|建|签|做|完成|干|再)?(?:多少|几)/
const delta =
  /(?:净?增|新增|增加|增长|增添|新?添|涨|多|进展|推进|新建|新签|长|净长)(?:了|出来?|上来)?(?:多少|几|啥)|(?:变化|增量|增幅)(?:多大|多少|有多|是)?|(?:有没有|有啥|有什么)(?:变化|进展|增长)|环比/
const countDone =
  /(?:几|多少)个(?:社区|村|街道|单位).{0,16}(?:完成|达标|落实|弄完|搞完|做完|干完)|(?:完成|达标|落实|办结|搞定|弄完|做完)(?:了)?(?:的)?(?:有)?(?:几(?:个|项|家|样)|多少(?:个|项|家))(?:社区|村|单位|街道|指标|项|任务)?|(?:几(?:个|项|家|样)|多少(?:个|项|家))(?:社区|村|单位|街道|指标|任务)?(?:已经?|都|是)?(?:全部)?(?:完成|达标|落实|办结|弄完|搞定)了?/
const incomplete =
  /(?:没有?|未|尚未|还没有?|没能)(?:全部)?(?:完成|落实|达标|做完|弄完|干完|搞完|办完|完|搞定|弄好|干好|办结|拿下|到位|动|开始|启动)|不达标|欠账|没弄|没搞|(?:差|缺|剩)[着下]?(?:谁|哪)/
const done =
  /(?:已经?|都)?(?:完成|达标|落实|办结)了?的(?:有)?(?:哪|几|是)?|(?:哪些|哪几项|哪几个)(?:指标|任务|项目|社区|单位)?(?:已经?|都)?(?:全部)?(?:完成|达标|落实)了?/
/** 还差多少没弄完: how much is missing, and not what. */
const howFar = /[差欠缺](?:了|下|着)?多少(?:没|未)/
const howMany =
  /几个|几项|几盏|多少(?:个|项|盏|家)|几家|(?:单位|社区|村|街道|指标|项目)(?:个|总)?数(?!据|字)|数量|数目|灯数?(?:的)?最[多少]/

/** 进度, 预计, 追溯: all of them look at numbers that are there. */
export function progressIntent(heard: Heard, known: Slots = {}, otherwise?: string): Intent {
  const { text } = heard.meaning
  const lamp = lamps.find(([pattern]) => pattern.test(text))?.[1]
  const isCounted = lamp !== undefined && howMany.test(text)
  const agg = (known['agg'] as string | undefined) ?? (isCounted ? 'count' : aggregateIn(text)) ?? otherwise
  const isOwn = agg === 'forecast' || agg === 'gap' || agg === 'target'
  const filter =
    agg !== 'gap' && incomplete.test(text)
      ? 'incomplete'
      : lamp || agg
        ? undefined
        : done.test(text)
          ? 'done'
          : undefined
  const isListed = filter === undefined && /哪[些几]|列|名单|单子|清单/.test(text) && done.test(text)
  return intent('progress.query', {
    ...unitSlot(heard, isOwn ? 'mine' : 'chat'),
    ...indicatorSlot(heard),
    ...periodSlot(heard, 'back'),
    as_of: heard.meaning.day,
    ...{
      lamp,
      filter: filter ?? (isListed ? 'done' : undefined),
      agg,
    },
    ...known,
  })
}

function aggregateIn(text: string): string | undefined {
  if (provenance.test(text)) return 'provenance'
  if (scheduleGap.test(text)) return 'schedule_gap'
  if (forecast.test(text)) return 'forecast'
  if (delta.test(text)) return 'delta'
  if (howFar.test(text)) return 'gap'
  if (incomplete.test(text)) return howMany.test(text) && !/还?差/.test(text) ? 'count' : undefined
  if (target.test(text)) return 'target'
  if (gap.test(text)) return 'gap'
  return countDone.test(text) ? 'count_done' : undefined
}
