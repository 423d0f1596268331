// Words of every day and of this field. They are what they say, even where a name sounds like them: 攻坚 is no 共建, 如何
// no 汝河 and 得以 no 德亿. Pure.

const words = [
  '今天 明天 昨天 前天 后天 今年 去年 明年 本周 上周 下周 这周 本月 上月 下月 月底 年底 年初 月初 周末 今晚 今早 晚上 早上 上午',
  '下午 中午 现在 目前 刚才 刚刚 最近 以前 以后 之前 之后 将来 近期 当前 当天 当月 日前 平时 随时 及时 按时 准时 时候 时间 小时',
  '分钟 星期 工作日 假期 节前 节后 季度 半年 全年 每天 每周 每月 每年',
  '我们 咱们 俺们 你们 他们 大家 自己 各位 同志 领导 书记 主任 群众 居民 党员 干部 委员 人员 老师 师傅 机器人',
  '什么 怎么 怎样 咋样 如何 为何 为啥 多少 几个 几家 几项 哪个 哪些 哪里 哪儿 谁家 是否 能否 可否 有没有 是不是 还有 没有 哪家',
  '这个 那个 这些 那些 这里 那里 其他 其中 其余 另外 所有 全部 全都 都是 只有 只是 就是 不是 还是 或者 以及 因为 所以 但是 可是',
  '如果 然后 已经 正在 还没 尚未 一共 总共 一起 一下 一样 一些 一点 一定 可以 应该 需要 必须 不能 不要 不用 得以 得意 特意 有意',
  '完成 达到 达成 落实 推进 开展 进行 继续 开始 结束 截止 到期 延期 申请 同意 批准 驳回 退回 核实 核对 属实 确认 取消 撤回 撤销',
  '更正 改成 改为 修改 删除 登记 记录 报数 上报 填报 汇报 报告 报送 报表 台账 数据 数字 数量 总数 累计 新增 增加 减少 变化 进展',
  '进度 排名 名次 第一 倒数 倒数第 前三 对比 比较 相差 差距 分数 得分 成绩 落后 领先 通报 公布 公告 通知 提醒 催办 催一下 督办 督导',
  '检查 整改 问题 原因 情况 任务 指标 项目 工作 单位 小区 社区 街道 村里 全区 群里 攻坚 公检 会议 开会 会上 材料 表格 附件',
  '电话 手机 号码 联系 联系人 负责 负责人 责任 责任人 帮助 帮忙 谢谢 请问 麻烦 辛苦 收到 好的 明白 知道 了解 对不起 抱歉 你好 您好',
  '签约 签订 建成 建立 成立 组建 组织 建设 新建 通过 验收 改造 治理 管理 服务 活动 政策 文件 要求 标准 措施 方案 计划 预测 预计 争取',
  '估计 大概 大约 左右 差不多 以上 以下 以内 不到 超过 至少 最多 平均 百分 百分之 天气 下雨 吃饭 下班 上班 值班 休息 回来 回去 过来',
  '出去 起来 下来 上去 上来 进来 意思 办法 地方 东西 消息 名单 名字 结果 效果 方面 主要 重要 重点 关于 根据 按照 为了 支部 党委 党组',
  '机关 企业 物业 楼院 业主 用户 联户 住户 商户 需水 供水 手续 资料 照片 视频 微信 钉钉 小程序 静默 勿扰 绑定 交接 挂图 测试 考试',
  '大力 打理 铁路 服装 打桩 郑州 绘画 会话 回话 电话 说话 得益 农技 征费 重出 删了 发来 发给 公里 平米 万元 亿元 单元 元旦 春节',
].flatMap((line) => line.split(' '))
const known = new Set(words)
const lengths = [...new Set(words.map(({ length }) => length))].sort((a, b) => b - a)

/** Where words of every day stand in a text: from left to right, the longest first. */
export function everydayIn(text: string): { start: number; end: number }[] {
  const found = []
  for (let start = 0; start < text.length; start++) {
    const word = lengths.map((length) => text.slice(start, start + length)).find((one) => known.has(one))
    if (word === undefined) continue
    found.push({ start, end: start + word.length })
    start += word.length - 1
  }
  return found
}

/** Endings of places, which say nothing against the name before them. */
export const ending =
  /^(?:社区|小区|街道|物业|楼院|企业|党组|组织|建设|落实|改造|项目|单位|组建|人员|委员|党员|居民|政策|机关)$/

const particles = [...'的了是在不就还又和跟到我你他她它这那有没要也都说与被把给对从吗呢吧嘛啊个']

/** Whether a name would be written with words that are no part of any name: 是元 for 柿园. */
export const isWrittenWithParticles = (written: string, name: string): boolean =>
  particles.some((particle) => written.includes(particle) && !name.includes(particle))
