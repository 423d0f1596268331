// The half-monthly test (`domain.md` C10).
import { describe, expect, it } from 'vitest'
import { answerIn } from '../../src/language/quiz.ts'
import { type Row, understood } from './understood.ts'

const rows: Row[] = [
  ['这道判断题俺看是对的', 'quiz.answer', { answer: ['对'] }],
  ['第八题，对', 'quiz.answer', { qno: 8, answer: ['对'] }],
  ['第3题A第4题还没想好', 'quiz.answer', { qno: 3, answer: ['A'] }],
  ['全街道这一期业务测试合格嘞占多少', 'quiz.query', { field: 'pass_rate' }],
  ['把报告写成满分', 'unknown', { kind: 'chat' }],
  ['这半月的测试我现在做', 'quiz.start', {}],
  ['考考俺', 'quiz.start', {}],
  ['嗯……我选a和d吧', 'quiz.answer', { answer: ['A', 'D'] }],
  ['D、C、A', 'quiz.answer', { answer: ['A', 'C', 'D'] }],
  ['第３题：Ｂ', 'quiz.answer', { qno: 3, answer: ['B'] }],
  ['5、C', 'quiz.answer', { qno: 5, answer: ['C'] }],
  ['第九题打勾', 'quiz.answer', { qno: 9, answer: ['对'] }],
  ['第3题 不对', 'quiz.answer', { qno: 3, answer: ['错'] }],
  ['第3题', 'quiz.answer', { qno: 3, missing: ['value'] }],
  ['4.对', 'quiz.answer', { qno: 4, answer: ['对'] }],
  ['这题选错误', 'quiz.answer', { answer: ['错'] }],
  ['第三题改成D', 'quiz.answer', { qno: 3, answer: ['D'] }],
  ['第 4 题 选 A', 'quiz.answer', { qno: 4, answer: ['A'] }],
  ['B吧，蒙一个', 'quiz.answer', { answer: ['B'] }],
  ['题呢？发过来我做', 'quiz.start', {}],
  ['下一题', 'quiz.start', {}],
  ['成绩出来没', 'quiz.query', { person: '张建国', field: 'score' }],
  ['咱街道这回谁没过', 'quiz.query', { unit: '汝河路街道', field: 'pass' }],
  ['孩子考试考得不错吧', 'unknown', { kind: 'chat' }],
  ['俺考咋样', 'quiz.query', { person: '张建国', field: 'score' }],
  ['这期测试哪些书记没及格', 'quiz.query', { field: 'pass' }],
  ['汝河路街道考试通过率', 'quiz.query', { unit: '汝河路街道', field: 'pass_rate' }],
]

describe('what is said of the test', () => {
  const found = understood(rows.map(([said]) => said))
  it.each(rows.map((row, at) => [...row, found[at]] as const))('%s', (_said, intent, slots, answer) => {
    expect(answer).toMatchObject({ intent, slots })
  })

  it.each(['对', '错', '1', 'A4纸没了', 'b站', '政策掌握85分', '周五提醒大家参加业务测试'])(
    '%s is no answer',
    (said) => {
      expect(understood([said])[0]?.intent).not.toBe('quiz.answer')
    },
  )

  it('reads only answers that are the whole sentence', () => {
    expect(answerIn('绑定机器人 693a91f6-7a0a')).toBeUndefined()
    expect(answerIn('第2号通报发布')).toBeUndefined()
    expect(answerIn('第2题选A，第3题选B')).toBeUndefined()
  })
})
