// Listing and cancelling reminders (`domain.md` C7).
import type { Calendar } from './campaign/calendar.ts'
import { whoMay } from './campaign/permissions.ts'
import { cancelReminders } from './database/reminders.ts'
import { UserError } from './errors.ts'
import { line, type Reply } from './message.ts'
import { Question } from './question.ts'
import { actorOf, type Numbered, show } from './reminder-numbers.ts'
import { demandTouch, mayTouch } from './reminder-picking.ts'
import { reminderLine, short } from './reminder-words.ts'
import type { Turn } from './turn.ts'

const mostShown = 30
const mostNamed = 6
const asking =
  '哪些|哪几[个条项]|几[个条项]|多少[个条]?|有啥|有什么|有没有|都有|捋一?[遍下捋]|过一遍|数一数|查询|查一查|看看|有啥子|给我看|发一下|发我|亮一下|亮出来|都是啥|都是什么|挂着啥|挂着什么|还有啥|哪几样|看一下|看下|瞅瞅|查看|查一下|查下|查查|列出|列一?下|列一列|列个|列表|清单|名单|单子|一览|汇总|台账|念一?下|念念|念一念|报一下|说说|说一下'
const set = '(?:设|定|订|建|加|弄|记|有)(?:置|立)?(?:了|过|着|下)*'
const noun = '(?:提醒|闹钟)'
const end = '(?:吗|呢|了|啊|呀|嘛|呗|吧|来着|嘞|哩|的|没有?|[？?!])*$'
const listing = new RegExp(
  [
    `(?:${asking})[^,]*${noun}${end}`,
    `${noun}(?:事项|任务|都|还|现在|里|一共|总共|有|是)*(?:${asking})`,
    `^(?:现在|目前)?(?:我|俺|咱|我们|咱们?|群里|本群|这个群|所有|全部|现有)?(?:的)?(?:所有|全部)?${noun}(?:呢|吗)?$`,
    // 群里现在都挂着啥提醒, 还剩啥闹钟, 有几个提醒在跑
    `(?:啥|什么|哪些|几[个条])(?:样的|的)?${noun}(?:事项|任务)?(?:在跑|在用|生效|没响|还没响|挂着|着|还)*${end}`,
    // 请列出本群全部提醒事项, 现有提醒事项
    `(?<!(?:不用|别|取消|不要).{0,8})(?:列出|列示|列一?下|提供|反馈|查询|查看|(?<![巡检复普排抽核审清督])查|导出|看看?|显示|展示|告知|发)(?:一下|下)?[^,，]{0,8}${noun}(?:事项|任务|设置|内容|安排|信息|情况)*${end}`,
    '(?:看看?|查看?|列出?|有哪些|有啥|有什么|哪些|都有)(?:一下|下)?[^,]{0,6}(?:定时任务|定时消息|定时提醒)',
    '^(?:现在|目前)?(?:群里|本群)?(?:的)?定时(?:任务|消息)(?:有哪些|有啥|列表|清单)?$',
    // 俺的提醒给俺念念
    `^(?:[我俺咱]们?|群里|本群)(?:自己)?(?:设)?(?:的|嘞|哩)?${noun}(?:都|全)?(?:给(?:我|俺)|帮我|拿来)?(?:都)?(?:念|列|报|说|看|瞅|查|亮|发)`,
    // 咱群都定了啥提醒
    `${set}(?:的)?(?:啥|什么|哪些|几[个条])[^,]{0,4}${noun}${end}`,
    // 专门提醒我的有哪几条, 俺自己设嘞提醒有哪些
    `(?:提醒|喊|叫)(?:我|俺|大家|咱们?|我们)(?:的|嘞|哩)(?:提醒)?(?:都|一共|总共)?(?:有)?(?:${asking}|啥|什么)`,
    `^(?:请|麻烦|帮我)?把[^,]{0,8}${noun}[^,]{0,4}(?:列|念|报|说|发|亮|找|调)(?:一|出|个|给|下|上|来|念|列)`,
    // 第2个提醒是几点的
    `${noun}(?:是|定|设|订|在|改|的)*(?:几点|啥时候|什么时候|哪[天会]|几号|干啥|什么)${end}`,
  ].join('|'),
)
/** 把现在的提醒给我捋一遍, 群里的提醒拉个清单: shown, and nothing is said of when or of a change. */
const shown =
  /(?:捋|摆|亮|列|拉|整|晒|报|念|翻|调|导|理|过|盘)(?:一|出来?|个|给|下|份|张|遍|点)|清单|单子|一览|[瞧瞅看]{2}|[瞧瞅看]一[下眼]|(?:都)?在哪/
const changes =
  /第[\d一二两三四五六七八九十]+[个条]|跳过|略过|歇|停|取消|删|改|推|挪|换|关|停|不要|不用|别|甭|清空|撤|提前|延|\d点|[一二两三四五六七八九十]点|点半|每[天周月]|[明后]天|[早晚]上|[上下]午|周[一二三四五六日末]|\d[号日]|[以之]前|小时|分钟/
const isShown = (text: string) => /提醒|闹钟/.test(text) && shown.test(text) && !changes.test(text)

/** 提醒我看看哪些没报, 明天提醒我问问设了啥提醒: what is to be done, and no list. */
const isRequest = /提醒(?:一下|一声)?(?:我|俺|咱|大家|大伙|各|所有人|全体)(?!的|嘞|哩|们的)/

/** 有哪些提醒, 我的提醒. */
export const isListing = (text: string) => (listing.test(text) || isShown(text)) && !isRequest.test(text)

/**
 * 有哪些提醒: numbered, with whose they are. These numbers are good for ten minutes.
 * @param ask after the list, what is asked instead of what can be done
 */
export async function list(turn: Turn, all: Numbered[], calendar: Calendar, ask?: string): Promise<Reply> {
  const isGroup = turn.message.chat.kind === 'group'
  const where = isGroup ? '这个群' : '您'
  if (all.length === 0) return line(`${where}还没有提醒。可以说“每周六早上8点提醒三捡三提”。`)
  const rows = all.slice(0, mostShown).map((one) => `${one.number}. ${lineOf(one, turn, calendar)}`)
  const more = all.length > mostShown ? [`还有${all.length - mostShown}个没列出来。`] : []
  const first = all[0]?.number
  await show(turn, all, all.slice(0, mostShown))
  return {
    title: `${where}有${all.length}个提醒`,
    blocks: [
      { kind: 'text', text: [...rows, ...more].join('\n') },
      {
        kind: 'text',
        text: ask ?? `改时间说“第${first}个提醒改到上午9点”，不要了说“取消第${first}个提醒”。`,
      },
    ],
  }
}

function lineOf({ reminder }: Numbered, { now, message }: Turn, calendar: Calendar): string {
  const { text, schedule, next_at: next, audience, owner, title, is_group: isGroup } = reminder
  const who = audience === 'me' ? `@${owner}` : owner
  const note = message.chat.kind === 'group' ? who : isGroup ? (title ?? '群里') : ''
  return `${reminderLine({ text: short(text), schedule, next }, now, calendar)}${note && `（${note}）`}`
}

export async function cancel(turn: Turn, meant: Numbered[], calendar: Calendar): Promise<Reply> {
  for (const one of meant) demandTouch(turn, one, '取消')
  const done = await cancelReminders(
    turn.db,
    actorOf(turn),
    meant.map(({ reminder }) => reminder),
  )
  const gone = meant.filter(({ reminder }) => done.includes(reminder.id))
  const [only, ...more] = gone
  if (!only) throw new UserError('这个提醒刚才已经没有了。说“有哪些提醒”看现在的。')
  if (more.length > 0)
    return line(
      `已取消${gone.length}个提醒：${gone.map(({ reminder }) => short(reminder.text)).join('、')}。`,
    )
  const { text, schedule } = only.reminder
  return line(
    `已取消第${only.number}个提醒：${reminderLine({ text, schedule, next: null }, turn.now, calendar)}。`,
  )
}

function named(some: Numbered[]): string {
  const texts = some.slice(0, mostNamed).map(({ reminder }) => short(reminder.text))
  return `${texts.join('、')}${some.length > mostNamed ? `等${some.length}个` : ''}`
}

/** 全部取消: one's own; whoever may cancel others' is asked which. More than one is asked about first. */
export function cancelAll(turn: Turn, all: Numbered[], calendar: Calendar): Promise<Reply> | Question {
  const own = all.filter(({ reminder }) => reminder.owner_id === turn.person?.id)
  const touchable = all.filter((one) => mayTouch(turn, one))
  if (touchable.length === 0)
    throw new UserError(`没有您可以取消的提醒。别人的请找本人或${whoMay('cancel_reminder')}。`)
  if (touchable.length === 1) return cancel(turn, touchable, calendar)
  const option = (label: string, these: Numbered[]) =>
    these.length === 0
      ? []
      : [{ label, words: `删除提醒#${these.map(({ reminder }) => reminder.id).join(',')}` }]
  const isMore = touchable.length > own.length
  return new Question(`要取消：${named(touchable)}。`, [
    ...option(`取消我设的${own.length}个`, own),
    ...(isMore ? option(`${touchable.length}个全部取消`, touchable) : []),
    { label: '都不取消', words: '有哪些提醒' },
  ])
}
