// Words of everyday life that the campaign has none of: where they stand, 谁第一 and 比去年 are no questions of ours. Pure.

/** For `unless` of commands whose own words are everyday words (`phrases.ts`), and as the source of a pattern. */
export const everydayLife =
  '球|比赛|股票|股市|彩票|电影|唱歌|学校|考试|孩子|班里|世界杯|天气|气温|冷|穿|新闻|饭店|好吃|吃饭|喝酒|说话|下班|工资|放假|过年|堵车|衣服'
