// A text without what could tell whose it is: numbers of phones and papers, addresses, keys. Pure.

/** What stands in their place: no name, no number and no command looks like it. */
const blank = '□'

const figure = '[\\d零〇○一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖]'
/** Seven figures or more, whatever stands between them but words; 杠 and 点 are how a stroke and a dot are said. */
const longNumber = new RegExp(`\\+?${figure}(?:[^\\p{L}\\d\\n]{0,3}[杠点]?${figure}){6,}[xX]?`, 'gu')
const calendarDay = /^20\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?:\s+\d{1,2}(?::\d\d)?)?$/
/** Webhooks carry their key in the address; a key by itself is a long row of letters and figures. */
const address = /(?:https?:\/\/|www\.)\S+|\S+@\S+\.\w+/gi
const key = /[\w+/=-]{16,}/g

/** @returns the text with □ for each number of seven figures or more, each address and each key; days stay */
export function unnumbered(text: string): string {
  return text
    .replace(address, blank)
    .replace(key, blank)
    .replace(longNumber, (number) => (calendarDay.test(number) ? number : blank))
}
