// What is said around 撤回 that may mean something else: 他撤回了, 别撤回, 撤回两条, 撤了，红色物业3个. Pure.

import { whens, withoutExcuses } from './excuses.ts'
import { harmlessCharacters, harmlessWords, withoutIdle } from './harmless.ts'
import { someoneIn } from './hedges.ts'
import { leftovers } from './phrases.ts'
import { plainly, quotedIn } from './spoken.ts'
import type { Meaning } from './understand.ts'

const many = '(?:[2-9]|\\d\\d+|[二两俩三四五六七八九十几])'
/** 前两条, 全部, 刚才两个: more than one. */
const several = new RegExp(
  `上上|倒数|全部|全都|统统|所有|都(?:撤|收|不要)|(?:前|上|最近|刚才|刚刚|后)(?:面|边)?(?:的|报的|那)?(?:${many}(?:条|个|次|项|笔)|俩)|${many}(?:条|次|笔|个都)`,
)
/** 第一条: from the front or from the back? */
const counted = /第[\d一二三四五六七八九十]+(?:条|个|次|项|笔)/

/** Whether more than one message is meant, or one that is counted. */
export const isSeveral = (text: string): boolean => several.test(text) || counted.test(text)

const reasons =
  /作废掉?|请求|要求|误[报填发]的?|撤一?下|关于|情况|[现想要得能]|那啥|去[掉了]|抹[掉去了]|拿[掉走]|[报填数]重|老天爷?|快|赶[快紧]|我的(?:妈|天)|撤销|撤回来?|收回来?|上一?[条个次回]|这?一条|头一?条|有?问题|数据|数字|取消掉?|删(?:除|掉|了)|撤下(?:来|去)?|别(?:算|作数)|不(?:算|作)数?|手[滑误快抖]|眼花|糊涂|[发报写填弄搞算点按看打说记数][错重漏多少混]|重复|有?问题|误|吧|上(?:一?[条个次回]|面)?|[那这]?[条个]|消息|刚?发|再说|哎呀?|重[新报]|回来|过来|不算|不作数|不要了?|算了|那[个条次]数?|数|原因|[回选按]\s?\d?|撤(?:回来?|掉|了|销|走)?|[重错来]|收回来?|[错发]群|群|窗口|地方|对话框|给我|退|清掉|抹[掉去了]|划掉|拿掉|那一?[条个次]|[前先]|那[条个]?|[这那]|混|本人|我们?|申请|上报|填报|登记|删|[条个次]|还|给|了|的/g
const undo = /撤[回销了掉]|收回|作废|不算|不作数|去掉|拿掉|删|撤|抹|划掉|清掉|取消|当没|别算/

/** 我再核一核: what the person does next. */
const ahead = /(?:再|重新|另外|等会儿?)(?:核|查|看|报|问|算|对|数|统计|确认|填|弄)[\p{Script=Han}]{0,4}/gu

/** 报成人家的了: whose it was by mistake is no other report. */
const withoutOthers = (text: string): string =>
  text.replaceAll(/[发报填写录弄搞]成了?[^,，。]{1,4}的/g, (words) => ' '.repeat(words.length))
/** In a clause of its own these may change what is taken back; why it is taken back does not. */
const telling = /[不别等先再谁哪]|甭|勿|算了|玩笑|[他她]|人家|[吗么?？]|其[他它余]|另|只|除|留/

/** @returns the words around 撤回 that nobody understood and that may change what is taken back; empty when there are none */
export function unheardUndo({ text, units, indicators, people, items, reason }: Meaning): string {
  const names = [...units, ...indicators, ...people, ...(reason ? [reason] : [])]
  const quoted = quotedIn(text)
  const plain = ' '.repeat(quoted) + withoutExcuses(withoutOthers(plainly(text))).slice(quoted)
  // 上一条 and 手一哆嗦 are no amounts.
  const amounts = items.flatMap(({ amount }) =>
    amount &&
    plain.slice(amount.start, amount.end).trim() !== '' &&
    !/[上前头那这回选按]$/.test(text.slice(0, amount.start))
      ? amount
      : [],
  )
  const spans = [...names, ...amounts]
  const at = text.search(undo)
  const told = clausesOf(plain).filter(
    (clause) =>
      undo.test(clause.text) ||
      telling.test(clause.text.replaceAll(ahead, ' ').replaceAll(reasons, ' ')) ||
      spans.some(({ start, end }) => start < clause.end && end > clause.start),
  )
  const idle = { words: harmlessWords, characters: harmlessCharacters }
  const days = [...text.matchAll(whens)].map(({ index, 0: words }) => ({
    start: index,
    end: index + words.length,
  }))
  const left = told.flatMap((clause) => {
    const here = [...spans, ...days].map(({ start, end }) => ({
      start: Math.max(start - clause.start, 0),
      end: Math.max(end - clause.start, 0),
    }))
    const explained = [...clause.text.matchAll(reasons)].map(([word]) => word)
    return leftovers(clause.text, here, explained, idle).map((one) => withoutIdle(one.text))
  })
  const other =
    told.some((clause) => /[他她]|人家/.test(clause.text)) || people.length > 0 || someoneIn(plain).length > 0
      ? '谁的'
      : ''
  const next = amounts.find(({ start, kind }) => start > at && kind === 'number')
  return (
    left.join('') ||
    other ||
    (next && at >= 0 && /[,，。;；]/.test(text.slice(at, next.start)) ? '后面的数' : '')
  )
}

/** As long as the text: what stands in a clause stays where it is. */
const clausesOf = (text: string) =>
  [...text.matchAll(/[^,，。;；!！?？\n]+/g)].map(({ index, 0: words }) => ({
    text: words,
    start: index,
    end: index + words.length,
  }))

/** Whether it has to be asked which report is meant, before anything is taken back. */
export const mustAskUndo = (meaning: Meaning): boolean =>
  meaning.number === undefined &&
  (isSeveral(meaning.text) ||
    meaning.indicators.length > 1 ||
    meaning.units.length > 1 ||
    unheardUndo(meaning) !== '')
