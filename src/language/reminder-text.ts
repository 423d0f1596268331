// What is to be reminded of: the sentence without its times, without the words that ask, without politeness.

/** Stands where something was taken out. */
export const gap = '\0'

const polite = [
  '麻烦|劳驾|拜托|帮忙|帮我|给我|替我|请(?![假示客柬帖])|您|你|小图|机器人|能不能|能否|可不可以|可以',
  '要|想|需要|记得|记着|记住|记一下|记个事|想着|别忘了?|不要忘记?了?|千万|务必|到时候?|到点儿?|届时|准时|再|就|都|也|还|那就?|嗯|呃',
  '[\\s,.;:!?、~…。]',
].join('|')
const us = '我们|咱们|俺们|咱(?!们)'
const me = '我(?!们|区|街道|社区|村|办|方|市|县|院|家|单位)|俺(?!们|村|社区|街道)|本人|自己'
const everybody = [
  '大家伙?儿?|大伙儿?|所有人|全体(?:人员|成员|同志们?|同事)|全员|每个?人(?!的)',
  '各位(?:同志|书记|领导|同事|代表|主任|老师)?们?|全体(?=[交报填开参到去来\\0]|$)',
].join('|')
/** Their platform's way to call everybody. */
const everyoneCalled = /@(?:所有人|全体成员|全员|all)/i
const once = '(?:一下子?|一声|一次|一回|下(?=大家|大伙|我|俺|咱|各|所有|全|[\\s,.!?\\0]|$))?'
const asks = `(?:提醒|提[个一]?声?醒|提一声|提一下醒|(?:(?:叫|喊)上?|通知|招呼|催|告诉|嘱咐|@)(?=${once}(?:${everybody}|${me}|${us}))|通知(?=各))`
const then = '(?:要(?!求)|记得|记着|记住|别忘了?|不要忘记?了?|注意(?=按时)|[\\s,:])*'
const object = `(?:(?<all>${everybody})|(?<me>${me})|(?<us>${us}))?`
/** 提醒我, 提醒一下大家, 到时候叫我一声, with the politeness before it. */
const asking = new RegExp(`(?:${polite})*${asks}${once}(?:给)?${object}${once}${then}`)
/** 设一个…的提醒, 定个闹钟. */
const setting =
  /(?:设[置定立]?|定|订|加|新?建|创建|添加|弄|来|搞|上)(?:上)?(?:了)?(?:一)?[个条]|(?:设[置定]|新建|创建|添加|建立)(?=[\0\s,:]|提醒|闹钟)/
const alarm = /(?:的)?(?:提醒|闹钟)/
const repeatedAsking = new RegExp(
  `(?:[\\s,、${gap}]|再|也|都|请|记得)*(?:提醒|叫|喊)(?:${everybody}|${me}|${us})?(?:一下|一声)?$`,
)
const given = new RegExp(`(?:给|跟|向|对)(${everybody}|${me}|${us})(?:提个?一?声?醒|提一声|发个?提醒|说一声)`)
/** 帮我记着, 给俺记一下 */
const noting = /(?:帮|给|替)(?:我|俺)(?:记|想着)/
/** 全体党员: everybody, and the addressee stays in the text. */
const everyMember = /^全体|^所有(?!的)/

export type Audience = 'me' | 'group' | 'all'

/**
 * @param masked the sentence with `gap` where its times stood
 * @returns the text is empty when only the asking was there
 */
export function reminderText(said: string): { audience: Audience; text: string } {
  // 给大家提个醒 is 提醒大家.
  const masked = said.replace(given, '提醒$1')
  const noun = setting.exec(masked)
  const placed = noun && alarm.exec(masked.slice(noun.index + noun[0].length))
  if (noun && placed) {
    const [from, at] = [noun.index, noun.index + noun[0].length + placed.index]
    const ahead = masked.slice(0, from)
    const middle = masked.slice(from + noun[0].length, at)
    const text = joined([ahead, middle, masked.slice(at + placed[0].length)])
    const isAlarm = placed[0].includes('闹钟') && /帮(?:我|俺)/.test(ahead)
    const isMine = isAlarm || /(?:给|替)(?:我|俺)/.test(ahead) || /^(?:给我|提醒我)/.test(middle)
    return { audience: isMine ? 'me' : 'group', text }
  }
  const called = everyoneCalled.exec(masked)
  if (called) return { ...reminderText(masked.replace(called[0], gap)), audience: 'all' }
  const match = asking.exec(masked)
  // 帮我记着周三去区里交材料: for whoever asks.
  if (!match) return { audience: noting.test(masked) ? 'me' : 'group', text: joined([masked]) }
  const behind = masked.slice(match.index + match[0].length)
  const { all, me: mine } = match.groups ?? {}
  const audience = all || everyMember.test(behind) ? 'all' : mine ? 'me' : 'group'
  return { audience, text: joined([masked.slice(0, match.index), behind.replace(repeatedAsking, '')]) }
}

const atStart = new RegExp(
  `^(?:(?:老弟|老哥|大哥|兄弟|哥们儿?|伙计|老铁|宝子|亲|师傅|小助手|助手)(?=[\\s,])|[\\s,.;:!?、~…。${gap}]|(?:好[的吧嘞啊]?|行[啊吧]?|中|可以|收到|没问题|知道了|明白了?|嗯+|哦|ok|OK|是的?|对)(?=[\\s,.!。~、]|${gap}?$)|能不能|能否|可不可以|可以|记一?下|记着|记住|(?:麻烦|劳驾|拜托|帮忙|帮我|给我|替我|您|你)|请(?![假示客柬帖])|要(?!求|闻|点|素)|记得|记着|别忘了?|不要忘了?|那个|嗯|呃|的|(?:[待等过]一?|一)会儿?(?!议)|我(?=要|得|${gap})|俺(?=要|得|${gap})|到时候?|届时|说)+`,
)
const atEnd = new RegExp(
  `(?:[\\s,.;:!?、~…。${gap}]|一下|哈|哦|噢|啊|呀|吧|呗|嘞|哩|呢|嘛|谢谢.?|谢了|多谢|好吗|好不好|行吗|行不行?|可以吗|中不中?|中吧|的时候|时候|(?<![及临随准按同小])时|到时候?|届时|到点儿?|记得|别忘了?|请|麻烦|你|帮我|给我|就|再|的)+$`,
)

function joined(parts: string[]): string {
  return parts
    .map((part) =>
      part
        .replaceAll(new RegExp(`[在于]${gap}`, 'g'), gap)
        .replace(atStart, '')
        .replace(atEnd, ''),
    )
    .map((part) => part.replaceAll(gap, ''))
    .filter((part) => part !== '')
    .join('，')
    .replaceAll(/(?<=\p{Script=Han}|\d),(?=\p{Script=Han})/gu, '，')
}
