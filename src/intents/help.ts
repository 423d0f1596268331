// 帮助: what somebody wants to know how to say.
import { type Heard, type Intent, type IntentName, intent } from './intent.ts'

/** The first that is spoken of; what is said of anything (报, 查) stands last. */
const topics: [RegExp, IntentName][] = [
  [/撤回|撤销|收回|撤(?:掉|了|数)?|作废/, 'report.undo'],
  [/更正|改数|改正|纠正|报错|填错|写错|改(?=.{0,3}数)/, 'report.correct'],
  [/核实|核验|退回/, 'report.verify'],
  [/没报|未报|催/, 'report.missing'],
  [/延期|宽限/, 'deadline.extend'],
  [/取消提醒|(?:删|关)(?:掉)?提醒|提醒.{0,4}(?:取消|删|关)/, 'reminder.cancel'],
  [/(?:改|调).{0,3}提醒|提醒.{0,5}(?:改|调)/, 'reminder.update'],
  [/提醒|闹钟|(?:到点|到时候)?(?:喊|叫)我/, 'reminder.create'],
  [/比一比|对比|比较|两个社区|跟谁比/, 'ranking.compare'],
  [/排名|名次|排行|第几|倒数/, 'ranking.query'],
  [/督导|检查|整改/, 'supervision.report'],
  [/台账|值班|值守|结对|路长|临时党?支部/, 'register.query'],
  [/测试|考试|答题|做题/, 'quiz.start'],
  [/导出|导表|导个?表|Excel|excel|EXCEL|表格/, 'export.file'],
  [/挂图|(?<!小)图/, 'board.show'],
  [/通报|红黑榜/, 'bulletin.create'],
  [/十佳|约谈/, 'award.query'],
  [/政策|文件|条款/, 'policy.search'],
  [/绑定|绑群|认我|简称|别名/, 'admin.bind'],
  [/勿扰|别@|免打扰|不想被|不被@|艾特/, 'mute'],
  [/电话|手机号|联系方式|责任人|负责人|谁管/, 'responsible.query'],
  [/期限|截止|到期/, 'deadline.query'],
  [/报数|记数|上报|填报|报(?!账|销)/, 'progress.report'],
  [/进度|进展|查数|查询|完成情况|完成多少/, 'progress.query'],
]

export function helpIntent({ meaning: { text } }: Heard): Intent {
  return intent('help', { topic: topics.find(([pattern]) => pattern.test(text))?.[1] })
}
