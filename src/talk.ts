// What is said to the bot and asks nothing of it: an insult and an attempt to talk it round are answered calmly, once; a
// notice that somebody passes on is left alone (`domain.md` N26).
import { quotedIn } from './language/spoken.ts'
import { acknowledges, talkElse, talkFirst } from './language/talk.ts'
import type { Meaning } from './language/understand.ts'

/** @returns the words of the answer; '' = silence; undefined when it is no such talk */
export function answerToTalk(meaning: Meaning, isCommand: boolean): string | undefined {
  const { text, units, indicators, items } = meaning
  const said = text.slice(quotedIn(text)).trim()
  if (acknowledges(meaning)) return ''
  const isOurs = units.length + indicators.length + items.length > 0
  const first = talkFirst(said, isOurs)
  const talk = first ?? (isCommand ? undefined : talkElse(said))
  if (talk?.intent === 'abuse') return answers[talk.kind ?? ''] ?? ''
  if (first?.kind === 'media') return '我只看得懂文字，图片和语音请转成文字再发。'
  // Numbers in a notice are nobody's report, and to ask about them would be noise.
  const reports = isCommand && items.some(({ indicator, amount }) => indicator && amount)
  return first?.kind === 'chat' && !reports ? '' : undefined
}

const answers: Record<string, string> = {
  insult: '没帮上忙，抱歉。哪句没听懂，请换个说法再说一遍；全部用法请说“帮助”。',
  manipulation:
    '规矩和权限我改不了，也不会绕开；数只记真实报上来的，谁报的都查得到。要报数请直接说，例如“红色物业完成3个”。',
}
