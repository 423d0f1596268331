// What is said in every group and asks nothing of the bot: greetings, weather, meals; and abuse. Pure.
import { talkIn } from './talk.ts'

const smallTalk =
  /天气|下雨|下雪|刮风|真[冷热]|吃了[吗没么]|吃饭|吃啥|喝[茶酒]|[早中晚]上?好|下午好|你好|您好|大家好|再见|拜拜|晚安|哈哈|嘻嘻|呵呵|嘿嘿|谢谢|多谢|感谢|辛苦|点赞|真棒|厉害|加油|恭喜|祝贺|生日|快乐|新年|过年|周末愉快|笑话|唱歌|聊天|电影|球赛|股票|彩票|打牌|麻将|钓鱼|堵车|睡觉|起床/

/** Whether a sentence is small talk, when nothing of ours is named in it, or abuse, whatever is named. */
export const isChatter = (text: string, namesOurs: boolean): boolean =>
  talkIn(text)?.intent === 'abuse' || (!namesOurs && smallTalk.test(text))
