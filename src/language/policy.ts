// What a question about the rules is about: its key words, without the asking (`domain.md` §1, seed facts S6–S14). Pure.

/** What the documents of the campaign have a word for. */
const taught = [
  '五步工作法|五步法|一抓|二学|三建|四选|五全|五同|十条措施|工作十条|三捡三提|三拣三提|帐篷支部|亮赛比|亮承诺|赛实绩|比干劲|千百十',
  '三项工程|一项管理|三治三联两公开|三治三联|三联两公开|两公开|路长制|联合党委|挂图作战|擂台赛',
].join('|')
/** The last are registers and tests as well. */
const practices = `${taught}|结对联建|临时党支部|半月业务测试|半月测试`
const topics = [
  practices,
  '无主管楼院|红色物业|交叉任职|非公党建指导员|非公指导员|党建指导员|指导员|监督员|居民自治组织|示范楼院|老旧小区改造|老旧小区|共建项目|驻区单位|经营性收入|集体收入|自治组织|党组织覆盖',
  '轮流值守|攻坚行动|定期评比通报制度|评比通报|一票否决|序时进度|城乡结合部改造|精细化管理|楼院党组织|村集体|十佳|约谈',
].join('|')

/** As a phrase (`phrases.ts`): 五 in 五步工作法 may have been taken for an amount. */
const phraseOf = (words: string): string =>
  words.replace(
    /([一二两三四五六七八九十]+)([项步个条]?)/g,
    (_, numeral: string, measure: string) => `({amount}|${numeral})${measure && `(${measure})?`}`,
  )
/** Whatever is asked of these is asked of the rules. */
export const taughtPhrase = phraseOf(taught)
export const topicPhrase = phraseOf(topics)
/** These alone ask what they are: nothing else is called so. */
export const practicePhrase = phraseOf(practices)

const asking = [
  '请问一?下?|请教一?下?|麻烦|帮我|帮忙|帮俺|给我|给俺|我想|俺想|想|问一?下|问问|问|查一?下|查查|查找|查询|查|搜一?下|搜搜|搜索|搜|找一?下|找找|找|看一?下|看看|看|讲一?讲|讲讲|解释一?下|解释|说说|说一?下|说|介绍一?下|学习一?下|学学|了解一?下|知道',
  '到底|究竟|具体|都|又|咱们?|我们?|俺们?|你|你们|那个|这个|那|嗯+|呃+|啊+|呀|呢|吧|嘛|嘞|哩|哈|哦|一下|一哈',
  '(?:是|有|要|算|指)?(?:个)?(?:啥|什么|甚|咋|怎么|怎样|如何|哪些?)(?:个)?(?:样子?|回事|意思|说法|讲究|内容|东西|样儿)?(?:的|嘞)?(?:规定|界定|定义|解释|写|说|讲|要求|算|认定|弄|回事|办|做|搞)?(?:的|嘞)?',
  '(?:是|有|包括|分)?(?:哪|几|多少)(?:[一二两三四五六七八九十]|几|些|个)?(?:步|条|项|个|点|方面|种|类)?',
  '的?意思|政策(?:文件)?(?:上|里头?|里面|中)?|文件汇编(?:里头?|里面|上|中)?|汇编(?:里头?|里面|上|中)?|文件(?:里头?|里面|上|中)|文件|有没有|有关|关于|对于?|在|里头?|里面|上面?|怎么|如何|咋|是|有|要|的|嘞|了|得|吗|么',
]
const noise = new RegExp(asking.join('|'), 'gu')
/** What is asked of the thing; kept as a key word of its own. */
const aspects =
  /标准|要求|条件|流程|程序|步骤|依据|口径|范围|原则|办法|细则|规定|界定|定义|认定|申报|验收|材料|手续|奖励|补贴|奖金|职责|任务|内容|考核|评选/g

/** @returns the key words with spaces between; empty when nothing is named */
export function keywordsOf(text: string): string {
  const kept = text
    .replace(new RegExp(topics, 'g'), (topic) => ` ${guard(topic)} `)
    .replace(aspects, (aspect) => ` ${guard(aspect)} `)
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .replace(noise, ' ')
  const words = unguard(kept)
    .split(/\s+/)
    .filter((word) => word.length > 1)
  const named = [...new Set(words)]
  return named.every((word) => vague.test(word)) ? '' : named.join(' ')
}

/** 政策有什么规定 names nothing. */
const vague = /^(?:标准|要求|条件|流程|程序|步骤|依据|口径|范围|原则|办法|细则|规定|内容|任务)$/

// Letters of no alphabet, so that the noise finds nothing in them.
const guard = (word: string) =>
  [...word].map((one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0x80000)).join('')
const unguard = (text: string) =>
  text.replace(/[\u{80000}-\u{8FFFF}]/gu, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) - 0x80000))
