// 帮助：只列出这个人能用的，一屏看完；问到某一项就给例句。
import { type Command, command } from '../src/command.ts'
import { helpIntent } from '../src/intents/help.ts'
import type { Reply } from '../src/message.ts'
import { mayEver } from '../src/turn.ts'

export default command<{ topic: string }>({
  name: '帮助',
  aliases: ['help', '使用说明', '说明书'],
  summary: '看我会什么',
  examples: ['帮助', '报数怎么报'],
  action: 'help',
  reads: true,
  phrases: [
    '(帮助|help|说明)',
    '(怎么|咋|如何)(用|使|报|说|弄|办|操作|绑定|撤回|撤|申请|设|设置|查|改|导|问|跟你|写|填|更正|取消|删)',
    '(你|机器人)(都|还)?(会|能)(什么|啥|干|做|弄|帮|办)',
    '(教教|教一下|教)(我|一下)',
    '(格式|命令|口令|指令|用法|说法|操作方法|使用方法|功能)(是|有)?(什么|啥|怎么|咋|哪些|哪几|说明|大全|列表|来着|$|？)',
    '(有)?(什么|啥|哪些|哪几个)(功能|命令|指令|用法|用处)',
    '(说|给|发)(个|一下|下)?(格式|例子|样子|模板|示例)',
    '(不会|不懂|不知道)(怎么|咋|如何)?(用|使|弄|报|设|说|操作)',
    '(我)(应该|该|要|得)(怎么|咋|如何)(说|写|报|弄)',
    '^$',
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
  const more = rows(seldom.length > 0 ? `还会：${seldom.join('、')}（问“${seldom[0]}怎么用”）。` : '')
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
      { kind: 'text', text: `直接说就行，不用记格式。${at}` },
    ],
  }
}

/** Cut between names, so that a phone breaks no line. */
function rows(text: string, longest = 44): string[] {
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
