// What an inspector tells of the visit itself, and that all was well: nothing of it is a finding (`domain.md` C9). Pure.

const whose =
  '我们?|俺们?|咱们?|本组|我组|督导|督查|检查|巡查|暗访|走访|实地|现场|调研|一行|[第一二三四]*(?:督导|督查|检查)?(?:小|大)?组|组里|组员|大家|书记|主任|带队|领着|陪着|里人|人员'
const times =
  '今天|今日|今儿个?|昨天|昨日|昨儿?个?|前天|前日|前儿?个?|刚才|刚刚|刚|上午|下午|早上|晚上|中午|早起|后晌|前晌|半晌|半天|一天|一上午|一下午|整整|[上这本]?个?(?:周|星期|礼拜)[一二三四五六日天]?|(?:\\d{4}年)?\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}[日号]|[一二两三四几\\d]+(?:个?(?:小时|钟头|多?小时)|遍|回|次|趟|圈|处|家|村|个(?:点位?|社区|村|单位|地方))'
const doing =
  '开展|里里外外|前前后后|上上下下|楼上楼下|进行|组织|深入|前往|来到|赶到|赴|去|到|在|于|对|从|往|跑|走|转|看|瞅|瞧|查|逛|遛|溜达?|悠|回来|回|完|罢|毕|结束|入户|经查?|经|里外|前后|旮旯|角落|挨家挨户|逐个?|仔细|认真|好好|细细|一?[圈趟遍下]'
const saying =
  '报|向|领导|组长|今后|特此(?:报告|汇报|说明|反馈)|报告|汇报|反馈|登记|记录|记上?|记一?下|填上?|录上?|存档|备案|请|麻烦|放心|销|结果|结论|情况|如下|以上|完毕|小图'
const particles =
  '那边|那儿|这边|这儿|了|过|的|地|得|着|嘞|哩|咧|啊|呀|吧|哈|呢|嘛|哦|个|也|都|就|又|还|那|这|它|,|:|-|、|和|跟|与|及|社区|街道|村里?|内|里'
const well =
  '一切|整体|总体|各方面|样样|各项|工作|环境|卫生|秩序|院里|楼道|台账|资料|制度|挺|很|比较|蛮|怪|非常|十分|相当|较|好|不错|良好|正常|可以|合格|达标|到位|规范|干净|干干净净|整洁|整齐|齐整|绝|利索|亮堂|清爽|齐全|完善|妥当|有序|井井有条|没的?说|没得说|没说的|满意|优秀|行|中|棒|赞|给力|yyds|点赞|表扬|给个?好评|值得|亮点|多|真|两家|仨|俩|家家|处处|哪都|哪[儿哪]都|继续保持|保持'

/** Taken away one after another, and not by a pattern for the whole: it would try every way to cut the words. */
const wordsOf = (words: string) => new RegExp(`[\\s\\p{P}]|${words}`, 'gu')
const talk = wordsOf([whose, times, doing, saying, particles].join('|'))
const praise = wordsOf([whose, times, well, doing, saying, particles].join('|'))

/** 俺们组昨个转了一圈, 特此报告: who went where and when, and that it is reported. */
export const isVisitTalk = (words: string): boolean => words.replace(talk, '') === ''

/** 都挺好, 干干净净: said beside 没发现问题. */
export const isPraise = (words: string): boolean => words.replace(praise, '') === ''
