// 评优：十佳和约谈名单。年底才有，这一版还没有，听得懂，查不了。
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { awardIntent } from '../src/intents/awards.ts'

/** 十 may have been taken for an amount. */
const best = '(十佳|拾佳|{amount}佳)'

export default command<Record<string, never>>({
  name: '评优',
  aliases: ['十佳', '十佳名单', '约谈名单'],
  summary: '看十佳、约谈名单',
  examples: ['十佳名单', '今年约谈谁'],
  action: 'help',
  later: true,
  reads: true,
  phrases: [
    best,
    '(约谈)',
    `${best}…(名单|谁|哪|评|有没有|出来|几|入围|候选)`,
    `(谁|哪|几|名单|评上|入围)…${best}`,
    '(约谈)…(名单|谁|哪|对象|有没有|出来|几|人)',
    '(谁|哪|几|名单|要|被)…(约谈)',
    '(谁|哪|几|名单|要|被|叫|找)…(谈话|喝茶)',
    '(评优|评先|先进)…(名单|谁|哪|结果)',
    '(名单|谁|哪)…(评优|评先|先进社区|先进村)',
  ],
  unless: [
    '提醒|通知|催|别忘|撤回|更正|报数|延期|标准|条件|规定|怎么评|咋评|评选办法|奖金|奖励|多少钱|是什么|是啥|啥意思|什么意思|政策|文件|材料',
  ],
  decisive: [best, '(约谈)'],
  intent: awardIntent,
  args: {},
  async run() {
    throw new UserError(
      '听懂了，您问的是十佳、约谈名单。这一版还不出这两份名单，也没有记下什么。名单以区专班公布的为准；要看现在的名次请说“排名”。',
    )
  },
})
