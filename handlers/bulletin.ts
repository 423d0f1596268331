// 通报：起草、私下看、签发、暂缓、加一句、重发、勘误；没人签发就不发。
import { correct } from '../src/bulletin-correcting.ts'
import { drop, hold, publish, withdraw } from '../src/bulletin-deciding.ts'
import { body, edit, erase } from '../src/bulletin-editing.ts'
import { draft } from '../src/bulletin-making.ts'
import { whose } from '../src/bulletin-picking.ts'
import { resend } from '../src/bulletin-publishing.ts'
import { list, show } from '../src/bulletin-showing.ts'
import { command } from '../src/command.ts'
import { UserError } from '../src/errors.ts'
import { bulletinIntent } from '../src/intents/outputs.ts'
import { type BulletinAsked, type BulletinWish, readBulletin } from '../src/language/bulletin.ts'
import type { Reply } from '../src/message.ts'
import type { Question } from '../src/question.ts'
import type { Turn } from '../src/turn.ts'

const it = '(通报|红黑榜|红榜黑榜|红榜和黑榜)'
const any = '(通报|红黑榜|勘误)'
const back = '(撤回|撤销|撤下|撤掉|撤了|收回)'
const off = '(删掉|删除|删了|删|去掉|拿掉|撤掉|清掉|清空|不要|取消)'
const sentence = '(附言|那句话|这句话|那一句|那句|这句|加的话)'
const write = '((加|附|补|添|写|改|换)…(句)|(加上|附上|补上|添上|写上|注明|写明|改成|改为|换成))'
/** What stands behind it, and so under a bulletin, may speak of anything. */
const sentences = [
  `^(请|麻烦)?(把|给|在)?({unit})?(的)?(周)?${it}…${write}`,
  '^(把|给|在)?(附言)',
  '^(再|给我|帮我)?(加|附|补|添|写)…(句)(话)?(:)',
]
const decide = '(发布|签发|批准|同意发布|暂缓|作废|重发|撤回|撤销|收回)'
const make = '(出|发|做|晒|写|弄|拟|生成|起草|编|整|搞|来)(一下|一份|一个|一期|一篇|份|个|期)?'

export default command<{ asked: BulletinAsked }>({
  name: '通报',
  aliases: ['红黑榜', '勘误'],
  summary: '起草通报，看过签发了才发到群里；发错了出勘误',
  examples: [
    '出一份通报',
    '做一期红黑榜',
    '红色物业的通报',
    '看通报',
    '发布通报第1号',
    '暂缓通报第1号',
    '通报第1号加一句：大家辛苦了',
    '重发通报第1号',
    '作废通报第1号',
    '通报第1号不要附言了',
    '通报列表',
    '通报第1号勘误',
  ],
  seldom: true,
  // The widest of what it does: leaders sign, and only clerks draft (`domain.md` C2).
  action: 'publish_bulletin',
  phrases: [
    `${make}…${it}`,
    `(看看|看一下|看下|看|查|找)…${it}`,
    `(发布|签发|同意|批准|暂缓|先别发|先不发|别发|不发|作废|重发|再发|补发|撤掉|删掉|取消)…${it}`,
    `${it}…(发布|签发|同意|批准|暂缓|先别发|先不发|别发|不发|作废|重发|再发|压着|附言|改成|改为|勘误|不要了)`,
    `${it}…(可以发|发了吧|发出去|发了没|发了吗|草稿)`,
    `({unit}|{indicator}|本周|这周|上周|每周)(的)?(周)?${it}$`,
    '^(周通报)$',
    `${it}…(出|做|写|弄|来|搞|生成|整|拟|编|起草)(一版|一份|一期|一个|一下|一篇|份|个|版|出来|{amount})(份|期|版|篇)?`,
    `${it}…(出|发|做|写|弄)(了|出来|好)?(没有|没|了没|吗|没出)`,
    `${it}…(缓发|暂不发|先不发|晚点发|推迟发|停发|缓签|暂缓)`,
    `${it}…(排|评|列)(出来|一下|一份|一版)`,
    `${it}…(压|缓|放|停|等)(一压|一下|一缓|一放|压|缓|着|住|等|后|会)`,
    `${it}…(往外|对外|往群里|正式|可以|能)(发|推)(了|出去)?(吧|呗|啦)?$`,
    `${it}…(没问题|没意见|看过了|审过了|可以了|定稿)`,
    `${it}…(重新|重|再|补)(发|推)(一遍|一次|一回|一下|一份)?`,
    `(重新|再|补)(发|推)…${it}`,
    `${it}…(没啥|没什么)(意见|问题|毛病)`,
    `${it}…(无误)`,
    `(做|出|写|弄|拟|生成|整|编)…${it}(做|出|写|弄|拟)?(出来|初稿|稿子|稿)?`,
    `${it}…${write}`,
    ...sentences,
    // The correction of a number knows 写错了 too.
    `${it}…(写|弄|出|搞|做|发)?(错)(了)?…(重新|重|再)${make}`,
    `${it}…(先不要发|不要发|不用发|不能发|暂时|取消|删)`,
    '^(同意|批准)?(发布|签发)(吧|了)?$',
    '^(同意发|同意签发|先别发|先不发|暂缓发布|暂缓)(吧|了)?$',
    `${make}?(勘误)`,
    '(勘误)',
    // The number of a bulletin looks like a day of the month.
    `^${decide}(第){day}(通报)?(吧|了)?$`,
    `^${decide}(第)…(号|期|份)(通报)?(吧|了)?$`,
    '^(不发)(了|吧|了吧)?$',
    `${it}(的)?(列表|清单|目录)`,
    `(有)?(哪些|哪几|几)(个|份|期)?${any}`,
    `(所有|全部|历史)(的)?${any}`,
    `${it}(都)?(有)(哪|几|多少)`,
    `${back}…${any}`,
    `${any}…${back}`,
    `${it}…${off}…${sentence}`,
    `${it}…${sentence}…${off}`,
    `${off}…${it}…${sentence}`,
    `${off}…(附言)`,
    `(附言)…${off}`,
    `^(把)?${sentence}${off}(了|吧)?$`,
    `^${off}${sentence}(了|吧)?$`,
  ],
  unless: [
    // A number that was reported wrong is corrected; errata correct what was published.
    '^(勘误)(:|,| |一下|说明)?(我|把|将|关于|对|{unit}|{day}|社区|我社区|我们|报的)?(的)?{indicator}…{amount}',
    '(通报)(批评|表扬)',
    '(被|受|挨|遭)(了)?…(通报)',
    '(上级|市里|省里|领导|书记|主任)(已|已经|刚|刚才)?(通报)',
    '(通报)(了)(我|俺|咱|你|他|谁)',
    '(收到)…(通报)|(通报)…(收到了|看到了|已阅)$',
  ],
  decisive: sentences,
  despite: sentences,
  intent: bulletinIntent,
  args: { asked: ({ meaning }) => readBulletin(meaning.text, whose(meaning)) },
  async run({ asked }, turn) {
    const { message, chatUnit } = turn
    if (message.chat.kind === 'group' && !chatUnit)
      throw new UserError('这个群还没有绑定单位。请街道组织委员或区专班 @我 发“绑定 街道名称”。')
    return wishes[asked.want](turn, asked)
  },
})

const wishes: Record<BulletinWish, (turn: Turn, asked: BulletinAsked) => Promise<Reply | Question>> = {
  ...{ draft, show, list, publish, hold, drop, withdraw, edit, erase, body, resend, errata: correct },
}
