// Clock times as people say them: 早上8点半, 下午五点, 三点一刻, 差5分9点, 15:30, 下班 (`domain.md` C7).
import { numberOf, numeral } from './when-numbers.ts'

/** Parts of the day, the words for them, and the time each means alone. */
const periods = {
  dawn: { words: '凌晨', alone: '05:00' },
  morning: { words: '大清早|清早|清晨|一大早|一早|早晨|早上|早起|清起来', alone: '08:00' },
  forenoon: { words: '上午|前晌', alone: '09:00' },
  noon: { words: '中午|正午|晌午', alone: '12:00' },
  afternoon: { words: '下午|午后|后晌|过午', alone: '15:00' },
  dusk: { words: '傍晚|黄昏|傍黑|擦黑', alone: '18:00' },
  evening: { words: '晚上|夜晚|晚间', alone: '20:00' },
  night: { words: '夜里|夜间|深夜', alone: '22:00' },
  midnight: { words: '大半夜|半夜|午夜', alone: '00:00' },
  offwork: { words: '下班以后|下班之后|下班后|下班', alone: '17:30' },
} as const
export type Period = keyof typeof periods

/** What was said: 下午, 五点, 下午五点. */
export interface SaidClock {
  period?: Period
  hour?: number
  minute?: number
  /** 05:00 rather than 5点: written the way of 24 hours. */
  digital?: boolean
}

const words = Object.values(periods).map((one) => one.words)
/** 早 and 晚 alone are a part of the day only behind a day (明早, 周五晚) or ahead of an hour (早8点); 早一点 is neither. */
const single = [
  '(?<=[今明后昨当每天日号一二三四五六早])(?:早|晚)(?!一?点|一?些|[饭会交报退睡])',
  '(?<=[今昨明当儿])夜(?![班宵市校])',
  `(?:早|晚)(?=\\s?${numeral}[点:])(?!一点(?![半钟整]))`,
].join('|')
export const periodPattern = `${words.join('|')}|${single}`

export function readPeriod(text: string): SaidClock {
  const singles: Record<string, Period> = { 早: 'morning', 晚: 'evening', 夜: 'night' }
  const names = Object.keys(periods) as Period[]
  const period = singles[text] ?? names.find((name) => periods[name].words.split('|').includes(text))
  return period ? { period } : {}
}

const n = numeral
/** 三点意见: no time. 一点 is one only where a time may stand: 注意一点 is a bit. */
const notTime = '意见|要求|建议|说明|注意|内容|任务|工作|希望|体会|事|[名评击子心赞儿]|:(?!\\d)'
const one =
  '(?:一点(?=[半钟整零过]|[一三]刻)|(?<=^|[天日号午上晨夜在于到至,\\s]|[今明]晚|[周期拜][一二三四五六])一点)'
const hour = `(?:(?!一点)(?<![第有这\\d.])${n}点|${one}|(?<![\\d.])${n}时(?![候间刻]))(?!${notTime})`
const notMinute = '(?![佳星大强优好个人家名条项户次号月日天年周万亿元%.\\d])'
const minute = [
  '半|[一三]刻',
  '(?:过|零)?(?:\\d{1,2}|[一二三四五]?十[一二三四五六七八九]?|[零〇]?[一二三四五六七八九])分(?!之)',
  `(?:\\d{2}|[零〇][一二三四五六七八九]|[一二三四五]?十[一二三四五六七八九]?)${notMinute}`,
].join('|')
const toHour = `差(?:[一三]刻|${n}分)钟?(?:不?到)?`
export const hourPattern = `${hour}差(?:[一三]刻|${n}分)钟?|(?:${toHour})?${hour}(?:${minute})?钟?(?:整|左右)?|(?<![\\d:.])\\d{1,2}:\\d{2}(?::\\d{2})?(?![\\d:])`

const minutesOf = (text: string) =>
  text === '半' ? 30 : /刻/.test(text) ? (text.startsWith('一') ? 15 : 45) : numberOf(text)

/** @returns undefined for 25点 and 8点70 */
export function readHour(text: string): SaidClock | undefined {
  const [, written, minutes] = /^(\d{1,2}):(\d{2})/.exec(text) ?? []
  const spoken = new RegExp(
    `^(?:差([一三]刻|${n}分))?\\D*?(${n})[点时](?:(?:过|零)?(半|[一三]刻|${n})?)`,
  ).exec(text)
  const at = spoken?.[3] ? minutesOf(spoken[3]) : 0
  const less = spoken?.[1] ? minutesOf(spoken[1].replace('分', '')) : 0
  const whole = written ? Number(written) : numberOf(spoken?.[2] ?? '')
  const past = minutes ? Number(minutes) : at
  if (!(whole <= 24 && past < 60 && less < 60) || (whole === 24 && past > 0)) return undefined
  const behind = /[点时]差([一三]刻|[^刻分]+)/.exec(text)?.[1]
  const total = whole * 60 + past - less - (behind ? minutesOf(behind) : 0)
  if (total < 0) return undefined
  const digital = written !== undefined && (written.startsWith('0') || written === '24')
  return { hour: Math.floor(total / 60), minute: total % 60, ...(digital && { digital }) }
}

export interface Clock {
  /** `HH:MM` */
  time: string
  /** 今晚12点 is the next day already. */
  nextDay: boolean
  /** 7点 to 12点 with no part of the day: as said, but the evening may be meant. */
  bare: boolean
  /** Words that do not go together or leave the hour open: 半夜, 上午14点. */
  doubtful: boolean
}

/** 1点 to 6点 without a part of the day are the afternoon. */
export function clockOf({ period, hour, minute = 0, digital }: SaidClock): Clock {
  if (hour === undefined) {
    const time = periods[period ?? 'forenoon'].alone
    return {
      time,
      nextDay: period === 'midnight',
      bare: false,
      doubtful: period === 'midnight' || period === 'night' || period === 'dawn',
    }
  }
  const [at, doubtful] = digital || hour > 12 ? [hour, contradicts(period, hour)] : hourIn(period, hour)
  const time = `${String(at % 24).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  return { time, nextDay: at >= 24, bare: !period && !digital && hour >= 7 && hour <= 12, doubtful }
}

/** An hour 0…12 in a part of the day, on the clock of 24 hours; from 24 on it is the next day's. */
function hourIn(period: Period | undefined, hour: number): [hour: number, doubtful: boolean] {
  switch (period) {
    case undefined:
      return [hour >= 1 && hour <= 6 ? hour + 12 : hour, false]
    case 'dawn':
      return [hour % 12, hour > 6 && hour < 12]
    case 'morning':
    case 'forenoon':
      return [hour, hour < 4 || hour === 12]
    case 'noon':
      return [hour <= 3 ? hour + 12 : hour, (hour > 3 && hour < 11) || hour === 0]
    case 'afternoon':
    case 'dusk':
    case 'offwork':
      return [
        hour === 0 ? 24 : hour === 12 ? 12 : hour + 12,
        hour === 0 || (hour === 12 && period !== 'afternoon'),
      ]
    case 'evening':
    case 'night':
    case 'midnight':
      if (hour === 0 || hour === 12) return [24, period === 'night']
      return hour < 5 ? [hour + 24, true] : [hour + 12, period === 'midnight' && hour < 11]
  }
}

/** 上午14点, 晚上3:00. */
function contradicts(period: Period | undefined, hour: number): boolean {
  if (!period) return false
  const early = period === 'dawn' || period === 'morning' || period === 'forenoon'
  return early ? hour > 12 : period === 'noon' ? hour < 11 || hour > 14 : hour < 12
}
