// 静默：停工、请假的单位或人，先不催；到日子自动恢复，最多30天。
import { command } from '../src/command.ts'
import { muteIntent } from '../src/intents/outputs.ts'
import { listSilences, restore, silence } from '../src/silencing.ts'

const dont = '(别|先别|不要|先不要|不用|先不用|不|先不|甭|暂停|停止|停)(再|去|给他|给她)?'
const remind = '(提醒|催|催办|催报|催促)'
const again = '(恢复|重新|继续|接着|可以)'
const whose = '({unit}((的)?(书记)?{person})?|{person})'
const away = '(请假|休假|住院|生病|出差|停工)'
const listing =
  /(?:静默|停催|不催)(?:的)?.{0,4}(?:哪些|名单|列表|有谁|谁|哪几)|(?:哪些|哪几|谁).{0,8}(?:静默|停催|不催)|^静默$/
const restoring =
  /(?:恢复|重新|继续|接着|可以).{0,3}(?:提醒|催)|^(?:恢复|重新).*(?:提醒|催)|(?:解除|取消|结束).{0,8}(?:静默|停催)/

export default command<Record<string, never>>({
  name: '静默',
  aliases: ['停催'],
  summary: '停工、请假的单位或人先不催，到期自动恢复',
  examples: [
    '金苑社区停工到12月10日，先不催',
    '王海涛请假到周五，先别提醒他',
    '恢复提醒金苑社区',
    '静默有哪些',
  ],
  seldom: true,
  action: 'cancel_reminder',
  phrases: [
    '(静默|停催)(的)?(有)?(哪些|名单|列表|有谁|谁)?',
    `${whose}…${dont}${remind}(他|她|他们|这个社区|这个村)?`,
    `${away}…${dont}${remind}`,
    `${dont}${remind}${whose}`,
    `${again}${remind}(一下)?${whose}`,
    `${whose}…${again}${remind}`,
    `^(恢复|重新)(对)?${whose}(的)?(期限)?${remind}(吧)?$`,
    `(解除|取消|结束)…(静默|停催)`,
  ],
  unless: ['(提醒|叫|喊|通知)(我|俺|大家|大伙|所有人|全体)', '没(报|完成|交)的', '吗$|？$', '第…(个|条)'],
  decisive: [
    `${away}…${dont}${remind}`,
    `^${whose}…${dont}${remind}(他|她|他们|这个社区|这个村)?`,
    `^(先)?${dont}${remind}${whose}`,
    `^${again}${remind}(一下)?${whose}$`,
    `^(恢复|重新)(对)?${whose}(的)?(期限)?${remind}(吧)?$`,
    `^${whose}(的)?${again}${remind}`,
  ],
  intent: muteIntent,
  args: {},
  run(_args, turn) {
    const { text } = turn.meaning
    if (listing.test(text)) return listSilences(turn)
    return restoring.test(text) ? restore(turn) : silence(turn)
  },
})
