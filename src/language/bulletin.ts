// What is wanted of a bulletin: a draft, a look at it, its release, a sentence under it. Pure.
import { findNumbers } from './numerals.ts'

export type BulletinWish = 'draft' | 'show' | 'list' | 'resend' | 'errata' | Decision | 'edit' | 'erase'
type Decision = 'publish' | 'hold' | 'drop' | 'withdraw'

export interface BulletinAsked {
  want: BulletinWish
  /** 第3号. */
  number?: number
  kind: 'weekly' | 'red_black'
  /** What is to stand under it; empty = not said yet. */
  sentence?: string
  /** 加一句, and not 改成. */
  adds?: true
  /** What the person was shown: 发布 of something else is asked about first. */
  mark?: string
  /** 仍然发布: although somebody else has put it by. */
  sure?: true
  /** 重发 to whom. */
  to?: 'failed' | 'all'
  /** 撤回勘误: of errata, not of what they correct. */
  errata?: true
  /** 能撤回吗: it is asked, not ordered. */
  asks?: true
}

/** Words of the bot's own choices: the content that was shown. */
const marked = /#([0-9a-f]{6})$/
const editing =
  /^(.{0,16}?)(?:再|给我|帮我)?(?:的?附言(改成|改为|换成)|(加上?一句话?|加上?句话?|附上?一句话?|附言(?=[:：,，\s]|$)|改成|改为|换成))\s*[:：,，]?\s*(.*)$/s
/** 附言删掉, 去掉那句话: it speaks of the sentence, says that it goes, and says nothing else. */
const sentenceWords = /附言|句话|[那这]一?句|加的话|的话/
const erasing = /删|去掉|拿掉|撤|清|划掉|抹掉|不要|不加|不用|取消/
const keeping = /(?:别|不|不要|不用|不能)(?:删|去掉|拿掉|撤|清|划|抹|取消)/
const erasingWords =
  /删[除掉了去]?|去掉|拿掉|撤[掉了]|清[掉空除]|划掉|抹掉|不要|不加|不用|取消|通报|红黑榜|勘误|草稿|附言|[加写]的|后面|下面|最后|第?\s?[\d一二三四五六七八九十百]+\s?[号期份]|[那这]?一?句|话|请|麻烦|帮我|给我|我|把|给|将|里|上|的|全|都|一下|吧|了|[\s,.!，。！:]/g
const release = /发布|签发|同意|批准|发出去/
/** All that may stand in a sentence that releases a bulletin: with 明天 or 等 in it, it is another sentence. */
const releaseWords =
  /发布|签发|同意|批准|发出去|发到群里|通报|红黑榜|勘误|草稿|第?\s?[\d一二三四五六七八九十百]+\s?[号期份]|仍然|还是|请|麻烦|现在|马上|立即|可以|把|这份|这个|一下|吧|了|的|好|行|[\s,.!，。！]/g
/** In this order: 不同意发布 is no 发布, and 重发 no 发. */
const wishes: [BulletinWish, RegExp][] = [
  // 别作废, 谁撤回的: nothing is done.
  ['show', /(?:别|勿|不要|不用|不能|先不|没有?|谁|怎么|咋)(?:把.{1,8}?)?(?:作废|废|删|撤|收回|取消)/],
  ['withdraw', /撤(?:回|销|下|掉|了)|收回/],
  [
    'hold',
    /取消(?:重发|发布|签发)|先别|先不|先放|先压|先等|压一压|放一放|等等再|缓一缓|暂缓|别(?:发|签|批)|不同意|不批准|不签发|不发布/,
  ],
  ['resend', /重发|重新发|再发(?!布)|补发/],
  // No bulletin is named: it is put by, from where it can still be dropped.
  ['hold', /^不发[了吧]*$/],
  [
    'list',
    /列表|清单|目录|(?:哪些|哪?几[个份期]|所有|全部|历史)的?(?:通报|红黑榜|勘误)|(?:通报|红黑榜|勘误)都?有(?:哪|几|多少)/,
  ],
  ['drop', /作废|不要了|不发(?!布)|废掉|废了|删掉|删除|取消/],
  ['show', /(?:发布|签发|发出去|发|批准|批)了?(?:没有|没|吗|么|不)|谁(?:签发|批准|批|发)|草稿|看/],
  ['publish', release],
  ['errata', /勘误/],
  [
    'draft',
    /(?:出|发|做|写|弄|拟|生成|起草|编|整|搞|来)[^,]{0,12}(?:通报|红黑榜)(?:吧|啊|嘛)?$|(?:通报|红黑榜)[^,]{0,3}(?:出|做|写|弄|拟|起草|来)(?:一份|一个|一期|份|个)/,
  ],
  // 红色物业的通报, 汝河路街道红黑榜: whose or of what is said, and nothing else.
  ['draft', /.(?:通报|红黑榜)$|^红黑榜$/],
]

/** @param text the normalised sentence, one that the phrases of 通报 have selected */
export function readBulletin(text: string): BulletinAsked {
  const kind = /红黑榜|红榜|黑榜/.test(text) ? 'red_black' : 'weekly'
  const edit = /通报|红黑榜|勘误/.test(text) ? editing.exec(text) : null
  const [, before = '', instead, how = '', sentence = ''] = edit ?? []
  const number = numberIn(edit ? before : text)
  const found = { kind, ...(number !== undefined && { number }) } as const
  // 通报第1号改成：删掉 is the answer to what it should say.
  if (sentenceWords.test(text) && isErasing(text)) return { ...found, want: 'erase' }
  if (edit && isErasing(sentence)) return { ...found, want: 'erase' }
  if (edit)
    return {
      ...{ ...found, want: 'edit', sentence: asWritten(sentence) },
      ...(!instead && /[加附]/.test(how) && { adds: true }),
    }
  const mark = marked.exec(text)?.[1]
  const said = text.replace(marked, '')
  // 通报 alone asks to see it; so does what speaks of it in words that are not known.
  const bare = number !== undefined || /^(?:(?:本|这)周)?通报$/.test(said)
  const wish = wishes.find(([name, words]) => words.test(said) && !(bare && name === 'draft'))?.[0] ?? 'show'
  // What is not quite clear is shown, with the digits to decide.
  const want = wish === 'publish' && said.replace(releaseWords, '') !== '' ? 'show' : wish
  return {
    ...{ ...found, want },
    ...(mark && { mark }),
    ...(/仍然|还是/.test(said) && { sure: true }),
    ...(/勘误/.test(said) && { errata: true }),
    ...(/[吗么]$|能|可以/.test(said) && { asks: true }),
    ...(/没发出去|没收到|失败/.test(said)
      ? { to: 'failed' as const }
      : /全部|都|所有/.test(said)
        ? { to: 'all' as const }
        : {}),
  }
}

const isErasing = (text: string) =>
  erasing.test(text) && !keeping.test(text) && text.replace(erasingWords, '') === ''

/** 第3号, 第三号, 通报3号; 11月27号 is a day. */
function numberIn(text: string): number | undefined {
  const said = /(?:第|通报|草稿|勘误)\s?([\d一二三四五六七八九十百]+)\s?[号期份]?/.exec(text)?.[1]
  if (said === undefined || /月[\d]+号/.test(text)) return undefined
  const [found] = findNumbers(said)
  const number = Number(found?.value)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

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
