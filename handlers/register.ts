// 台账：结对联建、临时党支部、路长、值班这些台账的查和改。这一版还没有台账，听得懂，办不了。

import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { type Heard, intent } from '../src/intents/intent.ts'
import { entryIntent, registerIntent } from '../src/intents/registers.ts'
import { doubtful } from '../src/language/doubtful.ts'
import { dayIn } from '../src/language/due.ts'
import { filterIn, registerIn } from '../src/language/registers.ts'

const book =
  '(值班|值守|带班|轮值|值夜班|夜班|排班|换班|路长|临时党支部|临时支部|帐篷支部|帐篷党支部|临时党组织|结对|结的对|结上对|联建|对子|包联|包保|包院|包楼|下沉|帮扶|走访慰问|退役军人|矛盾纠纷|纠纷|信访)'
const yard = '(楼院|家属院|号院)'
const lacks = '(没|没有|未|无|缺|差|少)'
const writes =
  '(换成|改成|改为|换为|变成|变为|变更为|调整为|调整成|更新|登记|登上|登一下|登个|登下|录入|录|入账|加一条|新增一条|添加|加上|补一条|写上|记上|改一下|改下|换一下|变更|改由)'
const changing =
  /换成|改成|改为|换为|变为|变成|调整|更新|登记|登(?:上|一?下|个|进去)|记(?:上|一下|下来|到)|(?:干部|支部|路长|值班人?)[:：]\s*\p{Script=Han}{2}|入账|填上|录(?:上|个|下|到|入|一)|加一?条|新增|添加|补一条|改一下|改下|改由|变更|换一下|换班|换给|安排给|写上|记上|现在(?:是|由)|换了?[\p{Script=Han}]{2,3}|由[\p{Script=Han}]{2,4}(?:担任|负责|当|接|来)|派(?:个|一名|了|位)|成立|(?:以后|今后|往后|即日起|今起|从.{1,6}起)[^,，]{0,8}(?:当|任|担任|接|是|由)|(?<![楼屋])顶|替班|(?:让|由|给|请)[\p{Script=Han}]{2,4}(?:替|顶|值|接|来)|替(?:我|俺|一下|班)|(?:结|联)(?:上)?(?:对|对子)?了/u
const asking =
  /[?？]|吗|谁|哪|多少|几个|几家|几支|几条|有没有|啥|什么|查(?:一下|查|询|看)?|看看|没$|没有$|名单/

/** 值班 28号 王海涛: a day and a name, and nothing asked. */
const isShift = ({ meaning, now, calendar }: Heard): boolean =>
  registerIn(meaning.text) === '值班' &&
  meaning.people.length === 1 &&
  dayIn(meaning.text, now, calendar) !== undefined

/** 值班表, 191号院结对支部, 路长名单: nothing but names and what the registers call things. */
function isBare({ meaning: { text, units, people } }: Heard): boolean {
  const left = [...units, ...people].reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  )
  return left.replace(bareWords, '').length <= 3
}
const bareWords =
  /[\p{P}\s]|值班|值守|带班|路长|临时|帐篷|党?支部|结对|联建|对子|包联|包保|下沉|干部|楼院|台账|表|名单|情况|安排|记录|一览|明细|的|全区|今天|明天|后天|今晚|今儿|明儿|[这本下]?个?周[一二三四五六日末]?|\d+[月日号]|[\p{Script=Han}]{0,3}\d+号院|[\p{Script=Han}]{2}路|过期|到期|没有?|未|派|发|一下|我|帮扶|走访慰问|退役军人|矛盾纠纷|信访/gu

export default command<Record<string, never>>({
  name: '台账',
  aliases: ['查台账', '值班表', '路长', '结对联建'],
  summary: '查、改结对联建、临时党支部、路长、值班台账',
  examples: ['今天谁值班', '哪些楼院还没派下沉干部', '嵩山路的路长换成吴斌'],
  action: 'help',
  later: true,
  reads: true,
  numbers: true,
  phrases: [
    book,
    `${book}…(谁|哪|多少|几|有没有|查|看|名单|表|到期|过期|啥)`,
    `(谁|哪|多少|几|查|看|有没有)…${book}`,
    `${book}…${writes}`,
    `${writes}…${book}`,
    `${book}…${writes}…(成|是|为|:)`,
    `${yard}…(支部|干部)`,
    `(支部|干部)…${yard}`,
    `${yard}…${lacks}`,
    `${lacks}…(干部|支部)…${yard}`,
    '(院)…(支部|干部)',
    `(路)…(责任人|负责人)(是)?(谁)`,
    '(查|查看|看看|看|翻|翻翻|更新|登记)(一下|下)?…(台账)',
    '(谁的班|轮到谁值)',
    '{person}…(包|管|联系)(了|着|的)?…(院|楼院)',
    '(的班)…(换|改|给|让|由|替|顶|调)',
    '(支部)…(哪个|哪些|什么|啥|几个)…(院|楼院|小区)',
    '^(查|查查|查一下|看看|看一下|看)…(号院|家属院|楼院)$',
    '(换|调|替)(个|一下)?(班)',
    '(院|院子)…(没|没有|未|缺)…(干部|支部)',
    '(没|没有|未|缺|还没)…(干部|支部)…(院)',
    '(院)…(没|没有|未)…(结对|结上|支部|下沉|包联)',
    '(台账)…(查|看|加一条|更新|登记|有多少|几)',
  ],
  unless: [
    doubtful,
    '提醒|叫我|喊我|通知|催|别忘|撤回|更正|报数|督导|整改|考试|测试|电话|手机|截止|{indicator}…(完成|新增)?{amount}(个|家|户|%)',
    '(路长制)(度)?(的)?(要求|规定|内容|怎么|咋|什么|啥|是|具体)|活动|集合|照片|大家|同志们',
    '(看了|查了|转了|跑了|检查了|走访){unit}|^(督导|督查|暗访|巡查)',
    `(是什么|是啥|啥意思|什么意思|咋规定|怎么规定|有啥要求|有什么要求|要求是|标准|咋界定|条件|咋成立|怎么成立|制度|咋建|怎么建)`,
  ],
  decisive: [
    '(值班|值守|带班|路长|临时党支部|临时支部|帐篷支部|结对|联建|包联|下沉)…(谁|哪|多少|几|换成|改成|改为|更新|登记|加一条|过期|到期|是)',
    '(谁|哪|多少|几|换成|改成|改为|更新|登记|加一条|过期|到期|没|没有|未|查)…(值班|值守|带班|路长|临时党支部|临时支部|帐篷支部|结对|联建|包联|下沉)',
    '(帮扶|慰问|退役军人|纠纷|信访)…(台账)',
    `^(值班|路长|临时党支部|结对联建|结对)`,
    '(结对|包联|下沉|路长|值班|联建)…(情况|台账|记录|表|名单|明细)',
    `${yard}…${lacks}…(干部|支部)`,
    `${lacks}…(干部|支部)…${yard}`,
  ],
  despite: ['^(值班|值班表|路长|结对联建|临时党支部)(表|台账)?(登记|更正|调整|更新|变更|有变|变动)'],
  intent: (heard) => {
    const { text } = heard.meaning
    const isEntry = changing.test(text) || isShift(heard)
    if (isEntry && !asking.test(text)) return entryIntent(heard)
    // 今天结对活动的照片发群里了: people among themselves.
    return asking.test(text) || isBare(heard) || filterIn(text)
      ? registerIntent(heard)
      : intent('unknown', { kind: 'chat' })
  },
  args: {},
  async run() {
    throw new UserError(
      '听懂了，是台账的事。这一版还没有这本台账：查不了，也没有改什么。请在原来的表上查、改，或找街道组织委员、区专班。',
    )
  },
})
