// Numbers that are no total: what is gone (走了一个，现在剩5家), and what there was before (上个月还是6家). Pure.
import type { Said } from './pairing.ts'

const gone =
  '(?:搬|退|走|少|减|撤|离|跑|注销|关停|倒闭|流失|辞|调)(?:走|出|掉|少|离|职|开|店|会|岗|回)*(?:去[^,，。;]{0,4})?'
const ahead = new RegExp(`${gone}了?(?:有)?$`, 'u')
const behind = new RegExp(
  `^(?:单位|企业|公司|同志|人)?(?:就|已经|都|也|又|刚)*${gone}(?:[^,，。;\\d]{0,6})?了?(?=[,，。;!\\s]|$)`,
  'u',
)
const now = /(?:现在|眼下|目前|如今|这会儿|还|只|就|剩|留)(?:只|就|还|剩|下|有|余|得|,)*$/

/** @returns the numbers without those that are gone: what is left is told by another, or has to be asked */
export function withoutGone(text: string, amounts: Said[]): Said[] {
  const lost = amounts.filter(
    ({ kind, start, end }) =>
      kind === 'number' && (ahead.test(text.slice(0, start)) || behind.test(text.slice(end))),
  )
  const left = amounts.filter((one) => !lost.includes(one))
  return left.every(({ start }) => now.test(text.slice(0, start))) ? left : amounts
}

const then =
  /(?:上个?(?:月|周|星期|礼拜)底?|上次|上回|之前|以前|原先|年初|去年|前几天)(?:还|才|只|就|都)+(?:是|有|报了?|只有|才)?$/
/** 上个月还是6家，眼下9家: what there was before is told beside what there is. */
export function withoutPast(text: string, amounts: Said[]): Said[] {
  const was = amounts.find(({ kind, start }) => kind === 'number' && then.test(text.slice(0, start)))
  const next = was && amounts.find(({ start }) => start > was.end)
  const isNow =
    next && /(?:现在|眼下|目前|如今|这个月|本月|这周|今天|已经)/.test(text.slice(was.end, next.start))
  return isNow ? amounts.filter((one) => one !== was) : amounts
}
