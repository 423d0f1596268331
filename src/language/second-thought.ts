// What is said where a reason was asked for, but is none: the person gives way, gives up, or needs time. Pure.

/** `agree` after all, `drop` what was about to be done, or `wait`: not decided yet, or not meant like this. */
export type SecondThought = 'agree' | 'drop' | 'wait'

const lead = '(?:哦|噢|唉|哎|那|就|那就|还是|先|我|我们|咱|俺|要不|算了|改成|改为|再)*'
const tail = '(?:了|吧|的|呗|啊|呀|啦|算了|他|她|它|他们|这个|这次|这一次|一次|编号\\d+|延期|申请|\\s)*'
const whole = (words: string) => new RegExp(`^${lead}(?:${words})${tail}$`)

/** The whole of a stretch between commas: 居民还没同意 and 等街道批了再说 are reasons, 还是同意吧 is none. */
const agrees = whole('同意|批准|批|准|准许|通过|可以|行|好|好的|中|嗯|没问题|没意见')
const drops = whole(
  '[不别](?:再|用|要|想)?(?:延期?|申请|报|办|弄|停|催|[退撤驳打]回?|撤销|改|核实|记|代报)|不用|不要|撤回|撤销|取消|作废|不办|当我没说',
)
const waits = whole(
  '(?:再|先)?(?:等等|等一下|等会儿?|等一等|等下|稍等|看看|看一下|想想|想一下|考虑一?下?|考虑考虑|商量一?下?|商量商量|研究一?下?|问问|问一下|打听一?下)(?:看看|再说|再定|再回|问问|问一下)*|不知道|不清楚|不好说|没想好|还没想好|没什么|没啥|没有|没有原因|没原因|没理由|不同意|不批准?|驳回',
)
/** 问一下赵书记: who is asked first has not decided yet; 问过赵书记，数不对 is a reason. */
const asksFirst =
  /^(?:我|那|先|再|还是|得|要|等我|去|,)*(?:问|打听|请示|汇报|商量|核对|核实|查|看)(?:一?下|问|看)[^,，。;；]{0,8}$/
const wrong =
  /^(?:不好意思|对不起|哦|哎呀?|刚才|刚刚|我|是|,|，)*(?:点|按|选|打|说|搞|弄|发|回|写|手)(?:错|滑|误)了?/

/** 算了,同意吧: the first stretch that says what is wanted; undefined when it reads like a reason. */
export function secondThought(said: string): SecondThought | undefined {
  const stretches = said.split(/[,，。;；!！~～\s]+/).filter(Boolean)
  const found = stretches.map((one) => {
    if (agrees.test(one)) return 'agree'
    if (drops.test(one)) return 'drop'
    return waits.test(one) ||
      asksFirst.test(one) ||
      /^(?:等等|等一下|等会儿?|等下|稍等|先等等)(?:我|让我)/.test(one)
      ? 'wait'
      : undefined
  })
  return (
    found.find((one) => one === 'agree' || one === 'drop') ??
    found.find(Boolean) ??
    (wrong.test(said) || /^(?:那|还是)?算了/.test(said) ? 'wait' : undefined)
  )
}

/** 你好, 在吗, 什么意思, 第2个, 12: a greeting, a question or a bare number. */
const noReason = [
  /^(?:您好|你好|大家好|早上好|上午好|中午好|下午好|晚上好|早|哈喽|喂|在吗|在不在|hello|hi|小图)[\p{P}\p{S}\s]*(?:小图)?[\p{P}\p{S}\s]*$/iu,
  /[?？]$|(?:吗|么|什么意思|啥意思)[\p{P}\s]*$/u,
  /^(?:什么|啥|为什么|为啥|谁|哪|(?:怎么|咋).{0,3}$|能不能|可不可以|是不是|要不要)/,
  /^(?:第|选择?|回复?)?[\d一二三四五六七八九十两]+(?:个|条|项|号)?$/,
  /^[\p{P}\p{S}\s\d]*$/u,
]

/** Whether words that answer 「为什么」 cannot be the reason, whatever it is about: it is asked for again. */
export const isNoReason = (said: string): boolean => noReason.some((words) => words.test(said.trim()))

/**
 * What was said where only a reason will do: the reason itself, `drop` when the person would rather leave it, `ask`
 * when it can be no reason.
 */
export function reasonOrElse(said: string): { reason: string } | 'drop' | 'ask' {
  const thought = secondThought(said)
  // 算了吧: whoever says so has no reason to give any more.
  if (thought === 'drop' || /^(?:那|还是|哦|唉)?就?算了(?:吧|了|,|，|$)/.test(said)) return 'drop'
  return thought !== undefined || isNoReason(said) ? 'ask' : { reason: said }
}
