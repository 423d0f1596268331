// What people say that asks nothing of the bot: thanks, talk among themselves, insults, attempts to talk it round. Pure.

/** Nobody is answered for these: they end a conversation (`domain.md` N26). Nor is a message of emoji alone. */
export const isAcknowledgement = (text: string): boolean => acknowledgement.test(text)

const thanks =
  '收到|已收到|好的?|好嘞|好滴|嗯+|哦+|噢+|ok|okay|谢谢.?|多谢|感谢|辛苦了?|明白了?|知道了?|晓得了?|了解|遵命|照办|已阅|没问题|妥了?|\\+1|\\d\\p{M}+'
const whom = '(?:各位|大家|书记|领导|主任|同志们|同志|老师|小图)'
const acknowledgement = new RegExp(
  `^(?:(?:${thanks})(?:了|啦|啊|呀|哈|嘞|哩|的)*${whom}*[\\p{P}\\p{S}\\p{M}\\p{Extended_Pictographic}\\s]*){0,20}[\\p{P}\\p{S}\\p{M}\\p{Extended_Pictographic}\\s]*$`,
  'iu',
)

export interface Talk {
  intent: 'abuse' | 'unknown' | 'confirm' | 'deny'
  /** `insult`, `manipulation`; `garbage`, `offtopic`, `media`, `needs_context`, `chat`. */
  kind?: string
  /** It counts whatever else the sentence seems to ask for. */
  isSure: boolean
}

/** @param text normalised; @returns undefined when it is talk of no known kind */
export function talkIn(text: string): Talk | undefined {
  for (const [pattern, talk] of kinds) if (pattern.test(text)) return talk
  return undefined
}

const kinds: [RegExp, Talk][] = [
  [
    /^\[(?:图片|语音|视频|文件|表情|位置|链接|小程序|名片|动画表情)\]/,
    { intent: 'unknown', kind: 'media', isSure: true },
  ],
  [
    /(?:忽略|无视|忘[记掉了]|不要管|别管|跳过|绕过)[^,。]{0,8}(?:规则|指令|设定|限制|要求|提示|规定|权限|审核)|(?:系统|开发者|超级)(?:提示词?|模式|管理员)|提示词|你现在是(?!.*(?:群|街道|社区))|假装你?是|扮演/,
    { intent: 'abuse', kind: 'manipulation', isSure: true },
  ],
  [
    /(?:垃圾|废物|傻[逼bx叉子瓜]|蠢货|笨蛋|智障|脑残|滚(?:蛋|开|吧)?$|去死|妈的|他妈|操你|猪脑|破机器人|神经病|王八蛋|混蛋|放屁)/i,
    { intent: 'abuse', kind: 'insult', isSure: false },
  ],
  [
    /^(?:对|对的|对对|对啊|对呀|是|是的|是啊|是嘞|确认|确定|没错|行|可以|中|要得|就这样|就是这个|正确)[\p{P}\s]*$/u,
    { intent: 'confirm', isSure: false },
  ],
  [
    /^(?:不对|不是|不|错了|不行|不中|不要|否|算了|取消|不用了?|别|不确认)(?:了|啊|呀|吧)*[\p{P}\s]*$/u,
    { intent: 'deny', isSure: false },
  ],
]
