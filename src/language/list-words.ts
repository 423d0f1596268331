// Words around a pasted list that are no part of its numbers: titles, courtesies, examples. Pure.
import type { Meaning } from './understand.ts'

/** What a heading is called. */
export const titleWords = /接龙|统计|汇总|填报|上报|报数|情况|进[展度]|完成数|数据/
const titles = /#|接龙|统计|汇总|填报|上报|报数|情况|数据|进[展度]|完成[数率]|截[至止]到?/g
/** 没完成 is no title of numbers that were completed. */
const done = /(?<!没有?|未)(?:已经|已)?完成/g
const courtesy =
  /(?:各|请)单位|尽快|抓紧|及时|务必|应报尽报|不要[漏迟晚]报?|别[漏迟晚]报?|各位|大家|同志们?|书记们?|谢谢|辛苦了?|麻烦|请|以上|(?:没有?|无)(?:数|新增|进展|变化)?的?(?:单位|社区|村)?,?[请就都]?[写填报](?:0|零|无)/g
const day = '(?:\\d{1,2}月)?\\d{1,2}[日号]|今[天日晚]|明[天日晚]|后天|[本这下]?周[一二三四五六日天]|下班'
const clockTime = '\\d{1,2}(?::\\d\\d|点半?)'
/** 请于25日18:00前: by when to hand in is not the day that the numbers speak of. */
const deadline = new RegExp(`[于在]?(?:${day}|${clockTime})[^,;。]{0,8}?前`, 'g')

const hour =
  /(?<=截[至止][^,;。()\n]*)(?:上午|下午|早上?|晚上?|中午)?(?:\d{1,2}:\d\d|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[点时](?:整|半|\d{1,2}分?)?)(?=[\s,;。()]|$)/g
/** 截至今天18:00: a number counts for a day, whatever the hour. */
export const withoutHour = (words: string): string => words.replace(hour, '')

/** @returns the words of a heading that may name something: what for and for when; 完成 goes with `isDone` only */
export function withoutCourtesy(words: string, isDone: boolean): string {
  const bare = withoutHour(words).replace(deadline, ' ').replace(titles, ' ').replace(courtesy, ' ')
  return (isDone ? bare.replace(done, ' ') : bare).trim()
}

const example =
  '[(\\[【]?(?:填报|接龙)?(?:例如|例子?|比如|示例|样例|举例|范例|格式|模板)(?:\\d{1,2}|[一二三])?[)\\]】]?'
const examples = new RegExp(`^${example}(?:\\s*[:.、]\\s*|\\s+)\\S`)
const label = new RegExp(`^${example}\\s*:?$`)

/** 例 淮河路 7: shows how, and reports nothing. */
export const isExample = (row: string): boolean => examples.test(row)
/** 例: what stands under it is one, or the first line. */
export const isExampleLabel = (row: string): boolean => label.test(row)
/** 红色物业接龙（例：淮河路 7） */
export const withoutExample = (row: string): string =>
  row.replace(/\((?:例如?|如|比如|格式)[:\s][^)]*\)/g, ' ').trim()

const columns =
  /^(?:[\s|,:、/+-]|序号|编号|单位|社区|村|名称|数量|数|完成|指标|备注|姓名|书记|填报人|责任人)+$/
/** 序号 单位 完成数: what stands in the columns of a table. */
export const isTableHead = (row: string): boolean => columns.test(row)

export const saysNumber = ({ items }: Meaning): boolean => items.some(({ amount }) => amount)
