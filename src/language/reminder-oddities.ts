// What is left in a reminder's text though it speaks of when, or for whom: it is asked about before it fires at the wrong time. Pure.

/** 下周一不用, 周三除外, 月底那周不用: on some day not. */
const except =
  /(?:^|[,，])(?:除了?)?[^,，]{0,10}(?:周|礼拜|星期|节|假|月|那天|号|日|天)[^,，]{0,5}(?:除外|不用(?=$|[,，了哈吧]|提醒|叫|喊)|不算|跳过|免|不提醒|别提醒|就算了|不发)|^除(?:了)?[^,，]{1,8}外/
/** 明，开会 was 明后天; 大概，交表; 赶，交表 was 赶明儿. */
const piece = /^(?:明|后|赶|大概|大约|可能|估计|差不多|每|到|约莫|不定)(?=[,，]|$)|(?:^|[,，])(?:或者?|还是)/
/** 周六也提醒, 开完再提醒我写纪要: another reminder. */
const another =
  /(?:[也还再])(?:要|得|记得|给我?)?(?:提醒|叫|喊)|还有\d{1,2}月\d{1,2}日|[,，]\d{1,2}月\d{1,2}日\(周.\)$/
/** 12月31号前，报数 beside 每天: until when. */
const until = /(?:\d{1,2}月\d{1,2}[日号]|月底|年底)(?:之|以)?前(?=[,，])/
/** 王书记让，他开会: for somebody else. */
const forOthers = /(?:让|叫|要求)[,，]?(?:他|她)/

/** @param text what a reminder is to say @returns whether something in it was meant otherwise */
export const isOdd = (text: string): boolean =>
  [except, piece, another, until, forOthers].some((words) => words.test(text))
