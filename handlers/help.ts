// 帮助：只列出这个人能用的，一屏看完；问到某一项就给例句。
import { type Command, command } from '../src/command.ts'
import { helpIntent } from '../src/intents/help.ts'
import type { Reply } from '../src/message.ts'
import { mayEver } from '../src/turn.ts'

const how =
  '(怎么着|怎么才能|怎么样才能|怎么能|怎么|咋着|咋才能|咋能|咋|如何才能|如何|怎样|在哪儿|在哪|从哪儿|从哪|到哪)(去|来|给你|跟你|在你这儿|在你这)?'
const uses =
  '(使用|使|用|给|加|报|说|弄|办|操作|绑定|绑|撤回|撤销|撤|申请|设置|设|查询|查看|查|看|改|导出|导|问|写|填|更正|取消|删|玩|关掉|关|发|做|搞|核实|催|登记|下载|答|开|出|起草|进|考|参加|知道|找)'
/** What one may want to know how to say. */
const topics =
  '(撤回|撤销|更正|报数|填报|填数|核实|催报|没报|延期|宽限|提醒|闹钟|对比|比较|排名|名次|排行|第几|督导|整改|台账|值班表|值班|路长|结对|测试|考试|答题|做题|导出|导表|表格|excel|Excel|挂图|作战图|通报|红黑榜|政策|文件|绑定|绑群|勿扰|免打扰|简称|别名|电话|手机号|责任人|十佳|{amount}佳|约谈|期限|截止|进度|进展|完成情况)'
/** 怎么查排名 asks how to ask, and for no rank. */
const howTo = [
  `${how}${uses}…${topics}`,
  `${topics}…${how}${uses}`,
  `${how}(才能)?(让|叫|请|跟|对)(你|小图|机器人|它)(说|讲)?…${topics}`,
  `${how}(才能)?(让|叫|跟|对)(你|小图|机器人)`,
  `${topics}…(格式|例子|示例|范例|的说法|说明)$`,
  `${how}(取消|撤回|撤销|更正|核实|催|绑定|导出|对比|申请|设置)`,
  `${topics}…(是|用|说|叫)?(啥|什么|哪个|哪句)(口令|命令|指令|格式|说法|话|词)`,
  `(给|发|说|来)(个|一个|一下|下|我|我个|我一个)…(例子|示例|范例|样例|格式)`,
]

export default command<{ topic: string }>({
  name: '帮助',
  aliases: ['help', '使用说明', '说明书'],
  summary: '看我会什么',
  examples: ['帮助', '报数怎么报'],
  action: 'help',
  reads: true,
  phrases: [
    '(帮助|help|说明)',
    ...howTo,
    `${how}(跟你|${uses})`,
    '(你|机器人|小图)(都|还)?(会|能|可以)(什么|啥|哪些|干|做|弄|帮|办)',
    '(都能|能|会|可以)(干|做|弄|办|帮)(我|我们)?(点|些|到)?(什么|啥|哪些|哪样|哪几样)',
    '(能|会|可以)(帮|给)(我|我们)?(干|做|弄|办)(点|些|到)?(什么|啥|哪些)',
    '(你|机器人|小图)(是)?(干|做|弄)(啥|什么)(用|的|吃)',
    '(都|你)(会|能)(点|些)?(啥|什么)($|,|？)',
    '(报错|填错|弄错|写错)(了)?(咋|怎么|如何)(整|办|弄|改)',
    '(你|机器人|小图)(能)?(有)(啥|什么)(用|本事|能耐|功能)',
    '(用法|使用方法|操作方法)…(发|说|讲|给)',
    '(发|说|讲|给)…(用法|使用方法|操作方法)',
    '(使用|操作|用户)(手册|指南|教程|说明|方法)',
    '(教程|说明书|新手指引|新手指南)',
    '(教教|教一下|教)(我|一下)',
    '(咋|怎么|啥|什么|咋个|怎么个|哪个|是个啥)(报|用|填|弄|查|说|绑|撤|改|问|使|操作|申请|玩)(法)',
    '(格式|命令|口令|指令|用法|说法|操作方法|使用方法|功能)(是|有|都有)?(什么|啥|怎么|咋|哪些|哪几|说明|大全|列表|来着|$|？)',
    '(有)?(什么|啥|哪些|哪几个)(功能|命令|指令|用法|用处)',
    '(说|给|发)(个|一下|下)?(格式|例子|样子|模板|示例)',
    '(不会|不懂|不知道)(怎么|咋|如何)?(用|使|弄|报|设|说|操作)',
    '(我)(应该|该|要|得)(怎么|咋|如何)(说|写|报|弄)',
    '^$',
  ],
  decisive: howTo,
  unless: [
    '^(小|老)(王|李|张|赵|刘|陈|杨|周|吴|马|孙|何|郑)',
    // 怎么还没报, 咋查不到: it is asked why.
    '(怎么|咋)(又|还|这么|那么|没|不|老是|总是|会|就)|(这么|那么|老是|总是)(少|多|慢|低|差|后)|为什么|为啥',
    '(怎么|咋)(出来|来的|算)',
    '(看|查|报|改)(不到|不了|不出|成)',
    '{indicator}…(有没有|有啥|有什么)…(说法)',
    '(怎么|咋|如何)(做|说|弄|写|改)(人|事|大|强|优|好|活|的)|(文件|政策|规定)(里|上|中)(头)?…(怎么|咋)(说|写)',
  ],
  intent: helpIntent,
  args: { topic: ({ meaning }) => meaning.text },
  async run({ topic }, turn) {
    const usable = turn.commands.filter(({ action, later }) => !later && mayEver(turn, action))
    const about = usable.find(
      ({ name, aliases = [] }) => name !== '帮助' && [name, ...aliases].some((word) => topic.includes(word)),
    )
    const at = turn.message.chat.kind === 'group' ? '在群里要先 @我。' : ''
    return about ? one(about, at) : all(usable, at)
  },
})

/** One screen: what is needed seldom is only named. */
const all = (commands: Command[], at: string): Reply => {
  const seldom = commands.flatMap((command) => (command.seldom ? command.name : []))
  const more = rows(seldom.length > 0 ? `还会：${seldom.join('、')}。` : '')
  return {
    title: '我会这些',
    blocks: [
      {
        kind: 'fields',
        fields: commands
          .filter((command) => !command.seldom)
          .map(({ name, summary, examples }) => [name, `${summary}。如“${examples[0]}”`]),
      },
      ...more.map((text) => ({ kind: 'text' as const, text })),
      {
        kind: 'text',
        text: `直接说就行，不用记格式${seldom[0] ? `，不会用就问“${seldom[0]}怎么用”` : ''}。${at}`,
      },
    ],
  }
}

/** Cut between names, so that a phone breaks no line. */
function rows(text: string, longest = 49): string[] {
  if (text.length <= longest) return text ? [text] : []
  const cut = text.lastIndexOf('、', longest) + 1
  return [text.slice(0, cut), ...rows(text.slice(cut), longest)]
}

const one = ({ name, summary, examples }: Command, at: string): Reply => ({
  title: name,
  blocks: [
    { kind: 'text', text: `${summary}。${at}` },
    { kind: 'text', text: examples.map((example) => `“${example}”`).join('\n') },
  ],
})
