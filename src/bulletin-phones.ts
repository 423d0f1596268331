// Whether a sentence has a phone number in it, however it is written: groups are no place for one. Pure.

const written = '零〇○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖'
const values = '0001123456789123456789'

/** A mobile, a landline with its area code, a service number. */
const whole = /^(?:1[3-9]\d{9}|0[1-9]\d{8,10}|[48]00\d{7})$/
/** Without an area code: 6789.1234. */
const local = /(?<!\d)[2-8]\d{2,3}[.·•・_/*—–~]+\d{4}(?!\d)/
/** Figures with anything but words between them; 杠 and 点 are how a stroke and a dot are said. */
const figures = /\d+(?:(?:[^\p{L}\d]|[杠点])+\d+)*/gu
const calendar = /(?<!\d)20\d\d[-./](?:(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])|20\d\d)(?!\d)/g

/**
 * Seven digits in a row or with blanks, brackets and strokes between them are one; with anything else between them
 * (138.0000.1234, 一三八，零零零零，一二三四) they are when they are as many as a number has: 92.51、88.58 are scores.
 */
export function hasPhone(text: string): boolean {
  const plain = text.replace(new RegExp(`[${written}]`, 'g'), (one) => values[written.indexOf(one)] ?? one)
  const undated = plain.replace(calendar, '日')
  if (/\d{7,}/.test(undated.replace(/[\s()（）+-]/g, '')) || local.test(undated)) return true
  return [...plain.matchAll(figures)].some(([run]) => isWhole(run.match(/\d+/g) ?? []))
}

const isWhole = (parts: string[]): boolean =>
  parts.some((_, from) => parts.some((_, to) => whole.test(parts.slice(from, to + 1).join(''))))
