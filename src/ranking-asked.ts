// What a question about the ranking wants to know, and which week it speaks of.
import { findNumbers } from './language/numerals.ts'
import { findPeriod } from './language/periods.ts'
import { day as shown } from './wording.ts'

export interface Asked {
  want: 'table' | 'top' | 'last' | 'place' | 'moved' | 'climbers'
  /** Of 前五, 倒数三名. */
  count: number
  /** Compared with how this week, or the last one, began; absent = with the last snapshot. */
  period?: 'this-week' | 'last-week'
  /** 全区社区排名: of the district not the streets, but what lies below them. */
  below: ('community' | 'village')[]
}

const lastWords = '倒数|末位|末尾|垫底|最后|最差'
const moved = '(?:升|降|涨|掉|变|进步|退步)'

/** @param text the normalised sentence, one that the phrases of 排名 have selected */
export function askedIn(text: string): Asked {
  const period = periodIn(text)
  const more = { ...(period && { period }), below: belowIn(text) }
  const has = (pattern: string) => new RegExp(pattern).test(text)
  const asked = (want: Asked['want'], count = 1): Asked => ({ want, count, ...more })
  if (has(`${moved}了?(?:几|多少)(?:名|位)|[升降涨掉变]了(?:没|吗)|(?:排名|名次).*变`)) return asked('moved')
  if (has('进步|[升涨]得?的?最|上升最')) return asked('climbers')
  if (has('前几[名位]')) return asked('top', 3)
  if (has('(?:后|倒数)几[名位]')) return asked('last', 3)
  if (has('第几|几名|几位|多少[名位]|排多少|排到?[哪在]|(?:我|俺|咱).*名次')) return asked('place')
  if (has(`${lastWords}|后[一二三四五六七八九十\\d]+名?`))
    return asked('last', countAfter(text, /倒数|最后|后/))
  if (has('第一|榜首|谁领先')) return asked('top')
  if (has('前[一二三四五六七八九十\\d]+')) return asked('top', countAfter(text, /前/))
  return asked('table')
}

/**
 * The words of a time of which no ranking can be shown: of the past there is last week's. The present week, month and
 * day mean now.
 * @param day a date that the sentence names
 */
export function otherTimeIn(text: string, today: string, day: string | undefined): string | undefined {
  const found = findPeriod(text, today, 'back')
  const words = found && text.slice(found.start, found.end)
  if (found && words && found.period.end < today && !/^上一?个?(?:周|星期|礼拜)/.test(words)) return words
  return day !== undefined && day < today ? shown(day) : undefined
}

function belowIn(text: string): Asked['below'] {
  const said = /全区(?:的|各|所有|全部)*(村|社区)[和、及(（]?(村|社区)?/.exec(text)
  const words = [said?.[1], said?.[2]]
  return [
    ...(words.includes('社区') ? (['community'] as const) : []),
    ...(words.includes('村') ? (['village'] as const) : []),
  ]
}

function periodIn(text: string): Asked['period'] {
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
