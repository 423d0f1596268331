// 不对，我说的是淮河路社区: an answer that says what replaces the guess.
import { type Heard, type Intent, intent } from './intent.ts'
import { pickedUnit } from './places.ts'

const denies =
  /^(?:不对|不是|错了|搞错了|弄错了|说错了|不(?=[啊呀吧的了,，。!\s]|我|俺|是|$))(?:啊|呀|吧|的|了)?[,，。!\s]*(?:这个|它)?[,，。!\s]*(?:我|俺)?(?:说|问|报|要|指)?的?(?:是|应该是|应该|才对)?/

/** @returns undefined where nothing is denied */
export function denialIntent(heard: Heard): Intent | undefined {
  const { text, units, items } = heard.meaning
  if (!denies.test(text)) return undefined
  const [unit] = units
  const [item] = items
  const place = unit ? pickedUnit(heard, unit).slots : {}
  const value = item?.amount?.kind === 'number' && !item.indicator ? { value: Number(item.amount.value) } : {}
  return intent('deny', { ...place, ...value })
}
