// What is said in every group and asks nothing of the bot: greetings, weather, meals; and abuse. Pure.
import { talkElse, talkFirst } from './talk.ts'

const smallTalk =
  /刮风|真[冷热]|喝[茶酒]|[早中晚]上?好|下午好|你好|您好|大家好|再见|拜拜|晚安|哈哈|嘻嘻|呵呵|嘿嘿|谢谢|多谢|感谢|辛苦|点赞|真棒|厉害|加油|恭喜|祝贺|生日|快乐|新年|过年|周末愉快|钓鱼|睡觉|起床/

/** Whether a sentence is abuse, a yes or no or a notice passed on; or small talk, when nothing of ours is named in it. */
export function isChatter(text: string, namesOurs: boolean): boolean {
  if (talkFirst(text, namesOurs)) return true
  const { intent, kind } = talkElse(text)
  return intent === 'abuse' || (!namesOurs && (smallTalk.test(text) || kind === 'offtopic'))
}
