// The half-monthly test: begin, answer, ask for the marks (`domain.md` C10).
import { answerIn } from '../language/quiz.ts'
import { type Heard, type Intent, intent, type Slots } from './intent.ts'
import { periodSlot } from './periods.ts'
import { unitSlot } from './places.ts'

const fields: [RegExp, string][] = [
  [
    /(?:合格|及格|通过|达标)率|率|(?:合格|及格|通过|过关|达标)[^,，]{0,6}(?:占|比例|几成|百分之)|占比|占(?:多少|几成|比)/,
    'pass_rate',
  ],
  [/错题|错了|答错|做错|错(?:哪|在哪|啥|什么|几)|哪.{0,4}错|没答对|扣分/, 'wrong'],
  [/过了(?:几|多少|谁|哪)|合格|及格|通过|过关|考过|过了?没|没过|达标|过线/, 'pass'],
]

/** 开始测试, 第3题选B, 我上次考了多少分. */
export function quizIntent(heard: Heard): Intent {
  const { meaning } = heard
  const answer = answerIn(meaning.text)
  if (answer) {
    const { qno, answer: said } = answer
    return intent('quiz.answer', { qno, ...(said.length > 0 ? { answer: said } : { missing: ['value'] }) })
  }
  return asksForMarks(meaning.text) ? marks(heard) : intent('quiz.start', {})
}

const asksForMarks = (text: string): boolean =>
  /分|错|考了?(?:多少|几)|合格|及格|成绩|结果|率|过关|通过|考过|没过|过了|过没|达标|排名|名次|考得|考的|考嘞|考咋样|考怎么样|谁没|满分|对了几/.test(
    text,
  ) && !/^(?:来|给我来|开始|发|出)/.test(text)

function marks(heard: Heard): Intent {
  const { text, people, units } = heard.meaning
  const field = fields.find(([pattern]) => pattern.test(text))?.[1] ?? 'score'
  const person = people[0]?.candidates[0]?.name
  const isWhole =
    field === 'pass_rate' ||
    /谁|哪些|哪几个|多少人|几个人|平均|全区|全街|社区都|咱街道|大家|书记们/.test(text)
  const isOwn = !isWhole && units.length === 0
  const whose: Slots = person
    ? { person }
    : isOwn
      ? { person: heard.person?.name ?? '@me' }
      : unitSlot(heard, 'chat')
  return intent('quiz.query', { ...whose, ...periodSlot(heard, 'back'), field })
}
