// 核实、退回：督导和街道、区里的人说一个数属实，或者退回去重报。
import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import type { Meaning } from '../src/language/understand.ts'
import { Question } from '../src/question.ts'
import { checkedOf, otherNumber, reject, verify } from '../src/verifying.ts'

const rejecting = /退回|驳回|不属实|不实|打回/
const verbs =
  /(?:核实|核验|核查|核对)(?:过|了)?(?:一下)?|退回(?:去)?|驳回|打回(?:去)?|不属实|属实|不实|的?数(?:据|字)?/g

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
  unless: ['(吗|么|？|没|没有|不)$|谁|怎么|咋|提醒|整改|督导|延期'],
  decisive: ['^(核实|核验|退回|驳回|打回)'],
  args: { result: ({ meaning: { text } }) => (rejecting.test(text) ? 'rejected' : 'verified') },
  async run({ result }, turn) {
    const { person, message, meaning } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    const checked = await checkedOf(turn, result === 'verified' ? '核实' : '退回')
    if (checked instanceof Question) return checked
    if (result === 'verified') return otherNumber(turn, checked) ?? verify(turn, checked)
    const reason = reasonOf(meaning)
    if (reason) return reject(turn, checked, reason)
    const why = ['数不对', '没有佐证材料', '重复统计']
    const options = why.map((label) => ({ label, words: `${meaning.text}，原因:${label}` }))
    return new Question('为什么退回？', options, { said: `${meaning.text}，原因:` })
  },
})

/** 退回汝河小区监督员，数不对: what is said besides what and whose it is. */
function reasonOf({ text, reason, units, indicators }: Meaning): string {
  if (reason) return reason.reason.slice(0, 100)
  const names = [...units, ...indicators].sort((a, b) => b.start - a.start)
  const [first = '', ...more] = names
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
    .split(/[,;。:\n]/)
  const said = more.join('，').trim()
  if (said !== '') return said.slice(0, 100)
  return first.replace(verbs, '').replace(/^[把将的\s]+|[的\s]+$/g, '')
}
