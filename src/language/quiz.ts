// Answers to test questions: ACD, 第3题选B, 第七题 错, 我选a和d吧 (`domain.md` C10). Pure.
import { numberOf, numeral } from './when-numbers.ts'

export interface SaidAnswer {
  /** Undefined = the question that is open. */
  qno?: number
  /** Letters in the order of the alphabet, or 对 or 错; empty when none is said. */
  answer: string[]
}

const letters = '[A-Ha-h](?:[\\s,、.和与跟及加还有/+&以]*[A-Ha-h])*'
const question = `(?:第?\\s*(${numeral})\\s*(?:道|个|小)?[题提体](?:目)?|第(${numeral})(?:道|个|小)|(?:题号?|[Qq])\\s*(${numeral}))`
const talk =
  '(?:嗯+|呃+|啊+|那个?|我|俺|这个|这题|这一题|本题|这道题?|(?:判断|单选|多选)题?|改[成为选]?|换成|好像|大概|蒙|猜|应该|可能|觉得|认为|感觉|估计|肯定|就|还是|都|的|是|为|选择?|选项|填|答案?|答|勾|[,:.。、…\\s()=])*'
const ending =
  '(?:吧|呀|啊|呗|嘞|了|的|项|选项|这?[两二三四]?个(?:选项)?|都选|全选|都对|正确|嗯|[,，.。!…\\s~])*(?:(?<=[吧,，\\s])(?:我?蒙|我?猜|瞎|我?也?不太?|应该|不知道?)\\p{Script=Han}{0,10})?'
const right = /^(?:对的?|正确的?|是对的|√|打[勾钩对]|✓|✔|没错|yes)$/i
const wrong = /^(?:错的?|错误的?|不对|不正确|是错的|×|x|打叉|✗|✘|no)$/i
const truth = '(?:是?对的?|是?正确的?|√|打[勾钩对]|✓|✔|没错|是?错的?|是?错误的?|不对|不正确|×|[xX]|打叉|✗|✘)'

const numbered = new RegExp(`^${talk}${question}${talk}(?:判断)?${talk}(${letters}|${truth})?${ending}$`, 'u')
/** 第6题打错了，选C */
const chosen = new RegExp(`^${talk}${question}[^A-Ha-h]{0,10}[选填改]\\s*(${letters})${ending}$`, 'u')
const bare = new RegExp(`^${talk}(${letters})${ending}$`, 'u')
const short = new RegExp(`^(\\d{1,3})\\s*[.、:,-]?\\s*(${letters}|${truth})$`)
const judged = new RegExp(
  `^(?:这道?题|这一题|本题|我|觉得|应该|判断题?|[,\\s])*(?:判断|选|答案是?|填)[:,\\s]*(${truth})${ending}$`,
  'u',
)
/** 这道判断题我看是对的; 这道题错了 tells of the question. */
const ofThis = new RegExp(
  `^(?:嗯+|那|[,\\s])*(?:这|本|该)?(?:一)?(?:道)?(?:判断)?题(?:目)?(?:我|俺|咱|看|觉得|觉着|认为|感觉|寻思|估摸着?|应该|应当|肯定|选|答|说|的|就|[,:\\s])*(${truth})(?:吧|呀|啊|呗|嘞|的|[,.。!\\s])*$`,
  'u',
)
/** 第3题A第4题还没想好: the second is no answer. */
const later = new RegExp(
  `[,;。\\s]*第?${numeral}(?:道|个)?题(?:我|俺|先|还|再|也|就)*(?:没|不会|不知|待会|等|想想|空着|跳过).*$`,
  'u',
)
const open = new RegExp(`^${talk}${question}${talk}(?:不会|不知道|没答|空着|跳过)?${ending}$`, 'u')

/** @returns undefined when it is no answer; the number alone comes with an empty one */
export function answerIn(said: string): SaidAnswer | undefined {
  const whole = said.replace(/[?？!！。.\s]+$/u, '').trim()
  const first = whole.replace(later, '')
  const text = first === '' ? whole : first
  const found = numbered.exec(text) ?? chosen.exec(text)
  if (found) {
    const qno = numberOf(found[1] ?? found[2] ?? found[3] ?? '')
    if (Number.isNaN(qno)) return undefined
    return { qno, answer: found[4] ? answerOf(found[4]) : [] }
  }
  const missing = open.exec(text)
  if (missing) return { qno: numberOf(missing[1] ?? missing[2] ?? missing[3] ?? ''), answer: [] }
  const terse = short.exec(text)
  if (terse) return { qno: Number(terse[1]), answer: answerOf(terse[2] ?? '') }
  const judgement = judged.exec(text) ?? ofThis.exec(text)
  if (judgement?.[1]) return { answer: answerOf(judgement[1]) }
  const alone = bare.exec(text)
  return alone?.[1] ? { answer: answerOf(alone[1]) } : undefined
}

function answerOf(text: string): string[] {
  const plain = text.replace(/^是(?=[对错正不])/, '')
  if (wrong.test(plain)) return ['错']
  if (right.test(plain)) return ['对']
  const found = [...text.toUpperCase()].filter((one) => /[A-H]/.test(one))
  return [...new Set(found)].sort()
}
