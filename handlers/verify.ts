// 核实、退回：督导和街道、区里的人说一个数属实，或者退回去重报。

import { strangerInGroup, strangerInPrivate } from '../src/args.ts'
import { show } from '../src/campaign/entry.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { verifyIntent } from '../src/intents/corrections.ts'
import { numberMeant, reasonOf } from '../src/language/rejection.ts'
import { reasonOrElse } from '../src/language/second-thought.ts'
import { line } from '../src/message.ts'
import { Question } from '../src/question.ts'
import { type Checked, checkedOf, reject, verify } from '../src/verifying.ts'
import { choice, otherNumber, returnedBefore } from '../src/verifying-doubts.ts'

/** 撤回核实, 撤销刚才的退回: a checker's word is no number that could be withdrawn. */
const takingBack =
  /^(?:把)?(?:撤回|撤销|收回|取消).{0,20}?(?:核实|核验|退回)|(?:核实|核验|退回)(?:.{0,6}(?:撤回|撤销|收回|取消)|撤)(?:了|吧|掉)?$/
const rejecting = /退回|驳回|不属实|不实|打回|不予?认可|不通过|没有?通过|对不上|有水分|虚报|不对/

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
    '^(撤回|撤销|收回|取消)…(核实|核验|退回)',
    '(核实|核验|退回)…(撤回|撤销|收回|取消|撤)(了|吧|掉)?$',
    '(不属实|属实|不实)(,|。|$)',
    '{indicator}…(核实|核验|核查|核对|查实|核过|查过|看过|看了|到现场|现场看)…(通过|无误|没问题|没毛病|属实|认可|对得上|一致|准确|是真的|不对|对不上|不认可|不通过|有水分)',
    '{indicator}…(认可|核实通过|核查无误|核实无误|通过核实|通过核查|不予认可|有水分|虚报|对不上)',
    '{indicator}…(核实|核验)(过|了|无误|过了)',
    '{indicator}…(退回|驳回|打回)',
    '{indicator}…(去看了|看过了|看了|到现场|去了|核了|查了)…(认|算数|通过|没问题|没毛病|真有|真的|建了|有的)(了|吧)?($|,|。|!)',
    '{indicator}…(核|查|看|走访|清点|数)…(准|准确|真实|一致|没错|过关|不准|不符|不真实|是假的|造假)($|,|。)',
    '(经)(核实|核查|查|现场核查|实地查看|现场查看|实地核查)…{indicator}…(准确|属实|真实|无误|一致|不实|不符|不准|虚假)',
    '(把|将)…{indicator}…(退回|驳回|打回)',
  ],
  unless: [
    '(吗|么|？|没|没有|不)$|谁|怎么|咋|为啥|为什么|凭啥|提醒|整改|督导|延期',
    '(没|没有|未|未必|不一定|不是|是否|如果|要是|禁止|不许|听说|可能|好像|估计|等)(不)?(核实|属实|退回|虚报|驳回)',
    '(退回|打回|驳回)(了)?{amount}',
    '(不|别|甭|不要|不用)(核实|退回|驳回|打回|虚报)',
    // A step that went back, as the secretary tells it: that is a report, not a check.
    '(退回|打回)(了)?(到|至)|(退回|打回)了{amount}|被(退回|打回|驳回)',
  ],
  decisive: [
    '{indicator}…(看过|核过|查过|看了|核了|查了)(了)?(,|。)?(算数|属实|认可|无误|不属实)(了)?$',
    '^(核实|核验|退回|驳回|打回)',
    '^(撤回|撤销|收回|取消)(刚才|刚刚|我|对|的|这个|那个|上一个|{unit}|{indicator})?(对|的)?({unit})?({indicator})?(的)?(核实|核验|退回)',
  ],
  intent: (heard) => verifyIntent(heard, rejecting.test(heard.meaning.text) ? 'rejected' : 'verified'),
  args: { result: ({ meaning: { text } }) => (rejecting.test(text) ? 'rejected' : 'verified') },
  async run({ result }, turn) {
    const { person, message, meaning } = turn
    if (!person) throw new UserError(message.chat.kind === 'group' ? strangerInGroup : strangerInPrivate)
    if (takingBack.test(meaning.text)) throw new UserError(noWayBack)
    const doing = result === 'verified' ? '核实' : '退回'
    const checked = await checkedOf(turn, doing)
    if (checked instanceof Question) return checked
    if (result === 'verified') {
      const amount = meaning.items.find((item) => item.amount)?.amount
      return otherNumber(checked, doing, amount, '') ?? verify(turn, checked)
    }
    const [said, amount] = [reasonOf(meaning), numberMeant(meaning)]
    const thought = turn.chosen || !said ? { reason: said } : reasonOrElse(said)
    if (thought === 'drop')
      return line(`好，没有退回。${nameOf(checked)} 还是${show(checked.indicator, checked.cell)}。`)
    if (thought === 'ask') return whyReturned(checked, '还没有退回。')
    const { reason } = thought
    const doubt =
      (await returnedBefore(turn, checked, amount, reason)) ?? otherNumber(checked, doing, amount, reason)
    return doubt ?? (reason ? reject(turn, checked, reason) : whyReturned(checked))
  },
})

const noWayBack =
  '核实、退回说出去就收不回了。退回错了，请报数的人把数重新报一次，您再核实；核实错了，请说“退回”和为什么，例如“退回金苑社区红色物业，数不对”；数不对的，由报数的人或街道说“更正：”。'

const nameOf = ({ unit, indicator }: Checked) => `${unit.short}·${indicator.name}`

/** @param head what is said before it */
function whyReturned(checked: Checked, head = ''): Question {
  const why = ['数不对', '没有佐证材料', '重复统计']
  const options = why.map((label) => ({ label, words: choice('退回', checked, label) }))
  return new Question(`${head}为什么退回？`, options, {
    said: `${choice('退回', checked)}，原因:`,
    free: true,
  })
}
