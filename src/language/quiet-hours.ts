// 晚上10点以后群里别发消息: hours in which the bot is not to speak in a group (`domain.md` C2). Pure.
import { clockOf, hourPattern, periodPattern, readHour, readPeriod, type SaidClock } from './when-clock.ts'

const dont =
  '(?:先|都|就)*(?:请勿|勿|别|不要|不用|不许|不准|不能|禁止|甭|莫|少)(?:再|老是|老|总是|总|一直|给群里|往群里|在群里|给我们|给大家)*'
const speak =
  '(?:发(?!布)|推送?|出声|吭[声气]|吱[声一]|吱声|说话|言语|动静|叫唤|嚷|嘟囔|响|震|吵|闹|扰民|打扰|打搅|刷屏|冒泡|艾特|@)'
const night =
  '夜|晚间|夜晚|晚上|夜里|夜间|半夜|深夜|凌晨|早上|清早|中午|午休|下班|休息时间|非工作时间|周末|节假日'
const quietWords = '免打扰|勿扰|静音|安静|静默时[间段]|休息时间'
const words = new RegExp(
  [
    `(?:${night}|点|:\\d\\d).{0,14}${dont}${speak}`,
    `(?:${night}).{0,10}(?:发消息|推送|响|发).{0,8}(?:吵|闹|烦|影响|关)`,
    `(?:${night}|点|:\\d\\d).{0,14}(?:停止|暂停|关闭)(?:在|往)?(?:本?群[内里中]?|群里)?的?(?:推送|发|通知)`,
    `${dont}(?:在)?(?:${night}|[\\d一二三四五六七八九十]+点).{0,12}${speak}`,
    `(?:${night}|点|:\\d\\d|群).{0,16}(?:设|改|开|调|定|弄|保持|搞)?.{0,6}(?:${quietWords})`,
    `(?:设|改|开|调|定)(?:一下|个|置|为|成|到|启)?.{0,4}(?:${quietWords}).{0,6}(?:时间|时段|到|点)`,
    `(?:${quietWords})(?:的)?(?:时间|时段|设|改|从|是|定|调)`,
  ].join('|'),
)
const mine = /(?:@|艾特|圈|打扰|吵|叫|喊|点名|推送?给|发给)(?:我|俺)(?!们)/
const spans = new RegExp(`(?:${periodPattern})?\\s?(?:${hourPattern})`, 'g')

export interface QuietHours {
  /** `HH:MM`; absent = not said. */
  from?: string
  until?: string
}

/** @returns undefined when the sentence is about something else, such as one's own being @-ed */
export function asksQuiet(text: string): QuietHours | undefined {
  if (mine.test(text) || (/^[我俺](?!们)/.test(text) && !text.includes('群')) || !words.test(text))
    return undefined
  const times = [...text.matchAll(spans)].map(([found]) => timeOf(found))
  const [from, until] = times
  return { ...(from && { from }), ...(until && { until }) }
}

function timeOf(text: string): string | undefined {
  const [hour = ''] = new RegExp(hourPattern).exec(text) ?? []
  const read = readHour(hour)
  if (!read) return undefined
  const part = text.slice(0, text.length - hour.length).trim()
  const said: SaidClock = part ? { ...read, ...readPeriod(part) } : read
  return clockOf(said).time
}
