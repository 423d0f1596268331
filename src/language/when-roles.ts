// What the words around a moment make of it: a deadline (…前), an end (到…为止), a beginning (从…起) (`domain.md` N5).
import { cueAhead } from './when-leads.ts'
import type { Phrase } from './when-phrase.ts'
import type { Token } from './when-words.ts'

/** 前 is often dictated as 钱; 周五前往金苑 is no deadline. */
const deadlineBehind =
  /^\s?(?:之前|以前|前(?![往进来去期台景边面沿列任述方线排后])(?!提(?!醒))|钱(?=[报交提发完上])|之内|以内|内)/
const untilBehind = /^\s?(?:为止|止)/
const fromBehind = /^\s?(?:起(?!床|来|草|飞|锅|诉|身|立|火)|开始|算起)/
const dueBehind = /^\s?(?:截止的?|到期|截稿)/
const roleAhead: [RegExp, Phrase['role']][] = [
  [/(?:最晚|最迟|不晚于|不迟于|截[止至](?:时间|日期)?(?:是|为|:|到)|期限(?:是|为|:)?|赶在)\s?$/, 'deadline'],
  [/(?:一直到|直到|截[止至]到?|持续到|到|至)\s?$/, 'until'],
  [/(?:自从|从|自|打)\s?$/, 'from'],
]

/** Fills in role, whole, attributive and cued. */
export function giveRole(phrase: Phrase, text: string, tokens: Token[]): void {
  const closing = /^\)/.exec(text.slice(phrase.end))?.[0].length ?? 0
  if (closing && text.slice(phrase.start, phrase.end).includes('(')) phrase.end += closing
  const { start, end } = phrase
  const [ahead, behind] = [text.slice(0, start), text.slice(end)]
  const isLead = tokens.some((token) => token.kind === 'lead' && token.start === end)
  const whole = { start, end }
  for (const [pattern, role] of roleAhead) {
    const found = pattern.exec(ahead)?.[0]
    if (found === undefined || phrase.role !== 'plain') continue
    phrase.role = role
    whole.start -= found.length
  }
  const after = (pattern: RegExp) => (isLead ? undefined : pattern.exec(behind)?.[0])
  const [before, stop, begins] = [after(deadlineBehind), after(untilBehind), after(fromBehind)]
  if (before !== undefined || stop !== undefined || begins !== undefined) {
    phrase.role = before !== undefined ? 'deadline' : stop !== undefined ? 'until' : 'from'
    whole.end += (before ?? stop ?? begins ?? '').length
  } else if (phrase.role === 'plain') {
    const due = after(dueBehind)
    if (due !== undefined) phrase.role = 'deadline'
    if (due?.endsWith('的')) whole.end += due.length
  }
  phrase.whole = whole
  phrase.attributive = /^的(?!时候)/.test(behind)
  phrase.cued = new RegExp(`^${cueAhead}`).test(text.slice(whole.end))
}
