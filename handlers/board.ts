// 挂图：作战图一张图看全街道、全区。
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { boardIntent } from '../src/intents/outputs.ts'

const chart =
  '(挂图|作战图|战况图|进度图|红绿灯图|红黄绿灯图|红黄绿图|晾晒图|大图|作战挂图|上墙图|一张图|灯图|图表|看板|大屏)'

export default command<Record<string, never>>({
  name: '挂图',
  aliases: ['作战图', '作战挂图'],
  summary: '发一张作战挂图，各单位各指标一眼看全',
  examples: ['发一下挂图', '全区的挂图', '上周的挂图'],
  later: true,
  action: 'progress',
  reads: true,
  phrases: [
    chart,
    `(发|来|看|看看|亮|晒|贴|出|给|要|调|生成|做|弄|更新|刷新)…${chart}`,
    '(出|发|来|画|给)(个|张|一张|一个)(图)(看看|看一下|呗|吧|给)?',
    '(把)…(做成|生成|画成|弄成)…(图)',
    '(那张|那个|这张)(图)…(发|来|看|给)',
    '(发|来|给|看|瞅)…(那张)(图)',
    '(领导|书记|主任|上级)…(看|要)…(图)',
  ],
  unless: [
    '谁报|示意图|效果图|设计图|施工图|图纸|截图|配图|地图|图书|图片|拍|照片|提醒|导出|excel|表格',
    '(怎么|咋|如何)(看|发|用|弄)',
  ],
  decisive: ['(挂图|作战图)'],
  despite: ['(挂图|作战图)(的)?(截图|图片|照片)', '(导出|下载)(挂图|作战图)'],
  intent: boardIntent,
  args: {},
  run() {
    throw new UserError('挂图的图片这一版还发不了。要看各项进度请说“进度”，看名次请说“排名”。')
  },
})
