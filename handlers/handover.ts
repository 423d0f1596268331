// 交接：一个人的职务和手上的事，一句话交给接手的人；先看清单，回1才办。

import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { agree, draftIn, follow, prepare } from '../src/handing-over.ts'
import { insteadOf } from '../src/handing-over-away.ts'
import { cancelPlanned, explain } from '../src/handing-over-planned.ts'
import { successorIntent } from '../src/intents/binding.ts'
import { doubtful } from '../src/language/doubtful.ts'

const changes = '(换成|换为|换作|改成|改为|改由|更换为|变更为|调整为)'
const office = '(书记|组织委员|委员|填报员|督导员|专班)'
const gone =
  '(调走|调离|调动|调任|调岗|调到|转岗|退休|退了|离任|离职|辞职|不干了|病退|卸任|免职|提拔|提任|升职|高升|升任|不当了|不当书记|不再当|不再担任)'
const takes = '(负责|接手|接任|接替|接管|接班|接|顶|当|担任|代替|代班|代管|代理|代)'
/** Understood, to say what to do instead: a handover is for good. */
const away = '(请假|休假|病假|产假|婚假|丧假|年假|事假|住院|生病|出差|培训|外出|临时|暂时)'

/** Of somebody's reminders alone nothing can be handed on. */
const remindersOnly = '^(把)?{person}(书记)?(的)?(提醒)(都|全部|全)?(转交给|转给|移交给|交给|转到|给){person}'

export default command<Record<string, never>>({
  name: '交接',
  aliases: ['人员交接', '办理交接', '工作交接'],
  summary: '人走了，把职务、责任人、提醒一起交给接手的人',
  examples: [
    '张建国换成李强',
    '金苑社区书记换成李强，从12月1日起',
    '张建国调走了，由李强接',
    '取消交接 编号3',
  ],
  seldom: true,
  action: 'handover',
  phrases: [
    '^(取消)(交接)',
    `{person}(同志|书记)?${changes}`,
    `^(把)?({unit})?${office}({person})?${changes}`,
    `{unit}(的)?${office}({person})?${changes}`,
    `{unit}${changes}~(当|做|任|担任)(书记)`,
    '{person}(换){person}',
    '{person}…(移交给|转交给|交接给|交给|转给|移交)',
    '{person}(和|与|跟|向)…(交接)',
    `{person}({day})?(就|要)?${gone}`,
    `{person}…${away}…(换|换成|由|让|请|改由)…${takes}?`,
    `^${away}({person})?${changes}`,
    `^${away}(由|让|请)…(代替|接替|顶替|代|替|顶){person}`,
    `{person}…(由|让|请)…${takes}`,
    `{unit}(书记)?(以后|今后|往后|改|从)…(由|让)…${takes}`,
    `{unit}(书记)?(由|让)…${takes}`,
    `{unit}(党组织|党支部|党委|党总支|支部)?(的)?(书记|主任|支书)(一职)?(由|让|改由|现由)…${takes}`,
    `^(任命|聘任|决定由|由|让)…(担任|当|任|接任){unit}(党组织|党支部|党委|党总支|支部)?(的)?(书记|支书)`,
    `{unit}…(新书记|新任书记|新的书记|新来的书记)`,
    '{unit}…(换届)…(书记)',
    '{unit}…(新)…(书记|支书)…(是|叫)',
    '{unit}(党组织|党支部|党委|党总支|支部)?(的)?(书记|支书)…(不是|不再是){person}…(是|由|换)',
    '{unit}(党组织|党支部|党委|党总支|支部)?(的)?(书记|支书)(一职)?(换成|换为|调整为|变更为|更换为|改为|改成)',
    '{unit}(社区|村)?(以后|今后|往后)…(管|负责|当家|主持|牵头)(了|吧)?$',
    '{unit}(换人)(了)?…(找|是|由|叫)',
    '{person}…(走|调|退|提拔|提任|升)…(交给|转给|移交)',
    `{unit}(的)?(书记|主任)(已|已经|现|现在|改)(由|让)…${takes}`,
    '{unit}(的)?(书记)(换)',
    `(接替|顶替|接任|接){person}`,
    `{person}的(班|活|工作|位置)…(接)`,
    '{unit}…(换书记|换了书记|书记换人|书记换了人|书记要换人)',
    '{unit}…(是|由)…(当|任|担任)(着)?(书记|主任)(了)',
    // Understood, to say what to do instead.
    '{person}(书记)?(和|与|跟|同){person}(书记)?…(对调|互换|调换|换岗)',
    remindersOnly,
    '^(交接)(办|弄|搞)?(错了|错)',
    '(换回)(来|去|成)?{person}',
  ],
  decisive: [remindersOnly],
  // A question, a number, or one indicator's responsible person is no handover.
  unless: [doubtful, '不(接替|接任|接)', '谁|吗|么|？|怎么|为什么|为啥|是否|有没有|代报|别提醒|{indicator}'],
  intent: successorIntent,
  args: {},
  async run(_args, turn) {
    const draft = draftIn(turn)
    if (draft) return draft.seen === undefined ? follow(turn, draft) : agree(turn, draft)
    const { text, number } = turn.meaning
    if (/^取消/.test(text)) return cancelPlanned(turn, number)
    if (/^(?:人员|办理|工作)?交接(?:怎么.*|#.*|\s*)?$/.test(text)) return explain(turn)
    const instead = await insteadOf(turn)
    if (instead) throw new UserError(instead)
    return prepare(turn)
  },
})
