// 核实、退回：督导和街道、区里的人说一个数属实，或者退回去重报。
import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { numberMeant, reasonOf } from '../src/language/rejection.ts'
import { Question } from '../src/question.ts'
import { type Checked, checkedOf, reject, verify } from '../src/verifying.ts'
import { choice, otherNumber, returnedBefore } from '../src/verifying-doubts.ts'

const rejecting = /退回|驳回|不属实|不实|打回/

export default command<{ result: 'verified' | 'rejected' }>({
  name: '核实',
  aliases: ['核验', '退回', '驳回'],
  summary: '说一个数属实，或者退回去重报',
  examples: ['核实金苑社区红色物业', '金苑社区红色物业属实', '退回汝河小区监督员，数不对'],
  action: 'verify',
  numbers: true,
  seldom: true,
  phrases: [
    '^(核实|核验|退回|驳回|打回)',
    '(不属实|属实|不实)$',
    '{indicator}…(核实|核验)(过|了|无误|过了)',
    '{indicator}…(退回|驳回|打回)',
    '(把|将)…{indicator}…(退回|驳回|打回)',
  ],
  unless: [
    '(吗|么|？|没|没有|不)$|谁|怎么|咋|提醒|整改|督导|延期',
    // A step that went back, as the secretary tells it: that is a report, not a check.
    '(退回|打回)(了)?(到|至)|(退回|打回)了{amount}|被(退回|打回|驳回)',
  ],
  decisive: ['^(核实|核验|退回|驳回|打回)'],
  args: { result: ({ meaning: { text } }) => (rejecting.test(text) ? 'rejected' : 'verified') },
  async run({ result }, turn) {
    const { person, message, meaning } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const doing = result === 'verified' ? '核实' : '退回'
    const checked = await checkedOf(turn, doing)
    if (checked instanceof Question) return checked
    if (result === 'verified') {
      const amount = meaning.items.find((item) => item.amount)?.amount
      return otherNumber(checked, doing, amount, '') ?? verify(turn, checked)
    }
    const [reason, amount] = [reasonOf(meaning), numberMeant(meaning)]
    const doubt =
      (await returnedBefore(turn, checked, amount, reason)) ?? otherNumber(checked, doing, amount, reason)
    return doubt ?? (reason ? reject(turn, checked, reason) : whyReturned(checked))
  },
})

function whyReturned(checked: Checked): Question {
  const why = ['数不对', '没有佐证材料', '重复统计']
  const options = why.map((label) => ({ label, words: choice('退回', checked, label) }))
  return new Question('为什么退回？', options, { said: `${choice('退回', checked)}，原因:`, free: true })
}
