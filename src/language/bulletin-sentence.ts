// The sentence that a person wants under a bulletin: what it is to say, or that it goes. Pure.

export interface SentenceSaid {
  /** What stands in front of it: which bulletin, and where in it. */
  before: string
  /** Empty = not said yet. */
  sentence: string
  /** 加一句, and not 改成. */
  adds: boolean
  /** It was the answer to the question for it. */
  answered: boolean
}

/** Said of a bulletin without changing what is wanted of it. Before, between and behind the verb they may stand. */
export const beside =
  '周?通报|红黑榜|勘误|草稿|第?\\s?[\\d一二三四五六七八九十百]+\\s?[号期份]|[这那]一?[份个期]|刚才|刚刚|整份|请|麻烦|帮我|给我|把|给|将|我|的|了|吧|啊|呀|嘛|一下|直接|现在|马上|就|那|好|行|[\\s,.;!。:：，！；]'
/** 第1号最后面: where the sentence stands anyway. */
const places =
  /附言|里[面边]?|上|最?[后下][面边]?|[后下]头|底下|末尾|结尾|[这那]一?句话?|一?句话?|加的|写的|话|在|再|也|还/g

const adding = '[加附补添写带][上进]?(?:一|两|几)?句话?|[加附补添写]上|注明|写明|附言(?=[:：,，\\s]|$)'
const replacing = '(?:改|换)(?:成|为|写成)|[改换]一?句话?'
const editing = new RegExp(
  `^(.{0,30}?)(?:(?:附言)?(${replacing})|(${adding}))(#?)\\s*[:：,，]?\\s*(.*)$`,
  's',
)

/** 附言删掉, 去掉那句话: it speaks of the sentence, says that it goes, and says nothing else. */
const sentenceWords = /附言|句话|[那这]一?句|加的话|的话/
const erasing = /删|去掉|拿掉|撤|清|划掉|抹掉|不要|不加|不用|取消/
const keeping = /(?:别|不|不要|不用|不能)(?:删|去掉|拿掉|撤|清|划|抹|取消)/
/** 撤回, when asked what to write, may mean that nothing is to be written. */
const deleting = /删|去掉|拿掉|清|划掉|抹掉/
const erasingWords = /删[除掉了去]?|去掉|拿掉|撤[掉了回销]?|清[掉空除]|划掉|抹掉|不要|不加|不用|取消|全|都/g

/** What is left of words when those that say nothing of their own are gone. */
export const withoutBeside = (text: string, more?: RegExp): string =>
  (more ? text.replace(more, '') : text).replace(new RegExp(beside, 'g'), '')

/** 通报第3号加一句：大家辛苦了; undefined when no verb of writing is in it. */
export function findSentence(text: string): SentenceSaid | undefined {
  const found = editing.exec(text)
  if (!found) return undefined
  const [, before = '', replaces, , answered, sentence = ''] = found
  return { before, sentence: asWritten(sentence), adds: replaces === undefined, answered: answered === '#' }
}

/** 把84.67改成85, 标题改成: it is not the sentence that is to change. */
export const isOfSentence = ({ before }: SentenceSaid): boolean => withoutBeside(before, places) === ''

/** Whether all that is said is that the sentence goes; `bare`: it was the answer to what it should say. */
export const isErasing = (text: string, bare = false): boolean =>
  (sentenceWords.test(text) || (bare && deleting.test(text))) &&
  erasing.test(text) &&
  !keeping.test(text) &&
  withoutBeside(text.replace(erasingWords, ''), places) === ''

/** 点评那句 is not the sentence that a person wrote. */
export const speaksOfSentence = (text: string): boolean => /附言|加的|写的/.test(text)

/** Reading has made 「，」 into a comma; in print it is what it was. 17:00 stays. */
function asWritten(sentence: string): string {
  const wide: Record<string, string> = {
    ',': '，',
    ';': '；',
    ':': '：',
    '!': '！',
    '?': '？',
    '(': '（',
    ')': '）',
  }
  return sentence
    .replace(/(?<!\d)[,;:!?()]|[,;:!?()](?!\d)/g, (mark) => wide[mark] ?? mark)
    .replace(/\s+/g, ' ')
    .trim()
}
