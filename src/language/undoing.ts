// What is said around 撤回 that may mean something else: 他撤回了, 别撤回, 撤回两条, 撤了，红色物业3个. Pure.
import { withoutExcuses } from './excuses.ts'
import { withoutHarmless } from './harmless.ts'
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
  /手[滑误快抖]|眼花|糊涂|[发报写填弄搞算点按看打说记数][错重漏多少混]|重复|有?问题|误|吧|上(?:一?[条个次回]|面)?|[那这]?[条个]|消息|刚?发|再说|哎呀?|重[新报]|回来|过来|不算|不作数|不要了?|算了|那[个条次]数?|数|原因|[回选按]\s?\d?|撤(?:回来?|掉|了|销|走)?|[重错来]|收回来?|[错发]群|群|窗口|地方|对话框|给我|退|清掉|抹[掉去了]|划掉|拿掉|那一?[条个次]|[前先]/g
const undo = /撤[回销了掉]|收回|作废|不算|不作数|去掉|拿掉|删|撤|抹|划掉|清掉/

/** @returns the words around 撤回 that nobody understood and that may change what is taken back; empty when there are none */
export function unheardUndo({ rest, text, people, items }: Meaning): string {
  const left = withoutHarmless(withoutExcuses(rest).replaceAll(reasons, ' '))
  const other = /[他她]|人家/.exec(rest)?.[0] ?? (people.length > 0 ? '谁的' : '')
  const at = text.search(undo)
  const next = items.find(({ amount }) => amount && amount.start > at && amount.kind === 'number')?.amount
  return left || other || (next && at >= 0 && /[,，。;；]/.test(text.slice(at, next.start)) ? '后面的数' : '')
}

/** Whether it has to be asked which report is meant, before anything is taken back. */
export const mustAskUndo = (meaning: Meaning): boolean =>
  meaning.number === undefined &&
  (isSeveral(meaning.text) ||
    meaning.indicators.length > 1 ||
    meaning.units.length > 1 ||
    unheardUndo(meaning) !== '')
