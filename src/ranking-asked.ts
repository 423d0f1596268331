// What a question about the ranking wants to know, and which week it speaks of.
import { mondayOf } from './campaign/dates.ts'
import { addDays } from './clock.ts'
import { findNumbers } from './language/numerals.ts'
import { findPeriod } from './language/periods.ts'
import type { Sentence } from './turn.ts'
import { day as shown } from './wording.ts'

export interface Asked {
  want: 'table' | 'top' | 'last' | 'place' | 'moved' | 'climbers' | 'fallers'
  /** Of 前五, 倒数三名. */
  count: number
  /** Compared with how this week, or the last one, began, or of a week before; absent = with the last snapshot. */
  period?: 'this-week' | 'last-week' | Past
  /** 社区排名: not all parts of a unit, but the communities or villages; of the district those of all its streets. */
  below: ('community' | 'village')[]
  /** 街道排名: the streets, also where a street's own parts would be meant. */
  streets: boolean
  /** 我们排名: a table of those below us, or our place where there is nobody. */
  ours: boolean
}

/** A time that is over, whose last ranking is meant. */
export interface Past {
  /** Its last day. */
  end: string
  /** What it was called: 上上周. */
  label: string
}

/** Stands for every character of a name in the text that is read here. */
const nameMark = '#'

const worst = '最(?:差|孬|次|慢|落后|靠后|拉[胯垮]?|不行|菜|末|低|少|赖)'
const lastWords = `倒数|末位|末尾|末名|垫底|最后|落后|靠后|拖后腿|后腿|后进|老末|老幺|吊车尾|最末|倒一|末一名|${worst}`
const bestWords = '最(?:好|棒|强|牛|厉害|靠前|领先|优秀|带劲|出色|漂亮|利索|到位|扎实|多|高|快)'
const moved = '(?:升|降|涨|掉|变|进步|退步|前进|后退|进|退|蹿|窜|爬|跃|滑|跌|撵)'
const ranking = '(?:排名|名次|排行|排位)'
const us = '(?:我|俺|咱)'

/** The units that are named, besides the district. */
export const namedUnits = ({ meaning, roster }: Pick<Sentence, 'meaning' | 'roster'>) =>
  meaning.units.filter(({ candidates }) => candidates.some(({ id }) => id !== roster.root.id))

/** The sentence without its names: the 村 of 李江沟村 and of 村集体收入 are no level that is asked for. */
export function namelessText(sentence: Pick<Sentence, 'meaning' | 'roster'>): string {
  const spots = [...namedUnits(sentence), ...sentence.meaning.indicators]
  return spots.reduce(
    (text, { start, end }) => text.slice(0, start) + nameMark.repeat(end - start) + text.slice(end),
    sentence.meaning.text,
  )
}

/** @param text the normalised sentence, one that the phrases of 排名 have selected, its names hidden */
export function askedIn(said: string): Asked {
  // 头三名, 头名
  const text = said
    .replaceAll(/top ?(?=\d)/gi, '前')
    .replaceAll(/头(?=[一二三四五六七八九十两几\d])/g, '前')
    .replaceAll(/头名|榜一(?!律)|冠军|老大|领头羊|排头兵?|先进|状元|领跑|前一名(?=是|有|谁|$)/g, '第一')
  const period = periodIn(text)
  const has = (pattern: string) => new RegExp(pattern).test(text)
  const below = belowIn(text)
  const more = {
    ...(period && { period }),
    ...{ below, streets: below.length === 0 && has(`(?<!${us}们?的?|本|全|这个?|${nameMark})街道`) },
    ours: has(`${us}们?(?:社区|村)?(?:里|的|嘞|哩|现在|目前|[这本上]周)*${ranking}`),
  }
  const asked = (want: Asked['want'], count = 1): Asked => ({ want, count, ...more })
  const nth = countAfter(text, /最/)
  if (has('(?:退步|[降掉退滑]得?的?|下降|下滑)得?的?最')) return asked('fallers', nth)
  if (
    has(
      `${moved}了?(?:几|多少)(?:名|位)|[升降涨掉变]了?(?:没|吗|还是)|(?:排名|名次|位次).*(?:[变掉升降涨]|进步|退步|往[前后上下])`,
    )
  )
    return asked('moved')
  if (has('进步|[升涨进蹿窜爬]得?的?最|上升得?的?最|前进最')) return asked('climbers', nth)
  if (has('前[面头边]?的?几|靠前的?(?:几|都?有|是?哪些)')) return asked('top', 3)
  if (
    has(
      `(?:后[面头边]?的?|末|倒数|垫底的?)几[名位个家]?|哪[些几].*(?:${lastWords})|(?:${lastWords})的?(?:都?有|是)?(?:哪[些几]|有谁)`,
    )
  )
    return asked('last', 3)
  const isEverybody = has('各|每个|所有|全部')
  // 咱进前三了没, 我们是不是垫底: one's place tells it.
  if (has(`[进出在](?:了|到|得了)?(?:前|倒数|后)[一二三四五六七八九十两\\d]`)) return asked('place')
  if (
    has(`(?:${us}|${nameMark}).*(?:是不是|是|会不会|有没有|能不能|能|算).*(?:${lastWords}|第一)`) &&
    !has('谁|哪')
  )
    return asked('place')
  if (
    has(`第几|老几|第多少|(?:什么|啥)(?:名次|位[置次])|几名|几位|多少[名位]|排多少|排到?[哪在]|${us}.*名次`)
  )
    return asked('place')
  if (!isEverybody && has(`${ranking}(?:是|排|在)*(?:多少|几)`)) return asked('place')
  // 西流湖街道在全区的位次: somebody's own, though nobody asks how high.
  if (has(`${nameMark}(?:目前|现在|现)?(?:在|于)(?:全[区街市]|区里|街道)[^谁哪]*$`)) return asked('place')
  if (has(`${lastWords}|[后末][一二三四五六七八九十两\\d]+名?`))
    return asked('last', countAfter(text, /倒数|最后|后|末|最|垫底/))
  if (has('第一|榜首|领先')) return asked('top')
  if (has(bestWords)) return asked('top', nth)
  if (has('前[一二三四五六七八九十两\\d]+')) return asked('top', countAfter(text, /前/))
  return asked('table')
}

/**
 * The time before last week that is meant, or a day that is over; undefined where it is now, this week or last week.
 * @param day a date that the sentence names
 */
export function pastIn(text: string, today: string, day: string | undefined): Past | undefined {
  const week = /第(.{1,3})周/.exec(text)
  const number = Number(findNumbers(week?.[1] ?? '')[0]?.value ?? 0)
  if (week && number >= 1 && number <= 53) {
    // ISO: the week that has the 4th of January is the first.
    const end = addDays(mondayOf(`${today.slice(0, 4)}-01-04`), number * 7 - 1)
    return end < today ? { end, label: week[0] } : undefined
  }
  const found = findPeriod(text, today, 'back')
  const words = found && text.slice(found.start, found.end)
  if (found && words && found.period.end < today && !/^上一?个?(?:周|星期|礼拜)/.test(words))
    return { end: found.period.end, label: words }
  return day !== undefined && day < today ? { end: day, label: shown(day) } : undefined
}

/** 比10月升了几名: how it has changed since then, not what it was. */
export const isCompared = (text: string): boolean =>
  /[比较跟和与同](?:上|去|昨|前|第|\d|[一二三四五六七八九十]+月)|以来|至今|到现在/.test(text)

function belowIn(text: string): Asked['below'] {
  const said = text.replaceAll(new RegExp(`(?:${us}们?的?|本|这个?)(?:社区|村)`, 'g'), '')
  return [
    ...(said.includes('社区') ? (['community'] as const) : []),
    ...(said.includes('村') ? (['village'] as const) : []),
  ]
}

function periodIn(text: string): 'this-week' | 'last-week' | undefined {
  const week = '(?:周|个?星期|个?礼拜)'
  // 比上周升了几名: since then, not in it.
  if (new RegExp(`(?:比|较|跟|和|与|同)上${week}|上${week}以来`).test(text)) return 'this-week'
  if (new RegExp(`上${week}`).test(text)) return 'last-week'
  return new RegExp(`[这本]一?${week}`).test(text) ? 'this-week' : undefined
}

/** The number that follows a word; 倒数第二 and 前三名 are both counts here. */
function countAfter(text: string, word: RegExp): number {
  const at = text.search(word)
  const [number] = findNumbers(text.slice(at))
  const count = Number(number?.value ?? 1)
  return Number.isInteger(count) && count > 0 ? count : 1
}
