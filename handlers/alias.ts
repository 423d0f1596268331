// 简称：大家嘴上怎么叫一个单位、一项指标，由街道和区里定。
import { changeAlias, listAliases } from '../src/aliasing.ts'
import { command } from '../src/command.ts'
import { aliasIntent } from '../src/intents/binding.ts'
import { aliasPhrases } from '../src/language/alias.ts'

const name = '({unit}|{indicator})'
const noun = '(简称|别名|小名|俗称|别称|叫法)'
const later = '(以后|今后|往后|从现在起|从今天起)'
const means = '(指的就是|指的是|就是指|是指|就指|就代表|代表)'
const end = '(了|吧|哈|啊|呢|哦)?$'
const listing = /^(?:简称|别名)$|(?:哪些|哪几个|什么|列表|清单)/

export default command<Record<string, never>>({
  name: '简称',
  aliases: ['别名'],
  summary: '定一个大家嘴上的叫法，或去掉',
  examples: ['以后汝小就是汝河小区社区', '汝小不是汝河小区社区的简称', '红物指的是红色物业', '简称有哪些'],
  seldom: true,
  action: 'bind_alias',
  intent: aliasIntent,
  phrases: [
    ...aliasPhrases,
    `^${later}…(就是|都是|就算|等于)${name}(的)?${noun}?${end}`,
    `${later}?…${means}${name}(的意思)?${end}`,
    `(就是|也是|是|算)${name}(的)${noun}${end}`,
    `(把|将)…(记成|记作|记为|当成|当作|当做|认作|认成|看成|看作|算作|理解成|理解为|识别成|识别为|设成|设为|作为)${name}(的)?${noun}?$`,
    `${name}(的)?${noun}(就|可以)?(是|叫做|叫作|叫|为|设为|设成|定为)`,
    `^${later}?${name}(简称)`,
    `(给|为)${name}(加上|添加|增加|设置|加|添|设|起|取)(一个|个)?${noun}`,
    `^${later}${name}(就|也|都)?(可以)?(就|也)?(简称|叫|称|喊)`,
    `(不是|不再是|不叫|不代表|不再代表|不指)${name}(的)?${noun}${end}`,
    `^${later}…(不是|不再是|不代表|不再代表)${name}${end}`,
    `(删除|删掉|删了|取消|去掉|撤销|撤掉|不要)…${noun}`,
    `${noun}(都)?(有)(哪些|哪几个|什么|啥)`,
    `(有)?(哪些|哪几个|什么)${noun}`,
    // Said of somewhere that is not in the book: told so.
    `^…(就是|就指|就算)${name}…(以后|今后|往后)…(这么|这样)(叫|喊|说|称呼)`,
    `^${later}(说|提|提到|讲|听到)…{unit}$`,
    `^${later}…(就是|指的是|是指)…(社区|街道|村)$`,
    `^(把)…(记成|当成|认作|设为)…(社区|街道|村)$`,
    `(是)…(社区|街道|村)(的)${noun}${end}`,
  ],
  unless: [
    '(吗|么)$|？',
    '谁|哪个|哪项',
    '提醒',
    '(怎么|咋|如何|怎样)(给|加|起|设|定|改)',
    '^(把)?(我|咱|俺|这|本)(们)?(这)?(个)?(群)(里)?(以后|今后|往后|从今往后|现在)?(就)?(是|归|算)',
    '^(落后|最|倒数|第|没|未|末|头|垫底|先进|问题|下)…(就是){unit}',
    '(我|俺|咱)(们)?(说的|指的|问的|要的)(就)?是',
    '^(我|俺|咱|他|她|你|您|这|那)(们)?(个|位|儿)?(是|就是|叫|姓)',
  ],
  args: {},
  run(_args, turn) {
    return listing.test(turn.meaning.text) ? listAliases(turn) : changeAlias(turn)
  },
})
