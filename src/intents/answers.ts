// 不对，我说的是淮河路社区: an answer that says what replaces the guess.
import { type Heard, type Intent, intent } from './intent.ts'
import { pickedUnit } from './places.ts'

const wrong =
  '不对|不是|否(?=[,，。!\\s])|(?:你|这)?(?:搞|弄|说|听|记|写|理解|整)?(?:错|岔|反|拧)了?|不(?=[啊呀吧的了,，。!\\s]|我|俺|是|$)'
const mine =
  '(?:这个|它)?[,，。!\\s]*(?:(?:我|俺|咱)(?:刚才|刚|本来)?(?:说|问|报|要|指|讲|意思)?的?(?:是|说)?的?)?(?:应该是|应为|应该|是|才对)?'
const denies = new RegExp(
  `^(?:[嗯哦哎呀啊诶]+[,，\\s]*)?(?:(?:${wrong})(?:啊|呀|吧|的|了|嘞|啦|哩|咯)*[,，。!\\s]*)+${mine}`,
)

/** Ahead of what is not meant. */
const denied = /(?:不是|并非|而非|没说|不要)(?:说|问|报|指)?的?(?:是)?\s*$/

/** @returns undefined where nothing is denied */
export function denialIntent(heard: Heard): Intent | undefined {
  const { text, units, items } = heard.meaning
  if (!denies.test(text)) return undefined
  // 不是金苑,是锦苑: the other one.
  const unit = units.findLast(({ start }) => !denied.test(text.slice(0, start)))
  const [item] = items
  const place = unit ? pickedUnit(heard, unit).slots : {}
  const value = item?.amount?.kind === 'number' && !item.indicator ? { value: Number(item.amount.value) } : {}
  return intent('deny', { ...place, ...value })
}
