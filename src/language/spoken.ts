// What is in a sentence only because it was spoken: dialect, particles at the end, hesitation, emoji, quotations. Pure.

/** 「周敏：各社区抓紧报共建项目」 and a rule: an older message that is answered. */
const quotation = /^(?:[「『][^」』]{0,600}[」』]|"[^"\n]{0,600}"(?=\s*\n))\s*(?:[-—–_ ]{3,}\s*)?\n?/u

/** @returns the length of the quotation of an older message at the head, 0 when there is none or nothing behind it */
export function quotedIn(text: string): number {
  const length = quotation.exec(text)?.[0].length ?? 0
  return length < text.length ? length : 0
}

/** Said in Henan and beyond; as long as what stands for it. */
const standard: Record<string, string> = {
  俺: '我',

  喽: '了',
  啦: '了',
  咧: '了',
  嘞: '的',
  哩: '的',
  冇: '没',
}
const dialect = /[俺喽啦咧嘞哩冇]/g
/** 对嘞, 弄完了嘞: at the end of a clause they say nothing. */
const particles =
  /(?<![报填登记写说定管给弄])[嘞哩咧哈呀啊哦噢哟呗昂嗷喔嗨哎](?=[\s,;。!?~…\p{Extended_Pictographic}]|$)/gu
const hesitation = /(?:嗯+|呃+|额(?=[,，\s])|哎呀?|诶|唉|那个(?=[,，…~\s])|那啥(?=[,，…~\s])|就是说)/g
const faces =
  /\[\p{Script=Han}{1,4}\]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f/gu
/** ？？！！ asks no more than ？; 。。。 and ～～ say nothing. */
const ending = /[?!。.~～…、,]+\s*$/u

/** @returns the sentence in standard words, exactly as long: what says nothing is blank */
export function plainly(text: string): string {
  const blank = (part: string) => ' '.repeat(part.length)
  let plain = text.replaceAll(faces, blank)
  // Several at the end: 了嘞哈.
  for (let before = ''; before !== plain; ) {
    before = plain
    plain = plain.replaceAll(particles, blank)
  }
  plain = plain.replaceAll(hesitation, blank).replaceAll(dialect, (one) => standard[one] ?? one)
  return plain.replace(ending, (part) => (part.includes('?') ? '?' : ' ') + ' '.repeat(part.length - 1))
}
