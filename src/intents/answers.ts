// 不对，我说的是淮河路社区: an answer that says what replaces the guess.
import { isAgreement } from '../language/talk.ts'
import { type Heard, type Intent, intent } from './intent.ts'
import { pickedUnit } from './places.ts'

const wrong =
  'no+|不对|不是|否(?=[,，。!\\s])|(?:你|这)?(?:搞|弄|说|听|记|写|理解|整)?(?:错|岔|反|拧)了?|不(?=[啊呀吧的了,，。!\\s]|我|俺|是|$)'
const mine =
  '(?:这个|它)?[,，。!\\s]*(?:(?:我|俺|咱)(?:刚才|刚|本来)?(?:说|问|报|要|指|讲|意思)?的?(?:是|说)?的?)?(?:应该是|应为|应该|是|才对)?'
const denies = new RegExp(
  `^(?:[嗯哦哎呀啊诶]+[,，\\s]*)?(?:(?:${wrong})(?:啊|呀|吧|的|了|嘞|啦|哩|咯)*[,，。!\\s]*)+${mine}`,
  'i',
)

const orders = /撤|作废|收回|删|更正|改[成为到]|退回|重报/
/** Ahead of what is not meant. */
const denied = /(?:不是|并非|而非|没说|不要)(?:说|问|报|指)?的?(?:是)?\s*$/

/** 对,就是汝河小区: a yes that names what was asked about. */
export function assentIntent(heard: Heard): Intent | undefined {
  const { text, units, indicators, items } = heard.meaning
  const [name, ...others] = [...units, ...indicators]
  if (!name || others.length > 0 || items.some(({ amount }) => amount)) return undefined
  const bare = `${text.slice(0, name.start)}这个${text.slice(name.end)}`
  if (!/^(?:对|是|嗯|没错|中|行|就是)/.test(text) || !isAgreement(bare)) return undefined
  const [unit] = units
  return intent('confirm', unit ? pickedUnit(heard, unit).slots : {})
}

/** @returns undefined where nothing is denied */
export function denialIntent(heard: Heard): Intent | undefined {
  const { text, units, items } = heard.meaning
  const behind = text.replace(denies, '')
  // 搞错了,刚才那条撤了: something is to be done, and nothing was asked.
  if (behind === text || orders.test(behind)) return undefined
  // 不是金苑,是锦苑: the other one.
  const unit = units.findLast(({ start }) => !denied.test(text.slice(0, start)))
  const [first] = items
  const amount = first?.amount
  // 不是3个,是2个: the other number.
  const [item] =
    amount && denied.test(text.slice(0, amount.start)) ? heard.read(text.slice(amount.end)).items : items
  const place = unit ? pickedUnit(heard, unit).slots : {}
  const value = item?.amount?.kind === 'number' && !item.indicator ? { value: Number(item.amount.value) } : {}
  return intent('deny', { ...place, ...value })
}
