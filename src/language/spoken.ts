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
  咯: '了',
  咧: '了',
  嘞: '的',
  哩: '的',
  冇: '没',
}
const dialect = /[俺喽啦咯咧嘞哩冇]/g
/** 叁个, 壹拾贰万: names have such characters, too. */
const plainDigits: Record<string, string> = {
  ...{
    壹: '一',
    贰: '二',
    叁: '三',
    肆: '四',
    伍: '五',
    陆: '六',
    柒: '七',
    捌: '八',
    玖: '九',
    拾: '十',
    佰: '百',
    仟: '千',
  },
}
const bankers = /[壹贰叁肆伍陆柒捌玖拾佰仟]+(?=[万亿]|[个家人名户处项件条套元分成])/g
/** 对嘞, 弄完了嘞: at the end of a clause they say nothing. */
const particles =
  /(?<![报填登记写说定管给弄])[嘞哩哈呀啊哦噢哟呗昂嗷喔嗨哎](?=[\s,;。!?~…\p{Extended_Pictographic}]|$)/gu
const hesitation =
  /(?:(?:中|行|好|成|对)了?吧(?=[,，。!\s])|来着|(?<![个家人名户万元项处条件了\d])吧(?=[,，]\s*(?:现在|目前|一共|已经|是|有|完成|\d|[一二三四五六七八九十两俩仨]))|^(?:(?:好|中|行|对|是|收到|明白)(?:的|了|嘞|咧|啊|吧|中)*[,，。!\s]+)+(?=\S)|嗯+|呃+|额(?=[,，\s])|哎呀?|诶|唉|那个(?=[,，…~\s])|那啥(?=[,，…~\s])|就是说)/g
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
  plain = plain.replaceAll(bankers, (number) => [...number].map((one) => plainDigits[one] ?? one).join(''))
  return plain.replace(ending, (part) => (part.includes('?') ? '?' : ' ') + ' '.repeat(part.length - 1))
}
