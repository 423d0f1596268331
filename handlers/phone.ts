// 电话：某人或某单位书记的手机号，只在私聊里说，给看得着的人。
import { command } from '../src/command.ts'
import { responsibleIntent } from '../src/intents/people.ts'
import { line } from '../src/message.ts'
import { phoneReply } from '../src/phone-asked.ts'

const number = '(手机号码|手机号|手机|电话号码|联系电话|电话|联系方式|号码)'
const look =
  '(请问|请|麻烦|帮我|帮俺|我想|俺想|想|我|俺)?(看看|看一下|查一下|查查|查|问一下|问下|告诉我|发我|发一下|把|给我|我要|要|找一下|那个|有没有|问问|说下|说一下)?'
const office = '(书记|组织委员|填报员|联络员|专班|主任|责任人|负责人|联系人)?'
const howMany =
  '(是)?(多少|几号|几|什么|啥|有吗|有没有|发我一下|发我|发给我|发俺|告诉我|发一下|发|给我|给|说一下|来|有不|有没)?(个|一|{amount})?(个|下)?(吧|呗|呢|啊|呀|嘞|哈|谢谢|？)?(？)?'

/** It is asked for; 电话通知过了 and 打过电话了 are told. */
const asks =
  '(多少|是啥|是什么|谁|有吗|有没|有不|没有|没|吗|么|发|给|告诉|推|来|谁有|谁知道|知道|求|要|查|找|提供|报|？|呗|一下|{amount})'
const wants =
  '(谁有|谁知道|有没有|有|求|要|发|给|来|查|找|推送|推|告诉|提供|反馈|问|知道|需要|看|忘了|忘|丢了|丢|换手机|没存|没有)'

export default command<Record<string, never>>({
  name: '电话',
  aliases: ['手机号', '联系电话', '联系方式'],
  summary: '查书记等人的手机号，只在私聊里说',
  examples: ['张建国的手机号', '金苑社区书记电话', '李秀英手机号是多少'],
  seldom: true,
  action: 'phone',
  phrases: [
    `^${look}({unit}(的)?)?${office}{person}((同志|书记)?(和|跟|与|、){person})?(同志|书记)?(的)?${number}${howMany}$`,
    `^${look}{unit}(的)?${office}(的)?${number}${howMany}$`,
    `^${look}({unit})?(的)?{indicator}(的)?${office}(是谁)?(的)?${number}${howMany}$`,
    `^(我|俺|我们|咱)(的)?${office}(的)?${number}${howMany}$`,
    `^${look}(区)?(专班|领导小组办公室)(的)?${number}${howMany}$`,
    `{person}…${number}…${asks}`,
    `${wants}…{person}…${number}`,
    `{person}(的)?${number}$`,
    `{unit}…${office}…${number}…${asks}`,
    `${wants}…{unit}…${office}…${number}`,
    `{indicator}…${number}…${asks}`,
    `${wants}…{indicator}…${number}`,
    `${wants}…{person}…(的)(号)`,
    `{person}(的)?(号)(多少|是多少|有吗|有没|谁有|发)`,
    '(怎么|咋|如何)(能|才能)?(跟|和|与|去)?({person})?(联系)(上|到)?({person})?',
    `(书记|主任|委员|专班)(的)?${number}…${asks}`,
    '(书记|主任|委员|{person}|他|她)(的)(号)(给|发|是|多少|有)',
    '(打|拨)(哪个|啥|什么|多少)(电话|号)',
    '(电话)(打|拨)(哪个|哪儿|多少|几号)',
    '(怎么|咋|如何)…(联系)…{person}',
    '{person}…(咋|怎么|如何)(联系)',
    '(联系)(上|到)?{person}…(怎么|咋|如何|方式)',
  ],
  unless: [
    '绑定|解绑|换成|换为|换了{person}|换书记|换了书记|换人|书记换|交接|接任|接替|接手|提醒|催|通报|登记|更正|改成|改为|报数|完成|错|{amount}{amount}|代报|上报|收上来|核实',
    '(打|接|回|打个|打了个|打了|打过|回个|来个|来了|接了|挂|座机)(电话|手机)|(电话)(通知|联系了|联系过|说|里|会|打过|沟通|问)',
    '(手机号|手机|电话|联系方式)(是|:)?{amount}',
  ],
  despite: [
    '(号码|手机号|电话号|联系方式|手机号码)(是)?(多少|几号|是啥|发|给)',
    '(电话)(打不通|打不进|没打通)',
  ],
  intent: responsibleIntent,
  args: {},
  async run(_args, turn) {
    // Never in a group, whoever asks (`domain.md` N25).
    if (turn.message.chat.kind === 'group') return line('手机号只在私聊里说，请私聊我问。')
    return phoneReply(turn)
  },
})
