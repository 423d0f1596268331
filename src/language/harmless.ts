// Words around a number that change nothing about it: 可算凑够四个了, 经核算, 给我记清楚. Pure.

/** Each is harmless wherever it stands; what may be a name, a plan, a part or a denial is not among them. */
const words = [
  // What was done, and that it is done.
  '办妥 妥当 妥了 妥 搞定 拿下 办完 办好 办成 办理 弄好 弄完 弄成 弄够 弄到 弄出 搞好 搞成 做好 做成 干完 干成 干到 干 凑够 凑齐 凑到 够了 够 配齐 配备 配上 配到 配了 招到 招满 招够 聘到',
  '聘请 聘了 请到 上岗 到岗 到位 入驻 进驻 进账 到账 入账 收入 收到 收了 进来 签约 签订 签好 签下 签成 签了 谈成 谈妥 谈下 挂牌 揭牌 授牌 盖章 敲定 定下 定了 落地 落定 落到实处 建好 建起',
  '建起来 建立 成立 组建 组建好 组起来 选出 选好 装上 装好 改完 改好 改造好 竣工 完工 交付 投用 启用 运行 覆盖 覆盖到 盖住 通过 验收通过 顺利 过关 拿到 达标 实现 争取到 发展到 发展 引进 引入 参加进来 加入 加进来 参与进来',
  '事儿 事情 事 这档子 这一项 这项 这块 这方面 牌子 老板 物业公司 公司 楼院 院 企业 单位 项目 家里 门口 名额 人手 活儿 工作',
  // How it was told.
  '经核算 经核实 经统计 经核对 据统计 核算 统计 清点 数了数 数了 盘点 截至 报告 汇报 报送 上报 填报 报一下 报个数 报个 补报 补上 补登 登记 登上 录入 记录 记清楚 记好 记住 记牢 记上 记下 记一笔 清楚 记账 更新 刷新',
  '麻烦 拜托 辛苦 谢谢 感谢 小图 机器人 你好 您好 不好意思 抱歉 对不起 忘报 忘了报 忘记报 晚报 报晚 打扰 告诉 跟你讲 跟你说 跟您说 我说 听好 听着 喂 诶 欸 哈哈 呵呵 嘿嘿 嘻嘻 恭喜 报喜 好消息 喜报 高兴 激动 厉害 牛',
  '可算 终于 总算 好不容易 好歹 终究 果然 确实 真的 的确 实实在在 顺顺利利 刚刚 刚才 刚 这会儿 这阵子 这几天 这两天 今早 今天 今儿 早上 昨晚 一大早 就 便 才刚 已经 已然 眼下 当前 现如今 如今 目前为止 到目前 到今天',
  '咱们 俺们 我们 自己 这边 那边 这里 那里 这儿 那儿 这 那 个 院里 村里 社区里 街道里 代 替 帮 给 让 请 把 被 叫 跟 和 与 在 从 由 对 向 往 一个劲 全体 完毕 汇报完毕 一致 一块 一起 一道 完成数 完成情况 情况 数字 数目 个数 数 了 的 地 得 着 过 告 哈 啊 哦 呢 呀 嘛 喔',
  '妥妥 中了 中 行了 行 好了 好 齐了 齐 满了 新到岗 新上岗 新成立 新组建 新招 新聘 新来 新加入 新发展 新引进 新挂牌 报告 跟上回一样 跟上次一样 和上回一样 和上次一样 跟上周一样 跟原来一样 和原来一样 散会 放心 一总 派来 派了 小伙子 小伙 姑娘 年轻人 退伍兵 退役军人 大学生 整了 整成 今年一共 今年累计 全年累计 全年一共 今年总共 都参加 都参与 都到位 都签 都建 都成立 都配 都到岗 没跑儿 没跑 没错 错不了 没毛病 准准的 千真万确 上去 上去了 进入 阶段 环节 覆盖党组织 建了党组织 走完 走到 走过 经过 现有 现 下雨 腾不开手',
  '先 冲冲冲 辛苦各位 各位辛苦 辛苦大家 大家辛苦 谢谢各位 谢谢大家 感谢各位 感谢大家 不好意思各位 不好意思大家 请记 请登记 请记录 请帮 请帮忙 帮我 帮忙 替我 帮记 先报 先记 先说 先登 大家好 各位好 各位领导 领导好 书记好 主任好 报告领导 报告书记 汇报书记 汇报领导 跟书记 向书记 跟领导 向领导 给领导 给书记 给大家 跟大家 今天上午 今天下午 上午刚 下午刚 昨天下午 昨天上午 昨天晚上',
  '没跑儿 跑不了 错不了 没错儿 假不了 会计 算罢 算完 算好 漏报了 漏报 算罢账 算完账 对完账 核完账 派出去 派过去 派来 派去',
].flatMap((line) => line.split(' '))
/** Harmless only where no name and no number stands beside them: 谈了 says that 3个 are not done. */
const alone = [
  '谈了 谈 聊了 聊 宣传 动员 发动 入户 现场 努力 加油 冲冲冲 冲 稳了 稳 赶紧 赶快 先 开工 动工 下午 晚上 中午 上午 他们 她们 人家 大家 大伙 你们 各位 书记 主任 领导 楼长 群众 居民 院子 通知 手续 材料 名单 人选 老党员 党员 商户 跑了 跑 开会 在外 外头 出差 办事 忙着 忙 加班',
  '没带手机 手机没电 手机坏了 没信号 不会打字 没空 请假 住院 账',
].flatMap((line) => line.split(' '))
const longestFirst = (some: string[]) => some.toSorted((a, b) => b.length - a.length).join('|')
const all = [...new Set(words)]
/** Words of two characters and more, the longest first; they are passed over before single characters are. */
export const harmlessWords = new RegExp(longestFirst(all.filter(({ length }) => length > 1)), 'gu')
export const harmlessCharacters = new RegExp(`[${all.filter(({ length }) => length === 1).join('')}]`, 'gu')

/** The same for what is told in a clause of its own, without names and numbers. */
export const withoutIdle = (text: string): string => withoutHarmless(text.replaceAll(idleWords, ' '))
const idleWords = new RegExp(longestFirst(alone), 'gu')

/** @returns what is left of a stretch when the words that change no number are gone */
export const withoutHarmless = (text: string): string =>
  text
    .replaceAll(harmlessWords, ' ')
    .replaceAll(harmlessCharacters, ' ')
    .replace(/[^\p{L}\p{N}<>≤≥→]+/gu, '')
